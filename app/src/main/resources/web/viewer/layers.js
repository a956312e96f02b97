// @ts-check
// What of a scene is drawn from which textures: one pass a tile, everything adjustable is a uniform. The drawing itself is done by Graphics, on a thread of its own
// where the browser has that.
import { Graphics } from "./graphics.js";
import { CHANNELS } from "./shader.js";
import { Software } from "./software.js";
import { TILE } from "./view.js";

/**
 * @typedef {{box: import("./view.js").Box, raw: (import("./tiles.js").Tile | undefined)[], prediction: import("./predictions.js").PredictionTile | undefined}} SceneTile box: image pixels, a whole tile or what the image has of it
 * @typedef {{
 *   key: string, width: number, height: number, origin: [number, number], step: number, level: number, tiles: SceneTile[],
 *   channels: {window: [number, number], colour: number[]}[], rawOpacity: number, grey: boolean, wipe: number, back: number[],
 *   classes: number[][], tint: number[], segment: number[], uncertain: number, uncertainColour: number[], outline: boolean, segmentLines: boolean, patterns: boolean,
 *   labels: import("./labels.js").Labels | null, labelOpacity: number[]
 * }} Scene
 */

/** Of all textures; the oldest beyond go. */
const BYTES = 512 * 2 ** 20;

/** Commands that may wait for the next picture. */
const WAITING = 256;

export class Layers {
  #kept = /** @type {Map<string, {version: any, bytes: number}>} */ (new Map());
  #bytes = 0;
  #commands = /** @type {import("./graphics.js").Command[]} */ ([]);
  #transfers = /** @type {Transferable[]} */ ([]);
  #scene = /** @type {Scene | null} */ (null);
  #scenes = 0;

  /** @param {(commands: import("./graphics.js").Command[], transfers: Transferable[]) => Promise<void>} run resolves when all of it is drawn */
  constructor(run) { this.run = run; }

