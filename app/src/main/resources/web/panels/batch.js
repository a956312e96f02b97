// @ts-check
// Batch Processing: many files, failed ones first and in words.
import { css, draw, html, icon, nothing, repeat } from "../html.js";
import { bytes, counted, duration, percent } from "../words.js";
import { scroller } from "./virtual.js";

export const NEEDS = ["screen", "project", "batch", "batchTab", "batchSearch", "batchOpen", "training", "export", "shown", "palette", "channels", "scrolled"];

const scrolled = scroller(48);

/** @param {any} s @param {any} act @param {any} pictures */
export function batch(s, act, pictures) {
  const b = s.batch;
  if (!b?.total) return html`<div class="empty-page"><h1>Batch Processing</h1><p>Choose the full-size images; each is predicted with this project's classifier and export settings and written beside its file.</p><button class="btn primary" @click=${() => act.dialog({ kind: "files", purpose: "batch" })}>Select Raw Data Files…</button></div>`;
  const running = b.state === "running", paused = b.state === "paused", active = running || paused, failed = b.files.filter((/** @type {any} */ f) => f.state === "failed");
  const ready = s.training?.model > 0, x = s.export?.settings;
  return html`<div class="batch-page"><header class="page-head"><div><h1>Batch Processing</h1><p>${x ? `${x.source}, ${x.type}, ${x.format}, beside each image.` : ""}${ready ? "" : " There is no classifier yet: paint two classes in Training."}</p></div><span class="grow"></span>
      ${failed.length ? html`<button class="btn" ?disabled=${!ready} @click=${() => act.run(act.api.batchRetry(failed.map((/** @type {any} */ f) => f.id)))}>Retry failed</button>` : nothing}
      ${active ? html`<button class="btn" @click=${() => act.run(act.api.batch("cancel"))}>Cancel processing</button>` : nothing}
      ${running ? html`<button class="btn" @click=${() => act.run(act.api.batch("pause"))}>${icon("pause")}Pause</button>` : paused ? html`<button class="btn primary" @click=${() => act.run(act.api.batch("resume"))}>${icon("play")}Resume</button>` : html`<button class="btn primary" ?disabled=${!ready} @click=${() => act.run(act.api.batch("run"))}>${icon("play")}Process all files</button>`}</header>
    ${overall(b, active)}${list(s, act, pictures, b)}</div>`;
}

/** @param {any} b @param {boolean} active */
function overall(b, active) {
  const share = (/** @type {number} */ n) => ({ "--v": `${(100 * n) / Math.max(1, b.total)}%` }), left = b.left == null ? "" : b.left < 60 ? "Less than a minute left" : `About ${Math.round(b.left / 60)} min left`;
  const going = b.files.filter((/** @type {any} */ f) => f.state === "running").reduce((/** @type {number} */ n, /** @type {any} */ f) => n + (f.progress ?? 0), 0);
  return html`<section class="card overall" aria-label="Overall progress"><div class="overall-top"><b class="num">${b.done}</b><span class="of">of ${b.total} done</span><span class="grow"></span><b class="eta">${b.state === "paused" ? "Paused" : b.done > 0 && !active && !b.files.some((/** @type {any} */ f) => f.state === "waiting") ? "Finished" : active ? left : ""}</b></div>
    <div class="bigbar" role="progressbar" aria-label="All files" aria-valuemin="0" aria-valuemax=${b.total} aria-valuenow=${b.done}><i class="done" ${css(share(b.done))}></i>${going ? html`<i class="run" ${css(share(going))}></i>` : nothing}${b.failed ? html`<i class="bad" ${css(share(b.failed))}></i>` : nothing}</div>
    <dl class="figures"><div><dt>Speed</dt><dd>${b.pixelsPerSecond ? `${(b.pixelsPerSecond / 1e6).toFixed(1)} Mpx/s` : "–"}</dd></div><div><dt>Images</dt><dd>${b.filesPerMinute ? `${b.filesPerMinute.toFixed(1)} a minute` : "–"}</dd></div><div><dt>Elapsed</dt><dd>${b.elapsed ? duration(b.elapsed) : "–"}</dd></div>${b.memory ? html`<div><dt>Memory</dt><dd>${(b.memory[0] / 1e9).toFixed(1)} of ${bytes(b.memory[1])}</dd></div>` : nothing}${b.kept ? html`<div><dt>Kept, up to date</dt><dd>${counted(b.kept, "file")}</dd></div>` : nothing}</dl></section>`;
}

