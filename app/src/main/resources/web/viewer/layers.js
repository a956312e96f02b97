// @ts-check
// Draws a scene with WebGL2: one pass a tile, everything adjustable is a uniform.
import { CHANNELS, CLASSES, fragment, variantName, VERTEX } from "./shader.js";
import { TILE } from "./view.js";

/**
 * @typedef {{tile: import("./tiles.js").Tile, channel: number}} Plane
 * @typedef {{box: import("./view.js").Box, raw: (import("./tiles.js").Tile | undefined)[], prediction: import("./predictions.js").PredictionTile | undefined}} SceneTile box: image pixels, a whole tile or what the image has of it
 * @typedef {{
 *   key: string, width: number, height: number, origin: [number, number], step: number, level: number, tiles: SceneTile[],
 *   channels: {window: [number, number], colour: number[]}[], rawOpacity: number, grey: boolean, wipe: number, back: number[],
 *   classes: number[][], tint: number[], segment: number[], uncertain: number, uncertainColour: number[], outline: boolean, segmentLines: boolean, patterns: boolean,
 *   labels: import("./labels.js").Labels | null, labelOpacity: number[]
 * }} Scene
 */

const BYTES = 512 * 2 ** 20;

export class Layers {
  #textures = /** @type {Map<string, {texture: WebGLTexture, version: any, bytes: number}>} */ (new Map());
  #bytes = 0;
  #filled = 0;
  #sync = /** @type {WebGLSync | null} */ (null);
  #programs = /** @type {Map<string, {program: WebGLProgram, at: Record<string, WebGLUniformLocation | null>, scene: Scene | null}>} */ (new Map());

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    const gl = canvas.getContext("webgl2", { alpha: false, antialias: false, depth: false, preserveDrawingBuffer: true });
    if (!gl) throw new Error("WebGL2 is not available");
    this.gl = gl;
    this.#prepare();
  }

  #prepare() {
    const gl = this.gl;
    this.#programs.clear();
    this.#textures.clear();
    this.#sync = null;
    this.#bytes = 0;
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
    gl.bindVertexArray(gl.createVertexArray());
    // Samplers of different kinds must never share a unit, bound or not: give every unit a texture of its kind.
    for (let i = 0; i < CHANNELS; i++) this.#bind(i, "none/raw", 0, () => this.#fill(gl.R32F, 1, 1, gl.RED, gl.FLOAT, new Float32Array(1)));
    this.#bind(CHANNELS, "none/prediction", 0, () => this.#fillArray(1, 1, 1, new Uint16Array(1)), gl.TEXTURE_2D_ARRAY);
    this.#bind(CHANNELS + 1, "none/fresh", 0, () => this.#fill(gl.R8, 1, 1, gl.RED, gl.UNSIGNED_BYTE, new Uint8Array(1)));
    this.#bind(CHANNELS + 2, "none/label", 0, () => this.#fill(gl.R8UI, 1, 1, gl.RED_INTEGER, gl.UNSIGNED_BYTE, new Uint8Array(1)));
  }

  /** The program that draws just this. @param {import("./shader.js").Variant} variant */
  #program(variant) {
    const name = variantName(variant), known = this.#programs.get(name);
    if (known) return known;
    const gl = this.gl, program = gl.createProgram(), at = /** @type {Record<string, WebGLUniformLocation | null>} */ ({});
    for (const [kind, text] of /** @type {[number, string][]} */ ([[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, fragment(variant)]])) {
      const shader = /** @type {WebGLShader} */ (gl.createShader(kind));
      gl.shaderSource(shader, text);
      gl.compileShader(shader);
      if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS) && !gl.isContextLost()) throw new Error(gl.getShaderInfoLog(shader) ?? "shader");
      gl.attachShader(program, shader);
    }
    gl.linkProgram(program);
    if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) throw new Error(gl.getProgramInfoLog(program) ?? "program");
    gl.useProgram(program);
    for (let i = 0; i < (gl.getProgramParameter(program, gl.ACTIVE_UNIFORMS) ?? 0); i++) {
      const uniform = /** @type {WebGLActiveInfo} */ (gl.getActiveUniform(program, i)).name.replace("[0]", "");
      at[uniform] = gl.getUniformLocation(program, uniform);
    }
    for (let i = 0; i < CHANNELS; i++) gl.uniform1i(at[`uRaw${i}`] ?? null, i);
    gl.uniform1i(at.uPrediction ?? null, CHANNELS);
    gl.uniform1i(at.uFresh ?? null, CHANNELS + 1);
    gl.uniform1i(at.uLabel ?? null, CHANNELS + 2);
    const made = { program, at, scene: null };
    this.#programs.set(name, made);
    return made;
  }

  /** What all tiles of a scene share. @param {Record<string, WebGLUniformLocation | null>} at @param {Scene} scene */
  #share(at, scene) {
    const gl = this.gl;
    gl.uniform2f(at.uOrigin ?? null, scene.origin[0], scene.origin[1]);
    gl.uniform1f(at.uStep ?? null, scene.step);
    gl.uniform1f(at.uHeight ?? null, scene.height);
    gl.uniform1f(at.uWipe ?? null, scene.wipe);
    gl.uniform3fv(at.uBack ?? null, scene.back);
    gl.uniform1f(at.uRawOpacity ?? null, scene.rawOpacity);
    gl.uniform1i(at.uGrey ?? null, scene.grey ? 1 : 0);
    gl.uniform1f(at.uUncertain ?? null, scene.uncertain);
    gl.uniform3fv(at.uUncertainColour ?? null, scene.uncertainColour);
    gl.uniform3fv(at.uClassColour ?? null, padded(scene.classes.flat(), 3 * CLASSES));
    gl.uniform1fv(at.uTint ?? null, padded(scene.tint, CLASSES));
    gl.uniform1fv(at.uSegment ?? null, padded(scene.segment, CLASSES));
    gl.uniform1fv(at.uLabelOpacity ?? null, padded(scene.labelOpacity, CLASSES));
    gl.uniform3fv(at.uColour ?? null, padded(scene.channels.flatMap((c) => c.colour), 3 * CHANNELS));
  }

  /** After a lost context came back. */
  restore() { this.#prepare(); }

  /**
   * @param {Scene} scene @param {import("./view.js").Box | null} [only] device pixels of the viewer to draw again; null: all
   */
  draw(scene, only = null) {
    const gl = this.gl;
    if (gl.isContextLost()) return;
    gl.viewport(0, 0, scene.width, scene.height);
    gl.enable(gl.SCISSOR_TEST);
    const [cx0, cy0, cx1, cy1] = only ?? [0, 0, scene.width, scene.height];
    gl.scissor(cx0, scene.height - cy1, cx1 - cx0, cy1 - cy0);
    gl.clearColor(scene.back[0], scene.back[1], scene.back[2], 1);
    gl.clear(gl.COLOR_BUFFER_BIT);
    for (const tile of scene.tiles) this.#drawTile(scene, tile, [cx0, cy0, cx1, cy1]);
    this.#trim();
    if (this.#sync) gl.deleteSync(this.#sync);
    this.#sync = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
  }

  /** Whether the graphics are still at what was drawn last. */
  get busy() {
    const gl = this.gl;
    if (!this.#sync || (gl.getSyncParameter(this.#sync, gl.SYNC_STATUS) !== gl.SIGNALED && !gl.isContextLost())) return this.#sync !== null;
    gl.deleteSync(this.#sync);
    this.#sync = null;
    return false;
  }

  /** @param {Scene} scene @param {SceneTile} tile @param {import("./view.js").Box} clip */
  #drawTile(scene, tile, clip) {
    const gl = this.gl;
    const edge = (/** @type {number} */ v, /** @type {number} */ axis) => Math.round((v - scene.origin[axis]) / scene.step);
    const x0 = Math.max(clip[0], edge(tile.box[0], 0)), x1 = Math.min(clip[2], edge(tile.box[2], 0));
    const y0 = Math.max(clip[1], edge(tile.box[1], 1)), y1 = Math.min(clip[3], edge(tile.box[3], 1));
    if (x0 >= x1 || y0 >= y1) return;
    gl.scissor(x0, scene.height - y1, x1 - x0, y1 - y0);

    const labels = scene.labels && !scene.labels.empty ? scene.labels : null, p = tile.prediction, decide = !!p && (scene.outline || scene.uncertain > 0 || scene.segment.some((v) => v > 0));
    const reduced = scene.step > 1.001 && [...tile.raw, p].some((plane) => plane && scene.step * 2 ** -plane.level > 1.001);
    const made = this.#program({
      channels: tile.raw.length, reduced, classes: p ? Math.min(p.classes, CLASSES) : 0, decide, outline: !!p && scene.outline, lines: decide && scene.segmentLines, patterns: decide && scene.patterns, labels: !!labels,
    });
    gl.useProgram(made.program);
    if (made.scene !== scene) { this.#share(made.at, scene); made.scene = scene; }
    const { at } = made;

    const places = new Float32Array(4 * CHANNELS), windows = new Float32Array(2 * CHANNELS);
    tile.raw.forEach((plane, i) => {
      windows.set(plane ? scene.channels[i].window : [1, 2], 2 * i);
      if (!plane) { this.#bind(i, "none/raw", 0, () => {}); return; }
      places.set([2 ** -plane.level, plane.column * TILE, plane.row * TILE, 0], 4 * i);
      this.#bind(i, `${scene.key}/${i}/raw/${plane.level}/${plane.column}/${plane.row}`, plane, () =>
        this.#fill(gl.R32F, plane.width, plane.height, gl.RED, gl.FLOAT, plane.data instanceof Float32Array ? plane.data : Float32Array.from(plane.data)));
    });
    gl.uniform4fv(at.uPlace ?? null, places);
    gl.uniform2fv(at.uWindow ?? null, windows);

    if (p) {
      const key = `${scene.key}/prediction/${p.level}/${p.column}/${p.row}`;
      this.#bind(CHANNELS, key, p.version, () => this.#fillArray(p.width, p.height, p.classes, p.planes), gl.TEXTURE_2D_ARRAY);
      this.#bind(CHANNELS + 1, `${key}/fresh`, p.settled, () => this.#fill(gl.R8, 8, 8, gl.RED, gl.UNSIGNED_BYTE, Uint8Array.from(p.fresh, (v) => 255 * v)));
      gl.uniform4f(at.uPredictionPlace ?? null, 2 ** -p.level, p.column * TILE, p.row * TILE, 0);
    }

    if (labels) {
      const { name, x, y, width, height } = labelPlace(scene, tile);
      this.#bind(CHANNELS + 2, name, labels, () => this.#fill(gl.R8UI, width, height, gl.RED_INTEGER, gl.UNSIGNED_BYTE, labels.read(x, y, width, height, scene.level)));
      gl.uniform4f(at.uLabelPlace ?? null, 2 ** -scene.level, x + 1, y + 1, 0);
    }
    gl.drawArrays(gl.TRIANGLES, 0, 3);
  }

  /** Brings the labels of a box into the textures that show it. @param {Scene} scene @param {import("./view.js").Box} box image pixels */
  updateLabels(scene, box) {
    const gl = this.gl, labels = scene.labels, scale = 2 ** scene.level;
    if (!labels) return;
    for (const tile of scene.tiles) {
      const { name, x: left, y: top, width, height } = labelPlace(scene, tile), kept = this.#textures.get(name);
      if (!kept) continue;
      const x0 = Math.max(0, Math.floor(box[0] / scale) - left), x1 = Math.min(width, Math.ceil(box[2] / scale) - left);
      const y0 = Math.max(0, Math.floor(box[1] / scale) - top), y1 = Math.min(height, Math.ceil(box[3] / scale) - top);
      if (x0 >= x1 || y0 >= y1) continue;
      gl.activeTexture(gl.TEXTURE0 + CHANNELS + 2);
      gl.bindTexture(gl.TEXTURE_2D, kept.texture);
      gl.texSubImage2D(gl.TEXTURE_2D, 0, x0, y0, x1 - x0, y1 - y0, gl.RED_INTEGER, gl.UNSIGNED_BYTE, labels.read(left + x0, top + y0, x1 - x0, y1 - y0, scene.level));
    }
  }

  /** Labels were read again from the server. @param {string} key of the scene */
  forgetLabels(key) {
    for (const [name, kept] of this.#textures) if (name.startsWith(`${key}/label/`)) this.#drop(name, kept);
  }

  /** Keeps one texture a name and fills it again when its version changed. @param {number} unit @param {string} name @param {any} version @param {() => void} fill @param {number} [kind] */
  #bind(unit, name, version, fill, kind = this.gl.TEXTURE_2D) {
    const gl = this.gl;
    let kept = this.#textures.get(name);
    gl.activeTexture(gl.TEXTURE0 + unit);
    if (kept) this.#textures.delete(name);
    else kept = { texture: /** @type {WebGLTexture} */ (gl.createTexture()), version: undefined, bytes: 0 };
    this.#textures.set(name, kept);
    gl.bindTexture(kind, kept.texture);
    if (kept.version === version) return;
    kept.version = version;
    for (const [what, value] of [[gl.TEXTURE_MIN_FILTER, gl.NEAREST], [gl.TEXTURE_MAG_FILTER, gl.NEAREST], [gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE], [gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE]]) gl.texParameteri(kind, what, value);
    fill();
    this.#bytes += this.#filled - kept.bytes;
    kept.bytes = this.#filled;
  }

  /** @param {number} inner @param {number} width @param {number} height @param {number} format @param {number} type @param {ArrayBufferView} data */
  #fill(inner, width, height, format, type, data) {
    this.gl.texImage2D(this.gl.TEXTURE_2D, 0, inner, width, height, 0, format, type, data);
    this.#filled = data.byteLength;
  }

  /** @param {number} width @param {number} height @param {number} layers @param {Uint16Array} data */
  #fillArray(width, height, layers, data) {
    const gl = this.gl;
    gl.texImage3D(gl.TEXTURE_2D_ARRAY, 0, gl.R16UI, width, height, layers, 0, gl.RED_INTEGER, gl.UNSIGNED_SHORT, data);
    this.#filled = data.byteLength;
  }

  /** The oldest textures beyond 512 MiB go. */
  #trim() {
    for (const [name, kept] of this.#textures) {
      if (this.#bytes <= BYTES) return;
      if (!name.startsWith("none/")) this.#drop(name, kept);
    }
  }

  /** @param {string} name @param {{texture: WebGLTexture, bytes: number}} kept */
  #drop(name, kept) {
    this.gl.deleteTexture(kept.texture);
    this.#textures.delete(name);
    this.#bytes -= kept.bytes;
  }
}

/** The samples of the label texture of a tile: its own and one around. @param {Scene} scene @param {SceneTile} tile */
function labelPlace(scene, tile) {
  const scale = 2 ** scene.level, x = Math.floor(tile.box[0] / scale) - 1, y = Math.floor(tile.box[1] / scale) - 1;
  return { name: `${scene.key}/label/${scene.level}/${x}/${y}`, x, y, width: Math.ceil(tile.box[2] / scale) + 1 - x, height: Math.ceil(tile.box[3] / scale) + 1 - y };
}

/** @param {number[]} values @param {number} length */
function padded(values, length) {
  const out = new Float32Array(length);
  out.set(values.slice(0, length));
  return out;
}
