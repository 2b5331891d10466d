"""What can be read without a connection: the page that says so, and the block with which a reader keeps a toolkit."""

from __future__ import annotations

from portal import paths
from portal.model import Locale, PagePath, Section, Site
from portal.views.page import section_of

PAGE: PagePath = "offline.md"
"""The page that is shown in the place of one that is not kept, and that lists what is."""


def key_of(locale: Locale, section: Section) -> str:
    """Return the name under which a toolkit is kept on a device: `bn/employers`."""
    return f"{locale.tag}/{section.key}"


def list_address(locale: Locale, section: Section) -> str:
    """Return the address below the site of the list of files that a toolkit needs."""
    return f"keep/{key_of(locale, section)}.json"


def keeping(site: Site, locale: Locale, here: PagePath) -> str:
    """Return the key of the toolkit whose index is the page `here`; empty for another page, or where nothing is kept."""
    section = section_of(site, here)
    if not site.config.offline or not section or not section.is_toolkit or section.pages[0] != here:
        return ""
    return key_of(locale, section)


def kept(locale: Locale, here: PagePath) -> str:
    """Return the address of the list of what is kept, as seen from the page `here`."""
    return paths.relative(paths.address(locale, PAGE), paths.address(locale, here))
