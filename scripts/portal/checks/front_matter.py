"""Front matter: a closed list of keys, their types, lengths, and titles that are unique in their locale."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Any

from portal.checks.words import country_codes
from portal.model import Page, Problem, Site
from portal.suggest import did_you_mean

TYPES = ("guidance", "checklist", "template", "training", "country", "corridor", "news", "page")
LISTS = ("audience", "topics", "countries", "resources", "search_terms")
DATES = ("reviewed", "review_due", "date")
SOURCE_KEYS = ("title", "description", *LISTS, "type", *DATES, "template")
TRANSLATION_KEYS = ("title", "description", "search_terms", "l10n")
METHODS = ("machine", "machine-reviewed", "human")
L10N_KEYS = ("source_blob", "method", "reviewer", "reviewed_on")
LENGTHS = {"chinese": (15, 90), "thai": (30, 170)}
LATIN_LENGTH = (50, 160)
TRANSLATION_LENGTH = (30, 240)
"""Characters of a description: the source's is kept short; translations run longer in most scripts."""
ORDER = (
    "title", "description", "audience", "topics", "countries", "type", "date", "template", "resources", "search_terms", "reviewed",
    "review_due", "l10n",
)  # fmt: skip
"""The order in which a reviewer expects the keys; `check --fix` brings them into it."""
_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_BLOB = re.compile(r"^[0-9a-f]{40}$")


def check(site: Site) -> Iterator[Problem]:
    """Yield what is wrong with the front matter of each page."""
    seen: dict[tuple[str, str, str], Page] = {}
    for page in site.pages.values():
        if not page.meta:
            continue
        yield from _keys(site, page)
        yield from _order(page)
        yield from _values(site, page)
        for key in ("title", "description"):
            value = str(page.meta.get(key, "")).strip().casefold()
            first = seen.setdefault((page.locale, key, value), page)
            if value and first is not page:
                message = f"the {key} is the same as that of {first.file}."
                yield _problem(page, key, "front-matter/not-unique", message, "Say what is different about this page.")


def _problem(page: Page, key: str, code: str, message: str, fix: str) -> Problem:
    return Problem(page.file, page.lines.get(key, 1), code, message, fix)


def _keys(site: Site, page: Page) -> Iterator[Problem]:
    is_source = page.locale == site.source_locale.tag
    known = SOURCE_KEYS if is_source else TRANSLATION_KEYS
    required = ("title", "description", "type", "audience", "topics") if is_source else ("title", "description")
    for key in page.meta:
        if key not in known:
            fix = did_you_mean(key, known) or f"Known keys: {', '.join(known)}."
            if not is_source and key in SOURCE_KEYS:
                fix = "A translation takes it from the English page: delete the line."
            yield _problem(page, key, "front-matter/unknown-key", f"unknown key '{key}' in the front matter.", fix)
    for key in required:
        if page.meta.get(key) in (None, "", []):
            yield Problem(page.file, 1, "front-matter/missing-key", f"the front matter has no '{key}'.", f"Add a line '{key}: …'.")


def _order(page: Page) -> Iterator[Problem]:
    found = [key for key in page.meta if key in ORDER]
    wanted = sorted(found, key=ORDER.index)
    for key, should in zip(found, wanted, strict=True):
        if key != should:
            fix = "Run `python3 scripts/docs.py check --fix`."
            yield Problem(page.file, page.lines.get(key, 1), "front-matter/order", f"'{key}' stands before '{should}'.", fix, "warning")
            return


def _values(site: Site, page: Page) -> Iterator[Problem]:
    meta = page.meta
    for key in ("title", "description", "type", "template"):
        if key in meta and not isinstance(meta[key], str):
            yield _problem(page, key, "front-matter/wrong-type", f"'{key}' is not a text.", f'Write {key}: "…".')
    for key in LISTS:
        if key in meta and not (isinstance(meta[key], list) and all(isinstance(v, str) for v in meta[key])):
            yield _problem(page, key, "front-matter/wrong-type", f"'{key}' is not a list of words.", f"Write {key}: [a, b].")
    for key in DATES:
        if key in meta and not is_date(str(meta[key])):
            yield _problem(page, key, "front-matter/wrong-date", f"'{meta[key]}' is not a date.", f"Write {key}: 2026-11-24.")
    if all(is_date(str(meta.get(key, ""))) for key in ("reviewed", "review_due")) and str(meta["review_due"]) <= str(meta["reviewed"]):
        message = f"review_due {meta['review_due']} does not come after reviewed {meta['reviewed']}."
        yield _problem(page, "review_due", "front-matter/wrong-date", message, "Set review_due to the next check.")
    yield from _lengths(site, page)
    if page.locale == site.source_locale.tag:
        yield from _taxonomy(site, page)
    elif "l10n" in meta:
        yield from _stamp(page, meta["l10n"])


