// Writes a picture as PNG of 256 colours: a third of the size, and hardly another look.
import { deflateSync } from "node:zlib";

const BITS = 5, BINS = 1 << (3 * BITS);

/** @param {Uint8Array} rgba @param {number} width @param {number} height */
export function smallPng(rgba, width, height) {
  const bin = (i) => ((rgba[4 * i] >> (8 - BITS)) << (2 * BITS)) | ((rgba[4 * i + 1] >> (8 - BITS)) << BITS) | (rgba[4 * i + 2] >> (8 - BITS));
  const count = new Uint32Array(BINS), sums = new Float64Array(3 * BINS);
  for (let i = 0; i < width * height; i++) {
    const b = bin(i);
    count[b]++;
    for (let c = 0; c < 3; c++) sums[3 * b + c] += rgba[4 * i + c];
  }
  const mean = (b, c) => sums[3 * b + c] / count[b];

  // Median cut: the box whose colours differ most, weighed by the root of its pixels, is halved.
  const box = (bins) => {
    const spread = [0, 1, 2].map((c) => { const all = bins.map((b) => mean(b, c)); return all.reduce((a, v) => Math.max(a, v), 0) - all.reduce((a, v) => Math.min(a, v), 255); });
    const axis = spread.indexOf(Math.max(...spread));
    return { bins, axis, weight: spread[axis] * bins.reduce((n, b) => n + count[b], 0) ** 0.5 };
  };
  const boxes = [box([...count.keys()].filter((b) => count[b]))];
  while (boxes.length < 256) {
    const most = boxes.reduce((a, b) => (b.weight > a.weight ? b : a));
    if (most.bins.length < 2) break;
    const sorted = most.bins.sort((a, b) => mean(a, most.axis) - mean(b, most.axis)), half = sorted.reduce((n, b) => n + count[b], 0) / 2;
    let cut = 0;
    for (let n = 0; n < half && cut < sorted.length - 1; cut++) n += count[sorted[cut]];
    boxes.splice(boxes.indexOf(most), 1, box(sorted.slice(0, cut)), box(sorted.slice(cut)));
  }
  const index = new Uint8Array(BINS), palette = Buffer.alloc(3 * boxes.length);
  boxes.forEach(({ bins }, k) => {
    const n = bins.reduce((all, b) => all + count[b], 0);
    for (let c = 0; c < 3; c++) palette[3 * k + c] = Math.round(bins.reduce((all, b) => all + sums[3 * b + c], 0) / n);
    for (const b of bins) index[b] = k;
  });
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = index[bin(y * width + x)];
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), chunk("IHDR", head), chunk("PLTE", palette), chunk("IDAT", deflateSync(rows, { level: 9 })), chunk("IEND", Buffer.alloc(0))]);
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]), whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length, 0);
  body.copy(whole, 4);
  let crc = -1;
  for (const byte of body) { crc ^= byte; for (let k = 0; k < 8; k++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1; }
  whole.writeUInt32BE((crc ^ -1) >>> 0, body.length + 4);
  return whole;
}
