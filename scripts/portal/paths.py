"""Page paths, repository paths and addresses, and the way between them."""

from __future__ import annotations

import posixpath
import re

from portal.model import Locale, PagePath

DOCS = "docs"
GOOD_NAME = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*\.md$")


def repo_path(locale: str, path: PagePath) -> str:
    """Return the repository path of a page: `docs/vi/index.md`."""
    return f"{DOCS}/{locale}/{path}"


def is_good(path: PagePath) -> bool:
    """Tell whether this is a page path as we write them: every part made of small letters, digits and hyphens."""
    return path.endswith(".md") and all(GOOD_NAME.match(part if part.endswith(".md") else part + ".md") for part in path.split("/"))


def split_repo_path(file: str, tags: frozenset[str]) -> tuple[str, PagePath] | None:
    """Return (locale tag, page path) of a repository path, or None where it is not a page of a known locale."""
    parts = file.split("/", 2)
    if len(parts) == 3 and parts[0] == DOCS and parts[1] in tags and file.endswith(".md"):
        return parts[1], parts[2]
    return None


def address(locale: Locale, path: PagePath) -> str:
    """Return the address of a page below the site root: `vi/covid-19/index.html`."""
    return locale.prefix + path.removesuffix(".md") + ".html"


def canonical(site_url: str, locale: Locale, path: PagePath) -> str:
    """Return the full public address; an index page ends in a slash."""
    where = address(locale, path)
    if posixpath.basename(where) == "index.html":
        where = where.removesuffix("index.html")
    return site_url.rstrip("/") + "/" + where


def relative(target: str, start: str) -> str:
    """Return the address `target` as seen from the page at address `start` (both below the site root, neither with dots).

    The target "." is the site root: "../.." from a page two folders down, "." from one at the top.
    """
    here = start.split("/")[:-1]
    if target == ".":
        return "/".join([".."] * len(here)) or "."
    there = target.split("/")
    same = 0
    while same < min(len(here), len(there) - 1) and here[same] == there[same]:
        same += 1
    return "/".join([".."] * (len(here) - same) + there[same:])


def join(path: PagePath, target: str) -> tuple[PagePath, str]:
    """Resolve a link target written in the page `path`: (page path or file below the locale folder, anchor)."""
    file, _, anchor = target.partition("#")
    if not file:
        return path, anchor
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), file)), anchor
