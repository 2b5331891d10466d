"""How hard an English text is to read: the Flesch-Kincaid grade.

    grade = 0.39 * words / sentences + 11.8 * syllables / words - 15.59

Source: Kincaid, Fishburne, Rogers and Chissom, "Derivation of new readability formulas (Automated Readability Index, Fog
Count and Flesch Reading Ease Formula) for Navy enlisted personnel", Research Branch Report 8-75, Naval Technical
Training Command, Millington, February 1975. Full stops, question and exclamation marks end a sentence,
and so does the end of an item. Syllables are counted by rule, not from a
dictionary.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?|\d[\d.,]*")
_END = re.compile(r"[.!?]+(?=\s|$)")
_ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|Mr|Ms|Mrs|Dr|No|Art|St)\.")
_VOWELS = re.compile(r"[aeiouy]+")
_CONSONANT_Y = re.compile(r"(?<=[aeiou])y(?=[aeiou])")
_SILENT = re.compile(r"(?:[^laeiouy]e|[^dtaeiouy]ed|[^cgsxzhaeiouy]es|[^s]ely)$")


def grade(blocks: Iterable[str]) -> float:
    """Return the grade of a text given as blocks (paragraphs, items); the end of a block ends a sentence. 0 for no words."""
    words = sentences = syllables = 0
    for block in blocks:
        found = _WORD.findall(block)
        if not found:
            continue
        words += len(found)
        sentences += len(sentences_of(block))
        syllables += sum(_syllables(word.lower()) for word in found)
    if not words:
        return 0.0
    return 0.39 * words / max(1, sentences) + 11.8 * syllables / words - 15.59


def sentences_of(block: str) -> list[str]:
    """Return the sentences of a block that hold a word."""
    text = _ABBREVIATION.sub(lambda m: m[0].replace(".", ""), block)
    return [part.strip() for part in _END.split(text) if _WORD.search(part)]


def count_words(text: str) -> int:
    """Return the number of words and numbers."""
    return len(_WORD.findall(text))


@lru_cache(maxsize=50_000)
def _syllables(word: str) -> int:
    if not word[0].isalpha():
        return 1
    word = _CONSONANT_Y.sub("w", word)
    count = len(_VOWELS.findall(word))
    if _SILENT.search(word) and not word.endswith("le"):
        count -= 1
    if word.endswith(("ia", "ian", "ium", "ious", "iety", "iate", "ual", "uous", "eo")) and len(word) > 4:
        count += 1
    return max(1, count)
