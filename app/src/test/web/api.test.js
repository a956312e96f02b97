import assert from "node:assert/strict";
import { test } from "node:test";
import { createApi } from "../../main/resources/web/api.js";

const settle = async () => { for (let i = 0; i < 8; i++) await new Promise((resolve) => setImmediate(resolve)); };

test("a program that ends while it answers did not answer", async () => {
  const api = createApi("t", "page"), broken = () => Promise.reject(new TypeError("network error"));
  globalThis.fetch = /** @type {any} */ (async () => ({ ok: true, status: 200, text: broken, arrayBuffer: broken }));
  for (const ask of [() => api.state(), () => api.raw("i", {})]) await assert.rejects(ask, { status: 0, title: "PixelForest stopped answering" });
  globalThis.fetch = /** @type {any} */ (async () => ({ ok: false, status: 500, text: broken }));
  await assert.rejects(() => api.state(), { status: 0 });
});

/** A page that listens, and its socket. @param {import("node:test").TestContext} t */
function page(t) {
  const sockets = [], told = [];
  class Socket { static OPEN = 1; static CONNECTING = 0; readyState = 1; sent = []; constructor() { sockets.push(this); } send(text) { this.sent.push(JSON.parse(text)); } close() {} }
  Object.assign(globalThis, { window: globalThis, location: { protocol: "http:", host: "x" }, WebSocket: Socket });
  t.mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  const events = createApi("t", "page").listen({ event() {}, tile() {}, connected: () => told.push("connected"), lost: () => told.push("lost"), strange: () => told.push("strange") });
  return { events, socket: /** @type {any} */ (sockets[0]), told };
}

test("a view is sent once, and anew when its tiles are wanted again", (t) => {
  const { events, socket } = page(t), view = { image: "i", box: [0, 0, 9, 9] };
  socket.onmessage({ data: '{"event":"hello"}' });
  for (let k = 0; k < 3; k++) { events.view(view); t.mock.timers.tick(200); }
  assert.deepEqual(socket.sent.map((m) => m.image), ["i"]);
  events.again();
  t.mock.timers.tick(200);
  assert.deepEqual(socket.sent.map((m) => m.image), ["i", null, "i"]);
});

test("a page that another start of the program does not know is told so", async (t) => {
  const { socket, told } = page(t);
  globalThis.fetch = /** @type {any} */ (async () => ({ ok: false, status: 401, text: async () => "" }));
  socket.onclose();
  await settle();
  assert.deepEqual(told, ["lost", "strange"]);
});

test("a program that is just gone is not taken for another", async (t) => {
  const { socket, told } = page(t);
  globalThis.fetch = /** @type {any} */ (async () => { throw new TypeError("refused"); });
  socket.onclose();
  await settle();
  assert.deepEqual(told, ["lost"]);
});
