"""The Flesch-Kincaid grade: by hand for small texts, plausible for whole ones."""

from __future__ import annotations

import pytest

from portal import readability


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("cat", 1), ("worker", 2), ("agency", 3), ("made", 1), ("table", 2), ("paid", 1), ("wanted", 2), ("asked", 1), ("people", 2),
        ("embassy", 3), ("recruitment", 3), ("employer", 3), ("2026", 1), ("the", 1), ("safely", 2), ("houses", 2),
    ],
)  # fmt: skip
def test_syllables(word: str, syllables: int) -> None:
    assert readability._syllables(word) == syllables


def test_grade_by_hand() -> None:
    # 10 words, 2 sentences, 10 syllables: 0.39 * 5 + 11.8 * 1 - 15.59
    assert readability.grade(["The cat sat on it. The dog ran to it."]) == pytest.approx(-1.84)


def test_the_end_of_an_item_ends_a_sentence() -> None:
    assert readability.grade(["Pay the fee", "Keep the slip"]) == readability.grade(["Pay the fee. Keep the slip."])


def test_no_words_no_grade() -> None:
    assert readability.grade([]) == readability.grade(["*** | ---"]) == 0.0


def test_plain_text_is_easier_than_legal_text() -> None:
    plain = ["Keep your passport. Ask for a copy of what you sign."]
    legal = ["Notwithstanding contractual stipulations, intermediaries shall indemnify beneficiaries for extraterritorial liabilities."]
    assert readability.grade(plain) < 5 < 20 < readability.grade(legal)


def test_abbreviations_do_not_end_sentences() -> None:
    assert readability.sentences_of("Papers, e.g. a passport, stay with you. Dr. Lee agrees.") == ["Papers, eg a passport, stay with you", "Dr Lee agrees"]
