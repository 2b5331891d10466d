"""Write and read XLIFF 1.2, the file that translators' programs exchange (OASIS, xliff-core 1.2).

Inline marks stand in `bpt`/`ept` (pairs) and `ph` (single ones) with their Markdown as content, so that a program protects
them and a block is again its elements' text put together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from portal import segments

SPACE = "urn:oasis:names:tc:xliff:document:1.2"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_KNOWN = {"bold": "bold", "italic": "italic", "link": "link", "image": "image", "break": "lb"}
STALE = ("needs-adaptation", "needs-review-adaptation")
"""States of a target whose English has changed and that nobody has touched since."""


@dataclass(frozen=True)
class Unit:
    """One block: its id in the page, what it is, English, translation (None: not yet), state, line in the XLIFF file."""

    id: str
    kind: str
    source: str
    target: str | None
    state: str = ""
    line: int = 0


@dataclass(frozen=True)
class Document:
    """One page: its path, the language declared, the blob ids of the English and of the translation when exported, its blocks."""

    path: str
    lang: str
    source_blob: str
    target_blob: str
    units: tuple[Unit, ...]
    line: int = 0


class NotXliff(ValueError):
    """The text is no XLIFF 1.2 that we can read; says why, with the line where it is known."""


def write(documents: Iterable[Document], source_lang: str) -> str:
    """Return an XLIFF 1.2 file that holds the pages."""
    root = etree.Element(_name("xliff"), {"version": "1.2"}, nsmap={None: SPACE})
    for document in documents:
        file = etree.SubElement(root, _name("file"), {
            "original": document.path, "source-language": source_lang, "target-language": document.lang, "datatype": "x-markdown",
            # standard attributes that programs hand back: which English text, which state of the translation
            "product-name": "portal", "product-version": document.source_blob, "build-num": document.target_blob or "none",
        })  # fmt: skip
        body = etree.SubElement(file, _name("body"))
        for unit in document.units:
            entry = etree.SubElement(body, _name("trans-unit"), {"id": unit.id, f"{_XML}space": "preserve"})
            numbers: dict[tuple[str, int], int] = {}
            _fill(etree.SubElement(entry, _name("source")), unit.source, numbers)
            if unit.target is not None:
                state = {"state": unit.state} if unit.state else {}
                _fill(etree.SubElement(entry, _name("target"), state), unit.target, numbers)
            etree.SubElement(entry, _name("note")).text = unit.kind
    _indent(root)
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return data.decode("utf-8") + "\n"


def read(data: bytes) -> tuple[Document, ...]:
    """Return the pages of an XLIFF 1.2 file. Raises NotXliff in words for anything else."""
    reader = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, reader)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotXliff(f"it is not well-formed XML ({str(error).splitlines()[0] if str(error) else 'empty'})") from None
    if root.getroottree().docinfo.doctype:
        raise NotXliff("it has a document type declaration, which XLIFF does not use")
    if root.tag != _name("xliff"):
        found = etree.QName(root)
        raise NotXliff(f"its first element is '{found.localname}' in the namespace '{found.namespace or 'none'}', not XLIFF 1.2")
    return tuple(_document(file) for file in root.iterchildren(_name("file")))


def _document(file: etree._Element) -> Document:
    blob = file.get("build-num", "")
    return Document(
        path=file.get("original", ""), lang=file.get("target-language", ""), source_blob=file.get("product-version", ""),
        target_blob="" if blob == "none" else blob, units=tuple(_unit(entry) for entry in file.iter(_name("trans-unit"))),
        line=file.sourceline or 0,
    )  # fmt: skip


def _unit(entry: etree._Element) -> Unit:
    source, target = entry.find(_name("source")), entry.find(_name("target"))
    text = None if target is None else _text(target)
    return Unit(
        id=entry.get("id", ""), kind=entry.findtext(_name("note"), ""), source="" if source is None else _text(source),
        target=text if text and text.strip() else None, state="" if target is None else target.get("state", ""), line=entry.sourceline or 0,
    )  # fmt: skip


def _text(element: etree._Element) -> str:
    return "".join(str(part) for part in element.itertext())


def _name(tag: str) -> str:
    return f"{{{SPACE}}}{tag}"


def _fill(element: etree._Element, text: str, numbers: dict[tuple[str, int], int]) -> None:
    """Write a block into `source` or `target`; the same mark has the same number in both."""
    seen: Counter[str] = Counter()
    found = segments.runs(text)
    pairs: dict[int, int] = {}
    last: etree._Element | None = None
    closing = {run.pair: run.text for run in found if run.is_end}
    for run in found:
        if not run.code:
            if last is None:
                element.text = (element.text or "") + run.text
            else:
                last.tail = (last.tail or "") + run.text
            continue
        if run.is_end:
            number = pairs[run.pair]
        else:
            key = run.text + closing.get(run.pair, "")
            seen[key] += 1
            number = numbers.setdefault((key, seen[key]), len(numbers) + 1)
            pairs[run.pair] = number
        tag = "ph" if not run.pair else "ept" if run.is_end else "bpt"
        kind = {} if run.is_end else {"ctype": _KNOWN.get(run.code, f"x-{run.code}")}
        last = etree.SubElement(element, _name(tag), {"id": str(number), **kind})
        last.text = run.text


def _indent(root: etree._Element) -> None:
    """Put the structure on lines of its own, but never touch the text of a block."""
    inside = {_name(tag) for tag in ("source", "target", "note", "ph", "bpt", "ept")}
    for element in root.iter():
        depth = sum(1 for _ in element.iterancestors())
        if element.tag not in inside and len(element):
            element.text = "\n" + "  " * (depth + 1)
        if element.tag not in {_name("ph"), _name("bpt"), _name("ept")} and depth:
            is_last = element.getnext() is None
            element.tail = "\n" + "  " * (depth - 1 if is_last else depth)