  /** Draws in the page. @param {HTMLCanvasElement} canvas @param {boolean} hardware @param {() => void} restored after a lost context came back */
  static here(canvas, hardware, restored) {
    const graphics = hardware ? new Graphics(canvas, () => { layers.#forget(); restored(); }) : new Software(canvas, document.createElement("canvas"));
    const layers = new Layers((commands) => {
      graphics.run(commands);
      return new Promise((done) => { const look = () => (graphics.busy ? setTimeout(look, 4) : done()); setTimeout(look, 0); });
    });
    return layers;
  }

  /**
   * Draws in a worker; null where the browser cannot.
   * @param {HTMLCanvasElement} canvas @param {boolean} hardware @param {() => void} restored @param {(reason: string) => void} failed the canvas is of no use any more
   */
  static apart(canvas, hardware, restored, failed) {
    if (!canvas.transferControlToOffscreen || typeof OffscreenCanvas === "undefined" || !new OffscreenCanvas(1, 1).getContext(hardware ? "webgl2" : "2d")) return null;
    const worker = new Worker(new URL("./graphics-worker.js", import.meta.url), { type: "module" }), waiting = /** @type {Map<number, () => void>} */ (new Map());
    let number = 0;
    const layers = new Layers((commands, transfers) => new Promise((done) => {
      waiting.set(++number, done);
      worker.postMessage({ number, commands }, transfers);
    }));
    const fail = (/** @type {string} */ reason) => { worker.terminate(); failed(reason); };
    worker.onerror = (e) => fail(e.message || "its script could not be loaded");
    worker.onmessage = ({ data }) => {
      if (data.failed) fail(data.failed);
      else if (data.restored) { layers.#forget(); restored(); }
      else { waiting.get(data.done)?.(); waiting.delete(data.done); }
    };
    const apart = canvas.transferControlToOffscreen();
    worker.postMessage({ canvas: apart, hardware }, [apart]);
    return layers;
  }

  #forget() {
    this.#kept.clear();
    this.#bytes = 0;
    this.#scene = null;
  }

  /** @param {import("./view.js").Size} size device pixels */
  resize({ width, height }) { this.#commands.push({ size: { width, height } }); }

  /** @param {Scene} scene @param {import("./view.js").Box[]} boxes device pixels of the viewer to draw again @returns {Promise<void>} that they are drawn */
  draw(scene, boxes) {
    if (this.#scene !== scene) { this.#scene = scene; this.#commands.push({ scene: this.#shared(scene) }); }
    for (const box of boxes) {
      if (box[0] >= box[2] || box[1] >= box[3]) continue;
      this.#commands.push({ clear: box });
      for (const tile of scene.tiles) this.#tile(scene, tile, box);
    }
    this.#trim();
    return this.#send();
  }

  #send() {
    const done = this.run(this.#commands, this.#transfers);
    this.#commands = [];
    this.#transfers = [];
    return done;
  }

  /** @param {Scene} scene @returns {import("./graphics.js").Shared} */
  #shared(scene) {
    const size = classesOf(scene), classes = new Float32Array(4 * size), opacities = new Float32Array(2 * size), colours = new Float32Array(3 * CHANNELS);
    scene.classes.forEach((c, k) => { classes.set([...c, scene.tint[k]], 4 * k); opacities.set([scene.segment[k], scene.labelOpacity[k]], 2 * k); });
    scene.channels.forEach((c, i) => colours.set(c.colour, 3 * i));
    const { height, level, origin, step, wipe, back, rawOpacity, grey, uncertain, uncertainColour } = scene;
    return { number: ++this.#scenes, height, level, origin, step, wipe, back, rawOpacity, grey, uncertain, uncertainColour, classes, opacities, colours };
  }

  /** @param {Scene} scene @param {SceneTile} tile @param {import("./view.js").Box} clip */
  #tile(scene, tile, clip) {
    const edge = (/** @type {number} */ v, /** @type {number} */ axis) => Math.round((v - scene.origin[axis]) / scene.step);
    const x0 = Math.max(clip[0], edge(tile.box[0], 0)), x1 = Math.min(clip[2], edge(tile.box[2], 0));
    const y0 = Math.max(clip[1], edge(tile.box[1], 1)), y1 = Math.min(clip[3], edge(tile.box[3], 1));
    if (x0 >= x1 || y0 >= y1) return;
    const labels = scene.labels && !scene.labels.empty ? scene.labels : null, p = tile.prediction, decide = !!p && (scene.outline || scene.uncertain > 0 || scene.segment.some((v) => v > 0));
    const reduced = scene.step > 1.001 && [...tile.raw, p].some((plane) => plane && scene.step * 2 ** -plane.level > 1.001);
    const windows = new Float32Array(2 * CHANNELS);
    tile.raw.forEach((plane, i) => windows.set(plane ? scene.channels[i].window : [1, 2], 2 * i));
    this.#commands.push({
      tile: {
        box: [x0, y0, x1, y1],
        variant: { channels: tile.raw.length, reduced, known: classesOf(scene), classes: p ? p.classes : 0, decide, outline: !!p && scene.outline, lines: decide && scene.segmentLines, patterns: decide && scene.patterns, labels: !!labels },
        raw: tile.raw.map((plane, i) => this.#raw(scene, plane, i)), windows, prediction: p ? this.#prediction(scene, p) : null, fresh: p ? this.#fresh(scene, p) : "", labels: labels && this.#labels(scene, tile, labels),
      },
    });
  }

  /** @param {Scene} scene @param {import("./tiles.js").Tile | undefined} plane @param {number} i @returns {import("./graphics.js").Bound} */
  #raw(scene, plane, i) {
    if (!plane) return null;
    const { level, column, row, width, height, data } = plane, name = `${scene.key}/${i}/raw/${level}/${column}/${row}`;
    this.#fill(name, plane, 4 * data.length, () => ({ kind: "raw", name, width, height, layers: 1, data }));
    return { name, place: [2 ** -level, column * TILE, row * TILE, 0] };
  }

  /** @param {Scene} scene @param {import("./predictions.js").PredictionTile} p @returns {import("./graphics.js").Bound} */
  #prediction(scene, { level, column, row, version, planes, width, height, classes }) {
    const name = `${scene.key}/prediction/${level}/${column}/${row}`;
    this.#fill(name, version, planes.byteLength, () => ({ kind: "prediction", name, width, height, layers: classes, data: planes }));
    return { name, place: [2 ** -level, column * TILE, row * TILE, 0] };
  }

