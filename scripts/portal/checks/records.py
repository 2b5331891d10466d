"""Records: resources, countries, glossary and taxonomy name only what exists, with dates and addresses that can be right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

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
_DATE = re.compile(r"^\d{4}(-\d{2}){0,2}$")
_URL = re.compile(r"^https?://[^\s]+$")


def check(site: Site) -> Iterator[Problem]:
    """Yield what is wrong with the records."""
    yield from _resources(site)
    yield from _countries(site)
    yield from _glossary(site)
    for source in site.sources.values():
        if source.url and not _URL.match(source.url):
            message = f"'{source.id}' has an odd address '{source.url}'."
            yield Problem(DATA + "sources.yml", source.line, "records/odd-url", message, "Write https://…")


def _resources(site: Site) -> Iterator[Problem]:
    groups = {"audience": "audiences", "topics": "topics"}
    for resource in site.resources.values():
        file = f"{DATA}resources/{resource.id}.yml"
        for key, group in groups.items():
            known = site.taxonomy.get(group, {})
            for value in getattr(resource, key):
                if known and value not in known:
                    fix = did_you_mean(value, known) or f"See {DATA}taxonomy.yml."
                    yield Problem(file, 0, "records/unknown-word", f"unknown {key} '{value}'.", fix)
        types = site.taxonomy.get("types", {})
        if types and resource.type not in types:
            yield Problem(file, 0, "records/unknown-word", f"unknown type '{resource.type}'.", did_you_mean(resource.type, types))
        if not _URL.match(resource.url):
            yield Problem(file, 0, "records/odd-url", f"an odd address '{resource.url}'.", "Write https://…")
        if not _DATE.match(resource.seen):
            yield Problem(file, 0, "records/wrong-date", f"'{resource.seen}' is not a date.", "Write seen: 2026-11-23.")
        if not resource.summary.get(site.source_locale.tag):
            yield Problem(file, 0, "records/missing-key", "there is no English summary.", 'Write summary: {en: "…"}.')


def _countries(site: Site) -> Iterator[Problem]:
    for code, record in site.countries.items():
        file = f"{DATA}countries/{code.lower()}.yml"
        if record.get("role") not in ("origin", "destination"):
            yield Problem(file, 0, "records/unknown-word", f"role '{record.get('role')}'.", "Write origin or destination.")
        for key in record:
            if key not in ("code", "role", "ratifications", *TABLES):
                yield Problem(file, 0, "records/unknown-key", f"unknown key '{key}'.", did_you_mean(str(key), TABLES))
        for table, known in TABLES.items():
            for entry in record.get(table) or []:
                yield from _entry(site, file, table, entry, known)
        for name, entry in (record.get("ratifications") or {}).items():
            yield from _entry(site, file, f"ratifications: {name}", {"name": name, **entry}, ("name", *RATIFICATION))


def _entry(site: Site, file: str, table: str, entry: Any, known: tuple[str, ...]) -> Iterator[Problem]:
    if not isinstance(entry, Mapping) or not entry.get("name"):
        yield Problem(file, 0, "records/missing-key", f"an entry under {table} has no name.", "Add name: …")
        return
    where = f"'{entry['name']}' under {table}"
    for key in entry:
        if key not in known:
            yield Problem(file, 0, "records/unknown-key", f"unknown key '{key}' in {where}.", did_you_mean(str(key), known))
    source = entry.get("source")
    if source not in site.sources:
        fix = did_you_mean(str(source), site.sources) or f"Add it to {DATA}sources.yml."
        yield Problem(file, 0, "records/unknown-source", f"unknown source '{source}' in {where}.", fix)
    for role in entry.get("roles") or ():
        if role not in ROLES:
            yield Problem(file, 0, "records/unknown-word", f"unknown role '{role}' in {where}.", did_you_mean(str(role), ROLES))
    for key in ("date", "seen", "page_date", "as_of"):
        if entry.get(key) and not _DATE.match(str(entry[key])):
            yield Problem(file, 0, "records/wrong-date", f"{key} '{entry[key]}' of {where} is not a date.", "Write 2026-11-23, 2026-11 or 2026.")
    if table == "contacts" and not entry.get("seen"):
        yield Problem(file, 0, "records/missing-key", f"{where} has no date on which it was seen.", "Add seen: 2026-11-23.")
    url = entry.get("url")
    if url and not _URL.match(str(url)):
        yield Problem(file, 0, "records/odd-url", f"{where} has an odd address '{url}'.", "Write https://…")


def _glossary(site: Site) -> Iterator[Problem]:
    source = site.glossary.get(site.source_locale.tag, {})
    for tag, terms in site.glossary.items():
        file = f"{DATA}glossary/{tag}.yml"
        for key, entry in terms.items():
            if not isinstance(entry, Mapping) or not entry.get("term"):
                yield Problem(file, 0, "records/missing-key", f"'{key}' has no term.", "Add term: …")
            elif key not in source:
                yield Problem(file, 0, "records/unknown-key", f"unknown term '{key}'.", did_you_mean(str(key), source))
            elif tag == site.source_locale.tag and entry.get("source") and entry["source"] not in site.sources:
                fix = did_you_mean(str(entry["source"]), site.sources)
                yield Problem(file, 0, "records/unknown-source", f"unknown source '{entry['source']}' in '{key}'.", fix)
        for key in source:
            if terms and key not in terms:
                yield Problem(file, 0, "records/missing-term", f"the term '{key}' is missing.", "Add it with its translation.", "warning")
