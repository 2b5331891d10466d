"""Parity: a translation has the headings, links, lists, ticks, citations and numbers of the English it was made from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from portal import translation
from portal.model import Page, Problem, Site
from portal.strings import to_western

_NOT_TEXT = re.compile(r"\]\([^)\n]*\)|\[\^[^\]\n]*\]|\{ ?#[^}\n]*\}|^[ \t]*\d+[.)]\s", re.MULTILINE)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*|\n")
_SCRIPTS = {
    "bengali": "\u0980-\u09ff", "devanagari": "\u0900-\u097f", "sinhala": "\u0d80-\u0dff", "tamil": "\u0b80-\u0bff",
    "thai": "\u0e00-\u0e7f", "chinese": "\u4e00-\u9fff",
}  # fmt: skip
_OWN = {name: re.compile(f"[{block}]+") for name, block in _SCRIPTS.items()}
_OTHER = {name: re.compile(rf"[^\W\d_{block}]+") for name, block in _SCRIPTS.items()}
_DISEASE = re.compile(r"(?<=[^\s\d])-19(?!\d)|2019冠狀病毒病|(?<!\d)1[0-2]月|(?<=tháng )1[0-2](?!\d)")
"""Numbers that not every locale writes: that in the disease's name, and months where a language counts them."""
_MYRIADS = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*([萬億])")
LEAST_OWN_SCRIPT = 0.5
"""Share of a page's letters that must be of its locale's script; names and sources stay Latin."""


def check(site: Site) -> Iterator[Problem]:
    """Yield differences between each up-to-date translation and its source page."""
    for page in site.pages.values():
        if page.locale == site.source_locale.tag or translation.is_unfinished(page):
            continue
        locale = site.locale(page.locale)
        yield from _script(page, locale.script)
        source = site.source_page(page.path)
        if source is None:
            continue
        status = translation.status(site, locale, page.path)
        if status.state == "outdated":
            changed = ", ".join(status.changed or ()) or "not known"
            fix = f"Translate them, then run `python3 scripts/docs.py mark-synced {page.locale} {page.path}`."
            yield Problem(page.file, 1, "parity/outdated", f"the English changed since ({changed}).", fix, "warning")
        elif status.state == "untracked":
            fix = f"Run `python3 scripts/docs.py mark-synced {page.locale} {page.path}` when the text matches."
            yield Problem(page.file, 1, "parity/untracked", "no stamp tells which English text this was made from.", fix, "warning")
        else:
            yield from _structure(page, source)


def _structure(page: Page, source: Page) -> Iterator[Problem]:
    mine, theirs = page.outline, source.outline
    yield from _order(page, source)
    for what, a, b in (
        ("tick items", theirs.tick_items, mine.tick_items),
        ("list items", theirs.list_items, mine.list_items),
        ("table rows", theirs.table_rows, mine.table_rows),
    ):
        if len(a) != len(b):
            message = f"{what}: {len(b)} here, {len(a)} in the English."
            yield Problem(
                page.file, _first_section_that_differs(page, source, a, b), "parity/counts", message, "Add or take out what differs."
            )
    links = [(x.target, x.line) for x in theirs.links], [(x.target, x.line) for x in mine.links]
    yield from _same(page, source, "link", *links)
    yield from _same(page, source, "citation", theirs.citations, mine.citations)
    yield from _same(page, source, "number", _numbers(source), _numbers(page))


def _order(page: Page, source: Page) -> Iterator[Problem]:
    wanted = [(h.level, h.id) for h in source.outline.headings]
    found = [(h.level, h.id) for h in page.outline.headings]
    if wanted == found:
        return
    lines = [h.line for h in page.outline.headings]
    fix = "Same headings, same ids, same order."
    for place, (a, b) in enumerate(zip(wanted, found, strict=False)):
        if a != b:
            message = f"heading {place + 1} is {'#' * b[0]} '{b[1]}', in English {'#' * a[0]} '{a[1]}'."
            yield Problem(page.file, lines[place], "parity/headings", message, fix)
            return
    message = f"headings: {len(found)} here, {len(wanted)} in the English."
    yield Problem(page.file, lines[-1] if lines else page.body_line, "parity/headings", message, fix)


_Found = Sequence[tuple[str, int]]
"""What was found with its file lines."""


def _same(page: Page, source: Page, what: str, wanted: _Found, found: _Found) -> Iterator[Problem]:
    a, b = Counter(key for key, _ in wanted), Counter(key for key, _ in found)
    for key in a - b:
        place = _line_of_section(page, _section_at(source, next(line for k, line in wanted if k == key)))
        yield Problem(page.file, place, f"parity/{what}s", f"the {what} '{key}' of the English is missing.", "Add it.")
    for key in b - a:
        place = [line for k, line in found if k == key][-1]
        yield Problem(
            page.file, place, f"parity/{what}s", f"the {what} '{key}' is not in the English.", "Take it out, or mend the English."
        )


def _section_at(page: Page, line: int) -> str:
    """Return the id of the section in which a line stands, '' before the first heading."""
    return next((h.id for h in reversed(page.outline.headings) if h.line <= line), "")


def _line_of_section(page: Page, key: str) -> int:
    return next((h.line for h in page.outline.headings if h.id == key), page.body_line)


def _first_section_that_differs(page: Page, source: Page, theirs: tuple[int, ...], mine: tuple[int, ...]) -> int:
    """Return the line of the first section in which the numbers of things differ."""
    a, b = Counter(_section_at(source, n) for n in theirs), Counter(_section_at(page, n) for n in mine)
    keys = ["", *(h.id for h in source.outline.headings)]
    return _line_of_section(page, next((key for key in keys if a[key] != b[key]), ""))


def _numbers(page: Page) -> tuple[tuple[str, int], ...]:
    """Return the numbers of two or more digits in the running text, without list numbers, ids and link targets."""
    return _numbers_in(page.body, page.body_line)


@lru_cache(maxsize=4096)
def _numbers_in(body: str, line: int) -> tuple[tuple[str, int], ...]:
    found: list[tuple[str, int]] = []
    text = _MYRIADS.sub(_as_millions, _NOT_TEXT.sub(" ", _DISEASE.sub(" ", to_western(body))))
    for match in _NUMBER.finditer(text):
        if match[0] == "\n":
            line += 1
        elif len(match[0]) > 1:
            found.append((match[0].replace(",", "").replace(".", ""), line))
    return tuple(found)


def _as_millions(match: re.Match[str]) -> str:
    """Return a Chinese number such as 5,300萬 as English writes it: 53 for 53 million, 2.5 for billions, 86000 for 86,000."""
    value = float(match[1].replace(",", "")) * (10_000 if match[2] == "萬" else 100_000_000)
    unit = 1e9 if value >= 1e9 else 1e6 if value >= 1e6 else 1
    return f" {value / unit:.10g} "


def _script(page: Page, script: str) -> Iterator[Problem]:
    if script not in _SCRIPTS or page.outline.words < 20:
        return
    text = _NOT_TEXT.sub(" ", page.body)
    own = sum(map(len, _OWN[script].findall(text)))
    other = sum(map(len, _OTHER[script].findall(text)))
    share = own / max(1, own + other)
    if share < LEAST_OWN_SCRIPT:
        message = f"only {share:.0%} of the letters are in the locale's script."
        yield Problem(page.file, page.body_line, "parity/script", message, "Translate what is still in English.")
