// @ts-check
// Everything a person can do, by name; panels and keys call these and nothing else.
import { listed, MOST, showing } from "./channels.js";
import { newClassColour } from "./colours.js";
import { Pending } from "./pending.js";
import { groupsOf } from "./settings.js";
import { closed } from "./viewer/stroke.js";

/** Strokes come so many at a time. */
const PAGE = 200;
/** Milliseconds in which a lost connection is found out. */
const NOTICE = 1500;

export const SIZES = [1, 3, 5, 7, 11, 23, 31, 61];
export const TOOLS = [["Navigation", "N", "arrow"], ["Brush", "B", "brush"], ["Eraser", "E", "eraser"], ["Window Leveling", "T", "contrast"]];

/** @typedef {{pointer: {paint: {finish: () => void}}, keepView: () => Promise<unknown>, read: () => void}} Others what is made after the actions */

/**
 * @param {{store: import("./store.js").Store<any>, api: ReturnType<typeof import("./api.js").createApi>, viewer: import("./viewer/viewer.js").Viewer, strokes: import("./strokes.js").Strokes}} parts
 */
export function createActions({ store, api, viewer, strokes }) {
  const { update, get } = store;
  let toastTimer = 0, frozen = 0, late = 0, asked = false, reading = false, exploring = false, underWay = false;
  let others = /** @type {Others | null} */ (null);
  const finish = () => others?.pointer.paint.finish();

  /** @param {string} text @param {{label: string, run: () => void} | null} [action] */
  function toast(text, action = null) {
    clearTimeout(toastTimer);
    update({ toast: { text, action } });
    toastTimer = window.setTimeout(() => update({ toast: null }), action ? 8000 : 4000);
  }

  /** @param {any} error @param {boolean} [byHand] somebody waits for what failed: is answered in any case */
  function failed(error, byHand = false) {
    if (error?.name === "AbortError") return;
    if (error?.status === 0) { unreachable(error, byHand); return; }
    if (error?.status === undefined) console.error(error);
    tell(error);
  }

  /** @param {any} error */
  const tell = (error) => update({ alert: { title: error?.title ?? "Something went wrong in this page", message: error?.message ?? String(error), action: error?.action ?? "", run: error?.run ?? null } });

  /** That the connection is lost is said once, by its own notice; it may come a moment after the first request that fails. @param {any} error @param {boolean} byHand */
  function unreachable(error, byHand) {
    const missed = () => { if (asked) toast("PixelForest is not answering. Try again when it is back."); asked = false; };
    asked ||= byHand;
    clearTimeout(late);
    if (!get().connected) { missed(); return; }
    late = window.setTimeout(() => { if (!get().connected) { missed(); return; } asked = false; tell(error); }, NOTICE);
  }

  /** What the server answers, or nothing and an alert. @template T @param {Promise<T>} work @returns {Promise<T | undefined>} */
  const run = (work) => work.catch((error) => { failed(error, true); return undefined; });

  /** Strokes first: what is done next builds on them. @template T @param {() => Promise<T>} work */
  const after = async (work) => { finish(); await strokes.outbox.settled(); return run(work()); };

  const pending = new Pending((error) => { failed(error, true); others?.read(); });

  const layers = (/** @type {(l: any) => any} */ change) => update((s) => ({ layers: { ...s.layers, ...change(s.layers) } }));
  const usable = () => get().images.filter((/** @type {any} */ i) => !i.error);

  /** @param {string | null} id @param {number} [t] @param {number} [z] */
  function selectImage(id, t = 0, z = 0) {
    update({ imageId: id, t, z });
  }

  /** @param {number} by */
  function stepImage(by) {
    const list = usable(), at = list.findIndex((/** @type {any} */ i) => i.id === get().imageId), next = list[at + by];
    if (next) selectImage(next.id);
  }

  /** @param {number} by */
  function slice(by) {
    const image = viewer.image;
    if (image) update((s) => ({ z: Math.max(0, Math.min(image.depth - 1, s.z + by)) }));
  }

  /** @param {number} by */
  function time(by) {
    const image = viewer.image;
    if (image) update((s) => ({ t: Math.max(0, Math.min(image.times - 1, s.t + by)) }));
  }

  /** @param {number} by */
  function size(by) {
    const s = get(), tool = s.tool === "Eraser" ? "Eraser" : "Brush", at = SIZES.indexOf(s.sizes[tool]);
    setSize(SIZES[Math.max(0, Math.min(SIZES.length - 1, at + by))]);
  }

  /** @param {number} value */
  function setSize(value) {
    update((s) => ({ sizes: { ...s.sizes, [s.tool === "Eraser" ? "Eraser" : "Brush"]: value } }));
  }

  /** @param {number} by */
  function stepChannel(by) {
    const s = get(), names = s.channels.map((/** @type {any} */ c) => c.name), at = names.indexOf(s.active), next = names[(at + by + names.length) % names.length];
    if (!next) return;
    const lone = s.shown.length === 1;
    update({ active: next, shown: lone ? [next] : s.shown.includes(next) ? s.shown : s.shown.includes(s.active) ? s.shown.map((/** @type {string} */ n) => (n === s.active ? next : n)) : showing(s.shown, next) });
  }

  /** @param {string} name @param {boolean} only */
  function toggleChannel(name, only = false) {
    const s = get();
    if (only) { update({ shown: [name], active: name }); return; }
    if (s.shown.includes(name)) { if (s.shown.length > 1) { const shown = s.shown.filter((/** @type {string} */ n) => n !== name); update({ shown, active: s.active === name ? shown[0] : s.active }); } } else update({ shown: showing(s.shown, name), active: name });
  }

  /** @param {string} name @param {[number, number] | null} window null: automatic again */
  function setWindow(name, window) {
    update((s) => { const windows = { ...s.windows }; if (window) windows[name] = window; else delete windows[name]; return { windows, active: name }; });
  }

  function autoContrast() {
    const s = get();
    if (s.active) setWindow(s.active, null);
  }

  function fullRange() {
    const s = get(), i = s.channels.findIndex((/** @type {any} */ c) => c.name === s.active), range = i < 0 ? null : viewer.range(i);
    if (range) setWindow(s.active, range);
  }

  /** @param {string} id "labels", "uncertainty", "segmentation", "prediction", "raw", "labels:0", "prediction:2" … */
  function toggleLayer(id) {
    const [name, k] = id.split(":");
    layers((l) => {
      const layer = l[name];
      if (k !== undefined) {
        const classes = layer.classes.map((/** @type {any} */ c, /** @type {number} */ i) => (i === Number(k) ? { ...c, on: !c.on } : c));
        return { [name]: { ...layer, ...(name === "segmentation" && !layer.classes[Number(k)].on ? { on: true } : {}), classes } };
      }
      if (name === "prediction") {
        const n = get().classes.length, any = layer.classes.slice(0, n).some((/** @type {any} */ c) => c.on);
        return { prediction: { ...layer, classes: layer.classes.map((/** @type {any} */ c) => ({ ...c, on: !any })) } };
      }
      return { [name]: { ...layer, on: !layer.on } };
    });
  }

  /** @param {string} id @param {number} opacity */
  function setOpacity(id, opacity) {
    const [name, k] = id.split(":"), value = Math.max(0, Math.min(100, Math.round(opacity)));
    layers((l) => (k === undefined ? { [name]: { ...l[name], opacity: value } } : { [name]: { ...l[name], classes: l[name].classes.map((/** @type {any} */ c, /** @type {number} */ i) => (i === Number(k) ? { ...c, opacity: value } : c)) } }));
  }

  /** @param {number} n */
  function selectClass(n) {
    if (n >= 1 && n <= get().classes.length) update({ label: n, tool: "Brush" });
  }

  async function undo() {
    const done = await after(api.undo);
    if (done) tellMoved("Undone", done, { label: "Redo", run: redo });
  }

  async function redo() {
    const done = await after(api.redo);
    if (done) tellMoved("Done again", done, { label: "Undo", run: undo });
  }

  /** What was undone may be out of sight. @param {string} word @param {any} done @param {{label: string, run: () => void}} back */
  function tellMoved(word, done, back) {
    const s = get(), image = done.image && s.images.find((/** @type {any} */ i) => i.id === done.image), away = s.screen !== "training";
    if (image && (away || done.image !== s.imageId)) toast(`${word}: ${done.what}`, { label: "Go there", run: () => { update({ screen: "training" }); selectImage(image.id, done.t, done.z); if (done.box) viewer.lookAt(done.box); } });
    else if (!image) toast(`${word}: ${done.what}`, away ? back : null);
  }

  /** @param {any} place {image, t, z, box} */
  function goTo(place) {
    update({ screen: "training" });
    if (place.image !== get().imageId || place.t !== get().t || place.z !== get().z) selectImage(place.image, place.t, place.z);
    viewer.lookAt(place.box);
  }

  /** Places are ranked again with every update: the one that was gone to is known by its id. @param {any} place */
  function goToPlace(place) {
    update({ place: place.id });
    goTo(place);
  }

  /** @param {number} by */
  function stepPlace(by) {
    const s = get(), places = s.frozenPlaces ?? s.places ?? [];
    if (!places.length) { toast("Places worth a stroke appear with the first prediction."); return; }
    const at = places.findIndex((/** @type {any} */ p) => p.id === s.place);
    goToPlace(places[at < 0 ? 0 : (at + by + places.length) % places.length]);
  }

  function nextUnlabelled() {
    const s = get(), list = usable(), at = list.findIndex((/** @type {any} */ i) => i.id === s.imageId);
    const order = [...list.slice(at + 1), ...list.slice(0, at + 1)], next = order.find((/** @type {any} */ i) => !(s.counts[i.id] ?? []).some(Boolean));
    if (next) selectImage(next.id);
    else toast("Every image has labels.");
  }

  async function addLabel() {
    const done = await after(() => { const { classes } = get(); return api.addClass({ name: newClassName(classes), colour: newClassColour(classes) }); });
    if (done) update({ label: done.class, tool: "Brush", renaming: done.class });
  }

  const undoable = (/** @type {string} */ text) => toast(text, { label: "Undo", run: undo });

  function fillLast() {
    finish();
    const s = get(), stroke = s.lastStroke, image = viewer.image;
    if (!stroke || !image || stroke.image !== image.id || stroke.t !== s.t || stroke.z !== s.z) { toast("Draw a closed line first, then press Q."); return; }
    if (stroke.fill) return;
    if (!closed(stroke.points, stroke.brush)) { toast("The last stroke is not closed: bring its end back to its start, then press Q."); return; }
    strokes.put({ image: stroke.image, t: stroke.t, z: stroke.z, class: stroke.class, brush: stroke.brush, points: stroke.points, fill: true }, image);
  }

  async function liveUpdate() {
    const on = !get().training?.live;
    finish();
    if (on && !get().layers.prediction.classes.slice(0, get().classes.length).some((/** @type {any} */ c) => c.on)) toggleLayer("prediction");
    await run(api.live(on));
  }

  /** @param {string | null} path @param {boolean} replace */
  async function save(path = null, replace = false) {
    finish();
    await strokes.outbox.settled();
    await api.view((await import("./settings.js")).stored(get())).catch(() => {});
    try {
      await api.save(path, replace);
      toast("Saved");
      return true;
    } catch (/** @type {any} */ error) {
      failed(Object.assign(error, error.status === 0 ? {} : { run: { label: "Save as…", run: () => update({ dialog: { kind: "files", purpose: "saveAs" } }) } }), true);
      return false;
    }
  }

  /** The second click of a double click opens nothing. @param {() => Promise<any>} work */
  async function opening(work) {
    if (underWay || get().opening) return;
    underWay = true;
    const done = await run(work());
    underWay = false;
    if (done) update({ dialog: null });
  }

  const dialog = (/** @type {any} */ d) => update({ dialog: d, menu: null });

  return {
    update, get, run, after, toast, failed, undoable, dialog, api, viewer,
    /** @param {Others} made */
    connect(made) { others = made; },
    pending,
    /** @param {string} screen */
    go(screen) { finish(); update({ screen, menu: null }); },
    /** @param {string} tool */
    tool(tool) { update({ tool }); },
    selectClass, selectImage, stepImage, slice, time, size, setSize, stepChannel, toggleChannel, setWindow, autoContrast, fullRange, toggleLayer, setOpacity,
    undo, redo, goTo, goToPlace, stepPlace, nextUnlabelled, addLabel, fillLast, liveUpdate, save, layers,
    updateOnce: () => run(api.update()),
    cancelUpdate: () => run(api.cancelUpdate()),
    allAutomatic: () => update({ windows: {} }),
    /** @param {string} style */
    style: (style) => update({ style }),
    compare() { const s = get(); if (s.compare === null && !(s.training?.model > 0)) toast("No prediction to compare with yet."); else update({ compare: s.compare === null ? 0.46 : null }); },
    /** @param {number} at */
    wipe: (at) => update({ compare: Math.max(0, Math.min(1, at)) }),
    /** @param {{name: string, channels: string[]}} group */
    group: (group) => update({ shown: group.channels.slice(0, MOST), active: group.channels[0] }),
    /** @param {string} name */
    saveGroup(name) { update((s) => ({ groups: [...s.groups.filter((/** @type {any} */ g) => g.name !== name), { name, channels: s.shown }] })); toast(`Group “${name}” saved`); },
    /** @param {string} name */
    removeGroup(name) { update((s) => ({ groups: s.groups.filter((/** @type {any} */ g) => g.name !== name) })); },
    groups: () => groupsOf(get()),
    found: () => { const s = get(); return listed(s.channels, s.shown, s.search); },
    /** The order stays while the pointer is over it. @param {boolean} on */
    freezePlaces(on) { clearTimeout(frozen); if (on) update((s) => ({ frozenPlaces: s.places })); else frozen = window.setTimeout(() => update({ frozenPlaces: null }), 300); },
    /** @param {number} n @param {string} name */
    async rename(n, name) { update({ renaming: 0 }); const now = get().classes[n - 1]; if (now && name.trim() && name.trim() !== now.name) await after(() => api.changeClass(n, { name: name.trim() })); },
    /** @param {number} n @param {string} colour */
    recolour: (n, colour) => after(() => api.changeClass(n, { colour })),
    /** @param {number} n */
    async clearClass(n) { const { name } = get().classes[n - 1]; if (await after(() => api.clearClass(n))) undoable(`Cleared ${name}`); },
    /** @param {number} n @param {number} into */
    async mergeClass(n, into) { const c = get().classes, text = `Merged ${c[n - 1].name} into ${c[into - 1].name}`; if (await after(() => api.mergeClass(n, into))) undoable(text); },
    /** @param {number} n */
    async removeClass(n) { const { name } = get().classes[n - 1]; if (await after(() => api.removeClass(n))) undoable(`Deleted ${name}`); },
    /** @param {any} stroke */
    async removeStroke(stroke) {
      if (!(await after(() => api.removeStroke(stroke.id)))) return;
      update((s) => ({ explored: s.explored && { ...s.explored, list: s.explored.list?.filter((/** @type {any} */ k) => k.id !== stroke.id) } }));
      undoable("Stroke removed");
    },
    /** Reads as many strokes as were known; until they are there the old ones stay. `strokeList` is null where it must be done. */
    async loadStrokes() {
      const project = get().project?.id, asked = {};
      if (exploring || get().strokeList || !project) return;
      exploring = true;
      update({ strokeList: asked });
      const before = get().explored?.project === project ? get().explored.list ?? [] : [], list = /** @type {any[]} */ ([]);
      let error = null;
      try {
        for (let page = null; page === null || (page.length === PAGE && list.length < before.length);) list.push(...(page = await api.strokes(list.at(-1)?.id ?? null)));
      } catch (/** @type {any} */ e) { error = e.message || e.title; }
      exploring = false;
      if (get().project?.id === project) update({ explored: { project, list: error ? before : list, error } });
    },
    async moreStrokes() {
      const now = get().explored, list = now?.list ?? [];
      if (reading || !list.length || list.length % PAGE) return;
      reading = true;
      const more = await run(api.strokes(list[list.length - 1].id));
      reading = false;
      if (more?.length && get().explored === now) update({ explored: { ...now, list: [...list, ...more] } });
    },
    /** @param {number} i @param {number} j */
    async showCell(i, j) {
      const pixels = await run(api.pixelsOf(i, j));
      if (!pixels) return;
      const c = get().classes, s = get(), same = s.cell && s.cell.i === i && s.cell.j === j, at = same ? (s.cell.at + 1) % Math.max(1, pixels.length) : 0;
      if (!pixels.length) { toast(`No pixel painted ${c[i - 1].name} is predicted ${c[j - 1].name}.`); return; }
      update({ cell: { i, j, at } });
      const p = pixels[at];
      goTo({ ...p, box: [p.x - 12, p.y - 12, p.x + 13, p.y + 13] });
      toast(`${at + 1} of ${pixels.length}: painted ${c[i - 1].name}, predicted ${c[j - 1].name}`);
    },
    /** @param {string} path */
    open: (path) => opening(() => api.open(path)),
    openDemo: () => opening(api.openDemo),
    async closeProject() { finish(); await others?.keepView(); await strokes.outbox.settled(); await run(api.close()); },
    /** @param {string[]} paths */
    async addImages(paths) { const done = await run(api.addImages({ paths })); if (done) { update({ dialog: null }); if (done.skipped?.length) failed({ status: 409, title: done.skipped.length === 1 ? "A file was not added" : `${done.skipped.length} files were not added`, message: skippedWords(done.skipped) }); } },
    /** @param {string} id */
    async removeImage(id) { const image = get().images.find((/** @type {any} */ i) => i.id === id); if (await after(() => api.removeImage(id))) undoable(`Removed ${image?.name ?? "image"}`); },
    /** @param {(f: any) => any} change */
    features(change) {
      const f = { ...get().features, ...change(get().features) }, { scales, selected, cost } = f;
      update({ features: f });
      pending.choose("features", (now) => ({ ...now, scales, selected, cost }), () => api.features({ scales, selected }));
    },
    /** @param {boolean[]} used */
    channelsUsed(used) {
      const by = new Map(get().channels.map((/** @type {any} */ c, /** @type {number} */ k) => [c.name, used[k]])), over = (/** @type {any[]} */ channels) => channels.map((c) => ({ ...c, used: by.get(c.name) ?? c.used }));
      update((s) => ({ channels: over(s.channels) }));
      if (!used.some(Boolean)) toast("Choose at least one channel.");
      pending.choose("channels", over, used.some(Boolean) ? () => api.channelsUsed(get().channels.map((/** @type {any} */ c) => c.used)) : null);
    },
    /** @param {any} change */
    async exportSettings(change) { const before = get().export, settings = { ...before.settings, ...change }; update((s) => ({ export: { ...s.export, settings } })); try { await api.exportSettings(settings); } catch (error) { failed(error, true); update((s) => ({ export: { ...s.export, settings: before.settings } })); } },
  };
}

/** Which files, and why; the first three of many. @param {{path: string, error: string}[]} skipped */
export function skippedWords(skipped) {
  const first = skipped.slice(0, 3).map(({ path, error }) => `${path.split(/[\\/]/).pop()}: ${error.replace(/\.$/, "")}.`);
  return first.join(" ") + (skipped.length > 3 ? ` And ${skipped.length - 3} more.` : "");
}

/** "Label 4" for the fourth, or the next that no class has. @param {{name: string}[]} classes */
export function newClassName(classes) {
  const names = new Set(classes.map((c) => c.name));
  for (let n = classes.length + 1; ; n++) if (!names.has(`Label ${n}`)) return `Label ${n}`;
}
