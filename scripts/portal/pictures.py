"""Read how large a picture is, so that a page can keep its place free while it loads and nothing jumps."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

FOLDER = "docs/assets/images/"
_OPENING = re.compile(rb"<svg\b[^>]*>", re.DOTALL)
_VIEW = re.compile(rb"\bviewBox\s*=\s*[\"']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)")
_SIDES = tuple(re.compile(rb"\s" + name + rb"\s*=\s*[\"']\s*([\d.]+)(?:px)?\s*[\"']") for name in (b"width", b"height"))


@lru_cache(maxsize=512)
def size(name: str, data: bytes) -> tuple[int, int] | None:
    """Return width and height in pixels, or None where the file does not tell or is no picture."""
    return _size_of_drawing(data) if name.endswith(".svg") else _size_of_photo(data)


def sizes(assets: Iterable[str], raw: Mapping[str, bytes]) -> dict[str, tuple[int, int]]:
    """Return the size of every picture that has one, by its path below docs/."""
    found = ((file.removeprefix("docs/"), size(file, raw.get(file, b""))) for file in sorted(assets) if file.startswith(FOLDER))
    return {file: sides for file, sides in found if sides}


def _size_of_drawing(data: bytes) -> tuple[int, int] | None:
    """Return an SVG's own width and height, else those of its viewBox."""
    opening = _OPENING.search(data)
    if opening is None:
        return None
    sides = [found[1] for side in _SIDES if (found := side.search(opening[0]))]
    if len(sides) < len(_SIDES):
        view = _VIEW.search(opening[0])
        sides = [view[1], view[2]] if view else []
    try:
        width, height = (round(float(side)) for side in sides)
    except ValueError:
        return None
    return (width, height) if width > 0 and height > 0 else None


def _size_of_photo(data: bytes) -> tuple[int, int] | None:
    from PIL import Image  # only where there are photos: most checks need none

    try:
        with Image.open(io.BytesIO(data)) as found:
            return found.size
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
