// @ts-check
// Which images show something else than before under the same id.

/** @typedef {{id: string, path: string, internal: string, axes: string}} Picture */

/** Ids of the images whose file, or its axes, are others now. @param {Picture[]} before @param {Picture[]} now @returns {string[]} */
export function replaced(before, now) {
  const source = (/** @type {Picture} */ i) => [i.path, i.internal, i.axes].join("\n"), old = new Map(before.map((i) => [i.id, source(i)]));
  return now.filter((i) => old.has(i.id) && old.get(i.id) !== source(i)).map((i) => i.id);
}

/** What is known of channels of other images. @param {Record<string, any>} seen by image/channel @param {string[]} ids that are forgotten */
export const without = (seen, ids) => Object.fromEntries(Object.entries(seen).filter(([key]) => !ids.includes(key.slice(0, key.lastIndexOf("/")))));
