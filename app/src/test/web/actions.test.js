import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { createActions, newClassName } from "../../main/resources/web/actions.js";
import { newClassColour } from "../../main/resources/web/colours.js";
import { INITIAL } from "../../main/resources/web/settings.js";
import { createStore } from "../../main/resources/web/store.js";

Object.assign(globalThis, { window: globalThis, document: { documentElement: null }, getComputedStyle: () => ({ getPropertyValue: (name) => ` #aaaaa${name.slice(-1)}` }) });
const settle = async () => { for (let i = 0; i < 8; i++) await new Promise((resolve) => setImmediate(resolve)); };

/** Actions on a page with this state and server. @param {any} state @param {any} [api] */
function page(state, api = {}) {
  const store = createStore(/** @type {any} */ ({ ...INITIAL, connected: true, screen: "training", project: { id: "p" }, ...state })), done = [];
  const strokes = { outbox: { settled: async () => {} }, put: (s) => done.push(s) }, viewer = { lookAt() {} };
  const act = createActions(/** @type {any} */ ({ store, api, viewer, strokes }));
  act.connect({ pointer: { paint: { finish: () => done.push("finish") } }, keepView: async () => done.push("view"), read: () => done.push("read") });
  return { act, store, done, get: store.get };
}
const named = (...names) => names.map((name) => ({ name }));

test("a new label has a name and a colour that no other has", () => {
  assert.equal(newClassName(named("nucleus", "cytoplasm", "background")), "Label 4");
  assert.equal(newClassName(named("Label 1", "Label 3")), "Label 4");
  const classes = [];
  for (let k = 0; k < 20; k++) classes.push({ colour: newClassColour(classes) });
  assert.equal(new Set(classes.map((c) => c.colour)).size, 20);
  assert.deepEqual(classes.slice(0, 3).map((c) => c.colour), ["#ff0000", "#00ff00", "#0000ff"]);
  assert.equal(newClassColour(classes.toSpliced(1, 1)), "#00ff00");
});

test("G goes on from the place one is at, and to the best when that is gone", () => {
  const places = (...ids) => ids.map((id) => ({ id, image: "i", t: 0, z: 0, box: [0, 0, 1, 1] })), { act, store, get } = page({ imageId: "i", places: places("a", "b", "c") });
  act.stepPlace(1);
  act.stepPlace(1);
  assert.equal(get().place, "b");
  store.update({ places: places("new", "b", "c") });
  act.stepPlace(-1);
  assert.equal(get().place, "new");
  act.stepPlace(1);
  store.update({ places: places("best", "c") });
  act.stepPlace(1);
  assert.equal(get().place, "best");
});

test("what is undone on another screen is said, with a way there or back", async () => {
  const { act, get } = page({ screen: "features", imageId: "i", images: [{ id: "i" }] }, { undo: async () => ({ what: "Stroke on P1", image: "i", t: 0, z: 0, box: null }), redo: async () => ({ what: "Class added", image: null }) });
  await act.undo();
  assert.deepEqual([get().toast.text, get().toast.action.label], ["Undone: Stroke on P1", "Go there"]);
  await act.redo();
  assert.deepEqual([get().toast.text, get().toast.action.label], ["Done again: Class added", "Undo"]);
});

test("a stroke under way is finished before anything that builds on it", async () => {
  const { act, done } = page({}, { close: async () => ({}), save: async () => ({}), view: async () => ({}), undo: async () => ({ image: null }) });
  for (const what of [() => act.go("batch"), act.closeProject, act.save, act.undo, act.fillLast]) { done.length = 0; await what(); assert.equal(done[0], "finish"); }
  done.length = 0;
  await act.closeProject();
  assert.deepEqual(done, ["finish", "view"]);
});

test("whoever asks a server that is gone is told, once the connection is known to be lost, and nobody else is", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    const gone = Object.assign(new Error(), { status: 0, title: "PixelForest stopped answering" }), { act, store, get } = page({}, { update: async () => { throw gone; } });
    act.failed(gone); // a tile
    store.update({ connected: false });
    mock.timers.tick(1600);
    assert.deepEqual([get().alert, get().toast], [null, null]);
    await act.updateOnce();
    assert.match(get().toast.text, /not answering/);
    store.update({ connected: true, toast: null });
    await act.updateOnce();
    assert.deepEqual([get().alert, get().toast], [null, null]);
    mock.timers.tick(1600);
    assert.equal(get().alert.title, "PixelForest stopped answering");
  } finally { mock.timers.reset(); }
});

test("there is nothing to compare with before the first prediction", () => {
  const { act, store, get } = page({ training: { model: 0 } });
  act.compare();
  assert.deepEqual([get().compare, get().toast.text], [null, "No prediction to compare with yet."]);
  store.update({ training: { model: 3 } });
  act.compare();
  assert.equal(get().compare, 0.46);
});

test("no channel at all is not sent, the next choice is", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    const sent = [], { act, get } = page({ channels: [{ name: "a", used: true }, { name: "b", used: true }] }, { channelsUsed: async (used) => { sent.push(used); return { revision: 3 }; } });
    act.channelsUsed([false, false]);
    mock.timers.tick(300);
    assert.deepEqual([sent, get().toast.text], [[], "Choose at least one channel."]);
    act.channelsUsed([false, true]);
    mock.timers.tick(300);
    await settle();
    assert.deepEqual(sent, [[false, true]]);
  } finally { mock.timers.reset(); }
});

test("features that are refused are taken back from the server", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    const { act, done } = page({ features: { scales: [], selected: [[true]], cost: {} } }, { features: async () => { throw { status: 409, title: "Read-only" }; } });
    act.features(() => ({ selected: [[false]] }));
    mock.timers.tick(300);
    await settle();
    assert.deepEqual(done, ["read"]);
  } finally { mock.timers.reset(); }
});
