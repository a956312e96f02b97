// @ts-check
// Small pictures: thumbnails, places to label, results. The server gives numbers, the page gives them colour.
import { channelColours, hex, windowOf } from "./channels.js";
import { classColours, rgb, token } from "./colours.js";
import { brightness, statistics } from "./viewer/contrast.js";
import { levelSize, thumbnailLevel } from "./viewer/view.js";
import { arrayOf } from "./viewer/tiles.js";

const AT_ONCE = 3;
const KEPT = 400;

/** @typedef {{width: number, height: number, planes: Float32Array[]}} Small */

/** @param {import("./store.js").Store<any>} store @param {ReturnType<typeof import("./api.js").createApi>} api */
export function createPictures(store, api) {
  const known = /** @type {Map<string, Promise<any>>} */ (new Map()), queue = /** @type {(() => void)[]} */ ([]);
  let running = 0;

  /** Few at a time, so that the viewer's own tiles are not kept waiting. @template T @param {() => Promise<T>} work @returns {Promise<T>} */
  const queued = (work) => new Promise((resolve, reject) => {
    queue.push(() => { running++; work().then(resolve, reject).finally(() => { running--; queue.shift()?.(); }); });
    if (running < AT_ONCE) queue.shift()?.();
  });

  /** @param {string} key @param {() => Promise<any>} make */
  function once(key, make) {
    const had = known.get(key);
    if (had) return had;
    const made = queued(make);
    known.set(key, made);
    made.catch(() => known.delete(key));
    for (const old of known.keys()) { if (known.size <= KEPT) break; known.delete(old); }
    return made;
  }

  /** @param {any} image @param {number[]} channels @param {number} level @param {number[] | null} box of the level @param {number} t @param {number} z @param {any} read @returns {Promise<Small>} */
  async function small(image, channels, level, box, t, z, read) {
    const size = levelSize(image, level), [x0, y0, x1, y1] = box ?? [0, 0, size.width, size.height], width = x1 - x0, height = y1 - y0;
    const buffer = await read(image.id, { c: channels.join(","), t, z, level, x0, y0, x1, y1 });
    const type = arrayOf(level === 0 ? image.type ?? "float32" : "float32");
    return { width, height, planes: channels.map((_, k) => Float32Array.from(new type(buffer, k * width * height * type.BYTES_PER_ELEMENT, width * height))) };
  }

  /** @param {any} s */
  function look(s) {
    const colours = channelColours(s.shown, s.colours);
    return s.shown.flatMap((/** @type {string} */ name) => {
      const index = s.channels.findIndex((/** @type {any} */ c) => c.name === name);
      return index < 0 ? [] : [{ index, name, colour: rgb(hex(colours[name])) }];
    });
  }

  /** @param {any} s @param {{index: number, name: string}} c @param {Float32Array} plane */
  const windowFor = (s, c, plane) => windowOf(s.windows, c.name, s.windows[c.name] ? null : s.statistics?.[c.index] ?? statistics(plane));

  /** @param {HTMLCanvasElement} canvas @param {Small} small @param {(d: Uint8ClampedArray) => void} fill */
  function put(canvas, { width, height }, fill) {
    // NB: setting a size makes the canvas anew, even where it has that size.
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    const data = new ImageData(width, height);
    fill(data.data);
    for (let i = 3; i < data.data.length; i += 4) data.data[i] = 255;
    canvas.getContext("2d")?.putImageData(data, 0, 0);
  }

  /** What is wanted of a canvas last; an answer to an older wish comes too late. */
  const wishes = /** @type {WeakMap<HTMLCanvasElement, object>} */ (new WeakMap());

  /** Paints what is asked for now, with the channels and colours of now. @param {(s: any) => Promise<((canvas: HTMLCanvasElement) => void) | null> | null} ask @returns {(canvas: HTMLCanvasElement) => void} */
  const wish = (ask) => (canvas) => {
    const own = {};
    wishes.set(canvas, own);
    ask(store.get())?.then((paint) => { if (wishes.get(canvas) === own) paint?.(canvas); }).catch(() => {});
  };

  /** @param {any} s as it was when the planes were asked for @param {Small} picture @returns {(canvas: HTMLCanvasElement) => void} */
  const composite = (s, picture) => (canvas) => {
    const parts = look(s).map((/** @type {any} */ c, /** @type {number} */ k) => ({ ...c, plane: picture.planes[k], window: windowFor(s, c, picture.planes[k]) }));
    put(canvas, picture, (d) => {
      for (let i = 0; i < picture.width * picture.height; i++) {
        let r = 0, g = 0, b = 0;
        for (const p of parts) { const v = brightness(p.plane[i], p.window); r += v * p.colour[0]; g += v * p.colour[1]; b += v * p.colour[2]; }
        d[4 * i] = r; d[4 * i + 1] = g; d[4 * i + 2] = b;
      }
    });
  };

  /** What a source makes of the probabilities. @param {any} s @param {string} source @param {ArrayBuffer} buffer @param {number} width @param {number} height @returns {(canvas: HTMLCanvasElement) => void} */
  const classes = (s, source, buffer, width, height) => (canvas) => {
    const colours = classColours(s.classes, s.palette).map(rgb);
    put(canvas, { width, height, planes: [] }, (d) => tint(d, source, new Uint16Array(buffer), colours, rgb(token("--uncertainty"))));
  };

  return {
    /** @param {any} image */
    thumbnail: (image) => wish((s) => {
      const channels = look(s).map((/** @type {any} */ c) => c.index);
      if (!channels.length || image.error || !s.project) return null;
      return once(`${s.project.id}/${image.id}/${image.path}/${channels}`, () => small(image, channels, thumbnailLevel(image), null, 0, 0, api.raw)).then((p) => composite(s, p));
    }),
    /** A place in doubt: grey, uncertainty on top. @param {any} place @param {any} image */
    place: (place, image) => wish((s) => {
      const shown = look(s), channels = shown.map((/** @type {any} */ c) => c.index), { box, t, z } = place;
      if (!image || !channels.length) return null;
      const patch = once(`${image.id}/${channels}/${t}/${z}/${box}`, () => small(image, channels, 0, box, t, z, api.raw));
      const doubt = once(`${image.id}/p${s.training?.model}/${t}/${z}/${box}`, () => api.probabilities(image.id, { t, z, level: 0, x0: box[0], y0: box[1], x1: box[2], y1: box[3] }));
      return Promise.all([patch, doubt]).then(([p, buffer]) => (canvas) => {
        const parts = shown.map((/** @type {any} */ c, /** @type {number} */ k) => ({ plane: p.planes[k], window: windowFor(s, c, p.planes[k]), w: [0.8, 0.42, 0.34, 0.26, 0.2, 0.18][k] }));
        const n = p.width * p.height, planes = buffer ? new Uint16Array(buffer) : new Uint16Array(0), k = planes.length / n, u = rgb(token("--uncertainty"));
        put(canvas, p, (d) => {
          for (let i = 0; i < n; i++) {
            let v = 0, first = 0, second = 0;
            for (const part of parts) v += part.w * brightness(part.plane[i], part.window);
            for (let c = 0; c < k; c++) { const q = planes[c * n + i] / 65535; if (q > first) { second = first; first = q; } else if (q > second) second = q; }
            const g = Math.min(235, 246 * v), a = k ? 0.9 * Math.max(0, Math.min(1, (1 - first + second - 0.45) / 0.45)) : 0;
            for (let j = 0; j < 3; j++) d[4 * i + j] = g * (1 - a) + u[j] * a;
          }
        });
      });
    }),
    /** What is exported of a part of an image, in the colours of the classes. @param {any} image @param {number[]} box @param {string} source as in the export settings */
    result: (image, box, source) => wish((s) => once(`${image.id}/r${s.training?.model}/${box}`, () => api.probabilities(image.id, { t: 0, z: 0, level: 0, x0: box[0], y0: box[1], x1: box[2], y1: box[3] }))
      .then((buffer) => (buffer ? classes(s, source, buffer, box[2] - box[0], box[3] - box[1]) : null))),
    /** A file of the batch list: its result when there is one, else the image. @param {any} file */
    batchFile: (file) => wish((s) => {
      if (!file.width) return null;
      const level = thumbnailLevel(file), size = levelSize(file, level), channels = look(s).map((/** @type {any} */ c) => c.index);
      const raw = () => once(`b${file.id}/${channels}`, () => small(file, channels, level, null, 0, 0, api.batchRaw)).then((p) => composite(s, p));
      if (file.state !== "done") return raw();
      return once(`b${file.id}/done/${file.output}`, () => api.batchProbabilities(file.id, { t: 0, z: 0, level })).then((buffer) => (buffer ? classes(s, "Probabilities", buffer, size.width, size.height) : raw()));
    }),
    /** What a feature sees. @param {any} image @param {Record<string, any>} query @param {{width: number, height: number}} size */
    feature: (image, query, size) => wish(() => once(`${image.id}/f${JSON.stringify(query)}`, () => api.feature(image.id, query, new AbortController().signal)).then((buffer) => (canvas) => {
      const plane = new Float32Array(buffer), sorted = Float32Array.from(plane).sort(), lo = sorted[Math.floor(sorted.length * 0.01)], hi = sorted[Math.floor(sorted.length * 0.99)];
      put(canvas, { ...size, planes: [] }, (d) => plane.forEach((v, i) => { const g = (255 * (v - lo)) / (hi - lo || 1); d[4 * i] = d[4 * i + 1] = d[4 * i + 2] = g; }));
    })),
    forget: () => known.clear(),
  };
}

