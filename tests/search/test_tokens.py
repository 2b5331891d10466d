"""The browser makes the same tokens as the build, for every case and every text there is."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Page

from portal.build.search import SearchPage
from portal.search_text import fold, rules_for, tokens

from .browser import query, write_site
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


@pytest.mark.parametrize("locale", ["bn", "hi", "ne", "si", "ta"])
def test_words_in_latin_letters_sound_like_their_own(page: Page, tmp_path: Path, locale: str) -> None:
    cases: dict[str, Any] = yaml.safe_load((CASES / f"{locale}.yml").read_text("utf-8"))
    page.goto(write_site(tmp_path / "site", locale, small_corpus(locale)).home)
    page.evaluate("portalSearch.start()")
    sounds = "async ([latin, own]) => { const { text } = await portalSearch.ready(); return [text.fold(latin), text.tokens(own)[0]].map(text.roman); }"
    for latin, own in cases["sounds"]:
        heard = page.evaluate(sounds, [latin, own])
        assert heard[0] == heard[1] != "", (latin, own, heard)


def test_a_word_in_latin_letters_finds_the_page_in_its_own(page: Page, tmp_path: Path) -> None:
    pages = [
        SearchPage(url="hi/debt.html", title="कर्ज़ चुकाना", description=""),
        SearchPage(url="hi/wages.html", title="वेतन", description=""),
    ]
    page.goto(write_site(tmp_path / "site", "hi", pages).home)
    page.evaluate("portalSearch.start()")
    for word, url in (("karza", "hi/debt.html"), ("vetan", "hi/wages.html")):
        assert [found["url"] for found in query(page, word)] == [url]


def test_two_syllables_that_stand_together_come_first(page: Page, tmp_path: Path) -> None:
    pages = [
        SearchPage(url="vi/apart.html", title="Thông tin về bệnh dịch", description=""),
        SearchPage(url="vi/together.html", title="Người làm việc cho bạn", description="", search_terms=("thông dịch",)),
    ]
    page.goto(write_site(tmp_path / "site", "vi", pages).home)
    page.evaluate("portalSearch.start()")
    assert query(page, "thông dịch")[0]["url"] == "vi/together.html"


def test_the_page_of_that_name_comes_before_pages_that_mention_it(page: Page, tmp_path: Path) -> None:
    pages = [
        SearchPage(url="en/a.html", title="Nepal to Malaysia: duties on both sides", description="Malaysia"),
        SearchPage(url="en/b.html", title="Malaysia", description=""),
        SearchPage(url="en/c.html", title="India to Malaysia: duties on both sides", description="Malaysia"),
    ]
    page.goto(write_site(tmp_path / "site", "en", pages).home)
    page.evaluate("portalSearch.start()")
    assert query(page, "malaysia")[0]["url"] == "en/b.html"


def test_of_two_pages_that_say_the_same_the_one_of_higher_standing_comes_first(page: Page, tmp_path: Path) -> None:
    pages = [
        SearchPage(url="en/a.html", title="Passports", description="", standing=70),
        SearchPage(url="en/b.html", title="Passports", description=""),
    ]
    page.goto(write_site(tmp_path / "site", "en", pages).home)
    page.evaluate("portalSearch.start()")
    assert [found["url"] for found in query(page, "passports")] == ["en/b.html", "en/a.html"]
