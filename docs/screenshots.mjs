// Makes the pictures of every screen in docs/images from a running server:
//
//   ./pixelforest demo demo && mkdir home
//   PIXELFOREST_JAVA=-Duser.home=home ./pixelforest open --no-browser --port 8765 --token a-token-of-16-letters --folder demo
//   npm install playwright-core        (in a folder of its own; CHROMIUM names the browser, /usr/bin/chromium by default)
//   node docs/screenshots.mjs http://127.0.0.1:8765/?token=a-token-of-16-letters demo
//
// The home of its own keeps other recent projects out of the pictures. The second argument is the folder of the demo; its pictures are synthetic tissue. Fonts: Debian's fonts-inter.
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { smallPng } from "./small-png.mjs";

const [address, demo, only] = process.argv.slice(2);
const { chromium } = createRequire(join(process.cwd(), "x.js"))("playwright-core");
const folder = join(dirname(fileURLToPath(import.meta.url)), "images"), token = new URL(address).searchParams.get("token");
mkdirSync(folder, { recursive: true });

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--enable-unsafe-swiftshader", "--disable-background-networking"],
});
const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
page.setDefaultTimeout(120_000);
const decoder = await browser.newPage();
/** Runs in the browser, which reads PNG. */
async function decoded(png) {
  const picture = await createImageBitmap(new Blob([Uint8Array.from(atob(png), (c) => c.charCodeAt(0))])), { width, height } = picture;
  const canvas = new OffscreenCanvas(width, height).getContext("2d");
  canvas.drawImage(picture, 0, 0);
  const bytes = canvas.getImageData(0, 0, width, height).data;
  let text = "";
  for (let i = 0; i < bytes.length; i += 32768) text += String.fromCharCode(...bytes.subarray(i, i + 32768));
  return { width, height, pixels: btoa(text) };
}
page.on("console", (m) => m.type() === "error" && console.error(m.text()));
page.on("pageerror", (e) => console.error(String(e)));

const ask = (method, path, body) => page.request.fetch(new URL(path, address).href, { method, headers: { "X-PixelForest-Token": token }, data: body, timeout: 120_000 });
const picture = async (name) => {
  if (only && !name.startsWith(only)) return;
  await page.mouse.move(1, 400);
  const { width, height, pixels } = await decoder.evaluate(decoded, (await page.screenshot()).toString("base64"));
  writeFileSync(join(folder, `${name}.png`), smallPng(Buffer.from(pixels, "base64"), width, height));
  console.log(name);
};
const rest = (ms = 1500) => page.waitForTimeout(ms);
const theme = async (name) => { await page.evaluate((t) => { document.documentElement.dataset.theme = t; }, name); await rest(300); };
const size = async (width, height) => { await page.setViewportSize({ width, height }); await rest(600); };
const settled = async () => {
  for (;;) {
    const { training } = await (await ask("GET", "/api/state")).json();
    if (training.state === "current") break;
    await rest(500);
  }
  await page.locator("#viewer:not([aria-busy=true])").waitFor();
  await rest(1000);
};

/** Dark and light, large and small. */
async function screen(name) {
  for (const [suffix, width, height] of [["", 1600, 1000], ["-1280x800", 1280, 800]]) {
    await size(width, height);
    for (const look of ["dark", "light"]) {
      await theme(look);
      await picture(name + (look === "light" ? "-light" : "") + suffix);
    }
  }
  await theme("dark");
  await size(1600, 1000);
}

await ask("POST", "/api/open", { path: join(resolve(demo), "demo.ilp") });
// Without graphics hardware the page would say so.
await page.goto(`${address}&graphics=webgl#training`, { timeout: 120_000 });
await page.getByRole("listbox", { name: "Labels" }).waitFor();
await page.keyboard.press("l");
await settled();
// The quality and the places come with a training of this program.
for (let n = 0; n < 5; n++) {
  await ask("POST", "/api/update", {});
  await rest();
  await settled();
}
for (let tries = 0; tries < 120; tries++) {
  const { quality, places } = await (await ask("GET", "/api/state")).json();
  if (quality && places?.length) break;
  await rest(500);
}
await rest(4000);
await screen("training");
await page.keyboard.press("u");
await rest();
await picture("uncertainty");
await page.keyboard.press("u");
await page.keyboard.press("s");
await rest();
await picture("segmentation");
await page.keyboard.press("s");
for (const [step, name] of [["Input Data", "input"], ["Feature Selection", "features"], ["Prediction Export", "export"]]) {
  await page.getByRole("button", { name: step, exact: true }).click();
  await rest(3000);
  await screen(name);
}
const raw = join(resolve(demo), "analysis/ilastik");
await ask("POST", "/api/batch/files", { paths: [raw] });
const { settings } = (await (await ask("GET", "/api/state")).json()).batch;
await ask("PUT", "/api/batch/settings", { ...settings, keep: false });
await ask("POST", "/api/batch/run", {});
await rest();
for (;;) {
  const { batch } = await (await ask("GET", "/api/state")).json();
  if (batch.state !== "running") break;
  await rest(500);
}
await ask("PUT", "/api/batch/settings", settings);
await page.getByRole("button", { name: "Batch Processing", exact: true }).click();
await rest(3000);
await screen("batch");
await page.keyboard.press("?");
await rest();
await picture("keys");
await page.keyboard.press("Escape");

// The start page comes last: then it has a project to tell of.
await page.getByRole("button", { name: "Training", exact: true }).click();
await rest(6000);
await ask("POST", "/api/close", {});
await page.getByRole("button", { name: "Open Folder…" }).waitFor();
await rest();
await screen("start");
await browser.close();
