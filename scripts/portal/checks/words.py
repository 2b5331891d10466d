"""Codes that the world has agreed on: countries and languages, from CLDR by way of Babel."""

from __future__ import annotations

from functools import lru_cache

import babel


@lru_cache(maxsize=1)
def country_codes() -> frozenset[str]:
    """Return the ISO 3166-1 alpha-2 codes."""
    codes = {str(code) for code in babel.Locale.parse("en").territories}
    return frozenset(code for code in codes if len(code) == 2 and code.isalpha()) - {"EZ", "UN", "ZZ"}


def code_of(name: str) -> str:
    """Return the cure for a name that stands where its code belongs."""
    english = babel.Locale.parse("en")
    for names in (english.languages, english.territories):
        for code, known in names.items():
            if str(known).casefold() == name.casefold():
                return f"Write its code: {str(code).replace('_', '-')}."
    return "Write the ISO code: en, NP."


@lru_cache(maxsize=1)
def language_tags() -> frozenset[str]:
    """Return the tags of languages that CLDR has a name for, with hyphens (zh-Hant)."""
    return frozenset(str(tag).replace("_", "-") for tag in babel.Locale.parse("en").languages)
