// @ts-check
// Makes the store, the session, the viewer and the panels, and connects them.
import { createActions } from "./actions.js";
import { createApi } from "./api.js";
import { classColours } from "./colours.js";
import { readDrop } from "./drop.js";
import { render } from "./html.js";
import { Outbox, strokeIds } from "./outbox.js";
import * as batch from "./panels/batch.js";
import * as channels from "./panels/channels.js";
import * as dialogs from "./panels/dialogs.js";
import * as exporting from "./panels/export.js";
import * as features from "./panels/features.js";
import * as hud from "./panels/hud.js";
import * as inputs from "./panels/inputs.js";
import * as layers from "./panels/layers.js";
import * as menus from "./panels/menus.js";
import * as notices from "./panels/notices.js";
import * as start from "./panels/start.js";
import * as steps from "./panels/steps.js";
import * as strip from "./panels/strip.js";
import * as top from "./panels/top.js";
import { createPictures } from "./pictures.js";
import { createSession } from "./session.js";
import { INITIAL, keepPreferences, preferences, stored } from "./settings.js";
import { createStore } from "./store.js";
import { Strokes, uuid } from "./strokes.js";
import { listenToFocus } from "./tools/focus.js";
import { listenToKeys } from "./tools/keys.js";
import { createPointer } from "./tools/pointer.js";
import { Viewer } from "./viewer/viewer.js";

const element = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const token = new URLSearchParams(location.search).get("token") ?? "", page = uuid();
const SCREENS = ["input", "features", "training", "export", "batch"];
/** The screen that the address names. */
const wanted = () => { const screen = location.hash.slice(1); return SCREENS.includes(screen) ? screen : null; };
const store = createStore(/** @type {any} */ ({ ...INITIAL, ...preferences(), wanted: wanted() }));
const { get, update } = store;

const api = createApi(token, page);
/** Whether a stroke is for the open project, which may have been saved under another name since. @param {any} stroke */
const ofProject = (stroke) => strokeIds(get().project).includes(stroke.project);
const outbox = new Outbox(api.stroke, {
  changed: (unsent) => update({ unsent }),
  sent(_, answer) {
    update((s) => ({ revision: Math.max(s.revision, answer.revision), counts: { ...s.counts, ...answer.counts }, strokeList: null, training: s.training && answer.target ? { ...s.training, target: Math.max(s.training.target, answer.target) } : s.training }));
  },
  refused(stroke, error) {
    act.failed(error);
    strokes.reload(stroke.image, stroke.t, stroke.z, null);
  },
  stuck: (error) => act.failed(error),
}, ofProject);
const failed = (/** @type {any} */ error) => act.failed(error);
const strokes = new Strokes(store, api, outbox, failed);
const viewer = new Viewer(element("viewer"), store, strokes, api, { pointed: () => paintReadout(), moved: () => paintHud(), replaced: () => { pictures.forget(); events.again(); }, failed });
const actions = createActions({ store, api, viewer, strokes });
const act = /** @type {any} */ (actions);
Object.assign(act, menus.createMenus(act));
const pictures = createPictures(store, api);
const pointer = createPointer(viewer, store, strokes, {
  slice: act.slice, size: act.size, level: (window) => act.setWindow(get().active, window), range: act.fullRange, menu: act.viewerMenu, hand: (down) => events.hand(down), say: act.toast,
});

// ---- panels ----

const PAGES = /** @type {Record<string, {needs: string[], label: string, draw: (s: any, act: any, pictures: any) => any}>} */ ({
  start: { needs: start.NEEDS, label: "Start", draw: start.start }, input: { needs: inputs.NEEDS, label: "Input Data", draw: inputs.inputs }, features: { needs: features.NEEDS, label: "Feature Selection", draw: features.features },
  export: { needs: exporting.NEEDS, label: "Prediction Export", draw: exporting.exporting }, batch: { needs: batch.NEEDS, label: "Batch Processing", draw: batch.batch },
});
const panels = /** @type {[string[], (s: any) => void][]} */ ([
  [top.NEEDS, (s) => render(top.top(s, act), element("top"))],
  [steps.NEEDS, (s) => render(steps.steps(s, act), element("left"))],
  [notices.NEEDS, (s) => render(notices.notices(s, act, () => events.now()), element("notices"))],
  [[...channels.NEEDS, ...layers.NEEDS], (s) => render([channels.channels(s, act), layers.layers(s, act)], element("right"))],
  [strip.NEEDS, (s) => render(strip.strip(s, act, pictures), element("strip"))],
  [[...hud.NEEDS, "screen"], () => paintHud()],
  [menus.NEEDS, (s) => render(menus.menus(s, act), floating("menus"))],
  [["toast"], (s) => render(notices.toast(s, act), floating("toasts"))],
  [dialogs.NEEDS, (s) => dialogs.dialogs(floating("dialogs"), s, act)],
  [["screen", ...new Set(Object.values(PAGES).flatMap((p) => p.needs))], paintPage],
]);