  /** @param {Scene} scene @param {import("./predictions.js").PredictionTile} p */
  #fresh(scene, { level, column, row, settled, fresh }) {
    const name = `${scene.key}/fresh/${level}/${column}/${row}`;
    this.#fill(name, settled, fresh.length, () => ({ kind: "fresh", name, width: 8, height: 8, layers: 1, data: Uint8Array.from(fresh, (v) => 255 * v) }));
    return name;
  }

  /** @param {Scene} scene @param {SceneTile} tile @param {import("./labels.js").Labels} labels @returns {import("./graphics.js").Bound} */
  #labels(scene, tile, labels) {
    const { name, x, y, width, height } = labelPlace(scene, tile);
    this.#fill(name, labels, width * height, () => ({ kind: "label", name, width, height, layers: 1, data: this.#given(labels.read(x, y, width, height, scene.level)) }));
    return { name, place: [2 ** -scene.level, x + 1, y + 1, 0] };
  }

  /** Nobody else needs it. @param {Uint8Array} data */
  #given(data) {
    this.#transfers.push(data.buffer);
    return data;
  }

  /** Keeps one texture a name and fills it again when its version changed. @param {string} name @param {any} version @param {number} bytes @param {() => import("./graphics.js").Filling} fill */
  #fill(name, version, bytes, fill) {
    const kept = this.#kept.get(name);
    if (kept) this.#kept.delete(name);
    this.#kept.set(name, { version, bytes });
    if (kept && kept.version === version) return;
    this.#bytes += bytes - (kept?.bytes ?? 0);
    this.#commands.push({ fill: fill() });
  }

  /**
   * Brings what arrived into the texture that shows it. The planes are given away.
   * @param {string} key of the scene @param {import("./predictions.js").PredictionTile} tile which has it already @param {import("./predictions.js").Arrived} arrived @param {Uint16Array} planes
   */
  updatePrediction(key, { level, column, row, before, version, classes }, { x, y, width, height }, planes) {
    const name = `${key}/prediction/${level}/${column}/${row}`, kept = this.#kept.get(name);
    if (!kept || kept.version !== before) return;
    kept.version = version;
    this.#transfers.push(planes.buffer);
    this.#commands.push({ patch: { name, x: x - column * TILE, y: y - row * TILE, width, height, layers: classes, data: planes } });
    if (this.#commands.length > WAITING) this.#send();
  }

  /** Brings the labels of a box into the textures that show it. @param {Scene} scene @param {import("./view.js").Box} box image pixels */
  updateLabels(scene, box) {
    const { labels } = scene, scale = 2 ** scene.level;
    this.forgetLabels(scene.key, labels ? scene.tiles.map((tile) => labelPlace(scene, tile).name) : []);
    if (!labels) return;
    for (const tile of scene.tiles) {
      const { name, x: left, y: top, width, height } = labelPlace(scene, tile);
      if (!this.#kept.has(name)) continue;
      const x0 = Math.max(0, Math.floor(box[0] / scale) - left), x1 = Math.min(width, Math.ceil(box[2] / scale) - left);
      const y0 = Math.max(0, Math.floor(box[1] / scale) - top), y1 = Math.min(height, Math.ceil(box[3] / scale) - top);
      if (x0 >= x1 || y0 >= y1) continue;
      this.#commands.push({ patch: { name, x: x0, y: y0, width: x1 - x0, height: y1 - y0, layers: 0, data: this.#given(labels.read(left + x0, top + y0, x1 - x0, y1 - y0, scene.level)) } });
    }
    // Nothing is drawn while another page is open.
    if (this.#commands.length > WAITING) this.#send();
  }

  /** Labels are others: textures that are not brought up to date are made again when they are seen. @param {string} key of the scene @param {string[]} [but] names that stay */
  forgetLabels(key, but = []) {
    for (const name of [...this.#kept.keys()]) if (name.startsWith(`${key}/label/`) && !but.includes(name)) this.#drop(name);
  }

  #trim() {
    for (const name of [...this.#kept.keys()]) {
      if (this.#bytes <= BYTES) return;
      this.#drop(name);
    }
  }

  /** @param {string} name */
  #drop(name) {
    this.#bytes -= this.#kept.get(name)?.bytes ?? 0;
    this.#kept.delete(name);
    this.#commands.push({ drop: name });
  }
}

/** Nothing but the background. @param {import("./view.js").Size} size device pixels @param {number[]} back @returns {Scene} */
export const emptyScene = ({ width, height }, back) => ({
  key: "", width, height, origin: [0, 0], step: 1, level: 0, tiles: [], channels: [], rawOpacity: 1, grey: false, wipe: -1, back, classes: [], tint: [], segment: [], uncertain: 0, uncertainColour: [0, 0, 0],
  outline: false, segmentLines: false, patterns: false, labels: null, labelOpacity: [],
});

/** The samples of the label texture of a tile: its own and one around. @param {Scene} scene @param {SceneTile} tile */
function labelPlace(scene, tile) {
  const scale = 2 ** scene.level, x = Math.floor(tile.box[0] / scale) - 1, y = Math.floor(tile.box[1] / scale) - 1;
  return { name: `${scene.key}/label/${scene.level}/${x}/${y}`, x, y, width: Math.ceil(tile.box[2] / scale) + 1 - x, height: Math.ceil(tile.box[3] / scale) + 1 - y };
}

/** Room for classes in the program, in steps, so that a new class seldom needs a new program. @param {Scene} scene */
const classesOf = (scene) => Math.max(8, 8 * Math.ceil(scene.classes.length / 8));
