"""Pages for the search tests; the browser is that of tests/conftest.py."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from .browser import write_site
from .measure import pages_of


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give a fresh page that fails the test on any error of a script or of the policy."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    found = context.new_page()
    errors: list[str] = []
    found.on("pageerror", lambda error: errors.append(str(error)))
    found.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    yield found
    context.close()
    assert errors == []


@pytest.fixture
def english(page: Page, tmp_path: Path) -> Page:
    """Give a page of a small English site, open at its home."""
    page.goto(write_site(tmp_path / "site", "en", pages_of("en")).home)
    return page
