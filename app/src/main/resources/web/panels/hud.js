// @ts-check
// What lies over the image: legend, zoom, scale bar, the curtain, what is going on.
import { css, html, icon, live, nothing } from "../html.js";
import { ink } from "../colours.js";
import { keyOf } from "../tools/keys.js";
import { clamp, scaleBar } from "../viewer/view.js";
import { short } from "../viewer/contrast.js";
import { percent } from "../words.js";

export const NEEDS = ["project", "imageId", "z", "t", "images", "shown", "colours", "palette", "theme", "compare", "hud", "predicting", "counts", "classes", "training", "unsent", "keys", "layers", "channels", "lastStroke"];

/** @param {any} s @param {any} act @param {import("../viewer/viewer.js").Viewer} viewer */
export function hud(s, act, viewer) {
  const image = viewer.image, key = (/** @type {string} */ id) => keyOf(id, s.keys);
  if (!s.project) return nothing;
  if (!image) return html`<div class="empty"><h2>No image yet</h2><p>Add stacks in Input Data; they open as they are.</p><p><button class="btn" @click=${() => act.go("input")}>Input Data</button></p></div>`;
  const any = Object.values(s.counts).some((c) => /** @type {number[]} */ (c).some(Boolean)) || s.lastStroke || s.unsent;
  const showCompare = s.compare !== null && s.training?.model > 0;
  if (!s.hud) return showCompare ? curtain(s, act, viewer) : nothing;
  const bar = scaleBar(viewer.view.zoom, image.pixelSize ?? 1);
  return html`
    <ul class="legend" aria-hidden="true">${viewer.shown().map((c) => html`<li><i class="swatch" ${css({ "--c": c.hex })}></i>${c.target}</li>`)}</ul>
    ${showCompare ? curtain(s, act, viewer) : nothing}
    <div class="zoom" role="group" aria-label="Zoom">
      <button class="icon" aria-label="Compare" aria-pressed=${String(s.compare !== null)} title=${`Compare raw and prediction (${key("compare")})`} @click=${act.compare}>${icon("grip")}</button><span class="bar"></span>
      <button class="icon" aria-label="Zoom out" title=${`Zoom out (${key("zoomOut")})`} @click=${() => viewer.zoom(1 / 1.25, viewer.screen.width / 2, viewer.screen.height / 2)}>${icon("minus")}</button><span class="level">${percent(viewer.view.zoom)}</span>
      <button class="icon" aria-label="Zoom in" title=${`Zoom in (${key("zoomIn")})`} @click=${() => viewer.zoom(1.25, viewer.screen.width / 2, viewer.screen.height / 2)}>${icon("plus")}</button>
      <button class="icon" aria-label="Fit image" title=${`Fit image (${key("fit")})`} @click=${() => viewer.fit()}>${icon("fit")}</button>
    </div>
    <div class="scale" aria-hidden="true"><i ${css({ width: `${bar.pixels}px` })}></i>${bar.length} ${image.pixelSize ? "µm" : "px"}</div>
    ${image.depth > 1 || image.times > 1 ? html`<div class="slices" role="group" aria-label="Slices">${slider("z", s.z, image.depth, `${key("sliceUp")}, ${key("sliceDown")}, wheel`, (z) => act.slice(z - s.z))}${slider("t", s.t, image.times, `${key("later")}, ${key("earlier")}`, (t) => act.time(t - s.t))}</div>` : nothing}
    ${s.predicting !== null ? html`<div class="busy" role="status">Predicting the visible area<span class="bar"><i ${css({ width: `${100 * s.predicting}%` })}></i></span></div>` : nothing}
    ${!any && s.classes.length > 1 ? html`<div class="empty"><h2>Paint a little of each class</h2>${intro(s.classes)}</div>` : nothing}`;
}

/** @param {"z" | "t"} axis @param {number} at @param {number} count @param {string} keys @param {(value: number) => void} go */
const slider = (axis, at, count, keys, go) => (count < 2 ? nothing : html`<label title=${`${axis === "z" ? "Slice" : "Time"} (${keys})`}><b>${axis}</b><input type="range" aria-label=${axis === "z" ? "Slice" : "Time"} min="1" max=${count} step="1" .value=${live(String(at + 1))} @input=${(/** @type {any} */ e) => go(Number(e.target.value) - 1)}><span>${at + 1} of ${count}</span></label>`);

