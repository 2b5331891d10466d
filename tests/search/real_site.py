"""Measure search on the real pages: recall by hand-labelled queries, empty answers, weight to the first results.

    PYTHONPATH=scripts:tests python -m tests.search.real_site            # queries for tuning
    PYTHONPATH=scripts:tests python -m tests.search.real_site --heldout  # queries put aside; run it when tuning is done

The site is built as a test build, only what is stale. The index of each locale comes from its built pages by the site's
own code, and the site's own scripts answer in headless Chromium.
"""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import brotli  # type: ignore[import-untyped]
import yaml
from playwright.sync_api import Browser, Page

from portal.build import search_pages
from portal.build.locale_site import read_site
from portal.build.run import Options, build
from portal.model import Site

from .browser import ROOT, SCRIPTS, STYLES, query, running_chromium, write_index
from .figures import SLOWER, Figures

QUERIES = Path(__file__).parent / "real"
LOCALES = tuple(sorted(file.stem for file in QUERIES.glob("*.yml")))
SHOWN = 4
"""So many results fit the first screen of the dialog; the text of each is a file of its own."""


@dataclass
class RealFigures(Figures):
    """Hold what was measured in one locale on its real pages."""

    texts: list[int] = field(default_factory=list)
    """For each query, how much text its first results load."""
    first_ms: float = 0
    """From the arrived index to the first result, with the processor slowed."""

    @property
    def weight(self) -> int:
        """Return the bytes to the first results of the mean query."""
        return self.engine + self.index + sum(self.texts) // max(len(self.texts), 1)

    @property
    def most(self) -> int:
        """Return the bytes to the first results of the heaviest query."""
        return self.engine + self.index + max(self.texts, default=0)


def build_stages(cache: Path) -> Path:
    """Build every locale below a folder, only what is stale; return where the built pages of each stand."""
    outcome = build(Options(root=ROOT, place=cache / "site", cache=cache, with_pdf=False), lambda done, total, what: None)
    if outcome.problems:
        raise SystemExit("\n".join(outcome.problems))
    return cache / "stage"


def real_queries(locale: str) -> list[dict[str, Any]]:
    """Return the labelled queries of a locale."""
    found: list[dict[str, Any]] = yaml.safe_load((QUERIES / f"{locale}.yml").read_text("utf-8"))
    return found


def measure(browser: Browser, site: Site, stages: Path, locale: str, *, heldout: bool) -> RealFigures:
    """Ask one half of the queries of a locale."""
    prefix = f"search/{locale}/"
    files = {path.removeprefix(prefix): body for path, body in search_pages.files(site, site.locale(locale), stages / locale).items()}
    figures = RealFigures(locale, index=_weight(files["index.js"]))
    figures.engine = sum(_weight(path.read_bytes()) for path in [*SCRIPTS.glob("*.js"), STYLES])
    with tempfile.TemporaryDirectory() as folder:
        page = browser.new_page()
        page.goto(write_index(Path(folder), locale, files).home)
        page.evaluate("portalSearch.start()")
        figures.first_ms = _first_result(page)
        for entry in real_queries(locale):
            if entry["heldout"] == heldout:
                urls = [result["url"] for result in query(page, entry["q"])]
                shown = page.evaluate(
                    f"async (q) => (await portalSearch.find(q, {{ limit: {SHOWN} }})).pages.map((p) => p.text)", entry["q"]
                )
                figures.texts.append(sum(_weight(files[f"{name}.js"]) for name in shown))
                _judge(figures, entry, urls)
        page.close()
    return figures


def _first_result(page: Page) -> float:
    """Return the milliseconds from the arrived index to the first answer, with the processor SLOWER times slower."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    taken: float = page.evaluate(
        "async () => { const data = await portalSearch.fetchData('index'); const t = performance.now(); "
        "portalSearch.open(data).search('passport'); return performance.now() - t; }"
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    return taken


def _judge(figures: RealFigures, entry: dict[str, Any], urls: list[str]) -> None:
    """Count one answer."""
    paths = [url.removeprefix(f"{figures.locale}/") for url in urls]
    figures.asked += 1
    figures.empty += not urls
    if any(_is_labelled(path, entry["pages"]) for path in paths[:3]):
        figures.found += 1
    else:
        figures.missed.append(f"{entry['q']} ({entry['kind']}) → {paths[:3]}")


def _is_labelled(path: str, labels: list[str]) -> bool:
    """Tell whether a page is one of those labelled; a label with a slash at its end is a folder."""
    return any(path.startswith(label) if label.endswith("/") else path == f"{label}.html" for label in labels)


@cache
def _weight(body: bytes) -> int:
    return len(brotli.compress(body, quality=11))


def main() -> None:
    """Print one line for each locale, and what was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--heldout", action="store_true", help="ask the queries put aside")
    parser.add_argument("--cache", type=Path, default=ROOT / ".cache" / "tests", help="folder of the test build")
    parser.add_argument("locales", nargs="*", default=LOCALES)
    options = parser.parse_args()
    stages = build_stages(options.cache)
    site = read_site(ROOT)
    total = RealFigures("all")
    print("locale   asked recall@3 empty  engine   index  mean kB  most kB  first ms")
    with running_chromium() as browser:
        for locale in options.locales:
            one = measure(browser, site, stages, locale, heldout=options.heldout)
            total.asked, total.found, total.empty = total.asked + one.asked, total.found + one.found, total.empty + one.empty
            print(
                f"{locale:8} {one.asked:5} {one.recall:8.3f} {one.empty:5} {one.engine:7} {one.index:7} "
                f"{one.weight / 1000:8.1f} {one.most / 1000:8.1f} {one.first_ms:8.0f}",
                flush=True,
            )
            for miss in one.missed:
                print("    missed:", miss)
    print(f"all      {total.asked:5} {total.recall:8.3f} {total.empty:5}")


if __name__ == "__main__":
    main()
