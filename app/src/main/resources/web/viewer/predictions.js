// @ts-check
// Probabilities as they come in, by tile of 512 pixels of a level; of every 64 × 64 cell the model that predicted it is remembered.
import { levelSize, TILE, union } from "./view.js";

export const CELL = 64;
const CELLS = TILE / CELL;
const BYTES = 256 * 2 ** 20;

/** Versions are never used twice, for textures outlive tiles. */
let stamp = 0;

/**
 * @typedef {{image: string, t: number, z: number, level: number, column: number, row: number, width: number, height: number, classes: number,
 *   planes: Uint16Array, models: Int32Array, before: number, version: number, fresh: Float32Array, settled: number}} PredictionTile version: of the planes, and the one before; fresh: 0 … 1 for each cell, as drawn; settled: version of fresh
 * @typedef {{image: string, t: number, z: number, level: number, x: number, y: number, width: number, height: number, classes: number, model: number}} Arrived
 */

export class Predictions {
  /** How many tiles are seen: so many are kept in any case, for nobody sends them again. */
  seen = 0;
  #tiles = /** @type {Map<string, PredictionTile>} */ (new Map());

  /** @param {number} [bytes] it may have */
  constructor(bytes = BYTES) { this.bytes = bytes; }

  /** @param {string} image @param {number} t @param {number} z @param {number} level @param {number} column @param {number} row */
  get(image, t, z, level, column, row) {
    return this.#tiles.get(`${image}/${t}/${z}/${level}/${column}/${row}`);
  }

  /** @param {Arrived} a @param {Uint16Array} planes @param {{width: number, height: number}} size of the image @returns {PredictionTile} */
  put(a, planes, size) {
    const column = Math.floor(a.x / TILE), row = Math.floor(a.y / TILE), key = `${a.image}/${a.t}/${a.z}/${a.level}/${column}/${row}`;
    const whole = levelSize(size, a.level), width = Math.min(TILE, whole.width - column * TILE), height = Math.min(TILE, whole.height - row * TILE);
    let tile = this.#tiles.get(key);
    if (tile && tile.classes < a.classes) {
      // A class was added: the first planes are as they were.
      const planes = new Uint16Array(a.classes * width * height);
      planes.set(tile.planes);
      tile = { ...tile, classes: a.classes, planes, version: ++stamp };
    }
    if (!tile) {
      tile = {
        image: a.image, t: a.t, z: a.z, level: a.level, column, row, width, height, classes: a.classes, planes: new Uint16Array(a.classes * width * height),
        models: new Int32Array(CELLS * CELLS), before: 0, version: ++stamp, fresh: new Float32Array(CELLS * CELLS), settled: ++stamp,
      };
    }
    this.#tiles.delete(key);
    this.#tiles.set(key, tile);
    const x0 = a.x - column * TILE, y0 = a.y - row * TILE;
    for (let k = 0; k < tile.classes; k++) for (let y = 0; y < a.height; y++) {
      const from = (k * a.height + y) * a.width, to = (k * height + y0 + y) * width + x0;
      if (k < a.classes) tile.planes.set(planes.subarray(from, from + a.width), to);
      else tile.planes.fill(0, to, to + a.width);
    }
    for (let cy = Math.floor(y0 / CELL); cy * CELL < y0 + a.height; cy++) for (let cx = Math.floor(x0 / CELL); cx * CELL < x0 + a.width; cx++) tile.models[cy * CELLS + cx] = a.model;
    // Fewer planes than it has cannot be brought into its texture one by one.
    tile.before = a.classes === tile.classes ? tile.version : 0;
    tile.version = ++stamp;
    this.#trim();
    return tile;
  }

  #trim() {
    let bytes = 0;
    for (const tile of this.#tiles.values()) bytes += tile.planes.byteLength;
    for (const [key, tile] of this.#tiles) {
      if (bytes <= this.bytes || this.#tiles.size <= this.seen) break;
      this.#tiles.delete(key);
      bytes -= tile.planes.byteLength;
    }
  }

  /** Everything is gone: other classes, another project. */
  clear() { this.#tiles.clear(); }

  /** Its pixels are others. @param {string} image */
  forget(image) {
    for (const key of this.#tiles.keys()) if (key.startsWith(`${image}/`)) this.#tiles.delete(key);
  }

  /**
   * Moves each cell's strength towards 1 (as new as `target`) or 0 (older): 90 ms in, 160 ms out.
   * @param {PredictionTile} tile @param {number} target @param {number} ms since the last frame; Infinity jumps @param {boolean} fade whether old cells may fade now
   * @param {import("./view.js").Box} seen image pixels: the server is asked for nothing else
   * @returns {{moving: boolean, stale: number, cells: number, box: import("./view.js").Box | null}} stale, cells: of those that are seen; box: samples of the tile whose strength changed
   */
  static settle(tile, target, ms, fade, seen) {
    const columns = Math.ceil(tile.width / CELL), rows = Math.ceil(tile.height / CELL), at = (/** @type {number} */ place, /** @type {number} */ cell) => (place * TILE + cell * CELL) * 2 ** tile.level;
    const inSight = (/** @type {number} */ x, /** @type {number} */ y) => at(tile.column, x) < seen[2] && at(tile.column, x + 1) > seen[0] && at(tile.row, y) < seen[3] && at(tile.row, y + 1) > seen[1];
    let moving = false, stale = 0, cells = 0, box = /** @type {import("./view.js").Box | null} */ (null);
    for (let y = 0; y < rows; y++) for (let x = 0; x < columns; x++) {
      const i = y * CELLS + x, old = tile.models[i] < target;
      if (inSight(x, y)) { cells++; if (old) stale++; }
      const goal = tile.models[i] === 0 || (old && fade) ? 0 : old ? tile.fresh[i] : 1, step = goal > tile.fresh[i] ? ms / 90 : ms / 160;
      if (tile.fresh[i] === goal) continue;
      tile.fresh[i] = goal > tile.fresh[i] ? Math.min(goal, tile.fresh[i] + step) : Math.max(goal, tile.fresh[i] - step);
      moving ||= tile.fresh[i] !== goal;
      const cell = /** @type {import("./view.js").Box} */ ([x * CELL, y * CELL, (x + 1) * CELL, (y + 1) * CELL]);
      box = box ? union(box, cell) : cell;
    }
    if (box) tile.settled = ++stamp;
    return { moving, stale, cells, box };
  }

  /** Whether a class is gone or has another number, so that what was predicted means others. @param {{name: string}[]} before @param {{name: string}[]} now */
  static renumbered(before, now) {
    if (now.length !== before.length) return now.length < before.length || before.some((c, k) => c.name !== now[k].name);
    return before.some((c, k) => c.name !== now[k].name && now.some((other) => other.name === c.name));
  }

  /** Probabilities 0 … 1 at an image position, with whether they are of the newest model. @param {PredictionTile | undefined} tile @param {number} x of the level @param {number} y @param {number} target */
  static at(tile, x, y, target) {
    if (!tile) return null;
    const px = x - tile.column * TILE, py = y - tile.row * TILE, cell = Math.floor(py / CELL) * CELLS + Math.floor(px / CELL);
    if (px < 0 || py < 0 || px >= tile.width || py >= tile.height || tile.models[cell] === 0) return null;
    const values = Array.from({ length: tile.classes }, (_, k) => tile.planes[(k * tile.height + py) * tile.width + px] / 65535);
    return { values, stale: tile.models[cell] < target };
  }
}
