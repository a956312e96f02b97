import assert from "node:assert/strict";
import { test } from "node:test";
import { replaced, without } from "../../../main/resources/web/viewer/sources.js";

test("an image is another when its file, its dataset or its axes are", () => {
  const a = { id: "a", path: "/x.h5", internal: "/img", axes: "zyxc", name: "x" };
  for (const change of [{ path: "/y.h5" }, { internal: "/other" }, { axes: "yxc" }]) assert.deepEqual(replaced([a], [{ ...a, ...change }]), ["a"]);
  assert.deepEqual(replaced([a], [{ ...a, name: "another name" }, { ...a, id: "new", path: "/z.h5" }]), []);
});

test("what was seen of channels goes with the image, and with no other", () => {
  assert.deepEqual(without({ "a/0": 1, "a/1": 2, "ab/0": 3 }, ["a"]), { "ab/0": 3 });
});
