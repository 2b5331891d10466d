"""Cut a page into pieces that a translator works on and the marks between them, and a piece into words and inline marks.

Nothing is lost: the pieces of a body, and the runs of a piece, put together again give the same text, letter for letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from portal.front_matter import Parts

FRONT = ("title", "description", "search_terms")
"""What a translator translates in the front matter, in the order of the file."""
START = "intro"
"""The section before the first heading with an id."""


@dataclass(frozen=True)
class Piece:
    """A run of text: `kind` is '' for marks between blocks, else heading, item, tick, cell, quote, title or text."""

    text: str
    kind: str = ""
    section: str = START


@dataclass(frozen=True)
class Run:
    """Part of a block: words (`code` empty), a mark that stands alone, or one that opens or closes a pair."""

    text: str
    code: str = ""
    pair: int = 0
    is_end: bool = False


_LINE = re.compile(
    r"^(?P<mark>\s*(?:#{1,6}\s+|[-*+]\s+(?:\[[ xX]\]\s+)?|\d+[.)]\s+|>\s*)*)(?P<text>.*?)(?P<id>\s*\{:?\s*[#.][^}]*\})?(?P<end>\s*)$"
)
_FENCE = re.compile(r"^\s*(`{3,}|~{3,})")
_FOLD = re.compile(r"^(?P<mark>\s*(?:!!!|\?\?\?\+?)\s+[\w -]*\")(?P<text>.*)(?P<end>\"\s*)$")
_ID = re.compile(r"#([^\s}]+)")
_RULE = re.compile(r"^[\s|:*_-]*$")
_BREAK = r"[ \t]*\\?\n[ \t]*"
_COMMENT = re.compile(r"^\s*<!--(?! en:)")
_LONE = re.compile(
    rf"(?P<escape>\\.)|(?P<code>(`+)(?:(?!\3).)+\3)|(?P<footnote>\[\^[^\]\s]+\])|(?P<image>!\[[^\]]*\]\([^)]*\)(?:\{{[^}}]*\}})?)"
    rf"|(?P<html><!--.*?-->|</?[a-zA-Z][^>]*>|<https?://[^>]*>)|(?P<attributes>\{{:?\s*[#.][^}}]*\}})|(?P<break>{_BREAK})",
    re.DOTALL,
)
_PAIRS = (
    ("link", re.compile(r"(\[)((?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)(\]\([^)\n]*\)(?:\{[^}]*\})?)")),
    ("bold", re.compile(r"(\*\*)(?=\S)(.+?)(?<=\S)(\*\*)(?!\*)", re.DOTALL)),
    ("italic", re.compile(r"(\*)(?=[^\s*])(.+?)(?<=[^\s*])(\*)(?!\*)", re.DOTALL)),
)
LOOSE = frozenset(("bold", "italic", "break", "escape"))
"""Marks that a language may use in its own way; all others belong to the page and stay."""


def blocks(body: str) -> list[Piece]:
    """Return the pieces of a Markdown body. Joined, their texts are the body."""
    pieces: list[Piece] = []
    section, fence, in_comment = START, "", False
    open_at = -1  # where the block stands that the next line may continue
    for number, line in enumerate(body.split("\n")):
        gap = "\n" if number else ""
        code = _FENCE.match(line)
        if fence or code or in_comment or _COMMENT.match(line) or _RULE.match(line):
            pieces.append(Piece(gap + line, "", section))
            if code and (not fence or code[1].startswith(fence)):
                fence = "" if fence else code[1]
            elif not fence:
                in_comment = "-->" not in line and (in_comment or "<!--" in line)
            open_at = -1
            continue
        if line.lstrip().startswith("|"):
            pieces += _cells(gap + line, section)
            open_at = -1
            continue
        fold = _FOLD.match(line)
        match = fold or _LINE.match(line)
        assert match is not None  # every line matches _LINE
        mark, text, name = match["mark"], match["text"], "" if fold else match["id"] or ""
        if open_at >= 0 and not mark.strip():
            whole = "".join(piece.text for piece in pieces[open_at:]) + gap + mark + text
            pieces[open_at:] = [Piece(whole, pieces[open_at].kind, section), Piece(name + match["end"], "", section)]
            continue
        kind = "title" if fold else _kind(mark)
        if kind == "heading" and (anchor := _ID.search(name)):
            section = anchor[1]
        is_open = bool(text) and kind in ("item", "tick", "text")
        pieces += [Piece(gap + mark, "", section), Piece(text, kind if text else "", section), Piece(name + match["end"], "", section)]
        open_at = len(pieces) - 2 if is_open else -1
    return [piece for piece in pieces if piece.text]


def _kind(mark: str) -> str:
    word = mark.strip()
    if word.startswith("#"):
        return "heading"
    if word.endswith("]"):
        return "tick"
    if word.startswith(">"):
        return "quote"
    return "item" if word else "text"


def _cells(line: str, section: str) -> Iterator[Piece]:
    """Yield the cells of a table row and the bars and blanks between them."""
    parts = re.split(r"((?<!\\)\|)", line)
    for part in parts:
        text = part.strip()
        if not text or text == "|":
            yield Piece(part, "", section)
            continue
        start = part.index(text)
        yield from (Piece(part[:start], "", section), Piece(text, "cell", section), Piece(part[start + len(text) :], "", section))


def runs(text: str) -> list[Run]:
    """Return the words and inline marks of a block. Joined, their texts are the block."""
    return list(_runs(text, [0]))


def _runs(text: str, last: list[int]) -> Iterator[Run]:
    place = 0
    while place < len(text):
        found = [(match.start(), rank, name, match) for rank, (name, match) in enumerate(_next(text, place))]
        if not found:
            break
        start, _, name, match = min(found, key=lambda entry: entry[:2])
        if start > place:
            yield Run(text[place:start])
        if name == "lone":
            yield Run(match[0], match.lastgroup or "mark")
        else:
            last[0] += 1
            pair = last[0]
            yield Run(match[1], name, pair)
            yield from _runs(match[2], last)
            yield Run(match[3], name, pair, True)
        place = match.end()
    if place < len(text):
        yield Run(text[place:])


def _next(text: str, place: int) -> Iterator[tuple[str, re.Match[str]]]:
    if match := _LONE.search(text, place):
        yield "lone", match
    for name, pattern in _PAIRS:
        if match := pattern.search(text, place):
            yield name, match


def marks(text: str) -> list[str]:
    """Return the inline marks of a block that a translation must keep, sorted."""
    return sorted(run.text for run in runs(text) if run.code and run.code not in LOOSE)


def front_lines(text: str, parts: Parts) -> dict[str, tuple[int, int]]:
    """Return for each translatable key of the front matter the range of its lines in the file, counted from 0."""
    lines = text.split("\n")
    end = parts.body_line - 2
    found: dict[str, tuple[int, int]] = {}
    for key in FRONT:
        if key in parts.lines and key in parts.meta:
            start = parts.lines[key] - 1
            stop = next((n for n in range(start + 1, end) if re.match(r"[A-Za-z_]", lines[n])), end)
            found[key] = (start, stop)
    return found
