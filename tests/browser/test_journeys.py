"""Journeys: what people do on the site, clicked through."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


def test_officer_finds_the_toolkit_and_switches_to_nepali(phone: Page, address: str) -> None:
    phone.goto(address)
    phone.locator(".doors a").first.click()
    expect(phone).to_have_url(re.compile("toolkits/governments/index.html"))
    phone.locator(".list a").first.click()
    phone.locator(".fold--languages summary").click()
    phone.locator(".fold--languages a[lang=ne]").click()
    expect(phone).to_have_url(re.compile("/ne/toolkits/governments/"))
    assert phone.locator("html").get_attribute("lang") == "ne"


@pytest.mark.parametrize("locale", ["bn", "th", "zh-Hant", "ta"])
def test_language_switch_keeps_the_page(locale: str, phone: Page, address: str) -> None:
    phone.goto(address + "covid-19/key-messages.html")
    phone.locator(".fold--languages summary").click()
    phone.locator(f".fold--languages a[href*='/{locale}/']").click()
    expect(phone).to_have_url(re.compile(f"/{locale}/covid-19/key-messages.html"))


def test_ticks_are_kept_and_cleared(phone: Page, address: str) -> None:
    phone.goto(address + "toolkits/employers/repaying-fees.html")
    boxes = phone.locator(".task-list-item input")
    boxes.nth(0).check()
    boxes.nth(2).check()
    expect(phone.locator("[data-progress]")).to_contain_text("2")
    phone.goto(address + "vi/toolkits/employers/repaying-fees.html")
    expect(phone.locator(".task-list-item input").nth(2)).to_be_checked()
    phone.locator("[data-clear]").click()
    phone.reload()
    assert phone.locator(".task-list-item input:checked").count() == 0


def test_tick_can_be_set_by_its_words_and_by_keyboard(phone: Page, address: str) -> None:
    phone.goto(address + "toolkits/employers/repaying-fees.html")
    phone.locator(".task-list-item label").first.click()
    expect(phone.locator(".task-list-item input").first).to_be_checked()
    phone.locator(".task-list-item input").nth(1).focus()
    phone.keyboard.press("Space")
    expect(phone.locator(".task-list-item input").nth(1)).to_be_checked()


def test_menu_opens_and_closes_by_keyboard(phone: Page, address: str) -> None:
    phone.goto(address)
    phone.locator(".fold--menu summary").focus()
    phone.keyboard.press("Enter")
    expect(phone.locator(".fold--menu nav")).to_be_visible()
    phone.keyboard.press("Escape")
    expect(phone.locator(".fold--menu nav")).not_to_be_visible()
    assert phone.evaluate("document.activeElement.matches('.fold--menu summary')")


def test_skip_link_leads_to_the_text(phone: Page, address: str) -> None:
    phone.goto(address + "about/privacy.html")
    phone.keyboard.press("Tab")
    expect(phone.locator(".skip")).to_be_focused()
    phone.keyboard.press("Enter")
    assert phone.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize(("path", "lang"), [("th/nope.html", "th"), ("zh-Hant/a/b.html", "zh-Hant-HK"), ("nope", "en")])
def test_missing_page_speaks_the_locale_of_the_address(path: str, lang: str, phone: Page, address: str) -> None:
    phone.goto(address + path)
    shown = phone.locator(".lost:visible")
    assert shown.count() == 1
    assert shown.get_attribute("lang") == lang


def test_newsletter_form_says_what_is_wrong_in_place(phone: Page, address: str) -> None:
    phone.goto(address + "bn/index.html")
    form = phone.locator("[data-newsletter]")
    form.locator("button").click()
    expect(form.locator(".error")).not_to_be_empty()
    form.locator("input[type=email]").fill("not-an-address")
    form.locator("button").click()
    expect(form.locator("input[type=email]")).to_have_attribute("aria-invalid", "true")
    expect(form.locator("input[type=email]")).to_be_focused()


def test_footnote_leads_to_its_source_and_back(phone: Page, address: str) -> None:
    phone.goto(address + "toolkits/employers/repaying-fees.html")
    phone.locator(".footnote-ref").first.click()
    expect(phone.locator(".sources li:target")).to_be_visible()
    phone.locator(".sources li:target .footnote-backref").first.click()
    expect(phone).to_have_url(re.compile("#fnref"))


@pytest.mark.parametrize("path", ["ta/toolkits/employers/employer-pays.html", "th/countries/malaysia.html", "countries/nepal.html"])
def test_a_jump_over_parts_not_yet_laid_out_lands_where_it_points(path: str, phone: Page, address: str) -> None:
    def top(of: str) -> float:
        phone.wait_for_timeout(800)  # a gliding jump would still be on its way, or have passed its aim
        place: float = phone.evaluate("id => document.getElementById(id).getBoundingClientRect().top", of)
        return place

    phone.goto(address + path + "#sources")
    assert 0 <= top("sources") < 60
    phone.goto(address + path)
    mark = phone.locator(".footnote-ref").first
    source = str(mark.get_attribute("href")).lstrip("#")
    mark.click()
    assert 0 <= top(source) < 60
    phone.locator(f"[id='{source}'] .footnote-backref").first.click()
    expect(mark).to_be_in_viewport()


def test_everything_can_be_reached_by_keyboard(phone: Page, address: str) -> None:
    phone.goto(address)
    seen: set[str] = set()
    for _ in range(60):
        phone.keyboard.press("Tab")
        state = phone.evaluate(
            "(() => { const e = document.activeElement; const s = getComputedStyle(e); const r = e.getBoundingClientRect();"
            " return [e.tagName, e.className, s.outlineStyle, r.width > 0 && r.height > 0]; })()"
        )
        if state[0] == "BODY":
            break
        seen.add(state[1])
        assert state[2] != "none", f"no visible focus on {state}"
        assert state[3], f"focus on something invisible: {state}"
    assert "button" in seen
