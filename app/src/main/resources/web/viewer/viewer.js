// @ts-check
// The viewer: what is seen of which image, drawn in the frame in which something changed.
import { channelColours, hex, windowOf } from "../channels.js";
import { classColours, rgb, token } from "../colours.js";
import { Busy } from "./busy.js";
import { extent, statistics } from "./contrast.js";
import { Cursor } from "./cursor.js";
import { Ink } from "./ink.js";
import { hasGraphics, layersOn } from "./hardware.js";
import { Later } from "./later.js";
import { emptyScene, Layers } from "./layers.js";
import { Predictions } from "./predictions.js";
import { area, Pace, Repaint } from "./repaint.js";
import { replaced, without } from "./sources.js";
import { Tiles } from "./tiles.js";
import { clipped, fit, keepInSight, levelFor, levelSize, nearestFirst, panBy, thumbnailLevel, TILE, tilesIn, toImage, toScreen, union, visible, zoomAt } from "./view.js";

/** Predictions are drawn from full resolution up to this many values; beyond it the server sends means. */
const FULL_DETAIL = 2 ** 25;

/**
 * Milliseconds that may go into drawing what is not under the brush: while somebody paints, and once there was no stroke for a while. Where the drawing has a thread
 * of its own nothing waits for it but the next drawing.
 */
const PAINTING = 6, RESTING = 20, WHILE = 3000;

/** Milliseconds between changes of the picture where each costs a good part of a frame: under a stroke, which lies over it; while tiles arrive; else. */
const UNDER_STROKE = 500, ARRIVING = 120, PAUSE = 30;

/** What of the state the picture depends on, and what the cursor alone. */
const SHOWN = ["screen", "session", "images", "imageId", "t", "z", "shown", "colours", "windows", "statistics", "seen", "classes", "palette", "layers", "style", "grey", "patterns", "compare", "peek", "connected"];
const POINTER = ["tool", "label", "sizes", "panning", "active"];

export class Viewer {
  view = { x: 0, y: 0, zoom: 1 };
  screen = { width: 1, height: 1 };
  /** The same in device pixels. */
  device = { width: 1, height: 1 };
  /** Where the pointer is, in image pixels; null: outside. @type {[number, number] | null} */
  pointer = null;
  image = /** @type {any} */ (null);
  predictions = new Predictions();
  #views = /** @type {Map<string, import("./view.js").View>} */ (new Map());
  #repaint = new Repaint();
  #pace = new Pace();
  #urgent = /** @type {import("./view.js").Box | null} */ (null);
  #composed = false;
  #underway = 0;
  #place = { hardware: hasGraphics(), apart: true };
  #stroked = -WHILE;
  #painted = -PAUSE;
  #inked = { stroke: /** @type {any} */ (null), count: 0 };
  #wet = /** @type {import("./view.js").Box | null} */ (null);
  #frame = 0;
  #picture = new Later(() => this.point());
  #sized = 0;
  #drawn = 0;
  #scene = /** @type {import("./layers.js").Scene | null} */ (null);
  #target = 0;
  #changed = 0;
  #moving = false;
  #busy;

