"""The PDFs of a locale as pages offer them. How many pages and bytes a PDF has is known only after it is made: pages hold
a mark that `fill` replaces, and the whole block goes where no PDFs were made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from portal import paths
from portal.model import Locale, Page, PagePath, Section, Site
from portal.strings import Speaker
from portal.views import sheets
from portal.views.page import title_of
from portal.views.sheets import Sheet

FOLDER = "downloads"
HANDOUT_TYPES = ("checklist", "template", "training")
LONE_HANDOUTS: tuple[PagePath, ...] = ("covid-19/key-messages.md",)
_MARK = re.compile(r"%pdf:([^%]+)%")
_BLOCK = re.compile(r"<!--pdf-->.*?<!--/pdf-->\n?", re.DOTALL)


@dataclass(frozen=True)
class Made:
    """A file that stands ready: its name, how many pages (0: not a PDF) and bytes it has."""

    file: str
    pages: int
    size: int


@dataclass(frozen=True)
class Download:
    """A PDF: its title, its address, its file name, which `fill` looks up; of a toolkit also the small variant and its edition.

    `part` is the heading of the part of the page that it holds, empty for a whole page.
    """

    title: str
    href: str
    file: str
    small_href: str = ""
    edition: str = ""
    part: str = ""
    changes: str = ""
    changes_lang: str = ""
    """The language of `changes` where it is not the page's own."""


def toolkit(site: Site, say: Speaker, locale: Locale, section: Section, here: PagePath) -> tuple[Download, tuple[Download, ...]]:
    """Return a toolkit's PDF and its handouts, as seen from the page `here`."""
    name = f"{section.key}-toolkit.{locale.tag}"
    title = title_of(site, locale, section.pages[0])
    newest = next(iter(site.editions.get(section.key, ())), None)
    source = site.source_locale
    whole = Download(
        title,
        _href(locale, here, f"{name}.pdf"),
        f"{name}.pdf",
        _href(locale, here, f"{name}.2up.pdf"),
        edition=say.date(newest.date) if newest else "",
        changes=newest.changes.get(locale.tag) or newest.changes.get(source.tag, "") if newest else "",
        changes_lang=source.lang if newest and locale.tag not in newest.changes else "",
    )
    return whole, tuple(_handouts(site, locale, here, section.key, section.pages))


def everything(site: Site, say: Speaker, locale: Locale, here: PagePath) -> list[tuple[Download, tuple[Download, ...]]]:
    """Return every toolkit of a locale with its handouts, as seen from the page `here`."""
    return [toolkit(site, say, locale, s, here) for s in site.config.sections if s.is_toolkit and site.source_page(s.pages[0])]


def of_page(site: Site, locale: Locale, here: PagePath) -> list[Download]:
    """Return the handouts that a page exists as: the whole page, its checklists and forms."""
    section = next((s for s in site.config.sections if s.is_toolkit and here in s.pages), None)
    return _handouts(site, locale, here, section.key, (here,)) if section else []


def offering(site: Site) -> list[PagePath]:
    """Return the pages that offer a PDF: toolkits' index pages, pages with handouts, the downloads page."""
    found = [path for path in site.source_paths() if (page := site.source_page(path)) and page.meta.get("template") == "downloads.html"]
    for section in site.config.sections:
        if section.is_toolkit:
            handouts = [p for p in section.pages if of_page(site, site.source_locale, p)]
            found += [section.pages[0], *handouts]
    return found


def _is_handout(page: Page, path: PagePath) -> bool:
    return page.meta.get("type") in HANDOUT_TYPES or path in LONE_HANDOUTS


def archive(locale: Locale, here: PagePath) -> str:
    """Return the address of the archive with all PDFs of a locale."""
    return _href(locale, here, f"portal-pdf.{locale.tag}.zip")


def offline(locale: Locale, here: PagePath) -> str:
    """Return the address of the copy of a locale that works without internet."""
    return _href(locale, here, offline_name(locale.tag))


def offline_name(tag: str) -> str:
    """Return the file name of that copy."""
    return f"portal-offline.{tag}.zip"


def for_kiwix(locale: Locale, here: PagePath) -> str:
    """Return the address of the copy for Kiwix readers."""
    return _href(locale, here, zim_name(locale.tag))


def zim_name(tag: str) -> str:
    """Return the file name of that copy."""
    return f"portal.{tag}.zim"


def _handouts(site: Site, locale: Locale, here: PagePath, key: str, pages: tuple[PagePath, ...]) -> list[Download]:
    found = []
    for path in pages:
        title = title_of(site, locale, path)
        for name, sheet in handouts_of(site, locale, key, path):
            file = f"{name}.{locale.tag}.pdf"
            whole = Download(title, _href(locale, here, file), file)
            found.append(replace(whole, title=sheets.title(title, sheet), part=sheet.title) if sheet else whole)
    return found


def handouts_of(site: Site, locale: Locale, key: str, path: PagePath) -> Iterator[tuple[str, Sheet | None]]:
    """Yield each handout of a page of the toolkit `key`: its stable name, and the part it holds, None for the whole page."""
    source = site.source_page(path)
    if source and _is_handout(source, path):
        yield handout_name(key, path), None
    for sheet in sheets.of_page(site, locale, path) if source else ():
        yield handout_name(key, path, sheet.id), sheet


def handout_name(section: str, path: PagePath, part: str = "") -> str:
    """Return a handout's stable name: its section, its page, its part: `employers-repaying-fees-check-yourself`."""
    return "-".join(filter(None, (section, path.rsplit("/", 1)[-1].removesuffix(".md"), part)))


def _href(locale: Locale, here: PagePath, file: str) -> str:
    return paths.relative(f"{FOLDER}/{file}", paths.address(locale, here))


def fill(html: str, facts: Mapping[str, str]) -> str:
    """Return a page with each PDF's facts in the place of its mark; without any facts the blocks are taken out."""
    if not facts:
        html = _BLOCK.sub("", html)
    return _MARK.sub(lambda match: facts.get(match[1], ""), html)
