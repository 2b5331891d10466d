"""Country records as tables: the facts that no locale repeats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal import paths
from portal.model import Locale, PagePath, Site
from portal.strings import Speaker


@dataclass(frozen=True)
class SourceLink:
    """The source of a record's row: a short text and where it leads."""

    title: str
    href: str


@dataclass(frozen=True)
class Row:
    """A row of a record's table: its name, an address, a few short cells, its source."""

    name: str
    href: str
    cells: tuple[str, ...]
    source: SourceLink | None
    local_name: str = ""
    phone: str = ""
    seen: str = ""


@dataclass(frozen=True)
class CountryView:
    """A country's record, ready to print; empty tables are left out by the template."""

    code: str
    name: str
    role: str
    laws: tuple[Row, ...]
    authorities: tuple[Row, ...]
    agreements: tuple[Row, ...]
    ratifications: tuple[Row, ...]
    contacts: tuple[Row, ...]
    organisations: tuple[Row, ...]


def country(site: Site, say: Speaker, locale: Locale, code: str) -> CountryView:
    """Return the record of a country as a locale shows it. Raises KeyError for an unknown code."""
    record = site.countries[code]
    return CountryView(
        code=code, name=say.country(code), role=say.say(f"country.{record.get('role', 'origin')}"),
        laws=tuple(
            Row(e["name"], "", (_date(say, e.get("date") or e.get("year")),), _source(site, e), e.get("local_name") or "")
            for e in _entries(record, "laws")
        ),
        authorities=tuple(
            Row(e["name"], e.get("url") or "", (_roles(say, e),), _source(site, e), e.get("local_name") or "")
            for e in _entries(record, "authorities")
        ),
        agreements=tuple(
            Row(e["name"], "", (say.country(str(e.get("partner"))), _date(say, e.get("date")), _status(say, e)), _source(site, e))
            for e in _entries(record, "agreements")
        ),
        ratifications=tuple(
            Row(say.say(f"convention.{name}"), "", (_ratified(say, entry),), _source(site, entry))
            for name, entry in sorted((record.get("ratifications") or {}).items())
        ),
        contacts=tuple(
            Row(
                e["name"], e.get("url") or "", (_roles(say, e), e.get("address") or "", e.get("hours") or ""), _source(site, e),
                phone=e.get("phone") or "", seen=_date(say, e.get("page_date") or e.get("seen")),
            )
            for e in _entries(record, "contacts")
        ),
        organisations=tuple(
            Row(e["name"], e.get("url") or "", (say.say("record.mfa_member") if e.get("mfa_member") else "",), _source(site, e))
            for e in _entries(record, "organisations")
        ),
    )  # fmt: skip


def overview(site: Site, say: Speaker, locale: Locale, here: PagePath) -> list[dict[str, str]]:
    """Return a row per country page: name, role, address; origins first."""
    rows = []
    for path in site.source_paths():
        page = site.source_page(path)
        codes = page.meta.get("countries") if page else None
        if not (page and path.startswith("countries/") and codes and str(codes[0]) in site.countries):
            continue
        code = str(codes[0])
        role = str(site.countries[code].get("role", "origin"))
        rows.append({
            "code": code, "name": say.country(code), "role": role, "role_label": say.say(f"country.{role}"),
            "href": paths.relative(paths.address(locale, path), paths.address(locale, here)),
        })  # fmt: skip
    return sorted(rows, key=lambda row: (row["role"] != "origin", row["name"]))


def _entries(record: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    return [entry for entry in record.get(key) or [] if isinstance(entry, dict) and entry.get("name")]


def _source(site: Site, entry: Mapping[str, Any]) -> SourceLink | None:
    source = site.sources.get(str(entry.get("source")))
    if source is None:
        return None
    year = f", {source.year}" if source.year else ""
    return SourceLink(f"{source.publisher}{year}", source.url)


def _date(say: Speaker, value: object) -> str:
    return say.date(str(value)) if value else ""


def _roles(say: Speaker, entry: Mapping[str, Any]) -> str:
    return ", ".join(say.say(f"role.{role}") for role in entry.get("roles") or ())


def _status(say: Speaker, entry: Mapping[str, Any]) -> str:
    status = entry.get("status")
    return say.say(f"agreement.{status}") if status else ""


def _ratified(say: Speaker, entry: Mapping[str, Any]) -> str:
    """Return 'ratified, 3 January 2002' or 'not ratified as of September 2007'."""
    if entry.get("status") == "ratified":
        date = entry.get("date")
        return say.say("ratification.ratified_on", date=_date(say, date)) if date else say.say("ratification.ratified")
    as_of = entry.get("as_of") or entry.get("date")
    return say.say("ratification.not_as_of", date=_date(say, as_of)) if as_of else say.say("ratification.not")
