"""Make one PDF: built pages in, bytes out. Same input, same bytes."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import segno
import typst

from portal.build import fonts, pdf_article, pdf_finish
from portal.build.pdf_html import Printed, printed, section_of
from portal.build.pdf_place import Place, string
from portal.build.pdf_plan import Document, Leaf
from portal.build.pdf_words import ENGLISH, Facts, short_address
from portal.errors import PortalError
from portal.model import PagePath

PRINT = Path(__file__).resolve().parents[3] / "overrides" / "print"
TEMPLATE = "toolkit.typ"
ENGINES = ("typst", "pikepdf", "segno")
_SCALE = "scale: 1.0"
_SCALES = (1.0, 0.93, 0.87, 0.82)
"""Sizes of a handout's letters that are tried until it fits on one sheet, both sides."""
_HANDOUT_PAGES = 2
_LONG_TITLE = 60
_COVER_SIZES = ((32, 2.5), (_LONG_TITLE, 2.0), (10_000, 1.6))
"""Up to how many characters a cover's title has which size."""


def build_document(document: Document, html_of_page: Mapping[PagePath, str], facts: Facts, folder: Path = PRINT) -> bytes:
    """Return the finished PDF of a document. Raises PortalError with place, fact and cure, before anything is written."""
    code = source(document, html_of_page, facts, folder)
    raw = b""
    for scale in _SCALES if document.kind == "handout" else _SCALES[:1]:
        smaller = _compile(code.replace(_SCALE, f"scale: {scale}", 1), document, facts, folder)
        raw = smaller if not raw or pdf_finish.page_count(smaller) <= _HANDOUT_PAGES else raw
        if pdf_finish.page_count(raw) <= _HANDOUT_PAGES:
            break
    return pdf_finish.finish(raw, folder / "fonts" / "glyphs.json")


def fingerprint(document: Document, html_of_page: Mapping[PagePath, str], facts: Facts, folder: Path = PRINT) -> str:
    """Return a digest of all that a document's bytes depend on: its pages, words, date, template, fonts and these rooms."""
    digest = hashlib.sha256(_own_digest(folder))
    said = [facts.words(key, **dict.fromkeys(("page", "pages", "done", "total", "count", "date", "address"), "")) for key in ENGLISH]
    day = facts.date(facts.edition)
    for text in (repr(document), facts.edition, day, facts.commit, facts.site_url, str(facts.with_notes), *said):
        digest.update(f"{text}\0".encode())
    for leaf in document.leaves:
        digest.update(f"{leaf.path}\0{html_of_page.get(leaf.path, '')}\0".encode())
    return digest.hexdigest()


@lru_cache(maxsize=2)
def _own_digest(folder: Path) -> bytes:
    """Return a digest of the template, the fonts, the engines and the code that makes PDFs."""
    digest = hashlib.sha256(" ".join(map(version, ENGINES)).encode())
    rooms = [*Path(__file__).parent.glob("pdf*.py"), Path(fonts.__file__)]
    for file in sorted((*rooms, *(path for path in folder.rglob("*") if path.is_file()))):
        digest.update(f"{file.name}\0".encode() + file.read_bytes())
    return digest.digest()


def source(document: Document, html_of_page: Mapping[PagePath, str], facts: Facts, folder: Path = PRINT) -> str:
    """Return the Typst code of a document. Raises PortalError for a page without article or a character without glyph."""
    pages = [(leaf, _printed(leaf, html_of_page)) for leaf in document.leaves]
    _check_glyphs(document, pages, facts, folder)
    inside = {}
    for number, (leaf, page) in enumerate(pages):
        names = pdf_article.ids((*page.parts, *((page.sources,) if page.sources else ())))
        inside[leaf.address] = (f"m{number}", names)
    is_toolkit = document.kind == "toolkit"
    lines = [f'#import "/{TEMPLATE}": *', f"#let facts = {_facts(document, facts)}", "#show: document-of.with(facts)"]
    lines.append(f"#words.update((see-page: {string(facts.words('pdf.see_page'))}))")
    if is_toolkit:
        lines += [_cover(document, facts), f"#contents(facts, {string(facts.words('pdf.contents'))})"]
    for number, (leaf, page) in enumerate(pages):
        place = Place(f"m{number}", leaf.address, facts.site_url, inside)
        lines.append(_module(leaf, page, place, facts, is_last=not is_toolkit))
    return "\n".join(lines) + "\n"


def _printed(leaf: Leaf, html_of_page: Mapping[PagePath, str]) -> Printed:
    try:
        page = printed(html_of_page[leaf.path])
        return section_of(page, leaf.section) if leaf.section else page
    except KeyError:
        raise PortalError(f"{leaf.address}: the page was not built. Build the locale before its PDFs.") from None
    except ValueError as error:
        raise PortalError(f"{leaf.address}: {error}. Check the template of this page.") from None


def _check_glyphs(document: Document, pages: list[tuple[Leaf, Printed]], facts: Facts, folder: Path) -> None:
    problems = []
    for leaf, page in pages:
        elements = (*page.parts, *((page.sources,) if page.sources else ()))
        text = leaf.title + leaf.description + "".join(page.notices) + "".join(element.text() for element in elements)
        for sign in fonts.missing(text, folder / "fonts"):
            family = fonts.stack(leaf.script)[0]
            problems.append(
                f"{leaf.address}: the character {sign} (U+{ord(sign):04X}) is not in {family} nor in the other print fonts. "
                "Write it in another way, or add it to CHARACTERS in scripts/make_fonts.py and run that script."
            )
    if problems:
        raise PortalError("\n".join(problems))


