"""Read PDFs back as programs do, and hold the words against the pages that they were made from."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import page
import pypdfium2

import chromium
from portal.build import pdf_html

WITHOUT_GAPS = ("th", "zh-Hant")
"""Locales whose words no blank divides: pieces of four letters stand for words."""
IGNORED = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad☐]|_{3,}")
LEAVES = ("p", "h2", "h3", "td", "th")


def pdfium(data: bytes) -> str:
    """Return the text of a PDF as Chrome reads it."""
    with pypdfium2.PdfDocument(data) as opened:
        return "\n".join(page.get_textpage().get_text_range() for page in opened)


def poppler(data: bytes) -> str:
    """Return the text of a PDF as pdftotext reads it."""
    run = subprocess.run([chromium.find_program("pdftotext", "poppler-utils"), "-enc", "UTF-8", "-", "-"], input=data, capture_output=True, check=True)
    return run.stdout.decode()


READERS: tuple[Callable[[bytes], str], ...] = (pdfium, poppler)
LEAST = {"pdfium": 0.995, "poppler": 0.99}
"""The share of words that must come back."""


def plain(text: str) -> str:
    """Return text in one Unicode form, without signs that nobody sees."""
    return IGNORED.sub("", unicodedata.normalize("NFC", text))


def words_of(text: str) -> list[str]:
    """Words without signs: paper adds "(page 12)" and "(ilo.org)" before a comma, and PDFium writes U+FFFE for a hyphen at a line end."""
    return "".join(" " if unicodedata.category(sign)[0] in "PS" or sign == "\ufffe" else sign for sign in text).split()


def blocks_of(article: str, section: str = "") -> list[str]:
    """Return the texts of paragraphs, items, cells and headings of a built page, or of a section, as they are printed."""
    content = pdf_html.printed(article)
    content = pdf_html.section_of(content, section) if section else content
    parts = (*content.parts, *((content.sources,) if content.sources else ()))
    texts = [e.text() for part in parts for e in part.walk() if e.tag in LEAVES or (e.tag == "li" and "p" not in {c.tag for c in e.walk()})]
    return [" ".join(plain(text).split()) for text in texts if text.strip()]


def words_read(tag: str, blocks: Iterable[str], text: str, *, is_solid: bool) -> tuple[int, int]:
    """Return how many words of some blocks stand in a text that was read back, and how many were looked for.

    `is_solid`: look for them without blanks, in text without blanks, since a reader may put or lose blanks.
    """
    text = plain(text)
    if tag in WITHOUT_GAPS or is_solid:
        solid = re.sub(r"\s", "", text)
        step = 4 if tag in WITHOUT_GAPS else 1000
        words = [piece for block in blocks for word in block.split() for piece in re.findall(f".{{1,{step}}}", word)]
        return sum(word in solid for word in words), len(words)
    wanted, got = Counter(word for block in blocks for word in words_of(block)), Counter(words_of(text))
    return sum(min(count, got[word]) for word, count in wanted.items()), wanted.total()


def ua_failures(data: bytes) -> list[str]:
    """Return what keeps a PDF from being PDF/UA-1."""
    return [f"{f.rule_id} {f.message}" for f in page.validate_pdf_bytes(data, profile=page.ValidationProfile.PDF_UA_1).failures]


@dataclass(frozen=True)
class Judged:
    """What was found in one PDF: words read back and looked for, by reader, and what is not PDF/UA-1."""

    file: str
    tag: str
    words: dict[str, tuple[int, int]]
    failures: list[str]


def judge(file: Path, tag: str, articles: list[tuple[str, str]]) -> Judged:
    """Validate a PDF (and its variant with two pages on a sheet) and read it back; `articles` are built pages and sections."""
    data = file.read_bytes()
    blocks = [block for article, section in articles for block in blocks_of(article, section)]
    words = {read.__name__: words_read(tag, blocks, read(data), is_solid=read is poppler) for read in READERS}
    failures = [f"{file.name}: {text}" for text in ua_failures(data)]
    small = file.with_name(file.name.replace(".pdf", ".2up.pdf"))
    if small.exists():
        failures += [f"{small.name}: {text}" for text in ua_failures(small.read_bytes())]
    return Judged(file.name, tag, words, failures)
