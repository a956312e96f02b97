// @ts-check
// The folder dialog: the server lists, within the folders the user named.
import { html, icon, nothing } from "../html.js";
import { ago, bytes, counted } from "../words.js";

const PURPOSES = /** @type {Record<string, {title: string, yes: string, folder: boolean, kinds: string[], many?: boolean, save?: boolean}>} */ ({
  folder: { title: "Open Folder", yes: "Open this folder", folder: true, kinds: ["image"] },
  project: { title: "Open Project", yes: "Open", folder: false, kinds: ["project"] },
  images: { title: "Separate Image(s)", yes: "Add", folder: false, kinds: ["image"], many: true },
  addFolder: { title: "Add Folder", yes: "Add this folder", folder: true, kinds: ["image"] },
  sequence: { title: "3D/4D Volume from Sequence", yes: "Add as a volume", folder: false, kinds: ["image"], many: true },
  batch: { title: "Select Raw Data Files", yes: "Add", folder: true, kinds: ["image"], many: true },
  replace: { title: "Replace with file", yes: "Replace", folder: false, kinds: ["image"] },
  labels: { title: "Import labels", yes: "Import", folder: false, kinds: ["image"] },
  exportLabels: { title: "Export labels", yes: "Export to this folder", folder: true, kinds: [] },
  saveAs: { title: "Save as", yes: "Save", folder: true, kinds: ["project"], save: true },
});

/** @param {any} d @param {any} act @param {string | null} path */
async function list(d, act, path) {
  const listing = await act.run(act.api.files(path));
  const now = act.get().dialog;
  if (listing && now?.kind === "files") act.update({ dialog: { ...now, listing, chosen: [], error: null } });
  else if (!listing && now?.kind === "files" && !now.listing) act.update({ dialog: null });
}

/** @param {any} d @param {any} s @param {any} act @param {() => void} close */
export function fileDialog(d, s, act, close) {
  const p = PURPOSES[d.purpose], l = d.listing;
  if (!l) { if (!d.asked) { d.asked = true; list(d, act, start(d, s)); } return html`<header><h2>${p.title}</h2></header><div class="browse"></div>`; }
  const chosen = d.chosen ?? [], entries = l.entries.filter((/** @type {any} */ e) => e.kind !== "other"), others = l.entries.length - entries.length;
  const pick = (/** @type {any} */ e, /** @type {MouseEvent} */ m) => {
    if (e.kind === "folder" || !p.kinds.includes(e.kind)) return;
    const on = chosen.includes(e.path), last = entries.findIndex((/** @type {any} */ x) => x.path === chosen[chosen.length - 1]), at = entries.indexOf(e);
    const next = p.many && m.shiftKey && last >= 0 ? [...new Set([...chosen, ...entries.slice(Math.min(last, at), Math.max(last, at) + 1).filter((/** @type {any} */ x) => p.kinds.includes(x.kind)).map((/** @type {any} */ x) => x.path)])] : p.many ? (on ? chosen.filter((/** @type {string} */ c) => c !== e.path) : [...chosen, e.path]) : [e.path];
    act.update({ dialog: { ...d, chosen: next, name: p.save ? e.name : d.name } });
  };
  const enter = (/** @type {any} */ e) => { if (e.kind === "folder") list(d, act, e.path); else if (p.kinds.includes(e.kind) && !p.save) done(d, s, act, [e.path], close); };
  const ready = p.save ? !!(d.name ?? defaultName(s)).trim() : chosen.length > 0 || p.folder, crumbs = pathParts(l.path, l.roots);
  const images = entries.filter((/** @type {any} */ e) => e.kind === "image").length;
  return html`<header><h2>${p.title}</h2><span class="grow"></span><button class="icon" aria-label="Close" @click=${close}>${icon("x")}</button></header>
    <nav class="crumbs" aria-label="Folder"><button class="icon sm" aria-label="Up" title="Up" ?disabled=${!l.parent} @click=${() => list(d, act, l.parent)}>${icon("up")}</button>${crumbs.map((c, k) => html`${k ? icon("right") : nothing}<button @click=${() => list(d, act, c.path)}>${c.name}</button>`)}</nav>
    <div class="browse"><div class="roots">${l.roots.map((/** @type {any} */ r) => html`<button aria-current=${r.path === l.path ? "true" : nothing} @click=${() => list(d, act, r.path)}>${icon("folder")}<span>${r.name}</span></button>`)}</div>
      <div class="entries" role="listbox" aria-label="Files" aria-multiselectable=${String(!!p.many)} @keydown=${(/** @type {KeyboardEvent} */ e) => walk(e)}>${entries.map((/** @type {any} */ e) => html`<button class=${p.kinds.includes(e.kind) || e.kind === "folder" ? "entry" : "entry other"} role="option" aria-selected=${String(chosen.includes(e.path))} aria-label=${e.name} @click=${(/** @type {MouseEvent} */ m) => { if (e.kind === "folder" && m.detail !== 2) list(d, act, e.path); else pick(e, m); }} @dblclick=${() => { if (e.kind !== "folder") enter(e); }}>${icon(e.kind === "folder" ? "folder" : e.kind === "project" ? "layers" : "file")}<b>${e.name}</b><span>${e.kind === "folder" ? "" : bytes(e.size)}</span><span>${e.modified ? ago(e.modified, Date.now()) : ""}</span></button>`)}
        ${entries.length ? nothing : html`<p class="note-line">${p.kinds.includes("project") ? "No project here." : "No image here."}</p>`}</div></div>
    <footer>${p.save ? html`<label class="field"><input aria-label="File name" autofocus .value=${d.name ?? defaultName(s)} @input=${(/** @type {any} */ e) => act.update({ dialog: { ...d, name: e.target.value } })}></label>` : html`<span class="hint">${chosen.length > 1 ? `${chosen.length} files chosen` : p.folder && images ? `${counted(images, "image")} here` : others ? counted(others, "other file") + " not shown" : ""}</span>`}<span class="grow"></span>
      ${p.many && images > 1 ? html`<button class="ghost" @click=${() => act.update({ dialog: { ...d, chosen: entries.filter((/** @type {any} */ e) => e.kind === "image").map((/** @type {any} */ e) => e.path) } })}>Choose all</button>` : nothing}<button class="btn" @click=${close}>Cancel</button><button class="btn primary" ?disabled=${!ready} @click=${() => done(d, s, act, chosen, close)}>${p.folder && !p.save && !chosen.length && d.purpose === "batch" ? "Add this folder" : p.yes}</button></footer>`;
}

