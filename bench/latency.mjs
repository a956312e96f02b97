// Measures how the page feels: from the end of a stroke to the first new tile of the prediction, from the pointer to the paint, and
// the longest time the page's thread was held up while somebody paints with Live Update on.
//
//   mkdir latency-images && ./pixelforest open --no-browser --port 8765 --token a-token-of-16-letters --folder latency-images
//   npm install playwright-core        (in a folder of its own, where this is run; CHROMIUM names the browser)
//   node bench/latency.mjs 'http://127.0.0.1:8765/?token=a-token-of-16-letters' latency-images 5 [strokes]
//
// The last but one argument is the number of channels. The image, 500 x 500 pixels of synthetic cells, is made in the folder; 5,000 pixels of
// three classes are labelled first.
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { loadavg } from "node:os";
import { join, resolve } from "node:path";

const [address, folder, channelCount = "5", strokeCount = "40"] = process.argv.slice(2);
const { chromium } = createRequire(join(process.cwd(), "x.js"))("playwright-core");
const SIDE = 500, CHANNELS = Number(channelCount), STROKES = Number(strokeCount), LABELLED = 5000;
const token = new URL(address).searchParams.get("token");

let seed = 7;
const random = () => ((seed = (seed * 1664525 + 1013904223) >>> 0) / 2 ** 32);

/** Cells on a jittered grid: the nucleus in some channels, its rim in the others, counting noise everywhere. */
function cells() {
  const list = [];
  for (let y = 15; y < SIDE - 10; y += 24) for (let x = 15; x < SIDE - 10; x += 24) list.push([x + 6 * random() - 3, y + 6 * random() - 3]);
  const pixels = new Float32Array(SIDE * SIDE * CHANNELS), far = new Float32Array(SIDE * SIDE).fill(1e9);
  for (const [cx, cy] of list) {
    for (let y = Math.max(0, cy - 14 | 0); y < Math.min(SIDE, cy + 14); y++) for (let x = Math.max(0, cx - 14 | 0); x < Math.min(SIDE, cx + 14); x++) far[y * SIDE + x] = Math.min(far[y * SIDE + x], Math.hypot(x - cx, y - cy));
  }
  for (let i = 0; i < SIDE * SIDE; i++) {
    for (let c = 0; c < CHANNELS; c++) {
      const mean = 2 + (c % 2 ? (far[i] >= 5 && far[i] < 9 ? 20 : 0) : far[i] < 5 ? 25 : 0);
      pixels[i * CHANNELS + c] = Math.max(0, Math.round(mean + Math.sqrt(mean) * (random() + random() + random() - 1.5) * 2));
    }
  }
  return { list, pixels };
}

/** One plane of pixels with all their channels: y x c. */
function tiff(pixels) {
  const many = (value, n = CHANNELS) => Array(n).fill(value), long = 4, short = 3, data = Buffer.from(pixels.buffer);
  const tags = [[256, short, [SIDE]], [257, short, [SIDE]], [258, short, many(32)], [259, short, [1]], [262, short, [1]], [273, long, [8]], [277, short, [CHANNELS]], [278, short, [SIDE]], [279, long, [data.length]], [284, short, [1]], [338, short, many(0, CHANNELS - 1)], [339, short, many(3)]];
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

const { list, pixels } = cells(), home = join(resolve(folder), `channels-${CHANNELS}-${Date.now()}`);
mkdirSync(home, { recursive: true });
writeFileSync(join(home, "cells.tiff"), tiff(pixels));

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-background-networking"],
});
const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
page.setDefaultTimeout(120_000);
await page.addInitScript(() => {
  const seen = (window.__seen = { tiles: [], ups: [], paints: [], stalls: [], painting: false });
  const Original = WebSocket;
  window.WebSocket = class extends Original {
    constructor(...all) {
      super(...all);
      this.addEventListener("message", (e) => {
        if (typeof e.data === "string") return;
        const head = new DataView(e.data), n = head.getUint32(0, true);
        seen.tiles.push([performance.now(), JSON.parse(new TextDecoder().decode(new Uint8Array(e.data, 4, n))).model]);
      });
    }
  };
  addEventListener("pointerup", () => seen.ups.push(performance.now()), true);
  addEventListener("pointermove", (e) => {
    if (!seen.painting || !e.buttons) return;
    // After the frame's callbacks, of which the drawing is one.
    requestAnimationFrame(() => { const channel = new MessageChannel(); channel.port1.onmessage = () => seen.paints.push(performance.now() - e.timeStamp); channel.port2.postMessage(0); });
  }, true);
  new PerformanceObserver((entries) => { for (const e of entries.getEntries()) if (seen.painting) seen.stalls.push(e.duration); }).observe({ type: "longtask" });
});

