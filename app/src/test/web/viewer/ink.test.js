import assert from "node:assert/strict";
import { test } from "node:test";
import { Ink } from "../../../main/resources/web/viewer/ink.js";
import { Labels } from "../../../main/resources/web/viewer/labels.js";

const SIDE = 256, RIM = "rgb(8 11 10)";

/** An element whose canvases remember which device pixel has which colour. */
function sheet() {
  const children = [];
  globalThis.document = /** @type {any} */ ({
    createElement() {
      const canvas = { width: 0, height: 0, hidden: true, style: {}, remove() { children.splice(children.indexOf(canvas), 1); } };
      const context = {
        canvas, fillStyle: "", pixels: new Map(), clearRect() { this.pixels.clear(); },
        // A device pixel has the colour of what covers its middle.
        fillRect(x, y, w, h) { for (let j = Math.max(0, Math.ceil(y - 0.5)); j < Math.min(SIDE, y + h - 0.5 + 1e-9); j++) for (let i = Math.max(0, Math.ceil(x - 0.5)); i < Math.min(SIDE, x + w - 0.5 + 1e-9); i++) this.pixels.set(`${i}/${j}`, this.fillStyle); },
      };
      canvas.getContext = () => context;
      return canvas;
    },
  });
  const colour = (x, y) => {
    for (const canvas of children.filter((c) => !c.hidden)) {
      const [left, top] = canvas.style.transform.match(/-?[\d.]+/g).map(Number), found = canvas.getContext().pixels.get(`${x - left}/${y - top}`);
      if (found) return found;
    }
    return null;
  };
  return { element: /** @type {any} */ ({ append: (c) => children.push(c) }), children, colour };
}

const image = { width: 60, height: 40 }, scene = { origin: /** @type {[number, number]} */ ([-10.3, -5.1]), step: 0.13, width: 700, height: 500 };

test("every device pixel shows the class of its sample, or the rim beside one", () => {
  const { element, colour } = sheet(), ink = new Ink(element), labels = new Labels(image), stroke = [];
  for (let x = 4; x < 30; x++) for (let y = 10 + (x >> 2); y < 13 + (x >> 2); y++) stroke.push(y * image.width + x);
  // In two parts, as the pointer brings them.
  for (const part of [stroke.slice(0, 30), stroke.slice(30)]) { labels.paint(part, 2); ink.draw(part, "red", labels, scene, 1); }
  const painted = (x, y) => x >= 0 && y >= 0 && x < image.width && y < image.height && labels.at(x, y) > 0;
  for (let y = 0; y < scene.height; y++) for (let x = 0; x < scene.width; x++) {
    const sample = (dx, dy) => painted(Math.floor(scene.origin[0] + (x + 0.5 + dx) * scene.step), Math.floor(scene.origin[1] + (y + 0.5 + dy) * scene.step));
    const seen = colour(x, y);
    if (sample(0, 0)) assert.equal(seen, "red", `${x} ${y}`);
    else if (seen !== null) { assert.equal(seen, RIM); assert.ok(sample(1.75, 0) || sample(-1.75, 0) || sample(0, 1.75) || sample(0, -1.75), `rim at ${x} ${y}`); }
    else assert.ok(!sample(0.7, 0) && !sample(-0.7, 0) && !sample(0, 0.7) && !sample(0, -0.7), `no rim at ${x} ${y}`);
  }
});

test("lifted ink stays until it is dry, and its squares are used again", () => {
  const { element, children, colour } = sheet(), ink = new Ink(element), labels = new Labels(image);
  labels.paint([5 * image.width + 5], 1);
  ink.draw([5 * image.width + 5], "blue", labels, scene, 1);
  const at = [Math.floor((5.5 - scene.origin[0]) / scene.step), Math.floor((5.5 - scene.origin[1]) / scene.step)], squares = children.length;
  const dry = ink.lift();
  assert.equal(colour(...at), "blue");
  dry();
  assert.equal(colour(...at), null);
  ink.draw([5 * image.width + 5], "green", labels, scene, 1);
  assert.equal(colour(...at), "green");
  assert.equal(children.length, squares);
});

test("what is out of sight costs no square", () => {
  const { element, children } = sheet(), ink = new Ink(element), labels = new Labels(image);
  labels.paint([0], 1);
  ink.draw([0], "red", labels, { origin: [20, 20], step: 0.1, width: 300, height: 200 }, 1);
  assert.equal(children.length, 0);
});
