"""Weigh the pages of the built site as a compressing host would send them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import brotli

_LINKED = re.compile(r'<(?:script[^>]*\ssrc|link rel="stylesheet" href)="([^"]+)"')
TEMPLATES = (
    "index", "toolkits/employers/index", "toolkits/employers/repaying-fees", "covid-19/key-messages", "countries/nepal", "countries/index",
    "corridors/nepal-malaysia", "resources/index", "resources/glossary", "resources/references", "news/index", "newsletter/index",
    "about/method", "about/privacy",
)  # fmt: skip
LISTS = ("resources/", "countries/nepal")
"""Pages that hold a whole list for readers without JavaScript; their HTML is weighed by the first-view budget only."""


def compressed(path: Path) -> int:
    """Return the size of a file in brotli at a host's usual level."""
    return len(brotli.compress(path.read_bytes(), quality=6))


def rows(site: Path, budgets: Mapping[str, float]) -> list[tuple[str, float, float]]:
    """Return the worst page of each kind against its budget, in kB."""
    if not (site / "index.html").exists():
        return []
    views: dict[str, float] = {}
    html: dict[str, float] = {}
    shared: dict[str, float] = {}
    for page in [p for t in TEMPLATES for p in (site / f"{t}.html", *site.glob(f"*/{t}.html")) if p.exists()]:
        name = page.relative_to(site).as_posix()
        linked = {(page.parent / href).resolve() for href in _LINKED.findall(page.read_text(encoding="utf-8"))}
        shared[name] = sum(compressed(file) for file in linked if file.exists()) / 1000
        size = compressed(page) / 1000
        views[name] = size + shared[name]
        if not any(part in name for part in LISTS):
            html[name] = size
    scripts = sum(compressed(file) for file in (site / "assets/javascripts").glob("*.js") if file.name != "not-found.js") / 1000
    worst = max(views, key=lambda n: views[n])
    heaviest = max(html, key=lambda n: html[n])
    return [
        (f"weight: first view, kB ({worst})", views[worst], budgets["first_view_kb"]),
        ("weight: script and style, kB", max(shared.values()), budgets["script_style_kb"]),
        ("weight: own script on every page, kB", scripts, budgets["own_script_kb"]),
        (f"weight: a page's HTML, kB ({heaviest})", html[heaviest], budgets["page_html_kb"]),
    ]