/**
 * The colours of a result: each class as strong as it is probable, the first of the most probable ones, or how near the two most probable ones are.
 * @param {Uint8ClampedArray} d RGBA, black @param {string} source "Probabilities", "Simple Segmentation" or "Uncertainty" @param {Uint16Array} planes one a class, 0 … 65535 @param {number[][]} colours of the classes @param {number[]} doubt colour of uncertainty
 */
export function tint(d, source, planes, colours, doubt) {
  const n = d.length / 4, all = Math.floor(planes.length / n), k = Math.min(colours.length, all);
  for (let i = 0; i < n; i++) {
    let first = 0, second = 0, best = 0;
    for (let c = 0; c < all; c++) { const q = planes[c * n + i]; if (c === 0 || q > first) { second = c ? first : 0; first = q; best = c; } else if (q > second) second = q; }
    for (let j = 0; j < 3; j++) {
      if (source === "Simple Segmentation") d[4 * i + j] = colours[best]?.[j] ?? 0;
      else if (source === "Uncertainty") d[4 * i + j] = (1 - (first - second) / 65535) * doubt[j];
      else { let v = 0; for (let c = 0; c < k; c++) v += (planes[c * n + i] / 65535) * colours[c][j]; d[4 * i + j] = v; }
    }
  }
}
