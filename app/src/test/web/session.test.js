import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Pending } from "../../main/resources/web/pending.js";
import { createSession } from "../../main/resources/web/session.js";
import { INITIAL } from "../../main/resources/web/settings.js";
import { createStore } from "../../main/resources/web/store.js";

const settle = async () => { for (let i = 0; i < 8; i++) await new Promise((resolve) => setImmediate(resolve)); };
const image = (id, error = null) => ({ id, error });

/** A page whose reads of the state are answered by the test. */
function page() {
  const store = createStore(/** @type {any} */ ({ ...INITIAL, connected: true })), reads = [], failed = [], told = [];
  const api = { page: "page", state: () => new Promise((resolve, reject) => reads.push({ resolve, reject })) };
  const strokes = { clear() {}, forget: () => told.push("labels"), reload() {}, outbox: { flush() {} } };
  const session = createSession(store, /** @type {any} */ (api), /** @type {any} */ (strokes), { closing: () => told.push("closing"), opened: () => told.push("opened"), message() {}, failed: (e) => failed.push(e) }, new Pending(() => {}));
  return { store, session, reads, failed, told };
}
const state = (revision, more = {}) => ({ revision, session: "s", project: { id: "p" }, images: [image("a"), image("b")], channels: [], classes: [{ name: "x" }], counts: {}, batch: { done: 0, files: [] }, ...more });

test("events that come while the state is read are not lost, and do not have it read again", async () => {
  const { store, session, reads } = page();
  session.load();
  for (let r = 1; r <= 20; r++) session.event({ event: "batch", revision: r, summary: { done: r }, files: [] });
  session.event({ event: "state", revision: 21, parts: { history: { undo: "new" } } });
  session.event({ event: "state", revision: 9, parts: { history: { undo: "old" } } });
  reads[0].resolve(state(15));
  await settle();
  assert.equal(reads.length, 1);
  assert.deepEqual([store.get().batch.done, store.get().history.undo], [20, "new"]);
});

test("a state that could not be read is asked for again, and that is said once", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    const { store, session, reads, failed } = page();
    session.event({ event: "hello" });
    for (let k = 0; k < 3; k++) { reads[k].reject({ status: 500 }); await settle(); mock.timers.tick(1000); }
    reads[3].resolve(state(1));
    await settle();
    assert.deepEqual([failed.length, store.get().loaded, store.get().project.id], [1, true, "p"]);
  } finally { mock.timers.reset(); }
});

test("an image that cannot be read any more is not looked at", async () => {
  const { store, session, reads } = page();
  session.load();
  reads[0].resolve(state(1));
  await settle();
  assert.equal(store.get().imageId, "a");
  session.event({ event: "image", revision: 2, image: image("a", { title: "gone" }) });
  assert.equal(store.get().imageId, "b");
  session.event({ event: "state", revision: 3, parts: { images: [image("a", {}), image("c"), image("b", {})] } });
  assert.equal(store.get().imageId, "c");
  session.event({ event: "state", revision: 4, parts: { images: [] } });
  assert.equal(store.get().imageId, null);
});

test("another project ends the stroke under way and begins without places and peeking of the one before", async () => {
  const { store, session, reads, told } = page();
  session.load();
  reads[0].resolve(state(1));
  await settle();
  store.update({ peek: true, frozenPlaces: [{ id: "old" }], place: "old" });
  session.event({ event: "reset" });
  reads[1].resolve(state(2, { project: { id: "q" } }));
  await settle();
  const s = store.get();
  assert.deepEqual([s.peek, s.frozenPlaces, s.place, told.slice(-2)], [false, null, null, ["closing", "opened"]]);
});
