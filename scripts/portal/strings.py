"""Say a string of our own in a locale: placeholders, plural forms, dates and numbers (Babel/CLDR)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import cache
from typing import Any

import babel
import babel.core
import babel.dates
import babel.numbers
import babel.plural

from portal.model import Locale


class Speaker:
    """Say strings in one locale, falling back to the source locale's text for a key that is missing."""

    def __init__(self, locale: Locale, own: Mapping[str, Any], fallback: Mapping[str, Any]) -> None:
        self.locale = locale
        self._own = own
        self._fallback = fallback

    def say(self, key: str, /, **values: object) -> str:
        """Return the string `key` with its `{placeholders}` filled; `count` chooses among plural forms.

        A key that exists nowhere comes back in brackets, so that it is seen and never breaks a page.
        """
        text = self._own.get(key, self._fallback.get(key))
        if isinstance(text, Mapping):
            count = values.get("count", 0)
            text = text.get(plural_form(self.locale.cldr, count)) or text.get("other", "")
        if text is None:
            return f"[{key}]"
        if not values:
            return str(text)
        shown = {name: self.number(v) if isinstance(v, int) else v for name, v in values.items()}
        return str(text).format_map(_Kept(shown))

    def raw(self, key: str) -> Any:
        """Return a string as it stands in the file: a text, or its plural forms; the key itself if it exists nowhere."""
        return self._own.get(key, self._fallback.get(key, key))

    def number(self, value: float) -> str:
        """Return a number the local way, always in Western digits (contribute/style)."""
        return babel.numbers.format_decimal(value, locale=self.locale.cldr, numbering_system="latn")

    def date(self, value: str) -> str:
        """Return an ISO date (YYYY, YYYY-MM or YYYY-MM-DD) written the local way in Western digits."""
        parts = str(value).split("-")
        try:
            if len(parts) == 3:
                day = datetime.date(int(parts[0]), int(parts[1]), int(parts[2]))
                return to_western(babel.dates.format_date(day, "long", locale=self.locale.cldr))
            if len(parts) == 2:
                day = datetime.date(int(parts[0]), int(parts[1]), 1)
                return to_western(babel.dates.format_skeleton("yMMMM", day, locale=self.locale.cldr))
        except ValueError:
            return str(value)
        return str(value)

    def country(self, code: str) -> str:
        """Return the name of a country by ISO code: our own string `country.XX` first, then CLDR's."""
        own = self._own.get(f"country.{code}")
        return str(own or babel.Locale.parse(self.locale.cldr).territories.get(code, code))

    def language(self, tag: str) -> str:
        """Return the name of a language in this locale by its tag."""
        names = babel.Locale.parse(self.locale.cldr).languages
        return str(names.get(tag.replace("-", "_")) or names.get(tag.split("-")[0]) or tag)


class _Kept(dict[str, object]):
    """Leave an unknown placeholder as it stands."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


@cache
def _plural_rule(cldr: str) -> babel.plural.PluralRule:
    return babel.Locale.parse(cldr).plural_form


def plural_form(cldr: str, count: object) -> str:
    """Return CLDR's plural category (`one`, `other` …) of a count in a locale."""
    return str(_plural_rule(cldr)(count if isinstance(count, int | float) else 0))


def plural_forms(cldr: str) -> frozenset[str]:
    """Return the plural categories a locale distinguishes, `other` included."""
    return frozenset(_plural_rule(cldr).tags | {"other"})


# CLDR's default numbering for bn, ne, hi … may use local digits in dates; the portal writes Western digits everywhere.
_DIGITS = str.maketrans("০১২৩৪৫৬৭৮৯०१२३४५६७८९๐๑๒๓๔๕๖๗๘๙௦௧௨௩௪௫௬௭௮௯", "0123456789" * 4)


def to_western(text: str) -> str:
    """Return the text with Bengali, Devanagari, Thai and Tamil digits as Western ones."""
    return text.translate(_DIGITS)
