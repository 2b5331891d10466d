"""Images and other assets: names, formats, weight, a size that is known, nothing that runs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal import pictures
from portal.model import Problem, Site

MOST_BYTES = 60_000
"""A reader on a phone pays for every byte; the first view of a page may weigh 100 kB compressed (tests/bench/budgets.toml)."""
FORMATS = {"webp": (b"RIFF",), "avif": (b"\x00\x00\x00",), "svg": (b"<svg", b"<?xml")}
"""Photos in the two formats that are a third of a JPEG or less and that every browser of today shows; drawings as SVG."""
_NAME = re.compile(r"^[a-z0-9]+(?:[._-][a-z0-9]+)*$")
_RUNS = re.compile(rb"<script|<foreignObject|\son[a-z]+\s*=|(?:href|src)\s*=\s*[\"'](?:https?:|//|javascript:)", re.IGNORECASE)


def check(site: Site) -> Iterator[Problem]:
    """Yield what is wrong with the files under docs/assets/."""
    for file in sorted(site.assets):
        name = file.rsplit("/", 1)[1]
        if not _NAME.match(name):
            fix = "Use small letters a to z, digits and hyphens: crowded-room.png."
            yield Problem(file, 0, "images/odd-name", f"the name '{name}' will not do in an address.", fix)
        if file.startswith(pictures.FOLDER):
            yield from _image(file, name, site.raw.get(file, b""))


def _image(file: str, name: str, data: bytes) -> Iterator[Problem]:
    kind = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if kind not in FORMATS:
        fix = f"Save it as one of: {', '.join(FORMATS)}."
        yield Problem(file, 0, "images/format", f"images of the kind '{kind or name}' are not used here.", fix)
        return
    known = pictures.size(file, data)
    if not data.lstrip().startswith(FORMATS[kind]) or (kind != "svg" and known is None):
        yield Problem(file, 0, "images/not-what-it-says", f"the file is not a {kind} image.", "Export it again; renaming is not enough.")
    elif kind == "svg" and _RUNS.search(data):
        yield Problem(file, 0, "images/runs", "the drawing holds a script or loads something.", "Export it as plain SVG, or as WebP.")
    elif known is None:
        fix = "Add it to the first tag: viewBox=\"0 0 640 360\"."
        yield Problem(file, 0, "images/no-size", "the drawing does not say how large it is, so the text below would jump.", fix)
    if len(data) > MOST_BYTES:
        message = f"the image weighs {len(data) / 1000:.0f} kB."
        yield Problem(file, 0, "images/too-large", message, f"Make it smaller: {MOST_BYTES // 1000} kB at most.")
