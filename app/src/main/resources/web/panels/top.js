// @ts-check
// The banner: project and its state, undo, which image, appearance.
import { html, icon, nothing, svg } from "../html.js";
import { ago } from "../words.js";
import { keyOf } from "../tools/keys.js";

export const NEEDS = ["screen", "project", "history", "images", "imageId", "unsent", "connected", "now", "keys", "z", "t", "menu"];

const ROWS = ["..x..", "..x..", ".xox.", ".oxx.", "xxoxo", "..x.."];
/** A conifer of pixels. */
export const mark = () => html`<svg class="mark" viewBox="0 0 20 20" aria-hidden="true">${ROWS.flatMap((r, y) => [...r].map((c, x) => (c === "." ? nothing : rect(0.6 + 3.8 * x, y * 3.3 + 0.3, c === "o" ? 0.5 : y === 5 ? 0.7 : 1))))}</svg>`;
/** @param {number} x @param {number} y @param {number} opacity */
const rect = (x, y, opacity) => svg`<rect x=${x} y=${y} width="3.3" height="2.8" rx=".7" fill="currentColor" opacity=${opacity}></rect>`;

/** @param {any} s @param {any} act */
export function top(s, act) {
  if (!s.project) return nothing;
  const usable = s.images.filter((/** @type {any} */ i) => !i.error), at = usable.findIndex((/** @type {any} */ i) => i.id === s.imageId), image = usable[at];
  const key = (/** @type {string} */ id) => keyOf(id, s.keys), navigating = s.screen === "training" || s.screen === "features";
  return html`
    <a class="brand" href="#start" aria-label="PixelForest, start page" @click=${(/** @type {Event} */ e) => { e.preventDefault(); act.closeProject(); }}>${mark()}<span>PixelForest</span></a>
    <span class="sep"></span>
    <div class="project"><button class="project-name" aria-label=${`Project ${s.project.name}`} aria-haspopup="menu" title=${s.project.path} @click=${(/** @type {Event} */ e) => act.projectMenu(e.currentTarget)}><b>${s.project.name}</b>${icon("down")}</button>${saved(s, act)}</div>
    ${s.screen === "training" ? html`<div class="group" role="group" aria-label="History">
      <button class="icon" aria-label="Undo" title=${`Undo${s.history?.undo ? `: ${s.history.undo}` : ""} (${key("undo")})`} ?disabled=${!s.history?.undo} @click=${act.undo}>${icon("undo")}</button>
      <button class="icon" aria-label="Redo" title=${`Redo${s.history?.redo ? `: ${s.history.redo}` : ""} (${key("redo")})`} ?disabled=${!s.history?.redo} @click=${act.redo}>${icon("redo")}</button></div>` : nothing}
    <span class="grow"></span>
    ${navigating && usable.length ? html`<div class="view-nav">
      <button class="icon" aria-label="Previous image" title=${`Previous image (${key("previousImage")})`} ?disabled=${at <= 0} @click=${() => act.stepImage(-1)}>${icon("left")}</button>
      <button class="combo" role="combobox" aria-label="Current view" aria-expanded=${String(s.menu?.label === "Current view")} aria-haspopup="listbox" @click=${(/** @type {Event} */ e) => act.imageMenu(e.currentTarget)}
        @keydown=${(/** @type {KeyboardEvent} */ e) => { if (e.key === "ArrowDown" || e.key === "ArrowUp") { e.preventDefault(); act.imageMenu(e.currentTarget); } }}><b>${image?.name ?? "No image"}</b><span>${image?.detail ?? ""}${image && image.depth > 1 ? `  z ${s.z + 1} of ${image.depth}` : ""}${image && image.times > 1 ? `  t ${s.t + 1} of ${image.times}` : ""}</span>${icon("down")}</button>
      <button class="icon" aria-label="Next image" title=${`Next image (${key("nextImage")})`} ?disabled=${at < 0 || at >= usable.length - 1} @click=${() => act.stepImage(1)}>${icon("right")}</button>
      <span class="of">${at + 1} of ${usable.length}</span></div>` : nothing}
    <span class="grow"></span>
    ${appearance(s, act)}`;
}

/** @param {any} s @param {any} act */
export const appearance = (s, act) => html`<div class="group">
  <button class="icon" aria-label="Class colours" title="Class colours: convention or colour-blind safe" aria-haspopup="menu" @click=${(/** @type {Event} */ e) => act.paletteMenu(e.currentTarget)}>${icon("palette")}</button>
  <button class="icon" aria-label="Theme" title="Theme" aria-haspopup="menu" @click=${(/** @type {Event} */ e) => act.themeMenu(e.currentTarget)}>${icon("moon")}</button>
  <button class="icon" aria-label="Keyboard shortcuts" title=${`Keyboard shortcuts (${keyOf("keys", s.keys)})`} @click=${() => act.dialog({ kind: "keys" })}>${icon("keys")}</button></div>`;

/** @param {any} s @param {any} act */
function saved(s, act) {
  if (s.unsent > 0 && (!s.connected || s.unsent > 3)) return html`<span class="saved warn">${s.unsent} ${s.unsent === 1 ? "stroke" : "strokes"} not saved yet</span>`;
  if (s.project.readOnly) return html`<span class="saved warn" title=${s.project.readOnlyReason ?? ""}>Read-only</span>`;
  if (s.project.unsaved) return html`<button class="saved" title=${`Strokes are kept in the journal; this writes the .ilp (${keyOf("save", s.keys)})`} @click=${() => act.save()}>Save changes</button>`;
  return html`<span class="saved">${s.project.savedAt ? `Saved ${ago(s.project.savedAt, s.now)}` : "Not saved yet"}</span>`;
}
