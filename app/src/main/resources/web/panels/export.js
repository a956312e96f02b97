// @ts-check
// Prediction Export: what will be written, before it is written.
import { css, draw, html, icon, live, nothing, repeat } from "../html.js";
import { classColours, ink } from "../colours.js";
import { bytes, percent, when } from "../words.js";
import { turn } from "./labels.js";
import { predicted, PROBABILITIES, SOURCES, toSource } from "./sources.js";
import { scroller } from "./virtual.js";

export const NEEDS = ["screen", "project", "export", "images", "classes", "training", "palette", "shown", "colours", "windows", "statistics", "channels", "imageId", "now", "scrolled"];

const rows = scroller(46);
/** @type {[string, string, any][]} */
const PRESETS = [
  ["IMC pipeline", "Probabilities, uint16, 0–65535, tiff, yxc", { ...PROBABILITIES, file: "{dataset_dir}/{nickname}_{result_type}.tiff" }],
  ["Masks", "Simple Segmentation, uint8, tiff", { source: "Simple Segmentation", type: "uint8", renormalize: false, axes: "yx", cutout: null, format: "tiff", file: "{dataset_dir}/{nickname}_{result_type}.tiff" }],
  ["Archive", "Probabilities, float32, HDF5", { source: "Probabilities", type: "float32", renormalize: false, axes: "yxc", cutout: null, format: "compressed hdf5", file: "{dataset_dir}/{nickname}_{result_type}.h5" }],
];
const TYPES = [["uint8", "unsigned 8-bit"], ["uint16", "unsigned 16-bit"], ["uint32", "unsigned 32-bit"], ["int8", "signed 8-bit"], ["int16", "signed 16-bit"], ["int32", "signed 32-bit"], ["float32", "floating 32-bit"], ["float64", "floating 64-bit"]];
const FORMATS = [["tiff", "tiff", ".tiff"], ["multipage tiff", "multipage tiff (OME)", ".tiff"], ["hdf5", "hdf5", ".h5"], ["compressed hdf5", "compressed hdf5", ".h5"], ["numpy", "numpy", ".npy"], ["png", "png", ".png"]];
const AXES = /** @type {Record<string, string>} */ ({ t: "time", z: "planes", y: "rows", x: "columns", c: "classes" });

/** @param {any} s @param {any} act @param {any} pictures */
export function exporting(s, act, pictures) {
  const e = s.export;
  if (!e) return html`<div class="empty-page"><h1>Prediction Export</h1><p>Add an image and paint two classes first; then there is something to export.</p><button class="btn primary" @click=${() => act.go("training")}>Training</button></div>`;
  const ready = s.training?.model > 0 || !predicted(e.settings.source), busy = e.outputs.some((/** @type {any} */ o) => o.state === "running" || o.state === "waiting"), written = e.outputs.filter((/** @type {any} */ o) => o.state === "current").length;
  const any = e.outputs.some((/** @type {any} */ o) => o.state === "current" || o.state === "old");
  return html`<div class="export-page"><header class="page-head"><div><h1>Prediction Export</h1><p>Set it once: it is stored in the project and used by Batch Processing and the command line.</p></div><span class="grow"></span>
      ${busy ? html`<button class="btn" @click=${() => act.run(act.api.cancelExport())}>Cancel</button>` : html`<button class="btn" ?disabled=${!any} title="Deletes the files that were written with these settings" @click=${() => act.dialog({ kind: "ask", title: "Delete All", text: "The exported files of these settings are deleted. Files of other programs are never touched.", yes: "Delete All", run: () => act.run(act.api.deleteExports()) })}>Delete All</button>`}
      <button class="btn primary" ?disabled=${!ready || busy || !s.images.length} title=${ready ? "" : "There is no prediction yet: paint two classes first"} @click=${() => act.run(act.api.export(null))}>Export All</button></header>
    ${ready ? nothing : html`<section class="card prepare"><p><b>No classifier yet.</b> Paint two classes in Training; exporting never trains by itself.</p><button class="btn sm" @click=${() => act.go("training")}>Training</button></section>`}
    <div class="export-grid">${form(s, act)}${result(s, act, pictures)}
      <section class="card lanes" aria-labelledby="h-lanes"><div class="head"><h2 id="h-lanes">Images</h2><span class="count">${written} of ${e.outputs.length} exported with this classifier</span></div>
        ${lanes(s, act, pictures, ready)}</section></div></div>`;
}

