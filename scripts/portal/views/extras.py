"""What only some templates print: home's doors, lists of news, countries and corridors, tables of records, the library."""

from __future__ import annotations

import json
from typing import Any

from portal import paths, translation
from portal.model import Locale, PagePath, Section, Site
from portal.strings import Speaker
from portal.views import corridors, downloads, glossary, library, lists, offline, policy, records
from portal.views.page import PageView, meta_of, section_of, title_of

CALCULATOR_PAGE = "toolkits/employers/repaying-fees.md"


def extra_view(site: Site, say: Speaker, locale: Locale, view: PageView) -> dict[str, Any]:
    """Return the values that the template of this page prints besides its view."""
    page = site.pages.get((locale.tag, view.path)) or site.pages[(site.source_locale.tag, view.path)]
    meta = meta_of(site, page)
    extra: dict[str, Any] = {"resources": library.chosen(site, say, locale, [str(k) for k in meta.get("resources") or ()])}
    countries = [str(code) for code in meta.get("countries") or ()]
    if view.path == CALCULATOR_PAGE:
        extra["calculator"] = True
    if view.kind == "home":
        extra["doors"] = lists.doors(site, say, locale, view.path)
        extra["news"] = lists.news(site, say, locale, view.path, limit=3)
    elif view.kind == "toolkit":
        section = section_of(site, view.path)
        extra["download"] = downloads.toolkit(site, say, locale, section, view.path) if section and section.is_toolkit else None
        extra["keeping"] = offline.keeping(site, locale, view.path)
        extra["kept"] = offline.kept(locale, view.path)
    elif view.kind == "downloads":
        extra["downloads"] = downloads.everything(site, say, locale, view.path)
        extra["archive"] = downloads.archive(locale, view.path)
        extra["offline"] = downloads.offline(locale, view.path)
        extra["zim"] = downloads.for_kiwix(locale, view.path)
    elif view.kind == "pack":
        extra["sections"] = [pack_section(site, locale, section, view.path) for section in site.config.sections if section.is_toolkit]
        extra["ready_forms"] = json.dumps(say.raw("pack.ready"), ensure_ascii=False)
    elif view.kind == "module":
        extra["handouts"] = downloads.of_page(site, locale, view.path)
    elif view.kind == "news":
        extra["news"] = lists.news(site, say, locale, view.path)
    elif view.kind == "countries":
        extra["rows"] = records.overview(site, say, locale, view.path)
    elif view.kind == "corridors":
        extra["corridors"] = corridors.corridors(site, say, locale, view.path)
        extra["drawing"] = corridors.drawing(extra["corridors"])
    elif view.kind in ("country", "corridor"):
        extra["records"] = [records.country(site, say, locale, code) for code in countries if code in site.countries]
        if view.kind == "country":
            extra["slice"] = library.about_country(site, say, locale, countries, extra["resources"])
    elif view.kind == "library":
        extra["library"] = library.everything(site, say, locale)
        extra["groups"] = library.groups(extra["library"])
        extra["found_forms"] = json.dumps(say.raw("library.found"), ensure_ascii=False)
    elif view.kind == "glossary":
        extra["terms"] = glossary.entries(site, locale)
    elif view.kind == "references":
        extra["publishers"] = library.references(site, say)
    elif view.kind == "status":
        extra["shares"] = [(site.locale(row.locale), row) for row in translation.shares(site)]
    return extra


def pack_section(site: Site, locale: Locale, section: Section, here: PagePath) -> dict[str, Any]:
    """Return a toolkit's pages for the pack: each with the key that stands in the address, `employers/repaying-fees`."""
    pages = [lists.item(site, locale, path, here) for path in section.pages if site.source_page(path)]
    keys = [path.removeprefix("toolkits/").removesuffix(".md") for path in section.pages if site.source_page(path)]
    rows = [{"key": key, "href": item.href, "title": item.title, "lang": item.lang} for key, item in zip(keys, pages, strict=True)]
    return {"title": title_of(site, locale, section.pages[0]), "pages": rows}


def static_view(site: Site, locale: Locale, template: str) -> dict[str, Any]:
    """Return the values of a static template: every locale's home and own words for 404, every page for the sitemap."""
    if template == "404.html":
        from portal.views.page import speaker

        locales = [(other, speaker(site, other).say, paths.address(other, "index.md")) for other in site.locales]
        return {"locales": locales, "policy": policy.meta(site)}
    if template == "sitemap.xml":
        return {"pages": _sitemap(site)}
    return {}


def _sitemap(site: Site) -> list[dict[str, Any]]:
    """Return every real page (no fallbacks) with its address and those of its translations."""
    from portal.views.page import hreflangs

    url = site.config.site_url
    return [
        {
            "loc": paths.canonical(url, site.locale(tag), path),
            "alternates": hreflangs(site, site.locale(tag), path),
            "lastmod": str((site.source_page(path) or page).meta.get("reviewed") or ""),
        }
        for (tag, path), page in sorted(site.pages.items())
    ]
