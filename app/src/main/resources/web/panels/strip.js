// @ts-check
// Where to go: the images with their labels, and the places worth a stroke.
import { classColours } from "../colours.js";
import { css, draw, html, icon, nothing, repeat } from "../html.js";
import { captions, counted, shorten } from "../words.js";
import { range } from "./virtual.js";

export const NEEDS = ["project", "images", "imageId", "counts", "classes", "places", "frozenPlaces", "place", "places_tab", "strokeList", "shown", "colours", "windows", "statistics", "palette", "training", "now", "channels"];

const ITEM = 94;
let scroll = 0, room = 1200;
const names = /** @type {WeakMap<any[], (name: string) => string>} */ (new WeakMap());

/** @param {any[]} images */
function captioned(images) {
  let short = names.get(images);
  if (!short) names.set(images, (short = captions(images.map((i) => i.name))));
  return short;
}

/** @param {any} s @param {any} act @param {any} pictures */
export function strip(s, act, pictures) {
  if (!s.project) return nothing;
  const usable = s.images.filter((/** @type {any} */ i) => !i.error), some = (/** @type {any} */ i) => (s.counts[i.id] ?? []).some(Boolean), labelled = usable.filter(some).length;
  const { first, last, before, after } = range(usable.length, ITEM, scroll, room), colours = classColours(s.classes, s.palette);
  const look = [s.shown.join(), JSON.stringify(s.colours), JSON.stringify(s.windows), s.statistics !== null, s.palette];
  return html`
    <div class="strip-col images">
      <div class="head"><h2 id="h-images">Images</h2><span class="count">${usable.length}, ${labelled ? `${labelled} labelled` : "none labelled"}</span><span class="grow"></span><button class="ghost sm" aria-label="Next unlabelled" ?disabled=${labelled === usable.length} @click=${act.nextUnlabelled}>Next unlabelled</button></div>
      <ul class="thumbs" role="listbox" aria-label="Images" tabindex="-1" @scroll=${(/** @type {any} */ e) => { scroll = e.target.scrollLeft; room = e.target.clientWidth; if (usable.length > 200) act.update({ counts: { ...s.counts } }); }} @wheel=${sideways} @keydown=${(/** @type {KeyboardEvent} */ e) => walk(e, act)}>
        ${before ? html`<li class="spacer" aria-hidden="true" ${css({ width: `${before}px` })}></li>` : nothing}
        ${repeat(usable.slice(first, last), (/** @type {any} */ i) => i.id, (/** @type {any} */ i) => thumb(s, act, pictures, i, colours, look))}
        ${after ? html`<li class="spacer" aria-hidden="true" ${css({ width: `${after}px` })}></li>` : nothing}</ul>
    </div>
    <div class="strip-col next">${places(s, act, pictures, colours, look)}</div>`;
}

/** @param {any} s @param {any} act @param {any} pictures @param {any} i @param {string[]} colours @param {any[]} look */
function thumb(s, act, pictures, i, colours, look) {
  const counts = s.counts[i.id] ?? [], n = counts.reduce((/** @type {number} */ a, /** @type {number} */ b) => a + b, 0), here = i.id === s.imageId;
  return html`<li role="option" tabindex=${here ? 0 : -1} aria-selected=${String(here)} class=${n ? "" : "empty-label"} aria-label=${i.name} aria-description=${n ? `${n} labelled pixels` : "no labels yet"} title=${`${i.name}  ${i.detail}`} @click=${() => act.selectImage(i.id)}>
    <span class="pic"><canvas aria-hidden="true" ${draw(pictures.thumbnail(i), i.path, i.axes, ...look)}></canvas>${n ? html`<span class="mix">${counts.map((/** @type {number} */ c, /** @type {number} */ k) => (c ? html`<i ${css({ "--n": String(c), "--c": colours[k] })}></i>` : nothing))}</span>` : nothing}</span>
    <span class="cap"><span>${shorten(captioned(s.images)(i.name), 11)}</span><span>${n > 999 ? `${(n / 1000).toFixed(n < 99950 ? 1 : 0)}k` : n || "–"}</span></span></li>`;
}

