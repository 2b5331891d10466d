"""Join the scripts that every page loads into one file: one request less for each, and they compress better together."""

from __future__ import annotations

import zlib
from pathlib import Path

from portal import writer

FOLDER = "assets/javascripts"
EVERYWHERE = ("portal.js", "search/loader.js", "offline.js")
"""Each keeps its own scope and says what it needs of the page; the first gives the joined file its name."""


WEIGHED = ("docs/assets/stylesheets/portal.css", *(f"docs/{FOLDER}/{name}" for name in EVERYWHERE))
"""What every page loads besides itself, where it is written."""


def weight(root: Path) -> int:
    """Return the compressed bytes of the style sheet and the joined script of the project at `root`."""
    style, *scripts = (file.read_bytes() if (file := root / name).is_file() else b"" for name in WEIGHED)
    return len(zlib.compress(style)) + len(zlib.compress(b"".join(scripts)))


def join(out: Path) -> None:
    """Put the joined script into the built folder `out` and take its parts away; where they are joined already nothing happens."""
    folder = out / FOLDER
    parts = [name for name in EVERYWHERE if (folder / name).is_file()]
    if parts in ([], [EVERYWHERE[0]]):
        return
    text = "".join((folder / name).read_text(encoding="utf-8") for name in parts)
    for name in parts:
        (folder / name).unlink()
    writer.write_files(folder, {EVERYWHERE[0]: text.encode()})
