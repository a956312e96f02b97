// @ts-check
// The programs of the viewer: raw composite, prediction, segmentation, uncertainty, labels, in that order from below. What is not drawn is not
// compiled in: graphics without hardware pay for a branch that is not taken.

export const CHANNELS = 6;

/**
 * @typedef {{channels: number, reduced: boolean, known: number, classes: number, decide: boolean, outline: boolean, lines: boolean, patterns: boolean, labels: boolean}} Variant
 * known: room for classes; classes: of the prediction, 0 where there is none; decide: the likeliest class matters; outline: prediction as lines; lines: segmentation as lines
 */

/** A name for a variant. @param {Variant} v */
export const variantName = (v) => [v.channels, v.known, v.classes, ...[v.reduced, v.decide, v.outline, v.lines, v.patterns, v.labels].map(Number)].join();

export const VERTEX = `#version 300 es
void main() { gl_Position = vec4(vec2(gl_VertexID & 1, gl_VertexID >> 1) * 4.0 - 1.0, 0.0, 1.0); }`;

/** What the channels add to the grey picture under predictions. */
export const GREY = [0.8, 0.42, 0.34, 0.26, 0.2, 0.18];

/** @param {Variant} v */
export const fragment = (v) => `#version 300 es
precision highp float; precision highp int; precision highp sampler2D; precision highp usampler2D; precision highp usampler2DArray;
out vec4 colour;

uniform vec2 uOrigin;        // image position at the top left of the viewer
uniform float uStep;         // image pixels a device pixel
uniform float uHeight;       // of the viewer, device pixels
uniform float uWipe;         // device pixels; prediction is drawn right of it
uniform vec3 uBack;
uniform float uRawOpacity;
uniform bool uGrey;
uniform vec4 uClass[${v.known}];     // colour, and how strong its prediction is drawn
uniform vec2 uOpacity[${v.known}];   // of segmentation and labels of a class
${v.channels ? channelUniforms(v) : ""}
${v.classes ? predictionUniforms(v) : ""}
${v.labels ? labelUniforms(v) : ""}

/* x to the power of 0.85, off by less than one of 255: powers are what costs most without graphics hardware. */
float bright(float v, vec2 w) {
  float s = sqrt(clamp((v - w.x) / max(w.y - w.x, 1e-9), 0.0, 1.0));
  return s * (0.108 + s * (1.129 - 0.237 * s));
}

void main() {
  vec2 at = vec2(gl_FragCoord.x, uHeight - gl_FragCoord.y), p = uOrigin + at * uStep;
  vec3 c = vec3(0.0);
  float grey = 0.0, v;
${Array.from({ length: v.channels }, (_, i) => `  v = bright(sampleRaw(uRaw${i}, uPlace[${i}], p), uWindow[${i}]); c += v * uColour[${i}]; grey += v * ${GREY[i]};`).join("\n")}
  c = min(c, 1.0);
  if (uGrey && at.x >= uWipe) c = vec3(0.804 * min(grey, 1.0));
  c = mix(uBack, c, uRawOpacity);
${v.classes ? drawPrediction(v) : ""}
${v.labels ? DRAW_LABELS : ""}
  colour = vec4(c, 1.0);
}`;

/** @param {Variant} v */
const channelUniforms = (v) => `
uniform vec4 uPlace[${CHANNELS}];     // samples an image pixel, offset x, offset y
uniform vec2 uWindow[${CHANNELS}];
uniform vec3 uColour[${CHANNELS}];
${Array.from({ length: v.channels }, (_, i) => `uniform sampler2D uRaw${i};`).join("\n")}

float sampleRaw(sampler2D plane, vec4 place, vec2 p) {
  ivec2 last = textureSize(plane, 0) - 1;
  vec2 q = p * place.x - place.yz;
${v.reduced ? `  float foot = uStep * place.x > 1.001 ? 0.25 * uStep * place.x : 0.0;
  return 0.25 * (texelFetch(plane, clamp(ivec2(floor(q + vec2(-foot, -foot))), ivec2(0), last), 0).r + texelFetch(plane, clamp(ivec2(floor(q + vec2(foot, -foot))), ivec2(0), last), 0).r
    + texelFetch(plane, clamp(ivec2(floor(q + vec2(-foot, foot))), ivec2(0), last), 0).r + texelFetch(plane, clamp(ivec2(floor(q + vec2(foot, foot))), ivec2(0), last), 0).r);`
    : "  return texelFetch(plane, clamp(ivec2(floor(q)), ivec2(0), last), 0).r;"}
}`;

