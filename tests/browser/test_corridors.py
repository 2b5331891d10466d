"""The map of the corridors for eyes, keys and screen readers, in every script and mode."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html as parse_html
from playwright.sync_api import Browser, Page

from .test_pages import AXE, EVERYTHING, SCRIPTS, violations

PAGE = "corridors/index.html"


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


def at(locale: str) -> str:
    return PAGE if locale == "en" else f"{locale}/{PAGE}"


@pytest.mark.parametrize("locale", [*SCRIPTS, "vi"])
def test_labels_stay_within_their_place(locale: str, phone: Page, address: str) -> None:
    phone.goto(address + at(locale))
    assert phone.locator(".map__name").count() == 10
    measure = "all => all.filter(p => p.scrollWidth > p.clientWidth + 1 || p.scrollHeight > p.clientHeight + 1).map(p => p.textContent)"
    assert phone.locator(".map p").evaluate_all(measure) == []
    assert phone.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("locale", ["ta", "zh-Hant"])
def test_axe_finds_nothing_on_the_map(locale: str, phone: Page, address: str) -> None:
    phone.goto(address + at(locale))
    phone.evaluate(AXE)
    assert violations(phone, EVERYTHING) == []


def test_a_corridor_is_reached_by_keyboard(phone: Page, address: str) -> None:
    phone.goto(address + PAGE)
    phone.locator(".map a").first.focus()
    phone.keyboard.press("Tab")
    focused = phone.evaluate("document.activeElement.getAttribute('aria-label')")
    assert focused == phone.locator(".map a").nth(1).get_attribute("aria-label")
    assert phone.locator(".map a:focus .map__line").evaluate("line => getComputedStyle(line).strokeWidth") == "4px"
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/corridors/*-*.html")
    assert phone.locator("h1").inner_text() == focused


def test_a_screen_reader_hears_links_and_the_table(phone: Page, address: str) -> None:
    phone.goto(address + PAGE)
    tree = phone.locator("figure.map").aria_snapshot()
    assert 'group "Map of the corridors"' in tree
    assert tree.count("link ") == 11
    assert "Bangladesh\n" not in tree


def test_map_and_table_say_the_same_in_every_locale(site: Path) -> None:
    pages = [site / PAGE, *site.glob(f"*/{PAGE}")]
    assert len(pages) == 12
    for file in pages:
        page = parse_html.fromstring(file.read_bytes())
        drawn = {(a.get("href"), a.get("aria-label")) for a in page.xpath("//figure//a")}
        listed = {(a.get("href"), a.text_content()) for a in page.xpath("//table[@id='corridor-table']//a")}
        assert drawn == listed
        assert len(drawn) >= 11
        assert page.xpath("//figure//*[@style]") == []


def test_the_map_shows_in_forced_colours_and_on_paper(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, forced_colors="active")
    page = context.new_page()
    page.goto(address + PAGE)
    stroke = "document.querySelector('.map__line')"
    assert page.evaluate(f"getComputedStyle({stroke}).stroke") != "none"
    page.emulate_media(media="print", forced_colors="none")
    assert page.evaluate(f"getComputedStyle({stroke}).stroke") == "rgb(0, 0, 0)"
    context.close()