  /**
   * @param {HTMLElement} element @param {import("../store.js").Store<any>} store @param {import("../strokes.js").Strokes} strokes @param {ReturnType<typeof import("../api.js").createApi>} api
   * @param {{pointed: () => void, moved: () => void, replaced: () => void, failed: (error: unknown) => void}} tell replaced: an image shows another file or other axes of it
   */
  constructor(element, store, strokes, api, tell) {
    this.element = element;
    this.store = store;
    this.strokes = strokes;
    this.tell = tell;
    this.canvas = /** @type {HTMLCanvasElement} */ (element.querySelector("#canvas"));
    this.cursor = new Cursor(/** @type {HTMLElement} */ (element.querySelector("#cursor")));
    this.ink = new Ink(/** @type {HTMLElement} */ (element.querySelector("#ink")));
    this.#busy = new Busy(element, store, () => this.#check());
    this.layers = this.#renderer();
    this.tiles = new Tiles(api.raw, (wish) => this.#loaded(wish), tell.failed);
    new ResizeObserver(() => this.#resize()).observe(element);
    strokes.onchange((image, t, z, box) => this.#labelsChanged(image, t, z, box));
    store.subscribe((state, before) => this.#follow(state, before));
    this.#resize();
  }

  #renderer() {
    const { layers, place } = layersOn(this.canvas, this.#place, () => this.invalidate(), (reason) => this.#fallBack(reason));
    this.#place = place;
    if (!place.hardware) this.store.update({ software: true });
    return layers;
  }

  /** The worker cannot draw: the page does. @param {string} reason */
  #fallBack(reason) {
    console.warn(`drawing in the page: ${reason}`);
    const fresh = /** @type {HTMLCanvasElement} */ (this.canvas.cloneNode());
    this.canvas.replaceWith(fresh);
    this.canvas = fresh;
    this.#place = { hardware: this.#place.hardware && this.#place.apart, apart: false };
    this.#underway = 0;
    this.ink.clear();
    this.layers = this.#renderer();
    this.#resize();
  }

  get ratio() { return window.devicePixelRatio || 1; }

  #resize() {
    const box = this.element.getBoundingClientRect();
    if (box.width === 0) return;
    const fresh = this.screen.width === 1;
    this.screen = { width: box.width, height: box.height };
    this.#sized = this.ratio;
    this.device = { width: Math.round(box.width * this.ratio), height: Math.round(box.height * this.ratio) };
    this.layers.resize(this.device);
    this.#repaint.resize(this.device);
    this.#scene = null;
    if (fresh && this.image && !this.#views.has(this.image.id)) this.view = fit(this.image, this.screen);
    this.tell.moved();
    this.invalidate();
  }

  /** @param {any} state @param {any} before */
  #follow(state, before) {
    const image = state.images.find((/** @type {any} */ i) => i.id === state.imageId) ?? null;
    if (state.images !== before.images) this.#replace(state, before);
    if (image?.id !== this.image?.id || image?.width !== this.image?.width || image?.height !== this.image?.height) {
      if (this.image) this.#views.set(this.image.id, this.view);
      this.image = image;
      this.pointer = null;
      if (image) this.view = this.#views.get(image.id) ?? this.#carry(image);
      else this.#blank();
      this.#boundViews();
      this.tell.moved();
    } else if (image) this.image = image;
    if (state.session !== before.session || state.project?.id !== before.project?.id || (state.classes !== before.classes && Predictions.renumbered(before.classes, state.classes))) {
      this.predictions.clear();
      if (state.project?.id !== before.project?.id) { this.tiles.clear(); this.#views.clear(); if (image) this.view = fit(image, this.screen); }
    }
    if (state.training?.target !== this.#target) {
      this.#target = state.training?.target ?? 0;
      this.#changed = performance.now();
      setTimeout(() => this.#check(), 210);
    }
    if (state.unsent !== before.unsent) this.#check();
    const news = (/** @type {any} */ t) => t && `${t.model} ${t.target} ${t.live} ${t.state === "updating"}`, first = (/** @type {any} */ t) => t?.model > 0;
    if (SHOWN.some((part) => state[part] !== before[part]) || state.project?.id !== before.project?.id || first(state.training) !== first(before.training) || !sameNames(state.channels, before.channels)) this.invalidate();
    else if (news(state.training) !== news(before.training)) this.#recomposed();
    else if (POINTER.some((part) => state[part] !== before[part])) this.point();
  }

  /** @param {any} state @param {any} before */
  #replace(state, before) {
    const ids = replaced(before.images, state.images);
    if (!ids.length) return;
    for (const id of ids) { this.tiles.forget(id); this.predictions.forget(id); this.strokes.remove(id); }
    queueMicrotask(() => this.store.update((s) => ({ seen: without(s.seen, ids) })));
    this.tell.replaced();
  }

  /** A new image of the same size keeps the zoom. @param {any} image */
  #carry(image) {
    const whole = fit(image, this.screen);
    return this.view.zoom > whole.zoom ? { ...whole, zoom: Math.min(this.view.zoom, 64) } : whole;
  }

  #boundViews() {
    for (const key of this.#views.keys()) { if (this.#views.size <= 500) break; this.#views.delete(key); }
  }

  // ---- moving ----

  /** @param {import("./view.js").View} view */
  setView(view) {
    if (!this.image) return;
    this.view = keepInSight(view, this.image);
    this.tell.moved();
    this.invalidate();
  }
  /** @param {number} factor @param {number} [sx] @param {number} [sy] */
  zoom(factor, sx = this.#middle()[0], sy = this.#middle()[1]) { this.setView(zoomAt(this.view, this.screen, factor, sx, sy)); }
  /** @returns {[number, number]} */
  #middle() { return this.pointer ? toScreen(this.view, this.screen, ...this.pointer) : [this.screen.width / 2, this.screen.height / 2]; }
  fit() { if (this.image) this.setView(fit(this.image, this.screen)); }
  hundred() { this.setView({ ...this.view, zoom: 1 }); }
  centre() { if (this.image) this.setView({ ...this.view, x: this.image.width / 2, y: this.image.height / 2 }); }
  /** @param {number} dx @param {number} dy */
  pan(dx, dy) { this.setView(panBy(this.view, dx, dy)); }
  /** Shows a box of the image with room around it. @param {import("./view.js").Box} box */
  lookAt([x0, y0, x1, y1]) {
    const room = Math.min(this.screen.width, this.screen.height) / (4 * Math.max(x1 - x0, y1 - y0, 8));
    this.setView({ x: (x0 + x1) / 2, y: (y0 + y1) / 2, zoom: Math.max(1, Math.min(this.view.zoom < 2 ? 6 : this.view.zoom, room)) });
  }
  /** @param {number} sx @param {number} sy @returns {[number, number]} */
  at(sx, sy) { return toImage(this.view, this.screen, sx, sy); }
  /** @param {[number, number]} p */
  holds([x, y]) { return !!this.image && x >= 0 && y >= 0 && x < this.image.width && y < this.image.height; }

  // ---- drawing ----

  /** Something of the picture is another: all of it, or a box of device pixels. @param {import("./view.js").Box} [box] */
  invalidate(box = [0, 0, this.device.width, this.device.height]) {
    this.#repaint.add(box);
    this.#recomposed();
  }

  /** What the picture is made of is another; what of it is to be drawn again will be seen. */
  #recomposed() {
    this.#composed = false;
    this.point();
  }

  /** A box of the image is another. @param {import("./view.js").Box} box image pixels */
  #invalidateImage(box) {
    // There is no use in a frame before the next picture.
    if (this.#scene && this.#picture.by(performance.now() + ARRIVING)) { this.#repaint.add(this.#onScreen(this.#scene, box)); this.#composed = false; }
    else if (this.#scene) this.invalidate(this.#onScreen(this.#scene, box));
    else this.invalidate();
  }

  /** Device pixels around a box of the image; the rim of labels and lines between classes reach out of it. @param {import("./layers.js").Scene} scene @param {import("./view.js").Box} box @returns {import("./view.js").Box} */
  #onScreen({ origin, step, level }, box) {
    const rim = 4 + 2 ** level / step;
    return [(box[0] - origin[0]) / step - rim, (box[1] - origin[1]) / step - rim, (box[2] - origin[0]) / step + rim, (box[3] - origin[1]) / step + rim];
  }

  /** Only the cursor moved. */
  point() { this.#frame ||= requestAnimationFrame((now) => this.#draw(now)); }

  /** @param {number} now */
  #draw(now) {
    this.#frame = 0;
    if (!this.image || this.store.get().screen !== "training" || this.screen.width <= 1) return;
    // A window on another screen: device pixels are others, and no element changed its size.
    if (this.#sized !== this.ratio) this.#resize();
    if (this.#underway < 2) {
      if (!this.#composed) this.#recompose(now);
      if (this.#urgent && this.#scene) this.#paintOver([this.#urgent], this.#scene);
    }
    this.#drawInk();
    if (!this.#repaint.empty && this.#underway === 0 && this.#scene) {
      const wait = this.#slow ? this.#painted + (this.strokes.current ? UNDER_STROKE : !this.#place.apart ? 0 : now - this.#changed < ARRIVING ? ARRIVING : PAUSE) - now : 0;
      if (wait > 0) this.#picture.at(now + wait, now);
      else this.#paint(this.#repaint.take(this.#place.apart ? Infinity : this.#pace.within(this.#allowed)), this.#scene);
    }
    this.#cursor();
    this.tell.pointed();
  }

  /** There is no image any more. */
  #blank() {
    this.#scene = this.#wet = null;
    this.#repaint.clear();
    this.cursor.hide();
    this.#paintOver([[0, 0, this.device.width, this.device.height]], emptyScene(this.device, background()));
    this.tell.pointed();
  }

  /** What is new of the stroke under the pointer. */
  #drawInk() {
    const now = this.strokes.current, scene = this.#scene;
    if (!now || !scene?.labels || !this.#wet) return;
    if (this.#inked.stroke !== now) this.#inked = { stroke: now, count: 0 };
    const s = this.store.get(), fresh = now.indices.slice(this.#inked.count);
    this.#inked.count = now.indices.length;
    this.ink.draw(fresh, classColours(s.classes, s.palette)[now.value - 1], scene.labels, scene, this.ratio);
  }

  /** Whether the graphics take a good part of a frame for the whole picture. */
  get #slow() { return this.#pace.within(PAINTING) < (this.device.width * this.device.height) / 2; }

  get #allowed() { return this.strokes.current || performance.now() - this.#stroked < WHILE ? PAINTING : RESTING; }

  /** A picture that moved is drawn at once, else it would be torn. @param {number} now */
  #recompose(now) {
    const before = this.#scene, scene = this.#compose(), ms = now - this.#drawn;
    this.#scene = scene;
    this.#composed = true;
    this.#drawn = now;
    const moving = this.#settle(scene, ms);
    const moved = !before || before.key !== scene.key || before.step !== scene.step || before.origin.some((v, k) => v !== scene.origin[k]);
    if (moved) {
      this.#repaint.clear();
      if (this.#wet && before && before.key !== scene.key) this.layers.forgetLabels(before.key);
      else if (this.#wet) this.layers.updateLabels(scene, this.#wet);
      this.#wet = null;
      this.#paintOver([[0, 0, scene.width, scene.height]], scene);
    }
    if (moving) this.#recomposed();
  }

  /** What lay over the picture is part of it from then on. @param {import("./view.js").Box[]} boxes device pixels @param {import("./layers.js").Scene} scene */
  #paintOver(boxes, scene) {
    const dry = this.ink.lift();
    this.#urgent = null;
    this.#inked = { stroke: null, count: 0 };
    this.#paint(boxes, scene).then(dry);
  }

  /** @param {import("./view.js").Box[]} boxes device pixels @param {import("./layers.js").Scene} scene */
  async #paint(boxes, scene) {
    const began = (this.#painted = performance.now()), allowed = this.#allowed, { layers } = this, parts = boxes.map((b) => clipped(b, scene));
    this.#underway++;
    try {
      await layers.draw(scene, parts);
    } catch (error) {
      if (layers === this.layers) this.#fallBack(String(error));
      return;
    }
    if (layers !== this.layers) return;
    this.#underway--;
    this.#pace.drew(parts.reduce((sum, b) => sum + area(b), 0), performance.now() - began, allowed);
    if (!this.#repaint.empty || !this.#composed || this.#urgent) this.point();
  }

  /** @returns {import("./layers.js").Scene} */
  #compose() {
    const s = this.store.get(), image = this.image, { t, z } = s, ratio = this.ratio;
    const deviceZoom = this.view.zoom * ratio, level = Math.min(levelFor(deviceZoom), Math.max(thumbnailLevel(image), 0));
    const known = Math.max(1, s.classes.length), predictionLevel = image.width * image.height * known <= FULL_DETAIL ? 0 : level;
    const [ox, oy] = toImage(this.view, this.screen, 0, 0), box = visible(this.view, this.screen, image);
    const shown = this.shown(), places = box ? tilesIn(box, image, predictionLevel) : [];
    const side = TILE * 2 ** predictionLevel, step = 2 ** (level - predictionLevel);
    const layers = s.layers, predicting = s.training?.model > 0 && !s.peek;
    this.predictions.seen = places.length;
    const tiles = places.map(([column, row]) => ({
      box: /** @type {import("./view.js").Box} */ ([column * side, row * side, Math.min(image.width, (column + 1) * side), Math.min(image.height, (row + 1) * side)]),
      raw: shown.map((c) => this.tiles.finest(image, t, z, level, c.index, Math.floor(column / step), Math.floor(row / step))),
      prediction: predicting ? this.predictions.get(image.id, t, z, predictionLevel, column, row) : undefined,
    }));
    const colours = classColours(s.classes, s.palette).map((c) => rgb(c).map((v) => v / 255));
    const perClass = (/** @type {(k: number) => number} */ f) => s.classes.map((/** @type {any} */ _, /** @type {number} */ k) => f(k));
    const tint = perClass((k) => (on(layers.prediction, k) ? layers.prediction.classes[k].opacity / 100 : 0));
    const segment = perClass((k) => (layers.segmentation.on && on(layers.segmentation, k) ? (layers.segmentation.classes[k].opacity / 100) * (layers.segmentation.opacity / 100) : 0));
    const uncertain = layers.uncertainty.on ? layers.uncertainty.opacity / 100 : 0;
    const covered = predicting && [...tint, ...segment, uncertain].some((v) => v > 0);
    this.#ask(s, box, level, predictionLevel, shown.map((c) => c.index));
    return {
      key: `${image.id}/${t}/${z}`, ...this.device, origin: [ox, oy], step: 1 / deviceZoom, level, tiles,
      channels: shown.map((c) => ({ window: c.window, colour: c.colour })),
      rawOpacity: s.peek ? 1 : layers.raw.on ? layers.raw.opacity / 100 : 0, grey: covered && s.grey,
      wipe: s.compare === null || !covered ? -1 : s.compare * this.device.width, back: background(),
      classes: colours, tint, segment, uncertain, uncertainColour: rgb(token("--uncertainty")).map((v) => v / 255), outline: s.style === "outline", segmentLines: segment.some((/** @type {number} */ v) => v > 0) && (s.style === "outline" || tint.some((/** @type {number} */ v) => v > 0)), patterns: s.patterns,
      labels: s.peek || !layers.labels.on ? null : this.strokes.plane(image, t, z), labelOpacity: perClass((k) => (on(layers.labels, k) ? (layers.labels.opacity / 100) * (layers.labels.classes[k].opacity / 100) : 0)),
    };
  }

  /** The shown channels with colour and window. @returns {{index: number, name: string, target: string, window: [number, number], colour: number[], hex: string}[]} */
  shown() {
    const s = this.store.get(), colours = channelColours(s.shown, s.colours);
    return s.shown.flatMap((/** @type {string} */ name) => {
      const index = s.channels.findIndex((/** @type {any} */ c) => c.name === name);
      if (index < 0) return [];
      const h = hex(colours[name]);
      return [{ index, name, target: s.channels[index].target, window: windowOf(s.windows, name, this.statistics(index)), colour: rgb(h).map((v) => v / 255), hex: h }];
    });
  }

  /** Over all images where known, else of this one. @param {number} index */
  statistics(index) {
    const s = this.store.get();
    return s.statistics?.[index] ?? s.seen[`${this.image?.id}/${index}`] ?? null;
  }

  /** @param {any} s @param {import("./view.js").Box | null} box @param {number} level @param {number} predictionLevel @param {number[]} channels */
  #ask(s, box, level, predictionLevel, channels) {
    const image = this.image, { t, z } = s, thumb = thumbnailLevel(image), wishes = [];
    const [px, py] = this.pointer ?? [this.view.x, this.view.y];
    if (thumb > level) wishes.push({ image, t, z, level: thumb, column: 0, row: 0, channels });
    if (box) for (const [column, row] of nearestFirst(tilesIn(box, image, level), px / 2 ** level, py / 2 ** level)) wishes.push({ image, t, z, level, column, row, channels });
    if (!s.statistics && s.channels.length) wishes.push({ image, t, z, level: thumb, column: 0, row: 0, channels: s.channels.map((/** @type {any} */ _, /** @type {number} */ i) => i) });
    const here = s.images.indexOf(image);
    for (const near of [s.images[here + 1], s.images[here - 1]]) {
      if (!near || near.error) continue;
      const l = near.width * near.height <= 2 ** 20 ? 0 : thumbnailLevel(near);
      for (const [column, row] of tilesIn([0, 0, near.width, near.height], near, l)) wishes.push({ image: near, t: 0, z: 0, level: l, column, row, channels });
    }
    if (s.connected) this.tiles.want(wishes);
    if (box) this.onview?.({ image: image.id, t, z, level: predictionLevel, box, pointer: this.pointer && this.pointer.map(Math.floor) });
  }

  /** What is seen, for the server. @type {((seen: any) => void) | null} */
  onview = null;

  /** @param {import("./tiles.js").Wish} wish */
  #loaded(wish) {
    const s = this.store.get();
    if (!s.statistics) {
      const seen = { ...s.seen };
      for (const c of wish.channels) {
        const tile = this.tiles.get(wish.image.id, wish.t, wish.z, wish.level, c, wish.column, wish.row), whole = levelSize(wish.image, wish.level);
        if (tile && tile.width === whole.width && tile.height === whole.height) seen[`${wish.image.id}/${c}`] ??= statistics(tile.data);
      }
      this.store.update({ seen });
    }
    if (wish.image.id !== this.image?.id) return;
    const side = TILE * 2 ** wish.level;
    this.#invalidateImage([wish.column * side, wish.row * side, (wish.column + 1) * side, (wish.row + 1) * side]);
  }

  /** A prediction tile came in. @param {import("./predictions.js").Arrived} arrived @param {Uint16Array} planes */
  arrived(arrived, planes) {
    const image = this.store.get().images.find((/** @type {any} */ i) => i.id === arrived.image);
    if (!image || arrived.classes > this.store.get().classes.length) return;
    this.layers.updatePrediction(`${arrived.image}/${arrived.t}/${arrived.z}`, this.predictions.put(arrived, planes, image), arrived, planes);
    this.#changed = performance.now();
    if (arrived.image !== this.image?.id) return;
    const scale = 2 ** arrived.level;
    this.#invalidateImage([arrived.x * scale, arrived.y * scale, (arrived.x + arrived.width) * scale, (arrived.y + arrived.height) * scale]);
  }

  /** Looks whether tiles have become stale or fresh without drawing; draws if so. */
  #check() {
    if (this.#scene && this.store.get().screen === "training" && this.#settle(this.#scene, -1)) this.#recomposed();
  }

  /** Moves stale tiles towards faded and says whether it goes on. @param {import("./layers.js").Scene} scene @param {number} ms */
  #settle(scene, ms) {
    const s = this.store.get(), now = performance.now(), waiting = s.connected && (s.training?.live || s.training?.state === "updating"), target = s.connected && s.training?.model > 0 ? this.#target : 0;
    const fade = now - this.#changed > 200;
    const step = ms < 0 ? 0 : this.#slow || matchMedia("(prefers-reduced-motion: reduce)").matches ? Infinity : this.#moving ? (ms > 120 ? Infinity : ms) : 16;
    const [left, top] = scene.origin, seen = /** @type {import("./view.js").Box} */ ([left, top, left + scene.width * scene.step, top + scene.height * scene.step]);
    let moving = false, stale = 0, cells = 0;
    for (const tile of scene.tiles) {
      if (!tile.prediction) { if (s.training?.model > 0 && waiting) { stale += 64; cells += 64; } continue; }
      const r = Predictions.settle(tile.prediction, target, step, fade, seen);
      moving ||= r.moving;
      if (waiting) { stale += r.stale; cells += r.cells; }
      if (!r.box) continue;
      const { level, column, row } = tile.prediction, at = (/** @type {number} */ v, /** @type {number} */ n) => (n * TILE + v) * 2 ** level;
      this.#repaint.add(this.#onScreen(scene, [at(r.box[0], column), at(r.box[1], row), at(r.box[2], column), at(r.box[3], row)]));
    }
    this.#busy.tell(stale, cells, now);
    if (ms >= 0) this.#moving = moving;
    return moving;
  }

  /** @param {string | null} image @param {number} t @param {number} z @param {import("./view.js").Box | null} box image pixels; null: read again as a whole */
  #labelsChanged(image, t, z, box) {
    const s = this.store.get(), scene = this.#scene;
    if (!this.image || image !== this.image.id || t !== s.t || z !== s.z || !scene) { this.layers.forgetLabels(`${image}/${t}/${z}`); return; }
    if (!box) { this.layers.forgetLabels(scene.key); this.invalidate(); return; }
    const now = this.strokes.current;
    if (now) this.#stroked = performance.now();
    this.#wet = this.#wet ? union(this.#wet, box) : box;
    // A stroke of solid colour lies over the picture until it ends; an eraser shows what is below.
    if (now && now.value > 0 && scene.labels && scene.labelOpacity[now.value - 1] === 1) { this.point(); return; }
    const seen = this.#onScreen(scene, this.#wet);
    this.layers.updateLabels(scene, this.#wet);
    this.#wet = null;
    if (!scene.labels) { this.ink.lift()(); this.invalidate(); return; }
    this.#urgent = this.#urgent ? union(this.#urgent, seen) : seen;
    this.point();
  }

  #cursor() {
    const s = this.store.get();
    if (!this.pointer || (s.tool !== "Brush" && s.tool !== "Eraser") || s.panning || !this.holds(this.pointer)) { this.cursor.hide(); return; }
    const [x, y] = toScreen(this.view, this.screen, ...this.pointer), eraser = s.tool === "Eraser";
    this.cursor.show(x, y, s.sizes[s.tool] * this.view.zoom, eraser ? "#fff" : classColours(s.classes, s.palette)[s.label - 1] ?? "#fff", eraser);
  }

  /** Values under the pointer: raw values of shown channels, class probabilities. */
  values() {
    if (!this.pointer || !this.image || !this.holds(this.pointer)) return null;
    const s = this.store.get(), { t, z } = s, image = this.image, [x, y] = this.pointer.map(Math.floor);
    const values = this.shown().map((c) => {
      const tile = this.tiles.finest(image, t, z, 0, c.index, Math.floor(x / TILE), Math.floor(y / TILE));
      if (!tile) return { ...c, value: null };
      const px = (x >> tile.level) - tile.column * TILE, py = (y >> tile.level) - tile.row * TILE;
      return { ...c, value: tile.data[Math.min(tile.height - 1, py) * tile.width + Math.min(tile.width - 1, px)] };
    });
    const level = image.width * image.height * Math.max(1, s.classes.length) <= FULL_DETAIL ? 0 : this.#scene?.level ?? 0, px = x >> level, py = y >> level;
    const tile = this.predictions.get(image.id, t, z, level, Math.floor(px / TILE), Math.floor(py / TILE));
    return { x: x + (image.origin?.[0] ?? 0), y: y + (image.origin?.[1] ?? 0), values, probabilities: Predictions.at(tile, px, py, this.#target) };
  }

  /** Least and largest value of a channel: of the image shown where all of it is here, else of the sample as well, for means do not reach so far. @param {number} index @returns {[number, number] | null} */
  range(index) {
    const s = this.store.get(), all = this.statistics(index);
    for (let level = 0; this.image && level <= thumbnailLevel(this.image); level++) {
      const size = levelSize(this.image, level), tile = size.width <= TILE && size.height <= TILE && this.tiles.get(this.image.id, s.t, s.z, level, index, 0, 0);
      if (tile) return extent(tile.data, level && all ? [all.min, all.max] : [Infinity, -Infinity]);
    }
    return all && [all.min, all.max];
  }
}

/** @returns {number[]} 0 … 1 */
const background = () => rgb(token("--viewer-bg")).map((v) => v / 255);

/** Their importance changes with every forest, which nothing here shows. @param {any[]} a @param {any[]} b */
const sameNames = (a, b) => a === b || (a?.length === b?.length && a?.every((c, k) => c.name === b[k].name));

/** @param {{classes: {on: boolean}[]}} layer @param {number} k */
const on = (layer, k) => layer.classes[k]?.on ?? false;
