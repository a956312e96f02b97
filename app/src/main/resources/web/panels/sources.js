// @ts-check
// What can be exported, and which settings go with it.

export const SOURCES = ["Probabilities", "Simple Segmentation", "Uncertainty", "Features", "Labels"];
export const PROBABILITIES = { source: "Probabilities", type: "uint16", renormalize: true, input: [0, 1], output: [0, 65535], axes: "yxc", cutout: null, format: "tiff" };

/** These hold class numbers, the others shares between 0 and 1 or what a filter gives. @param {string} source */
const numbered = (source) => source === "Simple Segmentation" || source === "Labels";
/** These have one plane. @param {string} source */
const flat = (source) => numbered(source) || source === "Uncertainty";

/** Whether a forest is needed. @param {string} source */
export const predicted = (source) => source !== "Labels" && source !== "Features";

/** What changes with the source: class numbers as bytes would be no probabilities. @param {any} settings @param {string} source */
export function toSource(settings, source) {
  const { type, renormalize, input, output } = PROBABILITIES, axes = flat(source) ? "yx" : settings.axes === "yx" ? "yxc" : settings.axes;
  if (numbered(source)) return { source, axes, type: "uint8", renormalize: false };
  if (source === "Features") return { source, axes, type: "float32", renormalize: false };
  return { source, axes, ...(predicted(settings.source) && !numbered(settings.source) ? {} : { type, renormalize, input, output }) };
}
