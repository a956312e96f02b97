import assert from "node:assert/strict";
import { test } from "node:test";
import { compose, Software } from "../../../main/resources/web/viewer/software.js";
import { HEIGHT, layers, parts, scene, WIDTH } from "./scenes.mjs";

globalThis.ImageData ??= /** @type {any} */ (class { constructor(data, width, height) { Object.assign(this, { width, height, data }); } });

const GREY = [0.8, 0.42], mix = (a, b, w) => a.map((v, i) => v + (b[i] - v) * w);

/** What shader.js says of one sample, formula by formula. */
function shaded(s, { raw, prediction, labels }, x, y, ax = x + 0.5, ay = y + 0.5) {
  const i = y * WIDTH + x, n = WIDTH * HEIGHT, right = ax >= s.wipe;
  let c = [0, 0, 0], grey = 0;
  s.channels.forEach(({ window: [low, high], colour }, k) => {
    const root = Math.sqrt(Math.max(0, Math.min(1, (raw[k].data[i] - low) / Math.max(high - low, 1e-9)))), v = root * (0.108 + root * (1.129 - 0.237 * root));
    c = c.map((w, j) => w + v * colour[j]);
    grey += v * GREY[k];
  });
  c = c.map((v) => Math.min(v, 1));
  if (s.grey && right) c = [0, 0, 0].map(() => 0.804 * Math.min(grey, 1));
  c = mix(s.back, c, s.rawOpacity);
  if (prediction && right) {
    const strength = 0.45 + 0.55 * prediction.fresh[(y >> 6) * 8 + (x >> 6)], values = [0, 1, 2].map((k) => prediction.planes[k * n + i] / 65535), order = [...values].sort((a, b) => b - a), best = values.indexOf(order[0]);
    if (!s.outline) for (const k of [2, 1, 0]) c = mix(c, s.classes[k], values[k] * s.tint[k] * strength);
    if (s.outline || s.uncertain > 0 || s.segment.some(Boolean)) {
      const dots = (ax % 8 - 4) ** 2 + (ay % 8 - 4) ** 2 < 5 ? 1 : 0.4, pattern = best === 0 ? 1 : best === 1 ? ((ax + ay) % 8 < 3 ? 1 : 0.45) : dots;
      if (!s.segmentLines) c = mix(c, s.classes[best], s.segment[best] * strength * (s.patterns ? pattern : 1));
      c = mix(c, s.uncertainColour, (1 - (order[0] - order[1])) * 0.9 * s.uncertain * strength);
    }
  }
  const label = labels.at(x, y);
  if (s.labels && label) c = mix(c, s.classes[label - 1], s.labelOpacity[label - 1]);
  return c.map((v) => 255 * v);
}

/** Draws with contexts that keep what is put on them. @param {any} s */
async function drawn(s) {
  const { layers: all, sent } = layers(), lines = [], picture = new Uint8Array(3 * s.width * s.height);
  await all.draw(s, [[0, 0, s.width, s.height]]);
  const page = { canvas: {}, fillStyle: "", save() {}, restore() {}, beginPath() {}, clip() {}, rect() {}, fillRect(...r) { lines.push([this.fillStyle, ...r]); },
    putImageData({ width, height, data }, x0, y0) { for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) for (let j = 0; j < 3; j++) picture[3 * ((y0 + y) * s.width + x0 + x) + j] = data[4 * (y * width + x) + j]; },
    drawImage() { assert.fail("only reduced pictures are left to the browser"); } };
  const scratch = { canvas: { width: 1, height: 1 } };
  const of = (context) => /** @type {any} */ ({ getContext: () => context });
  new Software(of(page), of(scratch)).run(sent.flat());
  return { picture, lines };
}

