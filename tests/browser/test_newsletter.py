"""Subscribe, read the mail in the outbox, confirm, leave: in one locale per script, through the real form."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect
from starlette.staticfiles import StaticFiles

from signup.app import create_app
from signup.settings import for_preview

SCRIPTS = ("en", "bn", "ne", "si", "ta", "th", "zh-Hant")


@pytest.fixture(scope="module")
def portal(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the built site and the signup service on one origin; return its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    settings = for_preview(tmp_path_factory.mktemp("signup") / "signup.sqlite3", base_url=address)
    app = create_app(settings, site=StaticFiles(directory=site, html=True))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error", access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield address
    server.should_exit = True
    thread.join(10)


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


def link_in_mail(page: Page, portal: str, address: str, kind: str) -> str:
    """Return the newest link of a kind (confirm, unsubscribe) in the mails to an address, as the outbox shows them."""
    for _ in range(60):
        page.goto(f"{portal}/subscription/outbox")
        for href in page.locator("a", has_text=re.compile(".")).evaluate_all("links => links.map(a => a.href)"):
            if not re.search(r"/outbox/\d+$", href):
                continue
            page.goto(href)
            text = page.content()
            found = re.search(rf"http://127\.0\.0\.1:\d+/subscription/{kind}\?token=[\w.~-]+", text)
            if address in text and found:
                return found[0]
        page.wait_for_timeout(100)
    raise AssertionError(f"no {kind} link for {address}")


@pytest.mark.parametrize("locale", SCRIPTS)
def test_subscribe_confirm_and_leave(locale: str, phone: Page, portal: str) -> None:
    address = f"reader-{locale.lower()}@example.org"
    phone.goto(f"{portal}/{'' if locale == 'en' else locale + '/'}newsletter/index.html")
    form = phone.locator("[data-newsletter]")
    form.locator("input[type=email]").fill(address)
    form.locator("button").click()
    expect(form.locator(".error")).to_have_text(form.locator(".error").get_attribute("data-sent") or "-")
    phone.goto(link_in_mail(phone, portal, address, "confirm"))
    declared = phone.locator("html").get_attribute("lang")
    assert declared == {"zh-Hant": "zh-Hant-HK"}.get(locale, locale)
    phone.locator("form button").first.click()
    expect(phone.locator("h1, h2").first).to_be_visible()
    assert phone.locator(".error").count() == 0
    leave = link_in_mail(phone, portal, address, "unsubscribe")
    phone.goto(leave)
    assert phone.locator("html").get_attribute("lang") == declared
    phone.locator("form button").first.click()
    expect(phone.locator("h1, h2").first).to_be_visible()
    phone.goto(leave)
    assert phone.locator("h1, h2").first.is_visible()


def test_form_works_without_script(browser: Browser, portal: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{portal}/vi/newsletter/index.html")
    page.locator("[data-newsletter] input[type=email]").fill("no-script@example.org")
    page.locator("[data-newsletter] button").click()
    assert "/subscription/form" in page.url
    assert page.locator("html").get_attribute("lang") == "vi"
    context.close()


def test_trap_for_robots_is_out_of_reach(phone: Page, portal: str) -> None:
    phone.goto(f"{portal}/newsletter/index.html")
    trap = phone.locator("[name=nonce]")
    box = trap.bounding_box()
    assert box is None or box["x"] < 0
    assert trap.get_attribute("tabindex") == "-1"
    assert trap.get_attribute("autocomplete") == "off"
