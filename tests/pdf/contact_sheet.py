"""Draw all pages of PDFs small on one picture each, to look at: `python tests/pdf/contact_sheet.py OUT PDF…`."""

from __future__ import annotations

import struct
import sys
import zlib
from pathlib import Path

import pypdfium2

ACROSS = 8
SCALE = 0.42
GAP = 6
GREY = 0x99


def png(width: int, height: int, rows: list[bytes]) -> bytes:
    """Return rows of grey pixels as a PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + row for row in rows), 6)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def sheet(file: Path) -> bytes:
    """Return the pages of a PDF side by side as a PNG."""
    pages: list[tuple[int, int, list[bytes]]] = []
    with pypdfium2.PdfDocument(file) as opened:
        for page in opened:
            picture = page.render(scale=SCALE, grayscale=True)
            raw = bytes(picture.buffer)
            rows = [raw[y * picture.stride : y * picture.stride + picture.width] for y in range(picture.height)]
            pages.append((picture.width, picture.height, rows))
    wide, high = max(page[0] for page in pages) + GAP, max(page[1] for page in pages) + GAP
    width = wide * min(ACROSS, len(pages))
    rows = []
    for first in range(0, len(pages), ACROSS):
        line = pages[first : first + ACROSS]
        for y in range(high):
            row = b"".join((page[2][y] if y < page[1] else b"").ljust(wide, bytes([GREY])) for page in line)
            rows.append(row.ljust(width, bytes([GREY])))
    return png(width, len(rows), rows)


def main() -> None:
    """Write one PNG for each PDF."""
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[2:]:
        (out / (Path(name).stem + ".png")).write_bytes(sheet(Path(name)))


if __name__ == "__main__":
    main()
