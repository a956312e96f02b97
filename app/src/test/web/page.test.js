import assert from "node:assert/strict";
import { test } from "node:test";
import { channelColours, firstLook, knownGroups, listed, showing } from "../../main/resources/web/channels.js";
import { range } from "../../main/resources/web/panels/virtual.js";
import { INITIAL, settingsFrom, stored } from "../../main/resources/web/settings.js";
import { createStore } from "../../main/resources/web/store.js";
import { ago, bytes, captions, counted, duration, shorten, thousands } from "../../main/resources/web/words.js";
import { Tissue } from "./tissue.mjs";

const channels = Tissue.PANEL.map((c) => ({ name: c.name, target: c.target, metal: c.metal, used: true, importance: null }));

test("the store replaces its state and tells both", () => {
  const store = createStore({ a: 1, b: 2 }), seen = [];
  const stop = store.subscribe((now, before) => seen.push([now, before]));
  const first = store.get();
  store.update({ a: 3 });
  store.update((s) => ({ b: s.a + 1 }));
  assert.deepEqual(store.get(), { a: 3, b: 4 });
  assert.deepEqual(first, { a: 1, b: 2 });
  assert.equal(seen.length, 2);
  stop();
  store.update({ a: 9 });
  assert.equal(seen.length, 2);
});

test("a known panel starts with one channel of each kind", () => {
  assert.deepEqual(firstLook(channels), ["Ir191 DNA1", "Nd150 E-cadherin", "Sm152 CD45", "Nd143 Vimentin"]);
  assert.deepEqual(knownGroups(channels).map((g) => g.name), ["Overview", "Nuclear", "Immune", "Stroma"]);
});

test("an unknown panel starts with its first three, without the mean", () => {
  const unknown = ["Mean", "c1", "c2", "c3", "c4"].map((n) => ({ name: n, target: n, metal: "", used: true, importance: null }));
  assert.deepEqual(firstLook(unknown), ["c1", "c2", "c3"]);
});

test("the seventh channel replaces the oldest, colours never repeat", () => {
  let shown = [];
  for (const c of channels.slice(0, 8)) shown = showing(shown, c.name);
  assert.equal(shown.length, 6);
  assert.equal(shown[0], channels[2].name);
  assert.equal(new Set(Object.values(channelColours(shown, {}))).size, 6);
  assert.equal(channelColours(shown, { [shown[2]]: "#123456" })[shown[2]], "#123456");
});

test("channels are found by name and by metal, shown ones first", () => {
  assert.deepEqual(listed(channels, ["Sm152 CD45"], "").slice(0, 2).map((c) => c.target), ["CD45", "Mean"]);
  assert.deepEqual(listed(channels, [], "ir19").map((c) => c.target), ["DNA1", "DNA2"]);
  assert.deepEqual(listed(channels, [], "cd8").map((c) => c.target), ["CD8a"]);
});

test("settings survive being stored with the project", () => {
  const state = { channels, images: [{ id: "a", error: null }, { id: "b", error: null }] }, first = { ...INITIAL, ...settingsFrom(null, state), classes: [{}, {}, {}] };
  first.layers = { ...first.layers, prediction: { ...first.layers.prediction, classes: first.layers.prediction.classes.map((c, k) => (k === 1 ? { on: false, opacity: 70 } : c)) } };
  const again = settingsFrom(JSON.parse(JSON.stringify(stored({ ...first, imageId: "b", windows: { "Ir191 DNA1": [1, 9] } }))), state);
  assert.equal(again.imageId, "b");
  assert.deepEqual(again.windows, { "Ir191 DNA1": [1, 9] });
  assert.deepEqual(again.layers.prediction.classes[1], { on: false, opacity: 70 });
  assert.equal(again.layers.prediction.classes[98].on, true);
});

test("settings of channels and images that are gone are forgotten", () => {
  const again = settingsFrom({ shown: ["gone"], imageId: "gone", active: "gone" }, { channels, images: [{ id: "x", error: {} }, { id: "y", error: null }] });
  assert.equal(again.imageId, "y");
  assert.deepEqual(again.shown, firstLook(channels));
});

test("long lists make only what is in sight, short ones everything", () => {
  assert.deepEqual(range(150, 94, 5000, 700), { first: 0, last: 150, before: 0, after: 0 });
  const { first, last, before, after } = range(1000, 48, 4800, 480);
  assert.ok(first <= 100 && last >= 110 && last - first < 60);
  assert.equal(before + after + (last - first) * 48, 48000);
});

test("captions keep what tells long names apart", () => {
  const of = (names) => names.map(captions(names));
  assert.deepEqual(of(["core1.ome", "core2.ome"]), ["core1.ome", "core2.ome"]);
  assert.deepEqual(of(["Demo1_s0_a1_ac", "Demo1_s0_a2_ac", "Demo2_s0_a1_ac"]), ["D1_s0_a1", "D1_s0_a2", "D2_s0_a1"]);
  assert.deepEqual(of(["20210305_NE_mockData1_s0_a1_ac", "20210305_NE_mockData3_s0_a2_ac"]), ["m1_s0_a1", "m3_s0_a2"]);
  assert.deepEqual(of(["a_long_name_1", "a_long_name_12"]), ["1", "12"]);
  assert.deepEqual(of(["one_long_name"]), ["one_long_name"]);
});

test("numbers and times read as people write them", () => {
  const now = new Date(2026, 2, 10, 15, 0).getTime();
  assert.equal(thousands(1234567), "1\u202f234\u202f567");
  assert.equal(counted(1, "image"), "1 image");
  assert.equal(ago(now - 4000, now), "just now");
  assert.equal(ago(now - 42000, now), "42 s ago");
  assert.equal(ago(now - 86400000, now), "yesterday");
  assert.equal(duration(150), "2 min 30 s");
  assert.equal(bytes(28.8e6), "29 MB");
  assert.equal(shorten("Patient1_003", 9), "…ent1_003");
});
