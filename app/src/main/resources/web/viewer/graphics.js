// @ts-check
// WebGL2: textures by name, and tiles drawn from them. It decides nothing, so that it runs in a worker as well as in the page.
import { CHANNELS, fragment, variantName, VERTEX } from "./shader.js";

/**
 * @typedef {{
 *   number: number, height: number, level: number, origin: [number, number], step: number, wipe: number, back: number[], rawOpacity: number, grey: boolean, uncertain: number, uncertainColour: number[],
 *   classes: Float32Array, opacities: Float32Array, colours: Float32Array
 * }} Shared what all tiles of a scene share; classes: red, green, blue, tint of each; opacities: segmentation and labels of each; colours: of the channels
 * @typedef {"raw" | "prediction" | "fresh" | "label"} Kind
 * @typedef {{kind: Kind, name: string, width: number, height: number, layers: number, data: any}} Filling
 * @typedef {{name: string, x: number, y: number, width: number, height: number, layers: number, data: any}} Patch layers: of a prediction; 0: labels
 * @typedef {{name: string, place: number[]} | null} Bound place: samples an image pixel, offset x, offset y, 0
 * @typedef {{box: import("./view.js").Box, variant: import("./shader.js").Variant, raw: Bound[], windows: Float32Array, prediction: Bound, fresh: string, labels: Bound}} DrawnTile box: device pixels
 * @typedef {{size: import("./view.js").Size} | {fill: Filling} | {patch: Patch} | {drop: string}
 *   | {scene: Shared} | {clear: import("./view.js").Box} | {tile: DrawnTile}} Command
 */

export class Graphics {
  #textures = /** @type {Map<string, WebGLTexture>} */ (new Map());
  #programs = /** @type {Map<string, {program: WebGLProgram, at: Record<string, WebGLUniformLocation | null>, scene: number}>} */ (new Map());
  #scene = /** @type {Shared | null} */ (null);
  #sync = /** @type {WebGLSync | null} */ (null);

