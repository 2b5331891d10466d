"""Pages do their job without scripts, without images, without styles, and on paper; by keyboard alone; in forced colours."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from templates import FEW, TEMPLATES, where

DARK, FORCED = {"color_scheme": "dark"}, {"forced_colors": "active"}
FOCUS = """() => {
  const e = document.activeElement;
  const s = getComputedStyle(e), r = e.getBoundingClientRect();
  const rgb = text => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, n) => sum + v * [.2126, .7152, .0722][n], 0);
  let back = [255, 255, 255];
  for (let at = e.parentElement; at; at = at.parentElement) {
    const colour = rgb(getComputedStyle(at).backgroundColor);
    if (colour.length === 3 || colour[3] > 0) { back = colour; break; }
  }
  const [a, b] = [light(rgb(s.outlineColor)), light(back)].sort((x, y) => y - x);
  return {what: e.tagName + "." + e.className + " " + (e.id || e.textContent.trim().slice(0, 30)), body: e === document.body,
    outline: s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2, contrast: (a + .05) / (b + .05),
    seen: r.width > 0 && r.height > 0 && r.bottom > 0 && r.top < innerHeight,
    place: [...document.querySelectorAll("*")].indexOf(e)};
}"""


def opened(browser: Browser, address: str, path: str, blocked: tuple[str, ...] = (), **options: object) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, **options)  # type: ignore[arg-type]
    page = context.new_page()
    page.route("**/*", lambda route: route.abort() if route.request.resource_type in blocked else route.continue_())
    page.goto(address + path)
    yield page
    context.close()


@pytest.mark.parametrize("name", FEW)
@pytest.mark.parametrize("locale", ["en", "th"])
def test_without_script(locale: str, name: str, browser: Browser, address: str) -> None:
    for page in opened(browser, address, where(locale, name), java_script_enabled=False):
        assert page.locator("main h1").is_visible()
        page.locator(".fold--languages summary").click()
        assert page.locator(".fold--languages a[lang=vi]").is_visible()
        assert page.locator(".needs-script:visible").count() == 0
        if name == "library":
            assert page.locator(".card").count() >= 200
        if name == "newsletter":
            assert page.locator("form[method=post][action] input[required]").is_visible()


@pytest.mark.parametrize("name", [name for name in TEMPLATES if name != "404"])
def test_without_style_reading_order_makes_sense_and_all_works(name: str, browser: Browser, address: str) -> None:
    for page in opened(browser, address, where("en", name), blocked=("stylesheet", "image")):
        assert page.evaluate("getComputedStyle(document.body).margin") == "8px", "the style sheet was not to be loaded"
        order = page.evaluate(
            "[...document.querySelectorAll('.skip, header, main h1, main article, footer')].map(e => e.closest('.skip') ? 'skip' : e.tagName.toLowerCase())"
        )
        assert order == ["skip", "header", "h1", "article", "footer"]
        hidden = page.evaluate("[...document.querySelectorAll('[hidden]')].every(e => e.offsetHeight === 0)")
        assert hidden, "what is hidden must be hidden by the attribute, not by the style sheet"
        if page.locator(".trap input").count():
            assert page.locator(".trap[aria-hidden=true] input[tabindex='-1']").count() == page.locator(".trap input").count()
        menu = page.locator(".fold--menu summary")
        menu.click()
        expect(page.locator(".fold--menu a").first).to_be_visible()
        for picture in page.locator("img").all():
            assert picture.get_attribute("alt") is not None


@pytest.mark.parametrize("name", FEW)
@pytest.mark.parametrize("locale", ["en", "ta"])
def test_on_paper(locale: str, name: str, browser: Browser, address: str) -> None:
    for page in opened(browser, address, where(locale, name)):
        page.emulate_media(media="print")
        for gone in (".fold", ".search-open", ".pager", ".tools", ".newsletter", ".crumbs", "button", ".skip"):
            assert page.locator(f"{gone}:visible").count() == 0, gone
        assert page.locator("main h1").is_visible()
        for link in page.locator(".article a[href^='http']").all()[:5]:
            told = link.evaluate("e => getComputedStyle(e, '::after').content")
            assert link.get_attribute("href") in told
        if name == "module":
            first, second = page.locator(".task-list-item input").all()[:2]
            size = first.evaluate("e => [getComputedStyle(e).appearance, getComputedStyle(e).borderTopStyle, e.offsetWidth >= 18]")
            assert size == ["none", "solid", True]
            page.emulate_media(media="screen")
            second.check()
            page.emulate_media(media="print")
            assert second.evaluate("e => getComputedStyle(e).appearance") != "none", "a tick must be seen on paper"


@pytest.mark.parametrize(("name", "media"), [("home", {}), ("module", DARK), ("newsletter", FORCED), ("module", FORCED), ("library", {})])
def test_keyboard_goes_through_the_whole_page_and_focus_is_seen(name: str, media: dict[str, str], browser: Browser, address: str) -> None:
    for page in opened(browser, address, where("en", name), reduced_motion="reduce", **media):
        places: list[int] = []
        for _ in range(60 if name == "library" else 400):
            page.keyboard.press("Tab")
            focus = page.evaluate(FOCUS)
            if focus["body"] or focus["place"] in places[:1]:
                break
            places.append(focus["place"])
            assert focus["outline"], f"no outline: {focus}"
            assert focus["contrast"] >= 3, f"the outline is too faint: {focus}"
            assert focus["seen"], f"focus is out of sight: {focus}"
        assert len(places) > 15
        assert places == sorted(places), "the order of the keyboard is not the order of the page"


def test_forced_colours_show_buttons_ticks_and_the_current_place(browser: Browser, address: str) -> None:
    for page in opened(browser, address, where("en", "module"), **FORCED):
        for button in page.locator(".button:visible").all():
            assert button.evaluate("e => getComputedStyle(e).borderTopStyle !== 'none' && getComputedStyle(e).borderTopWidth !== '0px'")
        box = page.locator(".task-list-item input").first
        assert box.evaluate("e => getComputedStyle(e).appearance") == "auto"
        box.check()
        assert page.locator(".part--in-short").evaluate("e => getComputedStyle(e).borderTopStyle") == "solid"


def test_nothing_moves_for_who_asked_for_less_motion(browser: Browser, address: str) -> None:
    for page in opened(browser, address, where("en", "module"), reduced_motion="reduce"):
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
        page.locator(".search-open").click()
        assert page.evaluate("document.getAnimations().length") == 0
