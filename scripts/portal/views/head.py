"""What the head of a page tells machines: structured data (schema.org as JSON-LD) and feeds."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from portal import feeds, paths
from portal.model import Locale, Site
from portal.strings import Speaker
from portal.views import policy
from portal.views.cards import Share, share
from portal.views.page import PageView, meta_of, speaker

SEARCH_STRINGS = (
    "title", "label", "placeholder", "close", "hint", "audience", "audience.all", "loading", "results", "none", "failed", "sections",
    "fallback", "more", "browse",
)  # fmt: skip
FEED_PAGES = {"index.md": "news", "news/index.md": "news", "resources/index.md": "resources"}


@dataclass(frozen=True)
class Feed:
    """A feed of this page: its title, address and media type."""

    title: str
    href: str
    type: str


@dataclass(frozen=True)
class Head:
    """The machine-readable part of a page's head."""

    json_ld: str
    feeds: tuple[Feed, ...]
    search: str
    share: Share
    policy: str
    """The Content-Security-Policy the page carries for itself."""
    keeps: bool
    """Whether a service worker keeps what is read."""


def head(site: Site, say: Speaker, locale: Locale, view: PageView) -> Head:
    """Return the structured data and the feeds of a page."""
    shown = _share(site, view)
    return Head(
        json_ld=_json(linked_data(site, say, view, shown.image)), feeds=_feeds(site, say, locale, view),
        search=_json(search_config(say, locale, view)), share=shown, policy=policy.meta(site),
        keeps=site.config.offline,
    )  # fmt: skip


def _share(site: Site, view: PageView) -> Share:
    """Return what those say who show a link to the page: of a fallback, in the language of its text."""
    spoken = site.source_locale if view.is_fallback else view.locale
    translations = tuple(other for other in site.locales if (other.tag, view.path) in site.pages)
    return share(site, speaker(site, spoken), view.path, translations)


def search_config(say: Speaker, locale: Locale, view: PageView) -> dict[str, Any]:
    """Return what the search script on a page must know: where the index is, and its words."""
    strings = {f"search.{key}": say.raw(f"search.{key}") for key in SEARCH_STRINGS}
    return {"locale": locale.tag, "base": view.base, "index": f"search/{locale.tag}/index.js", "strings": strings}


def linked_data(site: Site, say: Speaker, view: PageView, image: str = "") -> dict[str, Any]:
    """Return what the page is in schema.org's words: WebSite, Dataset, NewsArticle or Article; `image` is the address of its picture.

    schema.org requires nothing; what search engines ask for of each type is there, but for the day of first publication of a
    module, which nobody wrote down.
    """
    page = site.pages.get((view.locale.tag, view.path)) or site.pages[(site.source_locale.tag, view.path)]
    meta = meta_of(site, page)
    name = say.say("site.name")
    portal = {"@type": "Organization", "name": name, "url": site.config.site_url}
    common: dict[str, Any] = {
        "@context": "https://schema.org", "name": view.title, "description": view.description, "url": view.canonical,
        "inLanguage": view.content_lang, "license": "https://creativecommons.org/licenses/by/4.0/", "isAccessibleForFree": True,
    }  # fmt: skip
    if view.kind == "home":
        return {**common, "@type": "WebSite", "name": name, "publisher": portal}
    if view.kind == "library":
        base = site.config.site_url.rstrip("/")
        downloads = [
            {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": f"{base}/resources/resources.{ending}"}
            for ending, kind in (("json", "application/json"), ("csv", "text/csv"))
        ]
        return {**common, "@type": "Dataset", "distribution": downloads, "creator": portal}
    kind = "NewsArticle" if view.kind == "item" else "Article" if view.kind in ("module", "country", "corridor") else "WebPage"
    data = {**common, "@type": kind, "isPartOf": {"@type": "WebSite", "name": name}}
    if kind != "WebPage":
        data |= {"headline": view.title, "author": portal, "publisher": portal}
        if image:
            data["image"] = [image]
    if changed := meta.get("reviewed"):
        data["dateModified"] = str(changed)
    if published := meta.get("date"):
        data["datePublished"] = str(published)
    return data


def _feeds(site: Site, say: Speaker, locale: Locale, view: PageView) -> tuple[Feed, ...]:
    folder = FEED_PAGES.get(view.path)
    if not folder:
        return ()
    title = say.say(f"menu.{folder}")
    return tuple(
        Feed(title, paths.relative(name, view.address), "application/rss+xml" if name.endswith("xml") else "application/feed+json")
        for name in feeds.files(site, locale, say)
        if f"{folder}/feed" in name
    )


def _json(value: object) -> str:
    """Return JSON that cannot end the script element it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
