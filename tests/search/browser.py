"""Run the search scripts in headless Chromium, from a folder on disk, as a copy on a stick would."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

import chromium
from portal.build.search import SearchPage, build_search

ROOT = Path(__file__).parents[2]
SCRIPTS = ROOT / "docs/assets/javascripts/search"
STYLES = ROOT / "docs/assets/stylesheets/search.css"
POLICY = (
    "default-src 'none'; script-src 'self' file:; style-src 'self' file:; require-trusted-types-for 'script'; trusted-types portal-search"
)
STRINGS: dict[str, Any] = {
    "search.title": "Search",
    "search.label": "What are you looking for?",
    "search.placeholder": "For example: passport",
    "search.close": "Close",
    "search.hint": "Use the arrow keys to move through the results.",
    "search.audience": "For",
    "search.audience.all": "Everyone",
    "search.loading": "Searching",
    "search.results": {"one": "{n} page found", "other": "{n} pages found"},
    "search.none": "Nothing found for {query}",
    "search.failed": "Search could not be loaded",
    "search.sections": "Matching sections",
    "search.fallback": "In English",
    "search.more": "Show more results",
    "search.browse": "Browse all pages",
}


@dataclass(frozen=True)
class SearchSite:
    """Hold a small site on disk that has nothing but search."""

    folder: Path
    locale: str

    @property
    def home(self) -> str:
        return (self.folder / "index.html").as_uri()


def write_site(folder: Path, locale: str, pages: Sequence[SearchPage]) -> SearchSite:
    """Write the index of some pages, the scripts and one page that has the search link."""
    return write_index(folder, locale, build_search(locale, pages))


def write_index(folder: Path, locale: str, files: Mapping[str, bytes]) -> SearchSite:
    """Write the files of an index, the scripts and one page that has the search link."""
    index = folder / "search" / locale
    index.mkdir(parents=True)
    for name, body in files.items():
        (index / name).write_bytes(body)
    shutil.copytree(SCRIPTS, folder / "assets/javascripts/search")
    (folder / "assets/stylesheets").mkdir()
    shutil.copy(STYLES, folder / "assets/stylesheets/search.css")
    config = {
        "locale": locale,
        "base": "./",
        "index": f"search/{locale}/index.js",
        "strings": STRINGS,
    }
    (folder / "index.html").write_text(
        f"""<!doctype html><html lang="{locale}"><head><meta charset="utf-8"><title>Home</title>
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><main><h1>Home</h1><a class="search-open" href="all.html">Search</a>
<input aria-label="Other field" id="other"></main>
<script type="application/json" id="search-config">{json.dumps(config, ensure_ascii=False)}</script>
<script src="assets/javascripts/search/loader.js"></script></body></html>""",
        "utf-8",
    )
    (folder / "all.html").write_text("<!doctype html><title>All pages</title><h1>All pages</h1>")
    return SearchSite(folder, locale)


@contextmanager
def running_chromium() -> Iterator[Browser]:
    """Start headless Chromium and stop it in the end."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium.find(), args=chromium.ARGUMENTS)
        yield browser
        browser.close()


def query(page: Page, text: str, limit: int = 10) -> list[dict[str, Any]]:
    """Ask `portalSearch.query`."""
    found: list[dict[str, Any]] = page.evaluate("([text, limit]) => portalSearch.query(text, { limit })", [text, limit])
    return found
