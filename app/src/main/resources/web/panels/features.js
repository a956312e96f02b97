// @ts-check
// Feature Selection: each cell shows what that feature sees at the place one was looking at.
import { css, draw, html, icon, live, nothing } from "../html.js";
import { duration, percent, thousands } from "../words.js";
import { clamp } from "../viewer/view.js";
import { turn } from "./labels.js";

export const NEEDS = ["screen", "project", "features", "channels", "active", "imageId", "images", "suggestion", "t", "z", "menu"];

const PATCH = { width: 100, height: 90 };
/** The state that a drag over cells gives; null: none under way. */
let dragging = /** @type {boolean | null} */ (null);
for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => { dragging = null; });

/** What a selection costs: microseconds a pixel on one core, by sigma, and bytes a pixel. @param {any} f @param {number} used channels */
export function cost(f, used) {
  const bySigma = f.scales.map((/** @type {any} */ _, /** @type {number} */ k) => {
    const cells = f.filters.reduce((/** @type {number} */ sum, /** @type {any} */ __, /** @type {number} */ i) => sum + (f.selected[i][k] ? f.cost.filter[i][k] ?? 0 : 0), 0);
    return used * (cells + (f.selected.some((/** @type {boolean[]} */ row) => row[k]) ? f.cost.presmoothing[k] ?? 0 : 0));
  });
  const planes = used * f.filters.reduce((/** @type {number} */ n, /** @type {any} */ filter, /** @type {number} */ i) => n + filter.planes * f.selected[i].filter(Boolean).length, 0);
  return { bySigma, microseconds: bySigma.reduce((/** @type {number} */ a, /** @type {number} */ b) => a + b, 0) + (planes ? f.cost.forest : 0), bytes: 4 * planes };
}

/** @param {any} f @param {(sigma: number) => boolean} wanted */
const select = (f, wanted) => f.filters.map((/** @type {any} */ filter) => f.scales.map((/** @type {any} */ scale) => scale.sigma >= filter.smallest && wanted(scale.sigma)));

const PRESETS = /** @type {[string, (sigma: number) => boolean][]} */ ([["All σ ≥ 1", (v) => v >= 1], ["All", () => true], ["None", () => false]]);

/** @param {any} s @param {any} act @param {any} pictures */
export function features(s, act, pictures) {
  const f = s.features;
  if (!f) return html`<div class="empty-page"><h1>Feature Selection</h1><p>Add an image first: features are chosen for its channels.</p><button class="btn primary" @click=${() => act.go("input")}>Input Data</button></div>`;
  const channel = s.channels.find((/** @type {any} */ c) => c.name === s.active) ?? s.channels[0], preset = PRESETS.find(([, wanted]) => JSON.stringify(select(f, wanted)) === JSON.stringify(f.selected))?.[0];
  const choose = (/** @type {string} */ name) => act.features((/** @type {any} */ now) => ({ selected: select(now, /** @type {any} */ (PRESETS.find(([n]) => n === name))[1]) }));
  const deep = act.viewer.image?.depth > 1;
  return html`<div class="features-page"><header class="page-head"><div><h1>Feature Selection</h1><p>Each picture is what that feature sees of <b>${channel?.target ?? ""}</b> at the place you were looking at.</p></div><span class="grow"></span>
      <div class="seg" role="radiogroup" aria-label="Preset" @keydown=${(/** @type {KeyboardEvent} */ e) => turn(e, PRESETS.map(([n]) => n), preset ?? "None", choose)}>${PRESETS.map(([name]) => html`<button role="radio" aria-checked=${String(preset === name)} tabindex=${preset === name || (!preset && name === "All") ? 0 : -1} aria-label=${name} @click=${() => choose(name)}>${name}</button>`)}</div></header>
    ${suggestion(s, act)}
    <div class="feature-grid"><div class="card table-card">${table(s, act, pictures, channel, deep)}
      <footer class="table-foot"><button class="ghost sm" @click=${() => act.dialog({ kind: "name", title: "Add sigma", label: "Sigma, in pixels", value: "", number: true, run: (/** @type {string} */ v) => addSigma(act, Number(v)) })}>${icon("plus")}Add sigma</button><span class="grow"></span><span class="hint">Drag over cells to set a block.${deep ? "" : " The image has one plane, so every filter runs in 2D."}</span></footer></div>
    <div class="side">${price(s, f)}${used(s, act)}</div></div></div>`;
}

/** @param {any} act @param {number} sigma */
function addSigma(act, sigma) {
  if (!(sigma >= 0.3 && sigma <= 50)) { act.toast("Sigma must be between 0.3 and 50."); return; }
  act.features((/** @type {any} */ f) => {
    if (f.scales.some((/** @type {any} */ c) => c.sigma === sigma)) return {};
    const at = f.scales.filter((/** @type {any} */ c) => c.sigma < sigma).length, put = (/** @type {any[]} */ list, /** @type {any} */ v) => [...list.slice(0, at), v, ...list.slice(at)];
    const near = Math.min(f.scales.length - 1, at);
    return { scales: put(f.scales, { sigma, in2d: true }), selected: f.selected.map((/** @type {boolean[]} */ row, /** @type {number} */ i) => put(row, sigma >= f.filters[i].smallest)), cost: { ...f.cost, filter: f.cost.filter.map((/** @type {number[]} */ row) => put(row, row[near])), presmoothing: put(f.cost.presmoothing, f.cost.presmoothing[near]) } };
  });
}

