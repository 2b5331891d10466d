"""Make a pack of chosen pages, share it by its address, print it."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect


def test_pack_is_made_shared_and_printed(phone: Page, address: str) -> None:
    phone.goto(address + "vi/downloads/pack.html")
    phone.locator(".pack details").nth(1).locator("summary").click()
    phone.locator("input[value='employers/repaying-fees']").check()
    phone.locator("input[value='employers/self-assessment']").check()
    phone.locator(".pack [type=submit]").click()
    expect(phone.locator(".pack__page")).to_have_count(2)
    expect(phone).to_have_url(re.compile("m=employers%2Frepaying-fees&m=employers%2Fself-assessment"))
    phone.reload()
    expect(phone.locator(".pack__page")).to_have_count(2)
    ids = phone.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    assert len(ids) == len(set(ids))
    phone.emulate_media(media="print")
    expect(phone.locator(".pack__page").first).to_be_visible()
    expect(phone.locator(".pack")).not_to_be_visible()


def test_nothing_chosen_is_said(phone: Page, address: str) -> None:
    phone.goto(address + "downloads/pack.html")
    phone.locator(".pack [type=submit]").click()
    expect(phone.locator(".pack [data-status]")).not_to_be_empty()


def test_without_script_the_ready_files_are_offered(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "downloads/pack.html")
    expect(page.locator(".pack")).not_to_be_visible()
    expect(page.locator("main a[href='index.html']").first).to_be_visible()
    context.close()
