// @ts-check
// The five steps, always all five; the open one holds its controls.
import { html, icon, nothing } from "../html.js";
import { counted, percent, thousands, when } from "../words.js";
import { labels } from "./labels.js";
import { quality } from "./quality.js";
import { training } from "./training.js";

export const NEEDS = ["layers", "screen", "project", "images", "channels", "features", "training", "classes", "counts", "label", "tool", "sizes", "palette", "theme", "quality", "quality_open", "export", "batch", "renaming", "keys", "connected", "unsent", "suggestion", "predicting", "menu", "unfolded"];

const STEPS = [["input", "Input Data"], ["features", "Feature Selection"], ["training", "Training"], ["export", "Prediction Export"], ["batch", "Batch Processing"]];

/** @param {any} s @param {any} act */
export function steps(s, act) {
  if (!s.project) return nothing;
  return STEPS.map(([id, name], k) => html`
    <button class="step" aria-label=${name} aria-current=${s.screen === id ? "step" : nothing} aria-expanded=${String(s.screen === id)} @click=${() => act.go(id)}><i>${k + 1}</i><b>${name}</b>${note(id, s)}</button>
    ${s.screen === id ? html`<div class="step-body">${BODIES[id](s, act)}</div>` : nothing}`);
}

/** @param {any} s */
const selected = (s) => s.features?.selected.flat().filter(Boolean).length ?? 0;

/** @param {string} id @param {any} s */
function note(id, s) {
  switch (id) {
    case "input": return html`<span>${counted(s.images.length, "image")}</span>`;
    case "features": return html`<span>${counted(selected(s), "feature")}</span>`;
    case "training": return s.training?.live && s.screen !== "training" ? html`<span class="live-note">Live</span>` : nothing;
    case "export": return html`<span>${s.export ? presetName(s.export.settings) : ""}</span>`;
    default: return html`<span>${s.batch?.total ? counted(s.batch.total, "file") : ""}</span>`;
  }
}

/** @param {any} settings */
const presetName = (settings) => (settings.source === "Probabilities" && settings.type === "uint16" && settings.format === "tiff" && settings.axes === "yxc" && settings.renormalize ? "IMC preset" : settings.source);

const BODIES = /** @type {Record<string, (s: any, act: any) => any>} */ ({
  input: () => html`<p>Opens the folder as it is: stacks with their channel lists, OME-TIFF, CellProfiler and steinbock HDF5.</p>
    <p class="note">Channels are matched by name, so their order may differ from file to file.</p>`,
  features(s, act) {
    if (!s.features) return nothing;
    const used = s.channels.filter((/** @type {any} */ c) => c.used).length, possible = s.features.filters.reduce((/** @type {number} */ n, /** @type {any} */ f) => n + s.features.scales.filter((/** @type {any} */ c) => c.sigma >= f.smallest).length, 0);
    const planes = s.features.filters.reduce((/** @type {number} */ n, /** @type {any} */ f, /** @type {number} */ i) => n + f.planes * s.features.selected[i].filter(Boolean).length, 0);
    const running = s.suggestion?.state === "running";
    return html`<p>What the classifier may look at, around every pixel and in every channel.</p>
      <dl class="facts"><div><dt>Selected</dt><dd>${selected(s)} of ${possible}</dd></div><div><dt>Channels used</dt><dd>${used} of ${s.channels.length}</dd></div><div><dt>Feature channels</dt><dd>${thousands(planes * used)}</dd></div></dl>
      <button class="btn wide" @click=${() => (running ? act.run(act.api.dropSuggestion()) : act.run(act.api.suggest()))}>${icon(running ? "x" : "auto")}${running ? `Stop, ${percent(s.suggestion.progress)}` : "Suggest Features"}</button>
      <p class="note">Keeps the few that matter. Runs in the background; you go on working.</p>`;
  },
  training: (s, act) => html`${labels(s, act)}${training(s, act)}${quality(s, act)}`,
  export: (s) => html`<dl class="facts"><div><dt>Classifier</dt><dd>${!(s.training?.model > 0) ? "none yet" : s.training.trainedAt ? when(s.training.trainedAt, Date.now()) : "of the project file"}</dd></div><div><dt>Labelled pixels</dt><dd>${thousands(labelled(s))}</dd></div><div><dt>Out-of-bag error</dt><dd>${percent(s.quality?.outOfBag, 1)}</dd></div></dl>
    <p class="note">Exporting never retrains. The classifier is the one you saw in Training, and its fingerprint is written into every file.</p>`,
  batch: (s, act) => html`<button class="btn wide" @click=${() => act.dialog({ kind: "files", purpose: "batch" })}>Select Raw Data Files…</button>
    <button class="ghost wide" ?disabled=${!s.batch?.total || s.batch.state === "running"} @click=${() => clear(s, act)}>Clear Raw Data Files</button>
    ${s.batch ? html`<div class="side-list">
      <label class="row2"><span>Finished files</span><select aria-label="Finished files" @change=${(/** @type {any} */ e) => act.run(act.api.batchSettings({ keep: e.target.value === "keep" }))}><option value="keep" ?selected=${s.batch.settings.keep}>keep</option><option value="again" ?selected=${!s.batch.settings.keep}>write again</option></select></label></div>` : nothing}
    <p class="note">The list is part of the project. Close the page whenever you like: the work goes on.</p>`,
});

/** @param {any} s @param {any} act */
async function clear(s, act) {
  const paths = s.batch.files.map((/** @type {any} */ f) => f.path);
  if (await act.run(act.api.batchClear())) act.toast(`Cleared ${counted(paths.length, "file")}`, { label: "Undo", run: () => act.run(act.api.batchAdd(paths)) });
}

/** @param {any} s */
export const labelled = (s) => Object.values(s.counts ?? {}).flat().reduce((/** @type {number} */ a, b) => a + Number(b), 0);
