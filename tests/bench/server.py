"""Serve a built site as a host would: compressed with brotli, with the headers of its `_headers` file."""

from __future__ import annotations

import functools
import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import brotli

import hosting

TEXT = (".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".csv", ".webmanifest")


@functools.cache
def _compressed(path: Path, changed: int) -> bytes:
    return brotli.compress(path.read_bytes(), quality=6)


class _Host(hosting.Quiet):
    protocol_version = "HTTP/1.1"
    extra: tuple[tuple[str, str], ...] = ()

    def do_GET(self) -> None:  # noqa: N802 (http.server calls it so)
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
    handler = type("Host", (_Host,), {"extra": tuple(hosting.headers_of(site))})
    with hosting.serving(handler, site) as where:
        yield where