/** @param {string} id */
function floating(id) {
  let root = document.getElementById(id);
  if (!root) { root = document.createElement("div"); root.id = id; element("floating").append(root); }
  return root;
}

let pageShown = "";
/** @param {any} s */
function paintPage(s) {
  const root = element("page"), now = PAGES[s.screen];
  if (!now) { if (pageShown) { render(null, root); pageShown = ""; } return; }
  if (pageShown !== s.screen) { root.setAttribute("aria-label", now.label); root.scrollTop = 0; }
  pageShown = s.screen;
  render(now.draw(s, act, pictures), root);
}

function paintHud() { render(hud.hud(get(), act, viewer), element("hud")); }
let readoutTimer = 0;
/** What is under the pointer is read by eye: often enough, not in every frame. */
function paintReadout() {
  readoutTimer ||= window.setTimeout(() => { readoutTimer = 0; const s = get(); render(hud.readout(s, viewer, classColours(s.classes, s.palette)), element("readout")); }, pointer.paint.painting ? 150 : 60);
}

/** Milliseconds of a frame for the panels; what is left waits for the next one, so that the brush does not. */
const PATIENCE = 5;
const due = /** @type {Set<(s: any) => void>} */ (new Set());

let drawn = /** @type {any} */ (null), frame = 0;
function paint() {
  frame = 0;
  const s = get(), before = drawn, began = performance.now();
  drawn = s;
  const root = document.documentElement;
  if (s.theme !== before?.theme) root.dataset.theme = s.theme;
  if (s.palette !== before?.palette) { root.dataset.palette = s.palette === "safe" ? "safe" : ""; viewer.invalidate(); }
  document.body.dataset.screen = s.loaded ? s.screen : "loading";
  document.body.dataset.panels = s.panels || s.screen !== "training" ? "on" : "off";
  viewer.element.classList.toggle("navigation", s.tool === "Navigation");
  viewer.element.classList.toggle("levelling", s.tool === "Window Leveling");
  viewer.element.classList.toggle("panning", s.panning);
  for (const [needs, draw] of panels) if (!before || needs.some((n) => s[n] !== before[n])) due.add(draw);
  for (const draw of due) {
    due.delete(draw);
    draw(s);
    if (pointer.paint.painting && due.size && performance.now() - began > PATIENCE) { frame = requestAnimationFrame(paint); break; }
  }
  if (s.screen !== before?.screen) { viewer.invalidate(); if (s.screen === "training") paintReadout(); }
}
store.subscribe((s, before) => {
  frame ||= requestAnimationFrame(paint);
  keepPreferences(s, before);
  if (s.loaded && s.screen !== before.screen && location.hash.slice(1) !== s.screen) history.replaceState(null, "", `#${s.screen}`);
  if (s.screen !== before.screen && s.screen !== "training") events?.view({ image: null });
  if (s.screen !== before.screen && actions.pending.withdraw()) session.load();
  // The server gave up on what is seen.
  if (before.training?.state === "failed" && s.training?.state !== "failed") events.again();
  if (s.project?.id !== before.project?.id) outbox.count();
  if (s.project && s.project.id === before.project?.id) keepView(s, before);
});

// ---- what is remembered with the project ----

let viewTimer = 0;
const VIEW = ["shown", "active", "windows", "colours", "groups", "layers", "style", "imageId", "sizes"];
/** @param {any} s @param {any} before */
function keepView(s, before) {
  if (s.project.readOnly || VIEW.every((v) => s[v] === before[v])) return;
  clearTimeout(viewTimer);
  viewTimer = window.setTimeout(() => { viewTimer = 0; if (get().connected) api.view(stored(get())).catch(() => {}); }, 1000);
}

/** What would be kept in a moment is kept now. @param {boolean} [leaving] the page closes */
async function keepViewNow(leaving = false) {
  if (!viewTimer) return;
  clearTimeout(viewTimer);
  viewTimer = 0;
  if (get().connected) await api.view(stored(get()), leaving).catch(() => {});
}

let pictureKept = "";
/** The picture among the recent projects is what was seen last. */
function keepPicture() {
  const s = get(), canvas = /** @type {HTMLCanvasElement | null} */ (document.querySelector("#strip .images [aria-selected=true] canvas"));
  if (!s.project || !s.connected || s.project.readOnly || !canvas || canvas.width < 32 || pictureKept === `${s.project.id}/${s.imageId}`) return;
  const small = Object.assign(document.createElement("canvas"), { width: 104, height: 88 }), scale = Math.max(104 / canvas.width, 88 / canvas.height);
  const look = /** @type {CanvasRenderingContext2D} */ (small.getContext("2d"));
  look.drawImage(canvas, (104 - canvas.width * scale) / 2, (88 - canvas.height * scale) / 2, canvas.width * scale, canvas.height * scale);
  const { data } = look.getImageData(0, 0, 104, 88);
  if (data.every((v, i) => v === data[i % 4])) return; // not painted yet
  pictureKept = `${s.project.id}/${s.imageId}`;
  small.toBlob((png) => { if (png && png.size < 65536) api.thumbnail(png).catch(() => {}); }, "image/png");
}
setInterval(keepPicture, 5000);
setInterval(() => update({ now: Date.now() }), 5000);

