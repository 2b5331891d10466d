"""Read the outline of a Markdown body: headings, links, citations, tick items, tables, raw HTML.

A line scanner, not a parser: it must be fast over a thousand pages and know the line of everything. What it takes
for a heading or link is what Python-Markdown with our extensions makes one; fenced code and comments are passed over.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from portal.model import Heading, Link, Outline

_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*$")
_ID = re.compile(r"\s*\{:?\s*#([^\s}]+)[^}]*\}\s*$")
_LINK = re.compile(r"(!?)\[((?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]\(\s*<?([^\s)>]*)>?(?:\s+\"[^\"]*\")?\s*\)(\{[^}]*\})?")
_CITATION = re.compile(r"\[\^([^\]\s]+)\](?!:)")
_DEFINITION = re.compile(r"^\s{0,3}\[\^([^\]\s]+)\]:")
_TICK = re.compile(r"^\s*[-*+]\s+\[[ xX]\]\s")
_ITEM = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+\S")
_ROW = re.compile(r"^\s*\|.*\|\s*$")
_HTML = re.compile(r"</?([a-zA-Z][\w-]*)\b[^>]*>?|<!--")
_FENCE = re.compile(r"^\s*(`{3,}|~{3,})")
_CODE = re.compile(r"(`+)(?:(?!\1).)+\1")
_ITEM_STARTS = frozenset("-*+0123456789")


def prose_lines(body: str, first_line: int = 1) -> Iterator[tuple[int, str]]:
    """Yield (file line, text) for each line that is not in fenced code or an HTML comment; code spans are blanked."""
    fence, in_comment = "", False
    for number, line in enumerate(body.split("\n"), first_line):
        if ("```" in line or "~~~" in line) and (match := _FENCE.match(line)):
            if not fence:
                fence = match[1]
                continue
            if match[1].startswith(fence[0] * len(fence)):
                fence = ""
                continue
        if fence:
            continue
        if in_comment:
            if "-->" not in line:
                continue
            line, in_comment = line.split("-->", 1)[1], False
        while "<!--" in line:
            before, after = line.split("<!--", 1)
            if "-->" in after:
                line = before + after.split("-->", 1)[1]
            else:
                line, in_comment = before, True
        yield number, _CODE.sub(lambda code: " " * len(code[0]), line) if "`" in line else line


def outline(body: str, first_line: int = 1) -> Outline:
    """Return what the body is made of, with lines counted from `first_line`."""
    headings: list[Heading] = []
    links: list[Link] = []
    citations: list[tuple[str, int]] = []
    definitions: list[tuple[str, int]] = []
    ticks: list[int] = []
    items: list[int] = []
    rows: list[int] = []
    html: list[tuple[str, int]] = []
    words = 0
    for number, line in prose_lines(body, first_line):
        if line.startswith("#") and (match := _HEADING.match(line)):
            found = _ID.search(match[2])
            text = match[2][: found.start()] if found else match[2]
            headings.append(Heading(len(match[1]), text.rstrip(" #"), found[1] if found else "", number))
        if "](" in line:
            links += [Link(m[2], m[3], number, bool(m[1])) for m in _LINK.finditer(line)]
        if "[^" in line:
            if match := _DEFINITION.match(line):
                definitions.append((match[1], number))
            citations += [(m[1], number) for m in _CITATION.finditer(line)]
        first = line.lstrip()[:1]
        if first in _ITEM_STARTS and _ITEM.match(line):
            items.append(number)
            if _TICK.match(line):
                ticks.append(number)
        elif first == "|" and _ROW.match(line):
            rows.append(number)
        if "<" in line:
            html += [(m[0], number) for m in _HTML.finditer(line)]
        words += len(line.split())
    return Outline(
        tuple(headings), tuple(links), tuple(citations), tuple(definitions),
        tuple(ticks), tuple(items), tuple(rows), tuple(html), words,
    )  # fmt: skip


def plain(text: str) -> str:
    """Return inline Markdown as the words a reader sees: no marks, no link targets, no citations."""
    text = _CITATION.sub("", text)
    text = _LINK.sub(lambda m: m[2], text)
    text = _ID.sub("", text)
    return re.sub(r"(\*\*|__|\*|`|(?<!\w)_|_(?!\w))", "", text)


def sections(body: str) -> dict[str, str]:
    """Return the text of each section by heading id; what stands before the first heading has the id `intro`."""
    parts: dict[str, list[str]] = {"intro": []}
    current = "intro"
    for line in body.split("\n"):
        if line.startswith("#") and (match := _HEADING.match(line)) and (found := _ID.search(match[2])):
            current = found[1]
        parts.setdefault(current, []).append(line)
    return {key: "\n".join(lines) for key, lines in parts.items() if "".join(lines).strip()}


def section_hashes(title: str, description: str, body: str) -> dict[str, str]:
    """Return a short hash of each section's words; line breaks and blanks do not count. `title` covers the front matter."""
    texts = {"title": f"{title}\n{description}", **sections(body)}
    return {key: hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:12] for key, text in texts.items()}
