"""Menus and lists of pages: main menu, breadcrumbs, neighbours, toolkit modules, news."""

from __future__ import annotations

from dataclasses import dataclass

from portal import paths
from portal.model import Locale, PagePath, Section, Site
from portal.strings import Speaker


@dataclass(frozen=True)
class Crumb:
    """A link with its text; `lang` where the text is not in the page's language."""

    title: str
    href: str
    lang: str = ""


@dataclass(frozen=True)
class Item:
    """A page in a list."""

    title: str
    href: str
    is_current: bool = False
    description: str = ""
    lang: str = ""
    date: str = ""
    iso_date: str = ""
    kind: str = ""


MENU: tuple[tuple[str, PagePath], ...] = (
    ("menu.governments", "toolkits/governments/index.md"),
    ("menu.employers", "toolkits/employers/index.md"),
    ("menu.civil_society", "toolkits/civil-society/index.md"),
    ("menu.covid", "covid-19/index.md"),
    ("menu.countries", "countries/index.md"),
    ("menu.corridors", "corridors/index.md"),
    ("menu.resources", "resources/index.md"),
    ("menu.glossary", "resources/glossary.md"),
    ("downloads.title", "downloads/index.md"),
    ("menu.news", "news/index.md"),
    ("menu.newsletter", "newsletter/index.md"),
    ("menu.about", "about/index.md"),
)
FOOT: tuple[tuple[str, PagePath], ...] = (
    ("menu.about", "about/index.md"),
    ("menu.method", "about/method.md"),
    ("menu.references", "resources/references.md"),
    ("menu.accessibility", "about/accessibility.md"),
    ("menu.offline", "offline.md"),
    ("menu.privacy", "about/privacy.md"),
    ("menu.licence", "about/licence-and-citation.md"),
    ("menu.contact", "about/contact.md"),
)
DOORS: tuple[tuple[str, str, PagePath], ...] = (
    ("door.governments", "A", "toolkits/governments/index.md"),
    ("door.employers", "B", "toolkits/employers/index.md"),
    ("door.civil_society", "C", "toolkits/civil-society/index.md"),
    ("door.trainers", "D", "toolkits/employers/training-session.md"),
    ("door.workers", "E", "covid-19/key-messages.md"),
)


def _page(site: Site, locale: Locale, path: PagePath) -> tuple[str, str, str]:
    """Return title, description and, for a fallback, the language of a page as seen from a locale."""
    page = site.pages.get((locale.tag, path)) or site.source_page(path)
    if page is None:
        return path, "", ""
    lang = "" if page.locale == locale.tag else site.source_locale.lang
    return str(page.meta.get("title") or path), str(page.meta.get("description") or ""), lang


def item(site: Site, locale: Locale, path: PagePath, here: PagePath, say: Speaker | None = None) -> Item:
    """Return a page as a list item, as seen from the page `here`."""
    title, description, lang = _page(site, locale, path)
    source = site.source_page(path)
    iso = str(source.meta.get("date") or "") if source else ""
    return Item(
        title=title, href=paths.relative(paths.address(locale, path), paths.address(locale, here)),
        is_current=path == here, description=description, lang=lang, iso_date=iso,
        date=say.date(iso) if say and iso else "", kind=str(source.meta.get("type") or "") if source else "",
    )  # fmt: skip


def menu(
    site: Site, say: Speaker, locale: Locale, here: PagePath, entries: tuple[tuple[str, PagePath], ...] = MENU
) -> tuple[Item, ...]:
    """Return the main menu (or the links of the footer): our own labels, only pages that exist."""
    start = paths.address(locale, here)
    return tuple(
        Item(say.say(key), paths.relative(paths.address(locale, path), start), is_current=path == here)
        for key, path in entries
        if site.source_page(path)
    )


def doors(site: Site, say: Speaker, locale: Locale, here: PagePath) -> tuple[tuple[str, str, str, str], ...]:
    """Return the home page's doors: letter mark, large text, small text, address; only to pages that exist."""
    start = paths.address(locale, here)
    return tuple(
        (mark, say.say(key), say.say(f"{key}_more"), paths.relative(paths.address(locale, path), start))
        for key, mark, path in DOORS
        if site.source_page(path)
    )


def breadcrumbs(site: Site, locale: Locale, path: PagePath) -> tuple[Crumb, ...]:
    """Return the index pages above a page, without home, which the portal's name in the header leads to."""
    folders = path.split("/")[:-1]
    above = ["/".join(folders[: n + 1]) + "/index.md" for n in range(len(folders))]
    return tuple(
        Crumb(*_crumb(site, locale, up, path)) for up in above if up != path and site.source_page(up)
    )


def _crumb(site: Site, locale: Locale, up: PagePath, here: PagePath) -> tuple[str, str, str]:
    title, _, lang = _page(site, locale, up)
    return title, paths.relative(paths.address(locale, up), paths.address(locale, here)), lang


def siblings(site: Site, locale: Locale, section: Section | None, here: PagePath) -> tuple[Item, ...]:
    """Return the pages of the section a page stands in, in nav order, that exist."""
    pages = section.pages if section else ()
    return tuple(item(site, locale, path, here) for path in pages if site.source_page(path))


def neighbours(site: Site, locale: Locale, section: Section | None, here: PagePath) -> tuple[Item | None, Item | None]:
    """Return the previous and the next page of the section."""
    pages = [path for path in (section.pages if section else ()) if site.source_page(path)]
    if here not in pages:
        return None, None
    place = pages.index(here)
    before = item(site, locale, pages[place - 1], here) if place else None
    after = item(site, locale, pages[place + 1], here) if place + 1 < len(pages) else None
    return before, after


def news(site: Site, say: Speaker, locale: Locale, here: PagePath, limit: int = 0) -> tuple[Item, ...]:
    """Return the news items, newest first."""
    found = [p for p in site.source_paths() if p.startswith("news/") and not p.endswith("index.md")]
    items = sorted((item(site, locale, p, here, say) for p in found), key=lambda i: (i.iso_date, i.title), reverse=True)
    return tuple(items[:limit] if limit else items)