/** @param {any} s @param {any} act */
function form(s, act) {
  const x = s.export.settings, set = act.exportSettings, same = (/** @type {any} */ p) => Object.entries(p).every(([k, v]) => JSON.stringify(x[k]) === JSON.stringify(v)), preset = PRESETS.find(([, , p]) => same(p))?.[0];
  const choose = (/** @type {string} */ name) => set(/** @type {any} */ (PRESETS.find(([n]) => n === name))[2]);
  const number = (/** @type {string} */ label, /** @type {"input" | "output"} */ pair, /** @type {number} */ k) => html`<input inputmode="decimal" aria-label=${`Renormalize ${label}`} .value=${live(shown(x[pair]?.[k], pair))} ?disabled=${!x.renormalize} @change=${(/** @type {any} */ e) => { const v = Number(e.target.value); if (Number.isFinite(v)) { const both = [...x[pair]]; both[k] = v; set({ [pair]: both }); } else act.update({ export: { ...s.export } }); }}>`;
  return html`<section class="card form" aria-label="Export Image Settings">
    <fieldset class="presets"><legend>Preset</legend><div class="preset-list" role="radiogroup" aria-label="Preset" @keydown=${(/** @type {KeyboardEvent} */ e) => turn(e, PRESETS.map(([n]) => n), preset ?? "", choose)}>${PRESETS.map(([name, words], k) => html`<button class="preset" role="radio" aria-checked=${String(preset === name)} tabindex=${preset === name || (!preset && k === 0) ? 0 : -1} aria-label=${name} @click=${() => choose(name)}><b>${name}${preset === name ? icon("check") : nothing}</b><span>${words}</span></button>`)}</div></fieldset>
    <fieldset><label class="row"><span>Source</span>${pick("Source", SOURCES.map((v) => [v, v]), x.source, (v) => set(toSource(x, v)))}</label></fieldset>
    <fieldset><legend>Transformations</legend>
      <label class="row"><span>Convert to Data Type</span>${pick("Convert to Data Type", TYPES, x.type, (v) => set({ type: v }))}</label>
      <div class="row"><label class="check"><input type="checkbox" aria-label="Renormalize" .checked=${live(x.renormalize)} @change=${(/** @type {any} */ e) => set({ renormalize: e.target.checked, input: x.input ?? [0, 1], output: x.output ?? [0, 65535] })}><span>Renormalize</span></label><span class="range">${number("from minimum", "input", 0)}<em>–</em>${number("from maximum", "input", 1)}<em>to</em>${number("to minimum", "output", 0)}<em>–</em>${number("to maximum", "output", 1)}</span></div>
      <label class="row"><span>Transpose to Axis Order</span><span class="axes"><input aria-label="Transpose to Axis Order" .value=${live(x.axes)} @change=${(/** @type {any} */ e) => set({ axes: e.target.value.trim().toLowerCase() })}><em>${[...x.axes].map((a) => AXES[a] ?? a).join(", ")}</em></span></label>
      <div class="row"><label class="check"><input type="checkbox" aria-label="Cutout Subregion" .checked=${live(x.cutout !== null)} @change=${(/** @type {any} */ e) => { const i = s.images[0]; set({ cutout: e.target.checked && i ? { y: [0, i.height], x: [0, i.width] } : null }); }}><span>Cutout Subregion</span></label>${x.cutout ? cutout(x.cutout, set) : html`<em>the whole image</em>`}</div></fieldset>
    <fieldset><legend>Output File</legend>
      <label class="row"><span>Format</span>${pick("Format", FORMATS, x.format, (v) => { const end = FORMATS.find(([id]) => id === v)?.[2] ?? ""; set({ format: v, file: x.file.replace(/\.[a-z0-9]+$/i, end) }); })}</label>
      <label class="row"><span>File</span><input class="path" aria-label="File" .value=${live(x.file)} @change=${(/** @type {any} */ e) => set({ file: e.target.value.trim() })}></label></fieldset></section>`;
}

/** @param {any} v @param {string} pair */
const shown = (v, pair) => (v === undefined ? "" : pair === "input" && Number.isInteger(v) ? v.toFixed(1) : String(v));

/** @param {string} label @param {string[][]} options @param {string} value @param {(v: string) => void} set */
const pick = (label, options, value, set) => html`<select aria-label=${label} @change=${(/** @type {any} */ e) => set(e.target.value)}>${options.map(([id, words]) => html`<option value=${id} .selected=${id === value}>${words}</option>`)}</select>`;

/** @param {Record<string, [number, number]>} cut @param {(change: any) => void} set */
const cutout = (cut, set) => html`<span class="cutout">${["y", "x"].map((axis) => html`<span class="range"><em>${AXES[axis]}</em>${[0, 1].map((k) => html`<input inputmode="numeric" aria-label=${`Cutout ${AXES[axis]} ${k ? "stop" : "start"}`} .value=${live(String(cut[axis]?.[k] ?? ""))} @change=${(/** @type {any} */ e) => { const pair = [...(cut[axis] ?? [0, 0])]; pair[k] = Math.max(0, Math.round(Number(e.target.value) || 0)); set({ cutout: { ...cut, [axis]: pair } }); }}>`)}</span>`)}</span>`;

const PURE = ["red", "green", "blue"];

