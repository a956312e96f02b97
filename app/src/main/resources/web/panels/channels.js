// @ts-check
// Channels by name: shown ones with histogram and window, hidden ones one line each.
import { channelColours, hex, knownGroups, listed, windowOf } from "../channels.js";
import { css, html, icon, live, nothing, repeat } from "../html.js";
import { keyOf } from "../tools/keys.js";
import { clamp } from "../viewer/view.js";
import { histogramPath, short } from "../viewer/contrast.js";

export const NEEDS = ["project", "channels", "shown", "active", "windows", "colours", "groups", "search", "statistics", "seen", "imageId", "palette", "theme", "keys"];

const W = 244, H = 28;
const paths = /** @type {WeakMap<object, string>} */ (new WeakMap());

/** @param {any} statistics */
function path(statistics) {
  let d = paths.get(statistics);
  if (!d) paths.set(statistics, (d = histogramPath(statistics.bins, W, H)));
  return d;
}

/** @param {any} s @param {any} act */
export function channels(s, act) {
  if (!s.project) return nothing;
  const groups = [...knownGroups(s.channels), ...s.groups], same = (/** @type {any} */ g) => g.channels.length === s.shown.length && g.channels.every((/** @type {string} */ n) => s.shown.includes(n));
  const colours = channelColours(s.shown, s.colours), list = listed(s.channels, s.shown, s.search);
  return html`<section class="channels" aria-labelledby="h-channels">
    <div class="head"><h2 id="h-channels">Channels</h2><span class="count">${s.shown.length} of ${s.channels.length} shown</span><span class="grow"></span>
      <button class="icon sm" aria-label="Automatic contrast" title=${`Automatic contrast of all channels (${keyOf("contrast", s.keys)}: of the chosen one)`} @click=${act.allAutomatic}>${icon("auto")}</button>
      <button class="icon sm" aria-label="Save group" title="Save the shown channels as a group" @click=${() => act.dialog({ kind: "name", title: "Save group", label: "Name of the group", value: "", run: act.saveGroup })}>${icon("save")}</button></div>
    <label class="search">${icon("search")}<input type="search" id="channel-search" aria-label="Search channels" placeholder="Name or metal" .value=${live(s.search)} @input=${(/** @type {any} */ e) => act.update({ search: e.target.value })}
      @keydown=${(/** @type {any} */ e) => { if (e.key === "Enter" && list[0]) { act.toggleChannel(list.find((c) => !s.shown.includes(c.name))?.name ?? list[0].name); act.update({ search: "" }); e.target.blur(); } if (e.key === "Escape") { act.update({ search: "" }); e.target.blur(); } }}><kbd aria-hidden="true">${keyOf("search", s.keys)}</kbd></label>
    <div class="chips" role="group" aria-label="Channel groups">${groups.map((g) => html`<button aria-pressed=${String(same(g))} title=${g.channels.join(", ")} @click=${() => act.group(g)} @contextmenu=${(/** @type {MouseEvent} */ e) => { if (s.groups.includes(g)) { e.preventDefault(); act.groupMenu(g, e); } }}>${g.name}</button>`)}</div>
    <ul class="channel-list" aria-label="Channels">${list.length ? repeat(list, (c) => c?.name, (c) => row(s, act, c, colours)) : html`<li class="channel-more">No channel is called that.</li>`}</ul></section>`;
}

