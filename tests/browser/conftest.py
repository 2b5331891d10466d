"""The real site in a real browser."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import small
from portal.build.run import Options, build


class _Quiet(SimpleHTTPRequestHandler):
    """Serve a folder, say nothing, send the site's own security headers and its page for missing addresses."""

    headers_text: tuple[tuple[str, str], ...] = ()

    def log_message(self, format: str, *args: object) -> None:
        return

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


def read_headers(site: Path) -> list[tuple[str, str]]:
    """Return the headers that the site's _headers file has for every address, without those that need https."""
    everywhere = re.split(r"^(?=/)", (site / "_headers").read_text(), flags=re.MULTILINE)[1]
    pairs = [tuple(line.strip().split(": ", 1)) for line in everywhere.splitlines() if line.startswith("  ")]
    return [(name, value.replace("; upgrade-insecure-requests", "")) for name, value in pairs if name != "Strict-Transport-Security"]


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
    handler = type("Handler", (_Quiet,), {"headers_text": tuple(read_headers(site))})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(root or site)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Serve the site with its own headers; return the address."""
    with serving(site) as where:
        yield where
