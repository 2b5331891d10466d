"""Turn text into search tokens, by rules that the browser reads as data.

The rules of each locale live in `search_rules`. This module applies them at build time; the
index file carries the same rules to the browser, where `search/text.js` applies them step by
step in the same order. Golden cases in `tests/cases/search` are run through both.

Only plain string functions, NFKD and NFC, and regular expressions in the small dialect that
Python and every browser share are used: never a browser's own word splitting.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from portal import search_rules, search_sounds

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
THAI = r"\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e45\u0e47-\u0e4e"
LETTERS = (
    r"a-z\u00df-\u00f6\u00f8-\u02af\u0370-\u052f\u0620-\u064a\u0671-\u06d3\u0900-\u0963"
    r"\u0966-\u0df3\u0e80-\u0eff\u1000-\u1049\u1050-\u109f\u1780-\u17d3\u1e00-\u1eff"
    r"\u3041-\u30ff\uac00-\ud7a3"
)
SCAN = f"[{HAN}]+|[{THAI}]+|[{LETTERS}]+|[0-9]+"
UNIT = f"[{HAN}]|[เแโไ]?[ก-ฮ][ะ-ฺๅํ]*|[{THAI}]"
DROP = r"[\u00ad\u02bc\u0300-\u036f\u180b-\u180e\u200b-\u200f\u2018\u2019\u2060\ufe00-\ufe0f\ufeff']"
ZEROS = "०০௦෦๐"
_DIGITS = {ord(zero) + step: str(step) for zero in ZEROS for step in range(10)}

Pair = tuple[str, str]
Step = tuple[int, tuple[Pair, ...]]


@dataclass(frozen=True)
class Rules:
    """Hold everything that turns text of one locale into tokens."""

    locale: str
    fold: tuple[Pair, ...]
    """Regular expressions and what replaces each match, in order."""
    letters: tuple[str, str]
    """Two strings of equal length: each letter of the first becomes that of the second."""
    breaks: str
    """Function words at which unspaced text is cut, before folding; empty where words are spaced."""
    stop: frozenset[str]
    """Folded words that are neither stored nor looked for."""
    steps: tuple[Step, ...]
    """Stemming of the locale's own script: least length that must remain, replacements."""
    latin: tuple[Step, ...]
    """Stemming of Latin words in a locale that writes another script."""


@dataclass(frozen=True)
class Word:
    """Hold one folded word of a text and whether it is a cut of unspaced text."""

    text: str
    is_cut: bool = False


def rules_as_data(rules: Rules) -> dict[str, object]:
    """Return the rules as plain data for the index file, ready for `json.dumps`."""
    return {
        "scan": SCAN,
        "unit": UNIT,
        "unspaced": f"[{HAN}{THAI}]",
        "drop": DROP,
        "zeros": ZEROS,
        "fold": [list(pair) for pair in rules.fold],
        "letters": list(rules.letters),
        "breaks": rules.breaks,
        "stop": " ".join(sorted(rules.stop)),
        "steps": _steps_as_data(rules.steps),
        "latin": _steps_as_data(rules.latin),
        "sounds": _sounds_as_data(search_sounds.sounds_of(search_rules.SCRIPT_OF.get(rules.locale, "latin"))),
    }


def normalise(text: str) -> str:
    """Bring equal spellings to one: compatibility forms, case, invisible signs, digits.

    Latin accents and apostrophes go too: they are typed by some and left out by others.
    """
    plain = re.sub(DROP, "", unicodedata.normalize("NFKD", text).lower())
    return unicodedata.normalize("NFC", plain.translate(_DIGITS))


def fold(text: str, rules: Rules) -> str:
    """Bring spellings that people confuse to one, by the locale's script."""
    return _fold(normalise(text), rules)


def _fold(folded: str, rules: Rules) -> str:
    for pattern, replacement in rules.fold:
        folded = re.sub(pattern, replacement, folded)
    return folded.translate(_table(rules.letters))


_UNSPACED = re.compile(f"[{HAN}{THAI}]")


def words(text: str, rules: Rules) -> list[Word]:
    """Split text into folded words; Thai and Chinese into overlapping pairs of signs."""
    normal = normalise(text)
    if rules.breaks:
        normal = re.sub(rules.breaks, " ", normal)
    folded = _fold(normal, rules)
    found: list[Word] = []
    for match in re.finditer(SCAN, folded):
        run = match.group()
        if _UNSPACED.match(run):
            found.extend(Word(pair, is_cut=True) for pair in _pairs(re.findall(UNIT, run)))
        else:
            found.append(Word(run))
    return found


