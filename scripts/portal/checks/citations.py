"""Citations: every `[^id]` is a known source, every source is cited, nobody writes footnotes by hand."""

from __future__ import annotations

from collections.abc import Iterator

from portal.checks.places import line_of
from portal.model import Problem, Site
from portal.site import DATA
from portal.suggest import did_you_mean


def check(site: Site) -> Iterator[Problem]:
    """Yield unknown citations and hand-written footnotes."""
    for page in site.pages.values():
        for key, line in page.outline.citations:
            if key not in site.sources and not is_known_source(site, key):
                fix = did_you_mean(key, site.sources) or f"Add it to {DATA}sources.yml, or mend the id."
                yield Problem(page.file, line, "citations/unknown-source", f"unknown source '{key}'.", fix)
        for key, line in page.outline.definitions:
            message = f"a footnote '[^{key}]:' written by hand."
            yield Problem(page.file, line, "citations/hand-written", message, "Delete the line: the build writes it from sources.yml.")


def is_known_source(site: Site, key: str) -> bool:
    """Tell whether sources.yml names the id, even if the entry has a fault of its own, which is said there once."""
    return line_of(site, DATA + "sources.yml", key) > 0


def unused(site: Site) -> Iterator[Problem]:
    """Yield sources that neither a page nor a record cites."""
    cited = {key for page in site.pages.values() for key, _ in page.outline.citations}
    cited |= {str(entry.get("source")) for terms in site.glossary.values() for entry in terms.values() if isinstance(entry, dict)}
    for record in site.countries.values():
        for value in record.values():
            entries = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
            cited |= {str(entry.get("source")) for entry in entries if isinstance(entry, dict)}
    for key, source in site.sources.items():
        if key not in cited:
            message = f"the source '{key}' is cited nowhere."
            fix = "Cite it, or run `python3 scripts/docs.py check --fix` to take it out."
            yield Problem(DATA + "sources.yml", source.line, "citations/unused-source", message, fix)
