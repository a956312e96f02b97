import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Later } from "../../../main/resources/web/viewer/later.js";

test("it is done once, at the earliest time that was asked for", (t) => {
  mock.timers.enable({ apis: ["setTimeout"] });
  t.after(() => mock.timers.reset());
  let done = 0;
  const later = new Later(() => { done++; });
  later.at(500, 0);
  assert.ok(!later.by(400) && later.by(500));
  mock.timers.tick(100);
  later.at(130, 100); // a stroke has ended: no need to wait so long
  later.at(300, 100);
  assert.ok(later.by(130));
  mock.timers.tick(29);
  assert.equal(done, 0);
  mock.timers.tick(1);
  assert.equal(done, 1);
  mock.timers.tick(1000);
  assert.equal(done, 1);
  assert.ok(!later.by(1e9));
  later.at(1200, 1130);
  mock.timers.tick(70);
  assert.equal(done, 2);
});
