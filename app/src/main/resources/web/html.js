// @ts-check
// Templates: lit-html as it comes in its WebJar, and what a strict content-security policy asks of them.
// (lit-html alone has no bare imports, so no import map and no inline script is needed.)
import { html, nothing, render, svg } from "/vendor/lit-html/lit-html.js";
import { Directive, directive } from "/vendor/lit-html/directive.js";
import { repeat } from "/vendor/lit-html/directives/repeat.js";
import { live } from "/vendor/lit-html/directives/live.js";

export { html, live, nothing, render, repeat, svg };

/** `<i ${css({ "--c": colour, width: "40%" })}>`: styles through the object model, for style attributes are forbidden. */
export const css = directive(class extends Directive {
  /** @param {Record<string, string>} _ */
  render(_) { return nothing; }
  /** @param {any} part @param {[Record<string, string>]} values */
  update(part, [styles]) {
    for (const [name, value] of Object.entries(styles)) part.element.style.setProperty(name, value);
    return nothing;
  }
});

/** `<canvas ${draw(paint, ...what)}>`: calls paint(element) once, and again when anything it depends on is another. */
export const draw = directive(class extends Directive {
  #before = /** @type {any[] | null} */ (null);
  /** @param {(element: any) => void} _ @param {any[]} __ */
  render(_, ...__) { return nothing; }
  /** @param {any} part @param {any[]} values */
  update(part, [paint, ...what]) {
    if (this.#before && this.#before.length === what.length && what.every((w, i) => w === this.#before?.[i])) return nothing;
    this.#before = what;
    queueMicrotask(() => paint(part.element));
    return nothing;
  }
});

/** @param {string} name */
export const icon = (name) => html`<svg aria-hidden="true"><use href="#i-${name}"></use></svg>`;