/** @param {any} s @param {any} act @param {any} pictures @param {string[]} colours @param {any[]} look */
function places(s, act, pictures, colours, look) {
  const next = s.places_tab === "next", list = s.frozenPlaces ?? s.places ?? [];
  const tab = (/** @type {string} */ id, /** @type {string} */ name) => html`<button role="tab" id=${`tab-${id}`} aria-selected=${String(s.places_tab === id)} tabindex=${s.places_tab === id ? 0 : -1} @click=${() => { act.update({ places_tab: id }); if (id === "strokes") act.loadStrokes(); }}>${name}</button>`;
  const change = (/** @type {KeyboardEvent} */ e) => { if (e.key !== "ArrowLeft" && e.key !== "ArrowRight") return; e.preventDefault(); const id = next ? "strokes" : "next"; act.update({ places_tab: id }); if (id === "strokes") act.loadStrokes(); requestAnimationFrame(() => document.getElementById(`tab-${id}`)?.focus()); };
  return html`<div class="head"><div class="pair-tabs" role="tablist" aria-label="Places" @keydown=${change}>${tab("next", "Label next")}${tab("strokes", "Strokes")}</div><span class="grow"></span>
      <button class="ghost sm" aria-label="Go to next place" title="Go to the next place (G)" ?disabled=${!list.length} @click=${() => act.stepPlace(1)}>Go<kbd aria-hidden="true">G</kbd></button></div>
    ${next ? (list.length ? html`<ol class="thumbs" aria-label="Label next" @pointerenter=${() => act.freezePlaces(true)} @pointerleave=${() => act.freezePlaces(false)} @wheel=${sideways}>${repeat(list, (/** @type {any} */ p) => p.id, (/** @type {any} */ p, /** @type {any} */ k) => place(s, act, pictures, p, k, colours, look))}</ol>` : html`<p class="note-line">Places worth a stroke appear with the first prediction.</p>`) : strokes(s, act, colours)}`;
}

/** @param {any} s @param {any} act @param {any} pictures @param {any} p @param {number} k @param {string[]} colours @param {any[]} look */
function place(s, act, pictures, p, k, colours, look) {
  const image = s.images.find((/** @type {any} */ i) => i.id === p.image), name = image?.name ?? "";
  return html`<li class=${(s.place === null ? k === 0 : s.place === p.id) ? "first" : ""}><button aria-label=${`Place ${k + 1}: ${name}, ${p.reason}`} title=${p.reason} @click=${() => act.goToPlace(p)}>
    <span class="pic"><canvas aria-hidden="true" ${draw(pictures.place(p, image), p.id, s.training?.model, ...look)}></canvas><span class="rank">${k + 1}</span></span>
    <span class="cap"><span>${shorten(captioned(s.images)(name), 10)}</span><span class="pair">${p.classes.map((/** @type {number} */ n) => html`<i class="swatch" ${css({ "--c": colours[n - 1] ?? "" })}></i>`)}</span></span></button></li>`;
}

/** @param {any} s @param {any} act @param {string[]} colours */
function strokes(s, act, colours) {
  if (!s.strokeList) { act.loadStrokes(); return html`<p class="note-line">Reading the strokes…</p>`; }
  if (!s.strokeList.length) return html`<p class="note-line">Every stroke will be listed here: choose one to go there, Delete removes it.</p>`;
  const byId = new Map(s.images.map((/** @type {any} */ i) => [i.id, i.name]));
  return html`<ul class="strokes" aria-label="Strokes" @scroll=${(/** @type {any} */ e) => { if (e.target.scrollTop + e.target.clientHeight > e.target.scrollHeight - 100) act.moreStrokes(); }}>${repeat(s.strokeList, (/** @type {any} */ k) => k.id, (/** @type {any} */ k) => {
    const name = k.class ? s.classes[k.class - 1]?.name ?? "?" : "eraser", image = byId.get(k.image) ?? "";
    return html`<li><button aria-label=${`${name}, ${image}, ${k.pixels} pixels`} title=${`${k.when ? new Date(k.when).toLocaleString("en-GB") : "came with the project"}. Delete removes it.`} @click=${() => act.goTo(k)} @keydown=${(/** @type {KeyboardEvent} */ e) => { if (e.key === "Delete" || e.key === "Backspace") { e.preventDefault(); act.removeStroke(k); } }}>
      ${k.class ? html`<i class="swatch" ${css({ "--c": colours[k.class - 1] ?? "" })}></i>` : icon("eraser")}<span>${shorten(/** @type {string} */ (image), 18)}</span><span class="px">${counted(k.pixels, "px", "px")}</span></button></li>`;
  })}</ul>`;
}

/** @param {WheelEvent} e */
function sideways(e) {
  if (Math.abs(e.deltaY) > Math.abs(e.deltaX)) /** @type {Element} */ (e.currentTarget).scrollLeft += e.deltaY;
}

/** @param {KeyboardEvent} e @param {any} act */
function walk(e, act) {
  const by = e.key === "ArrowRight" ? 1 : e.key === "ArrowLeft" ? -1 : 0;
  if (!by) return;
  e.preventDefault();
  e.stopPropagation();
  act.stepImage(by);
  const list = /** @type {Element} */ (e.currentTarget);
  requestAnimationFrame(() => requestAnimationFrame(() => /** @type {HTMLElement | null} */ (list.querySelector("[aria-selected=true]"))?.focus()));
}
