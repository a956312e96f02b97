import assert from "node:assert/strict";
import { test } from "node:test";
import { createActions } from "../../../main/resources/web/actions.js";
import { createPictures } from "../../../main/resources/web/pictures.js";
import { createStore } from "../../../main/resources/web/store.js";

globalThis.window = globalThis;
globalThis.document ??= { documentElement: null };
globalThis.getComputedStyle ??= () => ({ getPropertyValue: () => "#ffffff" });
globalThis.ImageData = class { constructor(width, height) { this.data = new Uint8ClampedArray(4 * width * height); } };
const rest = () => new Promise((done) => setTimeout(done, 0));

/** Answers to be given by hand. */
function asked() {
  const open = [];
  return { open, ask: (...what) => new Promise((answer, refuse) => open.push({ what, answer, refuse })) };
}

test("an answer for an older picture does not paint over the newer one", async () => {
  const { open, ask } = asked(), state = { project: { id: "p" }, shown: ["a"], colours: { a: "#ff0000" }, channels: [{ name: "a" }, { name: "b" }], windows: { a: [0, 1], b: [0, 1] }, statistics: null, classes: [], palette: "convention" };
  const store = createStore(state), pictures = createPictures(store, { raw: ask }), painted = [], canvas = { getContext: () => ({ putImageData: (d) => painted.push([...d.data.slice(0, 3)]) }) };
  const image = (id) => ({ id, path: id, width: 1, height: 1, type: "float32", error: null });
  pictures.thumbnail(image("old"))(canvas);
  store.update({ shown: ["b"], colours: { b: "#00ff00" } });
  pictures.thumbnail(image("new"))(canvas);
  await rest();
  assert.deepEqual(open.map((o) => o.what[0]), ["old", "new"]);
  open[1].answer(Float32Array.of(1).buffer);
  await rest();
  open[0].answer(Float32Array.of(1).buffer);
  await rest();
  assert.equal(painted.length, 1, "the late one is not painted");
  assert.ok(painted[0][1] > 200 && painted[0][0] === 0, "green, as the newer wish was");
});

test("planes are painted with the channels they were asked for", async () => {
  const { open, ask } = asked(), store = createStore({ project: { id: "p" }, shown: ["a"], colours: { a: "#ff0000", b: "#00ff00" }, channels: [{ name: "a" }, { name: "b" }], windows: { a: [0, 1], b: [0, 1] }, statistics: null, classes: [], palette: "convention" });
  const painted = [], canvas = { getContext: () => ({ putImageData: (d) => painted.push([...d.data.slice(0, 3)]) }) };
  createPictures(store, { raw: ask }).thumbnail({ id: "i", path: "i", width: 1, height: 1, type: "float32", error: null })(canvas);
  store.update({ shown: ["b"] });
  await rest();
  open[0].answer(Float32Array.of(1).buffer);
  await rest();
  assert.ok(painted[0][0] > 200 && painted[0][1] === 0);
});

const acting = (api, state) => { const store = createStore({ project: { id: "p" }, strokeList: null, explored: null, opening: null, connected: true, ...state }); return { store, act: createActions({ store, api, viewer: {}, strokes: { outbox: { settled: async () => {} } } }) }; };

test("strokes that were read stay until the newer list is there", async () => {
  const { open, ask } = asked(), { store, act } = acting({ strokes: ask }, {});
  act.loadStrokes();
  act.loadStrokes();
  assert.equal(open.length, 1);
  open[0].answer([{ id: "1" }]);
  await rest();
  assert.deepEqual(store.get().explored.list, [{ id: "1" }]);
  store.update({ strokeList: null });
  act.loadStrokes();
  assert.deepEqual(store.get().explored.list, [{ id: "1" }], "not an empty list in between");
  open[1].answer([{ id: "2" }, { id: "1" }]);
  await rest();
  assert.deepEqual(store.get().explored.list.map((k) => k.id), ["2", "1"]);
  store.update({ strokeList: null });
  act.loadStrokes();
  open[2].refuse({ status: 500, title: "Something went wrong", message: "It cannot be read." });
  await rest();
  assert.equal(store.get().explored.error, "It cannot be read.");
  assert.equal(store.get().explored.list.length, 2);
});

test("as many strokes as were known are read again", async () => {
  const all = Array.from({ length: 450 }, (_, i) => ({ id: String(i) })), { store, act } = acting({ strokes: async (before) => { const at = before === null ? 0 : all.findIndex((k) => k.id === before) + 1; return all.slice(at, at + 200); } }, {});
  await act.loadStrokes();
  await act.moreStrokes();
  assert.equal(store.get().explored.list.length, 400);
  store.update({ strokeList: null });
  all.unshift({ id: "new" });
  await act.loadStrokes();
  assert.equal(store.get().explored.list.length, 400);
  assert.equal(store.get().explored.list[0].id, "new");
});

test("a double click opens once", async () => {
  const { open, ask } = asked(), { act } = acting({ open: ask, openDemo: ask }, {});
  act.open("/a.ilp");
  act.open("/a.ilp");
  act.openDemo();
  assert.equal(open.length, 1);
  open[0].answer({ revision: 1 });
  await rest();
  act.open("/b.ilp");
  assert.equal(open.length, 2);
});
