// @ts-check
// The same picture without graphics hardware: every sample of the image once, by hand; the browser enlarges them. It takes the commands that Graphics takes.
import { CELL } from "./predictions.js";
import { GREY } from "./shader.js";
import { span, strips } from "./spot.js";

/** @typedef {import("./graphics.js").Bound} Bound */
/** @typedef {{width: number, height: number, data: any}} Plane */
/** @typedef {{x0: number, y0: number, x1: number, y1: number, origin: [number, number], pitch: number}} Part of a grid: samples of the scene's level, or device pixels; pitch: image pixels from one to the next */

const RIM = [0.031, 0.043, 0.039];
const LINE = 0.8;

export class Software {
  #planes = /** @type {Map<string, Plane>} */ (new Map());
  #scene = /** @type {import("./graphics.js").Shared | null} */ (null);
  #samples = new Uint8ClampedArray(new ArrayBuffer(0));
  #pixels = new Uint8ClampedArray(new ArrayBuffer(0));

  /** @param {HTMLCanvasElement | OffscreenCanvas} canvas @param {HTMLCanvasElement | OffscreenCanvas} scratch another one that is not seen */
  constructor(canvas, scratch) {
    const look = (/** @type {HTMLCanvasElement | OffscreenCanvas} */ c) => /** @type {CanvasRenderingContext2D} */ (c.getContext("2d", { alpha: false, willReadFrequently: true }));
    this.context = look(canvas);
    this.scratch = look(scratch);
  }

  busy = false;

  /** @param {import("./graphics.js").Command[]} commands */
  run(commands) {
    for (const c of commands) {
      if ("size" in c) Object.assign(this.context.canvas, c.size);
      else if ("fill" in c) this.#planes.set(c.fill.name, c.fill);
      else if ("patch" in c) this.#patch(c.patch);
      else if ("drop" in c) this.#planes.delete(c.drop);
      else if ("scene" in c) this.#scene = c.scene;
      else if ("clear" in c) this.#clear(c.clear);
      else if (this.#scene) this.#tile(this.#scene, c.tile);
    }
  }

  /** @param {import("./graphics.js").Patch} patch */
  #patch({ name, x, y, width, height, layers, data }) {
    const plane = this.#planes.get(name);
    if (!plane) return;
    for (let layer = 0; layer < (layers || 1); layer++) for (let row = 0; row < height; row++) {
      const from = (layer * height + row) * width;
      plane.data.set(data.subarray(from, from + width), (layer * plane.height + y + row) * plane.width + x);
    }
  }

  /** @param {import("./view.js").Box} box */
  #clear([x0, y0, x1, y1]) {
    this.context.fillStyle = style(this.#scene?.back ?? [0, 0, 0]);
    this.context.fillRect(x0, y0, x1 - x0, y1 - y0);
  }

