"""Read a page the way several checks need it, once."""

from __future__ import annotations

import re
from functools import lru_cache

from portal import markdown
from portal.model import Page, Site

_NOT_WORDS = re.compile(r"!?\[(?P<shown>[^\[\]]*)\]\([^)]*\)(?:\{[^}]*\})?|\[\^[^\]]*\]|\{:? ?[#.][^}]*\}|https?://\S+|<[^>]*>")


def prose(page: Page) -> tuple[tuple[int, str], ...]:
    """Return (file line, text) of the lines a reader sees: no fenced code, no comments."""
    return _prose(page.body, page.body_line)


@lru_cache(maxsize=8192)
def _prose(body: str, first_line: int) -> tuple[tuple[int, str], ...]:
    return tuple(markdown.prose_lines(body, first_line))


@lru_cache(maxsize=200_000)
def words_of(line: str) -> str:
    """Return a line as its words: shown text of links, no targets, citations, ids, addresses or marks."""
    if "[" in line or "{" in line or "<" in line or "://" in line:
        line = _NOT_WORDS.sub(lambda m: m["shown"] or " ", line)
    return line.replace("**", "").replace("*", "").replace("`", " ")


def sections(page: Page) -> dict[str, list[tuple[int, str]]]:
    """Return the prose lines by heading id; what stands before the first heading has the id ''."""
    starts = {heading.line: heading.id for heading in page.outline.headings}
    found: dict[str, list[tuple[int, str]]] = {"": []}
    current = found[""]
    for line, text in prose(page):
        if line in starts:
            current = found.setdefault(starts[line], [])
        current.append((line, text))
    return found


def is_source(site: Site, page: Page) -> bool:
    """Tell whether a page is in the source locale."""
    return page.locale == site.source_locale.tag
