import assert from "node:assert/strict";
import { test } from "node:test";
import { Labels } from "../../../main/resources/web/viewer/labels.js";

const image = { width: 600, height: 300 };
const at = (x, y) => y * image.width + x;

test("paints over other classes and gives back what was there", () => {
  const labels = new Labels(image);
  labels.paint([at(5, 5), at(6, 5)], 1);
  const { before, box } = labels.paint([at(6, 5), at(300, 290)], 2);
  assert.deepEqual([...before], [1, 0]);
  assert.deepEqual(box, [6, 5, 301, 291]);
  labels.restore([at(6, 5), at(300, 290)], before);
  assert.deepEqual([labels.at(5, 5), labels.at(6, 5), labels.at(300, 290)], [1, 1, 0]);
});

test("a box from the server replaces that box alone", () => {
  const labels = new Labels(image);
  labels.paint([at(10, 10), at(400, 200)], 3);
  const buffer = new ArrayBuffer(4 + 16 + 4), view = new DataView(buffer);
  [1, 12, 11, 2, 2].forEach((v, i) => view.setUint32(4 * i, v, true));
  new Uint8Array(buffer, 20).set([1, 0, 0, 2]);
  labels.load(buffer, [0, 0, 100, 100]);
  assert.deepEqual([labels.at(10, 10), labels.at(12, 11), labels.at(13, 12), labels.at(400, 200)], [0, 1, 2, 3]);
});

test("a coarser level shows the most frequent class, so that thin strokes stay visible", () => {
  const labels = new Labels(image);
  labels.paint([at(0, 0), at(1, 0), at(2, 2)], 2);
  labels.paint([at(3, 3)], 1);
  assert.deepEqual([...labels.read(0, 0, 2, 2, 2)], [2, 0, 0, 0]);
  assert.deepEqual([...labels.read(-1, -1, 3, 2, 0)], [0, 0, 0, 0, 2, 2]);
});

test("nothing painted is empty, also after it was cleared", () => {
  const labels = new Labels(image), none = new ArrayBuffer(4);
  assert.ok(labels.empty);
  labels.paint([at(599, 299)], 1);
  assert.ok(!labels.empty);
  labels.load(none, [0, 0, 600, 300]);
  assert.ok(labels.empty);
});
