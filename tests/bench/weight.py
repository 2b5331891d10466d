"""Weigh the built site in Chromium, served compressed as a host would: what a reader's first and second page really fetch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import brotli
from playwright.sync_api import Browser, BrowserContext, sync_playwright

import chromium
import templates
from bench import server

LISTS = ("library", "country", "references", "glossary", "404")
"""Pages that hold a whole list for readers without JavaScript; their HTML is weighed by the first-view budget only."""
FIRST, SECOND = "home", "module"


@dataclass(frozen=True)
class View:
    """What one page view fetched, in kB as it came over the wire, and the number of requests.

    `html`, `scripts` and `styles` are bodies; `whole` counts every request with its headers.
    """

    page: str
    html: float
    scripts: float
    styles: float
    whole: float
    requests: int


def view(context: BrowserContext, address: str, page: str) -> View:
    """Open a page and return what it fetched over the network; what came from the browser's cache weighs nothing."""
    tab = context.new_page()
    session = context.new_cdp_session(tab)
    kinds: dict[str, str] = {}
    sizes: dict[str, float] = {}
    heads: dict[str, float] = {}
    session.on("Network.responseReceived", lambda e: kinds.update({e["requestId"]: e["type"]}))
    session.on("Network.responseReceived", lambda e: heads.update({e["requestId"]: e["response"]["encodedDataLength"] / 1000}))
    session.on("Network.loadingFinished", lambda e: sizes.update({e["requestId"]: e["encodedDataLength"] / 1000}))
    session.send("Network.enable")
    tab.goto(address + page, wait_until="load")
    tab.wait_for_function("document.readyState === 'complete'")
    tab.wait_for_timeout(150)
    tab.close()
    fetched = {key: size for key, size in sizes.items() if size > 0}
    bodies = [
        sum(size - heads[key] for key, size in fetched.items() if kinds.get(key) == kind) for kind in ("Document", "Script", "Stylesheet")
    ]
    return View(page, *bodies, sum(fetched.values()), len(fetched))


def first_views(browser: Browser, address: str, pages: list[str]) -> list[View]:
    """Return each page as the first one of a visit: a fresh browser profile for each."""
    found = []
    for page in pages:
        context = browser.new_context(viewport={"width": 360, "height": 740}, service_workers="block")
        found.append(view(context, address, page))
        context.close()
    return found


def second_view(browser: Browser, address: str, first: str, second: str) -> View:
    """Return a page as the second one of a visit, with what the first one left in the cache."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, service_workers="block")
    view(context, address, first)
    found = view(context, address, second)
    context.close()
    return found


def compressed(path: Path) -> float:
    """Return the size of a file in kB, in brotli at a host's usual level."""
    return len(brotli.compress(path.read_bytes(), quality=6)) / 1000


def growth(small: Path, big: Path, page: str) -> float:
    """Return by how many kB the HTML of the same page is heavier in the bigger of two sites."""
    return compressed(big / page) - compressed(small / page)


def rows(site: Path, tags: list[str], budgets: Mapping[str, float]) -> list[tuple[str, float, float]]:
    """Return the worst page of each kind against its budget; nothing where there is no built site."""
    if not (site / "index.html").exists():
        return []
    names = {templates.where(tag, name): name for tag in tags for name in templates.TEMPLATES}
    with server.serving(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.ARGUMENTS)
        views = first_views(browser, address, list(names))
        pairs = [(templates.where(tag, FIRST), templates.where(tag, SECOND)) for tag in tags]
        seconds = [second_view(browser, address, *pair) for pair in pairs]
        browser.close()
    plain = [v for v in views if names[v.page] not in LISTS]
    heavy, many = max(views, key=lambda v: v.whole), max(views, key=lambda v: v.requests)
    html, second = max(plain, key=lambda v: v.html), max(seconds, key=lambda v: v.whole)
    script = max(views, key=lambda v: v.scripts)
    return [
        (f"weight: first view of {len(views)} pages, kB ({heavy.page})", heavy.whole, budgets["first_view_kb"]),
        (f"weight: requests of a first view ({many.page})", many.requests, budgets["first_view_requests"]),
        ("weight: script and style, kB", max(v.scripts + v.styles for v in views), budgets["script_style_kb"]),
        (f"weight: all own script of a page, kB ({script.page})", script.scripts, budgets["own_script_kb"]),
        (f"weight: second page, kB ({second.page})", second.whole, budgets["second_page_kb"]),
        (f"weight: a page's HTML, kB ({html.page})", html.html, budgets["page_html_kb"]),
    ]