/** @param {any} s @param {any} act @param {any} c @param {Record<string, string>} colours */
function row(s, act, c, colours) {
  const on = s.shown.includes(c.name), index = s.channels.indexOf(c), stats = act.viewer.statistics(index), colour = on ? hex(colours[c.name]) : "transparent", note = c.metal && c.metal !== c.target ? c.metal : /^mean$/i.test(c.target) ? "average × 100" : "";
  const head = html`<button class="eye" role="checkbox" aria-checked=${String(on)} aria-label=${`${c.name} visible`} title="Show or hide (Alt: only this one)" @click=${(/** @type {MouseEvent} */ e) => act.toggleChannel(c.name, e.altKey)}>${icon(on ? "eye" : "eye-off")}</button>
    <button class="pick" aria-label=${`${c.name} colour`} tabindex=${on ? 0 : -1} @click=${() => act.dialog({ kind: "colour", title: "Change colour", of: "channel", name: c.name, value: colours[c.name] })}></button>
    <span class="name" title=${c.name} @click=${() => (on ? act.update({ active: c.name }) : act.toggleChannel(c.name))}>${c.target}<small>${note}</small></span>`;
  if (!on) return html`<li class="channel" ${css({ "--c": colour })}>${head}${stats ? html`<svg class="mini" viewBox="0 0 244 28" preserveAspectRatio="none" aria-hidden="true"><path d=${path(stats)}></path></svg>` : html`<span></span>`}</li>`;
  const window = windowOf(s.windows, c.name, stats), from = stats?.from ?? 0, to = stats?.to ?? 1, at = (/** @type {number} */ v) => clamp((v - from) / (to - from || 1), 0, 1), [a, b] = window.map(at);
  return html`<li class=${c.name === s.active ? "channel on active" : "channel on"} ${css({ "--c": colour })} @pointerdown=${() => { if (s.active !== c.name) act.update({ active: c.name }); }}>${head}<span class="win">${short(window[0])} – ${short(window[1])}</span>
    <div class="histo" @dblclick=${() => act.setWindow(c.name, null)}>${stats ? html`<svg viewBox="0 0 244 28" preserveAspectRatio="none" aria-hidden="true"><defs><clipPath id=${`window-${index}`}><rect x=${W * a} width=${W * Math.max(0, b - a)} height="28"></rect></clipPath></defs><path class="ghosted" d=${path(stats)}></path><path class="fill" d=${path(stats)} clip-path=${`url(#window-${index})`}></path></svg>` : nothing}
      ${handle(act, c, "minimum", window, 0, a, from, window[1], to - from)}${handle(act, c, "maximum", window, 1, b, window[0], to, to - from)}</div></li>`;
}

/** @param {any} act @param {any} c @param {string} word @param {[number, number]} window @param {0 | 1} end @param {number} share @param {number} least @param {number} most @param {number} span */
function handle(act, c, word, window, end, share, least, most, span) {
  const set = (/** @type {number} */ v) => act.setWindow(c.name, end ? [window[0], Math.max(v, window[0] + span / 1000)] : [Math.min(v, window[1] - span / 1000), window[1]]);
  const keys = (/** @type {KeyboardEvent} */ e) => {
    const by = /** @type {Record<string, number>} */ ({ ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageUp: 10, PageDown: -10 })[e.key];
    if (!by) return;
    e.preventDefault(); e.stopPropagation();
    set(window[end] + (by * span) / 200);
  };
  const drag = (/** @type {PointerEvent} */ e) => {
    const target = /** @type {HTMLElement} */ (e.currentTarget), box = /** @type {HTMLElement} */ (target.parentElement).getBoundingClientRect(), from = least, low = end ? most - span : from;
    target.setPointerCapture(e.pointerId);
    const move = (/** @type {PointerEvent} */ m) => {
      const v = low + clamp((m.clientX - box.left) / box.width, 0, 1) * span, other = act.viewer.shown().find((/** @type {any} */ x) => x.name === c.name).window;
      act.setWindow(c.name, end ? [other[0], Math.max(v, other[0] + span / 1000)] : [Math.min(v, other[1] - span / 1000), other[1]]);
    };
    target.addEventListener("pointermove", move);
    target.addEventListener("lostpointercapture", () => target.removeEventListener("pointermove", move), { once: true });
  };
  return html`<span class="handle" role="slider" tabindex="0" aria-label=${`${c.name} ${word}`} aria-valuemin=${short(least)} aria-valuemax=${short(most)} aria-valuenow=${short(window[end])} ${css({ left: `${100 * share}%` })} @keydown=${keys} @pointerdown=${drag}></span>`;
}
