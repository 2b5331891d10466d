"""Every locale's PDF: valid PDF/UA-1, readable back word for word, the same bytes twice."""

from __future__ import annotations

import html
import io
import re
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import page
import pikepdf
import pypdfium2
import pytest

from pdf_reading import LEAST, READERS, blocks_of, pdfium, plain, poppler, words_read
from portal.build import pdf, pdf_impose
from portal.build.pdf_plan import Document, Leaf
from portal.build.pdf_words import Facts
from portal.errors import PortalError
from portal.model import Locale

SAMPLES = Path(__file__).parent / "samples"
LOCALES = {
    "en": ("en", "latin"), "bn": ("bn", "bengali"), "hi": ("hi", "devanagari"), "id": ("id", "latin"), "ms": ("ms", "latin"),
    "ne": ("ne", "devanagari"), "si": ("si", "sinhala"), "ta": ("ta", "tamil"), "th": ("th", "thai"), "tl": ("fil", "latin"),
    "vi": ("vi", "latin"), "zh-Hant": ("zh-Hant-HK", "chinese"),
}  # fmt: skip
FACTS = Facts("2026-11-24", "0123456789abcdef", "https://example.org/", lambda key, /, **values: f"[{key}]", lambda value: value)


def sample(tag: str) -> str:
    return (SAMPLES / f"{tag}.html").read_text(encoding="utf-8")


def document(tag: str, kind: str = "toolkit") -> tuple[Document, dict[str, str]]:
    """A document of two pages: the locale's sample and the English one, as where a page is not translated."""
    lang, script = LOCALES[tag]
    locale = Locale(tag, tag, lang, tag, script, is_source=tag == "en")
    found = re.search(r"<h1>(.*?)</h1>\s*<p class=\"lead\">(.*?)</p>", sample(tag), re.S)
    assert found
    title, lead = (html.unescape(text) for text in found.groups())
    first = Leaf("a.md", "x/a.html", title, lead, lang, script, "https://example.org/x/a.html", False, "machine")
    second = Leaf("b.md", "x/b.html", "Repay recruitment fees", "In English.", "en", "latin", "https://example.org/x/b.html", True)
    leaves = (first, second) if kind == "toolkit" else (first,)
    name = Document("x", kind, f"x.{tag}.pdf", locale, title, lead, ("A",), first.url, leaves)
    return name, {"a.md": sample(tag), "b.md": sample("en")}


@cache
def built(tag: str, kind: str = "toolkit") -> bytes:
    made, pages = document(tag, kind)
    return pdf.build_document(made, pages, FACTS)


def share_read_back(tag: str, read: Callable[[bytes], str]) -> float:
    """The share of words that come back; where a script has no gaps, of pieces of four letters."""
    found, wanted = words_read(tag, blocks_of(sample(tag)), read(built(tag, "handout")), is_solid=read is poppler)
    return found / wanted


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
@pytest.mark.parametrize("tag", LOCALES)
def test_the_text_comes_back(tag: str, read: Callable[[bytes], str]) -> None:
    assert share_read_back(tag, read) >= LEAST[read.__name__]


@pytest.mark.parametrize("tag", LOCALES)
def test_it_is_valid_pdf_ua_also_two_up(tag: str) -> None:
    for data in (built(tag), built(tag, "handout"), pdf_impose.two_up(built(tag))):
        report = page.validate_pdf_bytes(data, profile=page.ValidationProfile.PDF_UA_1)
        assert report.is_compliant, [f"{f.rule_id} {f.message}" for f in report.failures]


@pytest.mark.parametrize("tag", ["en", "th"])
def test_the_same_input_gives_the_same_bytes(tag: str) -> None:
    made, pages = document(tag)
    again = pdf.build_document(made, pages, FACTS)
    assert again == built(tag)
    assert pdf_impose.two_up(again) == pdf_impose.two_up(again)


@pytest.mark.parametrize("tag", LOCALES)
def test_the_file_says_what_it_is(tag: str) -> None:
    made, _ = document(tag)
    with pikepdf.open(io.BytesIO(built(tag))) as opened:
        assert str(opened.docinfo.Title) == made.title
        assert str(opened.docinfo.Subject) == made.description
        assert str(opened.docinfo.Author) == "Protecting Migrant Workers in Asia"
        assert str(opened.Root.Lang).split("-")[0] == made.locale.lang.split("-")[0]
        with opened.open_outline() as outline:
            titles = [plain(entry.title) for entry in outline.root]
        assert titles[-2:] == [plain(leaf.title) for leaf in made.leaves]
        assert all("/FontFile2" in font.FontDescriptor for font in opened.objects if _is_font(font))


def _is_font(entry: object) -> bool:
    return isinstance(entry, pikepdf.Dictionary) and entry.get("/Subtype") == pikepdf.Name.CIDFontType2


@pytest.mark.parametrize("tag", LOCALES)
def test_the_cover_is_one_page_and_contents_the_next(tag: str) -> None:
    with pypdfium2.PdfDocument(built(tag)) as opened:
        assert "Contents" in opened[1].get_textpage().get_text_range()
        assert opened[1].get_textpage().get_text_range().count(". . .") >= 2


