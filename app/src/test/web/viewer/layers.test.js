import assert from "node:assert/strict";
import { test } from "node:test";
import { HEIGHT, layers, parts, scene, size, WIDTH } from "./scenes.mjs";

const ALL = /** @type {[number, number, number, number]} */ ([0, 0, WIDTH, HEIGHT]);
const kinds = (commands, what) => commands.filter((c) => what in c).map((c) => c[what]);

/** What the textures hold when all commands were run. */
function textures(sent) {
  const held = new Map();
  for (const c of sent.flat()) {
    if (c.fill) held.set(c.fill.name, { ...c.fill, data: c.fill.data.slice() });
    if (c.drop) held.delete(c.drop);
    if (c.patch) {
      const { name, x, y, width, height, layers: depth, data } = c.patch, to = held.get(name);
      for (let k = 0; k < (depth || 1); k++) for (let j = 0; j < height; j++) for (let i = 0; i < width; i++) to.data[(k * to.height + y + j) * to.width + x + i] = data[(k * height + j) * width + i];
    }
  }
  return held;
}

/** The label texture of the whole plane, which has a rim of one sample. @param {any} held @param {any} labels */
function sameLabels(held, labels, level = 0) {
  const texture = held.get(`i/0/0/label/${level}/-1/-1`);
  assert.deepEqual([...texture.data], [...labels.read(-1, -1, texture.width, texture.height, level)]);
}

test("a texture is filled once, however often it is drawn", async () => {
  const p = parts(), { layers: all, sent } = layers(), s = scene(p);
  await all.draw(s, [ALL]);
  assert.deepEqual(kinds(sent[0], "fill").map((f) => f.kind).sort(), ["fresh", "label", "prediction", "raw", "raw"]);
  await all.draw(scene(p, { tint: [1, 1, 1] }), [ALL]);
  assert.deepEqual(sent[1].map((c) => Object.keys(c)[0]), ["scene", "clear", "tile"]);
  await all.draw(s, []);
  assert.equal(kinds(sent[2], "tile").length, 0);
});

test("what arrives is patched into the texture, which then holds what the page holds", async () => {
  const p = parts(), { layers: all, sent } = layers(), s = scene(p);
  await all.draw(s, [ALL]);
  const arrived = { image: "i", t: 0, z: 0, level: 0, x: 0, y: 0, width: 64, height: 64, classes: 3, model: 2 }, planes = new Uint16Array(3 * 64 * 64).map((_, i) => i % 50000);
  all.updatePrediction("i/0/0", p.predictions.put(arrived, planes, size), arrived, planes.slice());
  await all.draw(s, [ALL]);
  assert.deepEqual([kinds(sent[1], "patch").length, kinds(sent[1], "fill").length], [1, 0]);
  assert.deepEqual([...textures(sent).get("i/0/0/prediction/0/0/0").data], [...p.prediction.planes]);
});

test("a patch that came without its texture being there is never missed", async () => {
  const p = parts(), { layers: all, sent } = layers(), arrived = { image: "i", t: 0, z: 0, level: 0, x: 0, y: 0, width: 64, height: 64, classes: 3, model: 2 };
  for (let model = 2; model < 5; model++) { const planes = new Uint16Array(3 * 64 * 64).fill(model); all.updatePrediction("i/0/0", p.predictions.put({ ...arrived, model }, planes, size), arrived, planes.slice()); }
  await all.draw(scene(p), [ALL]);
  assert.deepEqual([...textures(sent).get("i/0/0/prediction/0/0/0").data], [...p.prediction.planes]);
});

test("planes of a class that was added, and of one less, are never stale", async () => {
  const p = parts(), { layers: all, sent } = layers(), arrived = { image: "i", t: 0, z: 0, level: 0, x: 0, y: 0, width: 64, height: 64, classes: 4, model: 2 };
  await all.draw(scene(p), [ALL]);
  let tile = p.prediction;
  for (const classes of [4, 3]) {
    const planes = new Uint16Array(classes * 64 * 64).fill(classes);
    all.updatePrediction("i/0/0", (tile = p.predictions.put({ ...arrived, classes }, planes, size)), { ...arrived, classes }, planes.slice());
    await all.draw(scene({ ...p, prediction: tile }), [ALL]);
    const held = textures(sent).get("i/0/0/prediction/0/0/0");
    assert.equal(held.layers, 4);
    assert.deepEqual([...held.data], [...tile.planes]);
  }
});

test("labels are patched where they changed", async () => {
  const p = parts(), { layers: all, sent } = layers(), s = scene(p);
  await all.draw(s, [ALL]);
  const { box } = p.labels.paint([0, 1, WIDTH, WIDTH * HEIGHT - 1], 2);
  all.updateLabels(s, /** @type {any} */ (box));
  p.labels.paint([5 * WIDTH + 7], 0);
  all.updateLabels(s, [7, 5, 8, 6]);
  await all.draw(s, [ALL]);
  assert.deepEqual([kinds(sent[1], "patch").length, kinds(sent[1], "fill").length], [2, 0]);
  sameLabels(textures(sent), p.labels);
});

test("labels of another zoom are made again, not shown as they were", async () => {
  const p = parts(), { layers: all, sent } = layers(), fine = scene(p), coarse = scene(p, { level: 1, step: 2 });
  await all.draw(fine, [ALL]);
  await all.draw(coarse, [ALL]);
  p.labels.paint([300, 301, 302, 391, 392], 2);
  all.updateLabels(coarse, [0, 0, WIDTH, HEIGHT]);
  await all.draw(coarse, [ALL]);
  sameLabels(textures(sent), p.labels, 1);
  await all.draw(fine, [ALL]);
  sameLabels(textures(sent), p.labels);
});

test("labels of an image that is not shown are forgotten when they change", async () => {
  const p = parts(), { layers: all, sent } = layers(), other = parts();
  await all.draw(scene(p), [ALL]);
  await all.draw(scene(other, { key: "j/0/0" }), [ALL]);
  p.labels.paint([77, 78], 2);
  all.forgetLabels("i/0/0");
  await all.draw(scene(p), [ALL]);
  sameLabels(textures(sent), p.labels);
  assert.ok(textures(sent).has("j/0/0/label/0/-1/-1"));
});

test("other planes under the same name are filled again", async () => {
  const p = parts(), { layers: all, sent } = layers(), again = parts();
  await all.draw(scene(p), [ALL]);
  again.raw[0].data.fill(3);
  await all.draw(scene({ ...p, raw: again.raw }), [ALL]);
  assert.deepEqual(kinds(sent[1], "fill").map((f) => f.kind), ["raw", "raw"]);
  assert.deepEqual([...textures(sent).get("i/0/0/0/raw/0/0/0").data], [...again.raw[0].data]);
});

test("changes while nothing is drawn do not pile up", async () => {
  const p = parts(), { layers: all, sent } = layers(), s = scene(p);
  await all.draw(s, [ALL]);
  for (let i = 0; i < 600; i++) { p.labels.paint([i], 2); all.updateLabels(s, [i % WIDTH, Math.floor(i / WIDTH), (i % WIDTH) + 1, Math.floor(i / WIDTH) + 1]); }
  assert.equal(sent.length, 3);
  await all.draw(s, [ALL]);
  sameLabels(textures(sent), p.labels);
});
