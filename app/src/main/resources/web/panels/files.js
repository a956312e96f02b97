// @ts-check
// The folder dialog: the server lists, within the folders the user named.
import { css, draw, html, icon, live, nothing, repeat } from "../html.js";
import { ago, bytes, counted } from "../words.js";
import { lacking, pathParts, separator, startFolder } from "./folders.js";
import { scroller } from "./virtual.js";

const PURPOSES = /** @type {Record<string, {title: string, yes: string, folder: boolean, kinds: string[], many?: boolean, save?: boolean}>} */ ({
  folder: { title: "Open Folder", yes: "Open this folder", folder: true, kinds: ["image"] },
  project: { title: "Open Project", yes: "Open", folder: false, kinds: ["project"] },
  images: { title: "Separate Image(s)", yes: "Add", folder: false, kinds: ["image"], many: true },
  addFolder: { title: "Add Folder", yes: "Add this folder", folder: true, kinds: ["image"] },
  batch: { title: "Select Raw Data Files", yes: "Add", folder: true, kinds: ["image"], many: true },
  replace: { title: "Replace with file", yes: "Replace", folder: false, kinds: ["image"] },
  labels: { title: "Import labels", yes: "Import", folder: false, kinds: ["image"] },
  exportLabels: { title: "Export labels", yes: "Export to this folder", folder: true, kinds: [] },
  saveAs: { title: "Save as", yes: "Save", folder: true, kinds: ["project"], save: true },
});

const rows = scroller(30);
/** Answers of older questions are not looked at. */
let asked = 0, typing = 0;
/** What the first click of a double click met: the second may meet what took its place. */
let clicked = "";

/** Changes the dialog as it is now, if it is still this one. @param {any} act @param {any} change */
const change = (act, change) => act.update((/** @type {any} */ s) => (s.dialog?.kind === "files" ? { dialog: { ...s.dialog, ...change } } : {}));

/** @param {any} act @param {string | null} path @param {string} [q] a part of the names */
async function list(act, path, q = "") {
  const now = ++asked, inside = document.querySelector("dialog .entries")?.contains(document.activeElement);
  clearTimeout(typing);
  change(act, { reading: true, error: null });
  try {
    const listing = await act.api.files(path, q);
    if (now !== asked) return;
    change(act, { listing, reading: false, q, ...(listing.path === act.get().dialog?.listing?.path ? {} : { chosen: [] }) });
    // The entry that had the focus is gone.
    if (inside) requestAnimationFrame(() => requestAnimationFrame(() => { if (!document.activeElement?.closest(".entry, input")) /** @type {HTMLElement | null} */ (document.querySelector("dialog .entries button, dialog .filter input"))?.focus(); }));
  } catch (/** @type {any} */ error) {
    if (now === asked) change(act, { reading: false, error: { title: error.title ?? "This folder cannot be read", message: error.message ?? String(error), action: error.action ?? "" } });
  }
}