def is_date(text: str) -> bool:
    """Tell whether a text is a day as YYYY-MM-DD that the calendar has."""
    if not _DATE.match(text):
        return False
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _lengths(site: Site, page: Page) -> Iterator[Problem]:
    text = page.meta.get("description")
    if not isinstance(text, str) or not text:
        return
    script = site.locale(page.locale).script
    low, high = LENGTHS.get(script, LATIN_LENGTH if page.locale == site.source_locale.tag else TRANSLATION_LENGTH)
    if not low <= len(text) <= high:
        message = f"the description has {len(text)} characters."
        yield _problem(page, "description", "front-matter/description-length", message, f"Write {low} to {high}.")


def _taxonomy(site: Site, page: Page) -> Iterator[Problem]:
    kind = page.meta.get("type")
    if isinstance(kind, str) and kind not in TYPES:
        fix = did_you_mean(kind, TYPES) or f"One of: {', '.join(TYPES)}."
        yield _problem(page, "type", "front-matter/unknown-type", f"unknown type '{kind}'.", fix)
    for key, group in (("audience", "audiences"), ("topics", "topics")):
        known = site.taxonomy.get(group, {})
        for value in page.meta.get(key) or [] if isinstance(page.meta.get(key), list) else []:
            if known and str(value) not in known:
                fix = did_you_mean(str(value), known) or f"One of: {', '.join(known)}."
                yield _problem(page, key, f"front-matter/unknown-{key}", f"unknown {key} '{value}'.", fix)
    countries = page.meta.get("countries")
    for value in countries if isinstance(countries, list) else []:
        if str(value) not in country_codes():
            yield _problem(page, "countries", "front-matter/unknown-country", f"unknown country '{value}'.", "Write ISO codes: [NP, MY].")
    resources = page.meta.get("resources")
    for value in resources if isinstance(resources, list) else []:
        if site.resources and str(value) not in site.resources:
            fix = did_you_mean(str(value), site.resources) or "Add the record, or mend the id."
            yield _problem(page, "resources", "front-matter/unknown-resource", f"unknown resource '{value}'.", fix)


def _stamp(page: Page, l10n: Any) -> Iterator[Problem]:
    fix = f"Run `python3 scripts/docs.py mark-synced {page.locale} {page.path}`."
    if not isinstance(l10n, dict):
        yield _problem(page, "l10n", "front-matter/wrong-stamp", "'l10n' is not a list of 'key: value' lines.", fix)
        return
    for key in l10n:
        if key not in L10N_KEYS:
            yield _problem(page, "l10n", "front-matter/wrong-stamp", f"unknown key '{key}' in l10n.", fix)
    if not _BLOB.match(str(l10n.get("source_blob", ""))):
        yield _problem(page, "l10n", "front-matter/wrong-stamp", "source_blob is not 40 hex digits.", fix)
    if l10n.get("method") not in METHODS:
        yield _problem(
            page, "l10n", "front-matter/wrong-stamp", f"method '{l10n.get('method')}' is not known.", f"One of: {', '.join(METHODS)}."
        )
    reviewer, day = l10n.get("reviewer"), l10n.get("reviewed_on")
    if reviewer is None and day is None:
        return
    again = f"Run `python3 scripts/docs.py mark-synced {page.locale} {page.path} --reviewer NAME`."
    if not (isinstance(reviewer, str) and reviewer.strip() and is_date(str(day))):
        yield _problem(page, "l10n", "front-matter/wrong-stamp", "a review needs a reviewer and the day, reviewed_on.", again)
    elif l10n.get("method") == "machine":
        message = f"reviewed by {reviewer}, but the method is machine."
        yield _problem(page, "l10n", "front-matter/wrong-stamp", message, again)
