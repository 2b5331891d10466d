"""Records: resources, countries and sources name only what exists, with dates and addresses that can be right."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from typing import Any

from portal.checks.citations import is_known_source
from portal.checks.places import line_of
from portal.checks.words import code_of, country_codes, language_tags
from portal.model import Problem, Site
from portal.site import DATA
from portal.suggest import did_you_mean

ROLES = (
    "policy", "licensing", "inspection", "complaints", "welfare", "consular", "health", "legal-aid", "shelter", "helpline",
    "union", "social-security", "anti-trafficking", "court", "immigration", "data", "training",
)  # fmt: skip
TABLES: Mapping[str, tuple[str, ...]] = {
    "laws": ("name", "local_name", "year", "date", "source"),
    "authorities": ("name", "local_name", "roles", "url", "source"),
    "agreements": ("partner", "name", "date", "status", "source"),
    "contacts": ("name", "roles", "phone", "url", "address", "languages", "hours", "seen", "page_date", "source"),
    "organisations": ("name", "url", "mfa_member", "source"),
}
RATIFICATION = ("status", "date", "as_of", "source")
CONFIDENCE = ("high", "medium")
STALE_DAYS = 365
"""Days after which a telephone number or address must be looked up again."""
MOST_SUMMARY = 300
_DATE = re.compile(r"^\d{4}(-\d{2}){0,2}$")
_URL = re.compile(r"^https?://[^\s]+$")


def check(site: Site, today: str) -> Iterator[Problem]:
    """Yield what is wrong with the records; dates are held against `today`."""
    yield from _resources(site, today)
    yield from _countries(site, today)
    for source in site.sources.values():
        at = (DATA + "sources.yml", source.line)
        if source.url and not _URL.match(source.url):
            yield Problem(*at, "records/odd-url", f"'{source.id}' has an odd address '{source.url}'.", "Write https://…")
        yield from _dates(at, f"'{source.id}'", {"seen": source.seen}, today)
        if source.confidence not in CONFIDENCE:
            fix = did_you_mean(source.confidence, CONFIDENCE) or f"One of: {', '.join(CONFIDENCE)}."
            yield Problem(*at, "records/unknown-word", f"confidence '{source.confidence}' of '{source.id}'.", fix)


def _resources(site: Site, today: str) -> Iterator[Problem]:
    known_by = {"audience": site.taxonomy.get("audiences", {}), "topics": site.taxonomy.get("topics", {}), "countries": country_codes(),
                "languages": language_tags()}  # fmt: skip
    types = site.taxonomy.get("types", {})
    addresses: dict[str, str] = {}
    for resource in site.resources.values():
        file = f"{DATA}resources/{resource.id}.yml"
        found: list[tuple[str, str, str, str]] = []
        for key, known in known_by.items():
            for value in getattr(resource, key):
                if known and value not in known:
                    is_ours = key in ("audience", "topics")
                    fix = (did_you_mean(value, known) or f"See {DATA}taxonomy.yml.") if is_ours else code_of(value)
                    found.append((key, "unknown-word", f"unknown {key} '{value}'.", fix))
        if types and resource.type not in types:
            fix = did_you_mean(resource.type, types) or f"One of: {', '.join(types)}."
            found.append(("type", "unknown-word", f"unknown type '{resource.type}'.", fix))
        if not _URL.match(resource.url):
            found.append(("url", "odd-url", f"an odd address '{resource.url}'.", "Write https://…"))
        elif first := addresses.get(resource.url.rstrip("/")):
            found.append(("url", "double-url", f"the resource '{first}' has the same address.", "Delete one of the two."))
        addresses.setdefault(resource.url.rstrip("/"), resource.id)
        if not resource.summary.get(site.source_locale.tag):
            found.append(("summary", "missing-key", "there is no English summary.", 'Write summary: {en: "…"}.'))
        for tag, text in resource.summary.items():
            if len(text) > MOST_SUMMARY:
                message = f"the summary '{tag}' has {len(text)} characters."
                found.append(("summary", "long-summary", message, f"Write {MOST_SUMMARY} at most."))
        for key, code, message, fix in found:
            yield Problem(file, line_of(site, file, key), f"records/{code}", message, fix)
        yield from _dates((file, line_of(site, file, "seen")), "this resource", {"seen": resource.seen}, today)


def _countries(site: Site, today: str) -> Iterator[Problem]:
    for code, record in site.countries.items():
        file = f"{DATA}countries/{code.lower()}.yml"
        if record.get("role") not in ("origin", "destination"):
            yield Problem(
                file, line_of(site, file, "role"), "records/unknown-word", f"role '{record.get('role')}'.", "Write origin or destination."
            )
        for key in record:
            if key not in ("code", "role", "ratifications", *TABLES):
                fix = did_you_mean(str(key), TABLES) or f"Known: {', '.join(TABLES)}."
                yield Problem(file, line_of(site, file, key), "records/unknown-key", f"unknown key '{key}'.", fix)
        for table, known in TABLES.items():
            entries = record.get(table) or []
            if not isinstance(entries, list):
                yield Problem(
                    file,
                    line_of(site, file, table),
                    "records/wrong-type",
                    f"'{table}' is not a list.",
                    "Write a line '  - {name: …}' for each.",
                )
                continue
            for number, entry in enumerate(entries):
                yield from _placed(site, file, (table, number), _entry(site, table, entry, known, today))
        for name, entry in _mapping(record.get("ratifications")).items():
            whole = {"name": name, **_mapping(entry)}
            found = _entry(site, "ratifications", whole, ("name", *RATIFICATION), today)
            yield from _placed(site, file, ("ratifications", name), found)


_Finding = tuple[str, str, str, str]
"""Code, message, cure, severity."""


def _placed(site: Site, file: str, keys: tuple[object, ...], found: Iterator[_Finding]) -> Iterator[Problem]:
    for code, message, fix, severity in found:
        yield Problem(file, line_of(site, file, *keys), f"records/{code}", message, fix, severity)


def _entry(site: Site, table: str, entry: Any, known: tuple[str, ...], today: str) -> Iterator[_Finding]:
    if not isinstance(entry, Mapping) or not entry.get("name"):
        yield "missing-key", f"an entry under {table} has no name.", "Add name: …", "error"
        return
    where = f"'{entry['name']}' under {table}"
    for key in entry:
        if key not in known:
            fix = did_you_mean(str(key), known) or f"Known: {', '.join(known)}."
            yield "unknown-key", f"unknown key '{key}' in {where}.", fix, "error"
    source = entry.get("source")
    if source not in site.sources and not is_known_source(site, str(source)):
        fix = did_you_mean(str(source), site.sources) or f"Add it to {DATA}sources.yml."
        yield "unknown-source", f"unknown source '{source}' in {where}.", fix, "error"
    for role in entry.get("roles") or ():
        if role not in ROLES:
            yield (
                "unknown-word",
                f"unknown role '{role}' in {where}.",
                did_you_mean(str(role), ROLES) or f"One of: {', '.join(ROLES)}.",
                "error",
            )
    if table == "contacts" and not entry.get("seen"):
        yield "missing-key", f"{where} has no date on which it was seen.", f"Add seen: {today}.", "error"
    url = entry.get("url")
    if url and not _URL.match(str(url)):
        yield "odd-url", f"{where} has an odd address '{url}'.", "Write https://…", "error"
    dates = {key: entry[key] for key in ("date", "seen", "page_date", "as_of") if entry.get(key)}
    for problem in _dates(("", 0), where, dates, today, is_contact=table == "contacts"):
        yield problem.code.removeprefix("records/"), problem.message, problem.fix, problem.severity


def _dates(at: tuple[str, int], where: str, dates: Mapping[str, Any], today: str, is_contact: bool = False) -> Iterator[Problem]:
    for key, value in dates.items():
        text = str(value)
        if not _is_date(text):
            yield Problem(*at, "records/wrong-date", f"{key} '{text}' of {where} is not a date.", "Write 2026-11-23, 2026-11 or 2026.")
        elif key == "seen" and text > today:
            yield Problem(
                *at, "records/future-date", f"seen '{text}' of {where} lies in the future.", f"Write the day on which you saw it ({today})."
            )
        elif key == "seen" and is_contact and len(text) == 10 and _days_between(text, today) > STALE_DAYS:
            message = f"{where} was last seen on {text}."
            yield Problem(*at, "records/stale", message, "Look it up again, mend it and set seen.", "warning")


def _is_date(text: str) -> bool:
    if not _DATE.match(text):
        return False
    try:
        datetime.date.fromisoformat((text + "-01-01")[:10] if len(text) < 10 else text)
    except ValueError:
        return False
    return True


def _days_between(earlier: str, later: str) -> int:
    return (datetime.date.fromisoformat(later) - datetime.date.fromisoformat(earlier)).days


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
