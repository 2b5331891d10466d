"""Make the copy of a locale that works without internet: unpacked from one archive, opened by double click."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from portal import paths
from portal.model import Locale, Site
from portal.views import downloads

_DAY = (1980, 1, 1, 0, 0, 0)
_ONLINE = re.compile(r"<!--online-->.*?<!--/online-->\n?", re.DOTALL)
_START = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><title>{name}</title>
<meta http-equiv="refresh" content="0; url={home}"></head>
<body><a href="{home}">{name}</a></body></html>
"""


def bundle(site: Site, locale: Locale, published: Path) -> bytes:
    """Return the archive of a locale's pages, its search and the assets, read from the published folder.

    What needs the internet (other languages, the newsletter, PDFs) is taken out. The same site gives the same bytes.
    """
    files: dict[str, bytes] = {}
    for path in site.source_paths():
        name = paths.address(locale, path)
        file = published / name
        if file.exists():
            files[name] = offline(file.read_text(encoding="utf-8")).encode()
    for folder in ("assets", f"search/{locale.tag}"):
        for file in sorted((published / folder).rglob("*")):
            if file.is_file():
                files[file.relative_to(published).as_posix()] = file.read_bytes()
    if not locale.is_source:
        home = paths.address(locale, "index.md")
        name = str(site.strings.get(locale.tag, {}).get("site.name", home))
        files["index.html"] = _START.format(lang=locale.lang, home=home, name=name).encode()
    return _archive(files)


def offline(html: str) -> str:
    """Return a page without the parts that need the internet."""
    return downloads.fill(_ONLINE.sub("", html), {})


def _archive(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as made:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, files[name])
    return out.getvalue()
