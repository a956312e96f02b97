// Hours of painting: does the memory of the server or of the page grow? A browser paints strokes in turn on many images with Live Update
// on, erases what becomes too much, undoes, changes channels and zooms. Once a minute both sides collect their garbage and are measured.
//
//   mkdir soak-images && ./pixelforest open --no-browser --memory 1g --port 8765 --token a-token-of-16-letters --folder soak-images
//   npm install playwright-core        (in a folder of its own, where this is run; CHROMIUM names the browser)
//   node bench/soak.mjs 'http://127.0.0.1:8765/?token=a-token-of-16-letters' soak-images SERVER_PID [minutes] [images] [seconds a stroke]
//
// Needs jcmd and ps on the PATH. The images, 500 x 500 pixels and 5 channels of synthetic cells, are made in the folder.
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { loadavg } from "node:os";
import { join, resolve } from "node:path";
import { cells, numbers, tiff } from "./cells.mjs";

const [address, folder, serverPid, minutes = "120", imageCount = "100", pause = "3"] = process.argv.slice(2);
const { chromium } = createRequire(join(process.cwd(), "x.js"))("playwright-core");
const SIDE = 500, CHANNELS = 5, IMAGES = Number(imageCount), END = Date.now() + 60_000 * Number(minutes);
const STROKES_AN_IMAGE = 5, MOST_LABELLED = 6000;
const token = new URL(address).searchParams.get("token"), random = numbers(11);

const home = join(resolve(folder), `soak-${Date.now()}`), lists = [];
mkdirSync(home, { recursive: true });
for (let i = 0; i < IMAGES; i++) {
  const { list, pixels } = cells(SIDE, CHANNELS, numbers(100 + i));
  lists.push(list);
  writeFileSync(join(home, `cells_${String(i + 1).padStart(3, "0")}.tiff`), tiff(pixels, SIDE, CHANNELS));
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--enable-unsafe-swiftshader", "--disable-background-networking", "--enable-precise-memory-info"],
});
const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
page.setDefaultTimeout(120_000);
const complaints = [];
page.on("pageerror", (e) => complaints.push(String(e)));
page.on("console", (m) => m.type() === "error" && complaints.push(m.text()));
const ask = async (method, path, data) => (await page.request.fetch(new URL(path, address).href, { method, headers: { "X-PixelForest-Token": token }, data, timeout: 120_000 })).json();
await ask("POST", "/api/open", { path: home });
const { images } = await ask("GET", "/api/state");
if (images.length !== IMAGES) throw new Error(`${images.length} images were opened`);
await page.goto(address);
await page.getByRole("button", { name: "Training", exact: true }).click();
await ask("POST", "/api/live", { on: true });

const devtools = await page.context().newCDPSession(page), machine = await browser.newBrowserCDPSession();
await devtools.send("Performance.enable");
const command = (...all) => execFileSync(all[0], all.slice(1), { encoding: "utf8" });
const resident = (pid) => { try { return Number(command("ps", "-o", "rss=", "-p", String(pid))) / 1024; } catch { return 0; } };
async function measure() {
  // Counts after a collection what is alive; the last line is "Total  OBJECTS  BYTES". A collection is skipped while native code holds an
  // array, hence three times.
  const alive = () => Number(command("jcmd", serverPid, "GC.class_histogram").match(/^Total\s+\d+\s+(\d+)/m)[1]) / 2 ** 20;
  const heap = Math.min(alive(), alive(), alive());
  await devtools.send("HeapProfiler.collectGarbage");
  const { metrics } = await devtools.send("Performance.getMetrics"), metric = (name) => metrics.find((m) => m.name === name).value;
  const { processInfo } = await machine.send("SystemInfo.getProcessInfo");
  const of = (type) => Math.max(0, ...processInfo.filter((p) => p.type === type).map((p) => resident(p.id)));
  return { heap, server: resident(serverPid), page: metric("JSHeapUsedSize") / 2 ** 20, nodes: metric("Nodes"), listeners: metric("JSEventListeners"), renderer: of("renderer"), graphics: of("GPU") };
}

await page.locator("#canvas").waitFor();
await page.waitForTimeout(5000);
const canvas = await page.locator("#canvas").boundingBox(), zoom = Math.min(canvas.width, canvas.height) / SIDE;
const screen = (x, y) => [canvas.x + canvas.width / 2 + (x - SIDE / 2) * zoom, canvas.y + canvas.height / 2 + (y - SIDE / 2) * zoom];
const kinds = [[0, 0], [7, 0], [12, 12]], painted = lists.map(() => []);
async function drag(x, y) {
  await page.mouse.move(...screen(x, y));
  await page.mouse.down();
  await page.mouse.move(...screen(x + 3, y + 2), { steps: 8 });
  await page.mouse.up();
}

console.log("minute  strokes  labelled  server heap  server RSS  page heap  nodes  listeners  renderer RSS  graphics RSS  load");
const rows = [];
let strokes = 0, labelled = 0, image = 0, next = Date.now() + 60_000, began = Date.now();
while (Date.now() < END) {
  const at = lists[image][Math.floor(random() * lists[image].length)], k = strokes % 3;
  if (labelled > MOST_LABELLED && painted[image].length > 0) {
    // A wide eraser over what was painted here first.
    const [x, y] = painted[image].shift();
    await page.keyboard.press("e");
    for (let i = 0; i < 3; i++) await page.keyboard.press(".");
    await drag(x, y);
    for (let i = 0; i < 3; i++) await page.keyboard.press(",");
  } else {
    await page.keyboard.press(String(k + 1));
    const [x, y] = [at[0] + kinds[k][0], at[1] + kinds[k][1]];
    await drag(x, y);
    painted[image].push([x, y]);
  }
  strokes++;
  if (strokes % 7 === 0) await page.keyboard.press("Control+z");
  if (strokes % 11 === 0) await page.keyboard.press("]");
  if (strokes % 13 === 0) for (const by of [-240, 240]) { await page.mouse.wheel(0, by); await page.waitForTimeout(200); }
  if (strokes % STROKES_AN_IMAGE === 0) {
    image = (image + 1) % IMAGES;
    if (image) await page.keyboard.press("PageDown");
    else for (let i = 1; i < IMAGES; i++) await page.keyboard.press("PageUp");
    await page.waitForTimeout(1000);
    await page.keyboard.press("k");
  }
  await page.waitForTimeout(1000 * Number(pause));
  if (Date.now() < next) continue;
  next += 60_000;
  const { counts } = await ask("GET", "/api/state");
  labelled = Object.values(counts).flat().reduce((a, b) => a + b, 0);
  const row = await measure(), mb = (x) => `${x.toFixed(1)} MB`;
  rows.push(row);
  console.log([Math.round((Date.now() - began) / 60_000), strokes, labelled, mb(row.heap), mb(row.server), mb(row.page), row.nodes, row.listeners, mb(row.renderer), mb(row.graphics), loadavg()[0].toFixed(1)].join("  "));
}
await browser.close();
const third = Math.max(1, Math.floor(rows.length / 3)), mean = (part, key) => part.reduce((sum, row) => sum + row[key], 0) / part.length;
for (const key of Object.keys(rows[0] ?? {})) console.log(`${key}: middle third ${mean(rows.slice(third, 2 * third), key).toFixed(1)}, last third ${mean(rows.slice(-third), key).toFixed(1)}`);
if (complaints.length) { console.log(`${complaints.length} errors in the page, the first: ${complaints[0]}`); process.exitCode = 1; }
