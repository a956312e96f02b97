// @ts-check
// The painted pixels of one plane: sparse tiles of class numbers, 0 where nothing is painted.
import { clamp } from "./view.js";

const SIDE = 256;

export class Labels {
  #tiles = /** @type {Map<number, Uint8Array>} */ (new Map());

  /** @param {{width: number, height: number}} image */
  constructor({ width, height }) {
    this.width = width;
    this.height = height;
    this.columns = Math.ceil(width / SIDE);
  }

  /** @param {number} x @param {number} y */
  at(x, y) {
    const tile = this.#tiles.get(Math.floor(y / SIDE) * this.columns + Math.floor(x / SIDE));
    return tile ? tile[(y % SIDE) * SIDE + (x % SIDE)] : 0;
  }

  /** @param {number} x @param {number} y @param {number} value */
  #set(x, y, value) {
    const key = Math.floor(y / SIDE) * this.columns + Math.floor(x / SIDE);
    let tile = this.#tiles.get(key);
    if (!tile) {
      if (value === 0) return;
      this.#tiles.set(key, (tile = new Uint8Array(SIDE * SIDE)));
    }
    tile[(y % SIDE) * SIDE + (x % SIDE)] = value;
  }

  /**
   * Paints pixels and says what they were and which box holds them.
   * @param {number[]} indices @param {number} value @returns {{before: Uint8Array, box: import("./view.js").Box | null}}
   */
  paint(indices, value) {
    const before = new Uint8Array(indices.length);
    let x0 = Infinity, y0 = Infinity, x1 = -1, y1 = -1;
    indices.forEach((index, i) => {
      const x = index % this.width, y = (index - x) / this.width;
      before[i] = this.at(x, y);
      this.#set(x, y, value);
      x0 = Math.min(x0, x); y0 = Math.min(y0, y); x1 = Math.max(x1, x); y1 = Math.max(y1, y);
    });
    return { before, box: x1 < 0 ? null : [x0, y0, x1 + 1, y1 + 1] };
  }

  /** @param {number[]} indices @param {ArrayLike<number>} values */
  restore(indices, values) {
    for (let i = indices.length - 1; i >= 0; i--) this.#set(indices[i] % this.width, Math.floor(indices[i] / this.width), values[i]);
  }

  /**
   * Replaces a box by what the server says: parts of `uint32 x, y, width, height` and a byte a pixel.
   * @param {ArrayBuffer} buffer @param {import("./view.js").Box} box
   */
  load(buffer, box) {
    this.#clear(box);
    const data = new DataView(buffer), parts = data.getUint32(0, true);
    let at = 4;
    for (let k = 0; k < parts; k++) {
      const [x, y, w, h] = [0, 4, 8, 12].map((o) => data.getUint32(at + o, true));
      const bytes = new Uint8Array(buffer, at + 16, w * h);
      for (let j = 0; j < h; j++) for (let i = 0; i < w; i++) if (bytes[j * w + i]) this.#set(x + i, y + j, bytes[j * w + i]);
      at += 16 + w * h;
    }
  }

  /** @param {import("./view.js").Box} box */
  #clear([x0, y0, x1, y1]) {
    for (let ty = Math.floor(y0 / SIDE); ty * SIDE < y1; ty++) for (let tx = Math.floor(x0 / SIDE); tx * SIDE < x1; tx++) {
      const key = ty * this.columns + tx, tile = this.#tiles.get(key);
      if (!tile) continue;
      const a = clamp(x0 - tx * SIDE, 0, SIDE), b = clamp(x1 - tx * SIDE, 0, SIDE), c = clamp(y0 - ty * SIDE, 0, SIDE), d = clamp(y1 - ty * SIDE, 0, SIDE);
      for (let y = c; y < d; y++) tile.fill(0, y * SIDE + a, y * SIDE + b);
      if (!tile.some(Boolean)) this.#tiles.delete(key);
    }
  }

  /**
   * Labels of a box of a level (its pixels may lie outside the image: 0). Of the pixels behind one sample of a coarser level the most frequent class wins,
   * so that thin strokes stay visible.
   * @param {number} x0 @param {number} y0 @param {number} width @param {number} height @param {number} level
   */
  read(x0, y0, width, height, level) {
    const out = new Uint8Array(width * height), side = 2 ** level;
    if (this.#tiles.size === 0) return out;
    const tally = new Uint32Array(256);
    for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) {
      const ax = (x0 + x) * side, ay = (y0 + y) * side;
      if (ax < 0 || ay < 0 || ax >= this.width || ay >= this.height) continue;
      const key = Math.floor(ay / SIDE) * this.columns + Math.floor(ax / SIDE);
      if (level === 0) {
        const tile = this.#tiles.get(key);
        if (tile) out[y * width + x] = tile[(ay % SIDE) * SIDE + (ax % SIDE)];
      } else if (side > SIDE || this.#tiles.has(key)) {
        let best = 0;
        const seen = [];
        for (let j = ay; j < Math.min(this.height, ay + side); j++) for (let i = ax; i < Math.min(this.width, ax + side); i++) {
          const v = this.at(i, j);
          if (v && ++tally[v] === 1) seen.push(v);
        }
        for (const v of seen) { if (!best || tally[v] > tally[best]) best = v; }
        for (const v of seen) tally[v] = 0;
        out[y * width + x] = best;
      }
    }
    return out;
  }

  get empty() { return this.#tiles.size === 0; }
}