const ask = async (method, path, data) => (await page.request.fetch(new URL(path, address).href, { method, headers: { "X-PixelForest-Token": token }, data, timeout: 120_000 })).json();
await ask("POST", "/api/open", { path: home });
const state = await ask("GET", "/api/state"), image = state.images[0];
if (image.width !== SIDE || image.channels !== CHANNELS) throw new Error(`the image was read as ${image.width} wide with ${image.channels} channels`);
let labelled = 0;
for (let n = 0; labelled < LABELLED; n++) {
  const [cx, cy] = list[(n * 7) % list.length], k = n % 3, at = [[0, 0], [7, 0], [12, 12]][k].map((d, i) => Math.round(16 * ([cx, cy][i] + d)));
  const answer = await ask("POST", "/api/strokes", { id: crypto.randomUUID(), page: "bench", image: image.id, t: 0, z: 0, class: k + 1, className: state.classes[k].name, brush: k === 1 ? 3 : 5, points: at, fill: false });
  labelled = answer.counts[image.id].reduce((a, b) => a + b, 0);
}
await page.goto(address);
await page.getByRole("button", { name: "Training", exact: true }).click();
await ask("POST", "/api/live", { on: true });
const current = async () => { for (;;) { const { training } = await ask("GET", "/api/state"); if (training.state === "current") return training; await page.waitForTimeout(200); } };
await current();
await page.waitForTimeout(3000);

const canvas = await page.locator("#canvas").boundingBox(), zoom = Math.min(canvas.width, canvas.height) / SIDE, times = [];
const screen = (x, y) => [canvas.x + canvas.width / 2 + (x - SIDE / 2) * zoom, canvas.y + canvas.height / 2 + (y - SIDE / 2) * zoom];
for (let n = 0; n < STROKES; n++) {
  const { model } = await current(), [cx, cy] = list[(n * 11 + 3) % list.length], k = n % 3, [dx, dy] = [[0, 0], [7, 0], [12, 12]][k];
  await page.keyboard.press(String(k + 1));
  await page.evaluate(() => { window.__seen.painting = true; });
  await page.mouse.move(...screen(cx + dx, cy + dy));
  await page.mouse.down();
  await page.mouse.move(...screen(cx + dx + 2, cy + dy + 3), { steps: 12 });
  await page.mouse.up();
  times.push(await page.evaluate(async (before) => {
    const { ups, tiles } = window.__seen, up = ups.at(-1);
    for (;;) {
      const tile = tiles.find(([when, m]) => when > up && m > before);
      if (tile) return tile[0] - up;
      await new Promise((next) => setTimeout(next, 5));
    }
  }, model));
  await page.waitForTimeout(300);
}
const { paints, stalls } = await page.evaluate(() => window.__seen);
await browser.close();

const at = (values, share) => { const sorted = [...values].sort((a, b) => a - b); return sorted.length ? sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))].toFixed(0) : "–"; };
console.log(`${SIDE} x ${SIDE} pixels, ${CHANNELS} channels, ${labelled} labelled pixels, ${STROKES} strokes; load of the machine ${loadavg()[0].toFixed(1)}`);
console.log(`stroke to first new tile   p50 ${at(times, 0.5)} ms   p95 ${at(times, 0.95)} ms`);
console.log(`pointer to paint           p50 ${at(paints, 0.5)} ms   p95 ${at(paints, 0.95)} ms   longest ${at(paints, 1)} ms`);
console.log(`page held up               longest ${at(stalls, 1)} ms   (${stalls.length} times over 50 ms)`);
