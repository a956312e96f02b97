// Measures how the page feels: from the end of a stroke to the first new tile of the prediction and to the first picture that shows it, from the pointer to the
// paint, and the longest time the page's thread was held up while somebody paints with Live Update on.
//
//   mkdir latency-images && ./pixelforest open --no-browser --port 8765 --token a-token-of-16-letters --folder latency-images
//   npm install playwright-core        (in a folder of its own, where this is run; CHROMIUM names the browser)
//   node bench/latency.mjs 'http://127.0.0.1:8765/?token=a-token-of-16-letters' latency-images 5 [strokes]
//
// The first line of figures is of an empty page in the same browser: what the machine takes by itself.
// The last but one argument is the number of channels. The image, 500 x 500 pixels of synthetic cells, is made in the folder; 5,000 pixels of
// three classes are labelled first.
import { cells, numbers, tiff } from "./cells.mjs";
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { loadavg } from "node:os";
import { join, resolve } from "node:path";

const [address, folder, channelCount = "5", strokeCount = "40"] = process.argv.slice(2);
const { chromium } = createRequire(join(process.cwd(), "x.js"))("playwright-core");
const SIDE = 500, CHANNELS = Number(channelCount), STROKES = Number(strokeCount), LABELLED = 5000;
const token = new URL(address).searchParams.get("token");

const { list, pixels } = cells(SIDE, CHANNELS, numbers(7)), home = join(resolve(folder), `channels-${CHANNELS}-${Date.now()}`);
mkdirSync(home, { recursive: true });
writeFileSync(join(home, "cells.tiff"), tiff(pixels, SIDE, CHANNELS));

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  // As Chromium runs where there is no graphics hardware: WebGL by SwiftShader, the rest of the page by its own software. (Forcing SwiftShader on all
  // of it, as --use-angle=swiftshader does, costs 30 ms a frame before the page does anything.)
  args: ["--no-sandbox", "--enable-unsafe-swiftshader", "--disable-background-networking"],
});
const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
page.setDefaultTimeout(120_000);
const watch = () => {
  const seen = (window.__seen = { tiles: [], pictures: [], ups: [], paints: [], stalls: [], painting: false });
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
  // The worker is sent what is new of a prediction together with what is to be drawn, and answers when that is done.
  const Thread = Worker;
  window.Worker = class extends Thread {
    sent = new Map();
    constructor(...all) {
      super(...all);
      this.addEventListener("message", ({ data }) => { if (this.sent.has(data.done)) seen.pictures.push([this.sent.get(data.done), performance.now()]); });
    }
    postMessage(message, transfers) {
      const { number, commands = [] } = message;
      if (commands.some((c) => c.tile) && commands.some((c) => c.patch?.layers || c.fill?.kind === "prediction")) this.sent.set(number, performance.now());
      super.postMessage(message, transfers);
    }
  };
  addEventListener("pointerup", () => seen.ups.push(performance.now()), true);
  addEventListener("pointermove", (e) => {
    if (!seen.painting || !e.buttons) return;
    // After the frame's callbacks, of which the drawing is one.
    requestAnimationFrame(() => { const channel = new MessageChannel(); channel.port1.onmessage = () => seen.paints.push(performance.now() - e.timeStamp); channel.port2.postMessage(0); });
  }, true);
  new PerformanceObserver((entries) => { for (const e of entries.getEntries()) if (seen.painting) seen.stalls.push(e.duration); }).observe({ type: "longtask" });
};
await page.addInitScript(watch);

/** Draws a line of 12 steps, as a hand would. */
async function stroke(on, [x0, y0], [x1, y1]) {
  await on.evaluate(() => { window.__seen.painting = true; });
  await on.mouse.move(x0, y0);
  await on.mouse.down();
  await on.mouse.move(x1, y1, { steps: 12 });
  await on.mouse.up();
}

const empty = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
await empty.addInitScript(watch);
await empty.goto("data:text/html,<canvas width=256 height=256></canvas>");
await empty.evaluate(() => {
  const pen = document.querySelector("canvas").getContext("2d", { willReadFrequently: true });
  addEventListener("pointermove", (e) => requestAnimationFrame(() => pen.fillRect(e.offsetX, e.offsetY, 5, 5)));
});
for (let n = 0; n < STROKES; n++) { await stroke(empty, [20 + (n * 37) % 200, 20 + (n * 53) % 200], [28 + (n * 37) % 200, 32 + (n * 53) % 200]); await empty.waitForTimeout(100); }
const bare = await empty.evaluate(() => window.__seen.paints);
await empty.close();

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

const canvas = await page.locator("#canvas").boundingBox(), zoom = Math.min(canvas.width, canvas.height) / SIDE, times = [], overlays = [];
const screen = (x, y) => [canvas.x + canvas.width / 2 + (x - SIDE / 2) * zoom, canvas.y + canvas.height / 2 + (y - SIDE / 2) * zoom];
for (let n = 0; n < STROKES; n++) {
  const { model } = await current(), [cx, cy] = list[(n * 11 + 3) % list.length], k = n % 3, [dx, dy] = [[0, 0], [7, 0], [12, 12]][k];
  await page.keyboard.press(String(k + 1));
  await stroke(page, screen(cx + dx, cy + dy), screen(cx + dx + 2, cy + dy + 3));
  const [arrived, shown] = await page.evaluate(async (before) => {
    const { ups, tiles, pictures } = window.__seen, up = ups.at(-1);
    for (;;) {
      const tile = tiles.find(([when, m]) => when > up && m > before), picture = tile && pictures.find(([sent]) => sent > tile[0]);
      if (picture) return [tile[0] - up, picture[1] - up];
      await new Promise((next) => setTimeout(next, 5));
    }
  }, model);
  times.push(arrived);
  overlays.push(shown);
  await page.waitForTimeout(300);
}
const { paints, stalls } = await page.evaluate(() => window.__seen);
await browser.close();

const at = (values, share) => { const sorted = [...values].sort((a, b) => a - b); return sorted.length ? sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))].toFixed(0) : "–"; };
console.log(`${SIDE} x ${SIDE} pixels, ${CHANNELS} channels, ${labelled} labelled pixels, ${STROKES} strokes; load of the machine ${loadavg()[0].toFixed(1)}`);
console.log(`empty page: pointer        p50 ${at(bare, 0.5)} ms   p95 ${at(bare, 0.95)} ms   longest ${at(bare, 1)} ms`);
console.log(`stroke to first new tile   p50 ${at(times, 0.5)} ms   p95 ${at(times, 0.95)} ms`);
console.log(`stroke to first overlay    p50 ${at(overlays, 0.5)} ms   p95 ${at(overlays, 0.95)} ms`);
console.log(`pointer to paint           p50 ${at(paints, 0.5)} ms   p95 ${at(paints, 0.95)} ms   longest ${at(paints, 1)} ms`);
console.log(`page held up               longest ${at(stalls, 1)} ms   (${stalls.length} times over 50 ms)`);
