// @ts-check
// The label explorer: every stroke, newest first; choose one to go there, Delete removes it.
import { css, draw, html, icon, nothing, repeat } from "../html.js";
import { counted, shorten } from "../words.js";
import { scroller } from "./virtual.js";

/** Width of a column and height of a row, pixels, as in training.css. */
const COLUMN = 218, ROW = 26;
const lines = scroller(ROW);

/** @param {any} s @param {any} act @param {string[]} colours @param {(image: any) => string} titled */
export function explorer(s, act, colours, titled) {
  const known = s.explored?.project === s.project.id ? s.explored : null, all = known?.list;
  if (!s.strokeList && s.screen === "training") queueMicrotask(act.loadStrokes);
  if (known?.error) return html`<p class="note-line" role="status">The strokes could not be read. ${known.error} <button class="link" @click=${() => act.update({ strokeList: null })}>Try again</button></p>`;
  if (!all) return html`<p class="note-line">Reading the strokes…</p>`;
  if (!all.length) return html`<p class="note-line">Every stroke will be listed here: choose one to go there, Delete removes it.</p>`;
  lines.of(s.project.id);
  const byId = new Map(s.images.map((/** @type {any} */ i) => [i.id, titled(i)])), columns = Math.max(1, Math.floor(lines.width / COLUMN)), { first, last, before, after } = lines.range(all.length, 0, columns);
  const spacer = (/** @type {number} */ height) => (height ? html`<li class="spacer" aria-hidden="true" ${css({ height: `${height}px` })}></li>` : nothing);
  return html`<ul class="strokes" aria-label="Strokes" ${draw(lines.watch(act))} @scroll=${(/** @type {any} */ e) => { if (e.target.scrollTop + e.target.clientHeight > e.target.scrollHeight - 100) act.moreStrokes(); }}>${spacer(before)}${repeat(all.slice(first, last), (/** @type {any} */ k) => k.id, (/** @type {any} */ k, /** @type {number} */ i) => stroke(s, act, k, first + i, colours, byId.get(k.image) ?? ""))}${spacer(after)}</ul>`;
}

/** @param {any} s @param {any} act @param {any} k @param {number} at @param {string[]} colours @param {string} image */
function stroke(s, act, k, at, colours, image) {
  const name = k.class ? s.classes[k.class - 1]?.name ?? "?" : "eraser";
  return html`<li><button data-at=${at} aria-label=${`${name}, ${image}, ${k.pixels} pixels`} title=${`${image}. ${k.when ? new Date(k.when).toLocaleString("en-GB") : "Came with the project"}. Delete removes it.`} @click=${() => act.goTo(k)} @keydown=${(/** @type {KeyboardEvent} */ e) => remove(e, act, k, at)}>
    ${k.class ? html`<i class="swatch" ${css({ "--c": colours[k.class - 1] ?? "" })}></i>` : icon("eraser")}<span>${shorten(image, 18)}</span><span class="px">${counted(k.pixels, "px", "px")}</span></button></li>`;
}

/** @param {KeyboardEvent} e @param {any} act @param {any} k @param {number} at */
async function remove(e, act, k, at) {
  if (e.key !== "Delete" && e.key !== "Backspace") return;
  e.preventDefault();
  const list = /** @type {Element} */ (e.currentTarget).closest("ul");
  await act.removeStroke(k);
  // The next one moves up into its place.
  requestAnimationFrame(() => requestAnimationFrame(() => {
    if (document.activeElement !== document.body) return;
    const next = list?.querySelector(`[data-at="${at}"]`) ?? list?.querySelector(`[data-at="${at - 1}"]`) ?? document.querySelector("#tab-strokes");
    /** @type {HTMLElement | null} */ (next)?.focus();
  }));
}
