"""What a reader must know about the text of a page: is it translated, by whom, from which English, still true?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from portal import markdown, paths, translation
from portal.model import Locale, PagePath, Site
from portal.strings import Speaker
from portal.views.lists import Crumb

REVIEWED = ("machine-reviewed", "human")


@dataclass(frozen=True)
class Notice:
    """What a reader must know: `kind` is missing, outdated, untracked, machine, reviewed or overdue."""

    kind: str
    text: str
    links: tuple[Crumb, ...] = ()


def notices(site: Site, say: Speaker, locale: Locale, path: PagePath, is_fallback: bool, overdue: bool) -> list[Notice]:
    """Return what the reader must know about this text, worst first."""
    found: list[Notice] = []
    if not locale.is_source and translation.is_for_translation(path):
        found += [Notice("missing", say.say("notice.missing"))] if is_fallback else _of_translation(site, say, locale, path)
    if overdue:
        found.append(Notice("overdue", say.say("notice.overdue")))
    return found


def _of_translation(site: Site, say: Speaker, locale: Locale, path: PagePath) -> Iterator[Notice]:
    source_href = paths.relative(paths.address(site.source_locale, path), paths.address(locale, path))
    english = Crumb(say.say("notice.read_source"), source_href, site.source_locale.lang)
    state = translation.status(site, locale, path)
    if state.state == "outdated":
        yield _outdated(site, say, path, source_href, state.changed, english)
    elif state.state == "untracked":
        yield Notice("untracked", say.say("notice.untracked"), (english,))
    if state.method == "machine":
        yield Notice("machine", say.say("notice.machine"), (english,))
    elif state.method in REVIEWED and (review := _review(site, locale, path)):
        name, day = review
        yield Notice("reviewed", say.say("notice.reviewed", name=name, date=say.date(day)))


def _review(site: Site, locale: Locale, path: PagePath) -> tuple[str, str] | None:
    """Return who reviewed the translation and when, or None where either is not known."""
    l10n = site.pages[(locale.tag, path)].meta.get("l10n")
    l10n = l10n if isinstance(l10n, dict) else {}
    name, day = str(l10n.get("reviewer") or "").strip(), str(l10n.get("reviewed_on") or "")
    return (name, day) if name and day else None


def _outdated(
    site: Site, say: Speaker, path: PagePath, source_href: str, changed: tuple[str, ...] | None, english: Crumb
) -> Notice:
    """Name the changed sections by their English headings, each a link into the English page."""
    if not changed:
        return Notice("outdated", say.say("notice.outdated"), (english,))
    source = site.source_page(path)
    headings = {h.id: markdown.plain(h.text) for h in source.outline.headings} if source else {}
    lang = site.source_locale.lang
    links = [Crumb(headings[key], f"{source_href}#{key}", lang) for key in changed if key in headings]
    return Notice("outdated", say.say("notice.outdated_sections"), tuple(links) or (english,))
