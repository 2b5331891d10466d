"""Drive the search dialog as readers do: by key, by thumb, by address."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect

from portal.build.search import SearchPage

from .browser import SCRIPTS, query, write_site
from .measure import pages_of

TYPED = {
    "en": "passport",
    "hi": "पासपोर्ट",
    "bn": "পাসপোর্ট",
    "si": "ගමන් බලපත්‍රය",
    "ta": "கடவுச்சீட்டு",
    "th": "หนังสือเดินทาง",
    "vi": "ho chieu",
    "zh-Hant": "护照",
}


def typed(page: Page, text: str) -> None:
    page.get_by_role("searchbox").fill(text)
    expect(page.locator(".search-result").first).to_be_visible()


def test_nothing_loads_before_search_is_opened(english: Page) -> None:
    assert english.evaluate("document.scripts.length") == 2
    assert english.evaluate("Object.keys(portalSearch).includes('open')") is False


def test_the_loader_is_small() -> None:
    assert (SCRIPTS / "loader.js").stat().st_size <= 3200


@pytest.mark.parametrize("locale", TYPED)
def test_found_and_marked_in_every_script(page: Page, tmp_path: Path, locale: str) -> None:
    page.goto(write_site(tmp_path / "site", locale, pages_of(locale)).home)
    page.get_by_role("link", name="Search").click()
    typed(page, TYPED[locale])
    first = page.locator(".search-result").first
    wanted = f"{locale}/passport/" if locale != "en" else "en/toolkits/employers/documents-and-movement/"
    expect(first.locator("a").first).to_have_attribute("href", f"{page.evaluate('portalSearch.base')}{wanted}index.html")
    expect(first.locator(".search-snippet mark").first).to_be_visible()
    expect(first.locator(".search-sections a").first).to_be_visible()
    assert 1 <= first.locator(".search-sections a").count() <= 3
    expect(page.get_by_role("status")).to_contain_text("found")


@pytest.mark.parametrize("key", ["/", "Control+k", "Meta+k"])
def test_opens_by_key_and_gives_focus_back(english: Page, key: str) -> None:
    english.get_by_role("link", name="Search").focus()
    english.keyboard.press(key)
    expect(english.get_by_role("searchbox")).to_be_focused()
    assert english.get_by_role("searchbox").input_value() == ""
    english.keyboard.press("Escape")
    expect(english.get_by_role("dialog")).to_be_hidden()
    expect(english.get_by_role("link", name="Search")).to_be_focused()


def test_slash_in_a_field_is_a_slash(english: Page) -> None:
    english.locator("#other").press("/")
    assert english.locator("#other").input_value() == "/"
    assert english.locator("dialog").count() == 0


def test_arrow_keys_walk_through_the_results(english: Page) -> None:
    english.keyboard.press("/")
    typed(english, "passport")
    english.keyboard.press("ArrowDown")
    expect(english.locator(".search-hit").first).to_be_focused()
    english.keyboard.press("ArrowUp")
    expect(english.get_by_role("searchbox")).to_be_focused()
    english.keyboard.press("Enter")
    expect(english.locator(".search-hit").first).to_be_focused()


def test_address_carries_the_query(english: Page) -> None:
    english.keyboard.press("/")
    typed(english, "wage theft")
    english.wait_for_url("**/index.html?q=wage+theft")
    english.reload()
    expect(english.get_by_role("searchbox")).to_have_value("wage theft")
    expect(english.locator(".search-result").first).to_be_visible()
    english.get_by_role("button", name="Close").click()
    expect(english).not_to_have_url(re.compile("[?]q="))


def test_nothing_found_is_said_and_offers_a_way_on(english: Page) -> None:
    english.keyboard.press("/")
    english.get_by_role("searchbox").fill("qqqqxxzz")
    expect(english.get_by_role("status")).to_have_text("Nothing found for qqqqxxzz")
    expect(english.get_by_role("link", name="Browse all pages")).to_be_visible()


def test_more_results_and_a_filter(english: Page) -> None:
    english.keyboard.press("/")
    typed(english, "worker")
    expect(english.locator(".search-result")).to_have_count(10)
    english.get_by_role("button", name="Show more").click()
    expect(english.locator(".search-result")).to_have_count(20)
    expect(english.locator(".search-hit").nth(10)).to_be_focused()
    everything = english.get_by_role("status").inner_text()
    english.get_by_label("For").last.select_option("recruiters")
    expect(english.get_by_role("status")).not_to_have_text(everything)


def test_fallbacks_are_found_and_marked(page: Page, tmp_path: Path) -> None:
    page.goto(write_site(tmp_path / "site", "th", pages_of("th")).home)
    page.keyboard.press("/")
    typed(page, "bilateral agreements")
    first = page.locator(".search-result").first
    expect(first).to_contain_text("In English")
    expect(first.locator(".search-hit")).to_have_attribute("lang", "en")


def test_text_is_never_markup(page: Page, tmp_path: Path) -> None:
    bad = SearchPage(url="x/", title="<img src=x onerror=alert(1)> fee", description="<b>fee</b>")
    page.goto(write_site(tmp_path / "site", "en", [bad]).home)
    page.keyboard.press("/")
    typed(page, "fee")
    expect(page.locator(".search-hit")).to_have_text("<img src=x onerror=alert(1)> fee")
    assert page.locator("dialog img, dialog b").count() == 0


def test_fits_a_small_screen(english: Page) -> None:
    english.keyboard.press("/")
    typed(english, "recruitment fees")
    assert english.evaluate("document.querySelector('dialog').scrollWidth <= 360")
    heights = english.evaluate(
        "[...document.querySelectorAll('dialog button:not([hidden]), dialog input, .search-hit')]"
        ".map((node) => node.getBoundingClientRect().height)"
    )
    assert min(heights) >= 36


def test_query_api(english: Page) -> None:
    found = query(english, "repay recruitment fees", limit=3)
    assert len(found) == 3
    assert set(found[0]) == {"url", "title", "score", "sections"}
    assert found[0]["url"] == "en/toolkits/employers/repaying-fees/"
    assert [one["score"] for one in found] == sorted((one["score"] for one in found), reverse=True)
    filtered = english.evaluate("portalSearch.query('fees', { filters: { audience: 'governments' } })")
    assert filtered and len(filtered) < len(query(english, "fees", limit=100))
    assert query(english, "  ") == []


def test_facets_are_counted_for_the_library(english: Page) -> None:
    english.evaluate("portalSearch.start()")
    counts = english.evaluate(
        "async () => { const index = await portalSearch.ready();"
        " return { all: index.counts('', 'audience', {}), some: index.counts('passport', 'audience', {}),"
        " size: index.search('').total }; }"
    )
    assert counts["size"] == len(pages_of("en"))
    for whole, part in zip(counts["all"], counts["some"], strict=True):
        assert whole["count"] >= part["count"]


def test_accessible(english: Page) -> None:
    english.emulate_media(reduced_motion="reduce")
    english.keyboard.press("/")
    typed(english, "passport")
    found = Axe().run(english, context=".search-dialog", options={"preload": False})
    broken = [one["id"] for one in found.response["violations"] if one["id"] != "color-contrast"]
    assert broken == []  # the colours come from the portal, whose own tests look at contrast
