"""Turn a built article into Typst code. Every text becomes a Typst string, so that nothing in it needs care."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import urlsplit

from portal.build.pdf_html import Element
from portal.build.pdf_place import Place, string

_SPACE = re.compile(r"[ \t\r\n\f]+")
_BLANKS = re.compile(r"_{3,}")
_INLINE = frozenset((
    "a", "abbr", "b", "br", "cite", "code", "del", "em", "i", "img", "input", "ins", "kbd", "label", "mark", "q", "s", "small",
    "span", "strong", "sub", "sup", "u",
))  # fmt: skip
_WEIGHT = {"strong": "strong", "b": "strong", "em": "emph", "i": "emph", "sup": "raised", "sub": "lowered"}
_SHORTEST_CELL = 6
_LONGEST_CELL = 90
_EMPTY_CELL = 14


def ids(parts: Iterable[Element]) -> frozenset[str]:
    """Return the ids of a page that become labels: headings and sources."""
    return frozenset(e.id for part in parts for e in part.walk() if e.id and (_level(e) or e.id.startswith("fn:")))


def blocks(nodes: Iterable[Element | str], place: Place) -> str:
    """Return block content as Typst code, one statement a line."""
    lines: list[str] = []
    run: list[Element | str] = []
    for node in [*nodes, None]:
        if isinstance(node, str) or (node is not None and node.tag in _INLINE):
            run.append(node)
            continue
        if run and (text := inline(run, place)):
            lines.append(f"par({{{text}}})")
        run = []
        if node is not None and (code := _block(node, place)):
            lines.append(code)
    return "\n".join(lines)


def _level(element: Element) -> int:
    return int(element.tag[1]) if re.fullmatch("h[1-6]", element.tag) else 0


def _block(element: Element, place: Place) -> str:
    tag, classes = element.tag, element.classes
    if level := _level(element):
        label = string(f"{place.prefix}-{element.id}") if element.id else "none"
        return f"head({level}, {label}, {{{inline(element.children, place)}}})"
    if tag == "section":
        kind = next((name.removeprefix("part--") for name in classes if name.startswith("part--")), "")
        return f"part({string(kind)}, {{\n{blocks(element.children, place)}\n}})"
    if tag == "p":
        text = inline(element.children, place)
        kind = "who" if _is_who(element) else "meta" if classes & {"card__meta", "caution"} else "par"
        return f"{kind}({{{text}}})" if text else ""
    if tag in ("ul", "ol"):
        return _list(element, place)
    if tag == "table":
        return _table(element, place)
    if tag == "hr":
        return "rule()"
    if tag == "dl":
        return blocks(element.elements, place)
    if tag == "dt":
        return f"par(strong({{{inline(element.children, place)}}}))"
    if tag in ("blockquote", "dd"):
        return f"indented({{\n{blocks(element.children, place)}\n}})"
    if tag in ("div", "details", "aside") and (classes & {"admonition"} or tag == "details"):
        return _note(element, place)
    if tag == "pre":
        return f"par({string(element.text())})"
    if tag in ("button", "form", "nav", "script", "style", "template"):
        return ""
    return blocks(element.children, place)


def _is_who(element: Element) -> bool:
    """Tell whether a paragraph is a step's line of who, by when and proof: it starts with a label in <em>."""
    first = next((c for c in element.children if not (isinstance(c, str) and not c.strip())), None)
    return isinstance(first, Element) and first.tag == "em" and first.text().rstrip()[-1:] in (":", "：")


def _note(element: Element, place: Place) -> str:
    title = next((e for e in element.elements if e.tag == "summary" or "admonition-title" in e.classes), None)
    rest = [child for child in element.children if child is not title]
    head = inline(title.children, place) if title else ""
    return f"note({{{head}}}, {{\n{blocks(rest, place)}\n}})"


def _list(element: Element, place: Place) -> str:
    items = [item for item in element.elements if item.tag == "li"]
    is_ticks = any("task-list-item" in item.classes for item in items)
    kind = "ticks" if is_ticks else "cards" if "cards" in element.classes else "steps" if _is_steps(element) else element.tag + "-list"
    start = int(element.attrs.get("start") or 1)
    cells = []
    for item in items:
        body = "{\n" + blocks(item.children, place) + "\n}"
        cells.append(f"({string(place.prefix + '-' + item.id)}, {body})" if item.id.startswith("fn:") else f"(none, {body})")
    options = f", start: {start}" if element.tag == "ol" and start != 1 else ""
    return f"{kind}(({', '.join(cells)},){options})" if cells else ""


def _is_steps(element: Element) -> bool:
    return element.tag == "ol" and any(_is_who(p) for item in element.elements for p in item.elements if p.tag == "p")


