import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Tiles } from "../../../main/resources/web/viewer/tiles.js";

const settle = async () => { for (let i = 0; i < 8; i++) await new Promise((resolve) => setImmediate(resolve)); };
const image = { id: "a", width: 1000, height: 400, type: "uint8" }, wish = (column, id = "a") => ({ image: { ...image, id }, t: 0, z: 0, level: 0, column, row: 0, channels: [0] });

/** Tiles whose server fails so often. @param {number} failures */
function tiles(failures, bytes = undefined) {
  const told = { asked: [], loaded: [], failed: [] };
  const read = async (id, query) => { told.asked.push(`${id} ${query.x0}`); if (failures-- > 0) throw { status: 500 }; return new ArrayBuffer(4 * (query.x1 - query.x0) * (query.y1 - query.y0)); };
  return { tiles: new Tiles(read, (w) => told.loaded.push(w.column), (e) => told.failed.push(e), bytes), told };
}

test("a tile that could not be read is asked for again by itself, and its image complained of once", async () => {
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1000 });
  try {
    const { tiles: all, told } = tiles(4);
    all.want([wish(0), wish(1)]);
    await settle();
    assert.deepEqual([told.loaded, told.failed.length], [[], 1]);
    mock.timers.tick(3100);
    await settle();
    assert.equal(told.failed.length, 1);
    mock.timers.tick(3100);
    await settle();
    assert.deepEqual([told.loaded.sort(), told.failed.length, told.asked.length], [[0, 1], 1, 6]);
  } finally { mock.timers.reset(); }
});

test("an image that is another file is read anew, the others are kept", async () => {
  const { tiles: all, told } = tiles(0), wishes = [wish(0), wish(0, "ab")];
  all.want(wishes);
  await settle();
  all.forget("a");
  assert.equal(all.get("a", 0, 0, 0, 0, 0, 0), undefined);
  assert.ok(all.get("ab", 0, 0, 0, 0, 0, 0));
  all.want(wishes);
  await settle();
  assert.deepEqual(told.asked, ["a 0", "ab 0", "a 0"]);
});

test("what is seen is kept, however much it is; else the longest unused goes", async () => {
  const { tiles: all, told } = tiles(0, 1), has = (id) => [0, 1].map((column) => !!all.get(id, 0, 0, 0, 0, column, 0));
  all.want([wish(0), wish(1)]);
  await settle();
  assert.deepEqual(has("a"), [true, true]);
  all.want([wish(0), wish(1)]);
  await settle();
  assert.equal(told.asked.length, 2);
  all.want([wish(0, "b"), wish(1, "b")]);
  await settle();
  assert.deepEqual([...has("a"), ...has("b")], [false, false, true, true]);
});

test("the finest plane there is stands in for one that is not there", async () => {
  const { tiles: all } = tiles(0);
  all.want([{ ...wish(0), level: 2 }]);
  await settle();
  assert.equal(all.finest(image, 0, 0, 0, 0, 1, 0)?.level, 2);
  assert.equal(all.finest(image, 0, 0, 0, 1, 1, 0), undefined);
});
