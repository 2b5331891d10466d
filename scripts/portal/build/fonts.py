"""The fonts of the PDFs: which come first for a script, and which characters none of them has."""

from __future__ import annotations

import json
from bisect import bisect_right
from functools import lru_cache
from pathlib import Path

import typst

OWN = {
    "bengali": "Noto Sans Bengali", "devanagari": "Noto Sans Devanagari", "sinhala": "Noto Sans Sinhala",
    "tamil": "Noto Sans Tamil", "thai": "Noto Sans Thai", "chinese": "Noto Sans HK",
}  # fmt: skip
COMMON = ("Noto Sans", "Noto Sans Symbols 2")
_NO_GLYPH_NEEDED = frozenset("\n\t\r\u200b\u200c\u200d\u2060\ufeff\u00ad")


def stack(script: str) -> tuple[str, ...]:
    """Return the families for a text of this script, its own first; the others serve names in other scripts."""
    own = [OWN[script]] if script in OWN else []
    return (*own, *COMMON, *(name for name in OWN.values() if name not in own))


@lru_cache(maxsize=2)
def load(folder: Path) -> typst.Fonts:
    """Return the fonts in a folder, and no font of the system's: the same everywhere."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])


@lru_cache(maxsize=2)
def _covered(folder: Path) -> tuple[list[int], list[int]]:
    """Return first and last code points of what the fonts cover together."""
    tables = json.loads((folder / "characters.json").read_text(encoding="utf-8"))
    merged: list[list[int]] = []
    for first, last in sorted(span for spans in tables.values() for span in spans):
        if merged and first <= merged[-1][1] + 1:
            merged[-1][1] = max(merged[-1][1], last)
        else:
            merged.append([first, last])
    return [first for first, _ in merged], [last for _, last in merged]


def missing(text: str, folder: Path) -> str:
    """Return the characters of a text that no font has, each once, in order."""
    firsts, lasts = _covered(folder)
    found = []
    for sign in dict.fromkeys(text):
        place = bisect_right(firsts, ord(sign)) - 1
        if sign not in _NO_GLYPH_NEEDED and (place < 0 or ord(sign) > lasts[place]):
            found.append(sign)
    return "".join(found)
