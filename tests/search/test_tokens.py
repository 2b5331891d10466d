"""The browser makes the same tokens as the build, for every case and every text there is."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Page

from portal.search_text import fold, rules_for, tokens

from .browser import write_site
from .corpus import small_corpus
from .measure import LOCALES, pages_of

CASES = Path(__file__).parents[1] / "cases" / "search"


@pytest.mark.parametrize("locale", LOCALES)
def test_tokens_are_the_same(page: Page, tmp_path: Path, locale: str) -> None:
    cases: dict[str, Any] = yaml.safe_load((CASES / f"{locale}.yml").read_text("utf-8"))
    pages = pages_of("en") if locale == "en" else small_corpus(locale)
    texts = [case["text"] for case in cases["tokens"]]
    texts += [text for group in cases["same"] + cases["apart"] for text in group]
    for one in pages:
        texts += [one.title, one.description, *one.search_terms]
        texts += [text for section in one.sections for text in (section.title, section.text)]
    page.goto(write_site(tmp_path / "site", locale, pages).home)
    page.evaluate("portalSearch.start()")
    found = page.evaluate(
        "async (texts) => { const { text } = await portalSearch.ready(); return texts.map((one) => [text.fold(one), text.tokens(one)]); }",
        texts,
    )
    rules = rules_for(locale)
    for one, (folded, split) in zip(texts, found, strict=True):
        assert folded == fold(one, rules)
        assert split == tokens(one, rules), one


@pytest.mark.parametrize("locale", LOCALES)
def test_english_words_of_a_fallback_are_read_as_english(page: Page, tmp_path: Path, locale: str) -> None:
    pages = pages_of(locale)[:20]
    page.goto(write_site(tmp_path / "site", locale, pages).home)
    page.evaluate("portalSearch.start()")
    text = "Recruiters, agencies and the vaccinated workers' dormitories"
    found = page.evaluate("async (one) => (await portalSearch.ready()).text.tokens(one, true)", text)
    assert found == tokens(text, rules_for("en"))
