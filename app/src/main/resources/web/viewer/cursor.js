// @ts-check
// The brush: a ring of its size in the class colour, with a cross around it. An element of its own, so that moving it draws nothing again.

export class Cursor {
  #look = "";

  /** @param {HTMLElement} element */
  constructor(element) { this.element = element; }

  hide() { this.#seen(false); }

  /** Where the ring is not seen, the pointer is. @param {boolean} seen */
  #seen(seen) {
    this.element.hidden = !seen;
    this.element.parentElement?.classList.toggle("ringed", seen);
  }

  /** @param {number} x of the viewer, CSS pixels @param {number} y @param {number} diameter @param {string} colour @param {boolean} eraser */
  show(x, y, diameter, colour, eraser) {
    const { element } = this, { style } = element, side = Math.max(diameter, 2) + 3.5, look = `${side} ${colour} ${eraser}`;
    if (look !== this.#look) {
      this.#look = look;
      style.width = style.height = `${side}px`;
      style.margin = `${-side / 2}px`;
      style.setProperty("--c", colour);
      element.classList.toggle("eraser", eraser);
    }
    style.transform = `translate(${x}px, ${y}px)`;
    this.#seen(true);
  }
}
