"""Search and the resource library on the real site."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

QUERIES = {
    "en": ("recruitment fees", "toolkits/governments/fees-and-costs"),
    "bn": ("টিকা", "covid-19/vaccination-and-health-care"),
    "ne": ("खोप", "covid-19/vaccination-and-health-care"),
    "si": ("එන්නත", "covid-19/vaccination-and-health-care"),
    "ta": ("தடுப்பூசி", "covid-19/vaccination-and-health-care"),
    "th": ("วัคซีน", "covid-19/vaccination-and-health-care"),
    "zh-Hant": ("疫苗", "covid-19/vaccination-and-health-care"),
}


@pytest.mark.parametrize("locale", QUERIES)
def test_search_box_finds_the_page(locale: str, phone: Page, address: str) -> None:
    words, target = QUERIES[locale]
    phone.goto(address + ("" if locale == "en" else f"{locale}/") + "index.html")
    phone.locator(".search-open").click()
    phone.get_by_role("searchbox").fill(words)
    expect(phone.locator("dialog .search-result").first).to_be_visible()
    hrefs = phone.locator("dialog .search-result a").evaluate_all("links => links.slice(0, 12).map(a => a.getAttribute('href'))")
    assert any(target in href for href in hrefs), hrefs
    expect(phone.locator("dialog mark").first).to_be_visible()


def test_nothing_of_search_is_loaded_before_it_is_opened(phone: Page, address: str) -> None:
    loaded: list[str] = []
    phone.on("request", lambda r: loaded.append(r.url))
    phone.goto(address + "about/index.html")
    phone.wait_for_load_state("networkidle")
    assert [url for url in loaded if "/search/" in url] == []
    assert len(loaded) <= 8


def test_search_by_key_and_address(phone: Page, address: str) -> None:
    phone.goto(address + "index.html?q=passport")
    expect(phone.locator("dialog .search-result").first).to_be_visible()
    phone.keyboard.press("Escape")
    expect(phone.locator("dialog")).not_to_be_visible()
    phone.keyboard.press("/")
    expect(phone.get_by_role("searchbox")).to_be_focused()


def test_fallbacks_are_found_by_their_english_text_and_marked(phone: Page, address: str) -> None:
    phone.goto(address + "si/index.html")
    phone.keyboard.press("/")
    phone.get_by_role("searchbox").fill("bilateral agreements")
    result = phone.locator("dialog .search-result").first
    expect(result).to_be_visible()
    assert result.locator("a").first.get_attribute("href")


@pytest.mark.parametrize("locale", ["en", "th"])
def test_library_filters_count_and_reset(locale: str, phone: Page, address: str) -> None:
    phone.goto(address + ("" if locale == "en" else f"{locale}/") + "resources/index.html")
    form = phone.locator("[data-library]")
    expect(form).to_be_visible()
    whole = phone.locator(".library .card").count()
    assert whole >= 200
    phone.select_option("#library-audience", "employers")
    phone.select_option("#library-type", "checklist")
    expect(phone).to_have_url(re.compile("audience=employers.*type=checklist"))
    some = phone.locator(".library .card").count()
    assert 0 < some < whole
    assert str(some) in phone.locator("[data-found]").inner_text()
    phone.reload()
    expect(phone.locator("[data-found]")).to_contain_text(str(some))
    phone.locator("[data-library] [type=reset]").click()
    expect(phone.locator(".library .card")).to_have_count(whole)
    expect(phone).not_to_have_url(re.compile(r"\?"))


def test_library_loads_search_only_when_it_is_asked(phone: Page, address: str) -> None:
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.goto(address + "resources/index.html", wait_until="networkidle")
    expect(phone.locator("[data-found]")).to_contain_text(str(phone.locator(".library .card").count()))
    assert not any("/search/en/" in url or "engine" in url for url in asked)
    with phone.expect_request(re.compile("/search/en/library")):
        phone.locator("#library-words").focus()


def test_library_text_search_sorts_by_match(phone: Page, address: str) -> None:
    phone.goto(address + "resources/index.html")
    expect(phone.locator("[data-library]")).to_be_visible()
    phone.fill("#library-words", "dhaka principels")
    phone.locator("[data-library] [type=submit]").click()
    expect(phone.locator(".library .card").first).to_contain_text("Dhaka Principles")


def test_counts_beside_a_facet_are_what_choosing_it_shows(phone: Page, address: str) -> None:
    phone.goto(address + "resources/index.html")
    expect(phone.locator("[data-library]")).to_be_visible()
    phone.select_option("#library-country", "MY")
    expect(phone).to_have_url(re.compile("country=MY"))
    option = phone.locator("#library-topic option:not([disabled])").nth(1)
    count = int(re.search(r"\((\d+)\)", option.inner_text() or option.text_content() or "")[1])  # type: ignore[index]
    phone.select_option("#library-topic", option.get_attribute("value"))
    expect(phone.locator(".library .card")).to_have_count(count)