  /** @param {HTMLCanvasElement | OffscreenCanvas} canvas @param {() => void} restored after a lost context came back: there is no texture then */
  constructor(canvas, restored) {
    this.canvas = canvas;
    const gl = /** @type {WebGL2RenderingContext | null} */ (canvas.getContext("webgl2", { alpha: false, antialias: false, depth: false, preserveDrawingBuffer: true }));
    if (!gl) throw new Error("WebGL2 is not available");
    this.gl = gl;
    canvas.addEventListener("webglcontextlost", (/** @type {Event} */ e) => e.preventDefault());
    canvas.addEventListener("webglcontextrestored", () => { this.#prepare(); restored(); });
    this.#prepare();
  }

  #prepare() {
    const gl = this.gl;
    this.#programs.clear();
    this.#textures.clear();
    this.#sync = null;
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
    gl.bindVertexArray(gl.createVertexArray());
    // Samplers of different kinds must never share a unit, bound or not: give every unit a texture of its kind.
    const none = { width: 1, height: 1, layers: 1 };
    this.#fill({ ...none, kind: "raw", name: "none/raw", data: new Float32Array(1) });
    this.#fill({ ...none, kind: "prediction", name: "none/prediction", data: new Uint16Array(1) });
    this.#fill({ ...none, kind: "fresh", name: "none/fresh", data: new Uint8Array(1) });
    this.#fill({ ...none, kind: "label", name: "none/label", data: new Uint8Array(1) });
  }

  /** @param {Command[]} commands */
  run(commands) {
    const gl = this.gl;
    if (gl.isContextLost()) return;
    for (const c of commands) {
      if ("size" in c) Object.assign(this.canvas, c.size);
      else if ("fill" in c) this.#fill(c.fill);
      else if ("patch" in c) this.#patch(c.patch);
      else if ("drop" in c) { gl.deleteTexture(this.#textures.get(c.drop) ?? null); this.#textures.delete(c.drop); }
      else if ("scene" in c) this.#scene = c.scene;
      else if ("clear" in c) this.#clear(c.clear);
      else this.#draw(c.tile);
    }
    if (this.#sync) gl.deleteSync(this.#sync);
    this.#sync = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
    gl.flush();
  }

  /** Whether it is still at what was drawn last. */
  get busy() {
    const gl = this.gl;
    if (!this.#sync || (gl.getSyncParameter(this.#sync, gl.SYNC_STATUS) !== gl.SIGNALED && !gl.isContextLost())) return this.#sync !== null;
    gl.deleteSync(this.#sync);
    this.#sync = null;
    return false;
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
    const made = { program, at, scene: 0 };
    this.#programs.set(name, made);
    return made;
  }

  /** @param {Record<string, WebGLUniformLocation | null>} at @param {Shared} scene */
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
    if (at.uClass) gl.uniform4fv(at.uClass, scene.classes);
    if (at.uOpacity) gl.uniform2fv(at.uOpacity, scene.opacities);
    gl.uniform3fv(at.uColour ?? null, scene.colours);
  }

  /** @param {import("./view.js").Box} box */
  #clear([x0, y0, x1, y1]) {
    const gl = this.gl, { width, height } = this.canvas, [r, g, b] = this.#scene?.back ?? [0, 0, 0];
    gl.viewport(0, 0, width, height);
    gl.enable(gl.SCISSOR_TEST);
    gl.scissor(x0, height - y1, x1 - x0, y1 - y0);
    gl.clearColor(r, g, b, 1);
    gl.clear(gl.COLOR_BUFFER_BIT);
  }

  /** @param {DrawnTile} tile */
  #draw({ box: [x0, y0, x1, y1], variant, raw, windows, prediction, fresh, labels }) {
    const gl = this.gl, scene = this.#scene, made = this.#program(variant), { at } = made;
    if (!scene) return;
    gl.scissor(x0, this.canvas.height - y1, x1 - x0, y1 - y0);
    gl.useProgram(made.program);
    if (made.scene !== scene.number) { this.#share(at, scene); made.scene = scene.number; }
    const places = new Float32Array(4 * CHANNELS);
    for (let i = 0; i < CHANNELS; i++) {
      this.#bind(i, raw[i]?.name ?? "none/raw", gl.TEXTURE_2D);
      if (raw[i]) places.set(/** @type {{place: number[]}} */ (raw[i]).place, 4 * i);
    }
    gl.uniform4fv(at.uPlace ?? null, places);
    gl.uniform2fv(at.uWindow ?? null, windows);
    this.#bind(CHANNELS, prediction?.name ?? "none/prediction", gl.TEXTURE_2D_ARRAY);
    this.#bind(CHANNELS + 1, prediction ? fresh : "none/fresh", gl.TEXTURE_2D);
    if (prediction) gl.uniform4fv(at.uPredictionPlace ?? null, prediction.place);
    this.#bind(CHANNELS + 2, labels?.name ?? "none/label", gl.TEXTURE_2D);
    if (labels) gl.uniform4fv(at.uLabelPlace ?? null, labels.place);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
  }

  /** @param {number} unit @param {string} name @param {number} target */
  #bind(unit, name, target) {
    this.gl.activeTexture(this.gl.TEXTURE0 + unit);
    this.gl.bindTexture(target, this.#textures.get(name) ?? null);
  }

  /** @param {Filling} filling */
  #fill({ kind, name, width, height, layers, data }) {
    const gl = this.gl, array = kind === "prediction", target = array ? gl.TEXTURE_2D_ARRAY : gl.TEXTURE_2D;
    if (!this.#textures.has(name)) this.#textures.set(name, /** @type {WebGLTexture} */ (gl.createTexture()));
    this.#bind({ raw: 0, prediction: CHANNELS, fresh: CHANNELS + 1, label: CHANNELS + 2 }[kind], name, target);
    for (const [what, value] of [[gl.TEXTURE_MIN_FILTER, gl.NEAREST], [gl.TEXTURE_MAG_FILTER, gl.NEAREST], [gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE], [gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE]]) gl.texParameteri(target, what, value);
    if (kind === "raw") gl.texImage2D(target, 0, gl.R32F, width, height, 0, gl.RED, gl.FLOAT, data instanceof Float32Array ? data : Float32Array.from(data));
    else if (kind === "fresh") gl.texImage2D(target, 0, gl.R8, width, height, 0, gl.RED, gl.UNSIGNED_BYTE, data);
    else if (kind === "label") gl.texImage2D(target, 0, gl.R8UI, width, height, 0, gl.RED_INTEGER, gl.UNSIGNED_BYTE, data);
    else gl.texImage3D(target, 0, gl.R16UI, width, height, layers, 0, gl.RED_INTEGER, gl.UNSIGNED_SHORT, data);
  }

  /** @param {Patch} patch */
  #patch({ name, x, y, width, height, layers, data }) {
    const gl = this.gl;
    if (!this.#textures.has(name)) return;
    this.#bind(layers ? CHANNELS : CHANNELS + 2, name, layers ? gl.TEXTURE_2D_ARRAY : gl.TEXTURE_2D);
    if (layers) gl.texSubImage3D(gl.TEXTURE_2D_ARRAY, 0, x, y, 0, width, height, layers, gl.RED_INTEGER, gl.UNSIGNED_SHORT, data);
    else gl.texSubImage2D(gl.TEXTURE_2D, 0, x, y, width, height, gl.RED_INTEGER, gl.UNSIGNED_BYTE, data);
  }
}
