// A stand-in for the server, in Node alone: it speaks docs/page-protocol.md over synthetic tissue, so that the page can be built, photographed and tested
// by itself. Nothing is learned and nothing is stored.
//
//   node fake-server.mjs [port] [empty]      then open the address it prints
import { createHash } from "node:crypto";
import { readFileSync, existsSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import { homedir } from "node:os";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { inflateRawSync } from "node:zlib";
import { paintedLabels } from "./painted-labels.mjs";
import { Tissue } from "./tissue.mjs";
import { rasterise } from "../../main/resources/web/viewer/stroke.js";
import { statistics } from "../../main/resources/web/viewer/contrast.js";

const WEB = fileURLToPath(new URL("../../main/resources/web/", import.meta.url));
const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml", ".webp": "image/webp", ".png": "image/png" };
const CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const FILTERS = [["GaussianSmoothing", "Gaussian Smoothing", "Intensity", 1, 0.3], ["LaplacianOfGaussian", "Laplacian of Gaussian", "Edge", 1, 0.7], ["GaussianGradientMagnitude", "Gaussian Gradient Magnitude", "Edge", 1, 0.7], ["DifferenceOfGaussians", "Difference of Gaussians", "Edge", 1, 0.7], ["StructureTensorEigenvalues", "Structure Tensor Eigenvalues", "Texture", 2, 0.7], ["HessianOfGaussianEigenvalues", "Hessian of Gaussian Eigenvalues", "Texture", 2, 0.7]]
  .map(([id, name, kind, planes, smallest]) => ({ id, name, kind, planes, smallest }));
const SIGMAS = [0.3, 0.7, 1, 1.6, 3.5, 5, 10];
const NAMES = ["Patient1_001", "Patient1_002", "Patient1_003", "Patient1_004", "Patient2_001", "Patient2_002", "Patient2_003", "Patient3_001", "Patient3_002", "Patient3_003", "Patient4_001", "Patient4_002"];
const LABELLED = [0, 2, 4, 5, 7];

/** The files of lit-html, from its WebJar in the local Maven repository. */
function webjar() {
  const base = join(homedir(), ".m2/repository/org/webjars/npm/lit-html"), version = existsSync(base) && readdirSync(base).filter((v) => /^\d/.test(v)).sort().pop();
  if (!version) throw new Error("lit-html's WebJar is missing: run `mvn dependency:go-offline` first");
  const zip = readFileSync(join(base, version, `lit-html-${version}.jar`)), files = new Map();
  let at = zip.readUInt32LE(zip.length - 22 + 16);
  for (let n = zip.readUInt16LE(zip.length - 22 + 10); n > 0; n--) {
    const [method, size, nameLength, extra, comment, local] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32), zip.readUInt32LE(at + 42)];
    const name = zip.toString("utf8", at + 46, at + 46 + nameLength), from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const prefix = `META-INF/resources/webjars/lit-html/${version}/`;
    if (name.startsWith(prefix) && name.endsWith(".js")) files.set(name.slice(prefix.length), () => (method ? inflateRawSync(zip.subarray(from, from + size)) : zip.subarray(from, from + size)));
    at += 46 + nameLength + extra + comment;
  }
  return files;
}

