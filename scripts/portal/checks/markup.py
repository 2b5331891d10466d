"""Markup of a page: explicit heading ids, heading order, no HTML that could run or load something."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.model import Page, Problem, Site

_ID = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
_RUNS = re.compile(r"^</?(script|iframe|object|embed|style|link|meta|form|base)\b", re.IGNORECASE)
_HANDLER = re.compile(r"\son[a-z]+\s*=|javascript:", re.IGNORECASE)


def check(site: Site) -> Iterator[Problem]:
    """Yield problems of headings and raw HTML."""
    for page in site.pages.values():
        yield from _headings(page)
        yield from _html(page)


def _headings(page: Page) -> Iterator[Problem]:
    level, seen = 1, set[str]()
    for heading in page.outline.headings:
        place = (page.file, heading.line)
        if heading.level == 1:
            yield Problem(*place, "markup/second-title", "a heading with one '#'.", "The title comes from the front matter: use '##'.")
            continue
        if heading.level > level + 1:
            message = f"a heading of level {heading.level} under one of level {level}."
            yield Problem(*place, "markup/heading-order", message, f"Use {'#' * (level + 1)}.")
        level = heading.level
        if not heading.id:
            message = f"the heading '{heading.text}' has no id."
            yield Problem(*place, "markup/no-heading-id", message, f"Write: {'#' * level} {heading.text} {{ #short-name }}.")
        elif not _ID.match(heading.id):
            fix = "Use small letters a to z, digits and hyphens."
            yield Problem(*place, "markup/odd-heading-id", f"the id '{heading.id}' will not survive in links.", fix)
        elif heading.id in seen:
            yield Problem(*place, "markup/double-heading-id", f"the id '{heading.id}' stands twice on the page.", "Give each heading its own.")
        seen.add(heading.id)


def _html(page: Page) -> Iterator[Problem]:
    for tag, line in page.outline.html:
        if _RUNS.match(tag):
            message = f"'{tag[:40]}' is not allowed in a page."
            yield Problem(page.file, line, "markup/forbidden-html", message, "Delete it: pages hold text only.")
        elif _HANDLER.search(tag):
            yield Problem(page.file, line, "markup/forbidden-html", f"'{tag[:40]}' would run a script.", "Delete the attribute.")
