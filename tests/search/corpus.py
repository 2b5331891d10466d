"""Read pages for the measurement: the real ones of `docs/`, or the small corpus beside this file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from portal.build.search import SearchPage, SearchSection

HERE = Path(__file__).parent
_HEADING = re.compile(r"^#{2,3} (.+?)(?:\s*\{\s*#([\w-]+)\s*\})?\s*$")


def small_corpus(locale: str) -> list[SearchPage]:
    """Return the pages of `corpus/<locale>.yml`."""
    entries: dict[str, dict[str, Any]] = _load(HERE / "corpus" / f"{locale}.yml")
    return [
        SearchPage(
            url=f"{locale}/{path}/",
            title=entry["title"],
            description=entry["description"],
            search_terms=tuple(entry.get("terms", ())),
            sections=tuple(
                SearchSection(f"s{number}", title, text) for number, (title, text) in enumerate(entry["sections"].items(), start=1)
            ),
        )
        for path, entry in entries.items()
    ]


def markdown_pages(docs: Path, locale: str) -> list[SearchPage]:
    """Return the Markdown pages of one locale, stripped of markup well enough to search them."""
    root = docs / locale
    return [
        markdown_page(f"{locale}/{path.relative_to(root).as_posix()}", path.read_text("utf-8"))
        for path in sorted(root.rglob("*.md"))
        if "contribute" not in path.parts
    ]


def markdown_page(path: str, text: str) -> SearchPage:
    """Return one page of Markdown with front matter."""
    _, front, body = text.split("---\n", 2)
    meta: dict[str, Any] = yaml.safe_load(front)
    sections: list[SearchSection] = []
    title, id_, lines = "", "", list[str]()
    for line in [*body.splitlines(), "## end"]:
        heading = _HEADING.match(line)
        if not heading:
            lines.append(line)
            continue
        plain = plain_text("\n".join(lines))
        if id_ or plain:
            sections.append(SearchSection(id_, title, plain))
        title, id_, lines = heading[1], heading[2] or "", []
    return SearchPage(
        url=re.sub(r"(?:(?<=/)index)?\.md$", "", path).removesuffix("/") + "/",
        title=meta["title"],
        description=meta.get("description", ""),
        sections=tuple(sections),
        audience_label=", ".join(meta.get("audience", ())),
        search_terms=tuple(str(term) for term in meta.get("search_terms", ())),
        facets={"audience": tuple(meta.get("audience", ()))},
    )


def plain_text(markdown: str) -> str:
    """Strip Markdown signs, footnote references and link targets."""
    text = re.sub(r"\[\^[^\]]+\]|<!--.*?-->|\{[^}\n]*\}", "", markdown, flags=re.DOTALL)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"^\s*(?:[-*] \[ \]|[-*]|\d+\.|!!!.*|\|?[-| :]+\|?)\s+", "", text, flags=re.MULTILINE)
    return re.sub(r"\s+", " ", re.sub(r"[*_`#|]+", " ", text)).strip()


def queries(locale: str) -> list[dict[str, Any]]:
    """Return the labelled queries of a locale."""
    found: list[dict[str, Any]] = _load(HERE / "queries" / f"{locale}.yml")
    return found


def _load(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))