const CASES = {
  "raw alone": { tint: [0, 0, 0], grey: false, labels: null }, fill: {}, "fill in colour": { grey: false }, segmentation: { tint: [0, 0, 0], segment: [1, 0.6, 0.8] }, "segmentation with patterns": { tint: [0, 0, 0], segment: [1, 0.6, 0.8], patterns: true },
  uncertainty: { uncertain: 0.7 }, compare: { wipe: 41 }, "labels that are half seen": { labelOpacity: [0.5, 1, 0.25] }, outline: { outline: true, segmentLines: true },
};
for (const [name, change] of Object.entries(CASES)) test(`every sample is what the shader says: ${name}`, async () => {
  const p = parts(), s = scene(p, change), { picture } = await drawn(s);
  for (let y = 0; y < HEIGHT; y++) for (let x = 0; x < WIDTH; x++) {
    const expected = shaded(s, p, x, y);
    for (let j = 0; j < 3; j++) if (Math.abs(picture[3 * (y * WIDTH + x) + j] - expected[j]) > 1) assert.fail(`${x} ${y}: ${picture.slice(3 * (y * WIDTH + x), 3 * (y * WIDTH + x) + 3)} is not ${expected}`);
  }
});

test("magnified, every device pixel shows the sample its middle is in", async () => {
  const p = parts(), origin = /** @type {[number, number]} */ ([3.3, 2.9]), step = 0.37, s = scene(p, { width: 90, height: 70, origin, step, labels: null }), { picture } = await drawn(s);
  for (let y = 0; y < s.height; y++) for (let x = 0; x < s.width; x++) {
    const expected = shaded(s, p, Math.floor(origin[0] + (x + 0.5) * step), Math.floor(origin[1] + (y + 0.5) * step));
    for (let j = 0; j < 3; j++) if (Math.abs(picture[3 * (y * s.width + x) + j] - expected[j]) > 1) assert.fail(`${x} ${y}`);
  }
});

test("patterns are as fine as the screen, however large the samples", async () => {
  const p = parts(), s = scene(p, { width: 3 * WIDTH, height: 3 * HEIGHT, step: 1 / 3, tint: [0, 0, 0], segment: [1, 0.6, 0.8], patterns: true, labels: null }), { picture } = await drawn(s);
  for (let y = 0; y < s.height; y += 2) for (let x = 0; x < s.width; x++) {
    const expected = shaded(s, p, Math.floor((x + 0.5) / 3), Math.floor((y + 0.5) / 3), x + 0.5, y + 0.5);
    for (let j = 0; j < 3; j++) if (Math.abs(picture[3 * (y * s.width + x) + j] - expected[j]) > 1) assert.fail(`${x} ${y}`);
  }
});

test("lines run where the likeliest class changes, in the colour of the first of both", async () => {
  const p = parts(), n = WIDTH * HEIGHT;
  // Class 1 left of column 30, class 3 right of it.
  for (let i = 0; i < n; i++) { const left = i % WIDTH < 30; p.prediction.planes[i] = left ? 65535 : 0; p.prediction.planes[n + i] = 0; p.prediction.planes[2 * n + i] = left ? 0 : 65535; }
  const { lines } = await drawn(scene(p, { outline: true, labels: null })), drawnLines = lines.slice(1).filter(([, , y]) => y >= 0 && y < HEIGHT);
  assert.equal(drawnLines.length, HEIGHT);
  for (const [colour, x, , width] of drawnLines) { assert.match(colour, /^rgb\(242\.2\d* 68\.8/); assert.ok(Math.abs(x - 29.2) < 1e-6 && Math.abs(width - 1.6) < 1e-6); }
});

test("nothing is composed of planes that are not there", () => {
  const s = /** @type {any} */ ({ level: 0, origin: [0, 0], step: 1, classes: new Float32Array(32), opacities: new Float32Array(16), colours: new Float32Array(18), rawOpacity: 1, back: [0, 0, 0], uncertainColour: [0, 0, 0], uncertain: 0 });
  const tile = /** @type {any} */ ({ raw: [null, { name: "gone", place: [1, 0, 0, 0] }], windows: new Float32Array(12), prediction: null, labels: null, variant: { classes: 0 } }), picture = new Uint32Array(4);
  assert.equal(compose(s, tile, () => null, null, { x0: 0, y0: 0, x1: 2, y1: 2, origin: [0, 0], pitch: 1 }, false, picture), null);
  assert.ok(picture.every((v) => v === 0xff000000));
});
