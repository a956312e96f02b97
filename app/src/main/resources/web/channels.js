// @ts-check
// Which channels are shown, in what colour and contrast: everything is kept by channel name.
import { token } from "./colours.js";

export const MOST = 6;

/** Marker families of the usual tissue panels, for the groups that are offered where names are known. @type {[string, RegExp][]} */
const FAMILIES = [
  ["Nuclear", /^(dna|ir19|histone|h3|h3k|ki-?67|hoechst|dapi|foxp3|ph3)/i],
  ["Epithelial", /^(e-?cad|pan-?(cyto)?kera|keratin|ck\d|krt|epcam|β-?cat|b-?cat|beta-?cat|carbonic|cd?ca9|her2)/i],
  ["Immune", /^(cd(45|3|4|8|20|11|14|15|16|19|38|68|163|206|303|138|66|7|27|57)[a-z]?$|cd45ro|hla-?dr|mpo|lag3|pd-?(l?1)|granzyme|ido)/i],
  ["Stroma", /^(vim|sma|α-?sma|a-?sma|collagen|col1|cd31|cd34|fibronectin|pdgf|vwf|cd146|caveolin)/i],
];

/** One of each family, for the first look; the best known marker that the panel has. */
const OVERVIEW = [
  [/^dna1?$/i, /^dna/i, /^ir19/i, /^(dapi|hoechst)/i, /^(histone|h3)/i], [/^e-?cad/i, /^pan-?(cyto)?ker/i, /^(epcam|krt|ck\d|keratin)/i],
  [/^cd45$/i, /^cd45(?!r)/i, /^cd3$/i, /^cd(4|8|20|68)/i], [/^vim/i, /^([aα]-?)?sma/i, /^col/i],
];

/** @typedef {{name: string, target: string, metal: string, used: boolean, importance: number | null}} Channel */

/** What to show when nothing is known: one of each family, else the first three. @param {Channel[]} channels */
export function firstLook(channels) {
  const found = OVERVIEW.map((patterns) => patterns.flatMap((p) => channels.filter((c) => p.test(c.target)))[0]?.name).filter((n) => n !== undefined);
  const shown = /** @type {string[]} */ ([...new Set(found)]);
  const real = channels.filter((c) => !/^(mean|average)$/i.test(c.target));
  return shown.length >= 2 ? shown : (real.length ? real : channels).slice(0, 3).map((c) => c.name);
}

/** @param {Channel[]} channels @returns {{name: string, channels: string[]}[]} */
export function knownGroups(channels) {
  const overview = firstLook(channels), groups = [{ name: "Overview", channels: overview }];
  for (const [name, pattern] of FAMILIES) {
    const members = channels.filter((c) => pattern.test(c.target)).map((c) => c.name);
    if (members.length >= 2 && name !== "Epithelial") groups.push({ name, channels: members.slice(0, 5) });
  }
  return groups;
}

/** The channels as the list shows them: shown ones first, then the rest in the panel's order. @param {Channel[]} channels @param {string[]} shown @param {string} search */
export function listed(channels, shown, search) {
  const wanted = search.trim().toLowerCase(), fits = (/** @type {Channel} */ c) => !wanted || c.name.toLowerCase().includes(wanted);
  const first = shown.map((n) => channels.find((c) => c.name === n)).filter((c) => c !== undefined);
  return [...first, ...channels.filter((c) => !shown.includes(c.name))].filter((c) => fits(/** @type {Channel} */ (c)));
}

/** A colour for each shown channel: what was chosen, else the first of the palette that is free. @param {string[]} shown @param {Record<string, string>} chosen @returns {Record<string, string>} */
export function channelColours(shown, chosen) {
  const colours = /** @type {Record<string, string>} */ ({}), palette = Array.from({ length: MOST }, (_, k) => `--ch-${k + 1}`);
  for (const name of shown) if (chosen[name]) colours[name] = chosen[name];
  for (const name of shown) colours[name] ??= palette.find((p) => !Object.values(colours).includes(p)) ?? palette[0];
  return colours;
}

/** A palette entry or a colour of one's own → "#rrggbb". @param {string} colour */
export const hex = (colour) => (colour.startsWith("--") ? token(colour) : colour);

/** Shows one more; the seventh replaces the oldest. @param {string[]} shown @param {string} name */
export const showing = (shown, name) => (shown.includes(name) ? shown : [...shown, name].slice(-MOST));

/** @param {Record<string, [number, number]>} windows @param {string} name @param {{low: number, high: number} | null | undefined} statistics @returns {[number, number]} */
export const windowOf = (windows, name, statistics) => windows[name] ?? (statistics ? [statistics.low, statistics.high] : [0, 1]);
