"""Punctuation and digits the way each locale's readers know them (contribute/translate says which)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal import translation
from portal.checks.reading import prose, words_of
from portal.model import Page, Problem, Site
from portal.strings import to_western

CURLY = re.compile(r"[“”„‟‘’‚‛«»]")
STRAIGHT = str.maketrans({"“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "‛": "'"})
_LOCAL_DIGIT = re.compile(r"[০-৯०-९๐-๙௦-௯෦-෯０-９]")
_SPACE_BEFORE = re.compile(r"(?<=[^\W\d_]) +[,;:!?](?=\s|$)|(?<=[^\W\d_]) +\.(?=\s|$)")
DOUBLE_SPACE = re.compile(r"(?<=[^\s_*+-])(?<!\d[.)])  +(?=[^\s|_])")
_HALF_WIDTH = re.compile(r"(?<=[\u4e00-\u9fff])[,;:!?](?=[\u4e00-\u9fff\s]|$)|(?<=[\u4e00-\u9fff])\.(?=\s|$)")
_LATIN_STOP = re.compile(r"[\u0900-\u097f\u0980-\u09ff]\.(?=\s|\[|$)")
_SPECIAL = dict.fromkeys(("bn", "hi", "ne"), _LATIN_STOP) | {"zh-Hant": re.compile(r"[\u4e00-\u9fff][,;:!?.]")}
_ODD = re.compile(f"{_LOCAL_DIGIT.pattern[:-1]}{CURLY.pattern[1:]}")
_BLANK_BEFORE = (" ,", " .", " ;", " :", " !", " ?")
_ABBREVIATED = re.compile(r"(?:^|[\s(\"])[\u0900-\u09ff]{1,3}\.$")


def check(site: Site) -> Iterator[Problem]:
    """Yield odd punctuation, at most one problem of a kind for a line."""
    for page in site.pages.values():
        if page.path.startswith("contribute/") or translation.is_unfinished(page):
            continue
        special = _SPECIAL.get(page.locale)
        if special and special.search(page.body):
            yield from _own_habits(page, is_chinese=page.locale.startswith("zh"))
        if _is_odd(page.body):
            for line, text in prose(page):
                yield from _everywhere(page, line, text)


def _is_odd(body: str) -> bool:
    """Tell fast whether a closer look at the lines can find anything."""
    blanks = "  " in body and DOUBLE_SPACE.search(body)
    return bool(blanks or any(pair in body for pair in _BLANK_BEFORE) or _ODD.search(body))


def _own_habits(page: Page, *, is_chinese: bool) -> Iterator[Problem]:
    for line, text in prose(page):
        shown = words_of(text)
        if is_chinese:
            if match := _HALF_WIDTH.search(shown):
                message = f"a narrow '{match[0]}' in Chinese text."
                yield _warning(page, line, "half-width", message, "Write the full-width sign: ，。：；？！")
        elif (match := _LATIN_STOP.search(shown)) and not _ABBREVIATED.search(shown[: match.end()]):
            yield _warning(page, line, "full-stop", "a sentence ends with '.'.", "End it with '।'.")


def is_form_line(text: str) -> bool:
    """Tell whether a line is laid out with blanks on purpose: a row of a table, lines to fill in."""
    return text.lstrip().startswith("|") or "___" in text


def _warning(page: Page, line: int, code: str, message: str, fix: str) -> Problem:
    return Problem(page.file, line, f"punctuation/{code}", message, fix, "warning")


def _everywhere(page: Page, line: int, text: str) -> Iterator[Problem]:
    if match := _LOCAL_DIGIT.search(text):
        fix = f"Write '{to_western(match[0])}': the portal uses Western digits in every locale."
        yield Problem(page.file, line, "punctuation/local-digits", f"the digit '{match[0]}'.", fix)
    if match := CURLY.search(text):
        fix = f"Write '{match[0].translate(STRAIGHT)}', or run `python3 scripts/docs.py check --fix`."
        yield _warning(page, line, "curly-quotes", f"the curly quotation mark '{match[0]}'.", fix)
    if "  " in text and DOUBLE_SPACE.search(text) and not is_form_line(text):
        yield _warning(page, line, "double-space", "two spaces in a row.", "Write one, or run `python3 scripts/docs.py check --fix`.")
    if " " in text and (match := _SPACE_BEFORE.search(words_of(text))):
        yield _warning(page, line, "space-before", f"a space before '{match[0].strip()}'.", "Take the space out.")