/** @param {Variant} v */
const predictionUniforms = (v) => `
uniform usampler2DArray uPrediction;
uniform sampler2D uFresh;
uniform vec4 uPredictionPlace;
uniform float uUncertain;
uniform vec3 uUncertainColour;

ivec2 predictionAt(vec2 p) {
  return clamp(ivec2(floor(p * uPredictionPlace.x - uPredictionPlace.yz)), ivec2(0), textureSize(uPrediction, 0).xy - 1);
}

/* Largest and second largest; the class of the largest, -1 where nothing is predicted. */
int winner(ivec2 q, out vec2 top) {
  int best = -1;
  top = vec2(0.0);
  for (int k = 0; k < ${v.classes}; k++) {
    float v = float(texelFetch(uPrediction, ivec3(q, k), 0).r) / 65535.0;
    if (v > top.x) { top = vec2(v, top.x); best = k; } else if (v > top.y) top.y = v;
  }
  return best;
}

/* Of the classes that meet around p, the first; -1 where all is one class. */
int meeting(vec2 p, ivec2 here, int best) {
  int line = -1;
  vec2 t;
  for (int j = 0; j < 4; j++) {
    ivec2 there = predictionAt(p + 0.8 * uStep * (j == 0 ? vec2(1.0, 0.0) : j == 1 ? vec2(-1.0, 0.0) : j == 2 ? vec2(0.0, 1.0) : vec2(0.0, -1.0)));
    if (there == here) continue; // magnified, most neighbours are the same sample
    int other = winner(there, t);
    if (other != best && other >= 0 && best >= 0) line = line < 0 ? min(best, other) : min(line, min(best, other));
  }
  return line;
}

float pattern(int k, vec2 at) {
  if (k % 4 == 0) return 1.0;
  if (k % 4 == 1) return mod(at.x + at.y, 8.0) < 3.0 ? 1.0 : 0.45;
  if (k % 4 == 2) { vec2 d = mod(at, 8.0) - 4.0; return dot(d, d) < 5.0 ? 1.0 : 0.4; }
  return mod(at.y, 6.0) < 2.0 ? 1.0 : 0.45;
}`;

/** @param {Variant} v */
const drawPrediction = (v) => `
  if (at.x >= uWipe) {
    ivec2 cell = ivec2(clamp(floor((p * uPredictionPlace.x - uPredictionPlace.yz) / 64.0), 0.0, 7.0));
    float strength = mix(0.45, 1.0, texelFetch(uFresh, cell, 0).r);
    ivec2 here = predictionAt(p);
${v.reduced ? "    float foot = uStep * uPredictionPlace.x > 1.001 ? 0.25 * uStep : 0.0;" : ""}
${v.decide ? "    vec2 top;\n    int best = winner(here, top);" : ""}
${v.lines || v.outline ? "    int line = meeting(p, here, best);" : ""}
${v.outline ? "    if (line >= 0 && uClass[line].a > 0.0) c = mix(c, uClass[line].rgb, strength);" : `
    for (int k = ${v.classes - 1}; k >= 0; k--) {
${v.reduced ? `      float v = 0.25 * float(texelFetch(uPrediction, ivec3(predictionAt(p + vec2(-foot, -foot)), k), 0).r + texelFetch(uPrediction, ivec3(predictionAt(p + vec2(foot, -foot)), k), 0).r
        + texelFetch(uPrediction, ivec3(predictionAt(p + vec2(-foot, foot)), k), 0).r + texelFetch(uPrediction, ivec3(predictionAt(p + vec2(foot, foot)), k), 0).r);`
      : "      float v = float(texelFetch(uPrediction, ivec3(here, k), 0).r);"}
      c = mix(c, uClass[k].rgb, v / 65535.0 * uClass[k].a * strength);
    }`}
${v.decide ? `    int drawn = ${v.lines ? "line" : "best"};
    if (drawn >= 0) c = mix(c, uClass[drawn].rgb, uOpacity[drawn].x * strength${v.patterns && !v.lines ? " * pattern(drawn, at)" : ""});
    if (best >= 0) c = mix(c, uUncertainColour, (1.0 - (top.x - top.y)) * 0.9 * uUncertain * strength);` : ""}
  }`;

/** @param {Variant} v */
const labelUniforms = (v) => `
uniform usampler2D uLabel;
uniform vec4 uLabelPlace;    // the texture has a rim of one sample

ivec2 labelAt(vec2 p) {
  return clamp(ivec2(floor(p * uLabelPlace.x - uLabelPlace.yz)) + 1, ivec2(0), textureSize(uLabel, 0) - 1);
}

float labelSeen(uint l) { return l == 0u || l > ${v.known}u ? 0.0 : uOpacity[l - 1u].y; }

float seenAt(vec2 p) { return labelSeen(texelFetch(uLabel, labelAt(p), 0).r); }`;

const DRAW_LABELS = `
  uint l = texelFetch(uLabel, labelAt(p), 0).r;
  float seen = labelSeen(l);
  if (seen > 0.0) c = mix(c, uClass[l - 1u].rgb, seen);
  else {
    float r = 1.25 * uStep;
    c = mix(c, vec3(0.031, 0.043, 0.039), max(max(seenAt(p + vec2(r, 0.0)), seenAt(p - vec2(r, 0.0))), max(seenAt(p + vec2(0.0, r)), seenAt(p - vec2(0.0, r)))));
  }`;
