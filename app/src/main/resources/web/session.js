// @ts-check
// Keeps the store in step with the server: the snapshot, then events.
import { settingsFrom } from "./settings.js";

const PARTS = ["server", "recent", "opening", "project", "history", "images", "channels", "statistics", "classes", "counts", "features", "suggestion", "training", "quality", "places", "export", "batch", "watch", "unprepared", "prepare"];

/** Events that change what the state says. */
const CHANGES = ["state", "image", "labels", "batch", "output"];

/** Milliseconds until a state that could not be read is asked for again. */
const AGAIN = 1000;

/** Parts that often come as they were: what depends on them is left alone then. */
const SMALL = ["project", "history", "channels", "statistics", "classes", "features", "training"];

/**
 * @param {import("./store.js").Store<any>} store @param {ReturnType<typeof import("./api.js").createApi>} api @param {import("./strokes.js").Strokes} strokes
 * @param {{closing: () => void, opened: (before: any) => void, message: (message: any) => void, failed: (error: unknown) => void}} tell
 * @param {import("./pending.js").Pending} pending
 */
export function createSession(store, api, strokes, tell, pending) {
  let loading = /** @type {Promise<void> | null} */ (null), again = false, said = false, timer = /** @type {any} */ (0), known = -1;
  /** Events that came while the state was read. @type {any[]} */
  let missed = [];

  /** Reads all of it; a state that could not be read is asked for again. @returns {Promise<void>} */
  async function load() {
    if (loading) { again = true; return loading; }
    clearTimeout(timer);
    known = -1;
    loading = read().then(() => { said = false; }, (error) => {
      if (!said) tell.failed(error);
      said = true;
      // When a lost connection is back it is read anyhow.
      if (store.get().connected) timer = setTimeout(load, AGAIN);
    });
    await loading;
    loading = null;
    // NB: what is older than the state is part of it.
    const events = missed.filter((m) => m.revision > known);
    missed = [];
    for (const m of events) handlers[m.event](m);
    if (again) { again = false; await load(); }
  }

  async function read() {
    const state = await api.state(), before = store.get(), other = state.project?.id !== before.project?.id;
    known = state.revision;
    if (other) tell.closing();
    if (other || state.session !== before.session) pending.forget();
    const parts = pending.over(state, state.revision), patch = /** @type {Record<string, any>} */ ({ revision: state.revision, session: state.session, loaded: true });
    for (const part of PARTS) patch[part] = parts[part] ?? null;
    if (other) {
      strokes.clear();
      Object.assign(patch, settingsFrom(state.view, state), { strokeList: null, seen: {} });
      patch.screen = firstScreen(state, before);
    } else Object.assign(patch, kept(state, before));
    store.update(patch);
    if (other) tell.opened(before);
    else { strokes.forget(null); strokes.outbox.flush(); }
  }

  /** The chosen image and class may have gone. @param {any} state @param {any} before */
  function kept(state, before) {
    const patch = /** @type {Record<string, any>} */ ({});
    if (state.images && !state.images.some((/** @type {any} */ i) => i.id === before.imageId && !i.error)) Object.assign(patch, { imageId: state.images.find((/** @type {any} */ i) => !i.error)?.id ?? null, t: 0, z: 0 });
    // The first images brought the channels, or a panel took the place of another: look at something.
    if (state.channels?.length && !before.shown.some((/** @type {string} */ n) => state.channels.some((/** @type {any} */ c) => c.name === n))) {
      const { shown, active } = settingsFrom(null, { ...before, ...state });
      Object.assign(patch, { shown, active });
    }
    if (state.classes && state.classes !== before.classes) patch.label = sameClass(before.classes, state.classes, before.label);
    return patch;
  }

  const handlers = /** @type {Record<string, (m: any) => void>} */ ({
    hello(m) {
      // NB: whatever the revision: answers to this page's own requests raise it too, and events may have been missed.
      load();
    },
    reset: () => { load(); },
    state(m) {
      const parts = pending.over(Object.fromEntries(Object.entries(m.parts).filter(([name]) => PARTS.includes(name))), m.revision);
      const s = store.get();
      for (const name of SMALL) if (name in parts && JSON.stringify(parts[name]) === JSON.stringify(s[name])) parts[name] = s[name];
      const training = parts.training && s.training ? { training: { ...parts.training, target: Math.max(parts.training.target, parts.training.state === "updating" ? s.training.target : 0) } } : {};
      store.update({ ...parts, ...training, ...kept({ ...s, ...parts }, s), revision: Math.max(m.revision, s.revision) });
    },
    image: (m) => store.update((s) => {
      const images = s.images.map((/** @type {any} */ i) => (i.id === m.image.id ? m.image : i));
      return { images, ...kept({ ...s, images }, s) };
    }),
    labels(m) {
      store.update((s) => ({ counts: { ...s.counts, ...m.counts }, strokeList: null, revision: Math.max(m.revision, s.revision) }));
      if (m.page === api.page && m.stroke) return;
      if (m.image === null) strokes.forget(null);
      else if (m.box === null) strokes.forget(m.image);
      else strokes.reload(m.image, m.t, m.z, m.box);
    },
    batch: (m) => store.update((s) => ({ batch: { ...s.batch, ...m.summary, files: patched(s.batch?.files ?? [], m.files, "id") } })),
    output: (m) => store.update((s) => ({ export: { ...s.export, outputs: patched(s.export?.outputs ?? [], m.outputs, "image") } })),
    message: (m) => tell.message(m),
  });

  return {
    load,
    /** @param {any} m */
    event(m) {
      if (loading && CHANGES.includes(m.event)) missed.push(m);
      else handlers[m.event]?.(m);
    },
  };
}

/** The number of the chosen class in another list: by its name, for numbers move when a class goes. @param {{name: string}[]} before @param {{name: string}[]} now @param {number} label */
export function sameClass(before, now, label) {
  const name = before[label - 1]?.name, at = now.findIndex((c) => c.name === name);
  return at >= 0 ? at + 1 : Math.max(1, Math.min(now.length, label));
}

/** A folder opened just now is looked through first; a project is painted on. @param {any} state @param {any} before */
function firstScreen(state, before) {
  if (!state.project) return "start";
  if (!before.loaded && before.wanted && before.wanted !== "start") return before.wanted;
  return state.project.fresh && !state.project.demo ? "input" : "training";
}

/** @param {any[]} list @param {any[]} changed @param {string} key */
function patched(list, changed, key) {
  const by = new Map(changed.map((c) => [c[key], c]));
  const known = list.map((old) => { const now = by.get(old[key]); by.delete(old[key]); return now ?? old; });
  return [...known, ...by.values()];
}
