// @ts-check
// What has to be said: lost connection, something failed, a toast.
import { html, icon, nothing } from "../html.js";

export const NEEDS = ["lost", "retry", "unsent", "alert", "software", "softwareSeen", "project", "loaded", "server", "dialog"];

/** @param {any} s @param {any} act @param {() => void} now */
export function notices(s, act, now) {
  return html`${s.lost ? html`<div class="offline" role="alert">${icon("off")}<b>PixelForest stopped answering.</b><span>${s.project || s.unsent ? "Your strokes are kept in this page and will be sent when it is back. " : "Start it again, or look at the window it was started from. "}Trying again in ${s.retry} s.</span><button class="btn sm" @click=${now}>Try now</button></div>` : nothing}
    ${s.dialog ? nothing : alert(s, act)}
    ${s.project?.readOnly ? html`<div class="offline calm" role="status">${icon("info")}<b>Read-only.</b><span>${s.project.readOnlyReason ?? "The project is open elsewhere."}</span><button class="btn sm" @click=${() => act.dialog({ kind: "files", purpose: "saveAs" })}>Save as…</button></div>` : nothing}
    ${s.software && !s.softwareSeen ? html`<div class="offline calm" role="status">${icon("info")}<span>This browser has no graphics hardware for WebGL2. The picture is the same; large windows are slower.</span><button class="icon sm" aria-label="Close" @click=${() => act.update({ softwareSeen: true })}>${icon("x")}</button></div>` : nothing}`;
}

/** What failed; while a dialog is open it is drawn in there, for the rest of the page is out of reach. @param {any} s @param {any} act */
export const alert = (s, act) => (s.alert ? html`<div class="offline bad" role="alert">${icon("alert")}<b>${s.alert.title}.</b><span>${s.alert.message} ${s.alert.action}</span>${s.alert.run ? html`<button class="btn sm" @click=${() => { act.update({ alert: null }); s.alert.run.run(); }}>${s.alert.run.label}</button>` : nothing}<button class="icon sm" aria-label="Close message" @click=${() => act.update({ alert: null })}>${icon("x")}</button></div>` : nothing);

/** @param {any} s @param {any} act */
export const toast = (s, act) => html`<div role="status" aria-live="polite">${s.toast ? html`<div class="toast">${s.toast.text}${s.toast.action ? html`<button class="btn sm" @click=${() => { act.update({ toast: null }); s.toast.action.run(); }}>${s.toast.action.label}</button>` : nothing}</div>` : nothing}</div>`;
