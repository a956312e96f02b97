// @ts-check
// Where one sample of the image is on the screen, and the dark rim around those that are painted: the same in the picture and over it.

/** Device pixels. */
const RIM = 1.25;

/** The device pixels that show one sample: those whose middle lies in it, at least one. @param {number} at @param {number} origin @param {number} step samples a device pixel @returns {[number, number]} */
export function span(at, origin, step) {
  const from = Math.ceil((at - origin) / step - 0.5);
  return [from, Math.max(from + 1, Math.ceil((at + 1 - origin) / step - 0.5))];
}

/** What of the rim lies at the sides of a sample. @param {number} x0 device pixels @param {number} y0 @param {number} x1 @param {number} y1 @param {(dx: number, dy: number) => boolean} bare whether nothing is painted at that neighbour @returns {[number, number, number, number][]} */
export function strips(x0, y0, x1, y1, bare) {
  const found = /** @type {[number, number, number, number][]} */ ([]);
  if (bare(-1, 0)) found.push([x0 - RIM, y0, x0, y1]);
  if (bare(1, 0)) found.push([x1, y0, x1 + RIM, y1]);
  if (bare(0, -1)) found.push([x0, y0 - RIM, x1, y0]);
  if (bare(0, 1)) found.push([x0, y1, x1, y1 + RIM]);
  return found;
}
