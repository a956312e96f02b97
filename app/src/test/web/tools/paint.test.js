import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { createStore } from "../../../main/resources/web/store.js";
import { Strokes } from "../../../main/resources/web/strokes.js";
import { createPaint } from "../../../main/resources/web/tools/paint.js";

globalThis.window = /** @type {any} */ (globalThis);

/** A page on one image of one plane; what is sent is kept. @param {any} [more] of the state */
function page(more = {}) {
  const sent = [], said = [], image = { id: "i", width: 400, height: 300 };
  const classes = Array.from({ length: 3 }, () => ({ on: true, opacity: 100 }));
  const store = createStore(/** @type {any} */ ({ imageId: "i", t: 0, z: 0, tool: "Brush", label: 1, sizes: { Brush: 3, Eraser: 5 }, classes: ["a", "b", "c"].map((name) => ({ name })), project: { id: "p" }, peek: false, layers: { labels: { on: true, classes } }, ...more }));
  const strokes = new Strokes(store, /** @type {any} */ ({ page: "page", labels: () => new Promise(() => {}) }), /** @type {any} */ ({ waiting: [], add: (stroke) => sent.push(stroke) }), (e) => { throw e; });
  const viewer = { image, view: {}, holds: ([x, y]) => x >= 0 && y >= 0 && x < image.width && y < image.height, setView() {} };
  return { paint: createPaint(/** @type {any} */ (viewer), store, strokes, (text) => said.push(text)), store, strokes, sent, said };
}
const event = (clientX = 0) => /** @type {any} */ ({ clientX, clientY: 0 });

test("a stroke longer than the server takes goes on as another from the same point", () => {
  const { paint, sent } = page();
  paint.down(event(), [10, 10]);
  for (let i = 0; i < 45_000; i++) paint.move(event(), [[10 + (i % 300), 10 + (i % 7)]]);
  paint.up(event());
  assert.equal(sent.length, 3);
  for (const { points } of sent) assert.ok(points.length <= 40_000);
  for (let k = 1; k < 3; k++) assert.deepEqual(sent[k].points.slice(0, 2), sent[k - 1].points.slice(-2));
  assert.deepEqual(sent.map((s) => s.className), ["a", "a", "a"]);
});

test("no way of beginning a stroke loses the one before", () => {
  const { paint, sent, strokes } = page();
  paint.begin([10, 10]); // Enter
  paint.extend([20, 10]);
  paint.down(event(), [50, 50]); // the mouse
  paint.up(event());
  paint.begin([90, 90]);
  paint.finish();
  assert.deepEqual(sent.map((s) => s.points.slice(0, 2)), [[160, 160], [800, 800], [1440, 1440]]);
  assert.equal(strokes.current, null);
});

for (const change of [{ z: 1 }, { t: 1 }, { imageId: "j" }]) test(`a stroke ends where it was painted before ${JSON.stringify(change)}`, () => {
  const { paint, sent, store } = page();
  paint.down(event(), [10, 10]);
  paint.move(event(), [[20, 20]]);
  store.update(change);
  paint.move(event(), [[30, 30]]);
  paint.up(event());
  assert.equal(sent.length, 1);
  assert.deepEqual([sent[0].image, sent[0].t, sent[0].z, sent[0].points.length], ["i", 0, 0, 4]);
});

test("a click waits for a second one, and goes when something else is begun", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    const { paint, sent } = page();
    paint.down(event(), [10, 10]);
    paint.up(event());
    assert.equal(sent.length, 0);
    paint.finish();
    assert.equal(sent.length, 1);
    mock.timers.tick(1000);
    assert.equal(sent.length, 1);
  } finally { mock.timers.reset(); }
});

test("what is painted is seen: its eye opens, and peeking ends", () => {
  const hidden = { on: false, classes: [{ on: false, opacity: 100 }, { on: false, opacity: 100 }] }, { paint, store } = page({ layers: { labels: hidden }, peek: true });
  paint.down(event(), [10, 10]);
  const { peek, layers } = store.get();
  assert.deepEqual([peek, layers.labels.on, layers.labels.classes.map((c) => c.on)], [false, true, [true, false]]);
});

test("why nothing is painted is said", () => {
  const locked = page({ project: { id: "p", readOnly: true } }), empty = page({ classes: [] });
  assert.ok(!locked.paint.down(event(), [10, 10]) && !empty.paint.down(event(), [10, 10]) && !empty.paint.down(event(), [-1, 10]));
  assert.match(locked.said[0], /read-only/);
  assert.match(empty.said[0], /Add Label/);
  assert.equal(empty.said.length, 1);
});
