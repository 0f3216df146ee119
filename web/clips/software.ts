// Whether this browser draws WebGL without a graphics card, on the cores that training needs.
let known: boolean | null = null;

export function drawnInSoftware(): boolean {
  known ??= /swiftshader|llvmpipe|softpipe|software|basic render/i.test(rendererName());
  return known;
}

/** What the driver calls itself, or nothing where the browser keeps it to itself. */
function rendererName(): string {
  const gl = document.createElement("canvas").getContext("webgl2");
  if (gl === null) return "";
  const names = gl.getExtension("WEBGL_debug_renderer_info");
  const name: unknown = gl.getParameter(names?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER);
  // Browsers allow few contexts at a time.
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  return String(name);
}
