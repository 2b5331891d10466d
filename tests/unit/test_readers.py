"""Readers: text in, values out."""

from __future__ import annotations

import subprocess

import pytest

from portal import citations, front_matter, git_blob, markdown, paths, yaml_text
from portal.model import Locale, Source
from portal.strings import Speaker, plural_forms

VI = Locale("vi", "Tiếng Việt", "vi", "vi", "latin")
EN = Locale("en", "English", "en", "en_GB", "latin", True)
NE = Locale("ne", "नेपाली", "ne", "ne", "devanagari")


def test_front_matter_is_split_with_lines() -> None:
    parts = front_matter.split("---\ntitle: A\naudience: [x]\n---\n\n## B { #b }\n")
    assert parts.meta == {"title": "A", "audience": ["x"]}
    assert parts.lines == {"title": 2, "audience": 3}
    assert parts.body.strip() == "## B { #b }"
    assert parts.body_line == 5


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("# A\n", 1, "does not start with front matter"),
        ("---\ntitle: A\n", 1, "is not closed"),
        ("---\ntitle: A: b\n---\n", 2, "must stand in quotes"),
        ("---\ntitle: A\n[x\n---\n", 3, ""),
        ("---\n- a\n---\n", 2, "not a list of 'key: value'"),
    ],
)
def test_front_matter_errors_have_a_line(text: str, line: int, words: str) -> None:
    parts = front_matter.split(text)
    assert words in parts.error
    assert parts.error
    assert abs(parts.error_line - line) <= 1


def test_outline_knows_lines_and_passes_over_code() -> None:
    body = "## A { #a }\n\nText.[^one] [link](b.md#x) ![alt](c.png)\n\n```\n## not\n[^no]\n```\n- [ ] tick\n- item\n1. step\n\n| a | b |\n|---|---|\n"
    outline = markdown.outline(body, 10)
    assert [(h.id, h.line) for h in outline.headings] == [("a", 10)]
    assert outline.citations == (("one", 12),)
    assert [(link.target, link.is_image) for link in outline.links] == [("b.md#x", False), ("c.png", True)]
    assert len(outline.tick_items) == 1
    assert len(outline.list_items) == 3
    assert len(outline.table_rows) == 2


def test_outline_passes_over_comments_and_code_spans() -> None:
    outline = markdown.outline("<!-- [^a]\n[x](y.md) -->\n`[^b]` [^c]\n")
    assert outline.citations == (("c", 3),)
    assert outline.links == ()


def test_section_hashes_ignore_line_breaks_and_see_words() -> None:
    one = markdown.section_hashes("T", "D", "## A { #a }\n\nfirst second\n")
    two = markdown.section_hashes("T", "D", "## A { #a }\n\nfirst\nsecond\n")
    three = markdown.section_hashes("T", "D", "## A { #a }\n\nfirst third\n")
    assert one == two
    assert one["a"] != three["a"]
    assert one["title"] == three["title"]


def test_blob_id_is_gits() -> None:
    data = "xin chào\n".encode()
    told = subprocess.run(["git", "hash-object", "--stdin"], input=data, capture_output=True, check=True).stdout.decode().strip()
    assert git_blob.blob_id(data) == told


def test_addresses() -> None:
    assert paths.address(EN, "covid-19/index.md") == "covid-19/index.html"
    assert paths.address(VI, "covid-19/index.md") == "vi/covid-19/index.html"
    assert paths.canonical("https://x.org/p/", VI, "index.md") == "https://x.org/p/vi/"
    assert paths.relative("vi/a/b.html", "c/d.html") == "../vi/a/b.html"
    assert paths.join("a/b.md", "../c.md#d") == ("c.md", "d")
    assert paths.join("a/b.md", "#d") == ("a/b.md", "d")


def test_yaml_dates_stay_text() -> None:
    assert yaml_text.load("a: 2026-11-24") == {"a": "2026-11-24"}


def test_footnotes_are_written_once_in_order_of_citation() -> None:
    sources = {key: Source(key, key.upper(), "P", 2020, "", "2026-01-01", "high") for key in ("a", "b")}
    text = citations.with_footnotes("x[^b] y[^a] z[^b]", ["b", "a", "b", "gone"], sources, lambda s: s.title)
    assert text.endswith("[^b]: B\n[^a]: A\n")


def test_strings_fall_back_fill_and_count() -> None:
    own = {"hello": "Chào {name}", "pages": {"other": "{count} trang"}}
    say = Speaker(VI, own, {"only": "English", "hello": "Hello {name}"})
    assert say.say("hello", name="An") == "Chào An"
    assert say.say("only") == "English"
    assert say.say("gone") == "[gone]"
    assert say.say("pages", count=1200) == "1.200 trang"


def test_dates_and_numbers_use_western_digits() -> None:
    say = Speaker(NE, {}, {})
    assert "24" in say.date("2026-11-24")
    assert say.number(1234) == "1,234"
    assert Speaker(EN, {}, {}).date("2026-11") == "November 2026"
    assert Speaker(EN, {}, {}).date("2019") == "2019"
    assert Speaker(EN, {}, {}).date("2019-99-99") == "2019-99-99"


def test_plural_forms_come_from_cldr() -> None:
    assert plural_forms("vi") == {"other"}
    assert plural_forms("en") == {"one", "other"}
