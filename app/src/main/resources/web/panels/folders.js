// @ts-check
// Folders as the folder dialog shows them: where it starts, the way to a folder, what is left out of a list.
import { counted, thousands } from "../words.js";

/** @typedef {{name: string, path: string}} Place */

/** @param {string} path */
export const separator = (path) => (path.includes("\\") && !path.startsWith("/") ? "\\" : "/");

/** The innermost of the named folders that holds a path. @param {string} path @param {Place[]} roots */
const rootOf = (path, roots) => [...roots].sort((a, b) => b.path.length - a.path.length).find((r) => path === r.path || path.startsWith(/[\\/]$/.test(r.path) ? r.path : r.path + separator(path)));

/** The folder of the project, where the page may look into it. @param {string | null | undefined} folder @param {Place[] | null | undefined} roots */
export const startFolder = (folder, roots) => (folder && rootOf(folder, roots ?? []) ? folder : null);

/** The way from the root to here. @param {string} path @param {Place[]} roots */
export function pathParts(path, roots) {
  const root = rootOf(path, roots);
  if (!root) return [{ name: path, path }];
  const cut = separator(path), parts = [{ name: root.name, path: root.path }];
  let at = root.path.replace(/[\\/]$/, "");
  for (const part of path.slice(at.length).split(/[\\/]/).filter(Boolean)) { at += cut + part; parts.push({ name: part, path: at }); }
  return parts;
}

/** What a list of a folder lacks, in words; "" if nothing. @param {{entries: any[], total?: number, left?: number, complete?: boolean}} listing */
export function lacking({ entries, total, left, complete }) {
  const more = left ?? Math.max(0, (total ?? entries.length) - entries.length);
  if (more) return `${counted(more, "more", "more")}, type a part of the name`;
  return complete === false ? `More than ${thousands(entries.length)} here, type a part of the name` : "";
}
