// @ts-check
// Says that the visible area is being predicted: to the eye not before 200 ms, then for at least 400 ms.

const DELAY = 200, LEAST = 400;

/** Milliseconds until it is looked at again. */
const AGAIN = 100;

export class Busy {
  #since = 0;
  #shown = 0;
  #timer = 0;

  /** @param {HTMLElement} element the viewer @param {import("../store.js").Store<any>} store @param {() => void} check counts what is stale, and tells */
  constructor(element, store, check) {
    this.element = element;
    this.store = store;
    this.check = check;
  }

  /** @param {number} stale cells of the visible tiles that are older than the labels @param {number} cells all of them @param {number} now */
  tell(stale, cells, now) {
    const s = this.store.get(), ahead = s.training?.live && s.training.model > 0 && s.unsent > 0 && s.connected;
    this.element.setAttribute("aria-busy", String(stale > 0 || ahead));
    if (stale > 0) this.#since ||= now;
    else this.#since = 0;
    const show = stale > 0 ? now - this.#since > DELAY : this.#shown > 0 && now - this.#shown < LEAST;
    if (show && !this.#shown) this.#shown = now;
    if (!show) this.#shown = 0;
    const progress = cells ? 1 - stale / cells : 1, before = s.predicting;
    if (show !== (before !== null) || (show && Math.abs(before - progress) > 0.005)) queueMicrotask(() => this.store.update({ predicting: show ? progress : null }));
    clearTimeout(this.#timer);
    if (stale > 0 || show) this.#timer = window.setTimeout(this.check, AGAIN);
  }
}
