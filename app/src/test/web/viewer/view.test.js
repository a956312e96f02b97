import assert from "node:assert/strict";
import { test } from "node:test";
import { fit, keepInSight, levelFor, levelSize, nearestFirst, panBy, scaleBar, thumbnailLevel, tilesIn, toImage, toScreen, visible, zoomAt } from "../../../main/resources/web/viewer/view.js";

const screen = { width: 800, height: 600 }, image = { width: 500, height: 400 };
const near = (a, b) => a.forEach((v, i) => assert.ok(Math.abs(v - b[i]) < 1e-9, `${a} is not ${b}`));

test("screen and image are each other's inverse", () => {
  const view = { x: 123.25, y: 77.5, zoom: 3.7 };
  near(toImage(view, screen, ...toScreen(view, screen, 12.5, 399)), [12.5, 399]);
  near(toScreen(view, screen, view.x, view.y), [400, 300]);
});

test("zooming keeps what is under the pointer", () => {
  let view = { x: 250, y: 200, zoom: 1 };
  const at = toImage(view, screen, 700, 50);
  for (let i = 0; i < 10; i++) view = zoomAt(view, screen, 1.1, 700, 50);
  near(toImage(view, screen, 700, 50), at);
  assert.ok(Math.abs(view.zoom - 1.1 ** 10) < 1e-9);
});

test("zoom stays within its bounds", () => {
  assert.equal(zoomAt({ x: 0, y: 0, zoom: 60 }, screen, 10, 0, 0).zoom, 64);
  assert.equal(zoomAt({ x: 0, y: 0, zoom: 0.01 }, screen, 0.001, 0, 0).zoom, 1 / 256);
});

test("fit shows the whole image and no less", () => {
  const view = fit(image, screen);
  assert.deepEqual(visible(view, screen, image), [0, 0, 500, 400]);
  assert.equal(view.zoom, 1.5);
});

test("dragging moves the content with the pointer", () => {
  const view = { x: 250, y: 200, zoom: 2 }, [x, y] = toScreen(view, screen, 100, 100);
  near(toScreen(panBy(view, 30, -10), screen, 100, 100), [x + 30, y - 10]);
});

test("the image is never lost out of sight", () => {
  assert.deepEqual(keepInSight({ x: -900, y: 9000, zoom: 1 }, image), { x: 0, y: 400, zoom: 1 });
});

test("nothing is visible beside the image", () => {
  assert.equal(visible({ x: -5000, y: 0, zoom: 1 }, screen, image), null);
});

test("a level has a sample for every device pixel, and not twice as many", () => {
  for (const zoom of [8, 1, 0.9, 0.5, 0.3, 0.25, 0.1]) {
    const level = levelFor(zoom), ratio = 1 / zoom / 2 ** level;
    assert.ok(level === 0 ? ratio < 2 : ratio >= 1 - 1e-6 && ratio < 2, `zoom ${zoom}: level ${level}`);
  }
});

test("levels halve, rounding up", () => {
  assert.deepEqual(levelSize({ width: 2401, height: 3 }, 1), { width: 1201, height: 2 });
  assert.deepEqual(levelSize({ width: 2401, height: 3 }, 3), { width: 301, height: 1 });
});

test("thumbnails are 64 to 128 pixels long", () => {
  for (const width of [129, 250, 500, 2400, 20000]) {
    const size = levelSize({ width, height: 10 }, thumbnailLevel({ width, height: 10 })).width;
    assert.ok(size > 63 && size <= 128, `${width} → ${size}`);
  }
  assert.equal(thumbnailLevel({ width: 40, height: 30 }), 0);
});

test("tiles are those that touch the box", () => {
  assert.deepEqual(tilesIn([0, 0, 512, 512], { width: 2000, height: 2000 }, 0), [[0, 0]]);
  assert.deepEqual(tilesIn([511, 0, 513, 1], { width: 2000, height: 2000 }, 0), [[0, 0], [1, 0]]);
  assert.deepEqual(tilesIn([0, 0, 2000, 2000], { width: 2000, height: 2000 }, 1), [[0, 0], [1, 0], [0, 1], [1, 1]]);
  assert.deepEqual(tilesIn([0, 0, 500, 400], image, 0), [[0, 0]]);
});

test("tiles near the pointer come first", () => {
  assert.deepEqual(nearestFirst([[0, 0], [1, 0], [2, 0]], 1500, 100)[0], [2, 0]);
});

test("the scale bar is a round number", () => {
  assert.deepEqual(scaleBar(3, 0.5), { length: 20, pixels: 120 });
  for (const zoom of [0.07, 0.5, 2.3, 41]) { const { length, pixels } = scaleBar(zoom, 1); assert.ok(pixels <= 140 && pixels > 40, `${length}: ${pixels}`); assert.ok([1, 2, 5].includes(Number(String(length).replace(/[0.]/g, "")[0]))); }
});
