"""Every template, one locale per script, phone and desk: no fault, no foreign request, no sideways scrolling, no axe violation."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
SCRIPTS = ("en", "bn", "ne", "si", "ta", "th", "zh-Hant")
TEMPLATES = {
    "home": "index.html",
    "toolkit": "toolkits/employers/index.html",
    "module": "toolkits/employers/repaying-fees.html",
    "checklist": "toolkits/employers/self-assessment.html",
    "key messages": "covid-19/key-messages.html",
    "country": "countries/nepal.html",
    "countries": "countries/index.html",
    "corridor": "corridors/nepal-malaysia.html",
    "corridors": "corridors/index.html",
    "library": "resources/index.html",
    "glossary": "resources/glossary.html",
    "references": "resources/references.html",
    "news": "news/index.html",
    "news item": "news/2021-07-22-regional-project-launch.html",
    "newsletter": "newsletter/index.html",
    "status": "about/method.html",
    "plain": "about/privacy.html",
    "downloads": "downloads/index.html",
    "pack": "downloads/pack.html",
    "offline": "offline.html",
    "404": "no/such/page.html",
}
FEW = ("home", "module", "key messages", "country", "library", "newsletter")


@dataclass
class Watched:
    """A page with what went wrong on it."""

    page: Page
    faults: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def contexts(browser: Browser) -> Iterator[dict[str, BrowserContext]]:
    made = {
        "phone": browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, device_scale_factor=2),
        "small": browser.new_context(viewport={"width": 320, "height": 640}),
        "desk": browser.new_context(viewport={"width": 1440, "height": 900}),
        "dark": browser.new_context(viewport={"width": 360, "height": 740}, color_scheme="dark"),
        "plain": browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False),
    }
    yield made
    for context in made.values():
        context.close()


def visit(context: BrowserContext, address: str, path: str) -> Watched:
    watched = Watched(context.new_page())
    watched.page.on("console", lambda m: watched.faults.append(m.text) if m.type in ("error", "warning") and "404" not in m.text else None)
    watched.page.on("pageerror", lambda e: watched.faults.append(str(e)))
    watched.page.on("request", lambda r: watched.foreign.append(r.url) if not r.url.startswith(address) else None)
    watched.page.goto(address + path)
    return watched


def where(locale: str, name: str) -> str:
    return ("" if locale == "en" else f"{locale}/") + TEMPLATES[name]


def violations(page: Page) -> list[str]:
    page.evaluate(AXE)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", tags)
    return [f"{v['id']}: {v['help']} {json.dumps([n['target'] for n in v['nodes']][:3])}" for v in found["violations"]]


@pytest.mark.parametrize("width", ["phone", "desk"])
@pytest.mark.parametrize("name", TEMPLATES)
@pytest.mark.parametrize("locale", SCRIPTS)
def test_page_opens_without_fault(locale: str, name: str, width: str, contexts: dict[str, BrowserContext], address: str) -> None:
    watched = visit(contexts[width], address, where(locale, name))
    page = watched.page
    try:
        assert watched.faults == []
        assert watched.foreign == []
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        assert page.locator("h1").count() == 1
        assert page.title()
    finally:
        page.close()


@pytest.mark.parametrize("mode", ["phone", "dark"])
@pytest.mark.parametrize("name", TEMPLATES)
def test_axe_finds_nothing_in_english(name: str, mode: str, contexts: dict[str, BrowserContext], address: str) -> None:
    page = visit(contexts[mode], address, where("en", name)).page
    try:
        assert violations(page) == []
    finally:
        page.close()


@pytest.mark.parametrize("name", FEW)
@pytest.mark.parametrize("locale", [s for s in SCRIPTS if s != "en"])
def test_axe_finds_nothing_in_each_script(locale: str, name: str, contexts: dict[str, BrowserContext], address: str) -> None:
    page = visit(contexts["phone"], address, where(locale, name)).page
    try:
        assert violations(page) == []
    finally:
        page.close()


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_sideways_scrolling_at_320_pixels(name: str, contexts: dict[str, BrowserContext], address: str) -> None:
    page = visit(contexts["small"], address, where("ta", name)).page
    try:
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    finally:
        page.close()


@pytest.mark.parametrize("name", FEW)
def test_page_works_without_script(name: str, contexts: dict[str, BrowserContext], address: str) -> None:
    page = visit(contexts["plain"], address, where("th", name)).page
    try:
        assert page.locator("main h1").is_visible()
        page.locator(".fold--languages summary").click()
        assert page.locator(".fold--languages a[lang=vi]").is_visible()
        assert page.locator(".needs-script:visible").count() == 0
        if name == "library":
            assert page.locator(".card").count() >= 200
    finally:
        page.close()