/** @param {any[]} classes */
function intro(classes) {
  const tissue = classes.length === 3 && classes[0].name === "nucleus" && classes[1].name === "cytoplasm" && classes[2].name === "background", kbd = (/** @type {number} */ n) => html`<kbd>${n}</kbd>`;
  return tissue ? html`<p>Press ${kbd(1)}, draw a line in a nucleus. Press ${kbd(2)}, circle it with cytoplasm. Press ${kbd(3)}, mark some background. A prediction appears as soon as two classes have strokes.</p>`
    : html`<p>${classes.slice(0, 3).map((c, k) => html`Press ${kbd(k + 1)} and draw a line in ${c.name}. `)}A prediction appears as soon as two classes have strokes.</p>`;
}

/** @param {any} s @param {any} act @param {import("../viewer/viewer.js").Viewer} viewer */
function curtain(s, act, viewer) {
  const left = { left: `${s.compare * viewer.screen.width}px` };
  const move = (/** @type {PointerEvent} */ e) => {
    const target = /** @type {HTMLElement} */ (e.currentTarget), box = viewer.element.getBoundingClientRect(), drag = (/** @type {PointerEvent} */ m) => act.wipe((m.clientX - box.left) / box.width);
    e.stopPropagation();
    target.setPointerCapture(e.pointerId);
    target.addEventListener("pointermove", drag);
    target.addEventListener("lostpointercapture", () => target.removeEventListener("pointermove", drag), { once: true });
  };
  const keys = (/** @type {KeyboardEvent} */ e) => {
    const by = /** @type {Record<string, number>} */ ({ ArrowLeft: -0.01, ArrowRight: 0.01, PageUp: 0.1, PageDown: -0.1 })[e.key];
    if (by) { e.preventDefault(); e.stopPropagation(); act.wipe(clamp(s.compare + by, 0, 1)); }
  };
  return html`<span class="wipe-tag l" aria-hidden="true" ${css(left)}>Raw Input</span><span class="wipe-tag r" aria-hidden="true" ${css(left)}>Prediction</span>
    <div class="wipe" role="slider" tabindex="0" aria-label="Compare position" aria-valuemin="0" aria-valuemax="100" aria-valuenow=${Math.round(100 * s.compare)} ${css(left)} @pointerdown=${move} @keydown=${keys}><i>${icon("grip")}</i></div>`;
}

/** The bar below: where the pointer is and what is there. @param {any} s @param {import("../viewer/viewer.js").Viewer} viewer @param {string[]} colours */
export function readout(s, viewer, colours) {
  const at = viewer.values(), chances = at?.probabilities ?? null;
  if (!viewer.image) return nothing;
  const values = at?.values ?? viewer.shown().map((c) => ({ ...c, value: null }));
  return html`<span class="xy">${at ? html`x ${at.x}\u2002y ${at.y}` : html`<span class="position">${viewer.image.width} × ${viewer.image.height}</span>`}</span>
    <span class="vals">${values.map((/** @type {any} */ v) => html`<span><i class="swatch" ${css({ "--c": v.hex, background: "var(--c)" })}></i>${v.target}<b>${v.value === null ? "" : number(v.value)}</b></span>`)}</span>
    ${chances ? html`<span class=${`probs vals${chances.stale ? " stale" : ""}`}>${s.classes.map((/** @type {any} */ c, /** @type {number} */ k) => html`<span ${css({ "--c": colours[k] })}><i class="key" ${css({ color: ink(colours[k]) })}>${k + 1}</i><i class="swatch"></i><span class="nm">${c.name}</span><b>${chances.values[k]?.toFixed(2) ?? ""}</b></span>`)}</span>` : nothing}`;
}

/** @param {number} v */
const number = (v) => (Number.isInteger(v) && Math.abs(v) >= 100 ? String(v) : Math.abs(v) >= 1000 ? v.toFixed(0) : Math.abs(v) < 1 && v !== 0 ? v.toFixed(2) : Number.isInteger(v) ? String(v) : short(v));
