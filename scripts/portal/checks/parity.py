"""Parity: a translation has the headings, links, lists, ticks, citations and numbers of the English it was made from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from portal import translation
from portal.model import Page, Problem, Site
from portal.strings import to_western

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_SCRIPTS = {
    "bengali": (0x0980, 0x09FF), "devanagari": (0x0900, 0x097F), "sinhala": (0x0D80, 0x0DFF), "tamil": (0x0B80, 0x0BFF),
    "thai": (0x0E00, 0x0E7F), "chinese": (0x4E00, 0x9FFF),
}  # fmt: skip
_DISEASE = re.compile(r"COVID-19|2019冠狀病毒病")
"""The disease's name holds a number that not every locale's official name has."""
LEAST_OWN_SCRIPT = 0.5
"""Share of a page's letters that must be of its locale's script; names and sources stay Latin."""


def check(site: Site) -> Iterator[Problem]:
    """Yield differences between each up-to-date translation and its source page."""
    for page in site.pages.values():
        if page.locale == site.source_locale.tag:
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
    yield from _order(page, [(h.level, h.id) for h in theirs.headings], [(h.level, h.id) for h in mine.headings], mine.headings)
    for what, a, b in (
        ("tick items", theirs.tick_items, mine.tick_items),
        ("list items", theirs.list_items, mine.list_items),
        ("table rows", theirs.table_rows, mine.table_rows),
    ):
        if len(a) != len(b):
            message = f"{len(b)} {what}, the English has {len(a)}."
            yield Problem(page.file, b[-1] if b else page.body_line, "parity/counts", message, "Add or take out what differs.")
    yield from _same(page, "link", "links", (x.target for x in theirs.links), (x.target for x in mine.links))
    yield from _same(page, "citation", "citations", (k for k, _ in theirs.citations), (k for k, _ in mine.citations))
    yield from _same(page, "number", "numbers", _numbers(source), _numbers(page))


def _order(page: Page, wanted: list[tuple[int, str]], found: list[tuple[int, str]], headings: Iterable[object]) -> Iterator[Problem]:
    if wanted == found:
        return
    lines = [getattr(h, "line", 0) for h in headings]
    for place, (a, b) in enumerate(zip(wanted, found, strict=False)):
        if a != b:
            message = f"heading {place + 1} is {'#' * b[0]} '{b[1]}', in English {'#' * a[0]} '{a[1]}'."
            yield Problem(page.file, lines[place], "parity/headings", message, "Same headings, same ids, same order.")
            return
    message = f"{len(found)} headings, the English has {len(wanted)}."
    yield Problem(page.file, lines[-1] if lines else page.body_line, "parity/headings", message, "Same headings, same ids, same order.")


def _same(page: Page, what: str, code: str, wanted: Iterable[str], found: Iterable[str]) -> Iterator[Problem]:
    a, b = Counter(wanted), Counter(found)
    for key in (a - b).keys():
        yield Problem(page.file, page.body_line, f"parity/{code}", f"the {what} '{key}' of the English is missing.", "Add it.")
    for key in (b - a).keys():
        yield Problem(page.file, page.body_line, f"parity/{code}", f"the {what} '{key}' is not in the English.", "Take it out, or mend the English.")


def _numbers(page: Page) -> list[str]:
    """Return the numbers of two or more digits in the running text, without list numbers, ids and link targets."""
    found: list[str] = []
    for line in page.body.split("\n"):
        text = re.sub(r"\]\([^)]*\)|\[\^[^\]]*\]|\{ ?#[^}]*\}|^\s*\d+[.)]\s", " ", _DISEASE.sub(" ", line))
        found += [n.replace(",", "").replace(".", "") for n in _NUMBER.findall(to_western(text)) if len(n) > 1]
    return found


def _script(page: Page, script: str) -> Iterator[Problem]:
    if script not in _SCRIPTS or page.outline.words < 20:
        return
    low, high = _SCRIPTS[script]
    text = re.sub(r"\]\([^)]*\)|\[\^[^\]]*\]|\{ ?#[^}]*\}", " ", page.body)
    letters = [c for c in text if c.isalpha() or low <= ord(c) <= high]
    share = sum(low <= ord(c) <= high for c in letters) / max(1, len(letters))
    if share < LEAST_OWN_SCRIPT:
        message = f"only {share:.0%} of the letters are in the locale's script."
        yield Problem(page.file, page.body_line, "parity/script", message, "Translate what is still in English.")
