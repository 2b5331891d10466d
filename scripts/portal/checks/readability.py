"""Plain English: grade of each page, grade of the guidance pages together, sentences that are too long."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal import readability, translation
from portal.checks.reading import prose, words_of
from portal.model import Page, Problem, Site

MOST_GRADE, MOST_AVERAGE, MOST_WORDS = 12.0, 9.0, 40
LEAST_WORDS = 100
"""A grade says nothing about a text shorter than this, which is what the formula's authors worked with."""
_FIX = "Shorten sentences to 20 words or fewer, and use everyday words (contribute/style)."
_MARK = re.compile(r"^\s*(?:[-*+] (?:\[[ xX]\] )?|\d+[.)]\s|>\s?|#{1,6}\s)")


def check(site: Site) -> Iterator[Problem]:
    """Yield English pages that are hard to read."""
    grades: list[float] = []
    for path in site.source_paths():
        page = site.pages[(site.source_locale.tag, path)]
        text = blocks(page)
        for line, block in text:
            yield from _sentences(page, line, block)
        if not translation.is_for_translation(path) or sum(readability.count_words(b) for _, b in text) < LEAST_WORDS:
            continue
        grade = readability.grade(block for _, block in text)
        if page.meta.get("type") in ("guidance", "country", "corridor"):
            grades.append(grade)
        if grade > MOST_GRADE:
            message = f"the page reads at grade {grade:.1f}; {MOST_GRADE:.0f} is the limit."
            yield Problem(page.file, page.body_line, "readability/hard-page", message, _FIX)
    if grades and sum(grades) / len(grades) > MOST_AVERAGE:
        message = f"the guidance pages read at grade {sum(grades) / len(grades):.1f} on average; {MOST_AVERAGE:.0f} is the aim."
        yield Problem(f"docs/{site.source_locale.tag}", 0, "readability/hard-on-average", message, _FIX, "warning")


def blocks(page: Page) -> list[tuple[int, str]]:
    """Return the running text as (line, paragraph or item); headings, tables and code are no running text."""
    found: list[tuple[int, str]] = []
    is_open = False
    for line, text in prose(page):
        if not text.strip() or text.startswith("#") or text.lstrip().startswith("|"):
            is_open = False
            continue
        plain = words_of(text)
        mark = _MARK.match(plain)
        if is_open and not mark:
            found[-1] = (found[-1][0], f"{found[-1][1]} {plain.strip()}")
        else:
            found.append((line, plain[mark.end() :].strip() if mark else plain.strip()))
        is_open = True
    return found


def _sentences(page: Page, line: int, block: str) -> Iterator[Problem]:
    for sentence in readability.sentences_of(block):
        count = readability.count_words(sentence)
        if count > MOST_WORDS:
            message = f"a sentence of {count} words, '{' '.join(sentence.split()[:6])} …'."
            yield Problem(page.file, line, "readability/long-sentence", message, "Make two of it.", "warning")
