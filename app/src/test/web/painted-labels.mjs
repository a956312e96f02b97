// Strokes as a person might paint them on synthetic tissue: lines in nuclei, arcs around them, paths through the background.
import { Tissue } from "./tissue.mjs";

/** A class number a pixel, 0 where nothing is painted. */
export function paintedLabels(stack) {
  const n = stack.size, label = new Uint8Array(n * n), rand = Tissue.random(77);
  const dab = (x, y, k, r, ok) => {
    for (let j = Math.floor(y - r); j <= y + r + 1; j++) for (let i = Math.floor(x - r); i <= x + r + 1; i++)
      if (i >= 0 && j >= 0 && i < n && j < n && (i + 0.5 - x) ** 2 + (j + 0.5 - y) ** 2 <= r * r && ok(j * n + i)) label[j * n + i] = k;
  };
  for (const c of stack.cells) {
    const u = rand(), x = 2 * (c.x + c.ox) + 0.5, y = 2 * (c.y + c.oy) + 0.5, st = Math.sqrt(c.stretch);
    if (c.kind === "stroma" ? u < 0.05 : u < 0.085) {
      const reach = 2 * c.nucleus * st * 0.62, bend = (rand() - 0.5) * 2.4;
      for (let t = -1; t <= 1; t += 0.08) dab(x + c.c * reach * t - c.s * bend * t * t, y + c.s * reach * t + c.c * bend * t * t, 1, 1.6, (i) => stack.nd[i] > 0.15);
    }
    if (u > 0.86 && c.kind !== "stroma") {
      const start = 6.283 * rand(), sweep = (1.6 + 4 * rand()) * (rand() < 0.5 ? 1 : -1), r = 2 * (c.nucleus + 1.35);
      const arc = Array.from({ length: 100 }, (_, t) => { const a = start + (sweep * t) / 100, ex = r * Math.cos(a) * st, ey = (r * Math.sin(a)) / st; return [x + ex * c.c - ey * c.s, y + ex * c.s + ey * c.c]; });
      const fits = arc.filter(([ax, ay]) => ax > 0 && ay > 0 && ax < n && ay < n && stack.nd[(ay | 0) * n + (ax | 0)] < 0 && stack.cd[(ay | 0) * n + (ax | 0)] > -0.2).length;
      if (fits > 88) for (const [ax, ay] of arc) dab(ax, ay, 2, 1.5, (i) => stack.nd[i] < 0.1);
    }
  }
  for (let tries = 0, made = 0; tries < 4000 && made < 26; tries++) {
    let x = rand() * n, y = rand() * n, a = 6.283 * rand();
    if (stack.cd[(y | 0) * n + (x | 0)] > -1.6 || label[(y | 0) * n + (x | 0)]) continue;
    let length = 0;
    for (let s = 0; s < 46; s++) {
      let best = -1, bestA = a;
      for (const turn of [0, -0.25, 0.25, -0.6, 0.6]) {
        const px = x + 3 * Math.cos(a + turn), py = y + 3 * Math.sin(a + turn);
        if (px < 2 || py < 2 || px > n - 2 || py > n - 2) continue;
        const room = Math.min(3.4, -stack.cd[(py | 0) * n + (px | 0)]) - Math.abs(turn);
        if (room > best) { best = room; bestA = a + turn; }
      }
      if (best < 0.6) break;
      a = bestA + (rand() - 0.5) * 0.12;
      for (let t = 0; t < 1.2; t += 0.3) dab(x + t * Math.cos(a), y + t * Math.sin(a), 3, 1.5, (i) => stack.cd[i] < -0.3);
      x += 1.2 * Math.cos(a); y += 1.2 * Math.sin(a); length++;
    }
    if (length > 9) made++;
  }
  return label;
}
