// @ts-check
// Panning with deceleration: middle drag, Shift or Space and drag, left drag in Navigation.

const FRICTION = 0.92;

/** @param {import("../viewer/viewer.js").Viewer} viewer */
export function createPan(viewer) {
  let speed = [0, 0], last = 0, frame = 0;

  function glide() {
    speed = [speed[0] * FRICTION, speed[1] * FRICTION];
    if (Math.hypot(speed[0], speed[1]) < 0.4) { frame = 0; return; }
    viewer.pan(speed[0], speed[1]);
    frame = requestAnimationFrame(glide);
  }

  return {
    stop() { cancelAnimationFrame(frame); frame = 0; },
    down() { this.stop(); speed = [0, 0]; },
    /** @param {PointerEvent} e @param {number} dx @param {number} dy */
    move(e, dx, dy) {
      viewer.pan(dx, dy);
      speed = [0.6 * speed[0] + 0.4 * dx, 0.6 * speed[1] + 0.4 * dy];
      last = e.timeStamp;
    },
    /** @param {PointerEvent} e */
    up(e) {
      if (e.timeStamp - last < 60 && !matchMedia("(prefers-reduced-motion: reduce)").matches) frame = requestAnimationFrame(glide);
    },
  };
}
