import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Outbox } from "../../main/resources/web/outbox.js";

const turn = () => new Promise((resolve) => setImmediate(resolve));
const settle = async () => { for (let i = 0; i < 5; i++) await turn(); };

/** An outbox whose server answers with these errors, one a stroke that is sent, and then takes everything. */
function outbox(...errors) {
  const sent = [], told = { refused: [], stuck: [], counts: [] }, state = { project: "a" };
  const send = async (stroke) => { const error = errors.shift(); if (error) throw error; sent.push(stroke.id); return {}; };
  const box = new Outbox(send, { changed: (n) => told.counts.push(n), sent() {}, refused: (s) => told.refused.push(s.id), stuck: (e) => told.stuck.push(e.status) }, (s) => s.project === state.project);
  return { box, sent, told, state };
}

test("a stroke that the server cannot store is kept, said once, and sent again", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    const { box, sent, told } = outbox({ status: 507 }, { status: 507 });
    box.add({ id: "1", project: "a" });
    await settle();
    assert.equal(box.waiting.length, 1);
    mock.timers.tick(5000);
    await settle();
    assert.deepEqual([sent, told.stuck], [[], [507]]);
    mock.timers.tick(5000);
    await settle();
    assert.deepEqual([sent, told.stuck, box.waiting.length], [["1"], [507], 0]);
  } finally { mock.timers.reset(); }
});

for (const error of [{ status: 401 }, { status: 421 }, { status: 409, details: { project: null } }, { status: 0 }]) test(`a stroke survives ${JSON.stringify(error)}`, async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    const { box, sent, told } = outbox(error);
    box.add({ id: "1", project: "a" });
    await settle();
    assert.deepEqual([box.waiting.length, told.refused], [1, []]);
    box.flush();
    await settle();
    assert.deepEqual(sent, ["1"]);
  } finally { mock.timers.reset(); }
});

test("a stroke whose class is gone is given back, the next one is sent", async () => {
  const { box, sent, told } = outbox({ status: 409 });
  box.add({ id: "1", project: "a" });
  box.add({ id: "2", project: "a" });
  await settle();
  assert.deepEqual([told.refused, sent], [["1"], ["2"]]);
});

test("strokes of another project wait until it is open, and hold up nothing", async () => {
  const { box, sent, state } = outbox();
  box.add({ id: "1", project: "b" });
  box.add({ id: "2", project: "a" });
  await settle();
  assert.deepEqual(sent, ["2"]);
  state.project = "b";
  box.flush();
  await settle();
  assert.deepEqual(sent, ["2", "1"]);
});

test("a stroke that found nobody is sent again by itself", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    const { box, sent, told } = outbox({ status: 0 });
    box.add({ id: "1", project: "a" });
    await settle();
    mock.timers.tick(5000);
    await settle();
    assert.deepEqual([sent, told.stuck], [["1"], []]);
  } finally { mock.timers.reset(); }
});

test("only strokes of the open project count as not saved yet", async () => {
  const { box, told, state } = outbox();
  box.add({ id: "1", project: "b" });
  await settle();
  assert.equal(told.counts.at(-1), 0);
  state.project = "b";
  box.count();
  assert.equal(told.counts.at(-1), 1);
});
