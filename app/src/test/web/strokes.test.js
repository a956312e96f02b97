import assert from "node:assert/strict";
import { test } from "node:test";
import { sameClass } from "../../main/resources/web/session.js";
import { Strokes, uuid } from "../../main/resources/web/strokes.js";

const image = { id: "i", width: 40, height: 30 }, nothing = () => new ArrayBuffer(4);
const settle = async () => { for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve)); };

/** One pixel of a class as the server says it. */
function pixel(x, y, value) {
  const data = new DataView(new ArrayBuffer(21));
  [1, x, y, 1, 1].forEach((v, k) => data.setUint32(4 * k, v, true));
  data.setUint8(20, value);
  return data.buffer;
}

function page() {
  const reads = /** @type {((buffer: ArrayBuffer) => void)[]} */ ([]), out = { waiting: /** @type {any[]} */ ([]), added: /** @type {any[]} */ ([]), add(stroke) { this.added.push(stroke); this.waiting.push(stroke); } };
  const state = { classes: [{ name: "nucleus" }, { name: "cytoplasm" }], project: { id: "p" } };
  const store = { get: () => state, update() {}, subscribe: () => () => false };
  const api = { page: "page", labels: () => new Promise((resolve) => reads.push(resolve)) };
  return { strokes: new Strokes(/** @type {any} */ (store), /** @type {any} */ (api), /** @type {any} */ (out), (e) => { throw e; }), reads, out, state };
}

test("a stroke that is stored while the labels are on their way stays on the screen", async () => {
  const { strokes, reads, out } = page(), labels = strokes.plane(image, 0, 0);
  await settle();
  strokes.put({ image: "i", t: 0, z: 0, class: 1, brush: 1, points: [88, 88], fill: false }, image);
  out.waiting.length = 0; // the server has it; its answer to the earlier question has not
  reads[0](nothing());
  await settle();
  assert.equal(labels.at(5, 5), 1);
});

test("the newest labels win, however late an older answer comes", async () => {
  const { strokes, reads } = page(), labels = strokes.plane(image, 0, 0);
  strokes.reload("i", 0, 0, null);
  await settle();
  assert.equal(reads.length, 1, "one after the other");
  reads[0](pixel(3, 3, 2));
  await settle();
  reads[1](nothing());
  await settle();
  assert.equal(labels.at(3, 3), 0);
});

test("a stroke keeps the class it was begun with when classes go meanwhile", () => {
  const { strokes, out, state } = page();
  strokes.begin(image, 0, 0, 2);
  state.classes = [{ name: "nucleus" }];
  strokes.commit([8, 8], 1);
  assert.equal(out.added[0].className, "cytoplasm");
});

test("the chosen class keeps its name when numbers move", () => {
  const list = ["a", "b", "c"].map((name) => ({ name }));
  assert.equal(sameClass(list, list.slice(1), 3), 2);
  assert.equal(sameClass(list, list.slice(0, 2), 3), 2);
  assert.equal(sameClass(list, [{ name: "a" }, { name: "new" }, { name: "c" }], 2), 2);
  assert.equal(sameClass([], list, 1), 1);
});

test("ids are UUIDs where the browser makes none, as on a page of another machine", () => {
  const own = crypto.randomUUID;
  try {
    Object.defineProperty(crypto, "randomUUID", { value: undefined, configurable: true });
    assert.match(uuid(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  } finally { Object.defineProperty(crypto, "randomUUID", { value: own, configurable: true }); }
});

test("the labels of an image that was removed are forgotten without a word", async () => {
  const { strokes, reads } = page(), labels = strokes.plane(image, 0, 0);
  await settle();
  strokes.api = /** @type {any} */ ({ page: "page", labels: () => Promise.reject({ status: 404 }) });
  reads[0](nothing());
  strokes.forget(null);
  await settle();
  assert.notEqual(strokes.plane(image, 0, 0), labels);
});
