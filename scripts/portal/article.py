"""Shape the article's HTML while Markdown is converted (a Python-Markdown extension).

Adds structure, never text of the author's: sections around second-level headings, labels around tick items, scopes on
table heads, a heading above the footnotes, a link to the glossary at a term's first use. Page facts (`ArticleSettings`)
are set by the door before each page.
"""

from __future__ import annotations

import re
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass, field

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

_STASHED = re.compile("\x02wzxhzdk:\\d+\x03\\s*")
_BLOCKS = frozenset(("ul", "ol", "p", "div", "table", "pre", "blockquote", "dl"))
_MARKS = "".join(chr(code) for code in range(0x0300, 0x0E00) if unicodedata.category(chr(code)).startswith("M"))
"""Combining marks (vowel signs and the like): a word does not end before one, though `\\w` does not hold them."""
_NO_TERMS = frozenset(("a", "code", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "th", "label", "sup", "em"))


@dataclass(frozen=True)
class ArticleSettings:
    """What one page's article needs: the heading of its sources, the glossary's address, terms by lower-case form."""

    sources_title: str = "Sources"
    glossary_href: str = ""
    terms: Mapping[str, str] = field(default_factory=dict)
    term_pattern: re.Pattern[str] | None = None
    images: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Width and height of the pictures, by their path below docs/."""


class ArticleExtension(Extension):
    """Register the shaping; set `settings` before each page."""

    def __init__(self) -> None:
        super().__init__()
        self.settings = ArticleSettings()

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        """Run last of all treeprocessors, when footnotes, attributes and heading ids are in place."""
        md.treeprocessors.register(_Shape(md, self), "article", -10)


class _Shape(Treeprocessor):
    def __init__(self, md: Markdown, extension: ArticleExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, root: ET.Element) -> None:
        settings = self.extension.settings
        _tables(root)
        _ticks(root)
        _images(root, settings.images)
        if settings.term_pattern is not None:
            _link_terms(root, settings)
        _sections(root, settings.sources_title)


def _tables(root: ET.Element) -> None:
    """Give column heads a scope and put each table in a box that can be scrolled by keyboard on a small screen."""
    for parent in list(root.iter()):
        heading = ""
        for place, child in enumerate(list(parent)):
            if re.fullmatch("h[2-6]", child.tag):
                heading = child.get("id", "")
            if child.tag != "table":
                continue
            for head in child.iter("th"):
                head.set("scope", "col")
                if not "".join(head.itertext()).strip():
                    head.tag = "td"
                    del head.attrib["scope"]
            box = ET.Element("div", {"class": "table", "tabindex": "0", "role": "group"})
            if heading:
                box.set("aria-labelledby", heading)
            box.append(child)
            box.tail, child.tail = child.tail, None
            parent[place] = box


def _images(root: ET.Element, images: Mapping[str, tuple[int, int]]) -> None:
    """Keep a picture's place free before it is there, and load it when the reader comes near."""
    for image in root.iter("img"):
        _, folder, below = image.get("src", "").rpartition("assets/")
        if sides := images.get(folder + below):
            image.set("width", str(sides[0]))
            image.set("height", str(sides[1]))
        image.set("loading", "lazy")
        image.set("decoding", "async")


def _ticks(root: ET.Element) -> None:
    """Put the words of a tick item into the label of its box, and give the box a stable name.

    pymdownx.tasklist stores its box as raw HTML behind a placeholder at the start of the text; ours takes its place.
    """
    count = 0
    for item in root.iter("li"):
        if "task-list-item" not in item.get("class", ""):
            continue
        holder = item[0] if len(item) and item[0].tag == "p" else item
        count += 1
        label = ET.Element("label", {"for": f"tick-{count}"})
        label.text, holder.text = _STASHED.sub("", holder.text or "", count=1), None
        for child in [c for c in holder if c.tag not in _BLOCKS]:
            holder.remove(child)
            label.append(child)
        holder.insert(0, ET.Element("input", {"type": "checkbox", "id": f"tick-{count}"}))
        holder.insert(1, label)


def _sections(root: ET.Element, sources_title: str) -> None:
    """Wrap each second-level heading and what follows it in a section; turn the footnotes into a titled one."""
    children = list(root)
    for child in children:
        root.remove(child)
    current = root
    for child in children:
        if child.tag == "h2":
            name = child.get("id", "")
            current = ET.SubElement(root, "section", {"class": f"part part--{name}", "aria-labelledby": name})
        elif child.tag == "div" and child.get("class") == "footnote":
            current = root
            box = ET.SubElement(root, "section", {"class": "sources", "aria-labelledby": "sources"})
            title = ET.SubElement(box, "h2", {"id": "sources"})
            title.text = sources_title
            for part in child:
                if part.tag != "hr":
                    box.append(part)
            continue
        current.append(child)


def _link_terms(root: ET.Element, settings: ArticleSettings) -> None:
    """Link each glossary term at its first use in running text."""
    seen: set[str] = set()
    _walk(root, settings, seen)


def _walk(element: ET.Element, settings: ArticleSettings, seen: set[str]) -> None:
    if element.tag in _NO_TERMS or element.get("class") == "footnote":
        return
    place = 0
    if element.text and (made := _split(element.text, settings, seen)):
        element.text = made[0]
        for link in made[1]:
            element.insert(place, link)
            place += 1
    while place < len(element):
        child = element[place]
        _walk(child, settings, seen)
        if child.tail and (made := _split(child.tail, settings, seen)):
            child.tail = made[0]
            for link in made[1]:
                place += 1
                element.insert(place, link)
        place += 1


def _split(text: str, settings: ArticleSettings, seen: set[str]) -> tuple[str, list[ET.Element]] | None:
    """Return the text before the first new term and the links with the text after each, or None without a term."""
    assert settings.term_pattern is not None
    links: list[ET.Element] = []
    before, last = "", 0
    for match in settings.term_pattern.finditer(text):
        key = settings.terms[match[0].lower()]
        if key in seen:
            continue
        seen.add(key)
        gap = text[last : match.start()]
        if links:
            links[-1].tail = gap
        else:
            before = gap
        link = ET.Element("a", {"class": "term", "href": f"{settings.glossary_href}#{key}"})
        link.text = match[0]
        links.append(link)
        last = match.end()
    if not links:
        return None
    links[-1].tail = text[last:]
    return before, links


def term_pattern(terms: Mapping[str, str], has_word_gaps: bool) -> re.Pattern[str] | None:
    """Return one pattern for all term forms, longest first; scripts without gaps between words match anywhere."""
    if not terms:
        return None
    body = "|".join(re.escape(form) for form in sorted(terms, key=lambda form: (-len(form), form)))
    return re.compile(rf"(?<!\w)(?:{body})(?![\w{_MARKS}])" if has_word_gaps else body, re.IGNORECASE)
