"""The resource library, and the slices of it that pages show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from portal.model import Locale, Resource, Site, Source
from portal.strings import Speaker
from portal.views.page import label


@dataclass(frozen=True)
class ResourceView:
    """A resource as a list shows it; ids for the filters, labels for the reader."""

    id: str
    title: str
    publisher: str
    year: str
    href: str
    type: str
    type_label: str
    audience: tuple[str, ...]
    audience_labels: tuple[str, ...]
    topics: tuple[str, ...]
    topic_labels: tuple[str, ...]
    countries: tuple[str, ...]
    country_labels: tuple[str, ...]
    languages: tuple[str, ...]
    language_labels: tuple[str, ...]
    format: str
    size: str
    summary: str
    summary_lang: str
    seen: str
    url_note: str


def view(site: Site, say: Speaker, locale: Locale, resource: Resource) -> ResourceView:
    """Return one resource as a locale shows it; its summary in English where there is none of the locale's own."""
    own = resource.summary.get(locale.tag)
    source = site.source_locale
    return ResourceView(
        id=resource.id, title=resource.title, publisher=resource.publisher, year=str(resource.year or ""),
        href=resource.url, type=resource.type, type_label=label(site, locale, "types", resource.type),
        audience=resource.audience, audience_labels=tuple(label(site, locale, "audiences", k) for k in resource.audience),
        topics=resource.topics, topic_labels=tuple(label(site, locale, "topics", k) for k in resource.topics),
        countries=resource.countries, country_labels=tuple(say.country(c) for c in resource.countries),
        languages=resource.languages, language_labels=tuple(say.language(t) for t in resource.languages),
        format=resource.format, size=resource.size, summary=own or resource.summary.get(source.tag, ""),
        summary_lang="" if own or locale.is_source else source.lang, seen=say.date(resource.seen),
        url_note=resource.url_note,
    )  # fmt: skip


def chosen(site: Site, say: Speaker, locale: Locale, keys: Iterable[str]) -> tuple[ResourceView, ...]:
    """Return the resources with these ids that exist, in this order."""
    return tuple(view(site, say, locale, site.resources[key]) for key in keys if key in site.resources)


def everything(site: Site, say: Speaker, locale: Locale) -> tuple[ResourceView, ...]:
    """Return the whole library, newest first, then by title."""
    ordered = sorted(site.resources.values(), key=lambda r: (-(r.year or 0), r.title.casefold()))
    return tuple(view(site, say, locale, resource) for resource in ordered)


def about_country(
    site: Site, say: Speaker, locale: Locale, codes: Iterable[str], shown: Iterable[ResourceView] = ()
) -> tuple[ResourceView, ...]:
    """Return the resources about one of these countries, newest first, but for those that the page shows already."""
    wanted, known = set(codes), {entry.id for entry in shown}
    return tuple(entry for entry in everything(site, say, locale) if wanted & set(entry.countries) and entry.id not in known)


def groups(entries: Iterable[ResourceView]) -> dict[str, list[tuple[str, str, int]]]:
    """Return the facets with their values as (id, label, count), labels in order, years newest first."""
    found: dict[str, dict[str, list[object]]] = {}
    for entry in entries:
        pairs: dict[str, Iterable[tuple[str, str]]] = {
            "audience": zip(entry.audience, entry.audience_labels, strict=True),
            "topic": zip(entry.topics, entry.topic_labels, strict=True),
            "country": zip(entry.countries, entry.country_labels, strict=True),
            "type": [(entry.type, entry.type_label)],
            "language": zip(entry.languages, entry.language_labels, strict=True),
            "year": [(entry.year, entry.year)] if entry.year else [],
        }
        for facet, values in pairs.items():
            for key, text in values:
                found.setdefault(facet, {}).setdefault(key, [text, 0])[1] += 1  # type: ignore[operator]
    ordered: dict[str, list[tuple[str, str, int]]] = {}
    for facet, counted in found.items():
        rows = [(key, str(text), int(str(count))) for key, (text, count) in counted.items()]
        ordered[facet] = sorted(rows, key=lambda row: row[1].casefold(), reverse=facet == "year")
    return ordered


def references(site: Site, say: Speaker) -> list[tuple[str, list[tuple[Source, str]]]]:
    """Return every source by publisher, each with the date it was seen, written the local way."""
    by_publisher: dict[str, list[tuple[Source, str]]] = {}
    for source in sorted(site.sources.values(), key=lambda s: (s.publisher.casefold(), -(s.year or 0), s.title)):
        by_publisher.setdefault(source.publisher, []).append((source, say.date(source.seen)))
    return list(by_publisher.items())
