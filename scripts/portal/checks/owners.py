"""Owners: each locale and topic has somebody who is asked to read a change (.github/CODEOWNERS)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.model import Problem, Site
from portal.suggest import did_you_mean

FILE = ".github/CODEOWNERS"
_OWNER = re.compile(r"^@[\w.-]+(?:/[\w.-]+)?$|^[^@\s]+@[^@\s]+$")


def check(site: Site) -> Iterator[Problem]:
    """Yield locales without owners, and lines of CODEOWNERS that name nothing or nobody."""
    data = site.raw.get(FILE)
    if data is None:
        return
    owned: list[str] = []
    for number, text in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
        words = text.split("#", 1)[0].split()
        if not words:
            continue
        pattern, people = words[0], words[1:]
        owned.append(pattern)
        if not people:
            yield Problem(FILE, number, "owners/nobody", f"'{pattern}' has no owner.", "Add a team: @organisation/team.")
        for person in people:
            if not _OWNER.match(person):
                yield Problem(FILE, number, "owners/odd-name", f"'{person}' is no account or team.", "Write @name or @organisation/team.")
        start = pattern.strip("/")
        if start.startswith("docs/") and "*" not in start and not any(f == start or f.startswith(start + "/") for f in site.files):
            folders = {"/".join(f.split("/")[:n]) for f in site.files for n in (2, 3, 4)}
            fix = (did_you_mean(start, folders) if start.count("/") > 1 else "") or "Mend the path, or delete the line."
            yield Problem(FILE, number, "owners/unknown-path", f"there is nothing at '{pattern}'.", fix)
    for locale in site.locales:
        if f"/docs/{locale.tag}/" not in owned:
            fix = f"Add a line '/docs/{locale.tag}/ @organisation/locale-{locale.tag.lower()}'."
            yield Problem(FILE, 0, "owners/no-locale", f"nobody is asked about the locale '{locale.tag}'.", fix)
