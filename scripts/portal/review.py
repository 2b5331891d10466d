"""What a change means for the translations: a list for the people who read a pull request."""

from __future__ import annotations

from collections.abc import Iterable

from portal import paths, scaffold, translation
from portal.model import PagePath, Site


def summary(site: Site, changed: Iterable[str]) -> str:
    """Return Markdown: the pages that `changed` files touch, and what each translation of them now lacks."""
    tags = frozenset(locale.tag for locale in site.locales)
    by_path: dict[PagePath, set[str]] = {}
    other = 0
    for file in sorted(changed):
        if place := paths.split_repo_path(file, tags):
            by_path.setdefault(place[1], set()).add(place[0])
        else:
            other += 1
    lines = [f"**{_count(len(by_path), 'page')} changed**" + (f", and {_count(other, 'other file')}." if other else ".")]
    for path, touched in sorted(by_path.items()):
        lines.append(f"\n`{path}` in {', '.join(tag for tag in sorted(touched))}")
        if not translation.is_for_translation(path):
            continue
        states: dict[str, list[str]] = {}
        for locale in site.locales:
            if not locale.is_source:
                states.setdefault(_state(site, locale.tag, path), []).append(locale.tag)
        lines += [f"- {state}: {', '.join(found)}" for state, found in sorted(states.items())]
    return "\n".join(lines)


def _state(site: Site, tag: str, path: PagePath) -> str:
    entry = translation.status(site, site.locale(tag), path)
    page = site.pages.get((tag, path))
    if page and (left := scaffold.pieces_left(page)):
        return f"{_count(left, 'piece')} left to translate"
    if entry.state == "outdated":
        return f"outdated ({', '.join(f'`{key}`' for key in entry.changed) if entry.changed else 'sections not known'})"
    return entry.state


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
