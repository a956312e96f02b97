import assert from "node:assert/strict";
import { test } from "node:test";
import { axisSizes, imageOf, withAxis } from "../../main/resources/web/panels/axes.js";

const image = { axes: "zyx", times: 1, depth: 5, height: 400, width: 300, channels: 1 };

test("the stored array is told from how it is read", () => assert.deepEqual(axisSizes(image), [5, 400, 300]));

test("a letter that is taken changes places", () => {
  assert.equal(withAxis("zyx", 0, "c"), "cyx");
  assert.equal(withAxis("zyx", 0, "x"), "xyz");
  assert.equal(withAxis("yxc", 2, "c"), "yxc");
});

test("the image is told in words before it is read so", () => {
  assert.equal(imageOf("cyx", [5, 400, 300]), "300 × 400 pixels, 5 channels");
  assert.equal(imageOf("tzyx", [2, 1, 40, 30]), "30 × 40 pixels, 1 channel, 2 times");
  assert.equal(imageOf("czx", [5, 400, 300]), null);
});
