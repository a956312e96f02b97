// @ts-check
// Brush and eraser: what the pointer does is drawn in the same frame; the stroke goes to the server when it ends.
import { sixteenths, StrokePainter } from "../viewer/stroke.js";

const SECOND_CLICK = 200;

/** Points of one stroke: the server takes 20 000, and no more. */
const MOST = 16_000;

/**
 * @param {import("../viewer/viewer.js").Viewer} viewer @param {import("../store.js").Store<any>} store @param {import("../strokes.js").Strokes} strokes
 * @param {(text: string) => void} say why nothing is painted
 */
export function createPaint(viewer, store, strokes, say) {
  let painter = /** @type {StrokePainter | null} */ (null), brush = 0, moved = false;
  let held = /** @type {{timer: number, at: [number, number], commit: () => void} | null} */ (null);

  /** @param {[number, number]} p image position */
  function begin(p) {
    finish();
    const s = store.get(), { image } = viewer, value = s.tool === "Eraser" ? 0 : s.label;
    if (!image || !viewer.holds(p)) return false;
    if (s.project.readOnly) { say("The project is read-only: nothing can be painted on it."); return false; }
    if (s.classes.length === 0) { say("There is no label to paint with: choose Add Label first."); return false; }
    show(s, value);
    brush = s.sizes[s.tool];
    painter = new StrokePainter(image, brush);
    moved = false;
    strokes.begin(image, s.t, s.z, value);
    extend(p);
    return true;
  }

  /** What is painted is seen. @param {any} s @param {number} value */
  function show({ layers, peek }, value) {
    const { labels } = layers, classes = labels.classes.map((/** @type {any} */ c, /** @type {number} */ k) => (k === value - 1 && !c.on ? { ...c, on: true } : c));
    if (!labels.on || peek || classes.some((/** @type {any} */ c, /** @type {number} */ k) => c !== labels.classes[k])) store.update({ peek: false, layers: { ...layers, labels: { ...labels, on: true, classes } } });
  }

  /** @param {[number, number]} p */
  function extend([x, y]) {
    if (!painter) return;
    strokes.extend(painter.add(sixteenths(x), sixteenths(y)));
    if (painter.points.length >= 2 * MOST) goOn(painter);
  }

  /** A stroke too long for one goes on as another, from the same point. @param {StrokePainter} full */
  function goOn({ image, points }) {
    const now = strokes.current;
    end()?.();
    if (!now) return;
    painter = new StrokePainter(image, brush);
    moved = true;
    strokes.begin({ ...image, id: now.image }, now.t, now.z, now.value, now.name);
    strokes.extend(painter.add(points[points.length - 2], points[points.length - 1]));
  }

  function end() {
    if (!painter) return;
    const { points } = painter, of = brush;
    painter = null;
    return () => strokes.commit(points, of);
  }

  function drop() {
    if (held) { clearTimeout(held.timer); held = null; }
    painter = null;
    strokes.drop();
  }

  /** A single click waits: a second one takes it back. */
  function settle() {
    if (!held) return;
    clearTimeout(held.timer);
    const { commit } = held;
    held = null;
    commit();
  }

  /** Whatever is under way goes to the server now. */
  function finish() {
    settle();
    end()?.();
  }

  // What the pointer does next is on another plane.
  store.subscribe((s, before) => { if (s.imageId !== before.imageId || s.t !== before.t || s.z !== before.z) finish(); });

  return {
    get painting() { return painter !== null; },
    begin, extend, drop, finish,
    /** @param {PointerEvent} e @param {[number, number]} p */
    down(e, p) {
      if (held) {
        const [x, y] = held.at, second = Math.hypot(e.clientX - x, e.clientY - y) < 5;
        if (second) {
          drop();
          viewer.setView({ ...viewer.view, x: p[0], y: p[1] });
          return false;
        }
        settle();
      }
      return begin(p);
    },
    /** @param {PointerEvent} e @param {[number, number][]} points */
    move(e, points) {
      for (const p of points) {
        if (!painter) return;
        moved = true;
        if (viewer.holds(p)) { extend(p); continue; }
        const { width, height } = viewer.image;
        extend([Math.max(0, Math.min(width, p[0])), Math.max(0, Math.min(height, p[1]))]);
        end()?.();
      }
    },
    /** @param {PointerEvent} e */
    up(e) {
      const commit = end();
      if (!commit) return;
      if (moved) { commit(); return; }
      held = { at: [e.clientX, e.clientY], commit, timer: window.setTimeout(settle, SECOND_CLICK) };
    },
  };
}
