// @ts-check
// Layers from the top down: an eye and an opacity each; Raw Input is always last.
import { classColours } from "../colours.js";
import { css, html, icon, nothing } from "../html.js";
import { keyOf } from "../tools/keys.js";
import { clamp } from "../viewer/view.js";
import { turn } from "./labels.js";

export const NEEDS = ["project", "layers", "classes", "style", "palette", "theme", "keys"];

/** @param {any} s @param {any} act */
export function layers(s, act) {
  if (!s.project) return nothing;
  const L = s.layers, colours = classColours(s.classes, s.palette), key = (/** @type {string} */ id) => keyOf(id, s.keys);
  const swatch = (/** @type {number} */ k) => html`<i class="swatch" ${css({ "--c": colours[k] })}></i>`;
  const group = (/** @type {string} */ id, /** @type {string} */ stem) => (L[id].open ? s.classes.map((/** @type {any} */ c, /** @type {number} */ k) =>
    row(s, act, { id: `${id}:${k}`, name: c.name, label: `${stem} ${c.name}`, on: L[id].classes[k].on, value: L[id].classes[k].opacity, mark: swatch(k), child: true })) : nothing);
  const any = s.classes.some((/** @type {any} */ _, /** @type {number} */ k) => L.prediction.classes[k].on);
  return html`<section class="layers" aria-labelledby="h-layers">
    <div class="head"><h2 id="h-layers">Layers</h2><span class="grow"></span>
      <div class="seg" role="radiogroup" aria-label="Prediction style" @keydown=${(/** @type {KeyboardEvent} */ e) => turn(e, ["fill", "outline"], s.style, act.style)}>${[["fill", "Fill"], ["outline", "Outline"]].map(([id, name]) => html`<button role="radio" aria-checked=${String(s.style === id)} tabindex=${s.style === id ? 0 : -1} aria-label=${name} @click=${() => act.style(id)}>${name}</button>`)}</div></div>
    <ul class="layer-list" aria-label="Layers">
      ${row(s, act, { id: "labels", name: "Labels", on: L.labels.on, value: L.labels.opacity, key: key("labels"), fold: L.labels.open })}${group("labels", "Labels of")}
      ${row(s, act, { id: "uncertainty", name: "Uncertainty", on: L.uncertainty.on, value: L.uncertainty.opacity, key: key("uncertainty"), mark: html`<i class="swatch uncertain"></i>` })}
      ${row(s, act, { id: "segmentation", name: "Segmentation", on: L.segmentation.on, value: L.segmentation.opacity, key: key("segmentation"), fold: L.segmentation.open })}${group("segmentation", "Segmentation for")}
      ${row(s, act, { id: "prediction", name: "Prediction", on: any, value: null, key: key("prediction"), fold: L.prediction.open })}${group("prediction", "Prediction for")}
      ${row(s, act, { id: "raw", name: "Raw Input", on: L.raw.on, value: L.raw.opacity, key: key("raw") })}
    </ul></section>`;
}

/** @param {any} s @param {any} act @param {{id: string, name: string, label?: string, on: boolean, value: number | null, key?: string, mark?: any, fold?: boolean, child?: boolean}} r */
function row(s, act, { id, name, label = name, on, value, key = "", mark = nothing, fold, child = false }) {
  return html`<li class=${`layer${child ? " child" : ""}${on ? "" : " off"}`} @keydown=${(/** @type {KeyboardEvent} */ e) => opacityKeys(e, act, id, value)}>
    <button class="eye" role="checkbox" aria-checked=${String(on)} aria-label=${`${label} visible`} title=${`${name}${key ? ` (${key})` : ""}${id === "segmentation" ? ": lines over a prediction, areas without one" : ""}`} @click=${() => act.toggleLayer(id)}>${icon(on ? "eye" : "eye-off")}</button>
    ${fold === undefined ? html`<span class="glyph">${mark}</span>` : html`<button class="glyph" aria-label=${`${label} classes`} aria-expanded=${String(fold)} @click=${() => act.layers((/** @type {any} */ l) => ({ [id]: { ...l[id], open: !fold } }))}>${icon(fold ? "down" : "right")}</button>`}
    <span class="name" title=${name}><span>${name}</span>${key ? html`<kbd aria-hidden="true">${key}</kbd>` : nothing}</span>
    ${value === null ? html`<span></span><span></span>` : html`<span class="track" role="slider" tabindex="0" aria-label=${`${label} opacity`} aria-valuemin="0" aria-valuemax="100" aria-valuenow=${value} @pointerdown=${(/** @type {PointerEvent} */ e) => drag(e, act, id)}><i ${css({ width: `${value}%` })}></i><b ${css({ left: `${value}%` })}></b></span><span class="val">${value}\u2009%</span>`}</li>`;
}

/** @param {KeyboardEvent} e @param {any} act @param {string} id @param {number | null} value */
function opacityKeys(e, act, id, value) {
  const by = /** @type {Record<string, number>} */ ({ ArrowLeft: -1, ArrowRight: 1, PageDown: -10, PageUp: 10 })[e.key];
  if (!by || value === null) return;
  e.preventDefault();
  e.stopPropagation();
  act.setOpacity(id, value + by);
}

/** @param {PointerEvent} e @param {any} act @param {string} id */
function drag(e, act, id) {
  const target = /** @type {HTMLElement} */ (e.currentTarget), box = target.getBoundingClientRect();
  const move = (/** @type {PointerEvent} */ m) => act.setOpacity(id, 100 * clamp((m.clientX - box.left) / box.width, 0, 1));
  target.setPointerCapture(e.pointerId);
  target.addEventListener("pointermove", move);
  target.addEventListener("lostpointercapture", () => target.removeEventListener("pointermove", move), { once: true });
  move(e);
}
