// @ts-check
// The painted planes the page knows, and the way of a stroke from the pointer to the server.
import { strokeIds } from "./outbox.js";
import { Labels } from "./viewer/labels.js";
import { rasterise } from "./viewer/stroke.js";

const PLANES = 12;

export class Strokes {
  #planes = /** @type {Map<string, Labels>} */ (new Map());
  #listeners = /** @type {((image: string, t: number, z: number, box: import("./viewer/view.js").Box | null) => void)[]} */ ([]);
  /** Reads of a plane come one after the other, so that the last answer is the newest. */
  #turns = /** @type {WeakMap<Labels, Promise<void>>} */ (new WeakMap());
  /** For each read that is under way, the strokes that its answer may lack. */
  #reads = /** @type {Set<any[]>} */ (new Set());
  /** The stroke under the pointer: not sent yet. @type {{image: string, t: number, z: number, value: number, name: string | null, indices: number[], before: number[]} | null} */
  current = null;

  /**
   * @param {import("./store.js").Store<any>} store @param {ReturnType<typeof import("./api.js").createApi>} api @param {import("./outbox.js").Outbox} outbox
   * @param {(error: unknown) => void} failed
   */
  constructor(store, api, outbox, failed) {
    this.store = store;
    this.api = api;
    this.outbox = outbox;
    this.failed = failed;
  }

