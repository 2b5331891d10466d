"""Read a built page back as a small tree: what is printed of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"))


@dataclass
class Element:
    """An element: its tag, attributes, and children (elements and texts)."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Return its id, or an empty text."""
        return self.attrs.get("id", "")

    @property
    def classes(self) -> frozenset[str]:
        """Return its classes."""
        return frozenset(self.attrs.get("class", "").split())

    @property
    def elements(self) -> list[Element]:
        """Return its children that are elements."""
        return [child for child in self.children if isinstance(child, Element)]

    def walk(self) -> Iterator[Element]:
        """Yield this element and everything in it, in order."""
        yield self
        for child in self.elements:
            yield from child.walk()

    def text(self) -> str:
        """Return all text in it."""
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)

    def find(self, wanted: Callable[[Element], bool]) -> Element | None:
        """Return the first element in it that is wanted, or None."""
        return next((element for element in self.walk() if wanted(element)), None)


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("html")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if any(element.tag == tag for element in self.open[1:]):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def parse(html: str) -> Element:
    """Return the tree of a page."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root


@dataclass(frozen=True)
class Printed:
    """What is printed of a page, in the order of paper: notices, article, records and further reading, sources."""

    notices: tuple[str, ...]
    parts: tuple[Element, ...]
    sources: Element | None


_AFTER = ("record", "further")


def printed(html: str) -> Printed:
    """Return what is printed of a built page. Raises ValueError without an article."""
    main = parse(html).find(lambda e: e.tag == "main")
    article = main.find(lambda e: e.tag == "article") if main else None
    if main is None or article is None:
        raise ValueError("no <article> in <main>")
    notices = [e for e in main.walk() if "notice" in e.classes]
    for element in main.walk():
        element.children = [c for c in element.children if isinstance(c, str) or "footnote-backref" not in c.classes]
    own = [e for e in article.elements if "sources" not in e.classes]
    after = [e for e in main.walk() if e.tag == "section" and e.classes & set(_AFTER) and e.id != "slice"]
    return Printed(
        notices=tuple(_first_text(e) for e in notices),
        parts=(*own, *after),
        sources=next((e for e in article.elements if "sources" in e.classes), None),
    )


def section_of(page: Printed, section: str) -> Printed:
    """Return only the section with this id, with the page's sources if it cites one. Raises ValueError without it."""
    parts = tuple(part for part in page.parts if any(e.tag == "h2" and e.id == section for e in part.elements))
    if not parts:
        raise ValueError(f"no section '{section}'")
    is_citing = any("footnote-ref" in e.classes for part in parts for e in part.walk())
    return Printed(page.notices, parts, page.sources if is_citing else None)


def _first_text(notice: Element) -> str:
    """Return a notice without the links at its end, which lead to tools of the screen."""
    line = notice.find(lambda e: e.tag == "p") or notice
    return " ".join("".join(child for child in line.children if isinstance(child, str)).replace("·", " ").split())
