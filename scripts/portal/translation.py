"""Judge translations: is a page of a locale missing, outdated, untracked, orphaned or up to date?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from portal import markdown
from portal.model import Locale, Page, PagePath, Site, TranslationStatus

SOURCE_ONLY = ("contribute/",)
"""Sections that stay in the source locale."""


TO_DO = "<!-- en:"
"""How a comment begins that holds English text still to be translated (`docs.py translate` writes them)."""


def is_unfinished(page: Page) -> bool:
    """Tell whether a translation still holds English text to work through."""
    return TO_DO in page.body


def is_for_translation(path: PagePath) -> bool:
    """Tell whether a page is meant to exist in every locale."""
    return not path.startswith(SOURCE_ONLY)


def hashes(page: Page) -> dict[str, str]:
    """Return the section hashes of a page as it is now."""
    return markdown.section_hashes(str(page.meta.get("title", "")), str(page.meta.get("description", "")), page.body)


def status(site: Site, locale: Locale, path: PagePath) -> TranslationStatus:
    """Return the status of one page in one locale (not the source locale)."""
    source, page = site.source_page(path), site.pages.get((locale.tag, path))
    if page is None or (source and is_unfinished(page)):
        return TranslationStatus(locale.tag, path, "missing")
    l10n = page.meta.get("l10n")
    l10n = l10n if isinstance(l10n, dict) else {}
    method = str(l10n.get("method", ""))
    if source is None:
        return TranslationStatus(locale.tag, path, "orphaned", method)
    stamp = str(l10n.get("source_blob", ""))
    if not stamp:
        return TranslationStatus(locale.tag, path, "untracked", method)
    if stamp == source.blob:
        return TranslationStatus(locale.tag, path, "up-to-date", method)
    old = site.old_sections.get(stamp)
    if old is None:
        return TranslationStatus(locale.tag, path, "outdated", method, None)
    changed = changed_sections(old, hashes(source))
    return TranslationStatus(locale.tag, path, "outdated" if changed else "up-to-date", method, changed)


def changed_sections(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[str, ...]:
    """Return the ids of sections that changed, came or went, in the order of the new text; gone ones at the end."""
    came = [key for key, value in new.items() if old.get(key) != value]
    return tuple(came + [key for key in old if key not in new])


def all_statuses(site: Site) -> list[TranslationStatus]:
    """Return the status of every page that is meant for translation, in every locale but the source."""
    wanted = [path for path in site.source_paths() if is_for_translation(path)]
    found: list[TranslationStatus] = []
    for locale in site.locales:
        if locale.is_source:
            continue
        found += [status(site, locale, path) for path in wanted]
        orphans = sorted(path for tag, path in site.pages if tag == locale.tag and site.source_page(path) is None)
        found += [status(site, locale, path) for path in orphans]
    return found


@dataclass(frozen=True)
class Share:
    """The state of one locale in numbers of pages."""

    locale: str
    pages: int
    translated: int
    outdated: int
    machine: int
    reviewed: int


def shares(site: Site) -> list[Share]:
    """Return one row per locale but the source: pages wanted, translated, outdated, machine-made, reviewed."""
    rows: list[Share] = []
    by_locale: dict[str, list[TranslationStatus]] = {}
    for entry in all_statuses(site):
        by_locale.setdefault(entry.locale, []).append(entry)
    for tag, entries in by_locale.items():
        states = Counter(entry.state for entry in entries)
        here = [e for e in entries if e.state in ("up-to-date", "outdated", "untracked")]
        rows.append(Share(
            locale=tag, pages=sum(states.values()) - states["orphaned"], translated=len(here),
            outdated=states["outdated"],
            machine=sum(e.method == "machine" for e in here),
            reviewed=sum(e.method in ("machine-reviewed", "human") for e in here),
        ))  # fmt: skip
    return rows