/** @param {any} d @param {any} s @param {any} act @param {() => void} close */
export function fileDialog(d, s, act, close) {
  const p = PURPOSES[d.purpose], l = d.listing ?? { path: "", parent: null, roots: s.server?.roots ?? [], entries: [] }, q = d.q ?? "";
  if (!d.asked) { d.asked = true; queueMicrotask(() => list(act, startFolder(d.purpose === "folder" || d.purpose === "project" ? null : s.project?.folder, s.server?.roots))); }
  rows.of(`${l.path}?${q}`);
  const fits = (/** @type {any} */ e) => p.kinds.includes(e.kind), chosen = d.chosen ?? [], name = d.name ?? defaultName(s);
  // A server that knows no filter sends everything.
  const entries = l.entries.filter((/** @type {any} */ e) => e.kind !== "other" && e.name.toLowerCase().includes(q.toLowerCase())), others = l.entries.filter((/** @type {any} */ e) => e.kind === "other").length, images = entries.filter((/** @type {any} */ e) => e.kind === "image");
  const pick = (/** @type {any} */ e, /** @type {MouseEvent} */ m) => {
    if (!fits(e)) return;
    const paths = entries.filter(fits).map((/** @type {any} */ x) => x.path), last = paths.indexOf(chosen[chosen.length - 1]), at = paths.indexOf(e.path);
    const next = p.many && m.shiftKey && last >= 0 ? [...new Set([...chosen, ...paths.slice(Math.min(last, at), Math.max(last, at) + 1)])] : p.many ? (chosen.includes(e.path) ? chosen.filter((/** @type {string} */ c) => c !== e.path) : [...chosen, e.path]) : [e.path];
    change(act, { chosen: next, name: p.save ? e.name : d.name });
  };
  const click = (/** @type {any} */ e, /** @type {MouseEvent} */ m) => {
    if (m.detail > 1) return;
    clicked = e.path;
    if (e.kind === "folder") list(act, e.path); else pick(e, m);
  };
  const enter = (/** @type {any} */ e) => { if (e.path === clicked && fits(e) && !p.save) done(d, s, act, [e.path], close); };
  const ready = !!d.listing && (p.save ? !!name.trim() : chosen.length > 0 || p.folder), yes = () => { const now = act.get().dialog ?? d; if (ready) done(now, s, act, now.chosen ?? [], close); }; // what was typed or chosen in this frame counts
  const filter = (/** @type {string} */ text) => { change(act, { q: text }); clearTimeout(typing); if (d.listing) typing = window.setTimeout(() => list(act, l.path, text), 150); };
  const { first, last, before, after } = rows.range(entries.length), spacer = (/** @type {number} */ height) => (height ? html`<div class="spacer" aria-hidden="true" ${css({ height: `${height}px` })}></div>` : nothing), more = d.listing ? lacking(l) : "";
  return html`<header><h2>${p.title}</h2><span class="grow"></span><button class="icon" aria-label="Close" @click=${close}>${icon("x")}</button></header>
    <div class="way"><nav class="crumbs" aria-label="Folder"><button class="icon sm" aria-label="Up" title="Up" ?disabled=${!l.parent} @click=${() => list(act, l.parent)}>${icon("up")}</button>${pathParts(l.path, l.roots).map((c, k) => html`${k ? icon("right") : nothing}<button @click=${() => list(act, c.path)}>${c.name}</button>`)}</nav>
      <label class="search filter">${icon("search")}<input type="search" aria-label="Filter" placeholder="Type a part of the name" ?autofocus=${!p.save} .value=${live(q)} @input=${(/** @type {any} */ e) => filter(e.target.value)} @keydown=${(/** @type {KeyboardEvent} */ e) => { if (e.key === "ArrowDown" || e.key === "Enter") { e.preventDefault(); /** @type {HTMLElement | null} */ (document.querySelector("dialog .entries button"))?.focus(); } }}></label></div>
    <div class="browse"><div class="roots">${l.roots.map((/** @type {any} */ r) => html`<button aria-current=${r.path === l.path ? "true" : nothing} title=${r.path} @click=${() => list(act, r.path)}>${icon("folder")}<span>${r.name}</span></button>`)}</div>
      <div class="entries" role="listbox" aria-label="Files" aria-busy=${String(!!d.reading)} aria-multiselectable=${String(!!p.many)} ${draw(rows.watch(act))} @keydown=${(/** @type {KeyboardEvent} */ e) => walk(e)}>${spacer(before)}${repeat(entries.slice(first, last), (/** @type {any} */ e) => e.path, (/** @type {any} */ e) => html`<button class=${fits(e) || e.kind === "folder" ? "entry" : "entry other"} role="option" aria-selected=${String(chosen.includes(e.path))} aria-label=${e.name} title=${e.name} @click=${(/** @type {MouseEvent} */ m) => click(e, m)} @dblclick=${() => enter(e)}>${icon(e.kind === "folder" ? "folder" : e.kind === "project" ? "layers" : "file")}<b>${e.name}</b><span>${e.kind === "folder" ? "" : bytes(e.size)}</span><span>${e.modified ? ago(e.modified, Date.now()) : ""}</span></button>`)}${spacer(after)}
        ${d.error ? html`<p class="note-line" role="alert"><b>${d.error.title}.</b> ${d.error.message} ${d.error.action}</p>` : !d.listing ? html`<p class="note-line">Reading the folder…</p>` : more ? html`<p class="note-line" role="status">${more}</p>` : entries.length ? nothing : html`<p class="note-line">${q ? "Nothing here is called that." : p.kinds.includes("project") ? "No project here." : "No image here."}</p>`}</div></div>
    <footer>${p.save ? html`<label class="field"><input aria-label="File name" autofocus .value=${live(name)} @input=${(/** @type {any} */ e) => change(act, { name: e.target.value })} @keydown=${(/** @type {KeyboardEvent} */ e) => { if (e.key === "Enter") { e.preventDefault(); yes(); } }}></label>` : html`<span class="hint">${chosen.length > 1 ? `${chosen.length} files chosen` : p.folder && images.length ? `${counted(images.length, "image")} here` : others ? counted(others, "other file") + " not shown" : ""}</span>`}<span class="grow"></span>
      ${p.many && images.length > 1 ? html`<button class="ghost" @click=${() => change(act, { chosen: images.map((/** @type {any} */ e) => e.path) })}>Choose all</button>` : nothing}<button class="btn" @click=${close}>Cancel</button><button class="btn primary" ?disabled=${!ready} @click=${yes}>${p.folder && !p.save && !chosen.length && d.purpose === "batch" ? "Add this folder" : p.yes}</button></footer>`;
}