def stem(word: str, rules: Rules) -> str:
    """Take inflection off a folded word by the light rules of its locale."""
    steps = rules.latin if rules.latin and re.match("[a-z]", word) else rules.steps
    return _apply(word, steps)


@lru_cache(maxsize=65536)
def _apply(word: str, steps: tuple[Step, ...]) -> str:
    for least, is_any, pairs in _compiled(steps):
        if not is_any.search(word):
            continue
        for pattern, replacement in pairs:
            changed = pattern.sub(replacement, word)
            if changed != word:
                if len(changed) >= least:
                    word = changed
                    break
            elif pattern.search(word):
                break
    return word


@cache
def _compiled(steps: tuple[Step, ...]) -> list[tuple[int, re.Pattern[str], list[tuple[re.Pattern[str], str]]]]:
    """Return the steps ready to run, each with one pattern that tells whether any of its own can match."""
    return [
        (least, re.compile("|".join(f"(?:{pattern})" for pattern, _ in pairs)), [(re.compile(a), b) for a, b in pairs])
        for least, pairs in steps
        if pairs
    ]


def tokens(text: str, rules: Rules) -> list[str]:
    """Return what the index stores of a text, in order, without stop words."""
    found: list[str] = []
    for word in words(text, rules):
        if word.is_cut:
            found.append(word.text)
        elif word.text not in rules.stop:
            found.append(stem(word.text, rules))
    return found


def joined(text: str, rules: Rules) -> list[str]:
    """Return the pairs of neighbouring words of a text as one token each, where a locale's words are written in syllables."""
    if rules.locale not in search_rules.IN_SYLLABLES:
        return []
    return [
        stem(first.text + second.text, rules)
        for line in text.splitlines()
        for first, second in pairwise(words(line, rules))
        if not {first.text, second.text} & rules.stop
    ]


@cache
def rules_for(locale: str) -> Rules:
    """Return the rules of a locale; one without its own gets those of English."""
    script = search_rules.SCRIPT_OF.get(locale, "latin")
    letters = search_rules.LETTERS_OF[script].split()
    bare = Rules(
        locale=locale,
        fold=search_rules.FOLD_OF[script],
        letters=("".join(pair[0] for pair in letters), "".join(pair[1] for pair in letters)),
        breaks="",
        stop=frozenset(),
        steps=(),
        latin=(),
    )
    name = locale if locale in search_rules.STOP else "en"
    cuts = sorted(
        {normalise(word) for word in search_rules.BREAKS.get(name, "").split()},
        key=lambda word: (-len(word), word),
    )
    english = _folded_steps("en", bare)
    return Rules(
        locale=locale,
        fold=bare.fold,
        letters=bare.letters,
        breaks="|".join(cuts),
        stop=frozenset(fold(word, bare) for word in search_rules.STOP[name].split()),
        steps=_folded_steps(name, bare),
        latin=() if script == "latin" else english,
    )


def _folded_steps(locale: str, bare: Rules) -> tuple[Step, ...]:
    """Read the endings of a locale; they are written as people spell them and folded here."""
    found: list[Step] = []
    for least, source in search_rules.STEPS.get(locale, ()):
        pairs: list[Pair] = []
        for item in source.split():
            pattern, _, replacement = item.partition(">")
            pair = (_fold_pattern(pattern, bare), fold(replacement, bare))
            if pair[0] not in ("$", "^") and pair not in pairs:
                pairs.append(pair)
        found.append((least, tuple(pairs)))
    return tuple(found)


def _fold_pattern(pattern: str, bare: Rules) -> str:
    if pattern.isascii():
        return pattern
    return fold(pattern.removesuffix("$"), bare) + "$"


def _steps_as_data(steps: tuple[Step, ...]) -> list[object]:
    return [[least, [list(pair) for pair in pairs]] for least, pairs in steps]


def _sounds_as_data(sounds: search_sounds.Sounds | None) -> list[object] | None:
    return None if sounds is None else [list(sounds[0]), [list(pair) for pair in sounds[1]]]


@cache
def _table(letters: tuple[str, str]) -> dict[int, int]:
    return str.maketrans(*letters)


def _pairs(units: list[str]) -> list[str]:
    if len(units) < 2:
        return units
    return [first + second for first, second in pairwise(units)]
