// @ts-check
// Choices that are seen at once and sent a moment later, many as one: until the server has answered they lie over what it says.

/** Milliseconds in which another choice may follow. */
const MOMENT = 250;

/** @typedef {{over: (value: any) => any, sent: boolean, timer: any, known: number | null}} Choice over: the server's value → the one chosen; known: revision that holds it */

export class Pending {
  #choices = /** @type {Map<string, Choice>} */ (new Map());

  /** @param {(error: unknown) => void} refused the server keeps what it had */
  constructor(refused) { this.refused = refused; }

  /**
   * @param {string} part of the state @param {(value: any) => any} over @param {(() => Promise<{revision: number}>) | null} send null: cannot be as it is, another choice has to follow
   */
  choose(part, over, send) {
    clearTimeout(this.#choices.get(part)?.timer);
    const choice = /** @type {Choice} */ ({ over, sent: send !== null, known: null, timer: 0 });
    this.#choices.set(part, choice);
    if (send) choice.timer = setTimeout(() => this.#send(part, choice, send), MOMENT);
  }

  /** @param {string} part @param {Choice} choice @param {() => Promise<{revision: number}>} send */
  async #send(part, choice, send) {
    try {
      choice.known = (await send()).revision;
    } catch (error) {
      if (this.#choices.get(part) === choice) this.#choices.delete(part);
      this.refused(error);
    }
  }

  /** Parts as the server says them, with what was chosen here. @param {Record<string, any>} parts @param {number} revision of the parts */
  over(parts, revision) {
    const seen = { ...parts };
    for (const [part, { over, known }] of this.#choices) {
      if (!parts[part]) continue;
      if (known !== null && revision >= known) this.#choices.delete(part);
      else seen[part] = over(parts[part]);
    }
    return seen;
  }

  /** What cannot be as it is, and was left so, is taken back. @returns {boolean} whether there was any */
  withdraw() {
    const left = [...this.#choices].filter(([, choice]) => !choice.sent);
    for (const [part] of left) this.#choices.delete(part);
    return left.length > 0;
  }

  /** Another project. */
  forget() {
    for (const { timer } of this.#choices.values()) clearTimeout(timer);
    this.#choices.clear();
  }
}
