// @ts-check
// Input Data: what was found, and how its channels fit together.
import { css, draw, html, icon, nothing, repeat } from "../html.js";
import { counted, thousands, titles } from "../words.js";
import { scroller } from "./virtual.js";

export const NEEDS = ["screen", "project", "images", "imageId", "counts", "channels", "watch", "unprepared", "prepare", "shown", "colours", "windows", "statistics", "palette", "menu", "scrolled"];

const rows = scroller(48);

/** @param {any} s @param {any} act @param {any} pictures */
export function inputs(s, act, pictures) {
  const bad = s.images.filter((/** @type {any} */ i) => i.error), fine = s.images.filter((/** @type {any} */ i) => !i.error);
  rows.of(s.project.id);
  const { first, last, before, after } = rows.range(fine.length, 80 * bad.length);
  const look = [s.shown.join(), JSON.stringify(s.colours), JSON.stringify(s.windows), s.statistics !== null, s.palette];
  return html`<div class="input-page"><header class="page-head"><div><h1>Input Data</h1><p>${fine.length ? `${counted(fine.length, "image")}, one panel of ${counted(s.channels.length, "channel")}.` : "No images yet."}${s.project.readOnly ? " This project is read-only." : ""}</p></div>
      <span class="grow"></span><button class="btn" aria-pressed=${String(!!s.watch)} title="Adds new images of the folder as they appear" @click=${() => act.run(act.api.watch(!s.watch))}>${icon("folder")}Watch folder</button>
      <button class="btn primary" aria-haspopup="menu" @click=${(/** @type {any} */ e) => act.addMenu(e.currentTarget)}>${icon("plus")}Add New…</button></header>
    ${prepare(s, act)}
    <div class="input-grid"><section class="card files" aria-label="Images">
      <div class="rows" role="list" aria-label="Images" ${draw(rows.watch(act))}>
        ${bad.map((/** @type {any} */ i) => broken(s, i, act))}
        ${before ? html`<div class="spacer" aria-hidden="true" ${css({ height: `${before}px` })}></div>` : nothing}
        ${repeat(fine.slice(first, last), (/** @type {any} */ i) => i.id, (/** @type {any} */ i) => row(s, act, pictures, i, look))}
        ${after ? html`<div class="spacer" aria-hidden="true" ${css({ height: `${after}px` })}></div>` : nothing}
        ${s.images.length ? nothing : html`<div class="file none"><span class="name">${s.unprepared ? "Nothing to paint on yet" : "No image yet"}<small>${s.unprepared ? "Prepare the raw images above, or add others. " : ""}Add New… opens stacks, folders and single files as they are.</small></span></div>`}
      </div></section>
    <section class="card panel" aria-labelledby="h-panel"><div class="head"><h2 id="h-panel">Panel</h2><span class="count">${counted(s.channels.length, "channel")}</span></div><ol aria-label="Panel">${s.channels.map((/** @type {any} */ c) => html`<li><span title=${c.name}>${c.target}</span><small>${c.metal !== c.target ? c.metal : ""}${/^mean$/i.test(c.target) && !c.metal ? "average × 100" : ""}</small></li>`)}</ol></section></div></div>`;
}

/** @param {any} s @param {any} act @param {any} pictures @param {any} i @param {any[]} look */
function row(s, act, pictures, i, look) {
  const n = (s.counts[i.id] ?? []).reduce((/** @type {number} */ a, /** @type {number} */ b) => a + b, 0), ok = i.channelState === "same";
  return html`<div class="file input-row" role="listitem"><span class="pic"><canvas aria-hidden="true" ${draw(pictures.thumbnail(i), i.path, i.axes, ...look)}></canvas></span>
    <span class="name"><button class="plain" title=${i.path} @click=${() => { act.selectImage(i.id); act.go("training"); }}>${i.file}</button><small>${i.folder}</small></span><span class="dim px">${i.width} × ${i.height}${i.depth > 1 ? ` × ${i.depth}` : ""}</span>
    <span class=${`state ${ok ? "ok" : ""}`} title=${i.note}>${ok ? icon("check") : html`<span class="warn">${icon("alert")}</span>`}${i.note}</span><span class="dim">${n ? `${thousands(n)} labelled px` : "no labels"}</span>
    <span class="act"><button class="icon sm" aria-label=${`${titles(s.images)(i)} properties`} aria-haspopup="menu" @click=${(/** @type {any} */ e) => act.inputMenu(i, e.currentTarget)}>${icon("more")}</button></span></div>`;
}

/** @param {any} s @param {any} i @param {any} act */
const broken = (s, i, act) => html`<div class="file bad" role="listitem"><span class="pic"></span><span class="name">${i.file} <span class="fault">${i.error.title}</span><span class="why"><br>${i.error.message} ${i.error.action}</span></span>
  <span class="acts"><button class="btn sm" @click=${() => act.dialog({ kind: "files", purpose: "replace", image: i.id })}>Replace with file…</button><button class="btn sm" @click=${() => act.removeImage(i.id)}>Remove</button><button class="icon sm" aria-label=${`${titles(s.images)(i)} properties`} aria-haspopup="menu" @click=${(/** @type {any} */ e) => act.inputMenu(i, e.currentTarget)}>${icon("more")}</button></span></div>`;

/** @param {any} s @param {any} act */
function prepare(s, act) {
  const p = s.prepare;
  if (p?.state === "running") return html`<section class="card prepare" aria-label="Prepare images"><p><b>Preparing images</b> ${p.what ?? ""}</p><span class="bar" role="progressbar" aria-label="Prepare images" aria-valuemin="0" aria-valuemax=${p.total} aria-valuenow=${p.done}><i ${css({ "--v": `${(100 * p.done) / Math.max(1, p.total)}%` })}></i></span><span class="dim">${p.done} of ${p.total}</span><button class="btn sm" @click=${() => act.run(act.api.cancelPrepare())}>Cancel</button></section>`;
  if (p?.state === "failed" && p.error) return html`<section class="card prepare" role="alert"><p><b>${p.error.title}</b> ${p.error.message} ${p.error.action}</p>${s.unprepared ? html`<button class="btn sm" @click=${() => act.run(act.api.prepare(s.unprepared.folder))}>Try again</button>` : nothing}</section>`;
  if (s.unprepared) return html`<section class="card prepare" aria-label="Prepare images"><p><b>${counted(s.unprepared.count, "raw image")} not prepared yet.</b> Preparing adds the mean channel, doubles the size and cuts a crop of each to paint on.</p><button class="btn primary" @click=${() => act.run(act.api.prepare(s.unprepared.folder))}>Prepare images</button></section>`;
  return nothing;
}
