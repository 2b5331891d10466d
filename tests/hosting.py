"""Serve a built site within a test's own process."""

from __future__ import annotations

import io
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import BinaryIO


def headers_of(site: Path) -> list[tuple[str, str]]:
    """Return the headers that the site's _headers file has for every address, without those that need https."""
    rules = re.split(r"^(?=\S)", (site / "_headers").read_text(), flags=re.MULTILINE)
    everywhere = next(rule for rule in rules if rule.startswith("/*\n")).splitlines()
    pairs = [tuple(line.strip().split(": ", 1)) for line in everywhere if line.startswith("  ")]
    return [(name, value.replace("; upgrade-insecure-requests", "")) for name, value in pairs if name != "Strict-Transport-Security"]


class Quiet(SimpleHTTPRequestHandler):
    """A host that says nothing on the terminal and sends no headers of ours."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """Answer in full: this host knows a file's time by the second only, and a test may change a file twice within one."""
        del self.headers["If-Modified-Since"]
        return super().send_head()


@contextmanager
def serving(handler: type[SimpleHTTPRequestHandler], folder: Path) -> Iterator[str]:
    """Serve a folder at a free port of this machine; give the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
