// @ts-check
// The classes, the tools and the size of the brush.
import { css, draw, html, icon, nothing, repeat } from "../html.js";
import { classColours, ink } from "../colours.js";
import { keyOf } from "../tools/keys.js";
import { thousands } from "../words.js";

const SIZES = [1, 3, 5, 7, 11, 23, 31, 61];
const DOTS = [2, 3, 4, 5, 7, 9, 11, 13];
const TOOLS = [["Navigation", "navigation", "arrow"], ["Brush", "brush", "brush"], ["Eraser", "eraser", "eraser"], ["Window Leveling", "levelling", "contrast"]];

/** Labelled pixels of class k over all images. @param {any} s @param {number} k */
export const total = (s, k) => Object.values(s.counts ?? {}).reduce((/** @type {number} */ n, c) => n + (/** @type {number[]} */ (c)[k] ?? 0), 0);

/** @param {any} s @param {any} act */
export function labels(s, act) {
  const colours = classColours(s.classes, s.palette), key = (/** @type {string} */ id) => keyOf(id, s.keys), size = s.sizes[s.tool === "Eraser" ? "Eraser" : "Brush"];
  return html`
    <section aria-labelledby="h-labels">
      <div class="head"><h2 id="h-labels">Labels</h2><span class="grow"></span><button class="icon sm" aria-label="Label actions" title="Rename, colour, clear, merge, delete" aria-haspopup="menu" ?disabled=${!s.classes.length} @click=${(/** @type {any} */ e) => act.labelMenu(s.label, e.currentTarget)}>${icon("more")}</button></div>
      <ul class="labels" role="listbox" aria-label="Labels" @keydown=${(/** @type {KeyboardEvent} */ e) => walk(e, s, act)}>${repeat(s.classes, (_, k) => k, (c, k) => option(s, act, c, /** @type {number} */ (k), colours))}</ul>
      <button class="ghost add" title=${`Add Label (${key("add")})`} @click=${act.addLabel}>${icon("plus")}Add Label</button>
    </section>
    <div class="tools-block">
      <div class="tools" role="radiogroup" aria-label="Tools" @keydown=${(/** @type {KeyboardEvent} */ e) => turn(e, TOOLS.map(([name]) => name), s.tool, act.tool)}>${TOOLS.map(([name, id, picture]) => html`
        <button role="radio" aria-checked=${String(s.tool === name)} tabindex=${s.tool === name ? 0 : -1} aria-label=${name} title=${`${name} (${key(id)})`} @click=${() => act.tool(name)}>${icon(picture)}<kbd aria-hidden="true">${key(id)}</kbd></button>`)}</div>
      <div class="size"><label for="brush-size">${s.tool === "Eraser" ? "Eraser size" : "Brush size"}</label><span class="dots" aria-hidden="true">${SIZES.map((n, k) => html`<i class=${n === size ? "on" : ""} ${css({ width: `${DOTS[k]}px`, height: `${DOTS[k]}px`, "--c": s.tool === "Eraser" ? "var(--text-1)" : colours[s.label - 1] ?? "" })}></i>`)}</span>
        <select id="brush-size" aria-label="Brush size" title=${`Smaller (${key("smaller")})  Larger (${key("larger")})`} @change=${(/** @type {any} */ e) => act.setSize(Number(e.target.value))}>${SIZES.map((n) => html`<option value=${n} .selected=${n === size}>${n}</option>`)}</select></div>
    </div>`;
}

/** @param {any} s @param {any} act @param {any} c @param {number} k @param {string[]} colours */
function option(s, act, c, k, colours) {
  const n = k + 1, count = total(s, k), selected = n === s.label, hidden = !s.layers.labels.classes[k]?.on;
  return html`<li role="option" tabindex=${selected ? 0 : -1} aria-selected=${String(selected)} aria-label=${c.name} aria-description=${`${count} labelled pixels${n < 10 ? `, key ${n}` : ""}`} ${css({ "--c": colours[k] })}
    @click=${() => act.selectClass(n)} @dblclick=${() => act.update({ renaming: n })} @contextmenu=${(/** @type {MouseEvent} */ e) => { e.preventDefault(); act.update({ label: n }); act.labelMenu(n, e); }}>
    <span class="key" ${css({ color: ink(colours[k]) })}>${n}</span>${s.renaming === n
      ? html`<input aria-label=${`Name of ${c.name}`} maxlength="80" .value=${c.name} ${draw((/** @type {HTMLInputElement} */ input) => { input.focus(); input.select(); }, n)} @click=${(/** @type {Event} */ e) => e.stopPropagation()} @keydown=${(/** @type {KeyboardEvent} */ e) => { e.stopPropagation(); if (e.key === "Enter" || e.key === "Escape") { e.preventDefault(); named(e, act, n, e.key === "Enter"); } }} @blur=${(/** @type {any} */ e) => { if (act.get().renaming === n) act.rename(n, e.target.value); }}>`
      : html`<span class=${hidden ? "name hidden-label" : "name"} title=${c.name}>${c.name}</span>`}<span class="n">${hidden ? html`${icon("eye-off")}` : nothing}${thousands(count)}</span></li>`;
}

/** The name is written, or not; the field goes, and its class has the focus. @param {KeyboardEvent} e @param {any} act @param {number} n @param {boolean} save */
function named(e, act, n, save) {
  const input = /** @type {HTMLInputElement} */ (e.target), list = input.closest("ul");
  // The field loses the focus as it goes: nobody is being renamed then.
  act.update({ renaming: 0 });
  if (save) act.rename(n, input.value);
  requestAnimationFrame(() => requestAnimationFrame(() => { if (document.activeElement === document.body) /** @type {HTMLElement | null} */ (list?.children[n - 1])?.focus(); }));
}

/** @param {KeyboardEvent} e @param {any} s @param {any} act */
function walk(e, s, act) {
  if (/** @type {Element} */ (e.target).matches("input")) return;
  const by = e.key === "ArrowDown" ? 1 : e.key === "ArrowUp" ? -1 : 0;
  if (by) { act.update({ label: Math.max(1, Math.min(s.classes.length, s.label + by)) }); requestAnimationFrame(() => /** @type {HTMLElement | null} */ (document.querySelector(".labels [aria-selected=true]"))?.focus()); } else if (e.key === "F2") act.update({ renaming: s.label });
  else if (e.key === "Delete" && s.classes.length > 2) act.removeClass(s.label);
  else if (e.key === "Enter" || e.key === " ") act.selectClass(s.label);
  else if (e.key === "ContextMenu" || (e.key === "F10" && e.shiftKey)) act.labelMenu(s.label, e.target);
  else return;
  e.preventDefault();
  e.stopPropagation();
}

/** Arrow keys in a radio group. @param {KeyboardEvent} e @param {string[]} values @param {string} value @param {(value: string) => void} set */
export function turn(e, values, value, set) {
  const by = e.key === "ArrowRight" || e.key === "ArrowDown" ? 1 : e.key === "ArrowLeft" || e.key === "ArrowUp" ? -1 : 0;
  if (!by) return;
  e.preventDefault();
  e.stopPropagation();
  const group = /** @type {HTMLElement} */ (e.currentTarget);
  set(values[(values.indexOf(value) + by + values.length) % values.length]);
  requestAnimationFrame(() => /** @type {HTMLElement | null} */ (group.querySelector("[aria-checked=true]"))?.focus());
}
