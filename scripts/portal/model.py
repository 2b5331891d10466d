"""The portal's words as frozen values. Every other room speaks in these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

PagePath = str
"""Path of a page below its locale folder, shared by all locales: `toolkits/employers/repaying-fees.md`."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing a check found: where, what, and how to mend it.

    `path` is relative to the repository root, `line` counts from 1 (0: the file as a whole),
    `code` is `check/kebab-reason`, `severity` is `error` or `warning`.
    """

    path: str
    line: int
    code: str
    message: str
    fix: str = ""
    severity: str = "error"

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.message}" + (f" {self.fix}" if self.fix else "")


@dataclass(frozen=True)
class Locale:
    """A locale as mkdocs.yml lists it: `tag` names its folder, `lang` is what pages declare, `cldr` is Babel's name."""

    tag: str
    name: str
    lang: str
    cldr: str
    script: str
    is_source: bool = False
    dir: str = "ltr"

    @property
    def prefix(self) -> str:
        """Folder of this locale in the site: empty for the source locale, else `vi/`."""
        return "" if self.is_source else f"{self.tag}/"


@dataclass(frozen=True)
class Heading:
    """A Markdown heading: level 2 to 6, its text without the id, its explicit id ('' when it has none), its line."""

    level: int
    text: str
    id: str
    line: int


@dataclass(frozen=True)
class Link:
    """A Markdown link or image: shown text, target as written, line."""

    text: str
    target: str
    line: int
    is_image: bool = False


@dataclass(frozen=True)
class Outline:
    """What a Markdown body is made of, with lines counted in the file."""

    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()
    citations: tuple[tuple[str, int], ...] = ()
    definitions: tuple[tuple[str, int], ...] = ()
    tick_items: tuple[int, ...] = ()
    list_items: tuple[int, ...] = ()
    table_rows: tuple[int, ...] = ()
    html: tuple[tuple[str, int], ...] = ()
    words: int = 0


@dataclass(frozen=True)
class Page:
    """One Markdown file of one locale.

    `file` is its path in the repository, `meta` its front matter as written, `lines` the line of each front matter key,
    `body` the text after the front matter, `body_line` the file line on which the body starts, `blob` the git blob id.
    """

    locale: str
    path: PagePath
    file: str
    meta: Mapping[str, Any]
    lines: Mapping[str, int]
    body: str
    body_line: int
    blob: str
    outline: Outline


@dataclass(frozen=True)
class Source:
    """A cited work (sources.yml)."""

    id: str
    title: str
    publisher: str
    year: int | None
    url: str
    seen: str
    confidence: str
    url_note: str = ""
    line: int = 0


@dataclass(frozen=True)
class Resource:
    """An entry of the resource library (resources/<id>.yml)."""

    id: str
    title: str
    publisher: str
    year: int | None
    url: str
    type: str
    audience: tuple[str, ...]
    topics: tuple[str, ...]
    countries: tuple[str, ...]
    languages: tuple[str, ...]
    summary: Mapping[str, str]
    seen: str
    format: str = ""
    size: str = ""
    url_note: str = ""


@dataclass(frozen=True)
class Edition:
    """An edition of a toolkit (editions.yml): its day and, per locale, what changed since the one before."""

    date: str
    changes: Mapping[str, str]


@dataclass(frozen=True)
class TranslationStatus:
    """How a page stands in a locale: missing, untracked, outdated, up-to-date or orphaned.

    `changed` holds the ids of the English sections that changed since the translation (`title` for title and
    description), or None where the older English text is not at hand.
    """

    locale: str
    path: PagePath
    state: str
    method: str = ""
    changed: tuple[str, ...] | None = ()


@dataclass(frozen=True)
class Section:
    """A section of the nav: its key in mkdocs.yml and its pages in order; the first is its index."""

    key: str
    pages: tuple[PagePath, ...]

    @property
    def is_toolkit(self) -> bool:
        """Tell whether the section is a toolkit, which has a PDF."""
        return bool(self.pages) and self.pages[0].startswith(("toolkits/", "covid-19/"))


@dataclass(frozen=True)
class Config:
    """What our rooms need of mkdocs.yml."""

    site_url: str = ""
    repository: str = ""
    branch: str = "main"
    newsletter: Mapping[str, Any] = field(default_factory=dict)
    sections: tuple[Section, ...] = ()
    lone_pages: tuple[PagePath, ...] = ()
    has_cards: bool = False
    """Whether this build makes the pictures that go with links, so that pages may point at them."""
    offline: bool = True
    """Whether a service worker keeps what was read; false takes away the one that readers have."""


@dataclass(frozen=True)
class Site:
    """The whole content of the portal, as values. Nothing in it is computed from the clock, disk or network."""

    config: Config
    locales: tuple[Locale, ...]
    pages: Mapping[tuple[str, PagePath], Page]
    sources: Mapping[str, Source]
    resources: Mapping[str, Resource]
    countries: Mapping[str, Mapping[str, Any]]
    glossary: Mapping[str, Mapping[str, Mapping[str, Any]]]
    strings: Mapping[str, Mapping[str, Any]]
    taxonomy: Mapping[str, Mapping[str, Mapping[str, str]]]
    old_sections: Mapping[str, Mapping[str, str]]
    """Section hashes of older English texts, by git blob id."""
    assets: frozenset[str]
    files: frozenset[str]
    problems: tuple[Problem, ...] = ()
    redirects: Mapping[PagePath, PagePath] = field(default_factory=dict)
    """Where a page that has moved is now (redirects.yml), both as page paths, good or bad."""
    addresses: tuple[PagePath, ...] | None = None
    """Every page path that was ever published (addresses.yml), or None where no list is kept."""
    raw: Mapping[str, bytes] = field(default_factory=dict, repr=False, compare=False)
    """The bytes of every file as read: for lines of problems, images and what is wrong below the level of text."""
    editions: Mapping[str, tuple[Edition, ...]] = field(default_factory=dict)
    """The editions of each toolkit, by its key in the nav, newest first."""

    @property
    def source_locale(self) -> Locale:
        """Return the locale the others are translated from."""
        return next(locale for locale in self.locales if locale.is_source)

    def locale(self, tag: str) -> Locale:
        """Return the locale with this tag. Raises KeyError for an unknown tag."""
        for locale in self.locales:
            if locale.tag == tag:
                return locale
        raise KeyError(tag)

    def source_page(self, path: PagePath) -> Page | None:
        """Return the page in the source locale, or None."""
        return self.pages.get((self.source_locale.tag, path))

    def source_paths(self) -> list[PagePath]:
        """List the page paths of the source locale, sorted."""
        return sorted(path for tag, path in self.pages if tag == self.source_locale.tag)
