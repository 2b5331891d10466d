"""Split a Markdown file into front matter and body."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal import yaml_text

FENCE = "---"


@dataclass(frozen=True)
class Parts:
    """Front matter as a mapping with the file line of each key, the body and the file line on which it starts."""

    meta: Mapping[str, Any]
    lines: Mapping[str, int]
    body: str
    body_line: int
    error: str = ""
    error_line: int = 0


def split(text: str) -> Parts:
    """Return the parts of a Markdown text; what is wrong with the front matter comes back as `error`, never raised."""
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        return Parts({}, {}, text, 1, "the page does not start with front matter (a line '---')", 1)
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE), 0)
    if not end:
        return Parts({}, {}, text, 1, "the front matter is not closed by a line '---'", 1)
    head, body = "\n".join(lines[1:end]), "\n".join(lines[end + 1 :])
    try:
        meta = yaml_text.load(head) or {}
    except yaml_text.YamlProblem as problem:
        return Parts({}, {}, body, end + 2, str(problem), problem.line + 1)
    if not isinstance(meta, dict):
        return Parts({}, {}, body, end + 2, "the front matter is not a list of 'key: value' lines", 2)
    places = {key: line + 1 for key, line in yaml_text.key_lines(head).items()}
    return Parts({str(key): value for key, value in meta.items()}, places, body, end + 2)
