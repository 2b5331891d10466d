"""Make the copy of a locale that works without internet: unpacked from one archive, opened by double click."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Container, Mapping
from pathlib import Path
from urllib.parse import unquote

from portal import paths
from portal.model import Locale, Site
from portal.views import downloads

_DAY = (1980, 1, 1, 0, 0, 0)
_ONLINE = re.compile(r"<!--online-->.*?<!--/online-->\n?", re.DOTALL)
_LINK = re.compile(r'(<a\b[^>]*\shref=")([^":]*)(")')
_START = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><title>{name}</title>
<meta http-equiv="refresh" content="0; url={home}"></head>
<body><a href="{home}">{name}</a></body></html>
"""


def files(site: Site, locale: Locale, published: Path) -> dict[str, bytes]:
    """Return a locale's pages, its search and the assets by their path in the copy, read from the published folder.

    What needs the internet (other languages, the newsletter, PDFs) is taken out; links that lead out of the copy lead to the portal.
    """
    found: dict[str, bytes] = {}
    for path in site.source_paths():
        name = paths.address(locale, path)
        file = published / name
        if file.exists():
            found[name] = offline(file.read_text(encoding="utf-8")).encode()
    for folder in ("assets", f"search/{locale.tag}"):
        for file in sorted((published / folder).rglob("*")):
            if file.is_file():
                found[file.relative_to(published).as_posix()] = file.read_bytes()
    for name in [name for name in found if name.endswith(".html")]:
        found[name] = outward(found[name].decode(), name, found, site.config.site_url).encode()
    return found


def outward(html: str, here: str, names: Container[str], site_url: str) -> str:
    """Return the page `here` with links to what the copy does not hold (other languages, data files) led to the portal itself."""

    def led(match: re.Match[str]) -> str:
        target, mark, anchor = match[2].partition("#")
        there, _ = paths.join(here, unquote(target))
        if not target or there in names:
            return match[0]
        return f"{match[1]}{site_url.rstrip('/')}/{there}{mark}{anchor}{match[3]}"

    return _LINK.sub(led, html)


def bundle(site: Site, locale: Locale, copy: Mapping[str, bytes]) -> bytes:
    """Return the archive that is unpacked and opened by double click. The same site gives the same bytes."""
    found = dict(copy)
    if not locale.is_source:
        home = paths.address(locale, "index.md")
        name = str(site.strings.get(locale.tag, {}).get("site.name", home))
        found["index.html"] = _START.format(lang=locale.lang, home=home, name=name).encode()
    return _archive(found)


def offline(html: str) -> str:
    """Return a page without the parts that need the internet."""
    return downloads.fill(_ONLINE.sub("", html), {})


def _archive(found: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as made:
        for name in sorted(found):
            entry = zipfile.ZipInfo(name, _DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, found[name])
    return out.getvalue()
