// @ts-check
// Numbers and times as people read them.

/** 12 345 with thin spaces. @param {number} n */
export const thousands = (n) => String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, "\u202f");

/** @param {number} n @param {string} one @param {string} [many] */
export const counted = (n, one, many = `${one}s`) => `${thousands(n)} ${n === 1 ? one : many}`;

/** @param {number | null | undefined} share 0 … 1 @param {number} [digits] */
export const percent = (share, digits = 0) => (share == null ? "–" : `${(100 * share).toFixed(digits)}\u2009%`);

/** @param {number} then @param {number} now milliseconds */
export function ago(then, now) {
  const s = Math.max(0, Math.round((now - then) / 1000)), day = 86400;
  if (s < 5) return "just now";
  if (s < 60) return `${s} s ago`;
  if (s < 3600) return `${Math.floor(s / 60)} min ago`;
  if (sameDay(then, now)) return `today, ${clock(then)}`;
  if (sameDay(then, now - day * 1000)) return "yesterday";
  return new Date(then).toLocaleDateString("en-GB", s < 300 * day ? { day: "numeric", month: "long" } : { day: "numeric", month: "long", year: "numeric" });
}

/** @param {number} then @param {number} now */
export const when = (then, now) => (sameDay(then, now) ? `today, ${clock(then)}` : `${ago(then, now)}, ${clock(then)}`);

/** @param {number} a @param {number} b */
const sameDay = (a, b) => new Date(a).toDateString() === new Date(b).toDateString();

/** @param {number} t */
const clock = (t) => new Date(t).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });

/** @param {number} seconds @param {number} [digits] of a short one */
export function duration(seconds, digits = 1) {
  if (seconds < 0.1 && digits > 0) return `${Math.max(1, Math.round(1000 * seconds))} ms`;
  if (seconds < 10) return `${seconds.toFixed(digits)} s`;
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${String(Math.round(seconds % 60)).padStart(2, "0")} s`;
  return `${Math.floor(seconds / 3600)} h ${String(Math.floor((seconds % 3600) / 60)).padStart(2, "0")} min`;
}

/** @param {number} bytes */
export function bytes(bytes) {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let k = 0, v = bytes;
  while (v >= 1000 && k < 4) { v /= 1000; k++; }
  return `${v < 10 && k > 0 ? v.toFixed(1) : Math.round(v)} ${units[k]}`;
}

/** Names for captions: where they are long, parts that all of them share go, and a word that all start with shrinks to its first letter. @param {string[]} names @returns {(name: string) => string} */
export function captions(names) {
  if (names.length < 2 || names.every((n) => n.length <= 11)) return (name) => name;
  const [first] = names;
  let start = 0, end = 0;
  while (names.every((n) => start < n.length && n[start] === first[start])) start++;
  while (names.every((n) => start + end < n.length && n.at(-1 - end) === first.at(-1 - end))) end++;
  const from = Math.max(...["_", "-", " "].map((c) => first.slice(0, start).lastIndexOf(c))) + 1, tail = first.slice(first.length - end), cut = Math.max(0, ...["_", "-", " "].map((c) => (tail.includes(c) ? tail.length - tail.indexOf(c) : 0)));
  const short = (/** @type {string} */ n) => n.slice(from, n.length - cut), word = short(first).match(/^[A-Za-z]{4,}/)?.[0] ?? "";
  const shared = word && names.every((n) => short(n).startsWith(word) && !/^[A-Za-z]/.test(short(n).slice(word.length)));
  return (name) => (shared ? name[from] + short(name).slice(word.length) : short(name));
}

/** Names that tell images apart: crops of one image have its name, so theirs say where they lie. @param {any[]} images @returns {(image: any) => string} */
export function titles(images) {
  const seen = new Map();
  for (const { name } of images) seen.set(name, (seen.get(name) ?? 0) + 1);
  return (image) => (seen.get(image.name) > 1 && image.detail ? `${image.name}, ${image.detail.replace(/\s+/g, " ")}` : image.name);
}

/** The end of a long name says more than its start. @param {string} name @param {number} [most] */
export const shorten = (name, most = 12) => (name.length <= most ? name : `…${name.slice(-(most - 1))}`);
