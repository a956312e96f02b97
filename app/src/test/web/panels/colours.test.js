import assert from "node:assert/strict";
import { test } from "node:test";
import { classColours, ink, newClassColour, rgb } from "../../../main/resources/web/colours.js";
import { tint } from "../../../main/resources/web/pictures.js";

globalThis.document = { documentElement: null };
globalThis.getComputedStyle = () => ({ getPropertyValue: (name) => name });
const of = (colours, palette) => classColours(colours.map((colour) => ({ colour })), palette);

test("a palette changes the colours of the convention and keeps a chosen one", () => {
  assert.deepEqual(of(["#ff0000", "#123456", "#0000FF"], "safe"), ["--class-1", "#123456", "--class-3"]);
  assert.deepEqual(of(["#ff0000", "#123456", "#0000ff"], "convention"), ["--class-1", "#123456", "--class-3"]);
  assert.deepEqual(of(["#c77dff"], "safe"), ["--class-5"]);
});

test("colours that ilastik gave have a place in the safe palette, each its own", () => {
  const safe = of(["#0000ff", "#ffff00", "#ff0000", "#00ff00", "#00ffff"], "safe");
  assert.equal(new Set(safe).size, 5);
  assert.ok(safe.every((c) => c.startsWith("--class-")));
  assert.equal(of(["#ffff00"], "convention")[0], "#ffff00");
});

test("a new class gets a colour that no other has", () => {
  assert.equal(newClassColour([{ colour: "#ff0000" }, { colour: "#0000FF" }]), "#00ff00");
  const all = [];
  for (let n = 0; n < 12; n++) all.push({ colour: newClassColour(all) });
  assert.equal(new Set(all.map((c) => c.colour)).size, 12);
});

test("the number on a class colour can be read on every colour", () => {
  const light = (hex) => { const [r, g, b] = rgb(hex).map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4)); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  for (let v = 0; v < 4096; v++) {
    const hex = `#${[v >> 8, (v >> 4) & 15, v & 15].map((x) => (17 * x).toString(16).padStart(2, "0")).join("")}`, [a, b] = [light(hex), light(ink(hex))].sort((x, y) => y - x);
    assert.ok((a + 0.05) / (b + 0.05) >= 4.5, hex);
  }
});

test("the preview shows what the source writes", () => {
  const planes = Uint16Array.from([65535, 20000, 0, 45535]), colours = [[200, 0, 0], [0, 100, 0]], painted = (source) => { const d = new Uint8ClampedArray(8); tint(d, source, planes, colours, [0, 0, 250]); return [...d.slice(0, 3), ...d.slice(4, 7)]; };
  assert.deepEqual(painted("Probabilities"), [200, 0, 0, Math.round((20000 / 65535) * 200), Math.round((45535 / 65535) * 100), 0]);
  assert.deepEqual(painted("Simple Segmentation"), [200, 0, 0, 0, 100, 0]);
  assert.deepEqual(painted("Uncertainty"), [0, 0, 0, 0, 0, Math.round((1 - 25535 / 65535) * 250)]);
});
