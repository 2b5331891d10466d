"""Serve a built site as a host would: compressed with brotli, with the headers of its `_headers` file."""

from __future__ import annotations

import functools
import mimetypes
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import brotli

TEXT = (".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".csv", ".webmanifest")


@functools.cache
def _compressed(path: Path, changed: int) -> bytes:
    return brotli.compress(path.read_bytes(), quality=6)


def headers_of(site: Path) -> list[tuple[str, str]]:
    """Return the headers for every address, without those that need https."""
    rules = re.split(r"^(?=\S)", (site / "_headers").read_text(), flags=re.MULTILINE)
    block = next(rule for rule in rules if rule.startswith("/*\n")).splitlines()
    pairs = [tuple(line.strip().split(": ", 1)) for line in block if line.startswith("  ")]
    return [(name, value.replace("; upgrade-insecure-requests", "")) for name, value in pairs if name != "Strict-Transport-Security"]


class _Host(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    extra: tuple[tuple[str, str], ...] = ()

    def log_message(self, format: str, *args: object) -> None:
        return

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        found = path if path.is_file() else Path(self.directory) / "404.html"
        is_text = found.suffix in TEXT
        body = _compressed(found, found.stat().st_mtime_ns) if is_text else found.read_bytes()
        kind = mimetypes.guess_type(found.name)[0] or "application/octet-stream"
        self.send_response(200 if found is path else 404)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if is_text else kind)
        if is_text:
            self.send_header("Content-Encoding", "br")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "public, max-age=600")
        for name, value in self.extra:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def serving(site: Path) -> Iterator[str]:
    """Serve the site at a free port of this machine; give the address."""
    handler = type("Host", (_Host,), {"extra": tuple(headers_of(site))})
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
