"""News and new resources as feeds: RSS 2.0 (rssboard.org/rss-specification) and JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

from __future__ import annotations

import datetime
import email.utils
import json
import xml.etree.ElementTree as ET
from dataclasses import dataclass

from portal import paths
from portal.model import Locale, Site
from portal.strings import Speaker

NEWEST = 30
"""Items in a feed at most."""


@dataclass(frozen=True)
class Entry:
    """One item of a feed; `date` is YYYY-MM-DD."""

    id: str
    url: str
    title: str
    text: str
    date: str


def files(site: Site, locale: Locale, say: Speaker) -> dict[str, bytes]:
    """Return the feeds of a locale by their path below the site; none where nothing is translated."""
    made: dict[str, bytes] = {}
    for folder, entries, title in (
        ("news", news(site, locale), say.say("menu.news")),
        ("resources", resources(site, locale), say.say("menu.resources")),
    ):
        if entries:
            name = f"{say.say('site.name')}: {title}"
            home = paths.canonical(site.config.site_url, locale, f"{folder}/index.md")
            made[f"{locale.prefix}{folder}/feed.xml"] = rss(name, home, locale.lang, entries)
            made[f"{locale.prefix}{folder}/feed.json"] = json_feed(name, home, locale.lang, entries)
    return made


def news(site: Site, locale: Locale) -> list[Entry]:
    """Return the news items that exist in a locale, newest first."""
    found = []
    for (tag, path), page in site.pages.items():
        source = site.source_page(path)
        date = str(source.meta.get("date") or "") if source else ""
        if tag == locale.tag and path.startswith("news/") and date:
            url = paths.canonical(site.config.site_url, locale, path)
            found.append(Entry(url, url, str(page.meta.get("title")), str(page.meta.get("description") or ""), date))
    return sorted(found, key=lambda entry: (entry.date, entry.id), reverse=True)[:NEWEST]


def resources(site: Site, locale: Locale) -> list[Entry]:
    """Return the resources with a summary in a locale, last seen first."""
    library = paths.canonical(site.config.site_url, locale, "resources/index.md")
    found = [
        Entry(f"{library}#r-{key}", r.url, r.title, r.summary[locale.tag], r.seen)
        for key, r in site.resources.items()
        if locale.tag in r.summary
    ]
    return sorted(found, key=lambda entry: (entry.date, entry.title), reverse=True)[:NEWEST]


def rss(title: str, home: str, lang: str, entries: list[Entry]) -> bytes:
    """Return an RSS 2.0 document; its build date is that of the newest item, so that same input gives same bytes."""
    root = ET.Element("rss", {"version": "2.0"})
    channel = ET.SubElement(root, "channel")
    head = (("title", title), ("link", home), ("description", title), ("language", lang), ("lastBuildDate", _mail_date(entries[0].date)))
    for tag, text in head:
        ET.SubElement(channel, tag).text = text
    for entry in entries:
        item = ET.SubElement(channel, "item")
        parts = (("title", entry.title), ("link", entry.url), ("description", entry.text), ("pubDate", _mail_date(entry.date)))
        for tag, text in parts:
            ET.SubElement(item, tag).text = text
        ET.SubElement(item, "guid", {"isPermaLink": "false"}).text = entry.id
    ET.indent(root)
    return ('<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n").encode()


def json_feed(title: str, home: str, lang: str, entries: list[Entry]) -> bytes:
    """Return a JSON Feed 1.1 document."""
    items = [
        {"id": e.id, "url": e.url, "title": e.title, "content_text": e.text, "date_published": f"{e.date}T00:00:00Z", "language": lang}
        for e in entries
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": title, "home_page_url": home, "language": lang, "items": items}
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode()


def _mail_date(day: str) -> str:
    year, month, date = (int(part) for part in day.split("-"))
    return email.utils.format_datetime(datetime.datetime(year, month, date, tzinfo=datetime.UTC))
