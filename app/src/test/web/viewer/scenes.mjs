// A small scene whose every value is known, and what a worker would be sent to draw it.
import { Labels } from "../../../main/resources/web/viewer/labels.js";
import { Layers } from "../../../main/resources/web/viewer/layers.js";
import { Predictions } from "../../../main/resources/web/viewer/predictions.js";

export const WIDTH = 90, HEIGHT = 70;
export const size = { width: WIDTH, height: HEIGHT };

/** Whole numbers below n, the same every time. */
export function numbers(seed) {
  let state = seed;
  return (n) => { state = (Math.imul(state, 1103515245) + 12345) >>> 0; return Math.floor((state / 2 ** 32) * n); };
}

/** Raw planes, a prediction of three classes of which the right part is stale, and a few labels. */
export function parts() {
  const next = numbers(5), plane = () => ({ level: 0, column: 0, row: 0, width: WIDTH, height: HEIGHT, data: Uint16Array.from({ length: WIDTH * HEIGHT }, () => next(1000)) });
  const raw = [plane(), plane()], predictions = new Predictions(), planes = new Uint16Array(3 * WIDTH * HEIGHT), labels = new Labels(size);
  for (let i = 0; i < WIDTH * HEIGHT; i++) { const a = next(65536), b = next(65536 - a); [a, b, 65535 - a - b].forEach((v, k) => { planes[k * WIDTH * HEIGHT + i] = v; }); }
  const prediction = predictions.put({ image: "i", t: 0, z: 0, level: 0, x: 0, y: 0, width: WIDTH, height: HEIGHT, classes: 3, model: 1 }, planes, size);
  prediction.fresh[0] = 1;
  prediction.fresh[1] = 0.4;
  labels.paint(Array.from({ length: 120 }, () => next(WIDTH * HEIGHT)), 1);
  labels.paint(Array.from({ length: 90 }, () => next(WIDTH * HEIGHT)), 3);
  return { raw, predictions, prediction, labels };
}

/** @param {ReturnType<typeof parts>} p @param {any} [change] */
export const scene = ({ raw, prediction, labels }, change = {}) => ({
  key: "i/0/0", width: WIDTH, height: HEIGHT, origin: /** @type {[number, number]} */ ([0, 0]), step: 1, level: 0, tiles: [{ box: /** @type {[number, number, number, number]} */ ([0, 0, WIDTH, HEIGHT]), raw, prediction }],
  channels: [{ window: /** @type {[number, number]} */ ([100, 900]), colour: [0.3, 0.5, 1] }, { window: /** @type {[number, number]} */ ([0, 600]), colour: [1, 0.8, 0.2] }],
  rawOpacity: 0.9, grey: true, wipe: -1, back: [0.02, 0.03, 0.04], classes: [[0.95, 0.27, 0.31], [0.27, 0.88, 0.54], [0.29, 0.49, 1]], tint: [0.55, 0.4, 0.25], segment: [0, 0, 0], uncertain: 0, uncertainColour: [0.2, 0.84, 0.9],
  outline: false, segmentLines: false, patterns: false, labels, labelOpacity: [1, 1, 0.5], ...change,
});

/** Layers whose commands are kept instead of drawn; each drawing is one list. */
export function layers() {
  const sent = /** @type {any[][]} */ ([]);
  return { layers: new Layers(async (commands) => { sent.push(commands); }), sent };
}
