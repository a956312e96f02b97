// @ts-check
// Menus: what they hold, where they open, and how the keyboard walks them.
import { css, html, icon, nothing } from "../html.js";
import { keyOf } from "../tools/keys.js";
import { titles } from "../words.js";

export const NEEDS = ["menu"];

/**
 * @typedef {{label: string, run: () => void, kind?: "radio" | "check", checked?: boolean, disabled?: boolean, danger?: boolean, note?: string, never?: string}} Item `never`: why it cannot be chosen
 * @typedef {{label: string, x: number, y: number, right?: number, items: (Item | null)[], opener: Element | null, listbox?: boolean}} Menu
 */

/** @param {any} s @param {any} act */
export function menus(s, act) {
  const m = /** @type {Menu | null} */ (s.menu);
  if (!m) return nothing;
  return html`<div class="menu" role=${m.listbox ? "listbox" : "menu"} aria-label=${m.label} ${css({ left: `${m.x}px`, top: `${m.y}px` })} @keydown=${(/** @type {KeyboardEvent} */ e) => walk(e, act)}>${m.items.map((item) => (item === null ? html`<hr>` : html`<button
    role=${m.listbox ? "option" : item.kind === "radio" ? "menuitemradio" : item.kind === "check" ? "menuitemcheckbox" : "menuitem"} tabindex="-1" aria-label=${item.label} aria-selected=${m.listbox ? String(!!item.checked) : nothing} aria-checked=${item.kind ? String(!!item.checked) : nothing} class=${item.danger ? "danger" : m.listbox ? "option" : ""} ?disabled=${item.disabled} aria-disabled=${item.never ? "true" : nothing} title=${item.never ?? nothing}
    @click=${() => { if (item.never) return; close(act); item.run(); }}>${item.kind ? html`<span class="tick">${item.checked ? icon("check") : nothing}</span>` : nothing}${item.label}${item.note ? html`<span>${item.note}</span>` : nothing}</button>`))}</div>`;
}

/** @param {any} act @param {boolean} [back] focus returns to the opener */
export function close(act, back = true) {
  const m = act.get().menu;
  if (!m) return false;
  act.update({ menu: null });
  if (back) /** @type {HTMLElement | null} */ (m.opener)?.focus?.({ preventScroll: true });
  return true;
}

/** @param {KeyboardEvent} e @param {any} act */
function walk(e, act) {
  const items = /** @type {HTMLElement[]} */ ([.../** @type {Element} */ (e.currentTarget).querySelectorAll("button:not(:disabled)")]), at = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[e.key];
  e.stopPropagation();
  if (e.key === "Escape" || e.key === "Tab") { e.preventDefault(); close(act); } else if (to !== undefined) { e.preventDefault(); items[(to + items.length) % items.length]?.focus(); } else if (e.key.length === 1) items.find((i, k) => k > at && i.textContent?.trim().toLowerCase().startsWith(e.key.toLowerCase()))?.focus();
}

