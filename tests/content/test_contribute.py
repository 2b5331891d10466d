"""The pages for editors say what is so: every problem code, every command, every key."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import check_cases
import commands_page
from portal import records, scaffold
from portal.checks import front_matter, glossary
from portal.checks import records as record_checks

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs/en/contribute"
CODE = re.compile(r"[a-z]+(?:-[a-z]+)*/[a-z0-9]+(?:-[a-z0-9]+)*")
NEEDS_A_DISK = {"links/broken-in-site", "links/broken-outside", "site/link-out", "site/unreadable"}
"""Codes that no golden case can give: they come from the built site, the world and the disk."""


def documented() -> dict[str, str]:
    """Return the paragraph of each problem code."""
    text = (PAGES / "problems.md").read_text(encoding="utf-8")
    return {m[1]: m[3].strip() for m in re.finditer(r"^### (\S+) \{ #(\S+) \}\n\n(.+?)(?=\n#|\Z)", text, re.MULTILINE | re.DOTALL)}


def in_cases() -> set[str]:
    return {line.split(" ")[1] for case in check_cases.cases() for line in case["expect"]}


def in_source() -> set[str]:
    """Return every text in our code that is the code of a problem as it stands."""
    groups = {code.split("/")[0] for code in documented()}
    found: set[str] = set()
    for file in (ROOT / "scripts/portal").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value) and node.value.split("/")[0] in groups:
                found.add(node.value)
    return {code for code in found if code != "pages/index" and not (ROOT / "docs/en" / f"{code}.md").exists()}


def test_every_code_has_a_paragraph_and_a_golden_case() -> None:
    assert set(documented()) == in_cases() | NEEDS_A_DISK


def test_no_code_in_the_source_is_forgotten() -> None:
    assert in_source() - set(documented()) == set()


@pytest.mark.parametrize("code", sorted(documented()))
def test_paragraph_has_an_example_and_an_id(code: str) -> None:
    text = documented()[code]
    assert "Example: " in text
    assert "\n\n" not in text
    assert f"### {code} {{ #{code.replace('/', '-')} }}" in (PAGES / "problems.md").read_text(encoding="utf-8")


def test_the_commands_page_is_what_the_commands_say() -> None:
    assert commands_page.PAGE.read_text(encoding="utf-8") == commands_page.text(), "run: python tests/commands_page.py"


def test_write_names_every_key_and_type() -> None:
    text = (PAGES / "write.md").read_text(encoding="utf-8")
    for key in front_matter.SOURCE_KEYS:
        assert f"`{key}`" in text, key
    assert " ".join(records.SOURCE_KEYS) in text
    assert " ".join(records.RESOURCE_KEYS) in text
    for word in (*record_checks.TABLES, "ratifications", *glossary.KEYS, *front_matter.TYPES):
        assert word in text, word
    assert set(scaffold.TYPES) == set(front_matter.TYPES)


def test_commands_in_the_pages_exist() -> None:
    known = set(re.findall(r"^## (\S+) ", commands_page.text(), re.MULTILINE)) - {"In"}
    for file in PAGES.rglob("*.md"):
        for command in re.findall(r"scripts/docs\.py ([a-z][a-z-]*)", file.read_text(encoding="utf-8")):
            assert command in known, f"{file.name}: {command}"


def test_translate_has_a_brief_for_every_locale() -> None:
    text = (PAGES / "translate.md").read_text(encoding="utf-8")
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    for tag in re.findall(r"\{locale: ([\w-]+),", settings):
        assert tag == "en" or f"| `{tag}` " in text, tag


def test_briefs_hold_the_fixed_lines_of_the_pages() -> None:
    briefs = (PAGES / "briefs.md").read_text(encoding="utf-8")
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    for tag in re.findall(r"\{locale: ([\w-]+),", settings):
        if tag == "en":
            continue
        brief = briefs.split(f"{{ #{tag.lower()} }}", 1)[1].split("\n## ", 1)[0]
        page = (ROOT / f"docs/{tag}/toolkits/employers/repaying-fees.md").read_text(encoding="utf-8")
        for key in ("in-short", "why-it-matters", "what-to-do", "check-yourself", "watch-out", "during-an-outbreak"):
            heading = re.search(rf"^## (.*?) \{{ #{key} \}}", page, re.MULTILINE)
            assert heading and heading[1] in brief, f"{tag}: {key}"
        step = re.search(r"^ +\*([^*]+?)[:：]?\*.*?\*([^*]+?)[:：]?\*.*?\*([^*]+?)[:：]?\*", page, re.MULTILINE)
        assert step and all(word.strip(" :：") in brief for word in step.groups()), tag


def test_every_decision_is_listed() -> None:
    index = (PAGES / "index.md").read_text(encoding="utf-8")
    for file in (PAGES / "decisions").glob("*.md"):
        assert f"(decisions/{file.name})" in index, file.name