/** @param {any} s @param {any} act @param {any} pictures */
function result(s, act, pictures) {
  const { check, settings } = s.export, image = s.images.find((/** @type {any} */ i) => i.id === s.imageId) ?? s.images[0], colours = classColours(s.classes, s.palette);
  const side = image ? Math.min(360, image.width, image.height) : 0, x0 = image ? Math.floor((image.width - side) / 2) : 0, y0 = image ? Math.floor((image.height - side) / 2) : 0;
  const name = (check?.file ?? "").split(/[\\/]/).pop() ?? "", cut = name.lastIndexOf("_"), planar = settings.source === "Probabilities";
  return html`<section class="card result" aria-label="What will be written"><div class="head"><h2>What will be written</h2><span class="count">${image ? `for ${image.name}` : ""}</span></div>
    ${s.training?.model > 0 && image && predicted(settings.source) ? html`<div class="out-preview"><canvas width="360" height="360" role="img" aria-label=${`Preview of the exported ${settings.source}`} ${draw(pictures.result(image, [x0, y0, x0 + side, y0 + side], settings.source), image.id, image.path, image.axes, settings.source, s.training.model, s.palette, s.classes)}></canvas>
      ${settings.source === "Uncertainty" ? html`<p class="note-line">Bright where the two most probable classes are equally probable.</p>` : html`<ol class="planes">${s.classes.map((/** @type {any} */ c, /** @type {number} */ k) => html`<li ${css({ "--c": colours[k] })}><span class="key" ${css({ color: ink(colours[k]) })}>${k + 1}</span><b>${c.name}</b><small>${planar && k < 3 && s.classes.length === 3 ? `${PURE[k]} when opened as RGB` : planar ? `plane ${k + 1}` : `value ${k + 1}`}</small></li>`)}</ol>`}</div>` : nothing}
    ${check ? html`<div class="path-line" title=${check.file}>${icon("file")}<span>${cut < 0 ? name : name.slice(0, cut + 1)}<b>${cut < 0 ? "" : name.slice(cut + 1)}</b></span></div>
      <dl class="facts"><div><dt>Size</dt><dd>${check.size.join(" × ")}</dd></div><div><dt>Values</dt><dd>${check.type}, ${check.range[0]}–${check.range[1]}</dd></div><div><dt>On disk, about</dt><dd>${bytes(check.bytes)} each</dd></div></dl>
      <ul class="contract" aria-label="Contract">${check.contract.map((/** @type {any} */ c) => html`<li class=${c.ok ? "" : "off"}>${icon(c.ok ? "check" : "alert")}<span>${c.text}</span></li>`)}</ul>` : html`<p class="note-line" role="status">${image ? `Nothing can be written: these settings do not fit ${image.name}. Look at the data type, Renormalize, the axis order and the cutout.` : "Nothing can be written: there is no image yet."}</p>`}</section>`;
}

/** One line an image. @param {any} s @param {any} act @param {any} pictures @param {boolean} ready */
function lanes(s, act, pictures, ready) {
  const byId = new Map(s.images.map((/** @type {any} */ i) => [i.id, i])), outputs = s.export.outputs.filter((/** @type {any} */ o) => byId.has(o.image));
  rows.of(s.project.id);
  const { first, last, before, after } = rows.range(outputs.length), spacer = (/** @type {number} */ height) => (height ? html`<div class="spacer" aria-hidden="true" ${css({ height: `${height}px` })}></div>` : nothing);
  return html`<div class="lane-list" role="list" aria-label="Images" ${draw(rows.watch(act))}>${spacer(before)}${repeat(outputs.slice(first, last), (/** @type {any} */ o) => o.image, (/** @type {any} */ o) => lane(s, act, pictures, o, byId.get(o.image), ready))}${spacer(after)}</div>`;
}

/** @param {any} s @param {any} act @param {any} pictures @param {any} o @param {any} image @param {boolean} ready */
function lane(s, act, pictures, o, image, ready) {
  const look = [s.shown.join(), JSON.stringify(s.colours), s.statistics !== null];
  const state = { none: html`<span class="state">not written yet</span>`, waiting: html`<span class="state">waiting</span>`, running: html`<span class="state">writing, ${percent(o.progress)}</span>`, current: html`<span class="state ok">${icon("check")}written ${o.when ? when(o.when, s.now) : ""}</span>`, old: html`<span class="state"><span class="warn">${icon("alert")}</span>of an earlier classifier</span>`, failed: html`<span class="state bad" title=${`${o.error?.message ?? ""} ${o.error?.action ?? ""}`}>${icon("alert")}${o.error?.title ?? "failed"}</span>` }[/** @type {string} */ (o.state)];
  return html`<div class="file" role="listitem"><span class="pic"><canvas aria-hidden="true" ${draw(pictures.thumbnail(image), image.path, image.axes, ...look)}></canvas></span><span class="name">${image.name}</span><span class="dim name" title=${o.file}>${o.file.split(/[\\/]/).pop()}</span>${state}
    <span class="act">${o.state === "current" ? html`<button class="ghost sm" aria-label=${`Show ${image.name} in folder`} title="Show in folder" @click=${() => act.run(act.api.reveal(o.file))}>${icon("folder")}</button>` : nothing}<button class="ghost sm" aria-label=${`Export ${image.name}`} ?disabled=${!ready || o.state === "running" || o.state === "waiting"} @click=${() => act.run(act.api.export([o.image]))}>Export</button></span></div>`;
}
