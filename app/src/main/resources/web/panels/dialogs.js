// @ts-check
// Dialogs: keys, colours, panels compared, properties, a name, a question. Esc closes, focus returns.
import { CLASS_COLOURS, classColours, token } from "../colours.js";
import { css, html, icon, live, nothing, render } from "../html.js";
import { KEYS, keyOf, pressed } from "../tools/keys.js";
import { AXES, axisSizes, imageOf, withAxis } from "./axes.js";
import { fileDialog } from "./files.js";
import { alert } from "./notices.js";

export const NEEDS = ["dialog", "keys", "images", "counts", "classes", "alert", "server", "palette", "shown"];

const TITLES = /** @type {Record<string, string>} */ ({ keys: "Keyboard Shortcuts", panels: "Compare panels", properties: "Dataset Properties", axes: "Axes", leftover: "Strokes of an earlier page" });
let opener = /** @type {Element | null} */ (null), waiting = "";

/** Shows, changes or closes the one dialog. @param {HTMLElement} root @param {any} s @param {any} act */
export function dialogs(root, s, act) {
  const d = s.dialog, open = root.querySelector("dialog");
  if (!d) {
    if (open) { render(nothing, root); /** @type {HTMLElement | null} */ (opener)?.focus?.({ preventScroll: true }); opener = null; waiting = ""; }
    return;
  }
  if (!open) opener = document.activeElement;
  const title = d.title ?? TITLES[d.kind] ?? "", close = () => act.update({ dialog: null });
  const bodies = /** @type {Record<string, (d: any, s: any, act: any, close: () => void) => any>} */ ({ keys, colour, panels, properties, axes, name, ask, leftover, files: fileDialog });
  const wide = d.kind === "files" || d.kind === "keys" || d.kind === "panels", head = d.kind === "files" ? null : html`<header><h2>${title}</h2><span class="grow"></span><button class="icon" aria-label="Close" @click=${close}>${icon("x")}</button></header>`;
  render(html`<dialog class=${d.kind === "keys" ? "broad" : wide ? "" : "narrow"} aria-label=${d.kind === "files" ? fileDialog.title(d) : title} @cancel=${(/** @type {Event} */ e) => { e.preventDefault(); if (waiting) { waiting = ""; act.update({ dialog: { ...d } }); } else close(); }} @click=${(/** @type {any} */ e) => { if (e.target.tagName === "DIALOG") close(); }}><div class="dialog">${alert(s, act)}${head}${bodies[d.kind](d, s, act, close)}</div></dialog>`, root);
  const dialog = /** @type {HTMLDialogElement} */ (root.querySelector("dialog"));
  if (!dialog.open) { dialog.showModal(); /** @type {HTMLElement | null} */ (dialog.querySelector("[autofocus]"))?.focus(); }
}

/** @param {any} d @param {any} s @param {any} act */
function keys(d, s, act) {
  const columns = [["Labels", "In the viewer"], ["Prediction", "Channels", "Where to go"], ["View", "Project"]], fixed = [["1 … 9", "Choose a class and the brush"], ["Space, held", "Pan"], ["Arrows", "Move the brush (Shift: ten pixels)"], ["Enter", "Start and end a stroke"], ["Esc", "Drop the stroke"]];
  const take = (/** @type {string} */ id) => (/** @type {KeyboardEvent} */ e) => {
    if (waiting !== id || ["Shift", "Control", "Alt", "Meta"].includes(e.key)) return;
    e.preventDefault(); e.stopPropagation();
    waiting = "";
    if (e.key === "Escape") { act.update({ dialog: { ...d } }); return; }
    const name = pressed(e), other = Object.fromEntries(Object.entries(s.keys).filter(([k, v]) => k !== id && v !== name));
    act.update({ keys: { ...other, [id]: name }, dialog: { ...d } });
  };
  const section = (/** @type {string} */ group) => html`<section><h3>${group}</h3><ul>${group === "In the viewer" ? fixed.map(([key, words]) => html`<li><span>${words}</span><kbd>${key}</kbd></li>`) : KEYS.filter(([, , g]) => g === group).map(([id, words]) => html`<li><span>${words}</span><button class=${waiting === id ? "cap wait" : "cap"} aria-label=${`${words}: ${keyOf(id, s.keys)}`} title="Choose another key" @click=${() => { waiting = id; act.update({ dialog: { ...d } }); }} @keydown=${take(id)}>${waiting === id ? "Press a key" : keyOf(id, s.keys)}</button></li>`)}</ul></section>`;
  return html`<div class="body shortcuts">${columns.map((groups) => html`<div>${groups.map(section)}</div>`)}</div>
    <footer><span class="hint">Choose a key to change it.</span><span class="grow"></span><button class="btn" ?disabled=${!Object.keys(s.keys).length} @click=${() => act.update({ keys: {} })}>ilastik's keys again</button></footer>`;
}

