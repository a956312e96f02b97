// @ts-check
// Contrast windows and histograms: plain numbers.

/** The value below which a share p (0 … 1) of the values lies. @param {ArrayLike<number>} values @param {number} p */
export function percentile(values, p) {
  if (values.length === 0) return 0;
  const sorted = Float32Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))];
}

/** What the panel needs to know of a plane. @param {ArrayLike<number>} plane @returns {{min: number, max: number, low: number, high: number, from: number, to: number, bins: number[]}} */
export function statistics(plane) {
  const step = Math.max(1, Math.floor(plane.length / 65536)), sample = new Float32Array(Math.ceil(plane.length / step));
  let min = Infinity, max = -Infinity, n = 0;
  for (let i = 0; i < plane.length; i++) {
    const v = plane[i];
    if (!Number.isFinite(v)) continue;
    if (v < min) min = v;
    if (v > max) max = v;
    if (i % step === 0) sample[n++] = v;
  }
  if (n === 0) return { min: 0, max: 1, low: 0, high: 1, from: 0, to: 1, bins: new Array(64).fill(0) };
  const sorted = sample.subarray(0, n).sort(), at = (/** @type {number} */ p) => sorted[Math.min(n - 1, Math.floor(n * p))];
  const low = at(0.35), high = Math.max(at(0.997), low + (max > min ? (max - min) / 1000 : 1)), from = Math.min(0, min);
  const to = Math.max(high * 1.35 - 0.35 * low, at(0.9995)), bins = new Array(64).fill(0);
  for (const v of sorted) bins[Math.max(0, Math.min(63, Math.floor(((v - from) / (to - from || 1)) * 64)))]++;
  return { min, max, low, high, from, to, bins };
}

/** Least and largest of the values and of what is known; null where there is no number. @param {ArrayLike<number>} values @param {[number, number]} known @returns {[number, number] | null} */
export function extent(values, [low, high]) {
  for (let i = 0; i < values.length; i++) { if (values[i] < low) low = values[i]; if (values[i] > high) high = values[i]; }
  return low <= high && Number.isFinite(low) && Number.isFinite(high) ? [low, high] : null;
}

/** Counts of few whole numbers fall into bins like the teeth of a comb. */
const SMOOTH = [1, 3, 6, 8, 6, 3, 1];

/** Cube roots of smoothed counts as an SVG path. @param {number[]} bins @param {number} width @param {number} height */
export function histogramPath(bins, width, height) {
  const soft = bins.map((_, i) => Math.cbrt(SMOOTH.reduce((sum, w, k) => sum + w * (bins[i + k - 3] ?? 0), 0) / SMOOTH.reduce((sum, w, k) => sum + (bins[i + k - 3] === undefined ? 0 : w), 0)));
  const top = Math.max(...soft.slice(2), soft[0] / 2, 1e-9) * 1.06;
  const line = soft.map((v, i) => `L${((i / (soft.length - 1)) * width).toFixed(1)} ${(height - Math.min(1, v / top) * (height - 2)).toFixed(1)}`);
  return `M0 ${height}${line.join("")}L${width} ${height}Z`;
}

/** ilastik's window levelling: sideways moves the level 7 % of the width, up widens by 14 %. @param {[number, number]} window @param {number} dx pixels moved @param {number} dy @returns {[number, number]} */
export function levelled([low, high], dx, dy) {
  const width = Math.max(high - low, 1e-6), sideways = Math.abs(dx) >= Math.abs(dy);
  const level = (low + high) / 2 + (sideways ? Math.sign(dx) * 0.07 * width * Math.min(1, Math.abs(dx) / 6) : 0);
  const wide = sideways ? width : width * (1 - Math.sign(dy) * 0.14 * Math.min(1, Math.abs(dy) / 6));
  return [level - wide / 2, level + wide / 2];
}

/** Brightness 0 … 1 on the screen. @param {number} v @param {[number, number]} window */
export const brightness = (v, [low, high]) => Math.pow(Math.max(0, Math.min(1, (v - low) / (high - low || 1e-9))), 0.85);

/** A number as short as it is useful. @param {number} v */
export const short = (v) => (Math.abs(v) >= 100 || Number.isInteger(v) ? v.toFixed(0) : Math.abs(v) >= 1 ? v.toFixed(1) : v.toFixed(2));
