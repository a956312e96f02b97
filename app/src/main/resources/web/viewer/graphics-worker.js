// @ts-check
// The graphics on a thread of their own: without graphics hardware they take many milliseconds, which the page has not.
import { Graphics } from "./graphics.js";
import { Software } from "./software.js";

const page = /** @type {{postMessage: (message: any) => void, onmessage: ((e: MessageEvent) => void) | null}} */ (/** @type {unknown} */ (self));
let graphics = /** @type {Graphics | Software | null} */ (null);

page.onmessage = (/** @type {MessageEvent} */ e) => {
  const { data } = e;
  try {
    if (data.canvas) graphics = data.hardware ? new Graphics(data.canvas, () => page.postMessage({ restored: true })) : new Software(data.canvas, new OffscreenCanvas(512, 512));
    if (data.commands) graphics?.run(data.commands);
  } catch (error) {
    page.postMessage({ failed: String(error) });
    return;
  }
  const tell = () => { if (graphics?.busy) setTimeout(tell, 2); else page.postMessage({ done: data.number }); };
  if (data.commands) tell();
};
