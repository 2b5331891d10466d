"""Length: a section much shorter or longer than the locale usually needs has lost or gained text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal import translation
from portal.checks.reading import is_source, sections, words_of
from portal.model import Page, Problem, Site

BANDS = {
    "bn": (0.72, 1.35), "hi": (0.75, 1.4), "id": (0.9, 1.6), "ms": (0.9, 1.6), "ne": (0.7, 1.4), "si": (0.85, 1.65), "ta": (1.15, 2.2),
    "th": (0.8, 1.45), "tl": (0.95, 1.75), "vi": (0.78, 1.45), "zh-Hant": (0.29, 0.54),
}  # fmt: skip
"""Letters of a section as a multiple of the English ones: three tenths around the median of 8 to 463 sections in each locale."""
_NO_LETTERS = re.compile(r"[\d\s|_.,:;()\[\]-]+")
USUAL = (0.5, 2.0)
LEAST = 170
"""Letters of an English section below which the ratio says nothing."""


_Sizes = dict[str, tuple[int, int]]


def check(site: Site) -> Iterator[Problem]:
    """Yield sections whose length is out of the locale's band."""
    english: dict[str, _Sizes] = {}
    for page in site.pages.values():
        source = site.source_page(page.path)
        if is_source(site, page) or source is None or translation.is_unfinished(page):
            continue
        if translation.status(site, site.locale(page.locale), page.path).state == "up-to-date":
            if page.path not in english:
                english[page.path] = _sizes(source)
            yield from _page(page, english[page.path])


def _page(page: Page, wanted: _Sizes) -> Iterator[Problem]:
    low, high = BANDS.get(page.locale, USUAL)
    mine = _sizes(page)
    for key, (_, theirs) in wanted.items():
        if theirs < LEAST or key not in mine:
            continue
        place, size = mine[key]
        ratio = size / theirs
        if not low <= ratio <= high:
            what = "long" if ratio > high else "short"
            where = f"the section '{key}' is" if key else "what stands before the first heading is"
            message = f"{where} {ratio:.0%} as long as the English; {low:.0%} to {high:.0%} is usual."
            fix = f"See whether something was {'added' if what == 'long' else 'left out'}."
            yield Problem(page.file, place, f"parity/too-{what}", message, fix, "warning")


def _sizes(page: Page) -> _Sizes:
    """Return the first line and the number of letters of each section."""
    return {
        key: (lines[0][0] if lines else page.body_line, len(_NO_LETTERS.sub("", "\n".join(words_of(text) for _, text in lines))))
        for key, lines in sections(page).items()
    }