const TABS = [["all", "All"], ["failed", "Failed"], ["running", "Running"], ["done", "Done"], ["waiting", "Waiting"]];

/** @param {any} s @param {any} act @param {any} pictures @param {any} b */
function list(s, act, pictures, b) {
  const wanted = s.batchSearch.trim().toLowerCase(), files = b.files.filter((/** @type {any} */ f) => !wanted || f.name.toLowerCase().includes(wanted));
  const by = (/** @type {string} */ state) => files.filter((/** @type {any} */ f) => (state === "waiting" ? f.state === "waiting" || f.state === "skipped" : f.state === state)), groups = { failed: by("failed"), running: by("running"), done: by("done").reverse(), waiting: by("waiting") };
  const rows = /** @type {any[]} */ ([]), all = s.batchTab === "all", open = { ...s.batchOpen, waiting: s.batchOpen.waiting ?? (b.state === "idle" && b.done === 0) }, kept = groups.done.filter((/** @type {any} */ f) => f.kept).length;
  if (all || s.batchTab === "failed") rows.push(...groups.failed);
  if (all || s.batchTab === "running") rows.push(...groups.running);
  if (all && groups.done.length) rows.push({ fold: "done", id: "fold-done", name: "Done", words: `${counted(groups.done.length, "file")}${kept ? `, ${kept} of them kept: same image, same classifier` : ""}` });
  if (all ? open.done : s.batchTab === "done") rows.push(...groups.done);
  if (all && groups.waiting.length) rows.push({ fold: "waiting", id: "fold-waiting", name: "Waiting", words: counted(groups.waiting.length, "file") });
  if (all ? open.waiting : s.batchTab === "waiting") rows.push(...groups.waiting);
  scrolled.of(`${s.project.id} ${s.batchTab}`);
  const heads = groups.failed.length, { first, last, before, after } = scrolled.range(rows.length, 20 * heads);
  const count = (/** @type {string} */ id) => (id === "all" ? files.length : groups[/** @type {"done"} */ (id)].length);
  const walk = (/** @type {KeyboardEvent} */ e) => { const dx = e.key === "ArrowRight" ? 1 : e.key === "ArrowLeft" ? -1 : 0; if (!dx) return; e.preventDefault(); const at = TABS.findIndex(([id]) => id === s.batchTab), box = /** @type {Element} */ (e.currentTarget); act.update({ batchTab: TABS[(at + dx + TABS.length) % TABS.length][0] }); requestAnimationFrame(() => /** @type {HTMLElement | null} */ (box.querySelector("[aria-selected=true]"))?.focus()); };
  return html`<section class="card files" aria-label="Files">
    <div class="tabs"><div class="tabs-list" role="tablist" aria-label="Files" @keydown=${walk}>${TABS.map(([id, name]) => html`<button role="tab" aria-selected=${String(s.batchTab === id)} tabindex=${s.batchTab === id ? 0 : -1} class=${id === "failed" && count(id) ? "bad" : ""} aria-label=${`${name} ${count(id)}`} @click=${() => act.update({ batchTab: id })}>${name}<span>${count(id)}</span></button>`)}</div><span class="grow"></span><label class="search">${icon("search")}<input type="search" aria-label="Search files" placeholder="File name" .value=${s.batchSearch} @input=${(/** @type {any} */ e) => act.update({ batchSearch: e.target.value })}></label></div>
    <div class="rows" role="list" aria-label="Files" ${draw(scrolled.watch(act))}>
      ${before ? html`<div class="spacer" aria-hidden="true" ${css({ height: `${before}px` })}></div>` : nothing}${repeat(rows.slice(first, last), (f) => f.id, (f) => (f.fold ? fold(f, act, open) : f.state === "failed" ? broken(f, act, pictures, s) : row(f, act, pictures, s)))}${after ? html`<div class="spacer" aria-hidden="true" ${css({ height: `${after}px` })}></div>` : nothing}
      ${rows.length ? nothing : html`<div class="file"><span></span><span class="dim">${wanted ? "No file is called that." : "Nothing here."}</span></div>`}</div></section>`;
}

