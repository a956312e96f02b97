// @ts-check
// The one program of the viewer: raw composite, prediction, segmentation, uncertainty, labels, in that order from below.

export const CHANNELS = 6;
export const CLASSES = 24;

export const VERTEX = `#version 300 es
void main() { gl_Position = vec4(vec2(gl_VertexID & 1, gl_VertexID >> 1) * 4.0 - 1.0, 0.0, 1.0); }`;

const raw = (/** @type {(i: number) => string} */ line) => Array.from({ length: CHANNELS }, (_, i) => line(i)).join("\n");

export const FRAGMENT = `#version 300 es
precision highp float; precision highp int; precision highp sampler2D; precision highp usampler2D; precision highp usampler2DArray;
out vec4 colour;

uniform vec2 uOrigin;        // image position at the top left of the viewer
uniform float uStep;         // image pixels a device pixel
uniform float uHeight;       // of the viewer, device pixels
uniform float uWipe;         // device pixels; prediction is drawn right of it
uniform vec3 uBack;

uniform int uChannels;       // bit i: channel i is there
uniform vec4 uPlace[${CHANNELS}];     // samples an image pixel, offset x, offset y
uniform vec2 uWindow[${CHANNELS}];
uniform vec3 uColour[${CHANNELS}];
uniform float uRawOpacity;
uniform bool uGrey;
${raw((i) => `uniform sampler2D uRaw${i};`)}

uniform int uClasses;        // planes of the prediction; 0: none
uniform usampler2DArray uPrediction;
uniform sampler2D uFresh;
uniform vec4 uPredictionPlace;
uniform vec3 uClassColour[${CLASSES}];
uniform float uTint[${CLASSES}];
uniform float uSegment[${CLASSES}];
uniform float uUncertain;
uniform vec3 uUncertainColour;
uniform bool uOutline;       // prediction as lines
uniform bool uSegmentLines;  // segmentation as lines
uniform bool uDecide;        // whether the likeliest class matters to anything drawn
uniform bool uPatterns;

uniform bool uLabels;
uniform usampler2D uLabel;
uniform vec4 uLabelPlace;    // the texture has a rim of one sample
uniform float uLabelOpacity[${CLASSES}];

float sampleRaw(sampler2D plane, vec4 place, vec2 p) {
  ivec2 last = textureSize(plane, 0) - 1;
  vec2 q = p * place.x - place.yz;
  float foot = uStep * place.x;
  if (foot <= 1.001) return texelFetch(plane, clamp(ivec2(floor(q)), ivec2(0), last), 0).r;
  float sum = 0.0;
  for (int k = 0; k < 4; k++) {
    vec2 d = (vec2(k & 1, k >> 1) - 0.5) * 0.5 * foot;
    sum += texelFetch(plane, clamp(ivec2(floor(q + d)), ivec2(0), last), 0).r;
  }
  return sum * 0.25;
}

float bright(float v, vec2 w) { return pow(clamp((v - w.x) / max(w.y - w.x, 1e-9), 0.0, 1.0), 0.85); }

/* Largest and second largest; the class of the largest, -1 where nothing is predicted. */
int winner(vec2 p, out vec2 top) {
  ivec2 last = textureSize(uPrediction, 0).xy - 1;
  ivec2 q = clamp(ivec2(floor(p * uPredictionPlace.x - uPredictionPlace.yz)), ivec2(0), last);
  int best = -1;
  top = vec2(0.0);
  for (int k = 0; k < uClasses; k++) {
    float v = float(texelFetch(uPrediction, ivec3(q, k), 0).r) / 65535.0;
    if (v > top.x) { top = vec2(v, top.x); best = k; } else if (v > top.y) top.y = v;
  }
  return best;
}

float probability(vec2 p, int k) {
  ivec2 last = textureSize(uPrediction, 0).xy - 1;
  vec2 q = p * uPredictionPlace.x - uPredictionPlace.yz;
  float foot = uStep * uPredictionPlace.x;
  if (foot <= 1.001) return float(texelFetch(uPrediction, ivec3(clamp(ivec2(floor(q)), ivec2(0), last), k), 0).r) / 65535.0;
  float sum = 0.0;
  for (int j = 0; j < 4; j++) {
    vec2 d = (vec2(j & 1, j >> 1) - 0.5) * 0.5 * foot;
    sum += float(texelFetch(uPrediction, ivec3(clamp(ivec2(floor(q + d)), ivec2(0), last), k), 0).r);
  }
  return sum / 4.0 / 65535.0;
}

float pattern(int k, vec2 at) {
  if (k % 4 == 0) return 1.0;
  if (k % 4 == 1) return mod(at.x + at.y, 8.0) < 3.0 ? 1.0 : 0.45;
  if (k % 4 == 2) { vec2 d = mod(at, 8.0) - 4.0; return dot(d, d) < 5.0 ? 1.0 : 0.4; }
  return mod(at.y, 6.0) < 2.0 ? 1.0 : 0.45;
}

uint labelAt(vec2 p) {
  ivec2 last = textureSize(uLabel, 0) - 1;
  return texelFetch(uLabel, clamp(ivec2(floor(p * uLabelPlace.x - uLabelPlace.yz)) + 1, ivec2(0), last), 0).r;
}

float labelSeen(uint l) { return l == 0u || l > ${CLASSES}u ? 0.0 : uLabelOpacity[l - 1u]; }

void main() {
  vec2 at = vec2(gl_FragCoord.x, uHeight - gl_FragCoord.y), p = uOrigin + at * uStep;
  bool predicted = uClasses > 0 && at.x >= uWipe;
  vec3 c = vec3(0.0);
  float grey = 0.0, v;
${raw((i) => `  if ((uChannels & ${1 << i}) != 0) { v = bright(sampleRaw(uRaw${i}, uPlace[${i}], p), uWindow[${i}]); c += v * uColour[${i}]; grey += v * ${[0.8, 0.42, 0.34, 0.26, 0.2, 0.18][i]}; }`)}
  c = min(c, 1.0);
  if (uGrey && at.x >= uWipe) c = vec3(0.804 * min(grey, 1.0));
  c = mix(uBack, c, uRawOpacity);

  if (predicted) {
    ivec2 cell = ivec2(clamp(floor((p * uPredictionPlace.x - uPredictionPlace.yz) / 64.0), 0.0, 7.0));
    float strength = mix(0.45, 1.0, texelFetch(uFresh, cell, 0).r);
    vec2 top;
    int best = uDecide ? winner(p, top) : -1;
    int line = -1;             // of the classes that meet here, the first
    if (uDecide && (uOutline || uSegmentLines)) {
      float reach = 0.8 * uStep;
      vec2 t;
      for (int j = 0; j < 4; j++) {
        vec2 d = j == 0 ? vec2(reach, 0.0) : j == 1 ? vec2(-reach, 0.0) : j == 2 ? vec2(0.0, reach) : vec2(0.0, -reach);
        int other = winner(p + d, t);
        if (other != best && other >= 0 && best >= 0) line = line < 0 ? min(best, other) : min(line, min(best, other));
      }
    }
    if (uOutline) {
      if (line >= 0 && uTint[line] > 0.0) c = mix(c, uClassColour[line], strength);
    } else {
      for (int k = uClasses - 1; k >= 0; k--) if (uTint[k] > 0.0) c = mix(c, uClassColour[k], probability(p, k) * uTint[k] * strength);
    }
    int drawn = uSegmentLines ? line : best;
    if (drawn >= 0 && uSegment[drawn] > 0.0) c = mix(c, uClassColour[drawn], uSegment[drawn] * strength * (uPatterns && !uSegmentLines ? pattern(drawn, at) : 1.0));
    if (best >= 0) c = mix(c, uUncertainColour, (1.0 - (top.x - top.y)) * 0.9 * uUncertain * strength);
  }

  if (uLabels) {
    uint l = labelAt(p);
    float seen = labelSeen(l);
    if (seen > 0.0) c = mix(c, uClassColour[l - 1u], seen);
    else {
      float r = 1.25 * uStep, rim = max(max(labelSeen(labelAt(p + vec2(r, 0.0))), labelSeen(labelAt(p - vec2(r, 0.0)))), max(labelSeen(labelAt(p + vec2(0.0, r))), labelSeen(labelAt(p - vec2(0.0, r)))));
      c = mix(c, vec3(0.031, 0.043, 0.039), rim);
    }
  }
  colour = vec4(c, 1.0);
}`;
