"""On the real pages, queries that were put aside find their page among the first three."""

from collections.abc import Mapping

import pytest
from playwright.sync_api import Browser

import small
from portal.build.locale_site import read_site

from .real_site import LOCALES, ROOT, RealFigures, build_stages, measure, real_queries

AIM, AIM_IN_EACH = 0.97, 0.92
"""Reached on 2026-11-24 with queries that nobody who worked on search had seen: 97.5 % of 367, at least 93 % in each locale."""
KEPT, KEPT_IN_EACH = 0.945, 0.87
"""What queries that are known by now must go on finding: raise these, never lower them."""
MOST_BYTES = 100_000
"""Script, index and the text of the first results, compressed, for the heaviest query."""
MOST_MS = 500
"""From the arrived index to the first result, with the processor slowed six times."""


@pytest.fixture(scope="module")
def figures(browser: Browser) -> Mapping[str, RealFigures]:
    stages, site = build_stages(small.REPO / ".cache" / "tests"), read_site(ROOT)
    return {locale: measure(browser, site, stages, locale, heldout=True) for locale in LOCALES}


@pytest.fixture(scope="module")
def known(browser: Browser) -> Mapping[str, RealFigures]:
    stages, site = build_stages(small.REPO / ".cache" / "tests"), read_site(ROOT)
    return {locale: measure(browser, site, stages, locale, heldout=False) for locale in LOCALES}


@pytest.mark.parametrize("locale", LOCALES)
def test_enough_queries_of_every_kind(locale: str) -> None:
    found = real_queries(locale)
    heldout = sum(one["heldout"] for one in found)
    assert min(heldout, len(found) - heldout) >= 28
    assert {"word", "two", "prefix", "misspelt", "question"} <= {one["kind"] for one in found}


@pytest.mark.parametrize("locale", LOCALES)
def test_recall(figures: Mapping[str, RealFigures], locale: str) -> None:
    assert figures[locale].recall >= AIM_IN_EACH, figures[locale].missed


def test_recall_over_all_locales(figures: Mapping[str, RealFigures]) -> None:
    found = sum(one.found for one in figures.values())
    assert found / sum(one.asked for one in figures.values()) >= AIM


def test_what_is_known_stays_found(known: Mapping[str, RealFigures]) -> None:
    assert {locale: one.missed for locale, one in known.items() if one.recall < KEPT_IN_EACH} == {}
    assert sum(one.found for one in known.values()) / sum(one.asked for one in known.values()) >= KEPT


def test_hardly_a_query_finds_nothing(figures: Mapping[str, RealFigures]) -> None:
    empty = sum(one.empty for one in figures.values())
    assert empty / sum(one.asked for one in figures.values()) <= 0.01


@pytest.mark.parametrize("locale", LOCALES)
def test_weight_and_time(figures: Mapping[str, RealFigures], locale: str) -> None:
    assert figures[locale].most <= MOST_BYTES
    assert figures[locale].first_ms <= MOST_MS
