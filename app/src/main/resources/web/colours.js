// @ts-check
// Which colour a class or channel has on the screen. Files never depend on it.

/** The convention in files is pure red, green, blue; on the screen these are the first three of the palette. */
const CONVENTION = ["#ff0000", "#00ff00", "#0000ff"];

/** @param {string} name of a CSS custom property */
export const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** @param {string} hex @returns {[number, number, number]} 0 … 255 */
export const rgb = (hex) => /** @type {[number, number, number]} */ ([1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16) || 0));

/** @param {{colour: string}[]} classes @param {string} palette "convention" or "safe" @returns {string[]} */
export function classColours(classes, palette) {
  return classes.map((c, k) => {
    if (palette === "safe" && k < 8) return token(`--class-${k + 1}`);
    const known = CONVENTION.indexOf(c.colour.toLowerCase());
    return known >= 0 ? token(`--class-${known + 1}`) : c.colour;
  });
}

/** The colour a new class gets: the first that no class has. @param {{colour: string}[]} classes */
export function newClassColour(classes) {
  const used = new Set(classes.map((c) => c.colour.toLowerCase()));
  for (let n = 1; ; n++) {
    const colour = n <= 3 ? CONVENTION[n - 1] : n <= 8 ? token(`--class-${n}`) : hue(n);
    if (!used.has(colour.toLowerCase()) && !(n <= 3 && used.has(token(`--class-${n}`).toLowerCase()))) return colour;
  }
}

/** @param {number} n */
function hue(n) {
  const a = n * 2.39996, wave = (/** @type {number} */ p) => Math.round(150 + 90 * Math.cos(a + p));
  return `#${[0, 2.1, 4.2].map((p) => wave(p).toString(16).padStart(2, "0")).join("")}`;
}