const STANDARD = [0.3, 0.7, 1, 1.6, 3.5, 5, 10];

/** @param {any} s @param {any} act @param {any} pictures @param {any} channel @param {boolean} deep */
function table(s, act, pictures, channel, deep) {
  const f = s.features, v = act.viewer, image = v.image, c = s.channels.indexOf(channel);
  const w = image ? Math.min(PATCH.width, image.width) : 0, h = image ? Math.min(PATCH.height, image.height) : 0, x0 = image ? clamp(Math.round(v.view.x - w / 2), 0, image.width - w) : 0, y0 = image ? clamp(Math.round(v.view.y - h / 2), 0, image.height - h) : 0;
  const remove = (/** @type {number} */ k) => act.features((/** @type {any} */ now) => ({ scales: now.scales.filter((/** @type {any} */ _, /** @type {number} */ i) => i !== k), selected: now.selected.map((/** @type {boolean[]} */ r) => r.filter((_, i) => i !== k)), cost: { ...now.cost, filter: now.cost.filter.map((/** @type {number[]} */ r) => r.filter((_, i) => i !== k)), presmoothing: now.cost.presmoothing.filter((/** @type {number} */ _, /** @type {number} */ i) => i !== k) } }));
  const in2d = (/** @type {number} */ k) => act.features((/** @type {any} */ now) => ({ scales: now.scales.map((/** @type {any} */ x, /** @type {number} */ i) => (i === k ? { ...x, in2d: !x.in2d } : x)) }));
  return html`<table class="features-table" aria-label="Features" @keydown=${(/** @type {KeyboardEvent} */ e) => keys(e, act)}><colgroup><col class="rowhead">${f.scales.map(() => html`<col>`)}</colgroup>
    <thead><tr><td></td>${f.scales.map((/** @type {any} */ scale, /** @type {number} */ k) => html`<th scope="col"><span class="sigma"><b>σ ${scale.sigma}</b>${STANDARD.includes(scale.sigma) ? nothing : html`<button class="icon" aria-label=${`Remove sigma ${scale.sigma}`} @click=${() => remove(k)}>${icon("x")}</button>`}</span>
      <button class="toggle" aria-label=${`Sigma ${scale.sigma} in 2D`} aria-pressed=${String(scale.in2d || !deep)} title=${deep ? "2D: slice by slice. 3D: along z as well." : "One plane: 2D"} ?disabled=${!deep} @click=${() => in2d(k)}><b>2D</b><em>3D</em></button></th>`)}</tr></thead>
    <tbody>${f.filters.map((/** @type {any} */ filter, /** @type {number} */ i) => html`<tr><th scope="row">${filter.name}<small>${filter.kind}</small></th>${f.scales.map((/** @type {any} */ scale, /** @type {number} */ k) => {
      if (scale.sigma < filter.smallest) return html`<td><span class="feature-none" title="Too small for this filter">–</span></td>`;
      const on = f.selected[i][k], query = { filter: filter.id, sigma: scale.sigma, in2d: scale.in2d, c, t: s.t, z: s.z, x0, y0, x1: x0 + w, y1: y0 + h };
      return html`<td><label class=${on ? "feature on" : "feature"} @pointerdown=${(/** @type {PointerEvent} */ e) => { if (e.button) return; dragging = !on; set(act, i, k, !on); }} @pointerenter=${() => { if (dragging !== null) set(act, i, k, dragging); }} @click=${(/** @type {Event} */ e) => { if (/** @type {PointerEvent} */ (e).detail) e.preventDefault(); }}>
        <input type="checkbox" aria-label=${`${filter.name}, sigma ${scale.sigma}`} data-row=${i} data-column=${k} .checked=${live(on)} @change=${(/** @type {any} */ e) => set(act, i, k, e.target.checked)}>${image ? html`<canvas aria-hidden="true" ${draw(pictures.feature(image, query, { width: w, height: h }), image.id, image.path, image.axes, JSON.stringify(query))}></canvas>` : nothing}</label></td>`;
    })}</tr>`)}</tbody></table>`;
}

/** @param {any} act @param {number} i @param {number} k @param {boolean} on */
function set(act, i, k, on) {
  if (act.get().features.selected[i][k] === on) return;
  act.features((/** @type {any} */ f) => ({ selected: f.selected.map((/** @type {boolean[]} */ row, /** @type {number} */ r) => (r === i ? row.map((v, c) => (c === k ? on : v)) : row)) }));
}

