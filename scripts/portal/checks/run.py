"""Run every check."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from portal.checks import (
    characters,
    citations,
    editions,
    files,
    front_matter,
    glossary,
    images,
    leftovers,
    lengths,
    links,
    locales,
    markup,
    moved,
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

CHECKS: tuple[Callable[[Site, str], Iterable[Problem]], ...] = (
    lambda site, today: glossary.check(site),
    lambda site, today: leftovers.check(site),
    lambda site, today: parity.check(site),
    lambda site, today: characters.check(site),
    lambda site, today: private.check(site),
    lambda site, today: punctuation.check(site),
    lambda site, today: markup.check(site),
    lambda site, today: lengths.check(site),
    lambda site, today: files.check(site),
    lambda site, today: links.check(site),
    lambda site, today: front_matter.check(site),
    lambda site, today: records.check(site, today),
    lambda site, today: readability.check(site),
    lambda site, today: strings.check(site),
    lambda site, today: leftovers.empty(site),
    lambda site, today: leftovers.records(site),
    lambda site, today: citations.check(site),
    lambda site, today: citations.unused(site),
    lambda site, today: links.orphans(site),
    lambda site, today: images.check(site),
    lambda site, today: pages.check(site, today),
    lambda site, today: locales.check(site),
    lambda site, today: moved.check(site),
    lambda site, today: newsletter.check(site),
    lambda site, today: owners.check(site),
    lambda site, today: editions.check(site, today),
)
"""Every check, the longest first, so that several processes can share them evenly."""


def everything(site: Site, today: str) -> list[Problem]:
    """Return all problems of the site, sorted by place."""
    return sorted({*site.problems, *(problem for check in CHECKS for problem in check(site, today))})
