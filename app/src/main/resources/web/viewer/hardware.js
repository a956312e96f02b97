// @ts-check
// What draws: hardware, or the processor.

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
