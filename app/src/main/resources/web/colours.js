// @ts-check
// Which colour a class or channel has on the screen. Files never depend on it.

/** What a class may be called in files: pure red, green and blue by convention, then what follows them. The screen shows each as the palette has it. */
export const CLASS_COLOURS = ["#ff0000", "#00ff00", "#0000ff", "#ffb03b", "#c77dff", "#ff8ac2", "#2ec4d6", "#b8a07a"];
/** What ilastik gives classes without being asked. */
const ILASTIK = ["#ffff00", "#00ffff", "#ff00ff", "#ff69b4", "#66cdaa", "#a52a2a", "#000080", "#ffa500", "#adff2f", "#800080", "#c0c0c0", "#f0e68c", "#454545"];

/** @param {string} name of a CSS custom property */
export const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** @param {string} hex @returns {[number, number, number]} 0 … 255 */
export const rgb = (hex) => /** @type {[number, number, number]} */ ([1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16) || 0));

/** A colour that somebody chose stays, whatever the palette. @param {{colour: string}[]} classes @param {string} palette "convention" or "safe" @returns {string[]} */
export function classColours(classes, palette) {
  const chosen = classes.map((c) => c.colour.toLowerCase()), places = chosen.map((c) => CLASS_COLOURS.indexOf(c));
  // The safe palette has a free colour for each of ilastik's own.
  if (palette === "safe") chosen.forEach((c, k) => { if (ILASTIK.includes(c)) places[k] = CLASS_COLOURS.findIndex((_, free) => !places.includes(free)); });
  return classes.map((c, k) => (places[k] >= 0 ? token(`--class-${places[k] + 1}`) : c.colour));
}

/** The colour a new class gets: the first that no other has. @param {{colour: string}[]} classes */
export const newClassColour = (classes) => CLASS_COLOURS.find((colour) => classes.every((c) => c.colour.toLowerCase() !== colour)) ?? hue(classes.length + 1);

/** Black or white, whichever is read better on a colour. @param {string} hex */
export function ink(hex) {
  const [r, g, b] = rgb(hex).map((v) => (v <= 10 ? v / 3294.6 : ((v / 255 + 0.055) / 1.055) ** 2.4)), light = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  return (light + 0.05) / 0.05 >= 1.05 / (light + 0.05) ? "#000000" : "#ffffff";
}

/** @param {number} n */
function hue(n) {
  const a = n * 2.39996, wave = (/** @type {number} */ p) => Math.round(150 + 90 * Math.cos(a + p));
  return `#${[0, 2.1, 4.2].map((p) => wave(p).toString(16).padStart(2, "0")).join("")}`;
}
