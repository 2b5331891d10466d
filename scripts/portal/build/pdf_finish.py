"""Finish Typst's PDF so that its text can be searched, copied and read aloud in every script, and make the file small.

Typst gives each glyph of a cluster the whole cluster as its text, and repeats the cluster where a mark stands off the
base line; PDFium then loses words. Here each glyph gets its own text (`glyphs.json`, by outline), each cluster has one
ActualText (`pdf_runs`), and a blank after a cluster moves into it, because PDFium drops a blank that stands alone
between two. No pixel changes.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import struct
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Pdf

from portal.build.pdf_runs import Font, rewrite

_BF = re.compile(r"<([0-9A-F]{4})>\s*<([0-9A-F]+)>\s*\n")
_CMAP = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
    "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
    "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
    "{body}endcmap CMapName currentdict /CMap defineresource pop end end\n"
)


def finish(raw: bytes, glyphs: Path) -> bytes:
    """Return the PDF with its text layer mended and its objects packed. Same input, same bytes."""
    with Pdf.open(io.BytesIO(raw)) as pdf:
        known = _known(glyphs)
        fonts: dict[tuple[int, int], Font] = {}
        for page in pdf.pages:
            _finish_page(pdf, page, fonts, known)
        if "/Suspects" in pdf.Root.get("/MarkInfo", Dictionary()):
            del pdf.Root.MarkInfo["/Suspects"]  # false is what it means by itself, and poppler complains about it
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True, deterministic_id=True)
    return out.getvalue()


def page_count(raw: bytes) -> int:
    """Return how many pages a PDF has."""
    with Pdf.open(io.BytesIO(raw)) as pdf:
        return len(pdf.pages)


@lru_cache(maxsize=2)
def _known(glyphs: Path) -> dict[str, str]:
    found: dict[str, str] = json.loads(glyphs.read_text(encoding="utf-8"))
    return found


def _finish_page(pdf: Pdf, page: pikepdf.Page, fonts: dict[tuple[int, int], Font], known: Mapping[str, str]) -> None:
    own: dict[str, Font] = {}
    for name, font in page.obj.get("/Resources", Dictionary()).get("/Font", Dictionary()).items():
        if font.objgen not in fonts:
            fonts[font.objgen] = _mend_font(pdf, font, known)
        own[name] = fonts[font.objgen]
    is_plain = all(font.given == font.own for font in own.values())
    if own and not (is_plain and b"/ActualText" not in page.obj.Contents.read_bytes()):
        page.obj.Contents = pdf.make_stream(rewrite(page, own))


def _mend_font(pdf: Pdf, font: pikepdf.Object, known: Mapping[str, str]) -> Font:
    """Give each glyph of a font its own text, and return what it was and is."""
    table = font.ToUnicode.read_bytes().decode("ascii", "replace")
    given = {int(code, 16): bytes.fromhex(value).decode("utf-16-be") for code, value in _BF.findall(table + "\n")}
    own = dict(given)
    for number, outline in _outlines(font):
        key = hashlib.sha1(outline, usedforsecurity=False).hexdigest()[:12]
        if number in given and key in known:
            own[number] = known[key]
    lines = [f"<{code:04X}> <{value.encode('utf-16-be').hex().upper()}>\n" for code, value in sorted(own.items())]
    groups = [lines[start : start + 100] for start in range(0, len(lines), 100)]
    body = "".join(f"{len(group)} beginbfchar\n{''.join(group)}endbfchar\n" for group in groups)
    font.ToUnicode = pdf.make_stream(_CMAP.replace("{body}", body).encode("ascii"))
    blank = next((code for code, value in given.items() if value == " "), None)
    return Font(given, own, None if blank is None else (blank, _width(font.DescendantFonts[0], blank)))


def _width(font: pikepdf.Object, code: int) -> float:
    """Return the width of a glyph in thousandths of the size."""
    entries = list(font.get("/W", Array()))
    while entries:
        first, then = int(entries.pop(0)), entries.pop(0)
        if isinstance(then, Array):
            if first <= code < first + len(then):
                return float(then[code - first])
        elif first <= code <= int(then):
            return float(entries[0])
        if not isinstance(then, Array):
            entries.pop(0)
    return float(font.get("/DW", 1000))


def _outlines(font: pikepdf.Object) -> Iterator[tuple[int, bytes]]:
    """Yield the number and the outline of each glyph of an embedded TrueType font."""
    descriptor = font.DescendantFonts[0].FontDescriptor
    if "/FontFile2" not in descriptor:
        return
    data = descriptor.FontFile2.read_bytes()
    tables = {}
    for entry in range(struct.unpack(">H", data[4:6])[0]):
        tag, _, start, length = struct.unpack(">4sIII", data[12 + 16 * entry : 28 + 16 * entry])
        tables[tag] = data[start : start + length]
    loca, glyf = tables[b"loca"], tables[b"glyf"]
    if struct.unpack(">h", tables[b"head"][50:52])[0]:
        places: list[int] = list(struct.unpack(f">{len(loca) // 4}I", loca[: len(loca) // 4 * 4]))
    else:
        places = [2 * place for place in struct.unpack(f">{len(loca) // 2}H", loca[: len(loca) // 2 * 2])]
    for number, (start, end) in enumerate(pairwise(places)):
        if outline := glyf[start:end].rstrip(b"\0"):
            yield number, outline
