// @ts-check
// Where the image is on the screen: pure functions, screen in CSS pixels from the viewer's top left, image in pixels.

/** @typedef {{x: number, y: number, zoom: number}} View the image position in the middle of the viewer, and screen pixels a pixel */
/** @typedef {{width: number, height: number}} Size */
/** @typedef {[number, number, number, number]} Box x0, y0, x1, y1; half-open */

export const TILE = 512;
export const MIN_ZOOM = 1 / 256;
export const MAX_ZOOM = 64;

/** @param {View} view @param {Size} screen @param {number} x @param {number} y @returns {[number, number]} */
export const toImage = (view, screen, x, y) => [(x - screen.width / 2) / view.zoom + view.x, (y - screen.height / 2) / view.zoom + view.y];

/** @param {View} view @param {Size} screen @param {number} x @param {number} y @returns {[number, number]} */
export const toScreen = (view, screen, x, y) => [(x - view.x) * view.zoom + screen.width / 2, (y - view.y) * view.zoom + screen.height / 2];

/** The whole image, as large as fits. @param {Size} image @param {Size} screen @returns {View} */
export function fit(image, screen) {
  const zoom = Math.min(screen.width / image.width, screen.height / image.height);
  return { x: image.width / 2, y: image.height / 2, zoom: clamp(zoom, MIN_ZOOM, MAX_ZOOM) };
}

/** Zooms so that the image point under (sx, sy) stays there. @param {View} view @param {Size} screen @param {number} factor @param {number} sx @param {number} sy @returns {View} */
export function zoomAt(view, screen, factor, sx, sy) {
  const zoom = clamp(view.zoom * factor, MIN_ZOOM, MAX_ZOOM);
  const [ix, iy] = toImage(view, screen, sx, sy);
  return { zoom, x: ix - (sx - screen.width / 2) / zoom, y: iy - (sy - screen.height / 2) / zoom };
}

/** @param {View} view @param {number} dx screen pixels the content moves @param {number} dy @returns {View} */
export const panBy = (view, dx, dy) => ({ ...view, x: view.x - dx / view.zoom, y: view.y - dy / view.zoom });

/** Keeps at least a part of the image in sight. @param {View} view @param {Size} image @returns {View} */
export const keepInSight = (view, image) => ({ ...view, x: clamp(view.x, 0, image.width), y: clamp(view.y, 0, image.height) });

/** The level of the pyramid to draw: the coarsest that still has a sample for each device pixel. @param {number} deviceZoom device pixels a pixel */
export const levelFor = (deviceZoom) => Math.max(0, Math.floor(Math.log2(1 / deviceZoom) + 1e-9));

/** Size of a level. @param {Size} image @param {number} level @returns {Size} */
export const levelSize = (image, level) => ({ width: Math.ceil(image.width / 2 ** level), height: Math.ceil(image.height / 2 ** level) });

/** The coarsest level whose longer side is at least 64: that of thumbnails. @param {Size} image */
export const thumbnailLevel = (image) => Math.max(0, Math.ceil(Math.log2(Math.max(image.width, image.height) / 128)));

/** The part of the image that is seen, in whole pixels; null if none. @param {View} view @param {Size} screen @param {Size} image @returns {Box | null} */
export function visible(view, screen, image) {
  const [x0, y0] = toImage(view, screen, 0, 0), [x1, y1] = toImage(view, screen, screen.width, screen.height);
  const box = /** @type {Box} */ ([Math.max(0, Math.floor(x0)), Math.max(0, Math.floor(y0)), Math.min(image.width, Math.ceil(x1)), Math.min(image.height, Math.ceil(y1))]);
  return box[0] < box[2] && box[1] < box[3] ? box : null;
}

/** Columns and rows of the tiles of a level that touch a box of the image. @param {Box} box @param {Size} image @param {number} level @returns {[number, number][]} */
export function tilesIn(box, image, level) {
  const size = levelSize(image, level), scale = 2 ** level, tiles = /** @type {[number, number][]} */ ([]);
  const last = (/** @type {number} */ end, /** @type {number} */ all) => Math.min(Math.ceil(all / TILE), Math.ceil(end / scale / TILE));
  for (let row = Math.floor(box[1] / scale / TILE); row < last(box[3], size.height); row++) {
    for (let column = Math.floor(box[0] / scale / TILE); column < last(box[2], size.width); column++) tiles.push([column, row]);
  }
  return tiles;
}

/** Nearest to a point of the level first. @param {[number, number][]} tiles @param {number} x @param {number} y */
export const nearestFirst = (tiles, x, y) => {
  const far = (/** @type {[number, number]} */ [c, r]) => ((c + 0.5) * TILE - x) ** 2 + ((r + 0.5) * TILE - y) ** 2;
  return [...tiles].sort((a, b) => far(a) - far(b));
};

/** A round length for the scale bar: 1, 2 or 5 × 10ⁿ, about `target` screen pixels long. @param {number} zoom @param {number} unit length of a pixel @param {number} target */
export function scaleBar(zoom, unit, target = 140) {
  const most = (target * unit) / zoom, power = 10 ** Math.floor(Math.log10(most)), digit = most / power;
  const length = (digit >= 5 ? 5 : digit >= 2 ? 2 : 1) * power;
  return { length, pixels: (length / unit) * zoom };
}

/** @param {Box} a @param {Box} b @returns {Box} */
export const union = (a, b) => [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];

/** @param {number} v @param {number} low @param {number} high */
export function clamp(v, low, high) {
  return v < low ? low : v > high ? high : v;
}

/** The whole pixels of a box that lie within. @param {Box} box @param {Size} size @returns {Box} */
export const clipped = (box, { width, height }) => [Math.max(0, Math.floor(box[0])), Math.max(0, Math.floor(box[1])), Math.max(0, Math.min(width, Math.ceil(box[2]))), Math.max(0, Math.min(height, Math.ceil(box[3])))];
