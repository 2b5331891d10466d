"""The pictures that messengers and social sites show with a link: one for each section and locale, in the locale's script."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

import babel
import babel.core

from portal.model import Locale, PagePath, Site
from portal.strings import Speaker
from portal.views.lists import MENU

WIDTH, HEIGHT = 1200, 630
"""The size that all of them ask for (ogp.me names none; 1.91 to 1 is what Facebook, LinkedIn and X cut to)."""
HOME = "home"
_SECTIONS = {path.removesuffix("index.md"): key for key, path in MENU if path.endswith("/index.md")}
"""The words in the menu for each folder with an index page."""


@dataclass(frozen=True)
class Card:
    """A picture before it is set: where it will stand below the site's root, and what is written on it."""

    file: str
    title: str
    foot: str
    host: str
    lang: str
    script: str

    @property
    def alt(self) -> str:
        """Return the picture in words: what is written on it."""
        return f"{self.title}. {self.foot}"


@dataclass(frozen=True)
class Share:
    """What a page says to those who show a link to it: its locale, the others, and its picture where pictures are made."""

    locale: str
    alternates: tuple[str, ...]
    image: str
    alt: str
    width: int = WIDTH
    height: int = HEIGHT


def folder_of(path: PagePath) -> str:
    """Return the folder of the section whose picture a page takes, or an empty text for home's."""
    return next((folder for folder in _SECTIONS if path.startswith(folder)), "")


def card(site: Site, say: Speaker, folder: str) -> Card:
    """Return the picture of a section in the locale of the voice."""
    locale = say.locale
    name = folder.rstrip("/").rsplit("/", 1)[-1] or HOME
    title, foot = (say.say(_SECTIONS[folder]), say.say("site.name")) if folder else (say.say("site.name"), say.say("site.tagline"))
    host = urlsplit(site.config.site_url).netloc
    return Card(f"cards/{locale.tag}/{name}.png", title, foot, host, locale.lang, locale.script)


def cards(site: Site, say: Speaker) -> tuple[Card, ...]:
    """Return the pictures of a locale: home's and one for each section that has a page."""
    folders = dict.fromkeys(folder_of(path) for path in site.source_paths())
    return tuple(card(site, say, folder) for folder in sorted({"", *folders}))


def share(site: Site, say: Speaker, path: PagePath, translations: tuple[Locale, ...]) -> Share:
    """Return what a page says to those who show it; `say` speaks the locale of its text, `translations` are its other ones.

    Without a public address, or in a build without pictures, there is no picture to point at.
    """
    has_image = site.config.has_cards and bool(site.config.site_url)
    one = card(site, say, folder_of(path))
    url = f"{site.config.site_url.rstrip('/')}/{one.file}" if has_image else ""
    others = tuple(territory(locale) for locale in translations if locale.tag != say.locale.tag)
    return Share(territory(say.locale), others, url, one.alt if has_image else "")


@cache
def territory(locale: Locale) -> str:
    """Return language_TERRITORY as Open Graph writes a locale, the territory from CLDR's likely subtags where none is set."""
    parsed = babel.Locale.parse(locale.cldr)
    likely = babel.core.get_global("likely_subtags").get(parsed.language, "")
    return f"{parsed.language}_{parsed.territory or likely.rsplit('_', 1)[-1]}"
