"""Where an article stands in a document, and where its links lead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from posixpath import dirname, join, normpath
from urllib.parse import urlsplit


def string(text: str) -> str:
    """Return a text as a Typst string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", " ").replace("\r", "")
    return f'"{escaped}"'


@dataclass(frozen=True)
class Place:
    """Where an article stands: prefix of its labels, its address, and where links inside the document lead.

    `inside` holds {address of a page in this document: (prefix, ids of that page)}; `site_url` is the address of the rest.
    """

    prefix: str
    address: str
    site_url: str
    inside: Mapping[str, tuple[str, frozenset[str]]] = field(default_factory=dict)

    def target(self, href: str) -> tuple[str, str]:
        """Return ("label", name of a label) or ("url", full address) of a link; ("", "") when it leads nowhere."""
        parts = urlsplit(href)
        if parts.scheme or parts.netloc:
            return "url", href
        path = normpath(join(dirname(self.address), parts.path)) if parts.path else self.address
        if path in self.inside:
            prefix, ids = self.inside[path]
            return "label", f"{prefix}-{parts.fragment}" if parts.fragment in ids else prefix
        if not self.site_url or path.startswith(".."):
            return "", ""
        url = self.site_url.rstrip("/") + "/" + re.sub(r"(^|/)index\.html$", r"\1", path)
        return "url", url + (f"#{parts.fragment}" if parts.fragment else "")
