import assert from "node:assert/strict";
import { test } from "node:test";
import { keymap, keyOf, KEYS, pressed } from "../../../main/resources/web/tools/keys.js";

const key = (name, more = {}) => ({ key: name, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });

test("ilastik's keys do what they do in ilastik", () => {
  const map = keymap({}), does = (k, more) => map.get(pressed(key(k, more)));
  assert.deepEqual(["b", "e", "n", "t", ",", ".", "a", "l", "p", "s", "u", "i", "0"].map((k) => does(k)), ["brush", "eraser", "navigation", "levelling", "smaller", "larger", "add", "live", "prediction", "segmentation", "uncertainty", "raw", "labels"]);
  assert.deepEqual([does("PageDown"), does("PageUp"), does("k"), does("w"), does("c"), does("h"), does("+"), does("-")], ["nextImage", "previousImage", "fit", "hundred", "centre", "overlays", "zoomIn", "zoomOut"]);
  assert.deepEqual([does("z", { ctrlKey: true }), does("y", { ctrlKey: true }), does("Z", { ctrlKey: true, shiftKey: true }), does("n", { ctrlKey: true }), does("p", { metaKey: true })], ["undo", "redo", "redo", "nextChannel", "previousChannel"]);
});

test("shift does not hide signs, capitals are letters", () => {
  assert.equal(pressed(key("?", { shiftKey: true })), "?");
  assert.equal(pressed(key("G", { shiftKey: true })), "Shift+G");
  assert.equal(pressed(key("L")), "L");
});

test("no two actions have the same key", () => {
  const all = KEYS.flatMap(([, , , ...keys]) => keys);
  assert.equal(new Set(all).size, all.length);
});

test("an action can be given another key and loses its own", () => {
  const map = keymap({ live: "X" });
  assert.equal(map.get("X"), "live");
  assert.equal(map.get("L"), undefined);
  assert.equal(keyOf("live", { live: "X" }), "X");
  assert.equal(keyOf("undo"), "Ctrl+Z");
});
