// @ts-check
// What is to be drawn again, and how much of it in one frame: without graphics hardware a whole picture takes many frames, and painting must not wait for it.

const SIDE = 128;
const LEAST = SIDE * SIDE;
const MOST = 2 ** 25;

/** Parts of the picture that are to be drawn again, oldest first. Device pixels. */
export class Repaint {
  #blocks = /** @type {Set<number>} */ (new Set());
  #columns = 1;
  #size = { width: 0, height: 0 };

  /** @param {import("./view.js").Size} size of the picture */
  resize(size) {
    this.#size = size;
    this.#columns = Math.max(1, Math.ceil(size.width / SIDE));
    this.#blocks.clear();
  }

  get empty() { return this.#blocks.size === 0; }

  clear() { this.#blocks.clear(); }

  /** What waits already keeps its turn. @param {import("./view.js").Box} box */
  add([x0, y0, x1, y1]) {
    const { width, height } = this.#size, last = (/** @type {number} */ end, /** @type {number} */ all) => Math.ceil(Math.min(end, all) / SIDE);
    for (let row = Math.max(0, Math.floor(y0 / SIDE)); row < last(y1, height); row++) {
      for (let column = Math.max(0, Math.floor(x0 / SIDE)); column < last(x1, width); column++) this.#blocks.add(row * this.#columns + column);
    }
  }

  /** The next parts, at least one if there is any. Neighbours come as one. @param {number} pixels @returns {import("./view.js").Box[]} */
  take(pixels) {
    const taken = /** @type {number[]} */ ([]);
    for (const block of this.#blocks) {
      pixels -= area(this.#box(block));
      if (taken.length && pixels < 0) break;
      taken.push(block);
    }
    for (const block of taken) this.#blocks.delete(block);
    const boxes = taken.sort((a, b) => a - b).map((block) => this.#box(block));
    const rows = joined(boxes, (a, b) => a[1] === b[1] && a[2] === b[0]);
    return joined(rows, (a, b) => a[0] === b[0] && a[2] === b[2] && a[3] === b[1]);
  }

  /** @param {number} block @returns {import("./view.js").Box} */
  #box(block) {
    const { width, height } = this.#size, x = (block % this.#columns) * SIDE, y = Math.floor(block / this.#columns) * SIDE;
    return [x, y, Math.min(width, x + SIDE), Math.min(height, y + SIDE)];
  }
}

/** Every box is brought together with the first before it that goes on in it. @param {import("./view.js").Box[]} boxes @param {(a: import("./view.js").Box, b: import("./view.js").Box) => boolean} goesOn */
function joined(boxes, goesOn) {
  const found = /** @type {import("./view.js").Box[]} */ ([]);
  for (const box of boxes) {
    const before = found.find((b) => goesOn(b, box));
    if (before) [, , before[2], before[3]] = box;
    else found.push(box);
  }
  return found;
}

/** How many pixels this machine draws in a millisecond, learned while drawing. */
export class Pace {
  rate = 2 ** 15;

  /** @param {number} ms that may be spent */
  within(ms) { return Math.max(LEAST, Math.min(MOST, this.rate * ms)); }

  /** @param {number} pixels drawn @param {number} ms until they were there @param {number} allowed what they were meant to take */
  drew(pixels, ms, allowed) {
    if (ms > allowed) this.rate = Math.max(LEAST / 64, this.rate / 4, Math.min(this.rate, pixels / ms));
    else if (pixels > (this.rate * allowed) / 2) this.rate = Math.min(MOST, this.rate * 1.5);
  }
}

/** @param {import("./view.js").Box} box */
export const area = ([x0, y0, x1, y1]) => Math.max(0, x1 - x0) * Math.max(0, y1 - y0);
