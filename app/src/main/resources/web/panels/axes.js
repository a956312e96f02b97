// @ts-check
// What the axes of a stored array mean: letters, slowest first.
import { counted } from "../words.js";

export const AXES = [["t", "time"], ["z", "slice"], ["y", "row"], ["x", "column"], ["c", "channel"]];

/** Positions along each axis of the stored array. @param {any} image */
export const axisSizes = (image) => [...image.axes].map((a) => /** @type {Record<string, number>} */ ({ t: image.times, z: image.depth, y: image.height, x: image.width, c: image.channels })[a]);

/** An axis gets another letter; the axis that had it takes the one that is free now. @param {string} axes @param {number} k @param {string} letter */
export function withAxis(axes, k, letter) {
  const all = [...axes], other = all.indexOf(letter);
  if (other >= 0) all[other] = all[k];
  all[k] = letter;
  return all.join("");
}

/** The image in words; null where it would be none. @param {string} axes @param {number[]} sizes */
export function imageOf(axes, sizes) {
  const of = (/** @type {string} */ a) => sizes[axes.indexOf(a)] ?? 1;
  if (!axes.includes("x") || !axes.includes("y")) return null;
  return [`${of("x")} × ${of("y")} pixels`, counted(of("c"), "channel"), ...(of("z") > 1 ? [counted(of("z"), "slice")] : []), ...(of("t") > 1 ? [counted(of("t"), "time")] : [])].join(", ");
}
