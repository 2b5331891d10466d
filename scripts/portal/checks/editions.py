"""Editions of toolkits: each has a day and says what changed; no page was reviewed after the newest one unnoticed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from portal import yaml_text
from portal.checks.places import line_of
from portal.model import Problem, Section, Site
from portal.site import EDITIONS
from portal.suggest import did_you_mean

SHAPE = 'Write "- date: 2026-11-24" and below it "  changes: {en: What changed.}".'


def check(site: Site, today: str) -> Iterator[Problem]:
    """Yield what is wrong with editions.yml; without that file nothing is asked of anybody."""
    if EDITIONS not in site.raw:
        return
    toolkits = {section.key: section for section in site.config.sections if section.is_toolkit}
    for key, entries in _read(site.raw[EDITIONS]).items():
        if key not in toolkits:
            fix = did_you_mean(key, toolkits) or f"Toolkits are: {', '.join(toolkits)}."
            yield Problem(EDITIONS, line_of(site, EDITIONS, key), "editions/unknown-toolkit", f"unknown toolkit '{key}'.", fix)
        yield from _entries(site, key, entries, today)
    for key, section in toolkits.items():
        yield from _newest(site, key, section)


def _read(data: bytes) -> Mapping[str, Any]:
    try:
        raw = yaml_text.load(data.decode("utf-8-sig", "replace"))
    except yaml_text.YamlProblem:
        return {}  # said when the file was read
    return {str(key): value for key, value in raw.items()} if isinstance(raw, dict) else {}


def _entries(site: Site, key: str, entries: Any, today: str) -> Iterator[Problem]:
    later = ""
    for number, entry in enumerate(entries if isinstance(entries, list) else [None]):
        line = line_of(site, EDITIONS, key, number)
        if not isinstance(entry, dict) or not isinstance(entry.get("changes"), dict) or not _is_day(str(entry.get("date"))):
            yield Problem(EDITIONS, line, "editions/wrong-entry", f"edition {number + 1} of '{key}' has no day or no changes.", SHAPE)
            continue
        day = str(entry["date"])
        if day > today:
            fix = f"Write the day on which it came out, {today} at the latest."
            yield Problem(EDITIONS, line, "editions/future-date", f"the edition of '{key}' is dated {day}, in the future.", fix)
        if later and day >= later:
            message = f"the edition of '{key}' dated {day} stands below the one dated {later}."
            yield Problem(EDITIONS, line, "editions/wrong-order", message, "Put the newest first, each day once.")
        if not entry["changes"].get(site.source_locale.tag):
            message = f"the edition of '{key}' dated {day} has no English text."
            yield Problem(EDITIONS, line, "editions/no-english", message, SHAPE)
        later = day


def _newest(site: Site, key: str, section: Section) -> Iterator[Problem]:
    if not site.editions.get(key):
        message = f"the toolkit '{key}' has no edition."
        yield Problem(EDITIONS, 1, "editions/missing", message, f'Add "{key}:" and below it an edition. {SHAPE}')
        return
    newest = site.editions[key][0].date
    reviewed = {path: str(page.meta.get("reviewed") or "") for path in section.pages if (page := site.source_page(path))}
    if after := [path for path, day in reviewed.items() if day > newest]:
        message = f"'{after[0]}' was reviewed on {reviewed[after[0]]}, after the newest edition of '{key}' ({newest})."
        fix = "If readers of a printed copy should know, add an edition that says what changed."
        yield Problem(EDITIONS, line_of(site, EDITIONS, key), "editions/outdated", message, fix, "warning")


def _is_day(text: str) -> bool:
    try:
        return len(text) == 10 and bool(datetime.date.fromisoformat(text))
    except ValueError:
        return False
