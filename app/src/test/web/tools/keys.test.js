import assert from "node:assert/strict";
import { test } from "node:test";
import { keymap, keyOf, KEYS, listenToKeys, meanings, pressed } from "../../../main/resources/web/tools/keys.js";

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

test("keyboards of other countries reach every key", () => {
  const map = keymap({}), does = (k, code, more) => meanings(key(k, { code, ...more })).map((n) => map.get(n) ?? n).at(-1);
  // Swiss and German: AltGr is Ctrl and Alt on Windows; Option on a Mac.
  assert.equal(does("[", "BracketLeft", { ctrlKey: true, altKey: true }), "previousChannel");
  assert.equal(does("]", "Digit6", { altKey: true }), "nextChannel");
  assert.equal(does("/", "Digit7", { shiftKey: true }), "search");
  // French: digits take Shift. Russian: no Latin letters.
  assert.equal(does("é", "Digit2"), "2");
  assert.equal(does("à", "Digit0"), "labels");
  assert.equal(does("и", "KeyB"), "brush");
  assert.equal(does("Я", "KeyZ", { ctrlKey: true, shiftKey: true }), "redo");
  // A letter is what it says, wherever it is; a sign over a digit is not the digit.
  assert.deepEqual(meanings(key("z", { code: "KeyY", ctrlKey: true })), ["Mod+Z"]);
  assert.deepEqual(meanings(key("!", { code: "Digit1", shiftKey: true })), ["!"]);
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

test("a key that another action took is not promised any more", () => {
  assert.equal(keyOf("brush", { live: "B" }), "");
  assert.equal(keyOf("redo", { live: "Mod+Y" }), "Ctrl+Shift+Z");
});

/** The page's keys: what was done, and what was left to the browser. @param {any} state */
function page(state) {
  const done = [], handlers = {};
  class Element { constructor(matches = []) { this.matches = matches; } closest(s) { return s.split(", ").some((part) => this.matches.includes(part)) ? this : null; } }
  const body = new Element(), viewer = new Element([".viewer"]), button = new Element([]);
  button.closest = (s) => (s === ".viewer" ? viewer : null);
  Object.assign(globalThis, { Element, window: { addEventListener() {} }, document: { body, addEventListener: (name, f) => { handlers[name] = f; } } });
  const actions = Object.fromEntries(KEYS.map(([id]) => [id, () => done.push(id)])), pointer = { space: (on) => done.push(`space ${on}`), enter: () => done.push("enter"), step() {}, escape: () => false };
  listenToKeys(/** @type {any} */ ({ get: () => ({ screen: "training", keys: {}, dialog: null, menu: null, ...state }) }), actions, /** @type {any} */ (pointer), { select: (n) => done.push(`class ${n}`), escape: () => false, peek() {}, menu() {} });
  const press = (name, target, more = {}) => { let taken = false; handlers.keydown({ ...key(name, more), target, preventDefault() { taken = true; } }); return taken; };
  return { done, press, body, viewer, button };
}

test("Space and Enter belong to the viewer where it has the focus, else to the button that has it", () => {
  const { done, press, body, viewer, button } = page({});
  assert.ok(press(" ", viewer) && press(" ", body) && press("Enter", viewer));
  assert.ok(!press(" ", button) && !press("Enter", button));
  assert.deepEqual(done, ["space true", "space true", "enter"]);
});

test("digits choose classes until an action was given one", () => {
  const { done, press, viewer } = page({ keys: { live: "3" } });
  press("2", viewer);
  press("3", viewer);
  press("&", viewer, { code: "Digit1" });
  press("1", viewer, { ctrlKey: true });
  assert.deepEqual(done, ["class 2", "live", "class 1"]);
});

test("images can be stepped through on Feature Selection, and nothing else of the viewer", () => {
  const { done, press, body } = page({ screen: "features" });
  press("PageDown", body);
  press("PageUp", body);
  press("b", body);
  press("1", body);
  press("z", body, { ctrlKey: true });
  assert.deepEqual(done, ["nextImage", "previousImage", "undo"]);
});