/** @param {any} f @param {any} act @param {any} open */
const fold = (f, act, open) => html`<div role="listitem"><button class="fold" aria-expanded=${String(open[f.fold])} aria-label=${`${f.name} files`} @click=${() => act.update({ batchOpen: { ...open, [f.fold]: !open[f.fold] } })}>${icon("down")}<b>${f.name}</b><small>${f.words}</small></button></div>`;

/** @param {any} f @param {any} act @param {any} pictures @param {any} s */
function row(f, act, pictures, s) {
  const running = f.state === "running", done = f.state === "done";
  const middle = running ? html`<span class="bar" role="progressbar" aria-label=${f.name} aria-valuemin="0" aria-valuemax="100" aria-valuenow=${Math.round(100 * f.progress)}><i ${css({ "--v": `${100 * f.progress}%` })}></i></span>` : html`<span class="dim">${done ? `${f.kept ? "kept" : duration(f.seconds ?? 0)}${f.uncertainty == null ? "" : `, uncertainty ${f.uncertainty.toFixed(2)}`}` : ""}</span>`;
  const state = running ? html`<span class="state">${percent(f.progress)}, ${f.step}${f.seconds ? `, ${duration(f.seconds, 0)}` : ""}</span>` : done ? (f.outlier ? html`<span class="state"><span class="warn">${icon("alert")}</span>look at this one</span>` : html`<span class="state ok">${icon("check")}done</span>`) : html`<span class="state">${f.state}</span>`;
  const action = done ? html`<button class="ghost sm" title="Show the result in its folder" @click=${() => act.run(act.api.reveal(f.output))}>Open</button>` : f.state === "skipped" ? html`<button class="ghost sm" @click=${() => act.run(act.api.batchRetry([f.id]))}>Retry</button>` : f.state === "waiting" ? html`<button class="icon sm" aria-label="Skip this file" title="Skip" @click=${() => act.run(act.api.batchSkip([f.id]))}>${icon("x")}</button>` : nothing;
  return html`<div class=${`file ${f.state}`} role="listitem"><span class="pic"><canvas aria-hidden="true" ${draw(pictures.batchFile(f), f.state === "done", f.output, f.width, s.shown.join(), s.palette)}></canvas></span><span class="name" title=${f.path}>${f.name}</span><span class="dim">${f.width ? `${f.width} × ${f.height}` : ""}</span>${middle}${state}<span class="act">${action}</span></div>`;
}

/** @param {any} f @param {any} act @param {any} pictures @param {any} s */
const broken = (f, act, pictures, s) => html`<div class="file bad" role="listitem"><span class="pic"><canvas aria-hidden="true" ${draw(pictures.batchFile(f), f.width, s.shown.join())}></canvas></span><span class="name">${f.name} <span class="fault">${f.error?.title ?? "Failed"}</span><span class="why"><br>${f.error?.message ?? ""} ${f.error?.action ?? ""}</span></span>
  <span class="acts">${f.error?.details?.expected ? html`<button class="btn sm" @click=${() => act.dialog({ kind: "panels", name: f.name, ...f.error.details })}>Compare panels</button>` : html`<button class="btn sm" @click=${() => act.run(act.api.reveal(f.path))}>Show in folder</button>`}<button class="btn sm" @click=${() => act.run(act.api.batchRetry([f.id]))}>Retry</button></span></div>`;
