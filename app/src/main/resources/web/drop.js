// @ts-check
// Files dropped on the page: a browser gives names, not paths, so the server looks for them in the folders it may read.
import { counted, thousands } from "./words.js";

/** Each file is looked for in every folder: not too many of them. */
const MOST = 500;

/** @param {ReturnType<typeof import("./api.js").createApi>} api @param {any} act */
export function readDrop(api, act) {
  let depth = 0;
  const over = (/** @type {boolean} */ on) => { document.body.classList.toggle("dropping", on); document.querySelector(".dropzone")?.classList.toggle("over", on); };
  addEventListener("dragenter", (e) => { if (e.dataTransfer?.types.includes("Files")) { depth++; over(true); } });
  addEventListener("dragleave", () => { depth = Math.max(0, depth - 1); if (!depth) over(false); });
  addEventListener("dragover", (e) => e.preventDefault());
  addEventListener("drop", async (e) => {
    e.preventDefault();
    depth = 0;
    over(false);
    if (!e.dataTransfer?.files.length) return;
    const entries = [...e.dataTransfer.items].map((i) => i.webkitGetAsEntry?.()).filter((x) => x != null), files = [...e.dataTransfer.files], folder = entries.find((x) => x.isDirectory);
    const named = folder ? await inside(/** @type {FileSystemDirectoryEntry} */ (folder)) : files.map((f) => ({ name: f.name, size: f.size }));
    const found = await act.run(api.find(named.slice(0, MOST)));
    if (!found) return;
    const s = act.get(), project = found.paths.find((/** @type {string} */ p) => /\.ilp$/i.test(p));
    if (project) { act.open(project); return; }
    if (!found.paths.length) {
      act.update({ alert: { title: folder ? `${folder.name} was not found` : "These files were not found", message: "A browser tells a page the names of dropped files, not where they are, and none of them lies in a folder PixelForest was started with.", action: "Use Open Folder… instead.", run: { label: "Open Folder…", run: () => act.dialog({ kind: "files", purpose: "folder" }) } } });
      return;
    }
    const left = leftOut(named.length, found.missing ?? []);
    if (left) act.update({ alert: { ...left, action: "Use Open Folder… or Add New… for them.", run: null } });
    if (s.project && s.screen === "batch") act.run(api.batchAdd(found.paths));
    else if (s.project) act.addImages(found.paths);
    else act.open(folder ? common(found.paths) : found.paths[0]);
  });
}

/** What of a drop is not opened; null: nothing. @param {number} count files that were dropped @param {string[]} missing names that were not found */
export function leftOut(count, missing) {
  const many = count > MOST ? `Only the first ${MOST} of ${thousands(count)} files were looked for.` : "";
  if (!missing.length) return many ? { title: "Not all files were looked for", message: many } : null;
  const names = missing.slice(0, 3).join(", ") + (missing.length > 3 ? ` and ${missing.length - 3} more` : "");
  return { title: `${counted(missing.length, "file was", "files were")} not found`, message: `${names}: not in a folder PixelForest was started with. ${many}`.trim() };
}

/** Names and sizes of the files of a dropped folder, one level of folders deep. @param {FileSystemDirectoryEntry} folder @param {number} [deep] @returns {Promise<{name: string, size: number}[]>} */
async function inside(folder, deep = 1) {
  const reader = folder.createReader(), entries = /** @type {FileSystemEntry[]} */ ([]);
  // A reader gives a hundred at a time.
  for (;;) {
    const some = await new Promise((/** @type {(e: FileSystemEntry[]) => void} */ resolve) => reader.readEntries(resolve, () => resolve([])));
    if (!some.length || entries.push(...some) >= 2000) break;
  }
  const lists = await Promise.all(entries.map((e) => (e.isFile ? new Promise((/** @type {(l: {name: string, size: number}[]) => void} */ resolve) => /** @type {FileSystemFileEntry} */ (e).file((f) => resolve([{ name: f.name, size: f.size }]), () => resolve([]))) : deep ? inside(/** @type {FileSystemDirectoryEntry} */ (e), deep - 1) : [])));
  return lists.flat();
}

/** The folder that holds all of these. @param {string[]} paths */
export function common(paths) {
  const parts = paths.map((p) => p.split(/(?<=[\\/])/).slice(0, -1)), [first] = parts;
  let n = first.length;
  for (const p of parts) while (n > 0 && first.slice(0, n).join("") !== p.slice(0, n).join("")) n--;
  return first.slice(0, n).join("").replace(/(.)[\\/]$/, "$1");
}
