// @ts-check
// The brush: a ring of its size in the class colour, with a cross around it. The system's own pointer takes its shape, so that moving it costs the page nothing and does
// not wait for it; where that would be too big or of another size, an element follows the pointer.

/** CSS pixels. Browsers take no bigger picture for a pointer. */
const MOST = 128;

/** How far the arms of the cross reach beyond the brush. */
const REACH = 15;

/** CSS pixels by which a window may be wider than its page: borders. */
const BORDERS = 24;

/** Whether the system's pointer can be a ring of this size. @param {number} diameter */
const small = (diameter) => pictureSide(diameter) <= MOST;

/** Whether the page is known not to be enlarged, for pictures of pointers are not enlarged with it. In Firefox both sizes grow. */
const actualSize = () => Math.abs(outerWidth - innerWidth) <= BORDERS && innerHeight <= outerHeight && !navigator.userAgent.includes("Firefox");

/** Even, so that the middle is a whole number, which is what the place of the tip has to be. @param {number} diameter */
const pictureSide = (diameter) => 2 * Math.ceil(diameter / 2 + REACH + 1);

/** The address of a picture of the ring. @param {number} diameter CSS pixels @param {string} colour @param {boolean} eraser @param {number} ratio pixels of it a CSS pixel */
function pictureOf(diameter, colour, eraser, ratio) {
  const side = pictureSide(diameter), canvas = Object.assign(document.createElement("canvas"), { width: side * ratio, height: side * ratio });
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true })), r = diameter / 2;
  pen.scale(ratio, ratio);
  pen.translate(side / 2, side / 2);
  const stroke = (/** @type {string} */ style, /** @type {number} */ width, /** @type {Path2D} */ path) => { pen.strokeStyle = style; pen.lineWidth = width; pen.stroke(path); };
  const ring = new Path2D(), cross = (/** @type {number} */ from) => new Path2D([[0, -1], [0, 1], [-1, 0], [1, 0]].map(([x, y]) => `M${x * (r + from)} ${y * (r + from)}L${x * (r + REACH)} ${y * (r + REACH)}`).join(""));
  ring.arc(0, 0, r + 0.875, 0, 2 * Math.PI);
  stroke("rgb(0 0 0 / .6)", 3.75, ring);
  stroke("rgb(0 0 0 / .5)", 3.25, cross(7));
  stroke("#fff", 1.25, cross(8));
  if (eraser) pen.setLineDash([4, 3]);
  stroke(colour, 1.75, ring);
  return `url("${canvas.toDataURL()}")`;
}

export class Cursor {
  #look = "";
  #actualSize = actualSize();

  /** @param {HTMLElement} element in the viewer */
  constructor(element) {
    this.element = element;
    this.viewer = /** @type {HTMLElement} */ (element.parentElement);
    // Asked for in every frame, it would make the browser lay out the page.
    addEventListener("resize", () => { this.#actualSize = actualSize(); });
  }

  hide() {
    this.#look = "";
    this.viewer.style.cursor = "";
    this.element.hidden = true;
  }

  /** @param {number} x of the viewer, CSS pixels @param {number} y @param {number} size diameter @param {string} colour @param {boolean} eraser */
  show(x, y, size, colour, eraser) {
    const { element } = this, diameter = Math.max(size, 2), ratio = Math.ceil(window.devicePixelRatio || 1), native = this.#actualSize && small(diameter), look = `${diameter} ${colour} ${eraser} ${ratio} ${native}`;
    if (look !== this.#look) {
      this.#look = look;
      if (native) this.#point(diameter, colour, eraser, ratio);
      else this.viewer.style.cursor = "none";
      element.hidden = native;
      if (!native) this.#shape(diameter + 3.5, colour, eraser);
    }
    if (!native) element.style.transform = `translate(${x}px, ${y}px)`;
  }

  /** @param {number} diameter @param {string} colour @param {boolean} eraser @param {number} ratio */
  #point(diameter, colour, eraser, ratio) {
    const { style } = this.viewer, middle = pictureSide(diameter) / 2, tip = `${middle} ${middle}, crosshair`;
    style.cursor = `${pictureOf(diameter, colour, eraser, 1)} ${tip}`;
    // Browsers that know no sets of pictures for pointers keep the coarse one.
    if (ratio > 1) style.cursor = `image-set(${pictureOf(diameter, colour, eraser, ratio)} ${ratio}x) ${tip}`;
  }

  /** @param {number} side @param {string} colour @param {boolean} eraser */
  #shape(side, colour, eraser) {
    const { style, classList } = this.element;
    style.width = style.height = `${side}px`;
    style.margin = `${-side / 2}px`;
    style.setProperty("--c", colour);
    classList.toggle("eraser", eraser);
  }
}