  /** @param {import("./graphics.js").Shared} scene @param {import("./graphics.js").DrawnTile} tile */
  #tile(scene, tile) {
    const [x0, y0, x1, y1] = tile.box, wipe = tile.prediction ? Math.max(x0, Math.min(x1, Math.ceil(scene.wipe - 0.5))) : x0;
    if (wipe > x0) this.#draw(scene, { ...tile, box: [x0, y0, wipe, y1], prediction: null }, false);
    if (wipe < x1) this.#draw(scene, { ...tile, box: [wipe, y0, x1, y1] }, scene.grey);
  }

  /** @param {import("./graphics.js").Shared} scene @param {import("./graphics.js").DrawnTile} tile @param {boolean} grey */
  #draw(scene, tile, grey) {
    const { context } = this, [x0, y0, x1, y1] = tile.box, side = 2 ** scene.level, step = scene.step / side, origin = scene.origin.map((v) => v / side);
    // Rims and lines reach out of their samples.
    const more = 1 + Math.ceil(2 * step), part = /** @type {Part} */ ({ x0: Math.floor(origin[0] + x0 * step) - more, y0: Math.floor(origin[1] + y0 * step) - more, x1: Math.ceil(origin[0] + x1 * step) + more, y1: Math.ceil(origin[1] + y1 * step) + more, origin: [0, 0], pitch: side });
    // Patterns are finer than magnified samples: those are composed as they are on the screen.
    const seen = tile.variant.patterns && !tile.variant.lines && step < 1 ? { x0, y0, x1, y1, origin: scene.origin, pitch: scene.step } : part;
    const width = seen.x1 - seen.x0, height = seen.y1 - seen.y0;
    if (this.#samples.length < 4 * width * height) this.#samples = new Uint8ClampedArray(4 * width * height);
    const samples = new Uint32Array(this.#samples.buffer, 0, width * height);
    const winners = compose(scene, tile, (b) => (b ? this.#planes.get(b.name) ?? null : null), this.#planes.get(tile.fresh)?.data ?? null, seen, grey, samples);
    context.save();
    context.beginPath();
    context.rect(x0, y0, x1 - x0, y1 - y0);
    context.clip();
    if (seen !== part) this.#put(this.#samples, tile.box);
    else if (step > 1.001) this.#smooth(part, origin, step);
    else this.#enlarge(samples, part, origin, step, tile.box);
    if (winners) this.#lines(scene, tile.variant, winners, part, origin, step);
    if (tile.labels) this.#rims(scene, tile.labels, part, origin, step);
    context.restore();
  }

  /** @param {Uint8ClampedArray<ArrayBuffer>} data at least as long as the box has pixels @param {import("./view.js").Box} box device pixels */
  #put(data, [x0, y0, x1, y1]) {
    const width = x1 - x0, height = y1 - y0;
    this.context.putImageData(new ImageData(data.subarray(0, 4 * width * height), width, height), x0, y0);
  }

  /** Every device pixel shows the sample its middle is in. By hand, for the browser copies all of a canvas before it draws from it. @param {Uint32Array} samples @param {Part} part @param {number[]} origin @param {number} step @param {import("./view.js").Box} box */
  #enlarge(samples, part, origin, step, box) {
    const [x0, y0, x1, y1] = box, width = x1 - x0, height = y1 - y0, wide = part.x1 - part.x0;
    if (this.#pixels.length < 4 * width * height) this.#pixels = new Uint8ClampedArray(4 * width * height);
    const pixels = new Uint32Array(this.#pixels.buffer, 0, width * height), columns = new Int32Array(width);
    for (let x = 0; x < width; x++) columns[x] = Math.floor(origin[0] + (x0 + x + 0.5) * step) - part.x0;
    for (let y = 0, before = -1; y < height; y++) {
      const row = Math.floor(origin[1] + (y0 + y + 0.5) * step) - part.y0, to = y * width;
      if (row === before) pixels.copyWithin(to, to - width, to);
      else for (let x = 0, from = row * wide; x < width; x++) pixels[to + x] = samples[from + columns[x]];
      before = row;
    }
    this.#put(this.#pixels, box);
  }

  /** Reduced, by the browser. @param {Part} part @param {number[]} origin @param {number} step */
  #smooth(part, origin, step) {
    const width = part.x1 - part.x0, height = part.y1 - part.y0, { canvas } = this.scratch;
    if (canvas.width < width || canvas.height < height) Object.assign(canvas, { width: Math.max(canvas.width, width), height: Math.max(canvas.height, height) });
    this.scratch.putImageData(new ImageData(this.#samples.subarray(0, 4 * width * height), width, height), 0, 0);
    this.context.drawImage(canvas, 0, 0, width, height, (part.x0 - origin[0]) / step, (part.y0 - origin[1]) / step, width / step, height / step);
  }

  /** Lines where classes meet, in the colour of the first of both. @param {import("./graphics.js").Shared} scene @param {import("./shader.js").Variant} variant @param {Int16Array} winners @param {Part} part @param {number[]} origin @param {number} step */
  #lines({ classes, opacities }, variant, winners, part, origin, step) {
    const { context } = this, width = part.x1 - part.x0, strong = (/** @type {number} */ k) => (variant.outline && classes[4 * k + 3] > 0 ? 1 : variant.lines ? opacities[2 * k] : 0);
    const styles = Array.from({ length: variant.classes }, (_, k) => style([...classes.subarray(4 * k, 4 * k + 3)], strong(k)));
    const meet = (/** @type {number} */ a, /** @type {number} */ b) => (a !== b && a >= 0 && b >= 0 ? Math.min(a, b) : -1);
    for (let y = part.y0; y < part.y1; y++) for (let x = part.x0; x < part.x1; x++) {
      const i = (y - part.y0) * width + x - part.x0, right = x + 1 < part.x1 ? meet(winners[i], winners[i + 1]) : -1, below = y + 1 < part.y1 ? meet(winners[i], winners[i + width]) : -1;
      if (right >= 0 && strong(right) > 0) { context.fillStyle = styles[right]; context.fillRect((x + 1 - origin[0]) / step - LINE, (y - origin[1]) / step, 2 * LINE, 1 / step); }
      if (below >= 0 && strong(below) > 0) { context.fillStyle = styles[below]; context.fillRect((x - origin[0]) / step, (y + 1 - origin[1]) / step - LINE, 1 / step, 2 * LINE); }
    }
  }

  /** @param {import("./graphics.js").Shared} scene @param {NonNullable<Bound>} labels @param {Part} part @param {number[]} origin @param {number} step */
  #rims({ opacities }, labels, part, origin, step) {
    const plane = this.#planes.get(labels.name);
    if (!plane) return;
    const { context } = this, left = labels.place[1] - 1, top = labels.place[2] - 1, seen = (/** @type {number} */ l) => (l ? opacities[2 * (l - 1) + 1] ?? 0 : 0);
    const at = (/** @type {number} */ x, /** @type {number} */ y) => (x < left || y < top || x - left >= plane.width || y - top >= plane.height ? 0 : plane.data[(y - top) * plane.width + x - left]);
    for (let y = part.y0; y < part.y1; y++) for (let x = part.x0; x < part.x1; x++) {
      const own = at(x, y), strength = seen(own);
      if (!strength) continue;
      context.fillStyle = style(RIM, strength);
      const [dx0, dx1] = span(x, origin[0], step), [dy0, dy1] = span(y, origin[1], step);
      for (const [sx0, sy0, sx1, sy1] of strips(dx0, dy0, dx1, dy1, (i, j) => seen(at(x + i, y + j)) === 0)) context.fillRect(sx0, sy0, sx1 - sx0, sy1 - sy0);
    }
  }
}

/**
 * The colour of every sample of a part; the likeliest class of each where lines are to be drawn.
 * @param {import("./graphics.js").Shared} scene @param {import("./graphics.js").DrawnTile} tile @param {(bound: Bound) => Plane | null} plane @param {Uint8Array | null} fresh @param {Part} part @param {boolean} grey @param {Uint32Array} out red, green, blue and alpha of each, a byte each
 */
export function compose(scene, tile, plane, fresh, part, grey, out) {
  const { origin, pitch } = part, width = part.x1 - part.x0, { classes, opacities, colours, rawOpacity, back } = scene;
  /** Where in a plane the samples of a column or row are. @param {NonNullable<Bound>} bound @param {number} from @param {number} to @param {number} axis @param {number} size @param {number} rim */
  const places = (bound, from, to, axis, size, rim = 0) => Int32Array.from({ length: to - from }, (_, k) => Math.max(0, Math.min(size - 1, Math.floor((origin[axis] + (from + k + 0.5) * pitch) * bound.place[0] - bound.place[1 + axis]) + rim)));
  const raws = tile.raw.flatMap((bound, i) => {
    const p = plane(bound);
    if (!bound || !p) return [];
    const low = tile.windows[2 * i], scale = 1 / Math.max(tile.windows[2 * i + 1] - low, 1e-9);
    return [{ data: p.data, width: p.width, xs: places(bound, part.x0, part.x1, 0, p.width), ys: places(bound, part.y0, part.y1, 1, p.height), low, scale, r: colours[3 * i], g: colours[3 * i + 1], b: colours[3 * i + 2], grey: GREY[i] }];
  });
  const p = plane(tile.prediction), pxs = p && places(/** @type {NonNullable<Bound>} */ (tile.prediction), part.x0, part.x1, 0, p.width), pys = p && places(/** @type {NonNullable<Bound>} */ (tile.prediction), part.y0, part.y1, 1, p.height);
  const l = plane(tile.labels), lxs = l && places(/** @type {NonNullable<Bound>} */ (tile.labels), part.x0, part.x1, 0, l.width, 1), lys = l && places(/** @type {NonNullable<Bound>} */ (tile.labels), part.y0, part.y1, 1, l.height, 1);
  const { variant } = tile, count = variant.classes, planeSize = p ? p.width * p.height : 0, lines = variant.lines || variant.outline, winners = p && lines ? new Int16Array(out.length) : null;
  const [ur, ug, ub] = scene.uncertainColour, red = new Float32Array(width), green = new Float32Array(width), blue = new Float32Array(width), sum = new Float32Array(width);
  // NB: exact on the grid of the screen, for patterns change at whole numbers.
  const device = (/** @type {number} */ k, /** @type {number} */ axis) => (pitch === scene.step && origin === scene.origin ? k + 0.5 : (origin[axis] + (k + 0.5) * pitch - scene.origin[axis]) / scene.step);
  const kinds = Array.from({ length: count }, (_, k) => k).filter((k) => classes[4 * k + 3] > 0).reverse();
  for (let y = part.y0; y < part.y1; y++) {
    red.fill(0); green.fill(0); blue.fill(0); sum.fill(0);
    for (const c of raws) {
      const row = c.ys[y - part.y0] * c.width;
      for (let x = 0; x < width; x++) {
        const v = (c.data[row + c.xs[x]] - c.low) * c.scale, s = Math.sqrt(v < 0 ? 0 : v > 1 ? 1 : v), bright = s * (0.108 + s * (1.129 - 0.237 * s));
        red[x] += bright * c.r; green[x] += bright * c.g; blue[x] += bright * c.b; sum[x] += bright * c.grey;
      }
    }
    const prow = p && pys ? pys[y - part.y0] * p.width : 0, lrow = l && lys ? lys[y - part.y0] * l.width : 0, cells = p && pys && fresh ? Math.floor(pys[y - part.y0] / CELL) * 8 : 0;
    for (let x = 0; x < width; x++) {
      let r = red[x], g = green[x], b = blue[x];
      if (grey) r = g = b = 0.804 * (sum[x] > 1 ? 1 : sum[x]);
      else { r = r > 1 ? 1 : r; g = g > 1 ? 1 : g; b = b > 1 ? 1 : b; }
      r = back[0] + (r - back[0]) * rawOpacity; g = back[1] + (g - back[1]) * rawOpacity; b = back[2] + (b - back[2]) * rawOpacity;
      if (p && pxs) {
        const i = prow + pxs[x], strength = fresh ? 0.45 + (0.55 / 255) * fresh[cells + (pxs[x] >> 6)] : 1;
        if (!variant.outline) for (const k of kinds) {
          const a = (p.data[k * planeSize + i] / 65535) * classes[4 * k + 3] * strength;
          r += (classes[4 * k] - r) * a; g += (classes[4 * k + 1] - g) * a; b += (classes[4 * k + 2] - b) * a;
        }
        if (variant.decide) {
          let best = -1, first = 0, second = 0;
          for (let k = 0; k < count; k++) { const v = p.data[k * planeSize + i]; if (v > first) { second = first; first = v; best = k; } else if (v > second) second = v; }
          if (winners) winners[(y - part.y0) * width + x] = best;
          if (best >= 0 && !variant.lines && opacities[2 * best] > 0) {
            const a = opacities[2 * best] * strength * (variant.patterns ? pattern(best, device(part.x0 + x, 0), device(y, 1)) : 1);
            r += (classes[4 * best] - r) * a; g += (classes[4 * best + 1] - g) * a; b += (classes[4 * best + 2] - b) * a;
          }
          if (best >= 0 && scene.uncertain > 0) {
            const a = (1 - (first - second) / 65535) * 0.9 * scene.uncertain * strength;
            r += (ur - r) * a; g += (ug - g) * a; b += (ub - b) * a;
          }
        }
      }
      if (l && lxs) {
        const own = l.data[lrow + lxs[x]], a = own ? opacities[2 * own - 1] ?? 0 : 0;
        if (a > 0) { const k = 4 * (own - 1); r += (classes[k] - r) * a; g += (classes[k + 1] - g) * a; b += (classes[k + 2] - b) * a; }
      }
      out[(y - part.y0) * width + x] = 0xff000000 | ((255 * b + 0.5) << 16) | ((255 * g + 0.5) << 8) | (255 * r + 0.5);
    }
  }
  return winners;
}

/** As in the shader. @param {number} k @param {number} x device pixels @param {number} y */
function pattern(k, x, y) {
  if (k % 4 === 0) return 1;
  if (k % 4 === 1) return (x + y) % 8 < 3 ? 1 : 0.45;
  if (k % 4 === 2) return ((x % 8) - 4) ** 2 + ((y % 8) - 4) ** 2 < 5 ? 1 : 0.4;
  return y % 6 < 2 ? 1 : 0.45;
}

/** @param {number[]} colour 0 … 1 @param {number} [alpha] */
const style = ([r, g, b], alpha = 1) => `rgb(${255 * r} ${255 * g} ${255 * b} / ${alpha})`;
