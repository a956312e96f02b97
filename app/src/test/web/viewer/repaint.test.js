import assert from "node:assert/strict";
import { test } from "node:test";
import { area, Pace, Repaint } from "../../../main/resources/web/viewer/repaint.js";

const filled = (width, height) => { const r = new Repaint(); r.resize({ width, height }); return r; };

test("all of a picture comes, once, in parts of about the size asked for", () => {
  const repaint = filled(1016, 784), seen = new Uint8Array(1016 * 784);
  repaint.add([0, 0, 1016, 784]);
  let rounds = 0;
  for (; !repaint.empty; rounds++) {
    const boxes = repaint.take(100_000);
    assert.ok(boxes.reduce((sum, b) => sum + area(b), 0) <= 100_000);
    for (const [x0, y0, x1, y1] of boxes) for (let y = y0; y < y1; y++) for (let x = x0; x < x1; x++) seen[y * 1016 + x]++;
  }
  assert.ok(seen.every((n) => n === 1));
  assert.ok(rounds >= 8 && rounds <= 10);
});

test("what waits keeps its turn however often it changes", () => {
  const repaint = filled(512, 128);
  repaint.add([0, 0, 512, 128]);
  assert.deepEqual(repaint.take(1), [[0, 0, 128, 128]]);
  repaint.add([0, 0, 512, 128]);
  assert.deepEqual(repaint.take(1), [[128, 0, 256, 128]]);
  assert.deepEqual(repaint.take(1e9), [[0, 0, 128, 128], [256, 0, 512, 128]]);
  assert.ok(repaint.empty);
});

test("neighbours come as one, in a row and below each other", () => {
  const repaint = filled(512, 384);
  for (const x of [128, 0, 256]) repaint.add([x, 0, x + 128, 384]);
  repaint.add([384, 128, 512, 256]);
  assert.deepEqual(repaint.take(1e9), [[0, 0, 384, 128], [0, 128, 512, 256], [0, 256, 384, 384]]);
  repaint.add([130, 0, 500, 384]);
  assert.deepEqual(repaint.take(1e9), [[128, 0, 512, 384]]);
});

test("boxes that lie outside or reach out are cut", () => {
  const repaint = filled(300, 200);
  repaint.add([-500, -500, -1, -1]);
  repaint.add([400, 0, 500, 100]);
  assert.ok(repaint.empty);
  repaint.add([250.4, 150.2, 900, 900]);
  assert.deepEqual(repaint.take(1e9), [[128, 128, 300, 200]]);
});

test("the pace falls at once and rises slowly, and small things say nothing", () => {
  const pace = new Pace(), first = pace.within(6);
  pace.drew(first, 60, 6);
  assert.ok(pace.within(6) < first / 3);
  const slow = pace.within(6);
  pace.drew(10, 1, 6);
  assert.equal(pace.within(6), slow);
  pace.drew(slow, 3, 6);
  assert.equal(pace.within(6), slow * 1.5);
  for (let i = 0; i < 50; i++) pace.drew(pace.within(6), 10_000, 6);
  assert.equal(pace.within(6), 128 * 128);
  for (let i = 0; i < 50; i++) pace.drew(pace.within(36), 1, 36);
  assert.ok(pace.within(6) > 3840 * 2160);
});