  /** @param {(image: string, t: number, z: number, box: import("./viewer/view.js").Box | null) => void} listener */
  onchange(listener) { this.#listeners.push(listener); }

  /** @param {string} image @param {number} t @param {number} z @param {import("./viewer/view.js").Box | null} box */
  #tell(image, t, z, box) { for (const listener of this.#listeners) listener(image, t, z, box); }

  /** The labels of a plane; read from the server when first asked for. @param {{id: string, width: number, height: number}} image @param {number} t @param {number} z */
  plane(image, t, z) {
    const key = `${image.id}/${t}/${z}`, known = this.#planes.get(key);
    if (known && known.width === image.width && known.height === image.height) { this.#planes.delete(key); this.#planes.set(key, known); return known; }
    const labels = new Labels(image);
    this.#planes.set(key, labels);
    for (const old of this.#planes.keys()) { if (this.#planes.size <= PLANES) break; this.#planes.delete(old); }
    this.#read(image.id, t, z, [0, 0, image.width, image.height]);
    return labels;
  }

  /** Something else changed these pixels. @param {string} image @param {number} t @param {number} z @param {import("./viewer/view.js").Box | null} box */
  reload(image, t, z, box) {
    const labels = this.#planes.get(`${image}/${t}/${z}`);
    if (labels) this.#read(image, t, z, box ?? [0, 0, labels.width, labels.height]);
  }

  /** All planes, of this image or of all. @param {string | null} image */
  forget(image) {
    for (const key of [...this.#planes.keys()]) {
      const [id, t, z] = key.split("/");
      if (image === null || id === image) this.reload(id, Number(t), Number(z), null);
    }
  }

  /** The image has other pixels, maybe in another number: its planes are read when they are asked for. @param {string} image */
  remove(image) {
    for (const key of [...this.#planes.keys()]) if (key.startsWith(`${image}/`)) this.#planes.delete(key);
  }

  clear() { this.#planes.clear(); this.current = null; }

  /** @param {string} image @param {number} t @param {number} z @param {import("./viewer/view.js").Box} box */
  #read(image, t, z, box) {
    const labels = this.#planes.get(`${image}/${t}/${z}`);
    if (labels) this.#turns.set(labels, (this.#turns.get(labels) ?? Promise.resolve()).then(() => this.#readNow(labels, image, t, z, box)));
  }

  /** @param {Labels} labels @param {string} image @param {number} t @param {number} z @param {import("./viewer/view.js").Box} box */
  async #readNow(labels, image, t, z, box) {
    const key = `${image}/${t}/${z}`, [x0, y0, x1, y1] = box, lacking = [...this.outbox.waiting];
    if (this.#planes.get(key) !== labels) return;
    this.#reads.add(lacking);
    try {
      const buffer = await this.api.labels(image, { t, z, x0, y0, x1, y1 });
      if (this.#planes.get(key) !== labels) return;
      labels.load(buffer, box);
      // What the server did not have when it answered is painted on top again.
      for (const s of lacking) if (s.image === image && s.t === t && s.z === z) labels.paint(rasterise(s.points, s.brush, s.fill, labels), s.class);
      const now = this.current;
      if (now && now.image === image && now.t === t && now.z === z) now.before = [...labels.paint(now.indices, now.value).before];
      this.#tell(image, t, z, x0 === 0 && y0 === 0 && x1 === labels.width && y1 === labels.height ? null : box);
    } catch (/** @type {any} */ error) {
      if (this.#planes.get(key) !== labels || error.status === 0) return;
      // The image was removed meanwhile.
      if (error.status === 404) this.#planes.delete(key);
      else this.failed(error);
    } finally {
      this.#reads.delete(lacking);
    }
  }

  // ---- painting ----

  /**
   * @param {{id: string, width: number, height: number}} image @param {number} t @param {number} z @param {number} value class, 0: erase
   * @param {string | null} name of the class: its number may be another's when the stroke ends
   */
  begin(image, t, z, value, name = value ? this.store.get().classes[value - 1]?.name ?? null : null) {
    this.plane(image, t, z);
    this.current = { image: image.id, t, z, value, name, indices: [], before: [] };
  }

  /** @param {number[]} indices */
  extend(indices) {
    const now = this.current;
    const labels = now && this.#planes.get(`${now.image}/${now.t}/${now.z}`);
    if (!now || !labels || indices.length === 0) return;
    const { before, box } = labels.paint(indices, now.value);
    for (const v of before) now.before.push(v);
    for (const i of indices) now.indices.push(i);
    if (box) this.#tell(now.image, now.t, now.z, box);
  }

  /** Takes the stroke under the pointer back. */
  drop() {
    const now = this.current, labels = now && this.#planes.get(`${now.image}/${now.t}/${now.z}`);
    this.current = null;
    if (!now || !labels || now.indices.length === 0) return;
    labels.restore(now.indices, now.before);
    this.#tell(now.image, now.t, now.z, this.#box(now));
  }

  /** The stroke is complete: to the server with it. @param {number[]} points @param {number} brush */
  commit(points, brush) {
    const now = this.#end();
    if (now) this.#send({ image: now.image, t: now.t, z: now.z, class: now.value, brush, points, fill: false }, now.name);
  }

  /** No more comes to the stroke under the pointer. */
  #end() {
    const now = this.current;
    this.current = null;
    if (now) this.#tell(now.image, now.t, now.z, this.#box(now));
    return now;
  }

  /** What the stroke under the pointer has changed. @param {{image: string, t: number, z: number, indices: number[]}} now @returns {import("./viewer/view.js").Box} */
  #box({ image, t, z, indices }) {
    const width = this.#planes.get(`${image}/${t}/${z}`)?.width ?? 1, xs = indices.map((i) => i % width), ys = indices.map((i) => Math.floor(i / width));
    return indices.length ? [least(xs), least(ys), most(xs) + 1, most(ys) + 1] : [0, 0, 0, 0];
  }

  /** Paints and sends a whole stroke at once. @param {any} stroke @param {{id: string, width: number, height: number}} image */
  put(stroke, image) {
    this.begin(image, stroke.t, stroke.z, stroke.class);
    this.extend(rasterise(stroke.points, stroke.brush, stroke.fill, image));
    this.#send(stroke, this.#end()?.name ?? null);
  }

  /** @param {any} stroke @param {string | null} className */
  #send(stroke, className) {
    const s = this.store.get();
    this.store.update({ lastStroke: stroke });
    for (const lacking of this.#reads) lacking.push(stroke);
    this.outbox.add({ ...stroke, id: uuid(), page: this.api.page, className, project: strokeIds(s.project).at(-1) });
  }
}

/** A random UUID; browsers make them themselves only for pages of this machine. */
export function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return [...bytes].map((b, i) => ([4, 6, 8, 10].includes(i) ? "-" : "") + b.toString(16).padStart(2, "0")).join("");
}

/** @param {number[]} values */
const least = (values) => values.reduce((a, b) => Math.min(a, b), Infinity);
/** @param {number[]} values */
const most = (values) => values.reduce((a, b) => Math.max(a, b), -Infinity);
