"""Makes src/test/resources/org/pixelforest/label/strokes.json: strokes and the pixels they paint, by the rule in Stroke's Javadoc,
in whole numbers (sixteenths of a pixel) that Python computes exactly. Slow and obvious on purpose.

  python3 stroke_vectors.py > ../resources/org/pixelforest/label/strokes.json

A vector: height and width of the image, brush diameter, points [x, y], and runs [y, minX, maxX) of painted pixels.
"""
import json
import random


def covered(px, py, a, b, brush):
    r2 = (8 * brush) ** 2
    dx, dy = b[0] - a[0], b[1] - a[1]
    wx, wy = px - a[0], py - a[1]
    s, l = wx * dx + wy * dy, dx * dx + dy * dy
    if s <= 0:
        return wx * wx + wy * wy <= r2
    if s >= l:
        return (px - b[0]) ** 2 + (py - b[1]) ** 2 <= r2
    return (wx * dy - wy * dx) ** 2 <= r2 * l


def paint(height, width, brush, points):
    grid = [[round16(v) for v in p] for p in points]
    segments = list(zip(grid, grid[1:])) or [(grid[0], grid[0])]
    pixels = set()
    for a, b in segments:
        margin = 16 * (brush + 2)
        if brush == 1 and a == b:
            margin = -1 << 40   # only the pixel under it, below
        for y in range(max(0, (min(a[1], b[1]) - margin) // 16), min(height, (max(a[1], b[1]) + margin) // 16 + 1)):
            for x in range(max(0, (min(a[0], b[0]) - margin) // 16), min(width, (max(a[0], b[0]) + margin) // 16 + 1)):
                n = sum(covered(16 * x + 4 * i + 2, 16 * y + 4 * j + 2, a, b, brush) for i in range(4) for j in range(4))
                if n >= 7:
                    pixels.add((y, x))
        if brush == 1:
            for e in (a, b):
                if 0 <= e[0] // 16 < width and 0 <= e[1] // 16 < height:
                    pixels.add((e[1] // 16, e[0] // 16))
    return pixels


def round16(v):
    """floor(16 v + 1/2) of a number with few binary digits, exactly."""
    n = int(v * 1024)
    assert n == v * 1024
    return (n * 16 * 2 + 1024) // 2048


def runs(pixels):
    out = []
    for y, x in sorted(pixels):
        if out and out[-1][0] == y and out[-1][2] == x:
            out[-1][2] = x + 1
        else:
            out.append([y, x, x + 1])
    return out


def vectors():
    rng = random.Random(7)
    for brush in (1, 3, 5, 7, 11, 23, 31, 61):
        yield 64, 64, brush, [[32.5, 32.5]]
        yield 64, 64, brush, [[31.984375, 32.0]]
        yield 48, 80, brush, [[10.25, 7.5], [60.0, 30.125], [60.0, 30.125], [15.5, 44.75]]
        for _ in range(6):
            n = rng.randint(1, 6)
            yield 70, 90, brush, [[rng.randint(-20 * 64, 110 * 64) / 64, rng.randint(-20 * 64, 90 * 64) / 64] for _ in range(n)]
    for brush in (2, 4, 10, 16):
        yield 40, 40, brush, [[20, 20], [20, 20.5], [33.25, 3]]
    for _ in range(20):   # slow movements: points less than a pixel apart
        x, y = rng.randint(0, 40 * 64), rng.randint(0, 40 * 64)
        points = []
        for _ in range(25):
            x += rng.randint(-40, 60)
            y += rng.randint(-40, 60)
            points.append([x / 64, y / 64])
        yield 50, 50, 1 if rng.random() < 0.6 else 3, points
    yield 20000, 20000, 7, [[19950.0625, 19980.5], [19999.9375, 19999.9375]]
    yield 20000, 300, 1, [[3.0, 19800.5], [280.0, 19999.0]]


def main():
    lines = []
    for height, width, brush, points in vectors():
        lines.append(json.dumps({"height": height, "width": width, "brush": brush, "points": points,
                                 "runs": runs(paint(height, width, brush, points))}))
    print("[\n" + ",\n".join(lines) + "\n]")


main()
