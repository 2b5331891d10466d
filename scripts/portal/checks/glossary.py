"""Glossary: a translation uses the agreed term where the English uses its term, and none of the terms to avoid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from portal import translation
from portal.checks.citations import is_known_source
from portal.checks.places import line_of
from portal.checks.reading import is_source, sections, words_of
from portal.model import Page, Problem, Site
from portal.site import DATA
from portal.suggest import did_you_mean

KEYS = ("term", "forms", "definition", "note", "avoid", "source")


def check(site: Site) -> Iterator[Problem]:
    """Yield glossary entries that are not whole, and translations that do not use the agreed terms."""
    yield from _entries(site)
    known = site.glossary.get(site.source_locale.tag, {})
    finder = _Finder(known)
    wanted: dict[str, dict[str, tuple[int, frozenset[str]]]] = {}
    for page in site.pages.values():
        source = site.source_page(page.path)
        if is_source(site, page) or source is None or translation.is_unfinished(page):
            continue
        own = site.glossary.get(page.locale, {})
        if not own or translation.status(site, site.locale(page.locale), page.path).state != "up-to-date":
            continue
        if page.path not in wanted:
            wanted[page.path] = finder.by_section(source)
        yield from _page(page, wanted[page.path], known, own)


def _page(
    page: Page, wanted: Mapping[str, tuple[int, frozenset[str]]], known: Mapping[str, Any], own: Mapping[str, Any]
) -> Iterator[Problem]:
    for section, lines in sections(page).items():
        text = "\n".join(words_of(t) for _, t in lines).casefold()
        for term in sorted(wanted.get(section, (0, frozenset()))[1]):
            entry = own.get(term)
            forms = _forms(entry)
            if forms and not any(form.casefold() in text for form in forms):
                where = f"section '{section}'" if section else "lines before the first heading"
                message = f"'{known[term]['term']}' is translated by none of the agreed forms in the {where}."
                fix = f"Use '{forms[0]}', or add the form to {DATA}glossary/{page.locale}.yml under {term}."
                yield Problem(page.file, lines[0][0] if lines else page.body_line, "glossary/other-term", message, fix, "warning")
    body = page.body.casefold()
    for term, entry in own.items():
        for avoided in (entry.get("avoid") or ()) if isinstance(entry, Mapping) and isinstance(entry.get("avoid"), list) else ():
            if isinstance(avoided, str) and avoided.casefold() in body and (place := _line_with(page, avoided, _forms(entry))):
                message = f"'{avoided}' is a term to avoid."
                yield Problem(page.file, place, "glossary/avoid", message, f"Write '{entry.get('term')}' ({term}).", "warning")


def _line_with(page: Page, avoided: str, forms: list[str]) -> int:
    """Return the first line that holds the avoided term, not as a part of an agreed form; 0 for none."""
    word = avoided.casefold()
    if len(word) < 3:
        return 0
    pattern = re.compile(rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word))
    for lines in sections(page).values():
        for line, text in lines:
            shown = words_of(text).casefold()
            for form in forms:
                if word in form.casefold():
                    shown = shown.replace(form.casefold(), " ")
            if pattern.search(shown):
                return line
    return 0


def _forms(entry: object) -> list[str]:
    if not isinstance(entry, Mapping) or not entry.get("term"):
        return []
    more = entry.get("forms")
    return [str(entry["term"]), *(str(f) for f in (more if isinstance(more, list) else ()))]


class _Finder:
    """Find the terms in English text by one pattern for all of them, the longest first."""

    def __init__(self, known: Mapping[str, Any]) -> None:
        self.owner = {form.casefold(): key for key, entry in known.items() for form in _forms(entry)}
        longest = sorted(self.owner, key=len, reverse=True)
        self.pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, longest)) + r")\b") if longest else None

    def by_section(self, page: Page) -> dict[str, tuple[int, frozenset[str]]]:
        found: dict[str, tuple[int, frozenset[str]]] = {}
        for section, lines in sections(page).items():
            if self.pattern and lines:
                text = "\n".join(words_of(t) for _, t in lines).casefold()
                found[section] = lines[0][0], frozenset(self.owner[m] for m in self.pattern.findall(text))
        return found


def _entries(site: Site) -> Iterator[Problem]:
    tag_of_source = site.source_locale.tag
    source = site.glossary.get(tag_of_source, {})
    for tag, terms in site.glossary.items():
        file = f"{DATA}glossary/{tag}.yml"
        for key, entry in terms.items():
            line = line_of(site, file, key) if not isinstance(entry, Mapping) or not entry.get("term") or key not in source else 0
            if not isinstance(entry, Mapping) or not entry.get("term"):
                yield Problem(file, line, "glossary/missing-key", f"'{key}' has no term.", "Add term: …")
                continue
            if key not in source:
                yield Problem(
                    file,
                    line,
                    "glossary/unknown-term",
                    f"unknown term '{key}'.",
                    did_you_mean(str(key), source) or "Add it in English first.",
                )
            for name in entry:
                if name not in KEYS:
                    fix = did_you_mean(str(name), KEYS) or f"Known keys: {', '.join(KEYS)}."
                    yield Problem(file, line_of(site, file, key, name), "glossary/unknown-key", f"unknown key '{name}' in '{key}'.", fix)
            for name in ("forms", "avoid"):
                if entry.get(name) is not None and not isinstance(entry[name], list):
                    yield Problem(
                        file,
                        line_of(site, file, key, name),
                        "glossary/wrong-type",
                        f"'{name}' of '{key}' is not a list.",
                        f"Write {name}: [a, b].",
                    )
            if not entry.get("definition"):
                yield Problem(file, line_of(site, file, key), "glossary/missing-key", f"'{key}' has no definition.", "Add definition: …")
            cited = entry.get("source")
            if tag == tag_of_source and cited and cited not in site.sources and not is_known_source(site, str(cited)):
                fix = did_you_mean(str(cited), site.sources) or f"Add it to {DATA}sources.yml."
                yield Problem(
                    file, line_of(site, file, key, "source"), "glossary/unknown-source", f"unknown source '{cited}' in '{key}'.", fix
                )
        for key in source:
            if terms and key not in terms:
                fix = f"Add it with its translation: '{_forms(source[key])[0] if _forms(source[key]) else key}'."
                yield Problem(file, 0, "glossary/missing-term", f"the term '{key}' is missing.", fix, "warning")
