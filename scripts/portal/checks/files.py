"""Files below the level of text: line ends, blanks at the end, doubled keys. `check --fix` mends most of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from portal.model import Problem, Site

FIX = "Run `python3 scripts/docs.py check --fix`."
_TRAILING = re.compile(rb"[ \t]+\r?$", re.MULTILINE)
_KEY = re.compile(rb"^([A-Za-z0-9\"'][\w.\"'-]*):(?=\s|$)", re.MULTILINE)
_RECORD_NAME = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*\.yml$")


def is_text(file: str) -> bool:
    """Tell whether editors write this file."""
    return file.startswith("docs/") and file.endswith((".md", ".yml"))


def check(site: Site) -> Iterator[Problem]:
    """Yield what is wrong with the files as files."""
    for file, data in site.raw.items():
        if not is_text(file):
            continue
        yield from _ends(file, data)
        if file.endswith(".yml"):
            yield from _double(file, data, 0)
        elif data.startswith(b"---") and (end := data.find(b"\n---", 3)) > 0:
            yield from _double(file, data[4 : end + 1], 1)
        if file.startswith("docs/_data/resources/") and not _RECORD_NAME.match(file.rsplit("/", 1)[1]):
            fix = "Use small letters a to z, digits and hyphens: ilo-guide.yml."
            yield Problem(file, 0, "files/odd-name", "the file name is the record's id and will not do as one.", fix)


def _ends(file: str, data: bytes) -> Iterator[Problem]:
    if data.startswith(b"\xef\xbb\xbf"):
        yield Problem(file, 1, "files/byte-order-mark", "the file starts with an invisible byte order mark.", FIX, "warning")
    if b"\r" in data:
        line = data[: data.find(b"\r")].count(b"\n") + 1
        yield Problem(file, line, "files/line-ends", "the lines end the Windows way.", FIX, "warning")
    if (b" \n" in data or b"\t\n" in data or b" \r" in data or data[-1:] in (b" ", b"\t")) and (match := _TRAILING.search(data)):
        line = data[: match.start()].count(b"\n") + 1
        yield Problem(file, line, "files/trailing-blanks", "blanks at the end of the line.", FIX, "warning")
    if data and not data.endswith(b"\n"):
        yield Problem(file, data.count(b"\n") + 1, "files/no-final-newline", "the last line does not end.", FIX, "warning")
    if not data.strip():
        yield Problem(file, 0, "files/empty", "the file is empty.", "Write it, or delete it.")


def _double(file: str, data: bytes, before: int) -> Iterator[Problem]:
    keys = _KEY.findall(data)
    if len(set(keys)) == len(keys):
        return
    for key in sorted(key for key, count in Counter(keys).items() if count > 1):
        second = [m for m in _KEY.finditer(data) if m[1] == key][1]
        line = data[: second.start()].count(b"\n") + 1 + before
        message = f"'{key.decode('utf-8', 'replace')}' stands twice; only the last one counts."
        yield Problem(file, line, "files/double-key", message, "Delete one of them.")
