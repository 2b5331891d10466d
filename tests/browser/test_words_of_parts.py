"""The whole built site, read as text: the language of every part is marked, tables have heads, link texts stand alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pytest

SCRIPT_OF = {
    "bn": "\u0980-\u09ff", "hi": "\u0900-\u097f", "ne": "\u0900-\u097f", "si": "\u0d80-\u0dff", "ta": "\u0b80-\u0bff",
    "th": "\u0e00-\u0e7f", "zh-Hant": "\u3400-\u9fff",
}  # fmt: skip
PHRASE = re.compile(r"(?:[A-Za-z][a-z]{2,}[\s,]+){5}[A-Za-z][a-z]{2,}")
"""Six English-looking words on end: a sentence or a title, not a name."""
SAYS_NOTHING = {"here", "click here", "this page", "this link", "link", "more", "read more", "page", "this"}


def pages(site: Path, tag: str) -> Iterator[tuple[str, lxml.html.HtmlElement]]:
    root = site if tag == "en" else site / tag
    for file in sorted(root.rglob("*.html")):
        parts = file.relative_to(root).parts
        if tag != "en" or not (parts[0] in SCRIPT_OF or parts[0] in ("id", "ms", "tl", "vi")):
            yield file.relative_to(site).as_posix(), lxml.html.parse(str(file), lxml.html.HTMLParser(encoding="utf-8")).getroot()


def language(element: lxml.html.HtmlElement) -> str:
    return next((e.get("lang") for e in (element, *element.iterancestors()) if e.get("lang")), "")


@pytest.mark.parametrize("tag", SCRIPT_OF)
def test_english_in_another_script_is_marked_as_english(tag: str, site: Path) -> None:
    found = set()
    for name, root in pages(site, tag):
        for element in root.find("body").iter():
            if not isinstance(element.tag, str) or element.tag in ("script", "template", "code", "pre", "style"):
                continue
            mine = [element.text or "", *(child.tail or "" for child in element)]
            for text in mine:
                if PHRASE.search(text) and not re.search(f"[{SCRIPT_OF[tag]}]", text) and language(element) != "en":
                    found.add(f"{name}: {text.strip()[:80]}")
    assert sorted(found)[:20] == []


def test_every_table_has_heads_and_every_switcher_its_languages(site: Path) -> None:
    found = []
    for name, root in pages(site, "en"):
        for table in root.iter("table"):
            if not table.xpath(".//th") and not table.xpath("ancestor::template"):
                found.append(f"{name}: a table without heads")
        for link in root.xpath("//details[contains(@class, 'fold--languages')]//a"):
            if not link.get("lang") or not link.get("hreflang"):
                found.append(f"{name}: {link.text_content()} has no language")
    assert found == []


def test_link_texts_stand_alone(site: Path) -> None:
    found = []
    for name, root in pages(site, "en"):
        seen: dict[str, set[str]] = {}
        for link in root.xpath("//main//a[@href]"):
            if link.xpath("ancestor::td|ancestor::th|ancestor::nav|self::*[contains(@class, 'footnote') or contains(@class, 'term')]"):
                continue
            text = " ".join((link.get("aria-label") or link.text_content()).split())
            if not text or text.casefold().strip(".") in SAYS_NOTHING:
                found.append(f"{name}: '{text}' says nothing by itself ({link.get('href')})")
            if not link.xpath(
                "ancestor::*[contains(@class, 'sources') or contains(@class, 'publisher')]"
            ):  # the publisher stands beside it
                seen.setdefault(text, set()).add(link.get("href").split("#")[0] or link.get("href"))
        found += [f"{name}: '{text}' leads to {sorted(places)}" for text, places in seen.items() if len(places) > 1]
    assert found == []
