// @ts-check
// Where the keys go: whoever works with the pointer paints on, so the viewer takes them after a click beside it. The keyboard's own focus stays where it is.
import { typing } from "./keys.js";

/** Keys go on with these where they were chosen by pointer: arrows move them, Delete removes them. */
const OWN = "[role=slider], input, .strokes";

/** @param {import("../store.js").Store<any>} store @param {HTMLElement} viewer @param {HTMLElement} page what is there on the other screens */
export function listenToFocus(store, viewer, page) {
  let byPointer = false;
  const focus = () => viewer.focus({ preventScroll: true });
  document.addEventListener("pointerdown", () => { byPointer = true; }, true);
  document.addEventListener("keydown", () => { byPointer = false; }, true);

  document.addEventListener("click", (e) => {
    const at = /** @type {Element} */ (e.target), s = store.get();
    if (at.closest(".skip")) {
      e.preventDefault();
      if (s.screen === "training") focus(); else page.focus();
      return;
    }
    if (e.detail === 0 || s.screen !== "training" || s.menu || s.dialog || s.renaming || !at.closest("#left, #right, #strip")) return;
    if (!at.closest(OWN) && !typing(at) && !typing(document.activeElement)) focus();
  });
  document.addEventListener("change", (e) => {
    const at = /** @type {Element} */ (e.target);
    if (byPointer && store.get().screen === "training" && at.matches("#left select")) focus();
  });
}
