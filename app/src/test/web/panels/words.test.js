import assert from "node:assert/strict";
import { test } from "node:test";
import { skippedWords } from "../../../main/resources/web/actions.js";
import { leftOut } from "../../../main/resources/web/drop.js";
import { lacking, pathParts, startFolder } from "../../../main/resources/web/panels/folders.js";
import { toSource } from "../../../main/resources/web/panels/sources.js";
import { titles } from "../../../main/resources/web/words.js";

test("the folder dialog starts in the project's folder only where it may look", () => {
  const roots = [{ name: "data", path: "/data" }, { name: "C", path: "C:\\" }];
  assert.equal(startFolder("/data/study", roots), "/data/study");
  assert.equal(startFolder("/data", roots), "/data");
  assert.equal(startFolder("/database", roots), null);
  assert.equal(startFolder("/home/me", roots), null);
  assert.equal(startFolder("C:\\study", roots), "C:\\study");
  assert.equal(startFolder(null, undefined), null);
  assert.deepEqual(pathParts("/data/a/b", roots).map((p) => p.path), ["/data", "/data/a", "/data/a/b"]);
});

test("a list that was cut says what it lacks", () => {
  const entries = Array.from({ length: 3 });
  assert.equal(lacking({ entries }), "");
  assert.equal(lacking({ entries, total: 3, left: 0, complete: true }), "");
  assert.match(lacking({ entries, total: 1203, left: 1200 }), /^1.200 more, type a part of the name$/);
  assert.match(lacking({ entries, total: 5 }), /^2 more/);
  assert.match(lacking({ entries, complete: false }), /^More than 3/);
});

test("crops of one image have names that tell them apart", () => {
  const images = [{ name: "P1", detail: "x 4  y 802" }, { name: "P1", detail: "x 90  y 2" }, { name: "P2", detail: "x 1  y 1" }], of = titles(images);
  assert.deepEqual(images.map(of), ["P1, x 4 y 802", "P1, x 90 y 2", "P2"]);
});

test("back from class numbers to probabilities they are written in full", () => {
  const masks = { source: "Probabilities", type: "uint16", renormalize: true, input: [0, 1], output: [0, 65535], axes: "yxc" }, there = { ...masks, ...toSource(masks, "Simple Segmentation") };
  assert.deepEqual([there.type, there.renormalize, there.axes], ["uint8", false, "yx"]);
  assert.deepEqual({ ...there, ...toSource(there, "Probabilities") }, masks);
  const doubt = { ...there, ...toSource(there, "Uncertainty") };
  assert.deepEqual([doubt.type, doubt.renormalize, doubt.axes], ["uint16", true, "yx"]);
  const floats = { ...masks, type: "float32", renormalize: false };
  assert.equal({ ...floats, ...toSource(floats, "Uncertainty") }.type, "float32", "what was chosen for shares stays for shares");
  assert.equal(toSource(masks, "Features").type, "float32");
});

test("what was not opened is told by name", () => {
  assert.equal(leftOut(12, []), null);
  assert.match(leftOut(12, ["a.tiff", "b.tiff"]).title, /2 files were not found/);
  assert.match(leftOut(12, ["a", "b", "c", "d", "e"]).message, /^a, b, c and 2 more/);
  assert.match(leftOut(1200, []).message, /first 500 of 1.200/);
  assert.equal(skippedWords([{ path: "/x/a.tiff", error: "It is cut short." }, { path: "C:\\b.h5", error: "No data" }]), "a.tiff: It is cut short. b.h5: No data.");
  assert.match(skippedWords(Array.from({ length: 9 }, () => ({ path: "a", error: "b" }))), /And 6 more\.$/);
});
