// @ts-check
// The same picture without WebGL2: every pixel by hand, slower.
import { CELL } from "./predictions.js";
import { TILE } from "./view.js";

const GREY = [0.8, 0.42, 0.34, 0.26, 0.2, 0.18];
const RIM = [0.031, 0.043, 0.039];

export class Software {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { alpha: false }));
  }

  busy = false;
  restore() {}
  updateLabels() {}
  forgetLabels() {}

  /** @param {import("./layers.js").Scene} scene @param {import("./view.js").Box | null} [only] */
  draw(scene, only = null) {
    const [cx0, cy0, cx1, cy1] = only ?? [0, 0, scene.width, scene.height];
    if (cx0 >= cx1 || cy0 >= cy1) return;
    const picture = new ImageData(cx1 - cx0, cy1 - cy0), out = picture.data, c = [0, 0, 0];
    for (let i = 0; i < out.length; i += 4) { for (let j = 0; j < 3; j++) out[i + j] = 255 * scene.back[j]; out[i + 3] = 255; }
    for (const tile of scene.tiles) {
      const edge = (/** @type {number} */ v, /** @type {number} */ axis) => Math.round((v - scene.origin[axis]) / scene.step);
      const x0 = Math.max(cx0, edge(tile.box[0], 0)), x1 = Math.min(cx1, edge(tile.box[2], 0)), y0 = Math.max(cy0, edge(tile.box[1], 1)), y1 = Math.min(cy1, edge(tile.box[3], 1));
      for (let y = y0; y < y1; y++) for (let x = x0; x < x1; x++) {
        this.#pixel(scene, tile, x, scene.origin[0] + (x + 0.5) * scene.step, scene.origin[1] + (y + 0.5) * scene.step, c);
        const i = 4 * ((y - cy0) * (cx1 - cx0) + x - cx0);
        for (let j = 0; j < 3; j++) out[i + j] = 255 * c[j];
      }
    }
    this.context.putImageData(picture, cx0, cy0);
  }

  /** @param {import("./layers.js").Scene} scene @param {import("./layers.js").SceneTile} tile @param {number} at device column @param {number} px @param {number} py @param {number[]} c */
  #pixel(scene, tile, at, px, py, c) {
    c[0] = c[1] = c[2] = 0;
    const right = at >= scene.wipe;
    let grey = 0;
    tile.raw.forEach((plane, i) => {
      if (!plane) return;
      const scale = 2 ** -plane.level, [lo, hi] = scene.channels[i].window, foot = scene.step * scale, u = px * scale - plane.column * TILE, w = py * scale - plane.row * TILE;
      const get = (/** @type {number} */ dx, /** @type {number} */ dy) => plane.data[Math.max(0, Math.min(plane.height - 1, Math.floor(w + dy))) * plane.width + Math.max(0, Math.min(plane.width - 1, Math.floor(u + dx)))];
      const q = foot / 4, value = foot <= 1.001 ? get(0, 0) : (get(-q, -q) + get(q, -q) + get(-q, q) + get(q, q)) / 4;
      const v = Math.pow(Math.max(0, Math.min(1, (value - lo) / Math.max(hi - lo, 1e-9))), 0.85);
      grey += v * GREY[i];
      for (let j = 0; j < 3; j++) c[j] += v * scene.channels[i].colour[j];
    });
    const g = 0.804 * Math.min(1, grey);
    for (let j = 0; j < 3; j++) c[j] = scene.back[j] + ((scene.grey && right ? g : Math.min(1, c[j])) - scene.back[j]) * scene.rawOpacity;
    if (tile.prediction && right) predicted(scene, tile.prediction, px, py, c);
    const labels = scene.labels;
    if (!labels || labels.empty) return;
    const seen = (/** @type {number} */ l) => (l ? scene.labelOpacity[l - 1] ?? 0 : 0), label = (/** @type {number} */ x, /** @type {number} */ y) => (x < 0 || y < 0 || x >= labels.width || y >= labels.height ? 0 : labels.at(Math.floor(x), Math.floor(y)));
    const own = label(px, py), r = 1.25 * scene.step;
    if (seen(own)) mix(c, scene.classes[own - 1], seen(own));
    else mix(c, RIM, Math.max(seen(label(px + r, py)), seen(label(px - r, py)), seen(label(px, py + r)), seen(label(px, py - r))));
  }
}

/** @param {import("./layers.js").Scene} scene @param {import("./predictions.js").PredictionTile} p @param {number} px @param {number} py @param {number[]} c */
function predicted(scene, p, px, py, c) {
  const scale = 2 ** -p.level, n = p.width * p.height;
  const index = (/** @type {number} */ x, /** @type {number} */ y) => Math.max(0, Math.min(p.height - 1, Math.floor(y * scale - p.row * TILE))) * p.width + Math.max(0, Math.min(p.width - 1, Math.floor(x * scale - p.column * TILE)));
  const i = index(px, py), cell = Math.floor(Math.floor(i / p.width) / CELL) * (TILE / CELL) + Math.floor((i % p.width) / CELL), strength = 0.45 + 0.55 * p.fresh[cell];
  const winner = (/** @type {number} */ at) => { let best = -1, first = 0, second = 0; for (let k = 0; k < p.classes; k++) { const v = p.planes[k * n + at]; if (v > first) { second = first; first = v; best = k; } else if (v > second) second = v; } return { best, margin: (first - second) / 65535 }; };
  const { best, margin } = winner(i), r = 0.8 * scene.step, line = !scene.outline && !scene.segmentLines ? -1 : [[r, 0], [-r, 0], [0, r], [0, -r]].reduce((least, [dx, dy]) => { const other = winner(index(px + dx, py + dy)).best; return other === best || other < 0 || best < 0 ? least : Math.min(least < 0 ? best : least, best, other); }, -1), drawn = scene.segmentLines ? line : best;
  if (scene.outline) { if (line >= 0 && scene.tint[line] > 0) mix(c, scene.classes[line], strength); } else for (let k = p.classes - 1; k >= 0; k--) if (scene.tint[k]) mix(c, scene.classes[k], (p.planes[k * n + i] / 65535) * scene.tint[k] * strength);
  if (drawn >= 0 && scene.segment[drawn] > 0) mix(c, scene.classes[drawn], scene.segment[drawn] * strength);
  if (best >= 0) mix(c, scene.uncertainColour, (1 - margin) * 0.9 * scene.uncertain * strength);
}

/** @param {number[]} c @param {number[]} to @param {number} a */
function mix(c, to, a) {
  for (let j = 0; j < 3; j++) c[j] += (to[j] - c[j]) * a;
}
