// @ts-check
// The stroke under the pointer, drawn over the picture until it ends. Without graphics hardware every change of the picture costs a copy of all of it, and a wait
// for that copy; a change here costs the few squares that the brush touches. It looks as the picture will.
import { span, strips } from "./spot.js";

const SIDE = 256;
const MOST = 8;
const RIM_COLOUR = "rgb(8 11 10)";

export class Ink {
  #squares = /** @type {Map<string, CanvasRenderingContext2D>} */ (new Map());
  #spare = /** @type {CanvasRenderingContext2D[]} */ ([]);

  /** @param {HTMLElement} element lies over the picture */
  constructor(element) { this.element = element; }

  /** Begins anew; what was drawn stays until the function that comes back is called. */
  lift() {
    const squares = [...this.#squares.values()];
    this.#squares.clear();
    return () => {
      for (const square of squares) square.canvas.hidden = true;
      this.#spare.push(...squares);
      for (const square of this.#spare.splice(MOST)) square.canvas.remove();
    };
  }

  /** Nothing is drawn any more, lifted or not. */
  clear() {
    this.#squares.clear();
    this.#spare = [];
    this.element.replaceChildren();
  }

  /**
   * Draws pixels of the image that are painted from now on.
   * @param {ArrayLike<number>} indices y × width + x @param {string} colour @param {{width: number, height: number, at: (x: number, y: number) => number}} labels which know them already
   * @param {{origin: [number, number], step: number, width: number, height: number}} scene @param {number} ratio device pixels a CSS pixel
   */
  draw(indices, colour, labels, { origin, step, width, height }, ratio) {
    const bare = (/** @type {number} */ x, /** @type {number} */ y) => x >= 0 && y >= 0 && x < labels.width && y < labels.height && labels.at(x, y) === 0;
    for (let i = 0; i < indices.length; i++) {
      const x = indices[i] % labels.width, y = (indices[i] - x) / labels.width, [x0, x1] = span(x, origin[0], step), [y0, y1] = span(y, origin[1], step);
      if (x1 <= 0 || y1 <= 0 || x0 >= width || y0 >= height) continue;
      for (const [sx0, sy0, sx1, sy1] of strips(x0, y0, x1, y1, (dx, dy) => bare(x + dx, y + dy))) this.#rect(RIM_COLOUR, sx0, sy0, sx1, sy1, ratio);
      this.#rect(colour, x0, y0, x1, y1, ratio);
    }
  }

  /** @param {string} colour @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1 @param {number} ratio */
  #rect(colour, x0, y0, x1, y1, ratio) {
    for (let row = Math.floor(y0 / SIDE); row * SIDE < y1; row++) {
      for (let column = Math.floor(x0 / SIDE); column * SIDE < x1; column++) {
        const square = this.#square(column, row, ratio);
        square.fillStyle = colour;
        square.fillRect(x0 - column * SIDE, y0 - row * SIDE, x1 - x0, y1 - y0);
      }
    }
  }

  /** @param {number} column @param {number} row @param {number} ratio */
  #square(column, row, ratio) {
    const key = `${column}/${row}`, known = this.#squares.get(key);
    if (known) return known;
    const square = this.#spare.pop() ?? this.#made(), { canvas } = square, { style } = canvas;
    square.clearRect(0, 0, SIDE, SIDE);
    style.width = style.height = `${SIDE / ratio}px`;
    style.transform = `translate(${(column * SIDE) / ratio}px, ${(row * SIDE) / ratio}px)`;
    canvas.hidden = false;
    this.#squares.set(key, square);
    return square;
  }

  #made() {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = SIDE;
    this.element.append(canvas);
    return /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
  }
}
