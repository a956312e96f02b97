import assert from "node:assert/strict";
import { test } from "node:test";
import { Predictions } from "../../../main/resources/web/viewer/predictions.js";

const all = /** @type {[number, number, number, number]} */ ([0, 0, 700, 300]), size = { width: 700, height: 300 };
const arrived = (x, y, width, height, model) => ({ image: "a", t: 0, z: 0, level: 0, x, y, width, height, classes: 2, model });
const planes = (width, height, value) => new Uint16Array(2 * width * height).map((_, i) => (i < width * height ? value : 65535 - value));

test("a rectangle lands where it belongs, with the model that made it", () => {
  const predictions = new Predictions();
  predictions.put(arrived(512, 64, 188, 64, 3), planes(188, 64, 6553), size);
  const tile = predictions.get("a", 0, 0, 0, 1, 0);
  assert.deepEqual([tile.width, tile.height], [188, 300]);
  const there = Predictions.at(tile, 512, 64, 3), older = Predictions.at(tile, 699, 127, 4);
  assert.ok(Math.abs(there.values[0] - 0.1) < 1e-3 && Math.abs(there.values[1] - 0.9) < 1e-3);
  assert.ok(!there.stale && older.stale);
  assert.equal(Predictions.at(tile, 512, 200, 3), null);
});

test("old cells fade only when they may, new ones come back", () => {
  const predictions = new Predictions(), tile = predictions.put(arrived(0, 0, 128, 64, 1), planes(128, 64, 9), size);
  Predictions.settle(tile, 1, Infinity, true, all);
  assert.equal(tile.fresh[0], 1);
  assert.deepEqual(Predictions.settle(tile, 2, 16, false, all), { moving: false, stale: 40, cells: 40, box: null });
  assert.equal(tile.fresh[0], 1);
  const fading = Predictions.settle(tile, 2, 16, true, all);
  assert.ok(fading.moving);
  assert.deepEqual(fading.box, [0, 0, 128, 64]);
  assert.ok(tile.fresh[0] < 1 && tile.fresh[0] > 0.8);
  predictions.put(arrived(0, 0, 64, 64, 2), planes(64, 64, 9), size);
  Predictions.settle(tile, 2, Infinity, true, all);
  assert.deepEqual([tile.fresh[0], tile.fresh[1]], [1, 0]);
});

test("what is not seen is not waited for", () => {
  const predictions = new Predictions(), tile = predictions.put(arrived(0, 0, 128, 64, 1), planes(128, 64, 9), size);
  const waits = (...seen) => { const { stale, cells } = Predictions.settle(tile, 1, 16, true, /** @type {any} */ (seen)); return [stale, cells]; };
  assert.deepEqual(waits(0, 0, 700, 300), [38, 40]);
  assert.deepEqual(waits(10, 0, 128, 64), [0, 2]);
  assert.deepEqual(waits(10, 0, 129, 64), [1, 3]);
  const coarse = predictions.put({ ...arrived(0, 0, 64, 64, 1), level: 2 }, planes(64, 64, 9), { width: 2800, height: 1200 });
  assert.deepEqual(Predictions.settle(coarse, 1, 16, true, [0, 0, 300, 200]).stale, 1);
});

test("a class that is added leaves the prediction as it was, one that goes or moves does not", () => {
  const list = (...names) => names.map((name) => ({ name })), before = list("a", "b", "c");
  assert.ok(!Predictions.renumbered(before, list("a", "b", "c", "d")));
  assert.ok(!Predictions.renumbered(before, list("a", "other", "c")), "a new name for the same class");
  assert.ok(Predictions.renumbered(before, list("b", "c")));
  assert.ok(Predictions.renumbered(before, list("a", "b")));
  assert.ok(Predictions.renumbered(before, list("a", "new", "b", "c")));
  assert.ok(Predictions.renumbered(before, list("b", "c", "d")), "one went and one came");
});

test("a tile keeps what it has when planes of another number of classes come in", () => {
  const predictions = new Predictions();
  predictions.put(arrived(0, 0, 128, 64, 1), planes(128, 64, 6553), size);
  const three = { ...arrived(0, 0, 64, 64, 2), classes: 3 }, more = predictions.put(three, new Uint16Array(3 * 64 * 64).fill(20000), size);
  assert.ok(Math.abs(Predictions.at(more, 100, 5, 1).values[0] - 0.1) < 1e-3);
  assert.equal(Predictions.at(more, 100, 5, 1).values[2], 0);
  assert.ok(Predictions.at(more, 5, 5, 2).values[2] > 0.3);
  const fewer = predictions.put(arrived(0, 0, 64, 64, 3), planes(64, 64, 6553), size);
  assert.deepEqual(Predictions.at(fewer, 5, 5, 3).values.map((v) => v.toFixed(1)), ["0.1", "0.9", "0.0"]);
});

test("as many tiles are kept as are seen, those that came last", () => {
  const predictions = new Predictions(1), put = (x) => predictions.put(arrived(x, 0, 64, 64, 1), planes(64, 64, 9), { width: 1600, height: 300 });
  predictions.seen = 2;
  for (const x of [0, 512, 0, 1024]) put(x);
  assert.deepEqual([0, 1, 2].map((column) => !!predictions.get("a", 0, 0, 0, column, 0)), [true, false, true]);
});

test("what was predicted for another file is forgotten, other images keep theirs", () => {
  const predictions = new Predictions();
  predictions.put(arrived(0, 0, 64, 64, 1), planes(64, 64, 9), size);
  predictions.put({ ...arrived(0, 0, 64, 64, 1), image: "ab" }, planes(64, 64, 9), size);
  predictions.forget("a");
  assert.equal(predictions.get("a", 0, 0, 0, 0, 0), undefined);
  assert.ok(predictions.get("ab", 0, 0, 0, 0, 0));
});
