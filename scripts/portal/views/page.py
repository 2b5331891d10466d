"""Everything a page's template prints, decided."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from portal import paths, translation
from portal.model import Locale, Page, PagePath, Section, Site
from portal.strings import Speaker
from portal.views.lists import FOOT, Crumb, Item, breadcrumbs, menu, neighbours, siblings
from portal.views.newsletter import NewsletterView, newsletter_view
from portal.views.notices import Notice, notices
from portal.views.tools import Tools, tools_for

TEMPLATES = {
    "guidance": "module.html", "checklist": "module.html", "template": "module.html", "training": "module.html",
    "country": "country.html", "corridor": "corridor.html", "news": "item.html", "page": "plain.html",
}  # fmt: skip
THEME_WORDS = "overrides/partials/languages/"
INHERITED = ("audience", "topics", "countries", "type", "template", "resources", "reviewed", "review_due", "date")
"""Front matter that translations take from their source page (contribute/write)."""


@dataclass(frozen=True)
class Alternate:
    """One entry of the language switch: where the same page is in another locale, and whether it is a translation."""

    tag: str
    lang: str
    name: str
    href: str
    is_current: bool
    is_translation: bool


@dataclass(frozen=True)
class PageView:
    """All that a page's template prints but its article."""

    locale: Locale
    theme_words: str
    """The tag whose file of the theme's words is there: the locale's, else the source's."""
    path: PagePath
    address: str
    base: str
    kind: str
    content_lang: str
    is_fallback: bool
    title: str
    window_title: str
    description: str
    canonical: str
    alternates: tuple[Alternate, ...]
    hreflangs: tuple[tuple[str, str], ...]
    notices: tuple[Notice, ...]
    home: str
    search_page: str
    menu: tuple[Item, ...]
    foot: tuple[Item, ...]
    crumbs: tuple[Crumb, ...]
    section_title: str
    siblings: tuple[Item, ...]
    previous: Item | None
    next: Item | None
    audience: tuple[str, ...]
    minutes: int
    reviewed: str
    is_overdue: bool
    date: str
    tools: Tools
    newsletter: NewsletterView | None


def speaker(site: Site, locale: Locale) -> Speaker:
    """Return the voice of a locale."""
    return Speaker(locale, site.strings.get(locale.tag, {}), site.strings.get(site.source_locale.tag, {}))


def meta_of(site: Site, page: Page) -> dict[str, Any]:
    """Return a page's front matter with what a translation takes from its source page."""
    source = site.source_page(page.path)
    inherited = {key: source.meta[key] for key in INHERITED if source and key in source.meta}
    return {**inherited, **page.meta}


def template_of(meta: dict[str, Any]) -> str:
    """Return the name of the overrides/ template that shows a page."""
    return str(meta.get("template") or TEMPLATES.get(str(meta.get("type")), "plain.html"))


def page_view(site: Site, locale: Locale, path: PagePath, today: str) -> PageView:
    """Return the view of the page `path` in `locale`, a fallback where it is not translated. Raises KeyError if no page is there."""
    say = speaker(site, locale)
    page = site.pages.get((locale.tag, path)) or site.pages[(site.source_locale.tag, path)]
    is_fallback = page.locale != locale.tag
    meta = meta_of(site, page)
    here = paths.address(locale, path)
    content_locale = site.locale(page.locale)
    section = section_of(site, path)
    overdue = bool(meta.get("review_due")) and str(meta["review_due"]) < today
    name = say.say("site.name")
    title = str(meta.get("title") or path)
    before, after = neighbours(site, locale, section, path)
    return PageView(
        locale=locale,
        theme_words=locale.tag if f"{THEME_WORDS}{locale.tag}.html" in site.files else site.source_locale.tag,
        path=path,
        address=here,
        base=paths.relative(".", here).rstrip("/") + "/",
        kind=template_of(meta).removesuffix(".html"),
        content_lang=content_locale.lang,
        is_fallback=is_fallback,
        title=title,
        window_title=name if path == "index.md" else f"{title} - {name}",
        description=str(meta.get("description") or ""),
        canonical=paths.canonical(site.config.site_url, content_locale, path),
        alternates=alternates(site, locale, path),
        hreflangs=hreflangs(site, locale, path),
        notices=tuple(notices(site, say, locale, path, is_fallback, overdue)),
        home=paths.relative(paths.address(locale, "index.md"), here),
        search_page=paths.relative(paths.address(locale, "resources/index.md"), here),
        menu=menu(site, say, locale, path),
        foot=menu(site, say, locale, path, FOOT),
        crumbs=breadcrumbs(site, locale, path),
        section_title=title_of(site, locale, section.pages[0]) if section else "",
        siblings=siblings(site, locale, section, path),
        previous=before,
        next=after,
        audience=tuple(label(site, locale, "audiences", str(key)) for key in meta.get("audience") or ()),
        minutes=max(1, math.ceil((site.source_page(path) or page).outline.words / _WORDS_A_MINUTE)),
        reviewed=say.date(str(meta["reviewed"])) if meta.get("reviewed") else "",
        is_overdue=overdue,
        date=say.date(str(meta["date"])) if meta.get("date") else "",
        tools=tools_for(site.config, say, page, locale, path, is_fallback),
        newsletter=newsletter_view(site, say, locale, here),
    )


_WORDS_A_MINUTE = 200
"""Words a minute of careful reading: the low end of Brysbaert 2019 (doi 10.1016/j.jml.2019.104047), 238 on average.

Counted on the English page, since words are not the same thing in every script.
"""


def title_of(site: Site, locale: Locale, path: PagePath) -> str:
    """Return a page's title in a locale, the source page's where it is not translated."""
    page = site.pages.get((locale.tag, path)) or site.source_page(path)
    return str(page.meta.get("title") or path) if page else path


def label(site: Site, locale: Locale, group: str, key: str) -> str:
    """Return the label of a taxonomy entry in a locale, else in the source locale, else its id."""
    labels = site.taxonomy.get(group, {}).get(key) or {}
    return str(labels.get(locale.tag) or labels.get(site.source_locale.tag) or key)


def section_of(site: Site, path: PagePath) -> Section | None:
    """Return the nav section a page belongs to, or None."""
    return next((section for section in site.config.sections if path in section.pages), None)


def alternates(site: Site, locale: Locale, path: PagePath) -> tuple[Alternate, ...]:
    """Return the language switch of a page: the same page in every locale, in the order of mkdocs.yml."""
    here = paths.address(locale, path)
    shown = [other for other in site.locales if translation.is_for_translation(path) or other.is_source or other.tag == locale.tag]
    return tuple(
        Alternate(
            tag=other.tag,
            lang=other.lang,
            name=other.name,
            href=paths.relative(paths.address(other, path), here),
            is_current=other.tag == locale.tag,
            is_translation=(other.tag, path) in site.pages,
        )
        for other in shown
    )


def hreflangs(site: Site, locale: Locale, path: PagePath) -> tuple[tuple[str, str], ...]:
    """Return (hreflang, address) of the real translations of a page, `x-default` last; none on a fallback page."""
    if (locale.tag, path) not in site.pages:
        return ()
    real = [other for other in site.locales if (other.tag, path) in site.pages]
    if len(real) < 2:
        return ()
    url = site.config.site_url
    found = [(other.lang, paths.canonical(url, other, path)) for other in real]
    if site.source_page(path):
        found.append(("x-default", paths.canonical(url, site.source_locale, path)))
    return tuple(found)
