"""Unfinished work: English left in translations, notes to oneself, paragraphs still to be translated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from portal import markdown, scaffold, translation
from portal.checks.places import line_of
from portal.checks.reading import is_source, prose, sections, words_of
from portal.model import Page, Problem, Site
from portal.site import DATA

_NOTE = re.compile(r"\b(TODO|TBD|FIXME|TKTK|XXX+|[Ll]orem ipsum)\b")
_NOTES = ("TODO", "TBD", "FIXME", "TKTK", "XXX", "orem ipsum")
_RUN = re.compile(r"(?:\b[A-Za-z][A-Za-z'’-]*\b[ ,;]+){7,}[A-Za-z]+")
_ENGLISH = frozenset((
    "the", "of", "and", "to", "with", "is", "are", "for", "from", "that", "this", "they", "their", "who", "which", "when", "what", "you",
    "your", "be", "been", "has", "have", "not", "or", "by", "on", "it", "if", "can", "must", "will", "should", "would", "do", "does",
    "how", "where", "there", "these", "those", "than", "then",
))  # fmt: skip
_LATIN_WORD = re.compile(r"[A-Za-z]+")
_ADDRESS = re.compile(r"\"[^\"]*\"|\([^)]*\)")
LEAST_SAME, LEAST_ENGLISH = 6, 0.28


def check(site: Site) -> Iterator[Problem]:
    """Yield what is still to do in pages."""
    for page in site.pages.values():
        for line, text in prose(page) if any(word in page.body for word in _NOTES) else ():
            if match := _NOTE.search(words_of(text)):
                yield Problem(page.file, line, "leftovers/note", f"'{match[0]}' was left in the text.", "Finish the place, or delete it.")
        if is_source(site, page):
            yield from _scaffold(page)
            continue
        waiting = page.body.count(translation.TO_DO)
        if waiting:
            yield from _waiting(page, waiting)
        elif source := site.source_page(page.path):
            yield from _head(page, source)
            yield from _english(page, source, site.locale(page.locale).script)


def _scaffold(page: Page) -> Iterator[Problem]:
    fix = "Replace them with yours."
    if str(page.meta.get("description", "")).startswith(scaffold.DESCRIPTION):
        yield Problem(
            page.file, page.lines.get("description", 1), "leftovers/scaffold", "the description is that of `new`.", fix, "warning"
        )
    for line, text in prose(page) if "Say " in page.body else ():
        if text.strip() in scaffold.LINES:
            yield Problem(page.file, line, "leftovers/scaffold", "from here on stand words that `new` wrote.", fix, "warning")
            return


def records(site: Site) -> Iterator[Problem]:
    """Yield records that still hold what `new` wrote."""
    for resource in site.resources.values():
        if scaffold.SUMMARY in resource.summary.values() or resource.publisher == scaffold.PUBLISHER:
            file = f"{DATA}resources/{resource.id}.yml"
            message = "publisher or summary are words that `new` wrote."
            yield Problem(file, line_of(site, file, "publisher"), "leftovers/scaffold", message, "Replace them with yours.", "warning")


def _waiting(page: Page, waiting: int) -> Iterator[Problem]:
    line = page.body_line + page.body.count("\n", 0, page.body.index(translation.TO_DO))
    message = f"{waiting} piece{'s' if waiting > 1 else ''} of English text still to translate, the first one here."
    fix = "Put the translation in the place of each comment. `python3 scripts/docs.py status` counts them."
    yield Problem(page.file, line, "leftovers/to-translate", message, fix)


def _head(page: Page, source: Page) -> Iterator[Problem]:
    for key in ("title", "description"):
        text = str(page.meta.get(key, ""))
        if text and text == str(source.meta.get(key, "")) and len(_LATIN_WORD.findall(text)) > 2:
            yield Problem(
                page.file, page.lines.get(key, 1), "leftovers/same-as-english", f"the {key} is still the English one.", "Translate it."
            )


def _english(page: Page, source: Page, script: str) -> Iterator[Problem]:
    theirs = _lines_of(source.body, source.body_line)
    has_runs = script == "latin" or bool(_RUN.search(page.body))
    for line, text in prose(page):
        if len(text) < 20:
            continue
        shown = words_of(text).strip()
        is_same = shown in theirs
        if not (is_same or has_runs):
            continue
        words = _LATIN_WORD.findall(shown)
        if is_same and len(words) >= LEAST_SAME and _english_words(words) >= 2:
            yield Problem(page.file, line, "leftovers/same-as-english", "the line is still the English one.", "Translate it.")
        elif script != "latin" and (run := _RUN.search(_ADDRESS.sub(" ", shown))):
            message = f"English words in a row: '{' '.join(run[0].split()[:6])} …'."
            yield Problem(page.file, line, "leftovers/english", message, "Translate them; names in brackets may stay.", "warning")
        elif script == "latin" and len(words) >= 8 and _english_words(words) >= LEAST_ENGLISH * len(words):
            yield Problem(page.file, line, "leftovers/english", "the line reads like English.", "Translate it.", "warning")


@lru_cache(maxsize=512)
def _lines_of(body: str, first_line: int) -> frozenset[str]:
    return frozenset(words_of(text).strip() for _, text in markdown.prose_lines(body, first_line))


def _english_words(words: list[str]) -> int:
    return sum(word.lower() in _ENGLISH for word in words)


def empty(site: Site) -> Iterator[Problem]:
    """Yield sections of translations that lost their text."""
    for page in site.pages.values():
        source = site.source_page(page.path)
        if is_source(site, page) or source is None or translation.is_unfinished(page) or not translation.is_for_translation(page.path):
            continue
        theirs = sections(source)
        for key, lines in sections(page).items():
            text = "".join(t for _, t in lines[1 if key else 0 :]).strip()
            if key in theirs and not text and "".join(t for _, t in theirs[key][1:]).strip():
                yield Problem(page.file, lines[0][0] if lines else page.body_line, "leftovers/empty-section",
                              f"the section '{key}' has no text, the English has.", "Translate the section.")  # fmt: skip