def _language(tag: str) -> tuple[str, str]:
    """Return language and region of a BCP 47 tag as Typst wants them."""
    parts = tag.split("-")
    region = next((part for part in parts[1:] if len(part) == 2), "")
    return f"{string(parts[0])}", string(region) if region else "none"


@lru_cache(maxsize=512)
def _qr(url: str) -> str:
    """Return a QR code as SVG."""
    return str(segno.make(url, error="m", micro=False).svg_inline(border=0, scale=4, dark="#000", svgclass=None, lineclass=None))


def _facts(document: Document, facts: Facts) -> str:
    lang, region = _language(document.locale.lang)
    first = document.leaves[0]
    day = datetime.date.fromisoformat(facts.edition)
    tags = ", ".join(string(entry) for entry in document.audience)
    pairs = {
        "title": string(document.title), "portal": string(facts.words("site.name")), "tagline": string(facts.words("site.tagline")),
        "description": string(document.description), "keywords": f"({tags}{',' if tags else ''})",
        "date": f"datetime(year: {day.year}, month: {day.month}, day: {day.day})",
        "fonts": f"({', '.join(string(name) for name in fonts.stack(document.locale.script))},)",
        "lang": lang, "region": region, "script": string(document.locale.script),
        "address": string(short_address(facts.site_url)), "page-of": string(facts.words("pdf.page")),
        "edition": string(facts.words("pdf.edition_foot", date=facts.date(facts.edition))), "url": string(document.url),
        "short": string(short_address(document.url)),
        "qr-alt": string(facts.words("pdf.living_toolkit", address=short_address(document.url))),
        "title-lang": _language(first.lang)[0], "title-region": _language(first.lang)[1], "title-script": string(first.script),
        "cover-size": f"{next(size for longest, size in _COVER_SIZES if len(document.title) <= longest)}em",
        "compact": "false" if document.kind == "toolkit" else "true",
        "notes": string(facts.words("pdf.notes")) if facts.with_notes else "none",
    }  # fmt: skip
    return f"({_SCALE}, " + ", ".join(f"{key}: {value}" for key, value in pairs.items()) + ")"


def _cover(document: Document, facts: Facts) -> str:
    rows = [
        (facts.words("pdf.audience"), ", ".join(document.audience)),
        (facts.words("pdf.language"), document.locale.name),
        (facts.words("pdf.edition"), facts.date(facts.edition)),
        (facts.words("pdf.commit"), facts.commit[:12]),
        (facts.words("pdf.translation"), _share(document, facts)),
    ]
    shown = ", ".join(f"({string(name)}, {string(value)})" for name, value in rows if value)
    small = ", ".join(string(facts.words(key)) for key in ("site.independence", "site.licence"))
    return f"#cover(facts, {string(_qr(document.url))}, ({shown},), ({small},))"


def _share(document: Document, facts: Facts) -> str:
    """Say how much is translated and how; nothing for the source locale."""
    if document.locale.is_source:
        return ""
    total, done = len(document.leaves), document.translated
    said = [facts.words("pdf.translated_all") if done == total else facts.words("pdf.translated_share", done=done, total=total)]
    if machine := document.made_by("machine"):
        said.append(facts.words("pdf.share_machine", count=machine, total=total))
    if reviewed := document.made_by("machine-reviewed", "human"):
        said.append(facts.words("pdf.share_reviewed", count=reviewed, total=total))
    return " ".join(said)


def _module(leaf: Leaf, page: Printed, place: Place, facts: Facts, is_last: bool) -> str:
    lang, region = _language(leaf.lang)
    short = short_address(leaf.url)
    notices = ", ".join(string(notice) for notice in page.notices)
    pairs = {
        "prefix": string(place.prefix), "title": string(leaf.title), "description": string("" if leaf.section else leaf.description),
        "lang": lang, "region": region, "script": string(leaf.script), "url": string(leaf.url), "short": string(short),
        "qr": string(_qr(leaf.url)), "title-size": f"{1.35 if leaf.section or len(leaf.title) >= _LONG_TITLE else 1.75}em",
        "qr-alt": string(facts.words("pdf.living_page", address=short)), "notices": f"({notices}{',' if notices else ''})",
    }  # fmt: skip
    fields = ", ".join(f"{key}: {value}" for key, value in pairs.items())
    body = pdf_article.blocks(page.parts, place)
    if page.sources:
        body += f"\nsources({{\n{pdf_article.blocks(page.sources.children, place)}\n}})"
    if is_last:
        small = ", ".join(string(facts.words(key)) for key in ("site.independence", "site.licence"))
        body += f"\nsmall-print(({small},))"
    return f"#module(facts, ({fields}), {{\n{body}\n}})"


def _compile(code: str, document: Document, facts: Facts, folder: Path) -> bytes:
    moment = datetime.datetime.fromisoformat(facts.edition).replace(tzinfo=datetime.UTC)
    compiler = typst.Compiler(root=str(folder), font_paths=fonts.load(folder / "fonts"))
    try:
        made = compiler.compile(code.encode(), format="pdf", pdf_standards=["ua-1"], timestamp=int(moment.timestamp()))
    except typst.TypstError as error:
        told = " ".join(str(error.diagnostic or error).split())[:600]
        cure = f"The template is {TEMPLATE} in overrides/print; the page to look at is named in the code around it."
        raise PortalError(f"{document.file}: Typst refused the document ({told}). {cure}") from None
    assert isinstance(made, bytes)
    return made