/** @param {any} d @param {any} s @param {any} act @param {() => void} close */
function colour(d, s, act, close) {
  const channel = d.of === "channel", options = channel ? [1, 2, 3, 4, 5, 6].map((k) => `--ch-${k}`) : CLASS_COLOURS;
  const seen = (/** @type {string} */ c) => (c.startsWith("--") ? token(c) : channel ? c : classColours([{ colour: c }], s.palette)[0]);
  const set = (/** @type {string} */ c) => { if (channel) act.update((/** @type {any} */ x) => ({ colours: { ...x.colours, [d.name]: c } })); else act.recolour(d.n, c); };
  return html`<div class="body"><p class="note-line">${channel ? d.name : s.classes[d.n - 1]?.name}</p><div class="swatches">${options.map((c, k) => html`<button aria-label=${`Colour ${k + 1}`} aria-pressed=${String(d.value.toLowerCase() === c.toLowerCase())} ${css({ "--c": seen(c) })} @click=${() => { set(c); close(); }}></button>`)}</div>
    <label class="field"><span>Another colour</span><input type="color" autofocus .value=${seen(d.value)} @change=${(/** @type {any} */ e) => set(e.target.value)}></label></div><footer><span class="grow"></span><button class="btn primary" @click=${close}>Done</button></footer>`;
}

/** @param {any} d */
function panels(d) {
  const missing = (/** @type {string[]} */ a, /** @type {string[]} */ b) => a.map((n) => html`<li class=${b.includes(n) ? "" : "missing"}>${n}${b.includes(n) ? "" : html`<small>not in the other</small>`}</li>`);
  return html`<div class="body"><p class="note-line">${d.name}</p><div class="two"><section><h3>The classifier was trained on</h3><ol>${missing(d.expected, d.found)}</ol></section><section><h3>The file has</h3><ol>${missing(d.found, d.expected)}</ol></section></div></div>`;
}

/** What each axis of the stored array means, and what the image is then. @param {any} d @param {any} s @param {any} act @param {() => void} close */
function axes(d, s, act, close) {
  const i = s.images.find((/** @type {any} */ x) => x.id === d.image);
  if (!i) return nothing;
  const now = d.axes ?? i.axes, sizes = axisSizes(i), words = imageOf(now, sizes), painted = (s.counts[i.id] ?? []).some(Boolean);
  const save = (/** @type {Event} */ e) => { e.preventDefault(); close(); if (now !== i.axes) act.after(() => act.api.changeImage(i.id, { axes: now })); };
  return html`<form @submit=${save}><div class="body"><p class="note-line">${i.file} holds an array of ${sizes.join(" × ")}. What each axis is:</p>
    <div class="axes-row">${sizes.map((size, k) => html`<label class="field"><span>${size}</span><select aria-label=${`Axis ${k + 1}, ${size} positions`} ?autofocus=${k === 0} @change=${(/** @type {any} */ e) => act.update({ dialog: { ...d, axes: withAxis(now, k, e.target.value) } })}>${AXES.map(([letter, name]) => html`<option value=${letter} .selected=${live(now[k] === letter)}>${letter}  ${name}</option>`)}</select></label>`)}</div>
    <p class="preview-line" role="status">${words ?? "An image needs x and y."}</p>
    ${painted ? html`<p class="note-line">Labels were painted on this image: only axes that leave its size as it is can be chosen.</p>` : nothing}</div>
    <footer><button type="button" class="ghost" ?disabled=${now === i.axes} @click=${() => act.update({ dialog: { ...d, axes: i.axes } })}>As it was</button><span class="grow"></span><button type="button" class="btn" @click=${close}>Cancel</button><button class="btn primary" ?disabled=${!words || now === i.axes}>Apply</button></footer></form>`;
}