def _table(element: Element, place: Place) -> str:
    rows = [row for row in element.walk() if row.tag == "tr"]
    heads = [row for row in rows if all(cell.tag in ("th", "td") for cell in row.elements) and _is_head(element, row)]
    width = max((len(row.elements) for row in rows), default=0)
    if not width:
        return ""
    sizes = [_size([row.elements[n] for row in rows if n < len(row.elements)]) for n in range(width)]
    lines = [f"table-of(({', '.join(f'{size}fr' for size in sizes)},),"]
    for row in rows:
        cells = [_cell(cell, place) for cell in row.elements] + ["cell({})"] * (width - len(row.elements))
        lines.append(f"  table.header({', '.join(cells)})," if row in heads else "  " + ", ".join(cells) + ",")
    return "\n".join([*lines, ")"])


def _is_head(table: Element, row: Element) -> bool:
    return any(e.tag == "thead" and row in e.elements for e in table.elements)


def _cell(cell: Element, place: Place) -> str:
    body = inline(cell.children, place) if not any(c.tag not in _INLINE for c in cell.elements) else "\n" + blocks(cell.children, place)
    if not cell.text().strip():
        return "blank-cell()"
    return f"cell({{{body}}})" if cell.tag == "td" else f"head-cell({{{body}}})"


def _size(column: list[Element]) -> int:
    """Return a column's share of the width: grows slowly with its longest cell, never below its longest word."""
    texts = [" ".join(cell.text().split()) for cell in column]
    longest = min(max((len(text) for text in texts), default=0), _LONGEST_CELL)
    word = max((len(w) for text in texts for w in text.split()), default=0)
    floor = _EMPTY_CELL if any(not text for text in texts) else _SHORTEST_CELL
    return int(10 * max(longest**0.62, min(word, 16) ** 0.85, floor**0.75))


def inline(nodes: Iterable[Element | str], place: Place) -> str:
    """Return inline content as Typst code: strings and calls, joined by semicolons."""
    pieces: list[str] = []
    children = list(nodes)
    for number, node in enumerate(children):
        if isinstance(node, str):
            text = _SPACE.sub(" ", node)
            text = text if pieces else text.lstrip()
            text = text.rstrip() if number == len(children) - 1 else text
            pieces += _texts(text, is_last=number == len(children) - 1)
        elif number + 1 < len(children) and "term" in node.classes and _is_mark(children[number + 1]):
            pieces.append(string(node.text()))  # the term is only the start of a word: a link would tear a letter apart
        elif code := _span(node, place):
            pieces.append(code)
    return "; ".join(pieces)


def _is_mark(node: Element | str) -> bool:
    """Tell whether a text starts with a sign that belongs to the letter before it."""
    return isinstance(node, str) and unicodedata.category(node[:1] or " ").startswith("M")


def _texts(text: str, is_last: bool) -> list[str]:
    """Return a text as strings, its runs of underscores as lines to write on."""
    pieces: list[str] = []
    last = 0
    for match in _BLANKS.finditer(text):
        before = text[last : match.start()]
        if before:
            pieces.append(string(before))
        is_field = before.rstrip()[-1:] in (":", "：")
        ends = is_last and not text[match.end() :].strip()
        pieces.append("field(to-end: true)" if ends else "field(long: true)" if is_field else "field()")
        last = match.end()
    if text[last:]:
        pieces.append(string(text[last:]))
    return pieces


def _span(element: Element, place: Place) -> str:
    tag = element.tag
    if tag == "input":
        return ""
    if tag == "br":
        return "linebreak()"
    if tag == "img":
        return string(element.attrs.get("alt", ""))
    body = inline(element.children, place) if tag != "p" else ""
    if not body:
        return ""
    body = _keep_edges(element, body)
    if tag == "a" and "href" in element.attrs:
        kind, target = place.target(element.attrs["href"])
        return f"{{{body}}}" if not kind else f"{_link(element, place, kind, target)}, {{{body}}})"
    if lang := element.attrs.get("lang"):
        body = f"in-lang({string(lang)}, {{{body}}})"
    if name := _WEIGHT.get(tag):
        if tag == "sup" and element.find(lambda e: "footnote-ref" in e.classes):
            return f"{{{body}}}"
        return f"{name}({{{body}}})"
    return f"{{{body}}}"


def _link(element: Element, place: Place, kind: str, target: str) -> str:
    """Return the start of a link's call: what paper shows besides its text differs."""
    to = f"label({string(target)})" if kind == "label" else string(target)
    if "footnote-ref" in element.classes:
        return f"cited({to}"
    if "term" in element.classes:
        return f"term({to}"
    if kind == "label":
        return f"inside({to}" if target.split("-")[0] == place.prefix else f"see({to}"
    if element.attrs.get("rel") == "external":
        return f"outside({to}, {string(urlsplit(target).netloc.removeprefix('www.'))}"
    return f"page-link({to}"


def _keep_edges(element: Element, body: str) -> str:
    """Put back the blank that stood at the edge of an inline element."""
    text = element.text()
    before = '" "; ' if text[:1].isspace() and text.strip() else ""
    after = '; " "' if text[-1:].isspace() and text.strip() else ""
    return before + body + after
