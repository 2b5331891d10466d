"""Every PDF of the real site in every locale: valid PDF/UA-1, and its words come back from the file."""

from __future__ import annotations

import multiprocessing
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

import pdf_reading
import small
from pdf_reading import Judged
from portal.build import pdf_plan, printing
from portal.build.locale_site import read_site
from portal.build.run import Options, build

CACHE = small.REPO / ".cache" / "tests-pdf"
SITE = read_site(small.REPO)
TAGS = [locale.tag for locale in SITE.locales]


@pytest.fixture(scope="module")
def judged() -> list[Judged]:
    """Build the real site with its PDFs (only what is stale) and judge each of them."""
    outcome = build(Options(root=small.REPO, place=CACHE / "site", cache=CACHE), lambda done, total, what: None)
    assert outcome.problems == []
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(mp_context=spawn) as pool:
        jobs = [
            pool.submit(pdf_reading.judge, CACHE / "site/downloads" / document.file, tag, _articles(document, CACHE / "stage" / tag))
            for tag in TAGS
            for document in pdf_plan.documents(SITE, SITE.locale(tag))
        ]
        return [job.result() for job in jobs]


def _articles(document: pdf_plan.Document, stage: Path) -> list[tuple[str, str]]:
    pages = printing.pages_of(document, stage)
    return [(pages[leaf.path], leaf.section) for leaf in document.leaves]


@pytest.mark.parametrize("tag", TAGS)
def test_every_pdf_of_a_locale_is_valid_pdf_ua(judged: list[Judged], tag: str) -> None:
    found = [one for one in judged if one.tag == tag]
    assert len(found) > 70
    assert [failure for one in found for failure in one.failures] == []


@pytest.mark.parametrize("reader", pdf_reading.LEAST)
@pytest.mark.parametrize("tag", TAGS)
def test_the_words_come_back(judged: list[Judged], tag: str, reader: str) -> None:
    found: Counter[str] = Counter()
    for one in judged:
        if one.tag == tag:
            found.update(read=one.words[reader][0], wanted=one.words[reader][1])
    assert found["wanted"] > 20_000
    assert found["read"] / found["wanted"] >= pdf_reading.LEAST[reader]
