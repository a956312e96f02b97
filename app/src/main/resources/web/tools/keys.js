// @ts-check
// Keys: ilastik's, each an action with a name; people may give an action other keys.

export const MAC = /^Mac/.test(globalThis.navigator?.platform ?? "");

/**
 * Actions with their keys. "Mod" is Ctrl, on a Mac Cmd as well.
 * @type {[id: string, words: string, group: string, ...keys: string[]][]}
 */
export const KEYS = [
  ["brush", "Brush", "Labels", "B"], ["eraser", "Eraser", "Labels", "E"], ["navigation", "Navigation", "Labels", "N"], ["levelling", "Window Leveling", "Labels", "T"],
  ["smaller", "Smaller brush", "Labels", ","], ["larger", "Larger brush", "Labels", "."], ["add", "Add Label", "Labels", "A"], ["rename", "Rename the chosen label", "Labels", "F2"], ["fill", "Fill the last closed stroke", "Labels", "Q"],
  ["undo", "Undo", "Labels", "Mod+Z"], ["redo", "Redo", "Labels", "Mod+Y", "Mod+Shift+Z"],
  ["live", "Live Update", "Prediction", "L"], ["prediction", "Prediction layers", "Prediction", "P"], ["segmentation", "Segmentation layers", "Prediction", "S"], ["uncertainty", "Uncertainty layer", "Prediction", "U"],
  ["labels", "Labels layer", "Prediction", "0"], ["raw", "Raw Input to the top and back (hold to peek)", "Prediction", "I"], ["compare", "Compare raw and prediction", "Prediction", "V"],
  ["previousImage", "Previous image", "Where to go", "PageUp"], ["nextImage", "Next image", "Where to go", "PageDown"], ["place", "Next place to label", "Where to go", "G"], ["lastPlace", "Last place to label", "Where to go", "Shift+G"],
  ["previousChannel", "Previous channel", "Channels", "[", "Mod+P"], ["nextChannel", "Next channel", "Channels", "]", "Mod+N"], ["search", "Search channels", "Channels", "/"], ["contrast", "Automatic contrast of the channel", "Channels", "R"],
  ["zoomIn", "Zoom in", "View", "+", "="], ["zoomOut", "Zoom out", "View", "-", "−"], ["fit", "Fit image", "View", "K"], ["hundred", "100 %", "View", "W"], ["centre", "Centre", "View", "C"],
  ["overlays", "Hide the viewer's overlays", "View", "H"], ["panels", "Hide all panels", "View", "F"], ["sliceUp", "Next slice", "View", "Mod+ArrowUp"], ["sliceDown", "Previous slice", "View", "Mod+ArrowDown"],
  ["sliceUp10", "Ten slices up", "View", "Mod+Shift+ArrowUp"], ["sliceDown10", "Ten slices down", "View", "Mod+Shift+ArrowDown"], ["later", "Next time", "View", ">"], ["earlier", "Previous time", "View", "<"],
  ["save", "Save", "Project", "Mod+S"], ["saveAs", "Save as", "Project", "Mod+Shift+S"], ["open", "Open Project", "Project", "Mod+O"], ["keys", "Keyboard shortcuts", "Project", "?"],
];

/** @typedef {{key: string, code?: string, ctrlKey: boolean, metaKey: boolean, altKey: boolean, shiftKey: boolean}} Press */

/** The name of what was pressed: "Mod+Shift+Z", "PageUp", "?". @param {Press} e @param {string} [character] */
export function pressed(e, character = e.key) {
  const letter = /^[a-z]$/i.test(character), key = letter ? character.toUpperCase() : character;
  const shift = e.shiftKey && (letter || character.length > 1);
  return `${e.ctrlKey || e.metaKey ? "Mod+" : ""}${e.altKey ? "Alt+" : ""}${shift ? "Shift+" : ""}${key}`;
}

/**
 * What a press may mean, likeliest first: what its layout gives, the same without the AltGr or Option that it takes there ("[" on many), and where it is no Latin letter
 * or a digit needs Shift, what is printed on other keyboards. @param {Press} e
 */
export function meanings(e) {
  const names = [pressed(e)], [, kind, place] = e.code?.match(/^(Key|Digit)(.)$/) ?? [];
  if (e.key.length > 1 || /[a-z0-9 ]/i.test(e.key)) return names;
  if (e.altKey) names.push(e.key);
  else if (kind === "Key" || (kind && !e.shiftKey)) names.push(pressed(e, place));
  return names;
}

