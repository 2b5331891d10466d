"""Every template in every script, one page load each: no fault, no foreign request, no sideways scrolling, no axe violation.

Each page is looked at as on a phone, on a desk, at 200 % zoom (640 of 1280 pixels), at 320 pixels, with the text spacing of
WCAG 1.4.12, in dark mode, in forced colours and on paper.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from templates import SCRIPTS, TEMPLATES, where

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
EVERYTHING = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
COLOURS = ("cat.color",)
"""Dark mode and paper change colours and what is shown, not the structure: there axe looks at colours again."""
ALIKE = [".cards > :nth-child(n + 9)", ".publisher:nth-of-type(n + 9)", ".glossary > :nth-child(n + 17)"]
"""Long lists repeat the same markup: axe looks at the first entries (each entry's HTML is checked in test_markup)."""
WIDTHS = {"phone": 360, "desk": 1440, "200 % zoom": 640, "320 pixels": 320}
TOO_WIDE = """() => document.documentElement.scrollWidth > document.documentElement.clientWidth"""
SPACING = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
    + " p { margin-block-end: 2em !important }");
  document.adoptedStyleSheets = [sheet];
}"""
CLIPPED = """() => [...document.querySelectorAll("body *")].filter(e => {
  const s = getComputedStyle(e);
  return s.overflow !== "visible" && !["auto", "scroll"].includes(s.overflowX) && e.clientWidth > 1 && !e.closest(".trap")
    && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1) && e.innerText;
}).map(e => e.tagName + "." + e.className)"""


@dataclass
class Watched:
    """A page with what went wrong on it."""

    page: Page
    faults: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, device_scale_factor=2)
    yield context
    context.close()


def visit(context: BrowserContext, address: str, path: str) -> Watched:
    watched = Watched(context.new_page())
    watched.page.on("console", lambda m: watched.faults.append(m.text) if m.type in ("error", "warning") and "404" not in m.text else None)
    watched.page.on("pageerror", lambda e: watched.faults.append(str(e)))
    watched.page.on("request", lambda r: watched.faults.append(r.url) if not r.url.startswith(address) else None)
    watched.page.goto(address + path)
    return watched


def violations(page: Page, tags: tuple[str, ...]) -> list[str]:
    ask = "([tags, alike]) => axe.run({exclude: alike}, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"
    found = page.evaluate(ask, [tags, ALIKE])
    return [f"{v['id']}: {v['help']} {json.dumps([n['target'] for n in v['nodes']][:3])}" for v in found["violations"]]


@pytest.mark.parametrize("name", TEMPLATES)
@pytest.mark.parametrize("locale", [*SCRIPTS, "vi"])
def test_page_is_without_fault(locale: str, name: str, phone: BrowserContext, address: str) -> None:
    watched = visit(phone, address, where(locale, name))
    page, found = watched.page, watched.faults
    try:
        assert page.locator("h1").count() == 1
        assert page.title()
        page.evaluate(AXE)
        found += [f"light: {line}" for line in violations(page, EVERYTHING)]
        page.emulate_media(color_scheme="dark")
        found += [f"dark: {line}" for line in violations(page, COLOURS)]
        page.emulate_media(color_scheme="light", media="print")
        found += [f"paper: {line}" for line in violations(page, COLOURS)]
        page.emulate_media(media="screen")
        for kind, width in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": 740})
            if page.evaluate(TOO_WIDE):
                found.append(f"{kind}: scrolls sideways")
        page.evaluate(SPACING)
        if page.evaluate(TOO_WIDE):
            found.append("text spacing: scrolls sideways")
        found += [f"text spacing: {what} is cut" for what in page.evaluate(CLIPPED)]
        assert found == []
    finally:
        page.close()
