"""Our own words on the page: complete in every locale, same placeholders, right plural forms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from portal.model import Locale, Problem, Site
from portal.site import DATA
from portal.strings import plural_forms
from portal.suggest import did_you_mean

_PLACE = re.compile(r"\{[a-z_]*\}")
OPTIONAL = ("country.",)


def check(site: Site) -> Iterator[Problem]:
    """Yield missing and unknown strings, lost placeholders, wrong plural forms."""
    source = site.strings.get(site.source_locale.tag, {})
    for locale in site.locales:
        own = site.strings.get(locale.tag)
        if own is None:
            continue
        file = f"{DATA}strings/{locale.tag}.yml"
        for key in source:
            if key not in own and not key.startswith(OPTIONAL):
                yield Problem(file, 0, "strings/missing", f"the string '{key}' is missing.", f"Translate: {_short(source[key])}")
        for key, value in own.items():
            if key not in source and not str(key).startswith(OPTIONAL):
                fix = did_you_mean(str(key), source) or "Delete it."
                yield Problem(file, 0, "strings/unknown", f"unknown string '{key}'.", fix)
            elif key in source:
                yield from _same(file, locale, str(key), source[key], value)


def _same(file: str, locale: Locale, key: str, source: Any, own: Any) -> Iterator[Problem]:
    if isinstance(source, Mapping) != isinstance(own, Mapping):
        shape = "plural forms" if isinstance(source, Mapping) else "one text"
        yield Problem(file, 0, "strings/wrong-shape", f"'{key}' must hold {shape}.", f"As in English: {_short(source)}")
        return
    if isinstance(own, Mapping):
        wanted, found = plural_forms(locale.cldr), frozenset(map(str, own))
        if wanted != found:
            fix = f"Write exactly: {', '.join(sorted(wanted))}."
            yield Problem(file, 0, "strings/plural-forms", f"'{key}' has the forms {', '.join(sorted(found))}.", fix)
        return
    if not str(own or "").strip():
        yield Problem(file, 0, "strings/missing", f"the string '{key}' is empty.", f"Translate: {_short(source)}")
    lost = set(_PLACE.findall(str(source))) ^ set(_PLACE.findall(str(own)))
    if lost:
        yield Problem(file, 0, "strings/placeholders", f"'{key}' differs in {', '.join(sorted(lost))}.", "Keep what stands in braces.")


def _short(value: Any) -> str:
    text = str(value.get("other") if isinstance(value, Mapping) else value)
    return f'"{text[:60]}{"…" if len(text) > 60 else ""}"'
