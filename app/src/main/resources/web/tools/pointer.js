// @ts-check
// Which tool gets a pointer: left paints, pans or levels; middle, Shift and Space pan; two fingers pan and zoom; the wheel zooms or slices.
import { MAC } from "./keys.js";
import { levelled } from "../viewer/contrast.js";
import { createPaint } from "./paint.js";
import { createPan } from "./pan.js";

/**
 * @param {import("../viewer/viewer.js").Viewer} viewer @param {import("../store.js").Store<any>} store @param {import("../strokes.js").Strokes} strokes
 * @param {{slice: (by: number) => void, size: (by: number) => void, level: (window: [number, number]) => void, range: () => void, menu: (x: number, y: number) => void, hand: (down: boolean) => void, say: (text: string) => void}} act
 */
export function createPointer(viewer, store, strokes, act) {
  const { element } = viewer, paint = createPaint(viewer, store, strokes, act.say), pan = createPan(viewer);
  const fingers = /** @type {Map<number, [number, number]>} */ (new Map());
  let doing = /** @type {"paint" | "pan" | "level" | "" } */ (""), before = [0, 0], space = false, pinch = 0;

  // On a Mac, Ctrl and a click are a right click.
  const left = (/** @type {MouseEvent} */ e) => e.button === 0 && !(e.ctrlKey && MAC);
  const local = (/** @type {MouseEvent} */ e) => { const box = element.getBoundingClientRect(); return /** @type {[number, number]} */ ([e.clientX - box.left, e.clientY - box.top]); };
  const image = (/** @type {MouseEvent} */ e) => viewer.at(...local(e));
  const panning = (/** @type {boolean} */ on) => { if (store.get().panning !== on) store.update({ panning: on }); };

  element.addEventListener("pointerdown", (e) => {
    if (/** @type {Element} */ (e.target).closest("button, input, label, [role=slider], .empty a")) return;
    element.focus({ preventScroll: true });
    pan.stop();
    if (e.pointerType === "touch") {
      fingers.set(e.pointerId, local(e));
      if (fingers.size === 2) { paint.drop(); doing = "pan"; pinch = spread(); before = middle(); return; }
    }
    const { tool } = store.get();
    if (e.button === 1 || (left(e) && (e.shiftKey || space || tool === "Navigation"))) doing = "pan";
    else if (left(e) && tool === "Window Leveling") doing = "level";
    else if (left(e) && paint.down(e, image(e))) doing = "paint";
    else return;
    e.preventDefault();
    element.setPointerCapture(e.pointerId);
    before = local(e);
    if (doing === "pan") { pan.down(); panning(true); }
    act.hand(true);
  });

  element.addEventListener("pointermove", (e) => {
    const at = local(e);
    viewer.pointer = viewer.at(...at);
    if (fingers.has(e.pointerId)) fingers.set(e.pointerId, at);
    if (fingers.size === 2) {
      const wide = spread(), [mx, my] = middle();
      viewer.zoom(wide / pinch, mx, my);
      viewer.pan(mx - before[0], my - before[1]);
      pinch = wide; before = [mx, my];
      return;
    }
    const dx = at[0] - before[0], dy = at[1] - before[1];
    if (doing === "paint") paint.move(e, (e.getCoalescedEvents?.().length ? e.getCoalescedEvents() : [e]).map(image));
    else if (doing === "pan") pan.move(e, dx, dy);
    else if (doing === "level") { const w = current(); if (w) act.level(levelled(w, dx, dy)); }
    before = at;
    viewer.point();
  });

  const up = (/** @type {PointerEvent} */ e) => {
    fingers.delete(e.pointerId);
    if (doing === "paint") paint.up(e);
    if (doing === "pan") { pan.up(e); panning(false); }
    if (doing) act.hand(false);
    doing = "";
  };
  element.addEventListener("pointerup", up);
  element.addEventListener("pointercancel", up);
  element.addEventListener("pointerleave", () => { if (!store.get().pointerKeys) { viewer.pointer = null; viewer.point(); } });

  element.addEventListener("wheel", (e) => {
    e.preventDefault();
    const by = e.deltaY || e.deltaX, notches = e.deltaMode === 1 ? by / 3 : Math.abs(by) < 50 ? by / 50 : Math.sign(by) * Math.max(1, Math.min(3, Math.abs(by) / 120));
    if (e.altKey && e.shiftKey) act.slice(by > 0 ? -10 : 10);
    else if (e.altKey) act.size(by > 0 ? -1 : 1);
    else if (e.ctrlKey || e.metaKey || (viewer.image?.depth ?? 1) <= 1) viewer.zoom(1.1 ** -notches, ...local(e));
    else act.slice(by > 0 ? -1 : 1);
  }, { passive: false });

  // Safari has events of its own for two fingers on a touch pad; others make them a wheel with Ctrl. Touch has pointers.
  let grown = 1;
  element.addEventListener("gesturestart", (e) => { e.preventDefault(); grown = 1; });
  element.addEventListener("gesturechange", (event) => {
    const e = /** @type {MouseEvent & {scale: number}} */ (event);
    e.preventDefault();
    if (fingers.size === 0) viewer.zoom(e.scale / grown, ...local(e));
    grown = e.scale;
  });

  element.addEventListener("contextmenu", (e) => {
    e.preventDefault();
    if (store.get().tool === "Window Leveling") act.range();
    else act.menu(e.clientX, e.clientY);
  });

  function current() {
    const s = store.get(), shown = viewer.shown().find((c) => c.name === s.active);
    return shown ? shown.window : null;
  }
  function spread() { const [a, b] = [...fingers.values()]; return Math.hypot(a[0] - b[0], a[1] - b[1]); }
  function middle() { const [a, b] = [...fingers.values()]; return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]; }

  return {
    paint,
    /** @param {boolean} on */
    space(on) { space = on; if (!doing) panning(on); },
    /** Without a mouse: the brush moves in image pixels. @param {number} dx @param {number} dy */
    step(dx, dy) {
      if (!viewer.image) return;
      const { width, height } = viewer.image, [x, y] = viewer.pointer ?? [viewer.view.x, viewer.view.y];
      viewer.pointer = [Math.max(0.5, Math.min(width - 0.5, Math.floor(x) + 0.5 + dx)), Math.max(0.5, Math.min(height - 0.5, Math.floor(y) + 0.5 + dy))];
      store.update({ pointerKeys: true });
      if (paint.painting) paint.extend(viewer.pointer);
      viewer.point();
    },
    enter() {
      if (paint.painting) paint.finish();
      else if (viewer.image) { viewer.pointer ??= [viewer.view.x, viewer.view.y]; const { tool } = store.get(); if (tool === "Brush" || tool === "Eraser") paint.begin(viewer.pointer); }
      viewer.point();
    },
    escape() { if (paint.painting) { paint.drop(); doing = ""; act.hand(false); return true; } return false; },
  };
}
