"""Run every check."""

from __future__ import annotations

from portal.checks import (
    characters,
    citations,
    files,
    front_matter,
    glossary,
    images,
    leftovers,
    lengths,
    links,
    locales,
    markup,
    newsletter,
    owners,
    pages,
    parity,
    private,
    punctuation,
    readability,
    records,
    strings,
)  # fmt: skip
from portal.model import Problem, Site


def everything(site: Site, today: str) -> list[Problem]:
    """Return all problems of the site, sorted by place."""
    found = [
        *site.problems,
        *files.check(site),
        *front_matter.check(site),
        *citations.check(site),
        *citations.unused(site),
        *links.check(site),
        *links.orphans(site),
        *images.check(site),
        *markup.check(site),
        *characters.check(site),
        *private.check(site),
        *punctuation.check(site),
        *pages.check(site, today),
        *leftovers.check(site),
        *leftovers.empty(site),
        *leftovers.records(site),
        *parity.check(site),
        *lengths.check(site),
        *glossary.check(site),
        *readability.check(site),
        *records.check(site, today),
        *strings.check(site),
        *locales.check(site),
        *newsletter.check(site),
        *owners.check(site),
    ]
    return sorted(set(found))
