// @ts-check
// Raw planes of the server by tile: a cache bounded by its bytes or, where that is more, by what is wanted; visible first, requests that scrolled away are aborted.
import { levelSize, thumbnailLevel, TILE } from "./view.js";

/**
 * @typedef {{width: number, height: number, data: Uint8Array | Uint16Array | Float32Array, level: number, column: number, row: number}} Tile
 * @typedef {{id: string, width: number, height: number, type: string}} Picture
 * @typedef {{image: Picture, t: number, z: number, level: number, column: number, row: number, channels: number[]}} Wish
 */

const BYTES = 384 * 2 ** 20;
const AT_ONCE = 4;

/** Milliseconds until a tile that could not be read is asked for again. */
const AGAIN = 3000;

export class Tiles {
  #tiles = /** @type {Map<string, Tile>} */ (new Map());
  #bytes = 0;
  #running = /** @type {Map<string, AbortController>} */ (new Map());
  #wishes = /** @type {Wish[]} */ ([]);
  #all = /** @type {Wish[]} */ ([]);
  /** Keys of the planes that are wanted. One that was let go for another of them would be asked for again, without end. */
  #wanted = /** @type {Set<string>} */ (new Set());
  #failed = /** @type {Map<string, number>} */ (new Map());
  /** Images of which it was said that they cannot be read. */
  #said = /** @type {Set<string>} */ (new Set());
  #timer = /** @type {any} */ (0);

  /**
   * @param {(image: string, query: Record<string, any>, signal: AbortSignal) => Promise<ArrayBuffer>} read
   * @param {(wish: Wish) => void} loaded @param {(error: unknown) => void} failed @param {number} [bytes] it may have
   */
  constructor(read, loaded, failed, bytes = BYTES) {
    this.bytes = bytes;
    this.read = read;
    this.loaded = loaded;
    this.failed = failed;
  }

  /** @param {string} image @param {number} t @param {number} z @param {number} level @param {number} channel @param {number} column @param {number} row @returns {Tile | undefined} */
  get(image, t, z, level, channel, column, row) {
    const key = `${image}/${t}/${z}/${level}/${channel}/${column}/${row}`, tile = this.#tiles.get(key);
    if (tile) { this.#tiles.delete(key); this.#tiles.set(key, tile); }
    return tile;
  }

  /** The finest plane there is of a place, not finer than the level. @param {Picture} image @param {number} t @param {number} z @param {number} level @param {number} channel @param {number} column @param {number} row */
  finest(image, t, z, level, channel, column, row) {
    for (let l = level, c = column, r = row; l <= thumbnailLevel(image); l++, c >>= 1, r >>= 1) {
      const tile = this.get(image.id, t, z, l, channel, c, r);
      if (tile) return tile;
    }
    return undefined;
  }

  /** What is wanted from now on, most urgent first; whatever else is under way is dropped. @param {Wish[]} wishes */
  want(wishes) {
    this.#all = wishes;
    this.#wanted = new Set(wishes.flatMap((w) => w.channels.map((c) => plane(w, c))));
    this.#wishes = wishes
      .map((w) => ({ ...w, channels: w.channels.filter((c) => !this.#tiles.has(plane(w, c))) }))
      .filter((w) => w.channels.length > 0 && (this.#failed.get(name(w)) ?? 0) < Date.now());
    const wanted = new Set(this.#wishes.map(name));
    for (const [key, abort] of this.#running) if (!wanted.has(key)) abort.abort();
    this.#next();
  }

  #next() {
    for (const wish of this.#wishes) {
      if (this.#running.size >= AT_ONCE) return;
      const key = name(wish);
      if (!this.#running.has(key)) this.#load(wish, key);
    }
  }

  /** @param {Wish} wish @param {string} key */
  async #load(wish, key) {
    const { image, t, z, level, column, row, channels } = wish, size = levelSize(image, level), abort = new AbortController();
    this.#running.set(key, abort);
    const x0 = column * TILE, y0 = row * TILE, x1 = Math.min(size.width, x0 + TILE), y1 = Math.min(size.height, y0 + TILE);
    try {
      const buffer = await this.read(image.id, { c: channels.join(","), t, z, level, x0, y0, x1, y1 }, abort.signal);
      const width = x1 - x0, height = y1 - y0, type = arrayOf(level === 0 ? image.type : "float32");
      channels.forEach((c, k) => {
        const data = new type(buffer, k * width * height * type.BYTES_PER_ELEMENT, width * height);
        this.#put(plane(wish, c), { width, height, data: type === Uint8Array ? data : data.slice(), level, column, row });
      });
      this.#wishes = this.#wishes.filter((w) => name(w) !== key);
      this.#running.delete(key);
      this.#said.delete(image.id);
      this.loaded(wish);
    } catch (error) {
      this.#running.delete(key);
      if (!abort.signal.aborted) {
        this.#failed.set(key, Date.now() + AGAIN);
        this.#wishes = this.#wishes.filter((w) => name(w) !== key);
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.want(this.#all), AGAIN + 1);
        // Too much at once is no fault: it comes later.
        if (/** @type {any} */ (error).status !== 503 && !this.#said.has(image.id)) {
          this.failed(error);
          this.#said.add(image.id);
        }
      }
    }
    this.#next();
  }

  /** @param {string} key @param {Tile} tile */
  #put(key, tile) {
    this.#bytes += tile.data.byteLength - (this.#tiles.get(key)?.data.byteLength ?? 0);
    this.#tiles.set(key, tile);
    for (const [old, gone] of this.#tiles) {
      if (this.#bytes <= this.bytes) break;
      if (this.#wanted.has(old)) continue;
      this.#tiles.delete(old);
      this.#bytes -= gone.data.byteLength;
    }
  }

  /** Its pixels are others. @param {string} image */
  forget(image) {
    const prefix = `${image}/`, ours = (/** @type {string} */ key) => key.startsWith(prefix);
    for (const [key, abort] of this.#running) if (ours(key)) abort.abort();
    for (const [key, tile] of this.#tiles) if (ours(key)) { this.#tiles.delete(key); this.#bytes -= tile.data.byteLength; }
    for (const key of this.#failed.keys()) if (ours(key)) this.#failed.delete(key);
    this.#said.delete(image);
  }

  clear() {
    this.want([]);
    clearTimeout(this.#timer);
    this.#tiles.clear();
    this.#failed.clear();
    this.#said.clear();
    this.#bytes = 0;
  }
}

/** @param {Wish} w @param {number} channel */
const plane = (w, channel) => `${w.image.id}/${w.t}/${w.z}/${w.level}/${channel}/${w.column}/${w.row}`;

/** @param {Wish} w */
const name = (w) => `${w.image.id}/${w.t}/${w.z}/${w.level}/${w.column}/${w.row}/${w.channels.join(",")}`;

/** @param {string} type */
export const arrayOf = (type) => (type === "uint8" ? Uint8Array : type === "uint16" ? Uint16Array : Float32Array);
