// @ts-check
// What is to be done at a later time, once: at the earliest that was asked for.

export class Later {
  #timer = 0;
  #due = Infinity;

  /** @param {() => void} act */
  constructor(act) { this.act = act; }

  /** @param {number} due @param {number} now milliseconds of the same clock */
  at(due, now) {
    if (due >= this.#due) return;
    clearTimeout(this.#timer);
    this.#due = due;
    this.#timer = setTimeout(() => { this.#due = Infinity; this.act(); }, due - now);
  }

  /** Whether it is done by then anyway. @param {number} time */
  by(time) { return this.#due <= time; }
}