/** @param {any} d */
fileDialog.title = (d) => PURPOSES[d.purpose].title;

/** @param {any} s */
const defaultName = (s) => s.project?.name ?? "project.ilp";

/** @param {any} d @param {any} s */
function start(d, s) {
  if (d.purpose === "batch" || d.purpose === "images" || d.purpose === "exportLabels" || d.purpose === "labels" || d.purpose === "replace" || d.purpose === "sequence" || d.purpose === "addFolder") return s.project?.folder ?? null;
  return d.purpose === "saveAs" ? s.project?.folder ?? null : null;
}

/** The way from the root to here. @param {string} path @param {{name: string, path: string}[]} roots */
export function pathParts(path, roots) {
  const root = [...roots].sort((a, b) => b.path.length - a.path.length).find((r) => path === r.path || path.startsWith(r.path.endsWith("/") || r.path.endsWith("\\") ? r.path : r.path + separator(path)));
  if (!root) return [{ name: path, path }];
  const cut = separator(path), parts = [{ name: root.name, path: root.path }];
  let at = root.path.replace(/[\\/]$/, "");
  for (const part of path.slice(at.length).split(/[\\/]/).filter(Boolean)) { at += cut + part; parts.push({ name: part, path: at }); }
  return parts;
}

/** @param {string} path */
const separator = (path) => (path.includes("\\") && !path.startsWith("/") ? "\\" : "/");

/** @param {any} d @param {any} s @param {any} act @param {string[]} chosen @param {() => void} close */
async function done(d, s, act, chosen, close) {
  const here = d.listing.path, { api } = act, close2 = (/** @type {any} */ answer) => { if (answer) close(); };
  switch (d.purpose) {
    case "folder": close(); await act.open(chosen[0] ?? here); break;
    case "project": close(); await act.open(chosen[0]); break;
    case "images": await act.addImages(chosen); break;
    case "addFolder": await act.addImages([here]); break;
    case "sequence": close2(await act.run(api.addImages({ sequence: chosen, axis: "z" }))); break;
    case "batch": close2(await act.run(api.batchAdd(chosen.length ? chosen : [here]))); break;
    case "replace": close2(await act.run(api.changeImage(d.image, { path: chosen[0] }))); break;
    case "labels": if (s.imageId) close2(await act.after(() => api.importLabels(s.imageId, chosen[0]))); break;
    case "exportLabels": { const answer = await act.after(() => api.exportLabels(here)); close2(answer); if (answer) act.toast(`${answer.files.length} label images written`); break; }
    case "saveAs": {
      const name = (d.name ?? defaultName(s)).trim(), path = here + separator(here) + (/\.ilp$/i.test(name) ? name : `${name}.ilp`), there = d.listing.entries.some((/** @type {any} */ e) => e.path === path) && path !== s.project?.path;
      if (there) act.dialog({ kind: "ask", title: "Replace file", text: `${name} exists already. Saving replaces it.`, yes: "Replace", run: () => act.save(path, true) });
      else { close(); await act.save(path); }
    }
  }
}

/** @param {KeyboardEvent} e */
function walk(e) {
  const by = e.key === "ArrowDown" ? 1 : e.key === "ArrowUp" ? -1 : 0;
  if (!by) return;
  e.preventDefault();
  const items = /** @type {HTMLElement[]} */ ([.../** @type {Element} */ (e.currentTarget).querySelectorAll("button")]);
  items[Math.max(0, Math.min(items.length - 1, items.indexOf(/** @type {HTMLElement} */ (document.activeElement)) + by))]?.focus();
}
