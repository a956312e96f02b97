import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { closed, inside, rasterise, sixteenths, StrokePainter } from "../../../main/resources/web/viewer/stroke.js";

const examples = JSON.parse(readFileSync(new URL("../../../../../core/src/test/resources/org/pixelforest/label/strokes.json", import.meta.url), "utf8"));
const flat = (points) => points.flat().map(sixteenths);

test("paints the pixels that the server paints", () => {
  assert.ok(examples.length >= 50);
  for (const { width, height, brush, points, runs } of examples) {
    const expected = runs.flatMap(([y, from, to]) => Array.from({ length: to - from }, (_, i) => y * width + from + i)).sort((a, b) => a - b);
    assert.deepEqual(rasterise(flat(points), brush, false, { width, height }), [...new Set(expected)], `brush ${brush} over ${JSON.stringify(points)}`);
  }
});

test("gives every pixel once while the pointer moves, as many as at the end", () => {
  for (const { width, height, brush, points } of examples) {
    const painter = new StrokePainter({ width, height }, brush), seen = flat(points).reduce((all, _, i, p) => (i % 2 ? all : [...all, ...painter.add(p[i], p[i + 1])]), []);
    assert.equal(new Set(seen).size, seen.length);
    assert.deepEqual(seen.sort((a, b) => a - b), rasterise(flat(points), brush, false, { width, height }));
  }
});

test("fills what a line encloses, by the even-odd rule", () => {
  let seed = 7;
  const random = () => { seed = (Math.imul(seed, 1103515245) + 12345) >>> 0; return seed / 2 ** 32; };
  for (let round = 0; round < 60; round++) {
    const width = 40, height = 30, points = Array.from({ length: 2 * (3 + Math.floor(random() * 8)) }, () => Math.floor(random() * 700) - 40), n = points.length / 2, expected = [];
    for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) {
      const cx = 16 * x + 8, cy = 16 * y + 8;
      let odd = false;
      for (let i = 0; i < n; i++) {
        const [ax, ay] = [points[2 * i], points[2 * i + 1]], j = (i + 1) % n, [bx, by] = [points[2 * j], points[2 * j + 1]];
        if ((ay <= cy) === (by <= cy)) continue;
        if (by > ay ? (cx - ax) * (by - ay) < (bx - ax) * (cy - ay) : (cx - ax) * (by - ay) > (bx - ax) * (cy - ay)) odd = !odd;
      }
      if (odd) expected.push(y * width + x);
    }
    assert.deepEqual(inside(points, { width, height }), expected);
  }
});

test("knows a ring from a line", () => {
  const ring = Array.from({ length: 20 }, (_, i) => [200 + 160 * Math.cos((i / 19) * 6.1), 200 + 160 * Math.sin((i / 19) * 6.1)]).flat().map(Math.round);
  assert.ok(closed(ring, 3));
  assert.ok(!closed(ring.slice(0, 20), 3));
  assert.ok(!closed([0, 0, 4, 4, 8, 0, 0, 0], 3));
});

test("a pointer that rests adds no points", () => {
  const painter = new StrokePainter({ width: 20, height: 20 }, 3);
  for (let i = 0; i < 50; i++) painter.add(100, 100);
  painter.add(120, 100);
  painter.add(100, 100);
  assert.deepEqual(painter.points, [100, 100, 120, 100, 100, 100]);
});
