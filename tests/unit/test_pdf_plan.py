"""Which PDFs exist, and what a document knows of its pages."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from portal.build import pdf_plan
from portal.model import Config, Heading, Locale, Outline, Page, Section, Site

EN = Locale("en", "English", "en", "en", "latin", is_source=True)
VI = Locale("vi", "Tiếng Việt", "vi", "vi", "latin")
PAGES = {
    "toolkits/employers/index.md": "guidance",
    "toolkits/employers/self-assessment.md": "checklist",
    "covid-19/key-messages.md": "guidance",
    "countries/nepal.md": "checklist",
}


def page(tag: str, path: str, **meta: Any) -> Page:
    return Page(tag, path, f"docs/{tag}/{path}", {"title": path, "audience": ["employers"], **meta}, {}, "", 1, f"blob-{path}", Outline())


def site(*translated: str) -> Site:
    pages = {("en", path): page("en", path, type=kind) for path, kind in PAGES.items()}
    pages |= {("vi", path): page("vi", path, l10n={"method": "machine", "source_blob": "x"}) for path in translated}
    sections = (
        Section("employers", ("toolkits/employers/index.md", "toolkits/employers/missing.md", "toolkits/employers/self-assessment.md")),
        Section("covid-19", ("covid-19/key-messages.md",)),
        Section("countries", ("countries/nepal.md",)),
    )
    config = Config(site_url="https://example.org/", sections=sections)
    taxonomy = {"audiences": {"employers": {"en": "Employers", "vi": "Người sử dụng lao động"}}}
    return Site(config, (EN, VI), pages, {}, {}, {}, {}, {}, taxonomy, {}, frozenset(), frozenset())


def test_toolkits_come_first_then_handouts_and_other_sections_have_none() -> None:
    found = [(d.kind, d.key, d.file) for d in pdf_plan.documents(site(), VI)]
    assert found == [
        ("toolkit", "employers", "employers-toolkit.vi.pdf"),
        ("toolkit", "covid-19", "covid-19-toolkit.vi.pdf"),
        ("handout", "employers-self-assessment", "employers-self-assessment.vi.pdf"),
        ("handout", "covid-19-key-messages", "covid-19-key-messages.vi.pdf"),
    ]


def test_a_toolkit_holds_the_pages_that_exist_in_nav_order() -> None:
    toolkit = pdf_plan.documents(site(), EN)[0]
    assert [leaf.path for leaf in toolkit.leaves] == ["toolkits/employers/index.md", "toolkits/employers/self-assessment.md"]
    assert toolkit.audience == ("Employers",)


def test_a_page_without_translation_is_a_fallback_in_its_own_language() -> None:
    toolkit = pdf_plan.documents(site("toolkits/employers/index.md"), VI)[0]
    first, second = toolkit.leaves
    assert (first.lang, first.is_fallback, first.method) == ("vi", False, "machine")
    assert (second.lang, second.is_fallback, second.method) == ("en", True, "")
    assert second.url == "https://example.org/vi/toolkits/employers/self-assessment.html"
    assert (toolkit.translated, toolkit.made_by("machine"), toolkit.made_by("human")) == (1, 1, 0)


def test_names_do_not_collide() -> None:
    names = [d.file for d in pdf_plan.documents(site(), EN)]
    assert len(set(names)) == len(names)


def test_checklists_and_forms_of_a_page_are_sheets_in_the_words_of_the_locale() -> None:
    path = "toolkits/employers/index.md"
    headings = {
        "en": (Heading(2, "In short", "in-short", 1), Heading(2, "Check yourself", "check-yourself", 2), Heading(3, "Plan", "day-plan", 3)),
        "vi": (Heading(2, "Tóm tắt", "in-short", 1), Heading(2, "Tự kiểm tra", "check-yourself", 2)),
    }
    base = site(path)
    pages = {key: replace(page, outline=Outline(headings=headings[key[0]])) if key[1] == path else page for key, page in base.pages.items()}
    sheets = [d for d in pdf_plan.documents(replace(base, pages=pages), VI) if d.leaves[0].section]
    assert [(d.kind, d.file, d.title, d.leaves[0].section) for d in sheets] == [
        ("handout", "employers-index-check-yourself.vi.pdf", f"{path} – Tự kiểm tra", "check-yourself"),
    ]
    assert sheets[0].url.endswith("#check-yourself")
