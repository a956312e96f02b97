// @ts-check
// What draws, and where: hardware or the processor, in a worker or in the page.
import { Layers } from "./layers.js";

/** @typedef {{hardware: boolean, apart: boolean}} Place apart: in a worker */

/**
 * Layers on a canvas, at the place that is wanted or the next best, and that place.
 * @param {HTMLCanvasElement} canvas @param {Place} wanted @param {() => void} restored @param {(reason: string) => void} failed the worker cannot draw, and the canvas is of no use any more
 * @returns {{layers: Layers, place: Place}}
 */
export function layersOn(canvas, { hardware, apart }, restored, failed) {
  const there = apart ? Layers.apart(canvas, hardware, restored, failed) : null;
  if (there) return { layers: there, place: { hardware, apart } };
  try {
    return { layers: Layers.here(canvas, hardware, restored), place: { hardware, apart: false } };
  } catch (error) {
    console.warn(error);
    return { layers: Layers.here(canvas, false, restored), place: { hardware: false, apart: false } };
  }
}

/** Whether WebGL2 is done by hardware here: by the processor it is slower than Software. The address can say otherwise (graphics=webgl or graphics=software). */
export function hasGraphics() {
  const wanted = new URLSearchParams(location.search).get("graphics");
  if (wanted) return wanted === "webgl";
  const gl = document.createElement("canvas").getContext("webgl2", { failIfMajorPerformanceCaveat: true });
  if (!gl) return false;
  // NB: some browsers take the processor for hardware where they were told to.
  const name = String(gl.getParameter(gl.getExtension("WEBGL_debug_renderer_info")?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER));
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  return !/swiftshader|llvmpipe|softpipe|software|basic render/i.test(name);
}
