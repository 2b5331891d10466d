"""Run every check."""

from __future__ import annotations

from portal.checks import citations, front_matter, links, locales, markup, parity, pages, records, strings
from portal.model import Problem, Site


def everything(site: Site, today: str) -> list[Problem]:
    """Return all problems of the site, sorted by place."""
    found = [
        *site.problems,
        *front_matter.check(site),
        *citations.check(site),
        *citations.unused(site),
        *links.check(site),
        *links.orphans(site),
        *markup.check(site),
        *pages.check(site, today),
        *parity.check(site),
        *records.check(site),
        *strings.check(site),
        *locales.check(site),
    ]
    return sorted(set(found))
