"""The glossary: its page, and the terms that articles link to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from portal import article
from portal.model import Locale, Site

PATH = "resources/glossary.md"
LINKED_TYPES = frozenset(("guidance", "country", "corridor", "training"))
_NO_GAPS = frozenset(("thai", "chinese"))


@dataclass(frozen=True)
class Term:
    """A glossary entry as its page shows it."""

    id: str
    term: str
    source_term: str
    definition: str
    note: str
    lang: str


def terms(site: Site, locale: Locale) -> tuple[Mapping[str, str], re.Pattern[str] | None]:
    """Return `{form in lower case: term id}` of a locale and the pattern that finds the forms."""
    forms: dict[str, str] = {}
    for key, entry in site.glossary.get(locale.tag, {}).items():
        for form in (entry.get("term"), *(entry.get("forms") or ())):
            if form:
                forms.setdefault(str(form).lower(), key)
    return forms, article.term_pattern(forms, locale.script not in _NO_GAPS)


def entries(site: Site, locale: Locale) -> tuple[Term, ...]:
    """Return the glossary of a locale in the order of its terms; a term without a translation is shown in English."""
    source = site.glossary.get(site.source_locale.tag, {})
    own = site.glossary.get(locale.tag, {})
    found = []
    for key, entry in source.items():
        mine = own.get(key) or entry
        lang = "" if key in own else site.source_locale.lang
        found.append(Term(
            id=key, term=str(mine.get("term") or entry["term"]), source_term=str(entry.get("term") or ""),
            definition=str(mine.get("definition") or entry.get("definition") or ""),
            note=str(mine.get("note") or ""), lang=lang,
        ))  # fmt: skip
    return tuple(sorted(found, key=lambda term: term.term.casefold()))
