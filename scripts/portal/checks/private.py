"""Private data in pages: addresses of persons, phone numbers, numbers of papers. Contacts of offices belong in the records."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.checks.reading import prose
from portal.model import Page, Problem, Site

_MAIL = re.compile(r"\b([\w.+-]+)@([\w-]+(?:\.[\w-]+)+)\b")
_OFFICES = re.compile(
    r"^(info|help|helpdesk|contact|office|complaints?|support|hotline|enquir(?:y|ies)|inquir(?:y|ies)|media|press|admin|mail|"
    r"secretariat|privacy|data|grievances?|welfare|consular|embassy|legal|desk|team|portal|name|you|someone|example)\b",
    re.IGNORECASE,
)
_FREE_MAIL = re.compile(r"^(gmail|googlemail|yahoo|ymail|hotmail|outlook|live|icloud|proton|protonmail|rediffmail|qq|163)\.", re.IGNORECASE)
_EXAMPLE = re.compile(r"(^|\.)example(\.(org|com|net))?$", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\w/.,-])(\+\d{1,3}[ ()-]?|\(?0)\d[\d ()-]{5,14}\d(?![\w/%-])")
_LONG_NUMBER = re.compile(r"\d(?:[ ()-]*\d){6}")
_PAPER = re.compile(r"\b[A-Z]{1,2}\d{7,9}\b")
_TARGET = re.compile(r"\]\((?!mailto:|tel:)[^)]*\)|\[\^[^\]]*\]")


def check(site: Site) -> Iterator[Problem]:
    """Yield what looks like a person's address, a phone number or the number of a passport."""
    for page in site.pages.values():
        if "@" in page.body or _LONG_NUMBER.search(page.body):
            yield from _lines(page)


def _lines(page: Page) -> Iterator[Problem]:
    for line, text in prose(page):
        text = _TARGET.sub(" ", text)
        for match in _MAIL.finditer(text):
            if _EXAMPLE.search(match[2]) or (_OFFICES.match(match[1]) and not _FREE_MAIL.match(match[2])):
                continue
            fix = "Name the office, and put its address into a record with its source."
            yield Problem(page.file, line, "private/email", f"'{match[0]}' may be the address of a person.", fix)
        for match in _PHONE.finditer(text):
            if 8 <= sum(c.isdigit() for c in match[0]) <= 15:
                fix = "Put it under contacts in docs/_data/countries/ with source and date, and name the office here."
                yield Problem(page.file, line, "private/phone", f"'{match[0].strip()}' looks like a phone number.", fix)
        for match in _PAPER.finditer(text):
            fix = "Take it out: a made-up example reads A0000000."
            if not match[0].endswith("000000"):
                yield Problem(page.file, line, "private/paper-number", f"'{match[0]}' looks like the number of a passport or card.", fix)
