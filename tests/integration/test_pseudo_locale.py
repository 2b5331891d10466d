"""A pseudo-locale finds words that escaped translation: every string of ours in full-width letters, and no plain English left over.

The site is the real one with one locale in which nothing is translated but our own strings: the article is English and says so
(`lang="en"`), and whatever else stands on the page in plain letters is not in docs/_data/strings/.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import html

import small
from portal import strings
from portal.build.run import Options, build

from .conftest import quiet

TAG = "th"
WIDE = {n: n + 0xFEE0 for n in (*range(0x41, 0x5B), *range(0x61, 0x7B))}
PLAIN = re.compile(r"[A-Za-z]{2,}")
SAID = ("aria-label", "title", "placeholder", "alt", "aria-description", "label")
"""Attributes that a reader sees or hears; the words that scripts show stand in `data-…` attributes (in sentences) and in JSON."""
RECORDS = {"card__meta", "address", "glossary"}
"""Parts that print records: publishers, addresses, terms of the glossary."""
NAMES = {"CC BY", "CSV", "JSON"}


def wide(text: str) -> str:
    """Return a text with every letter in full width, but its {placeholders} as they are."""
    return "".join(part if part.startswith("{") else part.translate(WIDE) for part in re.split(r"(\{[^}]*\})", text))


def pseudo(value: Any) -> Any:
    return {form: wide(value["other"]) for form in strings.plural_forms(TAG)} if isinstance(value, dict) else wide(str(value))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the real English pages with the pseudo-locale beside them; return the folder of the pseudo-locale."""
    root = tmp_path_factory.mktemp("pseudo") / "project"
    small.project(root, {}, ("en", TAG))
    settings = yaml.safe_load((small.REPO / "mkdocs.yml").read_text(encoding="utf-8"))
    settings["plugins"][0]["i18n"]["languages"] = [x for x in settings["plugins"][0]["i18n"]["languages"] if x["locale"] in ("en", TAG)]
    settings["extra"]["repository"]["url"] = "https://example.org/portal"  # so that the links for editors are there
    (root / "mkdocs.yml").write_text(yaml.safe_dump(settings, allow_unicode=True, sort_keys=False), encoding="utf-8")
    for folder in ("docs/en", "docs/_data"):
        shutil.copytree(small.REPO / folder, root / folder, dirs_exist_ok=True)
    for record in (root / "docs/_data/resources").glob("*.yml"):  # a real summary names organisations in Latin letters
        record.write_text(re.sub(rf"(?m)^  {TAG}: .*\n", "", record.read_text(encoding="utf-8")), encoding="utf-8")
    ours = yaml.safe_load((small.REPO / "docs/_data/strings/en.yml").read_text(encoding="utf-8"))
    text = yaml.safe_dump({key: pseudo(value) for key, value in ours.items()}, allow_unicode=True)
    (root / f"docs/_data/strings/{TAG}.yml").write_text(text, encoding="utf-8")
    theme = root / f"overrides/partials/languages/{TAG}.html"
    theme.write_text(re.sub(r'(": ")([^"]*)"', lambda m: f'{m[1]}{wide(m[2])}"', theme.read_text(encoding="utf-8")), encoding="utf-8")
    options = Options(root=root, place=root / "site", cache=root / ".cache", with_pdf=False, locales=())
    assert build(options, quiet).problems == []
    return options.place / TAG


def escaped(page: html.HtmlElement) -> Iterator[str]:
    """Yield the plain words of a page that no element declares to be of another language or of no language."""
    for element in page.iter():
        if not isinstance(element.tag, str) or element.tag in ("script", "style", "head"):
            if element.tag == "script" and element.get("type") == "application/json":
                yield from _of_json(element.text or "")
            continue
        if any(_is_excused(one) for one in (element, *element.iterancestors())):
            continue
        texts = [element.text or "", *(child.tail or "" for child in element)]
        texts += [element.get(name, "") for name in SAID]
        texts += [value for name, value in element.attrib.items() if name.startswith("data-") and " " in value]
        for text in texts:
            found = " ".join(PLAIN.findall(re.sub(r"\{[^}]*\}|%[a-z:]+[^%]*%", "", text)))
            if found and found not in NAMES:
                yield f"<{element.tag} class={element.get('class')}> {found}"


def _of_json(text: str) -> Iterator[str]:
    data = json.loads(text)
    for key, value in (data.get("strings") or {}).items() if isinstance(data, dict) else ():
        for word in value.values() if isinstance(value, dict) else [value]:
            if PLAIN.search(re.sub(r"\{[^}]*\}", "", str(word))):
                yield f"<script> {key}: {word}"


def _is_excused(element: html.HtmlElement) -> bool:
    if element.tag == "head" or set((element.get("class") or "").split()) & RECORDS:
        return True
    return element.tag != "html" and element.get("lang") not in (None, TAG)


def test_no_word_of_ours_escaped_translation(site: Path) -> None:
    found: dict[str, str] = {}
    for file in sorted(site.rglob("*.html")):
        for words in escaped(html.fromstring(file.read_text(encoding="utf-8"))):
            found.setdefault(words, file.relative_to(site).as_posix())
    assert found == {}


def test_the_finder_finds() -> None:
    parts = [
        "<p>Hello there</p>", '<a aria-label="Close it">×</a>', '<i data-none="Choose at least one."></i>', "<p><b>１</b> more</p>",
        '<script type="application/json">{"strings": {"none": "Nothing found"}}</script>',
    ]  # fmt: skip
    for part in parts:
        assert list(escaped(html.fromstring(f"<div>{part}</div>"))), part
    for part in ["<p lang='en'>Hello there</p>", "<p>Ｈｅｌｌｏ {name}</p>", "<a hreflang='en' href='x'>ก</a>"]:
        assert list(escaped(html.fromstring(f"<div>{part}</div>"))) == [], part
