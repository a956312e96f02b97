// @ts-check
// Which pixels a stroke paints: round caps and joins, 4 × 4 samples a pixel, 7 of 16 needed. Points are whole sixteenths of a pixel.
// The server holds the same rule (org.pixelforest.label.Stroke); both are held against one file of examples.

const NEEDED = 7;
const BLOCK = 64;

/** Image position → sixteenths. @param {number} v */
export const sixteenths = (v) => Math.floor(v * 16 + 0.5);

/** Paints as the pointer moves: each new point gives the pixels that are new. Every segment is judged on its own. */
export class StrokePainter {
  #painted = /** @type {Map<number, Uint8Array>} */ (new Map());
  #last = /** @type {[number, number] | null} */ (null);

  /** @param {{width: number, height: number}} image @param {number} brush diameter in pixels */
  constructor(image, brush) {
    this.image = image;
    this.brush = brush;
    this.radius = 8 * brush;
    this.columns = Math.ceil(image.width / BLOCK);
    this.points = /** @type {number[]} */ ([]);
  }

  /** @param {number} x sixteenths @param {number} y @returns {number[]} indices (y × width + x) that are painted from now on */
  add(x, y) {
    const fresh = /** @type {number[]} */ ([]), last = this.#last;
    if (last && last[0] === x && last[1] === y) return fresh;
    this.#last = [x, y];
    this.points.push(x, y);
    this.#segment(...(last ?? /** @type {[number, number]} */ ([x, y])), x, y, fresh);
    return fresh;
  }

  /** @param {number} ax @param {number} ay @param {number} bx @param {number} by @param {number[]} fresh */
  #segment(ax, ay, bx, by, fresh) {
    const { width, height } = this.image, dot = (/** @type {number} */ x, /** @type {number} */ y) => { if (x >= 0 && y >= 0 && x < 16 * width && y < 16 * height) this.#put(x >> 4, y >> 4, fresh); };
    if (this.brush === 1) {
      dot(ax, ay);
      if (ax === bx && ay === by) return;
      dot(bx, by);
    }
    const r = this.radius, r2 = r * r, dx = bx - ax, dy = by - ay, length2 = dx * dx + dy * dy;
    const covered = (/** @type {number} */ sx, /** @type {number} */ sy) => {
      const wx = sx - ax, wy = sy - ay, s = wx * dx + wy * dy;
      if (s <= 0) return wx * wx + wy * wy <= r2;
      if (s >= length2) { const ux = sx - bx, uy = sy - by; return ux * ux + uy * uy <= r2; }
      const n = wx * dy - wy * dx;
      return n * n <= r2 * length2;
    };
    const y0 = Math.max(0, Math.floor((Math.min(ay, by) - r) / 16)), y1 = Math.min(height - 1, Math.floor((Math.max(ay, by) + r) / 16));
    for (let y = y0; y <= y1; y++) {
      // Only columns near the part of the segment that passes by this row are looked at.
      let from = 0, to = 1;
      if (dy !== 0) { const p = (16 * y - 16 - r - ay) / dy, q = (16 * y + 32 + r - ay) / dy; from = Math.max(0, Math.min(p, q)); to = Math.min(1, Math.max(p, q)); }
      const p = ax + from * dx, q = ax + to * dx, x0 = Math.max(0, Math.floor((Math.min(p, q) - r) / 16) - 1), x1 = Math.min(width - 1, Math.floor((Math.max(p, q) + r) / 16) + 1);
      for (let x = x0; x <= x1; x++) {
        // A sample is at most 8.5 from the pixel's middle: far inside and far outside need no closer look.
        const near = distance2(16 * x + 8, 16 * y + 8, ax, ay, dx, dy, length2);
        if (near > (r + 9) ** 2) continue;
        let n = r > 9 && near < (r - 9) ** 2 ? 16 : 0;
        if (n === 0) for (let j = 0; j < 4; j++) for (let i = 0; i < 4; i++) if (covered(16 * x + 4 * i + 2, 16 * y + 4 * j + 2)) n++;
        if (n >= NEEDED) this.#put(x, y, fresh);
      }
    }
  }

