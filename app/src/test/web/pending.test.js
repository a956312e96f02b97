import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Pending } from "../../main/resources/web/pending.js";

const settle = async () => { for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve)); };

/** Choices, with a server that answers when it is told to. */
function choices() {
  const refused = [], asked = [];
  const send = () => new Promise((resolve, reject) => asked.push({ resolve, reject }));
  return { pending: new Pending((e) => refused.push(e)), refused, asked, send };
}

test("what was chosen lies over what the server says until it knows, and many choices are sent as one", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    const { pending, asked, send } = choices();
    pending.choose("channels", () => "first", send);
    mock.timers.tick(200);
    pending.choose("channels", () => "second", send);
    assert.deepEqual(pending.over({ channels: "old", images: 1 }, 5), { channels: "second", images: 1 });
    mock.timers.tick(250);
    await settle();
    assert.equal(asked.length, 1);
    asked[0].resolve({ revision: 9 });
    await settle();
    assert.equal(pending.over({ channels: "old" }, 8).channels, "second");
    assert.equal(pending.over({ channels: "known" }, 9).channels, "known");
    assert.equal(pending.over({ channels: "undone" }, 10).channels, "undone");
  } finally { mock.timers.reset(); }
});

test("what was refused is taken back", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    const { pending, refused, asked, send } = choices();
    pending.choose("features", () => "mine", send);
    mock.timers.tick(250);
    asked[0].reject({ status: 409 });
    await settle();
    assert.deepEqual([refused, pending.over({ features: "theirs" }, 1).features], [[{ status: 409 }], "theirs"]);
  } finally { mock.timers.reset(); }
});

test("what cannot be is not sent, stays while it is looked at and is withdrawn then", () => {
  const { pending } = choices();
  pending.choose("channels", () => "none", null);
  assert.equal(pending.over({ channels: "all" }, 1).channels, "none");
  assert.ok(pending.withdraw());
  assert.ok(!pending.withdraw());
  assert.equal(pending.over({ channels: "all" }, 1).channels, "all");
});
