// A small synthetic tissue: epithelial nests, stroma, an immune infiltrate, vessels; counts with Poisson noise.
// It exists so that the mock looks like imaging mass cytometry without shipping an image. Same seed, same tissue.


export const Tissue = (() => {
  const PANEL = [
    ["", "Mean", "mean"], ["Ir191", "DNA1", "nuclear"], ["Ir193", "DNA2", "nuclear"], ["Yb176", "Histone H3", "nuclear"],
    ["Yb172", "H3K27Ac", "nuclear"], ["Er168", "Ki-67", "nuclear"], ["Nd150", "E-cadherin", "epithelial"],
    ["Nd148", "pan-Keratin", "epithelial"], ["Ho165", "β-Catenin", "epithelial"], ["Sm152", "CD45", "immune"],
    ["Er170", "CD3", "immune"], ["Gd156", "CD4", "immune"], ["Dy162", "CD8a", "immune"], ["Dy161", "CD20", "immune"],
    ["Tb159", "CD68", "immune"], ["Yb174", "HLA-DR", "immune"], ["Nd143", "Vimentin", "stroma"], ["Pr141", "SMA", "stroma"],
    ["Tm169", "Collagen I", "stroma"], ["Eu151", "CD31", "stroma"], ["Pt195", "ICSK1", "membrane"],
  ].map(([metal, target, group], index) => ({ index, metal, target, group, name: metal ? `${metal} ${target}` : target }));

  function random(seed) {
    let a = seed >>> 0;
    return () => {
      a = (a + 0x6d2b79f5) | 0;
      let t = Math.imul(a ^ (a >>> 15), 1 | a);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    };
  }

  function hash(ix, iy, seed) {
    let h = Math.imul(ix, 374761393) ^ Math.imul(iy, 668265263) ^ Math.imul(seed, 974634777);
    h = Math.imul(h ^ (h >>> 13), 1274126177);
    return ((h ^ (h >>> 16)) >>> 0) / 4294967296;
  }

  function valueNoise(x, y, seed) {
    const ix = Math.floor(x), iy = Math.floor(y);
    let fx = x - ix, fy = y - iy;
    fx = fx * fx * fx * (fx * (fx * 6 - 15) + 10);
    fy = fy * fy * fy * (fy * (fy * 6 - 15) + 10);
    const a = hash(ix, iy, seed), b = hash(ix + 1, iy, seed), c = hash(ix, iy + 1, seed), d = hash(ix + 1, iy + 1, seed);
    return a + (b - a) * fx + (c - a) * fy + (a - b - c + d) * fx * fy;
  }

  function fbm(x, y, seed, octaves = 3) {
    let sum = 0, amplitude = 1, norm = 0;
    for (let o = 0; o < octaves; o++) {
      sum += amplitude * valueNoise(x, y, seed + o * 17);
      norm += amplitude;
      amplitude *= 0.5; x *= 2.03; y *= 2.03;
    }
    return sum / norm - 0.5;
  }

  const smooth = (x) => (x <= -1 ? 0 : x >= 1 ? 1 : 0.5 + x * (0.75 - 0.25 * x * x));

  function poisson(lambda, rand) {
    if (lambda <= 0) return 0;
    if (lambda > 28) {
      const u = Math.sqrt(-2 * Math.log(1 - rand())) * Math.cos(2 * Math.PI * rand());
      return Math.max(0, Math.round(lambda + Math.sqrt(lambda) * u));
    }
    const limit = Math.exp(-lambda);
    let k = 0, p = rand();
    while (p > limit) { k++; p *= rand(); }
    return k;
  }

  /** Bilinear ×2, as the preparation step does it. */
  function upscale(src, n) {
    const m = 2 * n, out = new Float32Array(m * m);
    for (let y = 0; y < m; y++) {
      const sy = Math.min(n - 1.001, Math.max(0, (y + 0.5) / 2 - 0.5)), y0 = sy | 0, fy = sy - y0;
      for (let x = 0; x < m; x++) {
        const sx = Math.min(n - 1.001, Math.max(0, (x + 0.5) / 2 - 0.5)), x0 = sx | 0, fx = sx - x0, i = y0 * n + x0;
        out[y * m + x] = (src[i] * (1 - fx) + src[i + 1] * fx) * (1 - fy) + (src[i + n] * (1 - fx) + src[i + n + 1] * fx) * fy;
      }
    }
    return out;
  }

  function blur(src, w, h, sigma) {
    if (sigma < 0.05) return Float32Array.from(src);
    const r = Math.max(1, Math.ceil(3 * sigma)), k = [];
    let sum = 0;
    for (let i = -r; i <= r; i++) { const v = Math.exp(-0.5 * (i / sigma) ** 2); k.push(v); sum += v; }
    const tmp = new Float32Array(w * h), out = new Float32Array(w * h);
    const at = (i, n) => (i < 0 ? Math.min(n - 1, -i) : i >= n ? Math.max(0, 2 * n - 2 - i) : i);
    for (let y = 0; y < h; y++) for (let x = 0; x < w; x++) {
      let s = 0;
      for (let i = -r; i <= r; i++) s += k[i + r] * src[y * w + at(x + i, w)];
      tmp[y * w + x] = s / sum;
    }
    for (let y = 0; y < h; y++) for (let x = 0; x < w; x++) {
      let s = 0;
      for (let i = -r; i <= r; i++) s += k[i + r] * tmp[at(y + i, h) * w + x];
      out[y * w + x] = s / sum;
    }
    return out;
  }

  function make({ seed = 1, n = 250, nests = 0.0, immune = 0.16, lumen = 0.2, gain = 1 } = {}) {
    const rand = random(seed * 7919 + 13);
    const field = (x, y) => fbm(x / 78, y / 78, seed, 3) - nests;
    const infiltrate = (x, y) => fbm(x / 60 + 40, y / 60 - 9, seed + 101, 2) - immune;
    const hole = (x, y) => fbm(x / 34 - 70, y / 34 + 23, seed + 307, 2) - lumen;
    const vessels = [];
    for (let tries = 0; tries < 400 && vessels.length < Math.max(2, (n / 90) | 0); tries++) {
      const x = rand() * n, y = rand() * n;
      if (field(x, y) < -0.07 && vessels.every((v) => Math.hypot(v.x - x, v.y - y) > 46)) vessels.push({ x, y, r: 4.5 + 4 * rand(), a: rand() * 3.1, e: 0.65 + 0.3 * rand() });
    }
    const vesselDistance = (x, y) => {
      let best = 99;
      for (const v of vessels) {
        const dx = x - v.x, dy = y - v.y, c = Math.cos(v.a), s = Math.sin(v.a);
        best = Math.min(best, Math.hypot(dx * c + dy * s, (-dx * s + dy * c) / v.e) - v.r);
      }
      return best;
    };

    // Cells: dart throwing with a radius that depends on the tissue.
    const cells = [], cell = 13, cols = Math.ceil((n + 40) / cell), buckets = Array.from({ length: cols * cols }, () => []);
    const bucketOf = (x, y) => (((y + 20) / cell) | 0) * cols + (((x + 20) / cell) | 0);
    for (let t = 0; t < n * n * 0.32; t++) {
      const x = rand() * (n + 30) - 15, y = rand() * (n + 30) - 15, f = field(x, y), vd = vesselDistance(x, y);
      let kind = f > 0 ? "epithelial" : infiltrate(x, y) > 0 && f < -0.015 ? "immune" : "stroma";
      if (hole(x, y) > 0 && f > 0.035) continue;
      if (vd < -1.6) continue;
      if (kind === "stroma" && rand() < 0.12 + 0.5 * Math.max(0, infiltrate(x, y) + 0.1)) kind = "wanderer";
      const spacing = { epithelial: 7.4, immune: 6.0, stroma: 7.9, wanderer: 8.4 }[kind] * (0.86 + 0.42 * rand() * rand());
      const bx = ((x + 20) / cell) | 0, by = ((y + 20) / cell) | 0;
      let ok = true;
      for (let j = Math.max(0, by - 1); ok && j <= Math.min(cols - 1, by + 1); j++)
        for (let i = Math.max(0, bx - 1); ok && i <= Math.min(cols - 1, bx + 1); i++)
          for (const o of buckets[j * cols + i]) if (Math.hypot(o.x - x, o.y - y) < 0.5 * (o.spacing + spacing)) { ok = false; break; }
      if (!ok) continue;
      const gx = field(x + 2, y) - field(x - 2, y), gy = field(x, y + 2) - field(x, y - 2);
      let angle = Math.atan2(gx, -gy) + (rand() - 0.5) * 0.5, stretch = 1;
      if (vd < 3) { const v = vessels.reduce((a, b) => (Math.hypot(a.x - x, a.y - y) < Math.hypot(b.x - x, b.y - y) ? a : b)); angle = Math.atan2(v.x - x, y - v.y); }
      if (kind === "stroma") stretch = 2.1 + 1.9 * rand();
      else if (kind === "epithelial") { stretch = 1 + 0.45 * rand(); angle = rand() * 3.14; }
      else { stretch = 1 + 0.25 * rand(); angle = rand() * 3.14; }
      const u = rand();
      let type = "epithelial";
      if (kind === "immune" || kind === "wanderer") type = u < 0.36 ? "T8" : u < 0.66 ? "T4" : u < 0.84 ? "B" : "macrophage";
      if (kind === "stroma") type = vd < 3.2 ? "endothelial" : "fibroblast";
      const c = {
        x, y, kind, type, spacing, stretch, c: Math.cos(angle), s: Math.sin(angle),
        radius: { epithelial: 6.6, immune: 3.6, stroma: 2.9, wanderer: 3.9 }[kind] * (0.88 + 0.26 * rand()),
        nucleus: { epithelial: 3.1, immune: 2.5, stroma: 1.75, wanderer: 2.65 }[kind] * (0.78 + 0.42 * rand()),
        ox: (rand() - 0.5) * 1.2, oy: (rand() - 0.5) * 1.2,
        dna: 0.45 + 0.95 * rand() * (0.5 + 0.5 * rand()), k27: 0.35 + 1.1 * rand() * rand(), ki: kind === "epithelial" && rand() < 0.13 ? 0.5 + rand() : 0,
        level: 0.55 + 0.8 * rand(), id: cells.length,
      };
      cells.push(c);
      buckets[bucketOf(x, y)].push(c);
    }

    const size = n * n;
    const lambda = PANEL.map(() => new Float32Array(size));
    const nucleusDistance = new Float32Array(size), cellDistance = new Float32Array(size), owner = new Int32Array(size).fill(-1);
    const on = Object.fromEntries(PANEL.map((p) => [p.target, lambda[p.index]]));
    for (let y = 0; y < n; y++) for (let x = 0; x < n; x++) {
      const i = y * n + x, bx = ((x + 20) / cell) | 0, by = ((y + 20) / cell) | 0;
      let f1 = 1e9, f2 = 1e9, a = null, b = null, nd = -9, nc = null;
      const px = x + 2.6 * fbm(x / 6.5, y / 6.5, seed + 400, 2), py = y + 2.6 * fbm(x / 6.5, y / 6.5, seed + 450, 2);
      for (let j = by - 1; j <= by + 1; j++) for (let k = bx - 1; k <= bx + 1; k++) {
        if (j < 0 || k < 0 || j >= cols || k >= cols) continue;
        for (const o of buckets[j * cols + k]) {
          const dx = px - o.x, dy = py - o.y, st = Math.sqrt(o.stretch);
          const d = Math.hypot((dx * o.c + dy * o.s) / st, (-dx * o.s + dy * o.c) * st) - (o.radius - 6.6);
          if (d < f1) { f2 = f1; b = a; f1 = d; a = o; } else if (d < f2) { f2 = d; b = o; }
          const ex = dx - o.ox, ey = dy - o.oy;
          const q = o.nucleus - Math.hypot((ex * o.c + ey * o.s) / st, (-ex * o.s + ey * o.c) * st);
          if (q > nd) { nd = q; nc = o; }
        }
      }
      const f = field(x, y), vd = vesselDistance(x, y);
      const wobble = 0.9 * fbm(x / 5, y / 5, seed + 900, 2);
      let cd = 6.6 - f1 + wobble;
      if (hole(x, y) > 0 && f > 0.035) cd = Math.min(cd, -hole(x, y) * 60 + 0.2);
      const focus = 0.78 + 0.5 * fbm(x / 22, y / 22, seed + 61, 2);
      const gap = f2 - f1, inside = smooth(cd / 0.9);
      const nuc = nc ? smooth((nd + 0.3 * wobble) / 0.75) * (0.62 + 1.1 * (fbm(x / 2.4, y / 2.4, seed + 55, 2) + 0.25)) * focus : 0;
      const both = a && b && b.kind === a.kind;
      const membrane = Math.max(both ? Math.exp(-((gap / 1.15) ** 2)) : 0, Math.exp(-((cd / 0.85) ** 2)) * 0.85) * (cd > -1.2 ? 1 : 0);
      const cytoplasm = inside * (1 - 0.75 * Math.min(1, nuc));
      const fibre = Math.max(0, 0.5 + 1.9 * fbm(f * 95 + 3 * fbm(x / 30, y / 30, seed + 71, 2), (x + y) / 60, seed + 72, 2)) * (f < 0.01 ? 1 : 0.06);
      const stroma = smooth((0.005 - f) * 40) * (vd > -1 ? 1 : 0.05);
      const ring = Math.exp(-((vd / 1.3) ** 2)), muscle = Math.exp(-(((vd - 2.6) / 1.9) ** 2));
      const k = a ? a.type : "", lv = a ? a.level : 0, dn = nc ? nc.dna : 0;
      nucleusDistance[i] = nd; cellDistance[i] = cd; owner[i] = cd > 0 && a ? a.id : -1;
      on["DNA1"][i] = 46 * nuc * dn + 0.7; on["DNA2"][i] = 74 * nuc * dn + 1.0;
      on["Histone H3"][i] = 30 * nuc * (0.6 + 0.4 * dn) + 0.4; on["H3K27Ac"][i] = 17 * nuc * (nc ? nc.k27 : 0) + 0.3;
      on["Ki-67"][i] = 24 * nuc * (nc ? nc.ki : 0) + 0.12;
      if (k === "epithelial") {
        const patch = 0.75 + 1.5 * fbm(x / 38, y / 38, seed + 31, 3) + 0.5 * fbm(x / 7, y / 7, seed + 33, 2);
        on["E-cadherin"][i] = (15 * membrane + 1.5 * cytoplasm) * patch;
        on["pan-Keratin"][i] = (13 * cytoplasm * (0.55 + 0.9 * valueNoise(x / 2.2, y / 2.2, seed + 5)) + 4 * membrane) * (0.55 + 0.45 * lv);
        on["β-Catenin"][i] = 10 * membrane + 0.9 * cytoplasm;
      }
      const immuneCell = k === "T8" || k === "T4" || k === "B" || k === "macrophage";
      if (immuneCell) {
        on["CD45"][i] = (11 * membrane + 4 * cytoplasm) * lv;
        if (k[0] === "T") on["CD3"][i] = (9 * membrane + 3 * cytoplasm) * lv;
        if (k === "T4") on["CD4"][i] = (7 * membrane + 2 * cytoplasm) * lv;
        if (k === "T8") on["CD8a"][i] = (10 * membrane + 3 * cytoplasm) * lv;
        if (k === "B") on["CD20"][i] = (12 * membrane + 3 * cytoplasm) * lv;
        if (k === "macrophage") on["CD68"][i] = 12 * cytoplasm * valueNoise(x / 1.7, y / 1.7, seed + 8) * lv;
        if (k === "B" || k === "macrophage") on["HLA-DR"][i] = (8 * membrane + 2 * cytoplasm) * lv;
      }
      on["Vimentin"][i] = (k === "fibroblast" || k === "endothelial" ? 11 * cytoplasm * lv + 5 * membrane : immuneCell ? 1.6 * cytoplasm : 0) + 2.2 * fibre * stroma;
      on["SMA"][i] = 17 * muscle * stroma + (fbm(x / 40, y / 40, seed + 81, 2) > 0.09 ? 7 * fibre * stroma : 0);
      on["Collagen I"][i] = 10 * fibre * fibre * stroma * (1 - 0.6 * inside) + 0.2;
      on["CD31"][i] = 20 * ring * (vd < 3 ? 1 : 0) + (k === "endothelial" ? 4 * cytoplasm : 0);
      on["ICSK1"][i] = 7 * membrane + 1.4 * cytoplasm + 0.3;
    }

    const noisy = random(seed * 31 + 5);
    const planes = lambda.map((plane) => {
      const out = new Float32Array(size);
      for (let i = 0; i < size; i++) out[i] = poisson(gain * (plane[i] + 0.12), noisy);
      return out;
    });
    const mean = planes[0].fill(0);
    for (let c = 1; c < planes.length; c++) for (let i = 0; i < size; i++) mean[i] += planes[c][i] / (planes.length - 1);
    return { n, seed, cells, planes, nucleusDistance, cellDistance, owner };
  }

  /** The stack at twice the size with what a classifier would say of it. */
  function stack(options) {
    const t = make(options), n = 2 * t.n;
    const planes = t.planes.map((p) => upscale(p, t.n));
    const nd = upscale(t.nucleusDistance, t.n), cd = upscale(t.cellDistance, t.n);
    const size = n * n, p = [new Float32Array(size), new Float32Array(size), new Float32Array(size)], uncertainty = new Float32Array(size), argmax = new Uint8Array(size);
    const rand = random(t.seed + 4242);
    for (let y = 0; y < n; y++) for (let x = 0; x < n; x++) {
      const i = y * n + x;
      const slow = 1.5 * fbm(x / 9, y / 9, t.seed + 600, 2), fast = (rand() - 0.5) * 0.9;
      const a = 2.6 * (nd[i] + 0.28 * slow) + fast, b = 1.9 * (cd[i] + 0.75 * slow) + (rand() - 0.5) * 0.9;
      const pn = 1 / (1 + Math.exp(-a)), pc = (1 - pn) / (1 + Math.exp(-b));
      const q = [Math.round(pn * 100) / 100, Math.round(pc * 100) / 100];
      q[2] = Math.max(0, Math.round((1 - q[0] - q[1]) * 100) / 100);
      const sorted = [...q].sort((u, v) => v - u);
      for (let c = 0; c < 3; c++) p[c][i] = q[c];
      argmax[i] = q.indexOf(sorted[0]);
      uncertainty[i] = 1 - (sorted[0] - sorted[1]);
    }
    return { ...t, size: n, planes, nd, cd, p, uncertainty, argmax };
  }

  return { PANEL, make, stack, upscale, blur, random, fbm };
})();
