"""Make the copy of a locale for Kiwix readers: one ZIM archive (wiki.openzim.org/wiki/Metadata), searchable without internet.

The archive is written by `zim_maker.py` in a process of its own and kept by the fingerprint of all that goes into it: libzim
gives every archive and its index random ids, so the same input does not give the same bytes twice.
"""

from __future__ import annotations

import json
import os
import pickle
import re
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path
from typing import Any

from portal import paths
from portal.build.plan import digest
from portal.errors import PortalError
from portal.model import Locale, Site
from portal.views.page import speaker

MAKER = Path(__file__).with_name("zim_maker.py")
ICON = Path(__file__).with_name("icon-48.png")
MOST_TITLE, MOST_DESCRIPTION = 30, 80
"""Signs that a title and a description may have in a catalogue of ZIM files."""
_ISO_639_3 = {
    "en": "eng", "bn": "ben", "hi": "hin", "id": "ind", "ms": "msa", "ne": "nep", "si": "sin", "ta": "tam", "th": "tha", "vi": "vie",
    "zh": "zho",
}  # fmt: skip
_KINDS = {
    "css": "text/css", "js": "text/javascript", "json": "application/json", "svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg",
    "webp": "image/webp", "avif": "image/avif",
}  # fmt: skip
_TITLE = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>\n?')
_FOR_THE_WEB = re.compile(r'<(?:link rel="(?:canonical|alternate)"|meta name="robots")[^>]*>\n?')
"""What only search engines of the web read; a page that says noindex would be missing from the archive's own index."""
Entry = tuple[str, str, str, bytes, bool]
"""Path, title, media type, content, whether it is a page."""


def language(locale: Locale) -> str:
    """Return the ISO 639-3 code of a locale's language; `und` for one that we do not know."""
    short = locale.lang.split("-")[0]
    return short if len(short) == 3 else _ISO_639_3.get(short, "und")


def metadata(site: Site, locale: Locale) -> dict[str, str]:
    """Return what the archive says of itself; its date is the newest day on which a page was checked."""
    say = speaker(site, locale).say
    dates = [str(page.meta.get("reviewed") or "") for path in site.source_paths() if (page := site.source_page(path))]
    source = speaker(site, site.source_locale).say("site.name")
    return {
        "Name": f"migrant-workers-asia_{locale.tag}_all",
        "Title": say("zim.title"),
        "Description": say("zim.description"),
        "LongDescription": f"{say('site.name')}. {say('site.tagline')}. {say('site.independence')}",
        "Language": language(locale),
        "Creator": source,
        "Publisher": source,
        "Date": max(dates, default="") or "2026-11-24",
        "Tags": "_category:other;_ftindex:yes;_pictures:yes;_videos:no;_details:yes",
        "License": "CC BY 4.0",
        "Source": site.config.site_url,
        "Scraper": "portal",
    }


def entries(files: Mapping[str, bytes]) -> list[Entry]:
    """Return the entries of an archive from the files of the offline copy."""
    return [_entry(path, data) for path, data in sorted(files.items())]


def _entry(path: str, data: bytes) -> Entry:
    if not path.endswith(".html"):
        return path, "", _KINDS.get(path.rsplit(".", 1)[-1], "application/octet-stream"), data, False
    # Readers such as Kiwix JS hand styles over in their own way, which the page's policy for the web would forbid.
    html = _FOR_THE_WEB.sub("", _POLICY.sub("", data.decode()))
    found = _TITLE.search(html)
    title = unescape(_TAG.sub("", found[1])).strip() if found else path
    return path, title, "text/html", html.encode(), True


def everything(site: Site, copies: Mapping[str, Mapping[str, bytes]], cache: Path, jobs: int) -> dict[str, Path]:
    """Return the archive of each locale by its tag; `copies` holds the files of each offline copy. Raises PortalError."""
    folder = cache / "zim"
    folder.mkdir(parents=True, exist_ok=True)
    found: dict[str, Path] = {}
    waiting: list[dict[str, Any]] = []
    for tag, files in copies.items():
        locale = site.locale(tag)
        job = {
            "language": language(locale), "main": paths.address(locale, "index.md"), "icon": ICON.read_bytes(),
            "metadata": metadata(site, locale), "entries": entries(files),
        }  # fmt: skip
        found[tag] = folder / f"{_fingerprint(job)}.zim"
        if not found[tag].exists():
            waiting.append({**job, "out": str(found[tag])})
    with ThreadPoolExecutor(jobs or os.cpu_count() or 1) as pool:
        list(pool.map(_make, waiting))
    for old in set(folder.iterdir()) - set(found.values()):
        old.unlink()
    return found


def _fingerprint(job: Mapping[str, Any]) -> str:
    parts: list[bytes | str] = [MAKER.read_bytes(), job["icon"], job["main"], json.dumps(job["metadata"])]
    for path, title, kind, data, _ in job["entries"]:
        parts += [path, title, kind, data]
    return digest(parts)


def _make(job: Mapping[str, Any]) -> None:
    command = [sys.executable, str(MAKER)]
    result = subprocess.run(command, input=pickle.dumps(job), capture_output=True, check=False)
    if result.returncode:
        words = result.stderr.decode(errors="replace").strip().splitlines() or ["no message"]
        raise PortalError(f"{job['metadata']['Name']}: the archive for Kiwix was not made ({words[-1]}).")
