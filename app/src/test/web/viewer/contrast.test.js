import assert from "node:assert/strict";
import { test } from "node:test";
import { brightness, extent, histogramPath, levelled, percentile, short, statistics } from "../../../main/resources/web/viewer/contrast.js";

test("percentiles come from the sorted values", () => {
  const values = Array.from({ length: 1000 }, (_, i) => (i * 7919) % 1000);
  assert.equal(percentile(values, 0.35), 350);
  assert.equal(percentile(values, 1), 999);
  assert.equal(percentile([], 0.5), 0);
});

test("statistics bracket the plane and count every sample", () => {
  const plane = Float32Array.from({ length: 10000 }, (_, i) => i / 10), s = statistics(plane);
  assert.equal(s.min, 0);
  assert.ok(Math.abs(s.max - 999.9) < 0.1);
  assert.ok(Math.abs(s.low - 350) < 1 && Math.abs(s.high - 997) < 1);
  assert.equal(s.bins.reduce((a, b) => a + b, 0), 10000);
  assert.ok(s.from <= s.low && s.to > s.high);
});

test("a flat plane and one without a number still have a window", () => {
  const flat = statistics(new Uint16Array(100).fill(5)), none = statistics(new Float32Array(4).fill(NaN));
  assert.ok(flat.high > flat.low);
  assert.ok(none.high > none.low);
});

test("brightness runs from black to white within the window", () => {
  assert.equal(brightness(-5, [0, 10]), 0);
  assert.equal(brightness(50, [0, 10]), 1);
  assert.ok(brightness(5, [0, 10]) > 0.5);
});

test("levelling: sideways moves, up widens, down narrows", () => {
  const [a, b] = levelled([10, 20], 9, 2), [c, d] = levelled([10, 20], 1, -9), [e, f] = levelled([10, 20], 0, 9);
  assert.ok(Math.abs(a - 10.7) < 1e-9 && Math.abs(b - 20.7) < 1e-9);
  assert.ok(Math.abs(d - c - 11.4) < 1e-9);
  assert.ok(f - e < 10);
});

test("a histogram is a closed shape within its box", () => {
  const path = histogramPath(Array.from({ length: 64 }, (_, i) => 64 - i), 244, 28), ys = [...path.matchAll(/[ML][\d.]+ ([\d.]+)/g)].map((m) => Number(m[1]));
  assert.ok(path.startsWith("M0 28") && path.endsWith("Z"));
  assert.ok(ys.every((y) => y >= 0 && y <= 28));
});

test("numbers are as short as they are useful", () => {
  assert.deepEqual([12345.6, 12.34, 0.123, 3].map(short), ["12346", "12.3", "0.12", "3"]);
});

test("the whole range reaches beyond means where more is known, and is none without a number", () => {
  assert.deepEqual(extent([3, 7, NaN, 5], [Infinity, -Infinity]), [3, 7]);
  assert.deepEqual(extent([3, 7], [0, 90]), [0, 90]);
  assert.equal(extent([NaN, NaN], [Infinity, -Infinity]), null);
});
