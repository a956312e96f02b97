// @ts-check
// Live Update and what the prediction is doing.
import { html, icon, nothing } from "../html.js";
import { keyOf } from "../tools/keys.js";
import { duration, percent } from "../words.js";

const HINTS = /** @type {Record<string, string>} */ ({ "second class": "Paint a second class", "no features": "Choose features first", "no images": "Add an image first" });
const LINKS = /** @type {Record<string, string>} */ ({ "no features": "features", "no images": "input" });

/** @param {any} s */
function status(s) {
  const t = s.training;
  if (!s.connected) return { text: "Waiting for PixelForest", side: "" };
  if (t.state === "failed") return { text: `Failed: ${t.reason}`, side: "", bad: true };
  if (t.state === "updating") return { text: "Updating", side: s.predicting !== null ? `${percent(s.predicting)} of the view` : "" };
  if (t.state === "none" || t.model === 0) return { text: "No prediction yet", side: "" };
  if (t.state === "off") return { text: t.target > t.model ? "Off, prediction is older than the labels" : "Off", side: "" };
  return { text: "Up to date", side: t.seconds ? `took ${duration(t.seconds)}` : "" };
}

/** @param {any} s @param {any} act */
export function training(s, act) {
  if (!s.training) return nothing;
  const now = status(s), hint = s.training.hint && HINTS[s.training.hint], key = keyOf("live", s.keys), cancels = s.training.asked && !s.training.live;
  return html`<div class="live">
    <div class="live-row">
      <button class="live-btn" aria-label="Live Update" aria-pressed=${String(!!s.training.live)} title=${`Live Update (${key})`} @click=${act.liveUpdate}><span class="pulse" aria-hidden="true"></span>Live Update<kbd aria-hidden="true">${key}</kbd></button>
      <button class="icon boxed" aria-label=${cancels ? "Cancel" : "Update Once"} title=${cancels ? "Cancel this update" : "Update once, then stop"} ?disabled=${s.training.live} @click=${(/** @type {MouseEvent} */ e) => {
        // The second click of two was meant for what was there.
        if (e.detail < 2) cancels ? act.cancelUpdate() : act.updateOnce();
      }}>${icon(cancels ? "x" : "once")}</button>
    </div>
    <p class="status" role="status" aria-label="Prediction status"><b class=${now.bad ? "bad" : ""}>${now.text}</b>${now.side ? html`<span>${now.side}</span>` : nothing}</p>
    ${now.bad ? html`<button class="ghost sm" @click=${act.updateOnce}>Try again</button>` : nothing}
    ${hint ? html`<p class="hint-line">${LINKS[s.training.hint] ? html`<button class="link" @click=${() => act.go(LINKS[s.training.hint])}>${hint}</button>` : hint}</p>` : nothing}
  </div>`;
}