def test_the_fingerprint_changes_with_all_that_is_printed() -> None:
    made, pages = document("vi")
    seen = {
        pdf.fingerprint(made, pages, FACTS),
        pdf.fingerprint(replace(made, title="x"), pages, FACTS),
        pdf.fingerprint(made, {**pages, "b.md": "x"}, FACTS),
        pdf.fingerprint(made, pages, replace(FACTS, edition="2026-11-25")),
        pdf.fingerprint(made, pages, replace(FACTS, say=lambda key, /, **values: key)),
        pdf.fingerprint(made, pages, replace(FACTS, with_notes=True)),
    }
    assert len(seen) == 6
    assert pdf.fingerprint(made, pages, FACTS) in seen


def test_notes_pages_come_when_wanted() -> None:
    made, pages = document("vi")
    noted = pdf.build_document(made, pages, replace(FACTS, with_notes=True))
    assert pdfium(noted).count("\nNotes") + pdfium(noted).startswith("Notes") >= 2
    assert page.is_pdf_compliant_bytes(noted, profile=page.ValidationProfile.PDF_UA_1)


def test_contents_name_the_right_pages_and_lead_there() -> None:
    with pypdfium2.PdfDocument(built("en")) as opened:
        texts = [sheet.get_textpage().get_text_range() for sheet in opened]
    lines = re.findall(r"^(.+?)[ .]{5,}(\d+)\s*$", texts[1], re.M)
    assert len(lines) == 2
    for title, number in lines:
        assert title.strip()[:20] in texts[int(number) - 1]
    assert f"Page 2 of {len(texts)}" in texts[1]


def test_tables_have_head_cells_and_ticks_have_boxes() -> None:
    with pikepdf.open(io.BytesIO(built("en", "handout"))) as opened:
        tags = Counter(str(entry.S) for entry in opened.objects if isinstance(entry, pikepdf.Dictionary) and "/S" in entry and "/P" in entry)
    assert tags["/TH"] >= 8
    assert tags["/H1"] == 1
    assert tags["/H2"] >= 5
    assert tags["/Link"] >= 5
    assert pdfium(built("en", "handout")).count("☐") == sample("en").count("task-list-item")


def test_two_up_keeps_links_and_bookmarks() -> None:
    with pikepdf.open(io.BytesIO(built("en"))) as one, pikepdf.open(io.BytesIO(pdf_impose.two_up(built("en")))) as two:
        assert len(two.pages) == (len(one.pages) + 1) // 2
        links = [sum(len(sheet.get("/Annots", [])) for sheet in opened.pages) for opened in (one, two)]
        assert links[0] == links[1] > 10
        sheets = {sheet.obj.objgen for sheet in two.pages}
        for sheet in two.pages:
            for link in sheet.get("/Annots", []):
                target = link.get("/Dest", link.get("/A", pikepdf.Dictionary()).get("/D"))
                if isinstance(target, pikepdf.Array):
                    assert target[0].objgen in sheets
    assert plain(pdfium(pdf_impose.two_up(built("en")))).split()[:20] == plain(pdfium(built("en"))).split()[:20]


def test_a_missing_glyph_names_character_page_and_font() -> None:
    made, pages = document("vi")
    pages["a.md"] = pages["a.md"].replace("<article class=\"article\">", "<article class=\"article\"><p>Ꙩ and ❦</p>", 1)
    with pytest.raises(PortalError) as caught:
        pdf.build_document(made, pages, FACTS)
    lines = str(caught.value).splitlines()
    assert [line.split(" (U+")[0] for line in lines] == ["x/a.html: the character Ꙩ", "x/a.html: the character ❦"]
    assert all("Noto Sans" in line and "make_fonts.py" in line for line in lines)


def test_a_page_that_was_not_built_is_named() -> None:
    made, pages = document("vi")
    with pytest.raises(PortalError, match=r"x/b\.html: the page was not built"):
        pdf.build_document(made, {"a.md": pages["a.md"]}, FACTS)


def test_a_broken_template_is_told_in_words(tmp_path: Path) -> None:
    shutil.copytree(pdf.PRINT / "fonts", tmp_path / "fonts")
    (tmp_path / "toolkit.typ").write_text("#let facts = (")
    made, pages = document("en")
    with pytest.raises(PortalError, match=r"x\.en\.pdf: Typst refused the document"):
        pdf.build_document(made, pages, FACTS, tmp_path)


def test_a_sheet_holds_one_section_and_is_named_where_it_is_missing() -> None:
    made, pages = document("en", "handout")
    part = replace(made, leaves=(replace(made.leaves[0], section="check-yourself"),))
    text = pdfium(pdf.build_document(part, pages, FACTS))
    assert "Check yourself" in text
    assert "In short" not in text
    nowhere = replace(made, leaves=(replace(made.leaves[0], section="nowhere"),))
    with pytest.raises(PortalError, match=r"x/a\.html: no section 'nowhere'"):
        pdf.build_document(nowhere, pages, FACTS)
