"""Decide which PDFs exist for a locale: one per toolkit, one per handout. Pure: a Site in, documents out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from portal import paths, translation
from portal.model import Locale, Page, PagePath, Site
from portal.views import sheets
from portal.views.downloads import handouts_of
from portal.views.page import label, meta_of
from portal.views.sheets import Sheet


@dataclass(frozen=True)
class Leaf:
    """One page of a document, or only its `section`. `lang` and `script` are those of its text, `method` its translation's."""

    path: PagePath
    address: str
    title: str
    description: str
    lang: str
    script: str
    url: str
    is_fallback: bool
    method: str = ""
    section: str = ""


@dataclass(frozen=True)
class Document:
    """One PDF: `kind` is toolkit or handout, `key` the toolkit's key in mkdocs.yml or the handout's name."""

    key: str
    kind: str
    file: str
    locale: Locale
    title: str
    description: str
    audience: tuple[str, ...]
    url: str
    leaves: tuple[Leaf, ...]

    @property
    def translated(self) -> int:
        """Return how many of its pages are in the document's own language."""
        return sum(not leaf.is_fallback for leaf in self.leaves)

    def made_by(self, *methods: str) -> int:
        """Return how many of its pages were translated by one of these methods."""
        return sum(leaf.method in methods for leaf in self.leaves)


def documents(site: Site, locale: Locale) -> tuple[Document, ...]:
    """Return the documents of a locale: toolkits in nav order, then handouts."""
    return (*_toolkits(site, locale), *_handouts(site, locale))


def _toolkits(site: Site, locale: Locale) -> Iterator[Document]:
    for section in site.config.sections:
        pages = tuple(path for path in section.pages if _page(site, locale, path))
        if section.is_toolkit and pages:
            name = f"{section.key}-toolkit"
            yield _document(site, locale, section.key, "toolkit", name, pages)


def _handouts(site: Site, locale: Locale) -> Iterator[Document]:
    for section in site.config.sections:
        for path in section.pages if section.is_toolkit else ():
            for name, sheet in handouts_of(site, locale, section.key, path):
                whole = _document(site, locale, name, "handout", name, (path,))
                yield _only(whole, sheet) if sheet else whole


def _only(whole: Document, sheet: Sheet) -> Document:
    """Return the document that holds one part of a page."""
    leaf = replace(whole.leaves[0], section=sheet.id)
    return replace(whole, title=sheets.title(whole.title, sheet), url=f"{whole.url}#{sheet.id}", leaves=(leaf,))


def _page(site: Site, locale: Locale, path: PagePath) -> Page | None:
    return site.pages.get((locale.tag, path)) or site.source_page(path)


def _document(site: Site, locale: Locale, key: str, kind: str, name: str, pages: tuple[PagePath, ...]) -> Document:
    leaves = tuple(leaf(site, locale, path) for path in pages)
    first = _page(site, locale, pages[0])
    meta = meta_of(site, first) if first else {}
    return Document(
        key=key, kind=kind, file=f"{name}.{locale.tag}.pdf", locale=locale, title=leaves[0].title,
        description=leaves[0].description, url=leaves[0].url, leaves=leaves,
        audience=tuple(label(site, locale, "audiences", str(entry)) for entry in meta.get("audience") or ()),
    )  # fmt: skip


def leaf(site: Site, locale: Locale, path: PagePath) -> Leaf:
    """Return a page as a leaf, the source page where it is not translated. Raises KeyError if no page is there."""
    page = site.pages.get((locale.tag, path)) or site.pages[(site.source_locale.tag, path)]
    own = site.locale(page.locale)
    is_fallback = page.locale != locale.tag
    method = "" if is_fallback or locale.is_source else translation.status(site, locale, path).method
    return Leaf(
        path=path, address=paths.address(locale, path), title=str(page.meta.get("title") or path),
        description=str(page.meta.get("description") or ""), lang=own.lang, script=own.script,
        url=paths.canonical(site.config.site_url, locale, path), is_fallback=is_fallback, method=method,
    )  # fmt: skip
