"""Characters that deceive: look-alike letters, invisible ones, marks that turn text round, letters of a foreign script."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from portal import translation
from portal.model import Page, Problem, Site
from portal.site import DATA

_JOINERS = "\u200c\u200d"
NEEDS_JOINERS = frozenset(("bengali", "devanagari", "sinhala", "tamil"))
INVISIBLE = "\u00ad\u034f\u180e\u200b\u2060\ufeff" + _JOINERS
_TURNING = "\u200e\u200f\u202a-\u202e\u2066-\u2069"
_BROKEN = "\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff"
_DECEIVING = "\u0370-\u03ff\u0400-\u052f\u0530-\u058f\u13a0-\u13ff\uff21-\uff5a\U0001d400-\U0001d7ff"
_OWN = {
    "latin": "",
    "bengali": "\u0980-\u09ff", "devanagari": "\u0900-\u0963\u0966-\u097f", "sinhala": "\u0d80-\u0dff", "tamil": "\u0b80-\u0bff",
    "thai": "\u0e00-\u0e7f", "chinese": "\u3400-\u4dbf\u4e00-\u9fff",
}  # fmt: skip
_OTHER = "\u0590-\u08ff\u0a00-\u0b7f\u0c00-\u0d7f\u0e80-\u109f\u1200-\u137f\u1780-\u17ff\u3040-\u30ff\uac00-\ud7af"
_WORD = re.compile(r"[^\s()\[\]{}<>\"',.;:!?/|*_]+")


def check(site: Site) -> Iterator[Problem]:
    """Yield odd characters of pages, strings and glossaries, a few for each file."""
    for locale in site.locales:
        patterns = _pattern(locale.script)
        for (tag, path), page in site.pages.items():
            if tag == locale.tag:
                yield from _found(page.file, page.body, page.body_line, patterns, is_strict=translation.is_for_translation(path))
                if locale.script == "latin" and not unicodedata.is_normalized("NFC", page.body):
                    yield _decomposed(page)
                head = f"{page.meta.get('title', '')}\n{page.meta.get('description', '')}"
                yield from _found(page.file, head, page.lines.get("title", 1), patterns)
        for name in ("strings", "glossary"):
            file = f"{DATA}{name}/{locale.tag}.yml"
            if data := site.raw.get(file):
                yield from _found(file, data.decode("utf-8-sig", "ignore"), 1, patterns)


def _decomposed(page: Page) -> Problem:
    lines = page.body.split("\n")
    number = next((n for n, line in enumerate(lines) if not unicodedata.is_normalized("NFC", line)), 0)
    message = "letters and their accents are separate characters, which search and some fonts get wrong."
    fix = "Run `python3 scripts/docs.py check --fix`."
    return Problem(page.file, page.body_line + number, "characters/decomposed", message, fix, "warning")


def allowed_invisible(script: str) -> str:
    """Return the invisible characters that a script is written with: joiners in Indic scripts, break marks in Thai.

    A file of no one script (the taxonomy, records) may hold any of them.
    """
    if not script:
        return _JOINERS + "\u200b"
    return _JOINERS if script in NEEDS_JOINERS else "\u200b" if script == "thai" else ""


@lru_cache(maxsize=16)
def _pattern(script: str) -> _Patterns:
    invisible = "".join(c for c in INVISIBLE if c not in allowed_invisible(script))
    others = "".join(block for name, block in _OWN.items() if name != script)
    kinds = {"invisible": invisible, "turning": _TURNING, "broken": _BROKEN, "deceiving": _DECEIVING, "other": _OTHER + others}
    quick = re.compile(f"[{''.join(kinds.values())}]")
    return quick, re.compile("|".join(f"(?P<{kind}>[{chars}])" for kind, chars in kinds.items()))


_Patterns = tuple[re.Pattern[str], re.Pattern[str]]
"""Whether there is anything at all, which is fast, and what it is."""
MOST = 3
"""Odd characters named for one text; a file in the wrong script would give thousands."""


def _found(file: str, text: str, first_line: int, patterns: _Patterns, is_strict: bool = True) -> Iterator[Problem]:
    quick, pattern = patterns
    if not quick.search(text):
        return
    seen = end_of_word = 0
    for match in pattern.finditer(text):
        kind, char = str(match.lastgroup), match[0]
        if match.start() < end_of_word or (kind == "other" and not is_strict):
            continue
        place = file, first_line + text.count("\n", 0, match.start())
        name = f"U+{ord(char):04X} {unicodedata.name(char, 'without a name').lower()}"
        if kind == "invisible":
            yield Problem(
                *place,
                "characters/zero-width",
                f"an invisible character ({name}).",
                "Delete it, or run `python3 scripts/docs.py check --fix`.",
            )
        elif kind == "turning":
            yield Problem(*place, "characters/direction-mark", f"a mark that can turn text round ({name}).", "Delete it.")
        elif kind == "broken":
            yield Problem(*place, "characters/broken", f"a character that nothing can show ({name}).", "Type the text again.")
        else:
            word = next((m for m in _WORD.finditer(text, max(0, match.start() - 40)) if m.end() > match.start()), match)
            end_of_word = word.end()
            yield _letter(place, word[0], char, name, kind)
        seen += 1
        if seen == MOST:
            return


def _letter(place: tuple[str, int], word: str, char: str, name: str, kind: str) -> Problem:
    if kind == "deceiving" and (ord(char) >= 0xFF21 or any(c.isascii() and c.isalpha() for c in word)):
        fix = "Type the word again on your own keyboard."
        return Problem(*place, "characters/look-alike", f"'{word}' holds a letter that only looks like a Latin one ({name}).", fix)
    message = f"'{word}' is in a script this locale does not use ({name})."
    return Problem(*place, "characters/other-script", message, "Write it in the locale's script or in Latin letters.", "warning")
