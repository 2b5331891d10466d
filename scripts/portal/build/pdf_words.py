"""The strings of the PDFs: English until strings/<locale>.yml has them, and the facts of an edition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

ENGLISH: Mapping[str, str] = {
    "pdf.contents": "Contents",
    "pdf.page": "Page {page} of {pages}",
    "pdf.see_page": "page {page}",
    "pdf.audience": "For:",
    "pdf.language": "Language:",
    "pdf.edition": "Edition:",
    "pdf.edition_foot": "Edition of {date}",
    "pdf.commit": "Version:",
    "pdf.translation": "Translation:",
    "pdf.translated_share": "{done} of {total} pages are in this language; the others are in English.",
    "pdf.translated_all": "All pages are in this language.",
    "pdf.share_machine": "Translated by machine, not yet reviewed by a person: {count} of {total} pages.",
    "pdf.share_reviewed": "Written or reviewed by a person: {count} of {total} pages.",
    "pdf.living_page": "This page on the web, always up to date: {address}",
    "pdf.living_toolkit": "This toolkit on the web, always up to date: {address}",
    "pdf.notes": "Notes",
    "site.name": "Protecting Migrant Workers in Asia",
    "site.tagline": "Resource portal on ethical recruitment and COVID-19 protection",
    "site.independence": "This portal is independent. It is not legal advice.",
    "site.licence": "Text under CC BY 4.0, code under MIT.",
    "sources.title": "Sources",
}


class Say(Protocol):
    """Say a string in a locale; a key that exists nowhere comes back in brackets (portal.strings.Speaker.say)."""

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the string with its placeholders filled."""


class Date(Protocol):
    """Write an ISO date the local way (portal.strings.Speaker.date)."""

    def __call__(self, value: str, /) -> str:
        """Return the date."""


@dataclass(frozen=True)
class Facts:
    """What an edition states: its date (ISO), the commit, the public address, the locale's voice; `with_notes` adds lined pages."""

    edition: str
    commit: str
    site_url: str
    say: Say
    date: Date
    with_notes: bool = False

    def words(self, key: str, /, **values: object) -> str:
        """Return a string in the locale, in English where the locale has none."""
        text = self.say(key, **values)
        if text == f"[{key}]":
            text = ENGLISH[key]
            for name, value in values.items():
                text = text.replace("{" + name + "}", str(value))
        return text


def short_address(url: str) -> str:
    """Return an address as paper shows it: without the scheme and a last slash."""
    return url.split("://", 1)[-1].rstrip("/")