// ---- the server ----

const session = createSession(store, api, strokes, {
  closing: () => pointer.paint.finish(),
  async opened() {
    pictures.forget();
    const left = await outbox.left(), project = get().project;
    if (project) outbox.take(left.filter(ofProject));
    const other = left.filter((s) => !ofProject(s));
    if (project && other.length) act.dialog({ kind: "leftover", count: other.length, drop: () => outbox.drop(other) });
  },
  message: (m) => (m.level === "alert" ? update({ alert: { title: m.title, message: m.message, action: m.action ?? "" } }) : act.toast([m.title, m.message].filter(Boolean).join(". "))),
  failed,
}, actions.pending);
actions.connect({ pointer, keepView: keepViewNow, read: session.load });
let strange = false;
const events = api.listen({
  event: session.event,
  tile: (arrived, planes) => viewer.arrived(arrived, planes),
  connected() { update({ connected: true, lost: false }); },
  strange() { if (!strange) update({ alert: { title: "PixelForest was started again", message: "Use the address it printed.", action: "" } }); strange = true; },
  lost(seconds) { const s = get(); update({ connected: false, lost: true, retry: seconds }); if (!s.loaded) update({ loaded: true, screen: "start" }); },
});
viewer.onview = events.view;

// ---- keys, drops, the address ----

listenToKeys(store, {
  brush: () => act.tool("Brush"), eraser: () => act.tool("Eraser"), navigation: () => act.tool("Navigation"), levelling: () => act.tool("Window Leveling"), smaller: () => act.size(-1), larger: () => act.size(1), add: act.addLabel, fill: act.fillLast,
  rename: () => update({ renaming: get().label }), undo: act.undo, redo: act.redo, live: act.liveUpdate, prediction: () => act.toggleLayer("prediction"), segmentation: () => act.toggleLayer("segmentation"), uncertainty: () => act.toggleLayer("uncertainty"), labels: () => act.toggleLayer("labels"), compare: act.compare,
  previousImage: () => act.stepImage(-1), nextImage: () => act.stepImage(1), place: () => act.stepPlace(1), lastPlace: () => act.stepPlace(-1), previousChannel: () => act.stepChannel(-1), nextChannel: () => act.stepChannel(1), contrast: act.autoContrast,
  search: () => element("channel-search")?.focus(), zoomIn: () => viewer.zoom(1.1), zoomOut: () => viewer.zoom(1 / 1.1), fit: () => viewer.fit(), hundred: () => viewer.hundred(), centre: () => viewer.centre(),
  overlays: () => update({ hud: !get().hud }), panels: () => update({ panels: !get().panels }), sliceUp: () => act.slice(1), sliceDown: () => act.slice(-1), sliceUp10: () => act.slice(10), sliceDown10: () => act.slice(-10), later: () => act.time(1), earlier: () => act.time(-1),
  save: () => act.save(), saveAs: () => act.dialog({ kind: "files", purpose: "saveAs" }), open: () => act.dialog({ kind: "files", purpose: "project" }), keys: () => act.dialog({ kind: "keys" }),
}, pointer, {
  select: act.selectClass, peek: (on) => { if (get().peek !== on) update({ peek: on }); }, menu: () => { const box = viewer.element.getBoundingClientRect(); act.viewerMenu(box.left + box.width / 2, box.top + box.height / 2); },
  escape: () => { if (menus.close(act)) return true; if (get().dialog) return false; if (get().alert) { update({ alert: null }); return true; } if (get().toast) { update({ toast: null }); return true; } return false; },
});
document.addEventListener("pointerdown", (e) => {
  const at = /** @type {Element} */ (e.target);
  if (!get().menu || at.closest(".menu")) return;
  menus.close(act, false);
  // Putting a menu away paints nothing.
  if (at.closest(".viewer")) e.stopPropagation();
}, true);
readDrop(api, act);
matchMedia("(prefers-color-scheme: light)").addEventListener("change", () => viewer.invalidate());
addEventListener("hashchange", () => { const screen = wanted(); if (get().project && screen) act.go(screen); });
listenToFocus(store, viewer.element, element("page"));
addEventListener("beforeunload", (e) => { pointer.paint.finish(); if (get().unsent > 0) e.preventDefault(); });
addEventListener("pagehide", () => { pointer.paint.finish(); keepViewNow(true); });
