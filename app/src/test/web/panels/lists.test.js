import assert from "node:assert/strict";
import { test } from "node:test";
import { range, scroller, towards } from "../../../main/resources/web/panels/virtual.js";

test("entries side by side are made line by line", () => {
  assert.deepEqual(range(150, 26, 900, 90, 3), { first: 0, last: 150, before: 0, after: 0 });
  const { first, last, before, after } = range(1000, 26, 2600, 104, 3);
  assert.equal(first % 3, 0);
  assert.ok(first <= 300 && last >= 312 && last - first < 100);
  assert.equal(before + after + Math.ceil((last - first) / 3) * 26, Math.ceil(1000 / 3) * 26);
  assert.deepEqual(range(1000, 26, 1e6, 104, 3), { first: 966, last: 1000, before: 322 * 26, after: 0 });
});

test("a list scrolls no farther than to the entry it must show", () => {
  assert.equal(towards(10, 94, 0, 2000), 0);
  assert.equal(towards(500, 94, 0, 700), 501 * 94 - 700);
  assert.equal(towards(3, 94, 9000, 700), 3 * 94);
  assert.equal(towards(0, 94, 9000, 700), 0);
});

/** As much of a list's element as is asked of it. */
function element() {
  const listeners = [];
  return { scrollTop: 0, scrollLeft: 0, clientHeight: 480, clientWidth: 700, addEventListener: (_, l) => listeners.push(l), scroll(to) { this.scrollTop = to; for (const l of listeners) l(); } };
}

test("a list that comes back as another element stands where it was left", () => {
  const seen = [];
  globalThis.ResizeObserver = class { constructor(done) { this.done = done; } observe() { seen.push(this.done); } };
  let state = { scrolled: 0, counts: { a: [1] } };
  const act = { update: (change) => { state = { ...state, ...change(state) }; } }, list = scroller(48), first = element(), again = element();
  list.of("p1");
  list.range(1000);
  list.watch(act)(first);
  seen[0]();
  first.scroll(9600);
  assert.ok(state.scrolled > 0, "what is drawn follows");
  state = { ...state, counts: { a: [2] } };
  first.scroll(9700);
  assert.deepEqual(state.counts, { a: [2] }, "scrolling writes nothing old back");
  assert.ok(list.range(1000).first > 150);

  list.watch(act)(again);
  seen[1]();
  assert.equal(again.scrollTop, 9700);
  first.scroll(0);
  assert.ok(list.range(1000).first > 150, "an element that is gone has no say");

  again.clientHeight = 0;
  again.scroll(0);
  again.clientHeight = 480;
  seen[1]();
  assert.equal(again.scrollTop, 9700, "hidden and shown again");

  list.of("p2");
  assert.equal(list.range(1000).first, 0, "another project starts at its start");
  assert.equal(again.scrollTop, 0);
});