/** @param {any} d */
fileDialog.title = (d) => PURPOSES[d.purpose].title;

/** @param {any} s */
const defaultName = (s) => s.project?.name ?? "project.ilp";

/** @param {any} d @param {any} s @param {any} act @param {string[]} chosen @param {() => void} close */
async function done(d, s, act, chosen, close) {
  const here = d.listing.path, { api } = act, close2 = (/** @type {any} */ answer) => { if (answer) close(); };
  switch (d.purpose) {
    case "folder": close(); await act.open(chosen[0] ?? here); break;
    case "project": close(); await act.open(chosen[0]); break;
    case "images": await act.addImages(chosen); break;
    case "addFolder": await act.addImages([here]); break;
    case "batch": close2(await act.run(api.batchAdd(chosen.length ? chosen : [here]))); break;
    case "replace": close2(await act.run(api.changeImage(d.image, { path: chosen[0] }))); break;
    case "labels": if (s.imageId) close2(await act.after(() => api.importLabels(s.imageId, chosen[0]))); break;
    case "exportLabels": close2(await exportLabels(act, here)); break;
    case "saveAs": {
      const name = (d.name ?? defaultName(s)).trim(), path = here + (/[\\/]$/.test(here) ? "" : separator(here)) + (/\.ilp$/i.test(name) ? name : `${name}.ilp`), there = d.listing.entries.some((/** @type {any} */ e) => e.path === path) && path !== s.project?.path;
      if (there) act.dialog({ kind: "ask", title: "Replace file", text: `${name} exists already. Saving replaces it.`, yes: "Replace", run: () => act.save(path, true) });
      else { close(); await act.save(path); }
    }
  }
}

/** Label images that are there already are replaced only when that is wanted. @param {any} act @param {string} folder @param {boolean} [replace] */
async function exportLabels(act, folder, replace = false) {
  const there = (/** @type {any} */ error) => {
    const files = /** @type {string[] | undefined} */ (error.status === 409 ? error.details?.files : undefined);
    if (!files?.length) throw error;
    act.dialog({ kind: "ask", title: "Replace label images", text: `${counted(files.length, "label image")} in this folder would be replaced: ${files.slice(0, 3).join(", ")}${files.length > 3 ? ", …" : ""}.`, yes: "Replace", run: () => exportLabels(act, folder, true) });
    return null;
  };
  const answer = await act.after(() => act.api.exportLabels(folder, replace).catch(there));
  if (answer) act.toast(`${counted(answer.files.length, "label image")} written`);
  return answer;
}

/** @param {KeyboardEvent} e */
function walk(e) {
  const by = e.key === "ArrowDown" ? 1 : e.key === "ArrowUp" ? -1 : 0;
  if (!by) return;
  e.preventDefault();
  const items = /** @type {HTMLElement[]} */ ([.../** @type {Element} */ (e.currentTarget).querySelectorAll("button")]);
  items[Math.max(0, Math.min(items.length - 1, items.indexOf(/** @type {HTMLElement} */ (document.activeElement)) + by))]?.focus();
}
