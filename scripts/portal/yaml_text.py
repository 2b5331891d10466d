"""Read YAML text into values, and errors into words with a line."""

from __future__ import annotations

import re
from typing import Any

import yaml

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_KEY = re.compile(r"^([A-Za-z0-9][\w.-]*):")


class _TextDates(Loader):  # type: ignore[valid-type, misc]
    """The safe loader, but dates stay text as written: a record compares and prints them, it does not compute."""


_TextDates.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in Loader.yaml_implicit_resolvers.items()
}


class YamlProblem(ValueError):
    """YAML that cannot be read: `line` counts from 1 in the text that was given."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def load(text: str) -> Any:
    """Return the value of a YAML text; dates come back as text. Raises YamlProblem."""
    try:
        return yaml.load(text, Loader=_TextDates)  # noqa: S506 (a safe loader)
    except yaml.MarkedYAMLError as error:
        starts = "quoted scalar" in (error.context or "") or "flow" in (error.context or "")
        mark = (error.context_mark if starts else None) or error.problem_mark or error.context_mark
        raise YamlProblem(mark.line + 1 if mark else 1, _in_words(error.problem or str(error))) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise YamlProblem(1, _in_words(str(error).splitlines()[0])) from None


def key_lines(text: str) -> dict[str, int]:
    """Return the line (from 1) of every key that stands at the left margin."""
    lines: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if match := _KEY.match(line):
            lines.setdefault(match[1], number)
    return lines


def _in_words(problem: str) -> str:
    """Translate the commonest parser messages into what an editor can act on."""
    if "mapping values are not allowed" in problem:
        return "a value with ': ' in it must stand in quotes"
    if "could not find expected ':'" in problem:
        return "this line has no 'key: value'"
    if "unexpected end of stream" in problem:
        return "a quotation mark is not closed"
    if "',' or ']'" in problem or "',' or '}'" in problem:
        return "a bracket is not closed, or a comma is missing"
    if "cannot start any token" in problem:
        return f"unexpected character ({problem})"
    if "block end" in problem or "block mapping" in problem:
        return "the indentation does not fit, or a quote is not closed"
    return problem
