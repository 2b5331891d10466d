"""Run the golden cases of search text through Python; `tests/search` runs them in a browser."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from portal import search_rules
from portal.search_text import fold, normalise, rules_as_data, rules_for, stem, tokens, words

CASES = Path(__file__).parents[1] / "cases" / "search"
LOCALES = sorted(path.stem for path in CASES.glob("*.yml"))


def load(locale: str) -> dict[str, Any]:
    cases: dict[str, Any] = yaml.safe_load((CASES / f"{locale}.yml").read_text("utf-8"))
    return cases


def test_every_locale_with_rules_has_cases() -> None:
    assert LOCALES == sorted(search_rules.STEPS) == sorted(search_rules.STOP)


@pytest.mark.parametrize("locale", LOCALES)
def test_tokens(locale: str) -> None:
    rules = rules_for(locale)
    for case in load(locale)["tokens"]:
        assert tokens(case["text"], rules) == case["tokens"], case["why"]


@pytest.mark.parametrize("locale", LOCALES)
def test_spellings_of_one_word_are_one(locale: str) -> None:
    rules = rules_for(locale)
    for group in load(locale)["same"]:
        assert len({tuple(tokens(text, rules)) for text in group}) == 1, group


@pytest.mark.parametrize("locale", LOCALES)
def test_different_words_stay_apart(locale: str) -> None:
    rules = rules_for(locale)
    for one, two in load(locale)["apart"]:
        assert tokens(one, rules) != tokens(two, rules)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_ending_has_a_case(locale: str) -> None:
    named = {case["why"].partition(": ")[2] for case in load(locale)["tokens"]}
    for _, source in search_rules.STEPS[locale]:
        assert set(source.split()) <= named


@pytest.mark.parametrize("locale", LOCALES)
def test_every_folded_letter_has_a_case(locale: str) -> None:
    text = " ".join(case["text"] for case in load(locale)["tokens"])
    assert set(rules_for(locale).letters[0]) <= set(normalise(text)) | set(text)


def test_letters_come_in_pairs() -> None:
    for pairs in search_rules.LETTERS_OF.values():
        assert all(len(pair) == 2 for pair in pairs.split())
        firsts = [pair[0] for pair in pairs.split()]
        assert len(firsts) == len(set(firsts)), "a letter is folded twice"


def test_folding_twice_changes_nothing_more() -> None:
    for locale in LOCALES:
        rules = rules_for(locale)
        for case in load(locale)["tokens"]:
            once = fold(case["text"], rules)
            assert fold(once, rules) == once, (locale, case["text"])


def test_words_say_whether_they_were_cut() -> None:
    found = words("COVID-19 疫苗接種", rules_for("zh-Hant"))
    assert [(word.text, word.is_cut) for word in found] == [
        ("covid", False),
        ("19", False),
        ("疫苗", True),
        ("苗接", True),
        ("接種", True),
    ]


def test_an_unknown_locale_is_read_as_english() -> None:
    assert tokens("Recruiters of the agencies", rules_for("xx")) == tokens("recruiter agency", rules_for("en"))


def test_stem_leaves_short_words() -> None:
    assert stem("bed", rules_for("en")) == "bed"


def test_rules_are_plain_data() -> None:
    for locale in LOCALES:
        data = rules_as_data(rules_for(locale))
        assert json.loads(json.dumps(data)) == data