/** @param {{port?: number, empty?: boolean, token?: string, screen?: "start" | "project", delay?: number}} [options] */
export async function startFake({ port = 0, empty = false, token = "t", screen = "project", delay = 110 } = {}) {
  const lit = webjar(), stacks = new Map(), sockets = new Set(), labels = new Map(), undone = [];
  let revision = 1, model = empty ? 0 : 12, timer = 0, shown = null, silent = false;
  const sizes = new Map(NAMES.map((_, i) => [`i${i}`, i === 2 ? 500 : 250]));
  const stack = (id) => { const i = Number(id.slice(1)); if (!stacks.has(id)) stacks.set(id, i === 2 ? Tissue.stack({ seed: 3 }) : Tissue.stack({ seed: 11 + i, n: 125, nests: -0.03 + 0.02 * (i % 4) })); return stacks.get(id); };
  const strokes = [];

  const image = (i) => ({ id: `i${i}`, name: NAMES[i], detail: i === 2 ? "x 4  y 802" : "", file: `${NAMES[i]}_s2_x${(1270 + 317 * i) % 1900}_y${(380 + 211 * i) % 1500}.h5`, path: `/cohort/crops/${NAMES[i]}_s2.h5`, folder: "crops/", internal: "/img", axes: "zyxc", type: "float32", fileType: "uint16", width: sizes.get(`i${i}`), height: sizes.get(`i${i}`), depth: 1, times: 1, channels: 21, origin: i === 2 ? [4, 802] : [0, 0], pixelSize: 0.5, channelState: i === 8 ? "reordered" : "same", note: i === 8 ? "other order, matched" : "21 of 21 channels", error: null });
  const labelPlane = (id) => { if (!labels.has(id)) { const n = sizes.get(id); labels.set(id, { base: !empty && (id === "i2" || LABELLED.includes(Number(id.slice(1)))) ? paintedLabels(stack(id)) : new Uint8Array(n * n) }); } const l = labels.get(id), n = sizes.get(id); if (!l.now) { l.now = l.base.slice(); for (const s of strokes) if (s.image === id) for (const p of rasterise(s.points, s.brush, s.fill, { width: n, height: n })) l.now[p] = s.class; } return l.now; };
  const countsOf = (id) => { const c = state.classes.map(() => 0); for (const v of labelPlane(id)) if (v) c[v - 1]++; return c; };
  const selected = (least) => FILTERS.map((f) => SIGMAS.map((s) => s >= least && s >= f.smallest));
  const COST = [0.02, 0.03, 0.04, 0.05, 0.07, 0.08, 0.12];
  const outputs = () => state.images.map((i, k) => ({ image: i.id, file: `/cohort/crops/${i.file.replace(".h5", "")}_Probabilities.tiff`, state: !empty && k < 4 ? "current" : "none", progress: 0, when: !empty && k < 4 ? Date.now() - 600000 : null, error: null }));
  const importance = [46, 92, 100, 61, 38, 9, 84, 52, 47, 66, 34, 21, 24, 19, 16, 22, 58, 27, 36, 20, 71].map((v) => v / 100);
  const file = (k) => ({ id: `b${k}`, path: `/cohort/analysis/Patient${1 + ((k / 6) | 0)}_${String(1 + (k % 6)).padStart(3, "0")}_s2.h5`, name: `Patient${1 + ((k / 6) | 0)}_${String(1 + (k % 6)).padStart(3, "0")}_s2.h5`, state: k === 27 || k === 35 ? "failed" : k < 43 ? "done" : [43, 44, 46, 47].includes(k) ? "running" : "waiting", width: 250, height: 250, progress: { 43: 0.78, 44: 0.51, 46: 0.34, 47: 0.09 }[k] ?? 0, step: k === 47 ? "reading" : "predicting", seconds: { 43: 15, 44: 10, 46: 6, 47: 1 }[k] ?? 15 + (k % 7), kept: k < 12, uncertainty: k === 40 ? 0.31 : 0.12 + (k % 5) / 100, outlier: k === 40, output: `/cohort/analysis/x_${k}_Probabilities.tiff`,
    error: k === 27 ? { title: "Panel differs", message: "Nd150 E-cadherin and Yb172 H3K27Ac are missing: the file has 19 of the 21 channels this classifier was trained on. Nothing was written.", action: "", details: { expected: Tissue.PANEL.map((c) => c.name), found: Tissue.PANEL.map((c) => c.name).filter((n) => !/E-cadherin|H3K27Ac/.test(n)) } } : k === 35 ? { title: "File is cut short", message: "41 of 96 MB could be read; the copy may have been interrupted.", action: "Copy the file again, then retry.", details: null } : null });

  const training = () => ({ live: !empty, state: empty ? "none" : "current", reason: null, hint: null, model, target: model, seconds: 0.4, done: 1, total: 1, fingerprint: "abc", trainedAt: empty ? null : Date.now() - 5e5 });
  const state = { server: { version: "0.1.0", cores: 8, memory: 8e9, remote: false, roots: [{ name: "cohort", path: "/cohort" }] }, recent: [], opening: null, project: null, history: null, images: [], channels: [], statistics: null, classes: [], counts: {}, features: null, suggestion: null, training: null, quality: null, places: [], export: null, batch: null, watch: null, unprepared: null, prepare: null, view: null };
  state.recent = [["lung_cohort", 12, 21, 7396, false, 120e3], ["breast_TMA_core_A", 48, 38, 12040, false, 26 * 3600e3], ["IMCWorkflow", 20, 21, 0, true, 262 * 86400e3], ["tonsil_pilot", 6, 21, 0, false, 270 * 86400e3]].map(([name, images, channels, labelled, ilastik, ago]) => ({ path: `/cohort/${name}.ilp`, name: `${name}.ilp`, images, channels, labelled, ilastik, opened: Date.now() - ago, thumbnail: null }));

  function open() {
    Object.assign(state, {
      project: { id: "p1", name: "lung_cohort.ilp", path: "/cohort/lung_cohort.ilp", folder: "/cohort", readOnly: false, readOnlyReason: null, savedAt: Date.now() - 4000, unsaved: false, demo: false, fresh: false },
      history: { undo: empty ? null : "Stroke on Patient1_003", redo: null }, images: NAMES.map((_, i) => image(i)), channels: Tissue.PANEL.map((c, k) => ({ name: c.name, target: c.target, metal: c.metal, used: true, importance: empty ? null : importance[k] })),
      statistics: stack("i2").planes.map((p) => statistics(p)), classes: [["nucleus", "#ff0000"], ["cytoplasm", "#00ff00"], ["background", "#0000ff"]].map(([name, colour]) => ({ name, colour, trained: !empty })),
      features: { filters: FILTERS, scales: SIGMAS.map((sigma) => ({ sigma, in2d: true })), selected: selected(1), cost: { filter: FILTERS.map(() => COST.map((c) => c / 8)), presmoothing: COST.map((c) => c / 3), forest: 1.1, cores: 8 } }, training: training(), view: { imageId: "i2" },
    });
    state.counts = Object.fromEntries(empty ? [] : LABELLED.map((i) => [`i${i}`, countsOf(`i${i}`)]));
    if (!empty) Object.assign(state, { quality: quality(), places: places(), batch: batch() });
    else state.batch = { ...batch(), files: [], total: 0, done: 0, failed: 0, running: 0, waiting: 0, kept: 0, state: "idle" };
    state.export = { settings: { source: "Probabilities", type: "uint16", renormalize: true, input: [0, 1], output: [0, 65535], axes: "yxc", cutout: null, format: "tiff", file: "{dataset_dir}/{nickname}_{result_type}.tiff", internal: "exported_data" }, outputs: outputs(), check: check() };
  }
  const check = () => ({ file: "Patient1_001_s2_Probabilities.tiff", size: [2400, 2000, 3], type: state.export?.settings.type ?? "uint16", range: [0, 65535], bytes: 28.8e6, contract: [["File name ends in _Probabilities.tiff", (state.export?.settings.file ?? "tiff").endsWith("tiff")], ["Classes in label order: nucleus, cytoplasm, background", true], ["Same size as the _s2 image", true], ["Opens in CellProfiler (2_segment_ilastik) and steinbock unchanged", (state.export?.settings.type ?? "uint16") === "uint16"]].map(([text, ok]) => ({ ok, text })) });
  const batch = () => { const files = Array.from({ length: 96 }, (_, k) => file(k)), n = (s) => files.filter((f) => f.state === s).length; return { state: "running", files, total: 96, done: n("done"), failed: 2, running: 4, waiting: n("waiting"), kept: 12, pixelsPerSecond: 1e6, filesPerMinute: 12.4, elapsed: 150, left: 240, memory: [3.1e9, 8e9], settings: { keep: true } }; };
  const quality = () => { const oob = [9.8, 7.1, 6.4, 5.2, 4.9, 4.6, 4.0, 3.9, 3.6, 3.7, 3.4, 3.2, 3.1, 3.0, 3.0, 2.9], left = [21, 18.4, 15.1, 13.9, 12.2, 12.6, 11.0, 10.1, 9.9, 9.2, 8.9, 8.7, 8.1, 7.9, 7.6, 7.4]; return { outOfBag: 0.029, leftOut: 0.074, trend: oob.map((v, i) => ({ outOfBag: v / 100, leftOut: left[i] / 100 })), confusion: [[2331, 82, 5], [121, 2779, 202], [6, 131, 1739]], importance: { channels: importance, filters: [0.3, 0.12, 0.22, 0.08, 0.16, 0.12] }, model }; };
  function places() {
    const found = [], why = [["nucleus or cytoplasm", [1, 2]], ["cytoplasm or background", [2, 3]], ["nucleus or background", [1, 3]]];
    for (let i = 0; i < 12; i++) {
      const s = stack(`i${i}`), n = s.size, soft = Tissue.blur(s.uncertainty, n, n, 9);
      let best = 0, at = 0;
      for (let y = 34; y < n - 34; y++) for (let x = 34; x < n - 34; x++) if (soft[y * n + x] > best) { best = soft[y * n + x]; at = y * n + x; }
      const x = at % n, y = (at / n) | 0, [reason, classes] = why[i % 3];
      found.push({ id: `pl${i}`, image: `i${i}`, t: 0, z: 0, box: [x - 33, y - 33, x + 33, y + 33], classes, reason, best });
    }
    return found.sort((a, b) => b.best - a.best);
  }

  // ---- events ----

  function frame(data, opcode) {
    const n = data.length, head = Buffer.alloc(n < 126 ? 2 : n < 65536 ? 4 : 10);
    head[0] = 0x80 | opcode;
    if (n < 126) head[1] = n; else if (n < 65536) { head[1] = 126; head.writeUInt16BE(n, 2); } else { head[1] = 127; head.writeBigUInt64BE(BigInt(n), 2); }
    return Buffer.concat([head, data]);
  }
  const tell = (message) => { if (!silent) for (const s of sockets) s.write(frame(Buffer.from(JSON.stringify(message)), 1)); };
  const push = (parts) => { Object.assign(state, parts); revision++; tell({ event: "state", revision, parts }); };
  const changed = (id, box, extra = {}) => { labels.get(id) && (labels.get(id).now = null); const counts = { [id]: countsOf(id) }; Object.assign(state.counts, counts); revision++; tell({ event: "labels", revision, image: id, t: 0, z: 0, box, counts, page: null, stroke: null, ...extra }); return counts; };

  function tile(id, level, x, y, width, height, ofModel) {
    const planes = probabilities(id, level, x, y, x + width, y + height), json = JSON.stringify({ image: id, t: 0, z: 0, level, x, y, width, height, classes: state.classes.length, model: ofModel });
    const padded = json.padEnd(Math.ceil((json.length + 4) / 8) * 8 - 4), head = Buffer.alloc(4);
    head.writeUInt32LE(padded.length);
    const bytes = frame(Buffer.concat([head, Buffer.from(padded), Buffer.from(planes.buffer)]), 2);
    if (!silent) for (const s of sockets) s.write(bytes);
  }
  function probabilities(id, level, x0, y0, x1, y1) {
    const s = stack(id), n = s.size, f = 2 ** level, w = x1 - x0, h = y1 - y0, out = new Uint16Array(state.classes.length * w * h);
    for (let k = 0; k < Math.min(3, state.classes.length); k++) for (let y = 0; y < h; y++) for (let x = 0; x < w; x++) out[(k * h + y) * w + x] = Math.round(65535 * s.p[k][Math.min(n - 1, (y0 + y) * f) * n + Math.min(n - 1, (x0 + x) * f)]);
    return out;
  }
  function sendView() {
    if (!model || !shown?.image) return;
    const n = sizes.get(shown.image);
    for (let y = 0; y < n; y += 256) for (let x = 0; x < n; x += 256) tile(shown.image, 0, x, y, Math.min(256, n - x), Math.min(256, n - y), model);
  }
  function update() {
    const counts = state.classes.map((_, k) => Object.values(state.counts).reduce((s, c) => s + (c[k] ?? 0), 0));
    if (counts.filter(Boolean).length < 2) { push({ training: { ...state.training, state: model ? state.training.state : "none", hint: counts.some(Boolean) ? "second class" : null } }); return; }
    state.training = { ...state.training, target: Math.max(model, state.training.target) + 1 };
    push({ training: { ...state.training, state: "updating", hint: null } });
    clearTimeout(timer);
    const go = () => {
      model = state.training.target;
      sendView();
      push({ training: { ...state.training, state: state.training.live ? "current" : "off", model, target: model, trainedAt: Date.now() }, quality: quality(), places: places(), classes: state.classes.map((c, k) => ({ ...c, trained: counts[k] > 0 })) });
    };
    if (delay < 1e6) timer = setTimeout(go, delay);
  }
  const live = () => { if (state.training.live) update(); };

  // ---- routes ----

  const box = (q, size) => ["x0", "y0", "x1", "y1"].map((k, i) => (q.has(k) ? Number(q.get(k)) : i < 2 ? 0 : size));
  function raw(id, q) {
    const s = stack(id), level = Number(q.get("level") ?? 0), f = 2 ** level, size = Math.ceil(s.size / f), [x0, y0, x1, y1] = box(q, size), w = x1 - x0, h = y1 - y0, channels = q.get("c").split(",").map(Number), out = new Float32Array(channels.length * w * h);
    channels.forEach((c, k) => {
      for (let y = 0; y < h; y++) for (let x = 0; x < w; x++) {
        let sum = 0, n = 0;
        for (let j = (y0 + y) * f; j < Math.min(s.size, (y0 + y + 1) * f); j++) for (let i = (x0 + x) * f; i < Math.min(s.size, (x0 + x + 1) * f); i++) { sum += s.planes[c][j * s.size + i]; n++; }
        out[(k * h + y) * w + x] = sum / n;
      }
    });
    return Buffer.from(out.buffer);
  }
  function labelParts(id, q) {
    const n = sizes.get(id), plane = labelPlane(id), [x0, y0, x1, y1] = box(q, n), w = x1 - x0, h = y1 - y0, head = Buffer.alloc(20), bytes = Buffer.alloc(w * h);
    [1, x0, y0, w, h].forEach((v, i) => head.writeUInt32LE(v, 4 * i));
    for (let y = 0; y < h; y++) for (let x = 0; x < w; x++) bytes[y * w + x] = plane[(y0 + y) * n + x0 + x];
    return Buffer.concat([head, bytes]);
  }
  function feature(id, q) {
    const s = stack(id), n = s.size, [x0, y0, x1, y1] = box(q, n), w = x1 - x0, h = y1 - y0, src = s.planes[Number(q.get("c"))], sigma = Number(q.get("sigma")), smooth = Tissue.blur(src, n, n, sigma), out = new Float32Array(w * h), f = FILTERS.findIndex((x) => x.id === q.get("filter")), at = (x, y) => smooth[Math.min(n - 1, Math.max(0, y)) * n + Math.min(n - 1, Math.max(0, x))];
    const less = f === 3 ? Tissue.blur(src, n, n, 0.66 * sigma) : null;
    for (let y = 0; y < h; y++) for (let x = 0; x < w; x++) {
      const X = x0 + x, Y = y0 + y, gx = at(X + 1, Y) - at(X - 1, Y), gy = at(X, Y + 1) - at(X, Y - 1), xx = at(X + 1, Y) - 2 * at(X, Y) + at(X - 1, Y), yy = at(X, Y + 1) - 2 * at(X, Y) + at(X, Y - 1), xy = (at(X + 1, Y + 1) - at(X - 1, Y + 1) - at(X + 1, Y - 1) + at(X - 1, Y - 1)) / 4;
      out[y * w + x] = [at(X, Y), xx + yy, Math.hypot(gx, gy), less ? at(X, Y) - less[Y * n + X] : 0, Math.hypot(gx, gy), (xx + yy) / 2 + Math.hypot((xx - yy) / 2, xy)][f];
    }
    return Buffer.from(out.buffer);
  }

  const remember = () => { revision++; push({ history: { undo: strokes.length ? `Stroke on ${strokes[strokes.length - 1].image}` : null, redo: undone.length ? "Stroke" : null }, project: { ...state.project, unsaved: true } }); };
  const ROUTES = [
    ["GET", /^state$/, () => ({ revision, session: "s1", ...state })],
    ["GET", /^images\/(\w+)\/raw$/, (m, b, q) => raw(m[1], q)], ["GET", /^images\/(\w+)\/labels$/, (m, b, q) => labelParts(m[1], q)],
    ["GET", /^images\/(\w+)\/probabilities$/, (m, b, q) => (model ? Buffer.from(probabilities(m[1], Number(q.get("level") ?? 0), ...box(q, sizes.get(m[1]))).buffer) : null)],
    ["GET", /^images\/(\w+)\/feature$/, (m, b, q) => feature(m[1], q)],
    ["GET", /^batch\/(\w+)\/raw$/, (m, b, q) => raw(`i${(Number(m[1].slice(1)) * 5) % 12 === 2 ? 1 : (Number(m[1].slice(1)) * 5) % 12}`, q)],
    ["GET", /^batch\/(\w+)\/probabilities$/, (m, b, q) => { const id = `i${(Number(m[1].slice(1)) * 5) % 12 === 2 ? 1 : (Number(m[1].slice(1)) * 5) % 12}`, level = Number(q.get("level") ?? 0); return Buffer.from(probabilities(id, level, ...box(q, Math.ceil(250 / 2 ** level))).buffer); }],
    ["POST", /^strokes$/, (m, b) => { if (!strokes.some((s) => s.id === b.id)) { strokes.push({ ...b, when: Date.now() }); undone.length = 0; } const counts = changed(b.image, null, { page: b.page, stroke: b.id, box: [0, 0, 1, 1] }); remember(); live(); return { revision, counts, target: state.training.target }; }],
    ["GET", /^strokes$/, () => strokes.slice().reverse().map((s) => { const n = sizes.get(s.image), xs = s.points.filter((_, i) => i % 2 === 0).map((v) => v >> 4), ys = s.points.filter((_, i) => i % 2).map((v) => v >> 4); return { id: s.id, image: s.image, t: 0, z: 0, class: s.class, pixels: rasterise(s.points, s.brush, s.fill, { width: n, height: n }).length, box: [Math.min(...xs), Math.min(...ys), Math.max(...xs) + 1, Math.max(...ys) + 1], when: s.when, imported: false }; })],
    ["DELETE", /^strokes\/(.+)$/, (m) => { const i = strokes.findIndex((s) => s.id === m[1]), [s] = strokes.splice(i, 1); changed(s.image, null); remember(); live(); return { revision }; }],
    ["POST", /^undo$/, () => { const s = strokes.pop(); if (!s) throw [409, { title: "Nothing to undo", message: "There is no change left.", action: "" }]; undone.push(s); changed(s.image, null); remember(); live(); return { revision, what: "Stroke", image: s.image, t: 0, z: 0, box: null }; }],
    ["POST", /^redo$/, () => { const s = undone.pop(); strokes.push(s); changed(s.image, null); remember(); live(); return { revision, what: "Stroke", image: s.image, t: 0, z: 0, box: null }; }],
    ["POST", /^classes$/, (m, b) => { push({ classes: [...state.classes, { ...b, trained: false }] }); live(); return { revision, class: state.classes.length }; }],
    ["PATCH", /^classes\/(\d+)$/, (m, b) => { push({ classes: state.classes.map((c, k) => (k + 1 === Number(m[1]) ? { ...c, ...b } : c)) }); return { revision }; }],
    ["DELETE", /^classes\/(\d+)$/, (m) => { push({ classes: state.classes.filter((_, k) => k + 1 !== Number(m[1])) }); return { revision }; }],
    ["POST", /^classes\/(\d+)\/(clear|merge)$/, () => ({ revision })],
    ["POST", /^live$/, (m, b) => { push({ training: { ...state.training, live: b.on, state: b.on ? "current" : model ? "off" : "none" } }); if (b.on) update(); return { revision }; }],
    ["POST", /^update$/, () => { update(); return { revision }; }],
    ["GET", /^quality\/pixels$/, () => [{ image: "i2", t: 0, z: 0, x: 120, y: 140 }, { image: "i2", t: 0, z: 0, x: 320, y: 240 }]],
    ["PUT", /^features$/, (m, b) => { push({ features: { ...state.features, ...b } }); live(); return { revision }; }],
    ["PUT", /^channels\/used$/, (m, b) => { push({ channels: state.channels.map((c, k) => ({ ...c, used: b.used[k] })) }); return { revision }; }],
    ["POST", /^suggestion$/, () => { push({ suggestion: { state: "running", progress: 0.4 } }); setTimeout(() => push({ suggestion: { state: "done", selected: selected(3), outOfBag: 0.031, before: 0.029, microseconds: 3.1 } }), 1500); return { revision }; }],
    ["DELETE", /^suggestion$/, () => { push({ suggestion: null }); return { revision }; }],
    ["PUT", /^export\/settings$/, (m, b) => { state.export.settings = b; push({ export: { ...state.export, check: check() } }); return { revision }; }],
    ["POST", /^export$/, (m, b) => { push({ export: { ...state.export, outputs: state.export.outputs.map((o) => (!b.images || b.images.includes(o.image) ? { ...o, state: "current", when: Date.now() } : o)) } }); return { revision }; }],
    ["POST", /^batch\/(\w+)$/, (m, b) => { if (m[1] === "pause") push({ batch: { ...state.batch, state: "paused" } }); if (m[1] === "resume" || m[1] === "run") push({ batch: { ...state.batch, state: "running" } }); if (m[1] === "cancel") push({ batch: { ...state.batch, state: "idle" } }); return { revision }; }],
    ["GET", /^files$/, (m, b, q) => { const path = q.get("path") ?? "/cohort"; return { path, parent: path === "/cohort" ? null : path.slice(0, path.lastIndexOf("/")), roots: state.server.roots, entries: path === "/cohort" ? [{ name: "analysis", path: "/cohort/analysis", kind: "folder", size: 0, modified: Date.now() - 9e6 }, { name: "crops", path: "/cohort/crops", kind: "folder", size: 0, modified: Date.now() - 8e6 }, { name: "lung_cohort.ilp", path: "/cohort/lung_cohort.ilp", kind: "project", size: 3.2e6, modified: Date.now() - 4000 }] : NAMES.map((n) => ({ name: `${n}_s2.h5`, path: `${path}/${n}_s2.h5`, kind: "image", size: 19e6, modified: Date.now() - 9e7 })) }; }],
    ["POST", /^open$/, () => { open(); revision++; tell({ event: "reset", revision }); return { revision }; }],
    ["POST", /^close$/, () => { state.project = null; revision++; tell({ event: "reset", revision }); return { revision }; }],
    ["POST", /^save$/, () => { push({ project: { ...state.project, unsaved: false, savedAt: Date.now() } }); return { revision }; }],
    ["PUT", /^view$/, (m, b) => { state.view = b; return {}; }],
    [/^(POST|PUT|PATCH|DELETE)$/, /./, () => ({ revision, paths: [], missing: [] })],
  ];

  const server = createServer((request, response) => {
    const url = new URL(request.url, "http://x"), send = (status, type, body) => { response.writeHead(status, { "Content-Type": type, "Content-Security-Policy": CSP, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" }); response.end(body); };
    if (!url.pathname.startsWith("/api/")) {
      const vendor = url.pathname.match(/^\/vendor\/lit-html\/(.+)$/), path = normalize(join(WEB, url.pathname === "/" ? "index.html" : url.pathname));
      if (vendor && lit.has(vendor[1])) send(200, TYPES[".js"], lit.get(vendor[1])());
      else if (path.startsWith(WEB) && existsSync(path)) send(200, TYPES[extname(path)] ?? "application/octet-stream", readFileSync(path));
      else send(404, "text/plain", "");
      return;
    }
    if (silent) { request.destroy(); return; }
    if (request.headers["x-pixelforest-token"] !== token) { send(401, "application/json", JSON.stringify({ title: "Not allowed", message: "The address lacks the token.", action: "Open the address that PixelForest printed." })); return; }
    const parts = [];
    request.on("data", (d) => parts.push(d));
    request.on("end", () => {
      const path = url.pathname.slice(5), body = request.headers["content-type"] === "application/json" && parts.length ? JSON.parse(Buffer.concat(parts).toString()) : null;
      for (const [method, pattern, answer] of ROUTES) {
        const match = path.match(pattern);
        if (!match || (method instanceof RegExp ? !method.test(request.method) : method !== request.method)) continue;
        try {
          const what = answer(match, body, url.searchParams);
          if (what === null) send(204, "application/octet-stream", "");
          else if (Buffer.isBuffer(what)) send(200, "application/octet-stream", what);
          else send(200, "application/json", JSON.stringify(what));
        } catch (error) {
          if (Array.isArray(error)) send(error[0], "application/json", JSON.stringify(error[1]));
          else { console.error(error); send(500, "application/json", JSON.stringify({ title: "Fake server", message: String(error), action: "" })); }
        }
        return;
      }
      send(404, "application/json", JSON.stringify({ title: "No such route", message: path, action: "" }));
    });
  });
  server.on("upgrade", (request, socket) => {
    if (silent) { socket.destroy(); return; }
    const accept = createHash("sha1").update(`${request.headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => sockets.delete(socket));
    let rest = Buffer.alloc(0);
    socket.on("data", (data) => {
      rest = Buffer.concat([rest, data]);
      for (;;) {
        if (rest.length < 2) return;
        let n = rest[1] & 127, at = 2;
        if (n === 126) { if (rest.length < 4) return; n = rest.readUInt16BE(2); at = 4; }
        if (rest.length < at + 4 + n) return;
        const mask = rest.subarray(at, at + 4), text = Buffer.from(rest.subarray(at + 4, at + 4 + n).map((v, i) => v ^ mask[i % 4])), opcode = rest[0] & 15;
        rest = rest.subarray(at + 4 + n);
        if (opcode === 8) { socket.end(); return; }
        if (opcode !== 1) continue;
        const message = JSON.parse(text.toString());
        if (message.event === "ping") socket.write(frame(Buffer.from('{"event":"pong"}'), 1));
        if (message.event === "view" && message.image !== undefined) { const other = message.image && message.image !== shown?.image; shown = message; if (other || !socket.served) { socket.served = true; sendView(); } }
      }
    });
    socket.write(frame(Buffer.from(JSON.stringify({ event: "hello", session: "s1", revision })), 1));
  });
  if (screen === "project") open();
  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${server.address().port}/?token=${token}`;
  return {
    address, state, push, strokes, setDelay(ms) { delay = ms; },
    /** As if the program had been killed: connections break, nothing answers. @param {boolean} on */
    kill(on) { silent = on; if (on) for (const s of sockets) s.destroy(); },
    close() { clearTimeout(timer); for (const s of sockets) s.destroy(); server.close(); server.closeAllConnections(); },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const fake = await startFake({ port: Number(process.argv[2] ?? 8765), empty: process.argv.includes("empty"), screen: process.argv.includes("start") ? "start" : "project" });
  console.log(fake.address);
}
