import assert from "node:assert/strict";
import { test } from "node:test";
import { span, strips } from "../../../main/resources/web/viewer/spot.js";

test("samples share the device pixels between them: none is left out, none is drawn by two", () => {
  for (const [origin, step] of [[0, 1], [3.3, 0.37], [-7.25, 0.125], [12.9, 1 / 3]]) {
    let end = span(Math.floor(origin), origin, step)[0];
    for (let at = Math.floor(origin); at < origin + 40; at++) {
      const [from, to] = span(at, origin, step);
      assert.equal(from, end);
      for (let pixel = from; pixel < to; pixel++) assert.equal(Math.floor(origin + (pixel + 0.5) * step), at);
      end = to;
    }
  }
});

test("a sample smaller than a device pixel still has one", () => {
  for (let at = 0; at < 30; at++) { const [from, to] = span(at, 0.4, 3.7); assert.equal(to - from, 1); }
});

test("the rim lies outside, at sides where nothing is painted", () => {
  const bare = (dx, dy) => !(dx === 1 && dy === 0);
  assert.deepEqual(strips(10, 20, 14, 24, bare), [[8.75, 20, 10, 24], [10, 18.75, 14, 20], [10, 24, 14, 25.25]]);
  assert.deepEqual(strips(0, 0, 1, 1, () => false), []);
});
