#!/usr/bin/env python3
"""Draw resources/wizard.ico: a dial whose needle has passed into the green part, and from 48 pixels on the number 6003.

Run by hand after a change here; the result is committed, so the build needs neither this script nor an image library.
Sizes 16 to 48 are 32-bit bitmaps with a mask, 256 is a PNG, which Windows reads in icons since NT 6.0.
"""
import math
import os
import struct
import zlib

RIM, FACE, TRACK, GREEN, WHITE = (24, 58, 99), (33, 82, 140), (120, 150, 186), (122, 201, 67), (255, 255, 255)

# Digits as strokes on a grid of 4 x 6, y downwards.
STROKES = {
    "6": [((4, 0), (0, 0)), ((0, 0), (0, 6)), ((0, 6), (4, 6)), ((4, 6), (4, 3)), ((4, 3), (0, 3))],
    "0": [((0, 0), (4, 0)), ((4, 0), (4, 6)), ((4, 6), (0, 6)), ((0, 6), (0, 0))],
    "3": [((0, 0), (4, 0)), ((4, 0), (4, 6)), ((4, 6), (0, 6)), ((1, 3), (4, 3))],
}


def distance(x, y, a, b):
    """From a point to a line segment."""
    (ax, ay), (bx, by) = a, b
    dx, dy = bx - ax, by - ay
    t = max(0.0, min(1.0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)))
    return math.hypot(x - ax - t * dx, y - ay - t * dy)


def colour(x, y, small):
    """Of the point (x, y) in a unit square, or None outside. Small sizes have thicker lines and no number."""
    r = math.hypot(x - 0.5, y - 0.5)
    if r > 0.49:
        return None
    hub = (0.5, 0.56 if small else 0.50)
    angle = math.degrees(math.atan2(hub[1] - y, x - hub[0]))          # 0 = right, 90 = up
    angle += 360 if angle < -90 else 0
    tip = math.radians(42)
    reach = 0.26 if small else 0.27
    end = (hub[0] + reach * math.cos(tip), hub[1] - reach * math.sin(tip))
    out = math.hypot(x - hub[0], y - hub[1])
    if distance(x, y, hub, end) < (0.055 if small else 0.028) or out < (0.095 if small else 0.06):
        return WHITE
    inner, outer, below = (0.27, 0.385, 12) if small else (0.30, 0.39, 8)
    if inner < out < outer and -below <= angle <= 180 + below:
        return GREEN if angle < 62 else TRACK
    if not small:
        step, width, top, left = 0.027, 0.017, 0.655, 0.5 - 0.5 * (4 * 4 + 3 * 1.9) * 0.027
        for i, digit in enumerate("6003"):
            ox = left + i * 5.9 * step
            for a, b in STROKES[digit]:
                if distance(x, y, (ox + a[0] * step, top + a[1] * step), (ox + b[0] * step, top + b[1] * step)) < width:
                    return WHITE
    return RIM if r > (0.43 if small else 0.455) else FACE


def draw(size):
    """Rows of (r, g, b, a), top row first."""
    samples = 4 if size > 64 else 8
    rows = []
    for py in range(size):
        row = []
        for px in range(size):
            total, hits = [0, 0, 0], 0
            for sy in range(samples):
                for sx in range(samples):
                    c = colour((px + (sx + 0.5) / samples) / size, (py + (sy + 0.5) / samples) / size, size < 40)
                    if c:
                        hits += 1
                        total = [t + v for t, v in zip(total, c)]
            alpha = round(255 * hits / samples ** 2)
            row.append(tuple(round(t / hits) for t in total) + (alpha,) if hits else (0, 0, 0, 0))
        rows.append(row)
    return rows


def bitmap(size, rows):
    mask_bytes = (size + 31) // 32 * 4
    pixels = b"".join(bytes((b, g, r, a)) for row in reversed(rows) for r, g, b, a in row)
    mask = b""
    for row in reversed(rows):
        bits = "".join("0" if p[3] else "1" for p in row).ljust(mask_bytes * 8, "0")
        mask += int(bits, 2).to_bytes(mask_bytes, "big")
    header = struct.pack("<IiiHHIIiiII", 40, size, size * 2, 1, 32, 0, len(pixels) + len(mask), 0, 0, 0, 0)
    return header + pixels + mask


def png(size, rows):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    raw = b"".join(b"\0" + b"".join(bytes(p) for p in row) for row in rows)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(raw, 9)) + chunk(b"IEND", b""))


def main():
    images = []
    for size in (16, 24, 32, 48, 256):
        rows = draw(size)
        images.append((size, png(size, rows) if size == 256 else bitmap(size, rows)))
    offset = 6 + 16 * len(images)
    head, body = struct.pack("<HHH", 0, 1, len(images)), b""
    for size, data in images:
        head += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(data), offset + len(body))
        body += data
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "wizard.ico"), "wb") as file:
        file.write(head + body)


if __name__ == "__main__":
    main()