/** Key → action. @param {Record<string, string>} own keys people chose, by action */
export function keymap(own) {
  const map = /** @type {Map<string, string>} */ (new Map());
  for (const [id, , , ...keys] of KEYS) for (const key of own[id] ? [own[id]] : keys) if (!map.has(key)) map.set(key, id);
  for (const [id, key] of Object.entries(own)) map.set(key, id);
  return map;
}

/** The first key of an action, as it is shown; "" when others took all of them. @param {string} id @param {Record<string, string>} own */
export function keyOf(id, own = {}) {
  const taken = new Set(Object.values(own)), [, , , ...keys] = KEYS.find(([name]) => name === id) ?? ["", "", ""];
  const key = own[id] ?? keys.find((k) => !taken.has(k)) ?? "";
  return key.replace("Mod+", MAC ? "Cmd+" : "Ctrl+").replace("PageUp", "PgUp").replace("PageDown", "PgDn").replace("ArrowUp", "↑").replace("ArrowDown", "↓");
}

/** Whether keys belong to a field now. @param {EventTarget | null} target */
export function typing(target) {
  const e = /** @type {HTMLElement | null} */ (target);
  return !!e?.closest?.("textarea, select, input:not([type=checkbox]):not([type=radio]):not([type=range]), [contenteditable]");
}

/**
 * @param {import("../store.js").Store<any>} store @param {Record<string, () => void>} actions @param {ReturnType<typeof import("./pointer.js").createPointer>} pointer
 * @param {{select: (n: number) => void, escape: () => boolean, peek: (on: boolean) => void, menu: () => void}} act
 */
export function listenToKeys(store, actions, pointer, act) {
  let peekSince = 0;
  document.addEventListener("keydown", (e) => {
    const s = store.get();
    if (e.key === "Escape") { if (pointer.escape() || act.escape()) e.preventDefault(); return; }
    if (typing(e.target) && !e.ctrlKey && !e.metaKey) return;
    if (s.dialog || s.menu) return;
    const viewer = e.target instanceof Element ? e.target.closest(".viewer") : null;
    const names = meanings(e), [name] = names, map = keymap(s.keys), id = names.map((n) => map.get(n)).find(Boolean), digit = names.find((n) => /^[1-9]$/.test(n));
    if (s.screen === "training") {
      if (e.key === " " && (viewer === e.target || e.target === document.body)) { e.preventDefault(); pointer.space(true); return; }
      if (!id && digit && !typing(e.target)) { act.select(Number(digit)); e.preventDefault(); return; }
      if (viewer && viewer === e.target) {
        const by = e.shiftKey ? 10 : 1, step = /** @type {Record<string, [number, number]>} */ ({ ArrowLeft: [-by, 0], ArrowRight: [by, 0], ArrowUp: [0, -by], ArrowDown: [0, by] })[e.key];
        if (step && !e.ctrlKey && !e.metaKey) { pointer.step(...step); e.preventDefault(); return; }
        if (e.key === "Enter") { pointer.enter(); e.preventDefault(); return; }
        if (name === "Shift+F10" || e.key === "ContextMenu") { act.menu(); e.preventDefault(); return; }
      }
      if (id === "raw") { e.preventDefault(); if (!e.repeat) { peekSince = Date.now(); act.peek(!s.peek); } return; }
    }
    if (!id || (e.target instanceof Element && ["PageUp", "PageDown"].includes(e.key) && e.target.closest("[role=slider], input[type=range]"))) return;
    // A field undoes what was typed, not a stroke.
    if (typing(e.target) && !["save", "saveAs", "open"].includes(id)) return;
    const anywhere = ["save", "saveAs", "open", "keys", "undo", "redo"].includes(id);
    if (s.screen !== "training" && !anywhere && !(s.screen === "features" && ["previousImage", "nextImage"].includes(id))) return;
    if (s.screen === "start" && !["open", "keys"].includes(id)) return;
    e.preventDefault();
    if (e.repeat && ["live", "add", "fill", "compare", "save"].includes(id)) return;
    actions[id]?.();
  });
  document.addEventListener("keyup", (e) => {
    if (e.key === " ") pointer.space(false);
    const map = keymap(store.get().keys);
    if (meanings(e).some((n) => map.get(n) === "raw") && Date.now() - peekSince > 350) act.peek(false);
  });
  window.addEventListener("blur", () => { pointer.space(false); act.peek(false); });
}