  /** @param {number} x @param {number} y @param {number[]} fresh */
  #put(x, y, fresh) {
    const key = Math.floor(y / BLOCK) * this.columns + Math.floor(x / BLOCK);
    let block = this.#painted.get(key);
    if (!block) this.#painted.set(key, (block = new Uint8Array(BLOCK * BLOCK)));
    const at = (y % BLOCK) * BLOCK + (x % BLOCK);
    if (block[at]) return;
    block[at] = 1;
    fresh.push(y * this.image.width + x);
  }
}

/** @param {number} sx @param {number} sy @param {number} ax @param {number} ay @param {number} dx @param {number} dy @param {number} length2 */
function distance2(sx, sy, ax, ay, dx, dy, length2) {
  const px = sx - ax, py = sy - ay, u = px * dx + py * dy;
  if (u <= 0) return px * px + py * py;
  if (u >= length2) return (px - dx) ** 2 + (py - dy) ** 2;
  const cross = px * dy - py * dx;
  return (cross * cross) / length2;
}

/**
 * All pixels of a stroke, ascending.
 * @param {number[]} points x0, y0, x1, y1, … in sixteenths @param {number} brush @param {boolean} fill @param {{width: number, height: number}} image
 */
export function rasterise(points, brush, fill, image) {
  const painter = new StrokePainter(image, brush), pixels = new Set();
  for (let i = 0; i < points.length; i += 2) for (const p of painter.add(points[i], points[i + 1])) pixels.add(p);
  if (fill) for (const p of inside(points, image)) pixels.add(p);
  return [...pixels].sort((a, b) => a - b);
}

/** Pixels whose middle lies in the closed polygon, by the even-odd rule. @param {number[]} points @param {{width: number, height: number}} image */
export function inside(points, { width, height }) {
  const n = points.length / 2, found = /** @type {number[]} */ ([]);
  let top = Infinity, bottom = -Infinity;
  for (let i = 1; i < points.length; i += 2) { top = Math.min(top, points[i]); bottom = Math.max(bottom, points[i]); }
  for (let y = Math.max(0, Math.floor(top / 16)); y <= Math.min(height - 1, Math.floor(bottom / 16)); y++) {
    const cy = 16 * y + 8, crossings = new Int32Array(width + 1);
    for (let i = 0; i < n; i++) {
      const ax = points[2 * i], ay = points[2 * i + 1], j = (i + 1) % n, bx = points[2 * j], by = points[2 * j + 1];
      if (ay <= cy === by <= cy) continue;
      // Pixels left of the edge see it once: find the first pixel whose middle is not left of it.
      const left = (/** @type {number} */ cx) => (by > ay ? (cx - ax) * (by - ay) < (bx - ax) * (cy - ay) : (cx - ax) * (by - ay) > (bx - ax) * (cy - ay));
      let first = Math.ceil((ax + ((cy - ay) * (bx - ax)) / (by - ay) - 8) / 16);
      first = Math.max(0, Math.min(width, first));
      while (first > 0 && !left(16 * (first - 1) + 8)) first--;
      while (first < width && left(16 * first + 8)) first++;
      crossings[0]++;
      crossings[first]--;
    }
    for (let x = 0, odd = 0; x < width; x++) { odd += crossings[x]; if (odd & 1) found.push(y * width + x); }
  }
  return found;
}

/** Whether the ends of a stroke meet, so that its inside can be filled. @param {number[]} points @param {number} brush */
export function closed(points, brush) {
  const n = points.length;
  if (n < 8) return false;
  let reach = 0;
  for (let i = 2; i < n; i += 2) reach = Math.max(reach, Math.hypot(points[i] - points[0], points[i + 1] - points[1]));
  return reach > 16 * (brush + 2) && Math.hypot(points[n - 2] - points[0], points[n - 1] - points[1]) <= Math.max(16 * (brush + 2), reach / 4);
}
