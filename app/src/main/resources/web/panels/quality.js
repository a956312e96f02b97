// @ts-check
// How good the prediction is: the flattering number, the honest one, and where it is wrong.
import { css, html, icon, nothing } from "../html.js";
import { classColours } from "../colours.js";
import { counted, percent, titles } from "../words.js";

const W = 240, H = 34;

/** @param {any} s @param {any} act */
export function quality(s, act) {
  const q = s.quality, open = s.quality_open;
  return html`<section class="quality" aria-labelledby="h-quality">
    <h2 id="h-quality"><button class="head disclosure" aria-label="Quality" aria-expanded=${String(open)} @click=${() => act.update({ quality_open: !open })}>Quality${icon("down")}</button></h2>
    ${!open ? nothing : !q ? html`<p class="note-line">Error and confusion appear with the first prediction.</p>` : html`<div class="quality-body">
      <div class="stats">
        <div title="Errors on labelled pixels a tree did not see. Optimistic: neighbours in a stroke look alike.">${number(q.outOfBag)}<span><i class="ln dash"></i>Out-of-bag error</span></div>
        <div title="Whole strokes left out of training, then predicted. The honest number.">${number(q.leftOut)}<span><i class="ln"></i>Left-out strokes</span></div>
      </div>
      <div class="trend">${trend(q.trend)}</div>
      <div class="matrix-box">${q.confusion ? matrix(s, act, q.confusion) : nothing}</div>
      ${slips(s, act, q)}${use(s, act, q)}</div>`}
  </section>`;
}

/** @param {number | null} share */
const number = (share) => html`<b>${share == null ? "–" : (100 * share).toFixed(1)}<small>${share == null ? "" : " %"}</small></b>`;

/** @param {{outOfBag: number, leftOut: number | null}[]} all */
function trend(all) {
  // A single update is a short line, not nothing.
  const trend = all.length === 1 ? [all[0], all[0]] : all;
  const most = Math.max(0.02, ...trend.map((t) => Math.max(t.outOfBag, t.leftOut ?? 0))), step = W / 15;
  const line = (/** @type {(t: any) => number | null} */ of) => trend.map((t, i) => ({ x: (i + 16 - trend.length) * step, v: of(t) })).filter((p) => p.v != null)
    .map((p, i) => `${i ? "L" : "M"}${p.x.toFixed(1)} ${(H - 2 - (/** @type {number} */ (p.v) / most) * (H - 4)).toFixed(1)}`).join("");
  return html`<svg viewBox="0 0 240 34" preserveAspectRatio="none" role="img" aria-label="Error over the last 16 updates"><path class="base" d="M0 33.5H240"></path><path class="left-out" d=${line((t) => t.leftOut)}></path><path class="oob" d=${line((t) => t.outOfBag)}></path></svg>`;
}

/** @param {any} s @param {any} act @param {number[][]} counts */
function matrix(s, act, counts) {
  const colours = classColours(s.classes, s.palette), known = s.classes.map((/** @type {any} */ _, /** @type {number} */ k) => k).filter((/** @type {number} */ k) => counts[k]);
  const dot = (/** @type {number} */ k) => html`<i class="swatch" ${css({ "--c": colours[k] })}></i>`;
  return html`<table class="matrix" aria-label="Confusion matrix"><caption>Rows painted, columns predicted, in %</caption>
    <thead><tr><td class="corner"></td>${known.map((/** @type {number} */ k) => html`<th scope="col" aria-label=${`predicted ${s.classes[k].name}`}>${dot(k)}</th>`)}</tr></thead>
    <tbody>${known.map((/** @type {number} */ i) => {
      const sum = counts[i].reduce((a, b) => a + b, 0);
      return html`<tr><th scope="row" title=${s.classes[i].name}>${dot(i)}${s.classes[i].name}</th>${known.map((/** @type {number} */ j) => {
        const v = sum ? (100 * (counts[i][j] ?? 0)) / sum : 0;
        return html`<td class=${i === j ? "hit" : v > 5 ? "miss" : ""}><button tabindex=${i === j || !v ? -1 : 0} title=${`Painted ${s.classes[i].name}, predicted ${s.classes[j].name}: ${counts[i][j] ?? 0} pixels. Show them.`} @click=${() => act.showCell(i + 1, j + 1)}>${sum ? v.toFixed(1) : "–"}</button></td>`;
      })}</tr>`;
    })}</tbody></table>`;
}

/** @param {any} act @param {"uses" | "slips"} id @param {boolean} open @param {string} words */
const fold = (act, id, open, words) => html`<button class="ghost sm" aria-expanded=${String(open)} @click=${() => act.update((/** @type {any} */ s) => ({ unfolded: { ...s.unfolded, [id]: !open } }))}>${icon(open ? "down" : "right")}${words}</button>`;

/** Pixels that were painted by mistake, as it seems: forests that never saw their stroke contradict. @param {any} s @param {any} act @param {any} q */
function slips(s, act, q) {
  const list = (q.slips ?? []).filter((/** @type {any} */ p) => s.classes[p.painted - 1] && s.classes[p.predicted - 1]), open = s.unfolded.slips;
  if (!list.length) return nothing;
  const titled = titles(s.images), byId = new Map(s.images.map((/** @type {any} */ i) => [i.id, titled(i)])), colours = classColours(s.classes, s.palette), dot = (/** @type {number} */ n) => html`<i class="swatch" ${css({ "--c": colours[n - 1] })}></i>`;
  return html`<div class="slips">${fold(act, "slips", open, counted(list.length, "probable slip"))}
    ${open ? html`<ul aria-label="Probable slips">${list.map((/** @type {any} */ p) => {
      const [painted, predicted] = [p.painted, p.predicted].map((n) => s.classes[n - 1].name), image = byId.get(p.image) ?? "";
      return html`<li><button aria-label=${`Painted ${painted}, looks like ${predicted}, ${image}, x ${p.x} y ${p.y}`} title=${`Painted ${painted}, looks like ${predicted} to ${percent(p.share)} of the trees. Show it.`} @click=${() => act.goTo({ ...p, box: [p.x - 12, p.y - 12, p.x + 13, p.y + 13] })}>${dot(p.painted)}${icon("right")}${dot(p.predicted)}<span>${image}</span><span class="px">${percent(p.share)}</span></button></li>`;
    })}</ul>` : nothing}</div>`;
}

/** @param {any} s @param {any} act @param {any} q */
function use(s, act, q) {
  if (!q.importance) return nothing;
  const bars = (/** @type {string[]} */ names, /** @type {number[]} */ values, /** @type {number} */ most) => {
    const top = names.map((name, i) => ({ name, v: values[i] ?? 0 })).sort((a, b) => b.v - a.v).slice(0, most), max = top[0]?.v || 1, all = values.reduce((a, b) => a + b, 0) || 1;
    return html`<ul>${top.map((t) => html`<li><span>${t.name}</span><span>${percent(t.v / all)}</span><span class="bar" ${css({ "--v": `${(100 * t.v) / max}%` })}><i></i></span></li>`)}</ul>`;
  };
  const { uses } = s.unfolded;
  return html`<div class="uses">${fold(act, "uses", uses, "What it uses")}
    ${uses ? html`<h3>By channel</h3>${bars(s.channels.map((/** @type {any} */ c) => c.target), q.importance.channels, 8)}<h3>By filter</h3>${bars((s.features?.filters ?? []).map((/** @type {any} */ f) => f.name), q.importance.filters, 6)}` : nothing}</div>`;
}
