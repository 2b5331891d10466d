"""Sheets: parts of a page that are handed out alone, on one or two pages of paper: checklists, forms, handouts.

Which parts these are is said by the ids of their headings, which all locales share, so that nobody has to list them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from portal.model import Locale, PagePath, Site

_ALONE = re.compile(r"^(?:check-yourself|handout(?:-.+)?|(?:.+-)?(?:form|card|record|template|plan|checklist))$")


@dataclass(frozen=True)
class Sheet:
    """A part of a page: the id of its heading and the heading's text."""

    id: str
    title: str


def of_page(site: Site, locale: Locale, path: PagePath) -> tuple[Sheet, ...]:
    """Return the sheets of a page in their order, with the headings of the locale's page, else of the source page."""
    page = site.pages.get((locale.tag, path)) or site.source_page(path)
    headings = page.outline.headings if page else ()
    return tuple(Sheet(h.id, h.text) for h in headings if h.level == 2 and _ALONE.match(h.id))


def title(page: str, sheet: Sheet) -> str:
    """Return the title of a sheet's PDF."""
    return f"{page} – {sheet.title}"
