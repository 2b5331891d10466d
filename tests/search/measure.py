"""Measure recall, weight and time of search in every locale.

    PYTHONPATH=scripts:tests python -m tests.search.measure            # queries for tuning
    PYTHONPATH=scripts:tests python -m tests.search.measure --heldout  # queries put aside; run it when tuning is done

The pages of a locale are its small corpus and, as fallbacks, every English page of `docs/`.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

import brotli  # type: ignore[import-untyped]
from playwright.sync_api import Browser

from portal.build.search import SearchPage, build_search

from .browser import ROOT, SCRIPTS, STYLES, query, running_chromium, write_site
from .corpus import markdown_pages, queries, small_corpus
from .figures import SLOWER, Figures

LOCALES = ("en", "bn", "hi", "id", "ms", "ne", "si", "ta", "th", "tl", "vi", "zh-Hant")


@dataclass
class SmallFigures(Figures):
    """Hold what was measured in one locale."""

    texts: int = 0
    build_ms: float = 0
    open_ms: float = 0
    query_ms: float = 0


def pages_of(locale: str) -> list[SearchPage]:
    """Return the pages that are measured in one locale."""
    english = markdown_pages(ROOT / "docs", "en")
    if locale == "en":
        return english
    return small_corpus(locale) + [replace(page, is_fallback=True) for page in english]


def measure(browser: Browser, locale: str, *, heldout: bool) -> SmallFigures:
    """Measure one locale in a fresh page with the processor slowed."""
    figures = SmallFigures(locale)
    pages = pages_of(locale)
    start = time.perf_counter()
    files = build_search(locale, pages)
    figures.build_ms = (time.perf_counter() - start) * 1000
    figures.engine = sum(_weight(path.read_bytes()) for path in [*SCRIPTS.glob("*.js"), STYLES])
    figures.index = _weight(files["index.js"])
    texts = [_weight(body) for name, body in files.items() if name != "index.js"]
    figures.texts = 4 * sum(texts) // len(texts)
    with tempfile.TemporaryDirectory() as folder:
        site = write_site(Path(folder), locale, pages)
        page = browser.new_page()
        page.goto(site.home)
        page.evaluate("portalSearch.start()")
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        figures.open_ms = page.evaluate(
            "async () => { await portalSearch.fetchData('index'); const data = await "
            "portalSearch.fetchData('index'); const t = performance.now(); "
            "portalSearch.open(data).search('passport'); return performance.now() - t; }"
        )
        slowest: list[float] = []
        for entry in queries(locale):
            if entry["heldout"] != heldout:
                continue
            slowest.append(
                page.evaluate(
                    "async (q) => { const index = await portalSearch.ready(); const t = "
                    "performance.now(); index.search(q); return performance.now() - t; }",
                    entry["q"],
                )
            )
            urls = [result["url"] for result in query(page, entry["q"])]
            wanted = {_url(locale, path) for path in entry["pages"]}
            figures.asked += 1
            figures.empty += not urls
            if wanted & set(urls[:3]):
                figures.found += 1
            else:
                figures.missed.append(f"{entry['q']} ({entry['kind']}) → {urls[:3]}")
        figures.query_ms = sorted(slowest)[int(len(slowest) * 0.95)]
        page.close()
    return figures


def _url(locale: str, path: str) -> str:
    """Return the address of a labelled page; one with a slash is a real English page."""
    is_real = locale == "en" or "/" in path
    return f"{'en' if is_real else locale}/{path}/".replace("/index/", "/")


def _weight(body: bytes) -> int:
    return len(brotli.compress(body, quality=11))


def main() -> None:
    """Print one line for each locale, and what was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--heldout", action="store_true", help="ask the queries put aside")
    options = parser.parse_args()
    print("locale   asked recall@3 empty  engine  index  +4 texts   sum kB  build open query ms")
    total = asked = 0
    with running_chromium() as browser:
        for locale in LOCALES:
            one = measure(browser, locale, heldout=options.heldout)
            total, asked = total + one.found, asked + one.asked
            weight = (one.engine + one.index + one.texts) / 1000
            print(
                f"{locale:8} {one.asked:5} {one.recall:8.3f} {one.empty:5} {one.engine:7} "
                f"{one.index:6} {one.texts:8} {weight:9.1f} {one.build_ms:6.0f} "
                f"{one.open_ms:4.0f} {one.query_ms:5.1f}"
            )
            for miss in one.missed:
                print("    missed:", miss)
    print(f"all      {asked:5} {total / asked:8.3f}")


if __name__ == "__main__":
    main()
