"""Tell problems and results to a person, an editor's tools or a pull request."""

from __future__ import annotations

import json
from collections.abc import Iterable

from portal.model import Problem


def as_text(problems: Iterable[Problem]) -> str:
    """Return one line per problem (place, fact, cure) and a closing line with the counts."""
    found = sorted(problems)
    lines = [("" if p.severity == "error" else "warning: ") + str(p) for p in found]
    errors = sum(p.severity == "error" for p in found)
    lines.append(f"{_count(errors, 'error')}, {_count(len(found) - errors, 'warning')}.")
    return "\n".join(lines)


def as_json(problems: Iterable[Problem]) -> str:
    """Return the problems as a JSON list of objects with the fields of `Problem`."""
    return json.dumps([vars(p) for p in sorted(problems)], ensure_ascii=False, indent=2)


def as_github(problems: Iterable[Problem]) -> str:
    """Return the problems as workflow commands that annotate the lines of a pull request."""
    return "\n".join(
        f"::{p.severity} file={p.path},line={max(p.line, 1)},title={p.code}::{_escaped(f'{p.message} {p.fix}'.strip())}"
        for p in sorted(problems)
    )


def table(rows: Iterable[Iterable[object]], heads: Iterable[str]) -> str:
    """Return a plain table with aligned columns; numbers to the right."""
    body = [[str(cell) for cell in row] for row in rows]
    head = list(heads)
    widths = [max(len(line[n]) for line in [head, *body]) for n in range(len(head))]

    def line(cells: list[str]) -> str:
        return "  ".join(c.rjust(w) if _is_number(c) else c.ljust(w) for c, w in zip(cells, widths, strict=True)).rstrip()

    return "\n".join([line(head), "  ".join("-" * w for w in widths), *(line(row) for row in body)])


def size(count: float) -> str:
    """Return a number of bytes in kB or MB."""
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{count / 1e3:.0f} kB"


def _is_number(text: str) -> bool:
    return text.replace(".", "").replace(",", "").replace(" s", "").isdigit()


def _count(number: int, word: str) -> str:
    return f"{number or 'no'} {word}{'' if number == 1 else 's'}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
