// @ts-check
// The page before there is a project.
import { css, html, icon, nothing } from "../html.js";
import { ago, counted } from "../words.js";
import { mark } from "./top.js";

export const NEEDS = ["screen", "project", "recent", "opening", "connected", "loaded", "now"];

/** @param {any} s @param {any} act */
export function start(s, act) {
  return html`<div class="start"><div class="start-pane">
      <div class="brand big">${mark()}<span>PixelForest</span></div>
      <h1>Paint a few pixels.<br>The forest does the rest.</h1>
      <p class="lead">Pixel classification for imaging mass cytometry, from a folder of stacks to probabilities ready for segmentation.</p>
      <div class="dropzone" role="group" aria-label="Open">${icon("drop")}
        <div><b>Drop a folder, images or a project here</b><span>TIFF, OME-TIFF, HDF5, .ilp. Files stay where they are.</span></div>
        ${s.opening ? html`<div class="drop-actions opening"><span>${s.opening.what}</span><span class="bar" role="progressbar" aria-label="Opening" aria-valuemin="0" aria-valuemax=${s.opening.total || 1} aria-valuenow=${s.opening.done}><i ${css({ "--v": `${(100 * s.opening.done) / (s.opening.total || 1)}%` })}></i></span></div>` : html`<div class="drop-actions"><button class="btn primary lg" @click=${() => act.dialog({ kind: "files", purpose: "folder" })}>${icon("folder")}Open Folder…</button><button class="btn lg" @click=${() => act.dialog({ kind: "files", purpose: "project" })}>Open Project…</button><button class="ghost lg" @click=${act.openDemo}>Try the demo</button></div>`}
      </div>
      ${s.recent?.length ? html`<div class="head"><h2 id="h-recent">Recent projects</h2></div>
      <ul class="recent" aria-label="Recent projects">${s.recent.map((/** @type {any} */ r) => html`<li><button aria-label=${r.name} title=${r.path} @click=${() => act.open(r.path)}><span class="pic">${r.thumbnail ? html`<img src=${r.thumbnail} alt="">` : nothing}</span><span><b>${r.name.replace(/\.ilp$/i, "")}</b><span>${facts(r)}</span></span><span class="when">${ago(r.opened, s.now)}</span></button></li>`)}</ul>` : nothing}
      <footer class="start-foot"><span>Runs on this computer. Nothing is uploaded.</span><span class="grow"></span><button class="ghost sm" aria-haspopup="menu" @click=${(/** @type {any} */ e) => act.themeMenu(e.currentTarget)}>Theme</button><button class="ghost sm" @click=${() => act.dialog({ kind: "keys" })}>Keyboard shortcuts</button></footer>
    </div><div class="start-art" aria-hidden="true"><img src="start.webp" alt=""></div></div>`;
}

/** @param {any} r */
const facts = (r) => (r.ilastik ? `opened from an ilastik project, ${counted(r.images, "image")}` : `${counted(r.images, "image")}, ${counted(r.channels, "channel")}, ${r.labelled ? counted(r.labelled, "labelled pixel") : "no labels yet"}`);
