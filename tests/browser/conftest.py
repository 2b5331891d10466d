"""The real site in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

import hosting
import small
from portal.build.run import Options, build


class _Quiet(hosting.Quiet):
    """Serve a folder, say nothing, send the site's own security headers and its page for missing addresses."""

    headers_text: tuple[tuple[str, str], ...] = ()

    def end_headers(self) -> None:
        for name, value in self.headers_text:
            self.send_header(name, value)
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.exists():
            return super().send_error(code, message, explain)
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return None


@pytest.fixture(scope="session")
def site() -> Path:
    """Build the real site (only what is stale) and return its folder."""
    cache = small.REPO / ".cache" / "tests"
    options = Options(root=small.REPO, place=cache / "site", cache=cache, with_pdf=False)
    outcome = build(options, lambda done, total, what: None)
    assert outcome.problems == []
    return options.place


@contextmanager
def serving(site: Path, root: Path | None = None) -> Iterator[str]:
    """Serve a built site with its own headers, or the folder `root` that it is in; give the address."""
    handler = type("Handler", (_Quiet,), {"headers_text": tuple(hosting.headers_of(site))})
    with hosting.serving(handler, root or site) as where:
        yield where


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Serve the site with its own headers; return the address."""
    with serving(site) as where:
        yield where


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """Give a page on a phone that fails the test on any error of a script."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: faults.append(str(e)))
    yield page
    context.close()
    assert faults == []
