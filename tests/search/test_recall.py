"""Labelled queries find their page among the first three, in every locale."""

import pytest
from playwright.sync_api import Browser

from .corpus import queries
from .measure import LOCALES, SmallFigures, measure

MOST_BYTES = 70_000


@pytest.fixture(scope="module")
def figures(browser: Browser) -> dict[str, SmallFigures]:
    return {locale: measure(browser, locale, heldout=True) for locale in LOCALES}


@pytest.mark.parametrize("locale", LOCALES)
def test_queries_are_labelled(locale: str) -> None:
    found = queries(locale)
    assert len(found) >= 30
    assert 0.4 <= sum(one["heldout"] for one in found) / len(found) <= 0.6
    assert {"word", "two", "misspelt", "question", "english"} <= {one["kind"] for one in found} | {"english"}


@pytest.mark.parametrize("locale", LOCALES)
def test_recall(figures: dict[str, SmallFigures], locale: str) -> None:
    assert figures[locale].recall >= 0.92, figures[locale].missed


def test_recall_over_all_locales(figures: dict[str, SmallFigures]) -> None:
    found = sum(one.found for one in figures.values())
    assert found / sum(one.asked for one in figures.values()) >= 0.97


def test_hardly_a_query_finds_nothing(figures: dict[str, SmallFigures]) -> None:
    empty = sum(one.empty for one in figures.values())
    assert empty / sum(one.asked for one in figures.values()) <= 0.01


@pytest.mark.parametrize("locale", LOCALES)
def test_weight(figures: dict[str, SmallFigures], locale: str) -> None:
    one = figures[locale]
    assert one.engine + one.index + one.texts <= MOST_BYTES
