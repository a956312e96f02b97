// @ts-check
// Where to go: the images with their labels, and the places worth a stroke.
import { classColours } from "../colours.js";
import { css, draw, html, nothing, repeat } from "../html.js";
import { keyOf } from "../tools/keys.js";
import { captions, shorten, titles } from "../words.js";
import { explorer } from "./explorer.js";
import { scroller } from "./virtual.js";

export const NEEDS = ["project", "images", "imageId", "counts", "classes", "places", "frozenPlaces", "place", "places_tab", "strokeList", "explored", "screen", "scrolled", "keys", "shown", "colours", "windows", "statistics", "palette", "training", "now", "channels"];

const thumbs = scroller(94, true);
let followed = "";
const known = /** @type {WeakMap<any[], {titled: (image: any) => string, captioned: (image: any) => string}>} */ (new WeakMap());

/** Names of images, in full and as they stand below a thumbnail; crops of one image are told apart by where they lie. @param {any[]} images */
function names(images) {
  let both = known.get(images);
  if (!both) {
    const titled = titles(images), short = captions(images.map((i) => i.name));
    known.set(images, (both = { titled, captioned: (i) => (titled(i) === i.name ? short(i.name) : i.detail.replace(/\s+/g, "\u2009")) }));
  }
  return both;
}

/** @param {any} s @param {any} act @param {any} pictures */
export function strip(s, act, pictures) {
  if (!s.project) return nothing;
  const usable = s.images.filter((/** @type {any} */ i) => !i.error), some = (/** @type {any} */ i) => (s.counts[i.id] ?? []).some(Boolean), labelled = usable.filter(some).length;
  thumbs.of(s.project.id);
  const follow = `${s.project.id}/${s.imageId}`;
  if (follow !== followed) { followed = follow; queueMicrotask(() => thumbs.show(usable.findIndex((/** @type {any} */ i) => i.id === s.imageId))); }
  const { first, last, before, after } = thumbs.range(usable.length), colours = classColours(s.classes, s.palette);
  const look = [s.shown.join(), JSON.stringify(s.colours), JSON.stringify(s.windows), s.statistics !== null, s.palette];
  return html`
    <div class="strip-col images">
      <div class="head"><h2 id="h-images">Images</h2><span class="count">${usable.length}, ${labelled ? `${labelled} labelled` : "none labelled"}</span><span class="grow"></span><button class="ghost sm" aria-label="Next unlabelled" ?disabled=${labelled === usable.length} @click=${act.nextUnlabelled}>Next unlabelled</button></div>
      <ul class="thumbs" role="listbox" aria-label="Images" tabindex="-1" ${draw(thumbs.watch(act))} @wheel=${sideways} @keydown=${(/** @type {KeyboardEvent} */ e) => walk(e, act)}>
        ${before ? html`<li class="spacer" aria-hidden="true" ${css({ width: `${before}px` })}></li>` : nothing}
        ${repeat(usable.slice(first, last), (/** @type {any} */ i) => i.id, (/** @type {any} */ i) => thumb(s, act, pictures, i, colours, look))}
        ${after ? html`<li class="spacer" aria-hidden="true" ${css({ width: `${after}px` })}></li>` : nothing}</ul>
    </div>
    <div class="strip-col next">${places(s, act, pictures, colours, look)}</div>`;
}

/** @param {any} s @param {any} act @param {any} pictures @param {any} i @param {string[]} colours @param {any[]} look */
function thumb(s, act, pictures, i, colours, look) {
  const counts = s.counts[i.id] ?? [], n = counts.reduce((/** @type {number} */ a, /** @type {number} */ b) => a + b, 0), here = i.id === s.imageId;
  return html`<li role="option" tabindex=${here ? 0 : -1} aria-selected=${String(here)} class=${n ? "" : "empty-label"} aria-label=${names(s.images).titled(i)} aria-description=${n ? `${n} labelled pixels` : "no labels yet"} title=${`${i.name}  ${i.detail}`} @click=${() => act.selectImage(i.id)}>
    <span class="pic"><canvas aria-hidden="true" ${draw(pictures.thumbnail(i), i.path, i.axes, ...look)}></canvas>${n ? html`<span class="mix">${counts.map((/** @type {number} */ c, /** @type {number} */ k) => (c ? html`<i ${css({ "--n": String(c), "--c": colours[k] })}></i>` : nothing))}</span>` : nothing}</span>
    <span class="cap"><span>${shorten(names(s.images).captioned(i), 11)}</span><span>${n > 999 ? `${(n / 1000).toFixed(n < 99950 ? 1 : 0)}k` : n || "–"}</span></span></li>`;
}

/** @param {any} s @param {any} act @param {any} pictures @param {string[]} colours @param {any[]} look */
function places(s, act, pictures, colours, look) {
  const next = s.places_tab === "next", list = s.frozenPlaces ?? s.places ?? [];
  const tab = (/** @type {string} */ id, /** @type {string} */ name) => html`<button role="tab" id=${`tab-${id}`} aria-selected=${String(s.places_tab === id)} tabindex=${s.places_tab === id ? 0 : -1} @click=${() => act.update({ places_tab: id })}>${name}</button>`;
  const change = (/** @type {KeyboardEvent} */ e) => { if (e.key !== "ArrowLeft" && e.key !== "ArrowRight") return; e.preventDefault(); const id = next ? "strokes" : "next"; act.update({ places_tab: id }); requestAnimationFrame(() => document.getElementById(`tab-${id}`)?.focus()); };
  return html`<div class="head"><div class="pair-tabs" role="tablist" aria-label="Places" @keydown=${change}>${tab("next", "Label next")}${tab("strokes", "Strokes")}</div><span class="grow"></span>
      <button class="ghost sm" aria-label="Go to next place" title=${`Go to the next place (${keyOf("place", s.keys)})`} ?disabled=${!list.length} @click=${() => act.stepPlace(1)}>Go<kbd aria-hidden="true">${keyOf("place", s.keys)}</kbd></button></div>
    ${next ? (list.length ? html`<ol class="thumbs" aria-label="Label next" @pointerenter=${() => act.freezePlaces(true)} @pointerleave=${() => act.freezePlaces(false)} @wheel=${sideways}>${repeat(list, (/** @type {any} */ p) => p.id, (/** @type {any} */ p, /** @type {any} */ k) => place(s, act, pictures, p, k, colours, look))}</ol>` : html`<p class="note-line">Places worth a stroke appear with the first prediction.</p>`) : explorer(s, act, colours, names(s.images).titled)}`;
}

/** @param {any} s @param {any} act @param {any} pictures @param {any} p another object whenever places are ranked anew @param {number} k @param {string[]} colours @param {any[]} look */
function place(s, act, pictures, p, k, colours, look) {
  const image = s.images.find((/** @type {any} */ i) => i.id === p.image), { titled, captioned } = names(s.images), name = image ? titled(image) : "";
  return html`<li class=${(s.place === null ? k === 0 : s.place === p.id) ? "first" : ""}><button aria-label=${`Place ${k + 1}: ${name}, ${p.reason}`} title=${p.reason} @click=${() => act.goToPlace(p)}>
    <span class="pic"><canvas aria-hidden="true" ${draw(pictures.place(p, image), p, ...look)}></canvas><span class="rank">${k + 1}</span></span>
    <span class="cap"><span>${image ? shorten(captioned(image), 10) : ""}</span><span class="pair">${p.classes.map((/** @type {number} */ n) => html`<i class="swatch" ${css({ "--c": colours[n - 1] ?? "" })}></i>`)}</span></span></button></li>`;
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
