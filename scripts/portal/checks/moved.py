"""Pages that have moved: an address that was once public leads somewhere for ever.

What was once public is a committed list, docs/_data/addresses.yml. Git knows it too, but not in the shallow clones that CI
makes, not in a downloaded copy, and not after a squash; and an editor can read a list. A page that is missing from it is only
a warning, since its author may have nothing but a browser; `check --fix` and `new` write it in, and nothing takes a line out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal import paths
from portal.checks.places import line_of
from portal.model import PagePath, Problem, Site
from portal.site import ADDRESSES, REDIRECTS
from portal.suggest import did_you_mean

_LIST = re.compile(r"(?:(?:#.*|- [\w./-]+|\[\]|)\r?(?:\n|$))*")
_PAIRS = re.compile(r"(?:(?:#.*|[\w./-]+: +[\w./-]+|)\r?(?:\n|$))*")
"""What both files look like as we write them; a file that looks otherwise is checked, but not mended."""


def check(site: Site) -> Iterator[Problem]:
    """Yield pages that left without a word, redirects that lead nowhere, and pages that no list knows."""
    yield from _redirects(site)
    if site.addresses is None:
        return
    for old in gone(site):
        here = paths.repo_path(site.source_locale.tag, old)
        fix = f"Add a line to {REDIRECTS}: `{old}: the new path`. {_guess(site, old)}".strip()
        yield Problem(here, 0, "moved/no-redirect", "the page was public and is gone; links to it would break.", fix)
    for path in unlisted(site):
        fix = f"Run `python3 scripts/docs.py check --fix`, or add the line `- {path}` there."
        message = f"{ADDRESSES} does not list the page, so nobody would notice if it moved."
        yield Problem(paths.repo_path(site.source_locale.tag, path), 0, "moved/not-listed", message, fix, "warning")


def gone(site: Site) -> list[PagePath]:
    """Return the paths that were public, are no page now, and have no redirect."""
    listed = (path for path in site.addresses or () if path.endswith(".md"))
    return sorted({path for path in listed if not _exists(site, path) and path not in site.redirects})


def unlisted(site: Site) -> list[PagePath]:
    """Return the pages that the list of addresses does not name; none where no list is kept."""
    return [] if site.addresses is None else sorted(set(site.source_paths()) - set(site.addresses))


def end_of(site: Site, old: PagePath) -> PagePath | None:
    """Return the page at which the redirects from `old` end, or None where they end nowhere or turn in a circle."""
    seen, path = {old}, site.redirects[old]
    while path in site.redirects and not _exists(site, path):
        if path in seen:
            return None
        seen.add(path)
        path = site.redirects[path]
    return path if _exists(site, path) and path != old else None


def mended(site: Site) -> dict[str, str]:
    """Return both files with what is safe to write: new pages listed; chains made short; a redirect for a page that is
    gone where exactly one new page has the same file name.
    """
    if site.addresses is None or site.problems:
        return {}
    addresses, redirects = (site.raw.get(file, b"").decode("utf-8-sig", "replace") for file in (ADDRESSES, REDIRECTS))
    if not _LIST.fullmatch(addresses) or not _PAIRS.fullmatch(redirects):
        return {}  # written in a way that we would break
    new = redirects
    for old, target in site.redirects.items():
        if (end := end_of(site, old)) and end != target:
            new = re.sub(rf"(?m)^{re.escape(old)}:.*$", f"{old}: {end}", new)
    for old in gone(site):
        if place := _moved_to(site, old):
            new += ("" if new.endswith("\n") or not new else "\n") + f"{old}: {place}\n"
    found = {REDIRECTS: new} if new != redirects else {}
    if added := unlisted(site):
        found[ADDRESSES] = listed(addresses, added)
    return found


def listed(text: str, added: list[PagePath]) -> str:
    """Return the list of addresses with more of them, each in its place."""
    lines = text.rstrip("\n").split("\n")
    comments = [line for line in lines if not line.startswith("- ") and line.strip() not in ("", "[]")]
    entries = {line for line in lines if line.startswith("- ")} | {f"- {path}" for path in added}
    return "\n".join([*comments, *sorted(entries)]) + "\n"


def _redirects(site: Site) -> Iterator[Problem]:
    for old, new in site.redirects.items():
        line = line_of(site, REDIRECTS, old)
        bad = next((path for path in (old, new) if not paths.is_good(path)), None)
        if bad is not None:
            fix = "Write it as below docs/en/: toolkits/employers/remedy.md."
            yield Problem(REDIRECTS, line, "moved/odd-path", f"'{bad}' is not the path of a page.", fix)
        elif _exists(site, old):
            yield Problem(REDIRECTS, line, "moved/still-there", f"the page '{old}' still exists.", "Delete the line, or the page.")
        elif (end := end_of(site, old)) is None and new in site.redirects:
            yield Problem(REDIRECTS, line, "moved/loop", f"from '{old}' one redirect leads to the next and none to a page.", "Name a page.")
        elif end is None:
            fix = did_you_mean(new, site.source_paths()) or "Name the page that took its place, or the first page of its section."
            yield Problem(REDIRECTS, line, "moved/unknown-page", f"the page '{new}' does not exist.", fix)
        elif end != new:
            yield Problem(REDIRECTS, line, "moved/chain", f"'{new}' has moved on itself.", f"Write `{old}: {end}`, or run `check --fix`.")


def _exists(site: Site, path: PagePath) -> bool:
    """Tell whether the file is there, even if it cannot be read."""
    return paths.repo_path(site.source_locale.tag, path) in site.files


def _moved_to(site: Site, old: PagePath) -> PagePath | None:
    """Return the one new page with the file name of a page that is gone, or None."""
    name = old.rsplit("/", 1)[-1]
    same = [path for path in unlisted(site) if path.rsplit("/", 1)[-1] == name]
    rivals = [path for path in gone(site) if path.rsplit("/", 1)[-1] == name]
    return same[0] if len(same) == 1 and len(rivals) == 1 and name != "index.md" else None


def _guess(site: Site, old: PagePath) -> str:
    place = _moved_to(site, old)
    return f"Did you mean '{place}'?" if place else did_you_mean(old, unlisted(site) or site.source_paths())