/** Arrows walk, with Shift they take the state along; Ctrl+A ticks all. @param {KeyboardEvent} e @param {any} act */
function keys(e, act) {
  const at = /** @type {HTMLInputElement} */ (e.target);
  if (!at.matches("input[data-row]")) return;
  if ((e.ctrlKey || e.metaKey) && e.key.toLowerCase() === "a") { e.preventDefault(); act.features((/** @type {any} */ f) => ({ selected: select(f, () => true) })); return; }
  const [dy, dx] = /** @type {Record<string, [number, number]>} */ ({ ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] })[e.key] ?? [0, 0];
  if (!dx && !dy) return;
  e.preventDefault();
  const next = /** @type {HTMLInputElement | null} */ (at.closest("table")?.querySelector(`input[data-row="${Number(at.dataset.row) + dy}"][data-column="${Number(at.dataset.column) + dx}"]`) ?? null);
  next?.focus();
  if (e.shiftKey && next) set(act, Number(next.dataset.row), Number(next.dataset.column), at.checked);
}

/** @param {any} s @param {any} f */
function price(s, f) {
  const n = s.channels.filter((/** @type {any} */ c) => c.used).length, { bySigma, microseconds, bytes } = cost(f, n), largest = Math.max(...bySigma, 0.001), cores = f.cost.cores;
  const short = (/** @type {number} */ v) => (v >= 10 ? v.toFixed(0) : v.toFixed(1));
  return html`<section class="card cost" aria-label="Cost"><h2>Cost on this computer</h2><div class="big"><b>${short(microseconds)}</b><span>µs a pixel<br>on one core</span></div>
    <dl class="facts"><div><dt>A 500 × 500 crop, ${cores} ${cores === 1 ? "core" : "cores"}</dt><dd>${duration((microseconds * 0.25) / cores)}</dd></div><div><dt>A full 2400 × 2000 stack</dt><dd>${duration((microseconds * 4.8) / cores)}</dd></div><div><dt>Memory while it runs</dt><dd>${bytes >= 1000 ? `${(bytes / 1000).toFixed(1)} kB` : `${thousands(bytes)} B`} a pixel</dd></div></dl>
    <div class="costbars" aria-label="Cost by sigma">${bySigma.map((/** @type {number} */ v, /** @type {number} */ k) => html`<div class=${v ? "" : "zero"}><span>${v ? short(v) : ""}</span><i ${css({ "--v": String((2.7 * v) / largest) })}></i><span>${f.scales[k].sigma}</span></div>`)}</div></section>`;
}

/** @param {any} s @param {any} act */
function used(s, act) {
  const all = s.channels.map((/** @type {any} */ c) => c.used), n = all.filter(Boolean).length, none = n === 0;
  return html`<section class="card used" aria-labelledby="h-used"><div class="head"><h2 id="h-used">Channels used</h2><span class="count">${n} of ${all.length}</span><span class="grow"></span><button class="ghost sm" @click=${() => act.channelsUsed(all.map(() => none))}>${none ? "All" : "None"}</button></div>
    <ul aria-label="Channels used">${s.channels.map((/** @type {any} */ c, /** @type {number} */ k) => html`<li><label title=${c.importance === null ? c.name : `${c.name}, use ${percent(c.importance)} of the most used`}><input type="checkbox" aria-label=${`${c.name} used`} .checked=${live(c.used)} @change=${() => act.channelsUsed(all.map((/** @type {boolean} */ v, /** @type {number} */ i) => (i === k ? !v : v)))}><span>${c.target}</span><i class="bar" ${css({ "--v": `${100 * (c.importance ?? 0)}%` })}></i></label></li>`)}</ul><p class="note-line">Bars: how much the present forest uses each channel.</p></section>`;
}

/** @param {any} s @param {any} act */
function suggestion(s, act) {
  const g = s.suggestion, drop = () => act.run(act.api.dropSuggestion());
  if (!g) return nothing;
  if (g.state === "running") return html`<section class="card suggestion" aria-label="Suggestion"><p><b>Looking for the features that matter</b> You go on working.</p><span class="bar" role="progressbar" aria-label="Suggest Features" aria-valuemin="0" aria-valuemax="100" aria-valuenow=${Math.round(100 * g.progress)}><i ${css({ "--v": `${100 * g.progress}%` })}></i></span><button class="btn sm" @click=${drop}>Stop</button></section>`;
  if (g.state === "failed") return html`<section class="card suggestion" role="status"><p>${g.message}</p><button class="btn sm" @click=${drop}>Close</button></section>`;
  const n = g.selected.flat().filter(Boolean).length;
  return html`<section class="card suggestion" aria-label="Suggestion"><p><b>${n} features are enough.</b> Out-of-bag error ${percent(g.outOfBag, 1)} instead of ${percent(g.before, 1)}, ${g.microseconds.toFixed(1)} µs a pixel.</p><button class="btn sm" @click=${drop}>Keep mine</button><button class="btn sm primary" @click=${() => { act.features(() => ({ selected: g.selected })); drop(); }}>Use these</button></section>`;
}
