"""Turn the parsed YAML of docs/_data/ into records; what is amiss comes back as problems, with file and line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal.model import Edition, Problem, Resource, Source

SOURCE_KEYS = ("title", "publisher", "year", "url", "url_note", "seen", "confidence")
RESOURCE_KEYS = (
    "title", "publisher", "year", "url", "url_note", "type", "audience", "topics",
    "countries", "languages", "format", "size", "summary", "seen",
)  # fmt: skip


def sources(raw: Any, lines: Mapping[str, int], file: str) -> tuple[dict[str, Source], list[Problem]]:
    """Return the sources by id."""
    found: dict[str, Source] = {}
    problems: list[Problem] = []
    for key, entry in (raw if isinstance(raw, dict) else {}).items():
        line = lines.get(str(key), 0)
        if problem := _shape(entry, ("title", "publisher", "seen", "confidence"), SOURCE_KEYS, file, line, str(key)):
            problems.append(problem)
            continue
        found[str(key)] = Source(
            id=str(key), title=str(entry["title"]), publisher=str(entry["publisher"]), year=entry.get("year"),
            url=str(entry.get("url") or ""), seen=str(entry["seen"]), confidence=str(entry["confidence"]),
            url_note=str(entry.get("url_note") or ""), line=line,
        )  # fmt: skip
    return found, problems


def resource(key: str, raw: Any, lines: Mapping[str, int], file: str) -> tuple[Resource | None, list[Problem]]:
    """Return one resource record, or None with what is wrong."""
    required = ("title", "publisher", "url", "type", "audience", "topics", "languages", "summary", "seen")
    if problem := _shape(raw, required, RESOURCE_KEYS, file, 1, key, lines):
        return None, [problem]
    for name in ("audience", "topics", "languages", "countries"):
        if not isinstance(raw.get(name) or [], list):
            message, fix = f"'{name}' is not a list.", f"Write {name}: [a, b]."
            return None, [Problem(file, lines.get(name, 1), "records/wrong-type", message, fix)]
    if not isinstance(raw["summary"], dict):
        message = "'summary' holds no text per locale."
        return None, [Problem(file, lines.get("summary", 1), "records/wrong-type", message, 'Write summary: {en: "…"}.')]
    return Resource(
        id=key, title=str(raw["title"]), publisher=str(raw["publisher"]), year=raw.get("year"), url=str(raw["url"]),
        type=str(raw["type"]), audience=_texts(raw["audience"]), topics=_texts(raw["topics"]),
        countries=_texts(raw.get("countries")), languages=_texts(raw["languages"]),
        summary={str(k): str(v) for k, v in raw["summary"].items()}, seen=str(raw["seen"]),
        format=str(raw.get("format") or ""), size=str(raw.get("size") or ""), url_note=str(raw.get("url_note") or ""),
    ), []  # fmt: skip


def editions(raw: Any) -> dict[str, tuple[Edition, ...]]:
    """Return the editions by toolkit; entries that are not whole are left out, `checks.editions` says why."""
    found: dict[str, tuple[Edition, ...]] = {}
    for key, entries in (raw if isinstance(raw, dict) else {}).items():
        found[str(key)] = tuple(
            Edition(str(entry["date"]), {str(tag): str(text) for tag, text in entry["changes"].items() if text})
            for entry in (entries if isinstance(entries, list) else ())
            if isinstance(entry, dict) and entry.get("date") and isinstance(entry.get("changes"), dict)
        )
    return found


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(str(item) for item in value or ())


def _shape(
    raw: Any, required: tuple[str, ...], known: tuple[str, ...], file: str, line: int, key: str,
    lines: Mapping[str, int] | None = None,
) -> Problem | None:  # fmt: skip
    """Return the first thing wrong with the keys of a record."""
    if not isinstance(raw, dict):
        return Problem(file, line, "records/wrong-type", f"'{key}' is not a list of 'key: value' lines.", "See contribute/write.")
    for name in required:
        if raw.get(name) in (None, "", [], {}):
            return Problem(file, line, "records/missing-key", f"'{key}' has no {name}.", f"Add the line '{name}: …'.")
    for name in raw:
        if name not in known:
            at = (lines or {}).get(name, line)
            return Problem(file, at, "records/unknown-key", f"unknown key '{name}' in '{key}'.", f"Known keys: {', '.join(known)}.")
    return None
