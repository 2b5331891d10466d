"""Turn the built pages of a locale into what search knows of them: title, sections, words, facets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, MutableMapping
from pathlib import Path

import lxml.html

from portal import paths
from portal.build.search import SearchPage, SearchSection, build_search
from portal.build.search_standing import standing
from portal.model import Locale, PagePath, Site
from portal.views.page import label, meta_of

_BLANKS = re.compile(r"\s+")
_NOT_TEXT = ("sources", "further", "modules", "newest", "library", "publisher", "keep")
"""Sections that only list other pages or works."""
_LEFT_OUT = ("script", "template", "form", "nav", "aside")
NOT_FOUND_BY_SEARCH = ("contribute/", "newsletter/confirmed", "newsletter/unsubscribed", "newsletter/check-your-mail")


def files(site: Site, locale: Locale, stage: Path, kept: MutableMapping[str, Counter[str]] | None = None) -> dict[str, bytes]:
    """Return the search files of a locale by their path below the site; `stage` holds its built pages."""
    pages = [page for path in site.source_paths() if (page := search_page(site, locale, path, stage))]
    labels = {"audience": {key: label(site, locale, "audiences", key) for key in site.taxonomy.get("audiences", {})}}
    index = build_search(locale.tag, pages, facet_labels=labels, kept=kept)
    return {f"search/{locale.tag}/{name}": data for name, data in {**index, **library(site, locale)}.items()}


def library(site: Site, locale: Locale) -> dict[str, bytes]:
    """Return the index of the resource library in a locale; a record's address is its id."""
    source = site.source_locale.tag
    records = [
        SearchPage(
            url=r.id, title=r.title, description=f"{r.summary.get(locale.tag) or r.summary.get(source, '')} {r.publisher} {r.year or ''}",
            is_fallback=locale.tag not in r.summary,
            search_terms=tuple(label(site, locale, "topics", topic) for topic in r.topics),
            facets={
                "audience": r.audience, "topic": r.topics, "country": r.countries, "type": [r.type], "language": r.languages,
                "year": [str(r.year)] if r.year else [],
            },
        )
        for r in site.resources.values()
    ]  # fmt: skip
    return build_search(locale.tag, records, name="library") if records else {}


def search_page(site: Site, locale: Locale, path: PagePath, stage: Path) -> SearchPage | None:
    """Return one page for search, or None for a page that search leaves out or that was not built."""
    url = paths.address(locale, path)
    file = stage / url
    if path.startswith(NOT_FOUND_BY_SEARCH) or not file.exists():
        return None
    page = site.pages.get((locale.tag, path)) or site.pages[(site.source_locale.tag, path)]
    meta = meta_of(site, page)
    is_fallback = page.locale != locale.tag
    source = {} if is_fallback or locale.is_source else meta_of(site, site.pages[(site.source_locale.tag, path)])
    audience = [str(key) for key in meta.get("audience") or ()]
    return SearchPage(
        url=url,
        title=str(meta.get("title") or path),
        description=str(meta.get("description") or ""),
        sections=tuple(sections(file.read_text(encoding="utf-8"))),
        audience_label=", ".join(label(site, locale, "audiences", key) for key in audience),
        standing=standing(locale, path, [str(code) for code in meta.get("countries") or ()]),
        is_fallback=is_fallback,
        search_terms=tuple(str(term) for term in meta.get("search_terms") or ()),
        source_terms=tuple(str(term) for term in [*filter(None, [source.get("title")]), *(source.get("search_terms") or ())]),
        facets={"audience": audience},
    )


def sections(html: str) -> Iterator[SearchSection]:
    """Yield the sections of a built page: its opening text, each part of its article, each table and term after it."""
    main = lxml.html.fromstring(html).get_element_by_id("main")
    for gone in main.xpath(f".//*[{' or '.join(f'self::{tag}' for tag in _LEFT_OUT)}]"):
        gone.drop_tree()
    article = main.find_class("article")[0]
    opening = " ".join(_text(child) for child in article if child.tag != "section")
    if opening.strip():
        yield SearchSection("", "", opening)
    for part in main.iter("section"):
        heading = next((child for child in part if child.tag in ("h2", "h3")), None)
        if heading is None or not heading.get("id") or part.get("class") in _NOT_TEXT:
            continue
        title = _text(heading)
        heading.drop_tree()
        yield SearchSection(str(heading.get("id")), title, _text(part))
    for term in main.iter("dt"):
        meaning = term.getnext()
        if term.get("id") and meaning is not None:
            yield SearchSection(str(term.get("id")), _text(term), _text(meaning))


def _text(element: lxml.html.HtmlElement) -> str:
    """Return the words of an element, a blank between blocks."""
    return _BLANKS.sub(" ", " ".join(str(text) for text in element.itertext())).strip()
