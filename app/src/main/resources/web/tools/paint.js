// @ts-check
// Brush and eraser: what the pointer does is drawn in the same frame; the stroke goes to the server when it ends.
import { sixteenths, StrokePainter } from "../viewer/stroke.js";

const SECOND_CLICK = 200;

/** @param {import("../viewer/viewer.js").Viewer} viewer @param {import("../store.js").Store<any>} store @param {import("../strokes.js").Strokes} strokes */
export function createPaint(viewer, store, strokes) {
  let painter = /** @type {StrokePainter | null} */ (null), brush = 0, moved = false;
  let held = /** @type {{timer: number, at: [number, number], commit: () => void} | null} */ (null);

  /** @param {[number, number]} p image position */
  function begin(p) {
    const s = store.get(), { image } = viewer, erase = s.tool === "Eraser";
    if (!image || !viewer.holds(p) || s.project.readOnly || s.classes.length === 0) return false;
    if (!s.layers.labels.on) store.update({ layers: { ...s.layers, labels: { ...s.layers.labels, on: true } } });
    settle();
    brush = s.sizes[s.tool];
    painter = new StrokePainter(image, brush);
    moved = false;
    strokes.begin(image, s.t, s.z, erase ? 0 : s.label);
    extend(p);
    return true;
  }

  /** @param {[number, number]} p */
  function extend([x, y]) {
    if (painter) strokes.extend(painter.add(sixteenths(x), sixteenths(y)));
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

  return {
    get painting() { return painter !== null; },
    begin, extend, drop, settle,
    finish() { end()?.(); },
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
