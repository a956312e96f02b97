// Synthetic tissue for the measurements of the page: cells on a jittered grid, written as TIFF.

/** Numbers from 0 to 1, the same for the same seed. */
export function numbers(seed) {
  return () => ((seed = (seed * 1664525 + 1013904223) >>> 0) / 2 ** 32);
}

/** Cells on a jittered grid: the nucleus in some channels, its rim in the others, counting noise everywhere. */
export function cells(side, channels, random) {
  const list = [];
  for (let y = 15; y < side - 10; y += 24) for (let x = 15; x < side - 10; x += 24) list.push([x + 6 * random() - 3, y + 6 * random() - 3]);
  const pixels = new Float32Array(side * side * channels), far = new Float32Array(side * side).fill(1e9);
  for (const [cx, cy] of list) {
    for (let y = Math.max(0, cy - 14 | 0); y < Math.min(side, cy + 14); y++) for (let x = Math.max(0, cx - 14 | 0); x < Math.min(side, cx + 14); x++) far[y * side + x] = Math.min(far[y * side + x], Math.hypot(x - cx, y - cy));
  }
  for (let i = 0; i < side * side; i++) {
    for (let c = 0; c < channels; c++) {
      const mean = 2 + (c % 2 ? (far[i] >= 5 && far[i] < 9 ? 20 : 0) : far[i] < 5 ? 25 : 0);
      pixels[i * channels + c] = Math.max(0, Math.round(mean + Math.sqrt(mean) * (random() + random() + random() - 1.5) * 2));
    }
  }
  return { list, pixels };
}

/** One plane of pixels with all their channels: y x c. */
export function tiff(pixels, side, channels) {
  const many = (value, n = channels) => Array(n).fill(value), long = 4, short = 3, data = Buffer.from(pixels.buffer);
  const tags = [[256, short, [side]], [257, short, [side]], [258, short, many(32)], [259, short, [1]], [262, short, [1]], [273, long, [8]], [277, short, [channels]], [278, short, [side]], [279, long, [data.length]], [284, short, [1]], [338, short, many(0, channels - 1)], [339, short, many(3)]];
  const directory = Buffer.alloc(2 + 12 * tags.length + 4), extras = [];
  let after = 8 + data.length + directory.length;
  directory.writeUInt16LE(tags.length, 0);
  tags.forEach(([tag, type, values], k) => {
    const bytes = Buffer.alloc(Math.max(4, values.length * (type === short ? 2 : 4))), at = 2 + 12 * k;
    values.forEach((v, n) => (type === short ? bytes.writeUInt16LE(v, 2 * n) : bytes.writeUInt32LE(v, 4 * n)));
    directory.writeUInt16LE(tag, at);
    directory.writeUInt16LE(type, at + 2);
    directory.writeUInt32LE(values.length, at + 4);
    if (bytes.length === 4) bytes.copy(directory, at + 8);
    else { directory.writeUInt32LE(after, at + 8); extras.push(bytes); after += bytes.length; }
  });
  const head = Buffer.from("49492a0000000000", "hex");
  head.writeUInt32LE(8 + data.length, 4);
  return Buffer.concat([head, data, directory, ...extras]);
}