/** @param {any} act */
export function createMenus(act) {
  /** @param {string} label @param {(Item | null)[]} items @param {any} where an element or a mouse event @param {boolean} [listbox] */
  function show(label, items, where, listbox = false) {
    const box = where?.getBoundingClientRect?.(), x = box ? box.left : where.clientX ?? where.x, y = box ? box.bottom + 4 : where.clientY ?? where.y;
    const opener = box ? where : document.activeElement;
    act.update({ menu: { label, x, y, items, opener, listbox } });
    requestAnimationFrame(() => requestAnimationFrame(() => {
      const menu = /** @type {HTMLElement | null} */ (document.querySelector(".menu"));
      if (!menu) return;
      const size = menu.getBoundingClientRect();
      if (size.right > innerWidth - 8) menu.style.left = `${Math.max(8, innerWidth - size.width - 8)}px`;
      if (size.bottom > innerHeight - 8) menu.style.top = `${Math.max(8, (box ? box.top : y) - size.height - 4)}px`;
      /** @type {HTMLElement | null} */ (menu.querySelector("[aria-selected=true], [aria-checked=true]") ?? menu.querySelector("button:not(:disabled)"))?.focus();
    }));
  }

  const s = act.get;
  const radio = (/** @type {string} */ label, /** @type {string} */ key, /** @type {string} */ value) => ({ label, kind: /** @type {"radio"} */ ("radio"), checked: s()[key] === value, run: () => act.update({ [key]: value }) });
  const check = (/** @type {string} */ label, /** @type {string} */ key) => ({ label, kind: /** @type {"check"} */ ("check"), checked: s()[key], run: () => act.update({ [key]: !s()[key] }) });
  return {
    show,
    /** @param {any} at */
    paletteMenu: (at) => show("Class colours", [radio("Convention (red, green, blue)", "palette", "convention"), radio("Colour-blind safe", "palette", "safe"), null, check("Grey under predictions", "grey"), check("Patterns", "patterns")], at),
    /** @param {any} at */
    themeMenu: (at) => show("Theme", [radio("Dark", "theme", "dark"), radio("Light", "theme", "light"), radio("System", "theme", "auto")], at),
    /** @param {any} at */
    imageMenu(at) { const titled = titles(s().images); show("Current view", s().images.filter((/** @type {any} */ i) => !i.error).map((/** @type {any} */ i) => ({ label: titled(i), checked: i.id === s().imageId, note: i.detail, run: () => act.selectImage(i.id) })), at, true); },
    /** @param {number} n @param {any} at */
    labelMenu(n, at) {
      const c = s().classes, layer = s().layers.labels;
      show("Label actions", [
        { label: "Rename", run: () => act.update({ renaming: n }) },
        { label: "Change colour…", run: () => act.dialog({ kind: "colour", title: "Change colour", of: "class", n, value: c[n - 1].colour }) },
        { label: layer.classes[n - 1].on ? "Hide in the viewer" : "Show in the viewer", run: () => act.toggleLayer(`labels:${n - 1}`) }, null,
        { label: "Clear", run: () => act.clearClass(n) },
        { label: "Merge into…", disabled: c.length < 2, run: () => show("Merge into…", c.flatMap((/** @type {any} */ other, /** @type {number} */ k) => (k === n - 1 ? [] : [{ label: other.name, run: () => act.mergeClass(n, k + 1) }])), at) },
        { label: "Delete", danger: true, disabled: c.length < 3, note: c.length < 3 ? "two are needed" : "", run: () => act.removeClass(n) }, null,
        { label: "Import labels…", run: () => act.dialog({ kind: "files", purpose: "labels" }) },
        { label: "Export labels…", run: () => act.dialog({ kind: "files", purpose: "exportLabels" }) },
      ], at);
    },
    /** @param {any} at */
    projectMenu: (at) => show("Project", [
      { label: "Save", note: keyOf("save", s().keys), disabled: !!s().project.readOnly, run: () => act.save() },
      { label: "Save as…", note: keyOf("saveAs", s().keys), run: () => act.dialog({ kind: "files", purpose: "saveAs" }) }, null,
      { label: "Show in folder", run: () => act.run(act.api.reveal(s().project.path)) },
      { label: "Close project", run: () => act.closeProject() },
    ], at),
    /** @param {any} group @param {any} at */
    groupMenu: (group, at) => show("Group", [{ label: `Remove ${group.name}`, run: () => act.removeGroup(group.name) }], at),
    /** @param {any} at */
    addMenu: (at) => show("Add New…", [
      { label: "Separate Image(s)…", run: () => act.dialog({ kind: "files", purpose: "images" }) },
      { label: "Folder…", run: () => act.dialog({ kind: "files", purpose: "addFolder" }) },
      { label: "3D/4D Volume from Sequence…", note: "not possible yet", never: "Several files cannot be opened as one volume yet: store the planes in one file, then add that.", run: () => {} },
      { label: "Multiscale Dataset…", note: "not possible yet", never: "Datasets of several scales cannot be opened yet: add the full size as one file.", run: () => {} },
    ], at),
    /** @param {any} image @param {any} at */
    inputMenu: (image, at) => show(`${titles(s().images)(image)} properties`, [
      { label: "Properties…", run: () => act.dialog({ kind: "properties", image: image.id }) },
      ...(image.error ? [] : [{ label: "Axes…", note: image.axes, run: () => act.dialog({ kind: "axes", image: image.id }) }]),
      { label: "Replace with file…", run: () => act.dialog({ kind: "files", purpose: "replace", image: image.id }) },
      { label: "Show in folder", run: () => act.run(act.api.reveal(image.path)) },
      ...(image.error ? [{ label: "Details", note: "copies the technical text", run: () => { (navigator.clipboard?.writeText(JSON.stringify(image.error, null, 2)) ?? Promise.reject()).then(() => act.toast("Copied"), () => act.toast("The browser does not let this page copy.")); } }] : []),
      null, { label: "Remove", danger: true, run: () => act.removeImage(image.id) },
    ], at),
    /** @param {number} x @param {number} y */
    viewerMenu(x, y) {
      const k = (/** @type {string} */ id) => keyOf(id, s().keys), v = act.viewer;
      show("Viewer", [
        { label: "Fit image", note: k("fit"), run: () => v.fit() }, { label: "100 %", note: k("hundred"), run: () => v.hundred() }, { label: "Centre", note: k("centre"), run: () => v.centre() }, null,
        { label: "Compare raw and prediction", note: k("compare"), kind: "check", checked: s().compare !== null, run: act.compare }, { label: "Overlays", note: k("overlays"), kind: "check", checked: s().hud, run: () => act.update({ hud: !s().hud }) }, null,
        { label: "Automatic contrast", note: k("contrast"), run: act.autoContrast }, { label: "Fill the last closed stroke", note: k("fill"), run: act.fillLast },
      ], { x, y, clientX: x, clientY: y });
    },
  };
}
