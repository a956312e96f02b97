// @ts-check
// What the page remembers: with the project (channels, layers, where one was) and with the browser (theme, palette, keys).
import { firstLook, knownGroups } from "./channels.js";

const OPACITY = [55, 40, 25];
const PREFERENCES = ["theme", "palette", "grey", "patterns", "keys", "quality_open", "softwareSeen"];

/** Everything the page holds that the server does not. */
export const INITIAL = {
  loaded: false, screen: "start", wanted: /** @type {string | null} */ (null), connected: false, retry: 0, lost: false, unsent: 0, software: false, softwareSeen: false,
  revision: 0, session: "", server: null, recent: [], opening: null, project: null, history: null, images: [], channels: [], statistics: null, classes: [], counts: {},
  features: null, suggestion: null, training: null, quality: null, places: [], export: null, batch: null, watch: null, unprepared: null, prepare: null,
  imageId: null, t: 0, z: 0, tool: "Brush", label: 1, sizes: { Brush: 3, Eraser: 5 }, shown: [], active: "", windows: {}, colours: {}, groups: [], layers: layers({}), style: "fill",
  compare: /** @type {number | null} */ (null), peek: false, panning: false, hud: true, panels: true, seen: {}, strokeList: null, explored: null, lastStroke: null, predicting: /** @type {number | null} */ (null),
  search: "", places_tab: "next", frozenPlaces: null, place: null, scrolled: 0, toast: null, alert: null, menu: null, dialog: null, renaming: 0, unfolded: { uses: false, slips: false }, pointerKeys: false, cell: null,
  batchTab: "all", batchSearch: "", batchOpen: { done: true, waiting: /** @type {boolean | null} */ (null) }, now: Date.now(),
  theme: "dark", palette: "convention", grey: true, patterns: false, keys: {}, quality_open: true,
};

/** @param {any} stored @returns {any} */
function layers(stored) {
  const classes = (/** @type {string} */ name, /** @type {(k: number) => number} */ opacity) => Array.from({ length: 99 }, (_, k) => ({ on: true, opacity: opacity(k), ...stored[name]?.classes?.[k] }));
  const of = (/** @type {string} */ name, /** @type {any} */ normal, /** @type {(k: number) => number} */ opacity) => ({ ...normal, ...stored[name], classes: classes(name, opacity) });
  return {
    labels: of("labels", { on: true, opacity: 100, open: false }, () => 100), uncertainty: { on: false, opacity: 100, ...stored.uncertainty },
    segmentation: of("segmentation", { on: false, opacity: 100, open: false }, () => 100), prediction: of("prediction", { open: true }, (k) => OPACITY[k] ?? 40),
    raw: { on: true, opacity: 100, ...stored.raw },
  };
}

/** Page settings for a project: what was stored, else sensible first ones. @param {any} view @param {any} state */
export function settingsFrom(view, state) {
  const v = view ?? {}, names = new Set(state.channels.map((/** @type {any} */ c) => c.name));
  const shown = (v.shown ?? []).filter((/** @type {string} */ n) => names.has(n));
  const now = shown.length ? shown : firstLook(state.channels);
  return {
    shown: now, active: names.has(v.active) ? v.active : now[0] ?? "", windows: v.windows ?? {}, colours: v.colours ?? {}, groups: v.groups ?? [], layers: layers(v.layers ?? {}), style: v.style ?? "fill",
    imageId: (state.images.find((/** @type {any} */ i) => i.id === v.imageId && !i.error) ?? state.images.find((/** @type {any} */ i) => !i.error))?.id ?? null,
    t: 0, z: 0, label: 1, sizes: { ...INITIAL.sizes, ...v.sizes }, compare: null, peek: false, search: "", frozenPlaces: null, place: null, cell: null, lastStroke: null,
  };
}

/** What goes into the project. @param {any} s */
export function stored(s) {
  const n = Math.max(s.classes.length, 3), cut = (/** @type {any} */ layer) => ({ ...layer, classes: layer.classes.slice(0, n) });
  return {
    shown: s.shown, active: s.active, windows: s.windows, colours: s.colours, groups: s.groups, style: s.style, imageId: s.imageId, sizes: s.sizes,
    layers: { labels: cut(s.layers.labels), uncertainty: s.layers.uncertainty, segmentation: cut(s.layers.segmentation), prediction: cut(s.layers.prediction), raw: s.layers.raw },
  };
}

/** Groups of channels on offer: known families and saved ones. @param {any} s */
export const groupsOf = (s) => [...knownGroups(s.channels), ...s.groups];

/** @returns {Record<string, any>} */
export function preferences() {
  try {
    return JSON.parse(localStorage.getItem("pixelforest") ?? "{}");
  } catch {
    return {};
  }
}

/** @param {any} s @param {any} before */
export function keepPreferences(s, before) {
  if (PREFERENCES.every((p) => s[p] === before[p])) return;
  try {
    localStorage.setItem("pixelforest", JSON.stringify(Object.fromEntries(PREFERENCES.map((p) => [p, s[p]]))));
  } catch { /* a browser that keeps nothing forgets the theme */ }
}
