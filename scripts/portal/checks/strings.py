"""Our own words on the page: complete in every locale, same placeholders, right plural forms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from portal.checks.places import line_of
from portal.model import Locale, Problem, Site
from portal.site import DATA
from portal.strings import plural_forms
from portal.suggest import did_you_mean

_PLACE = re.compile(r"\{[a-z_]*\}")
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
OPTIONAL = ("country.",)
_Finding = tuple[str, str, str, str]
"""Key, code, message, cure."""


def check(site: Site) -> Iterator[Problem]:
    """Yield missing and unknown strings, lost placeholders, wrong plural forms, markup."""
    source = site.strings.get(site.source_locale.tag, {})
    broken = {problem.path for problem in site.problems}
    for locale in site.locales:
        own = site.strings.get(locale.tag)
        file = f"{DATA}strings/{locale.tag}.yml"
        if own is None or file in broken:
            continue
        for key in source:
            if key not in own and not key.startswith(OPTIONAL):
                line = _where_it_belongs(site, file, list(source), own, key)
                yield Problem(file, line, "strings/missing", f"the string '{key}' is missing.", f"Translate: {_short(source[key])}")
        found = [*_unknown(source, own), *(p for key in own if key in source for p in _same(locale, str(key), source[key], own[key]))]
        for key, code, message, fix in found:
            yield Problem(file, line_of(site, file, key), f"strings/{code}", message, fix)


def _where_it_belongs(site: Site, file: str, order: list[str], own: Mapping[str, Any], key: str) -> int:
    """Return the line of the string after which the missing one stands in English; 0 where none is there."""
    before = next((k for k in reversed(order[: order.index(key)]) if k in own), None)
    return line_of(site, file, before) if before else 0


def _unknown(source: Mapping[str, Any], own: Mapping[str, Any]) -> Iterator[_Finding]:
    for key in own:
        if key not in source and not str(key).startswith(OPTIONAL):
            yield str(key), "unknown", f"unknown string '{key}'.", did_you_mean(str(key), source) or "Delete it."


def _same(locale: Locale, key: str, source: Any, own: Any) -> Iterator[_Finding]:
    if isinstance(source, Mapping) != isinstance(own, Mapping):
        shape = "plural forms" if isinstance(source, Mapping) else "one text"
        yield key, "wrong-shape", f"'{key}' must hold {shape}.", f"As in English: {_short(source)}"
        return
    texts = [str(v or "") for v in own.values()] if isinstance(own, Mapping) else [str(own or "")]
    if isinstance(own, Mapping):
        wanted, found = plural_forms(locale.cldr), frozenset(map(str, own))
        if wanted != found:
            fix = f"Write exactly: {', '.join(sorted(wanted))}."
            yield key, "plural-forms", f"'{key}' has the forms {', '.join(sorted(found))}.", fix
    elif not texts[0].strip():
        yield key, "missing", f"the string '{key}' is empty.", f"Translate: {_short(source)}"
        return
    # a singular form may say "one" in words; what the main form holds is binding
    mine = str(own.get("other", "") if isinstance(own, Mapping) else own)
    theirs = str(source.get("other", "") if isinstance(source, Mapping) else source)
    lost = set(_PLACE.findall(theirs)) ^ set(_PLACE.findall(mine))
    if lost:
        yield key, "placeholders", f"'{key}' differs in {', '.join(sorted(lost))}.", "Keep what stands in braces."
    if any(_TAG.search(text) for text in texts):
        yield key, "markup", f"'{key}' holds HTML.", "Write plain text."


def _short(value: Any) -> str:
    text = str(value.get("other") if isinstance(value, Mapping) else value)
    return f'"{text[:60]}{"…" if len(text) > 60 else ""}"'
