"""Mend what is mechanical: `check --fix`. Texts in, changed texts out; no meaning is touched."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from portal import front_matter
from portal.checks import characters, citations, files, moved, punctuation
from portal.checks import front_matter as rules
from portal.model import Site
from portal.site import DATA

_KEY = re.compile(r"^([A-Za-z0-9][\w.-]*):")
_CODE = re.compile(r"`[^`\n]*`|^\s*(?:```|~~~).*?^\s*(?:```|~~~)\s*$", re.MULTILINE | re.DOTALL)


def mend(site: Site) -> dict[str, bytes]:
    """Return the files that change, with their new bytes."""
    found: dict[str, bytes] = {}
    for file, data in site.raw.items():
        if not files.is_text(file):
            continue
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            continue
        if file == DATA + "sources.yml" and not site.problems:  # a page that cannot be read may cite them
            text = without(text, [problem.message.split("'")[1] for problem in citations.unused(site)])
        new = tidy(text, _script_of(site, file), is_page=file.endswith(".md"))
        if (encoded := new.encode()) != data:
            found[file] = encoded
    for file, new in moved.mended(site).items():
        found[file] = tidy(new, "", is_page=False).encode()
    return found


def tidy(text: str, script: str, *, is_page: bool) -> str:
    """Return a text with Unix line ends, no blanks at the ends of lines, one final line end, no invisible characters.

    In pages the keys of the front matter come into their order, curly quotation marks become straight, doubled spaces single.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    allowed = characters.allowed_invisible(script)
    text = "".join(c for c in text if c not in characters.INVISIBLE or c in allowed)
    text = unicodedata.normalize("NFC", text) if script == "latin" else text
    text = re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE)
    if is_page:
        text = _page(text)
    return text.rstrip("\n") + "\n" if text.strip() else ""


def _page(text: str) -> str:
    parts = front_matter.split(text)
    if parts.error:
        return text
    lines = text.split("\n")
    head, body = lines[1 : parts.body_line - 2], "\n".join(lines[parts.body_line - 1 :])
    return "\n".join([front_matter.FENCE, *in_order(head, rules.ORDER), front_matter.FENCE, _prose(body)])


def in_order(head: list[str], order: Iterable[str]) -> list[str]:
    """Return the lines of a front matter with its keys in order; a key takes the lines below it along, unknown keys stay last."""
    wanted = list(order)
    blocks: list[tuple[int, list[str]]] = []
    for line in head:
        match = _KEY.match(line)
        if match or not blocks:
            key = match[1] if match else ""
            blocks.append((wanted.index(key) if key in wanted else -1 if not match else len(wanted), []))
        blocks[-1][1].append(line)
    return [line for _, block in sorted(blocks, key=lambda b: b[0]) for line in block]


def _prose(body: str) -> str:
    """Mend quotation marks and doubled spaces outside code."""
    parts: list[str] = []
    end = 0
    for code in _CODE.finditer(body):
        parts += [_straight(body[end : code.start()]), code[0]]
        end = code.end()
    return "".join([*parts, _straight(body[end:])])


def _straight(text: str) -> str:
    lines = []
    for line in text.translate(punctuation.STRAIGHT).split("\n"):
        lines.append(line if punctuation.is_form_line(line) else punctuation.DOUBLE_SPACE.sub(" ", line))
    return "\n".join(lines)


def without(text: str, keys: Iterable[str]) -> str:
    """Return a YAML text without these keys of its left margin and what belongs to them."""
    gone = set(keys)
    kept: list[str] = []
    is_gone = False
    for line in text.split("\n"):
        if match := _KEY.match(line):
            is_gone = match[1] in gone
        elif line and not line[0].isspace():
            is_gone = False
        if not is_gone:
            kept.append(line)
    return "\n".join(kept)


def _script_of(site: Site, file: str) -> str:
    by_tag: Mapping[str, str] = {locale.tag: locale.script for locale in site.locales}
    parts = file.split("/")
    tag = parts[3].removesuffix(".yml") if file.startswith((DATA + "strings/", DATA + "glossary/")) else parts[1]
    return by_tag.get(tag, "")