/** @param {any} d @param {any} s @param {any} act @param {() => void} close */
function properties(d, s, act, close) {
  const i = s.images.find((/** @type {any} */ x) => x.id === d.image);
  if (!i) return nothing;
  const shape = [...(i.axes ?? "")].map((a) => `${a} ${/** @type {Record<string, number>} */ ({ t: i.times, z: i.depth, y: i.height, x: i.width, c: i.channels })[a]}`).join("  ");
  const save = (/** @type {any} */ e) => { e.preventDefault(); const f = new FormData(e.target), name = String(f.get("name")).trim(); close(); if (name && name !== (i.nickname ?? i.name)) act.after(() => act.api.changeImage(i.id, { name })); };
  return html`<form @submit=${save}><div class="body"><label class="field"><span>Nickname</span><input name="name" autofocus .value=${i.nickname ?? i.name}></label>
    <dl class="facts wrapped"><div><dt>Shape</dt><dd>${shape}</dd></div><div><dt>Data type</dt><dd>${i.fileType}</dd></div><div><dt>Pixel size</dt><dd>${i.pixelSize ? `${i.pixelSize} µm` : "not stated"}</dd></div>${i.internal ? html`<div><dt>Internal Dataset Name</dt><dd>${i.internal}</dd></div>` : nothing}<div><dt>Channels</dt><dd>${i.note}</dd></div></dl><p class="note-line path-note">${i.path}</p></div>
    <footer><span class="grow"></span><button type="button" class="btn" @click=${close}>Cancel</button><button class="btn primary">Apply</button></footer></form>`;
}

/** @param {any} d @param {any} s @param {any} act @param {() => void} close */
const name = (d, s, act, close) => html`<form @submit=${(/** @type {any} */ e) => { e.preventDefault(); const v = String(new FormData(e.target).get("value")).trim(); if (v) { close(); d.run(v); } }}><div class="body"><label class="field"><span>${d.label}</span><input name="value" autofocus inputmode=${d.number ? "decimal" : "text"} .value=${d.value}></label></div><footer><span class="grow"></span><button type="button" class="btn" @click=${close}>Cancel</button><button class="btn primary">${d.yes ?? "Save"}</button></footer></form>`;

/** @param {any} d @param {any} s @param {any} act @param {() => void} close */
const ask = (d, s, act, close) => html`<div class="body"><p>${d.text}</p></div><footer><span class="grow"></span><button class="btn" autofocus @click=${close}>Cancel</button><button class="btn danger" @click=${() => { close(); d.run(); }}>${d.yes}</button></footer>`;

/** @param {any} d @param {any} s @param {any} act @param {() => void} close */
const leftover = (d, s, act, close) => html`<div class="body"><p>${d.count} ${d.count === 1 ? "stroke" : "strokes"} could not be sent before, for another project than this one. They are kept in this browser until that project is open again.</p></div><footer><span class="grow"></span><button class="btn danger" @click=${() => { close(); d.drop(); }}>Drop them</button><button class="btn primary" autofocus @click=${close}>Keep them</button></footer>`;
