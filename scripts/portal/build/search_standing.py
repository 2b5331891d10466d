"""How much a page counts in search beside other pages that hold the same words.

The numbers were tuned on the labelled queries in `tests/search/real`; measure again when you change one.
"""

from __future__ import annotations

from collections.abc import Iterable

import babel.core

from portal.model import Locale, PagePath

FULL = 100
_BY_PATH = (
    ("covid-19/key-messages", 65),  # touches every subject in a line or two
    ("corridors/", 70),  # eleven pages of the same plan
    ("countries/", 93),
    ("about/", 92),
    ("news/", 92),
    ("newsletter/", 92),
    ("downloads/", 92),
)
_BY_NAME = {"index.md": 70, "self-assessment.md": 92, "training-session.md": 92}
_HOME = 1.2


def standing(locale: Locale, path: PagePath, countries: Iterable[str]) -> int:
    """Return the standing of a page in hundredths: less for lists of pages, more for the country of the locale's readers.

    Args:
        locale: whose index the page goes into.
        path: of the page.
        countries: the page is about, as ISO 3166 codes.
    """
    value = next((share for start, share in _BY_PATH if path.startswith(start)), FULL) / FULL
    value *= _BY_NAME.get(path.rpartition("/")[2], FULL) / FULL
    if not locale.is_source and any(_is_home(locale.cldr, country) for country in countries):
        value *= _HOME
    return round(value * FULL)


def _is_home(cldr: str, country: str) -> bool:
    """Tell whether a language is official in a country or in a part of it, by CLDR's table of territories."""
    spoken = babel.core.get_global("territory_languages").get(country, {})
    return any(facts.get("official_status") and f"{cldr}_".startswith(f"{language}_") for language, facts in spoken.items())
