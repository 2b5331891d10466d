"""Give pages to translators' programs and take them back: which block of a translation answers which English block."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from portal import front_matter, git_blob, scaffold, segments, translation
from portal.model import Locale, Page, PagePath, Site
from portal.segments import Piece
from portal.xliff import STALE, Document, Unit

_LETTER = re.compile(r"[^\W\d_]")
_WORDS = re.compile(r"[^\W\d_]|\d[.,:]\d")
"""What is worth a translator's look: letters, and numbers with signs that locales write differently."""
_LIST_SIGNS = "[]{}"
"""Signs that mean something inside a YAML list."""


class Refused(Exception):
    """What stands against taking a page: (line in the XLIFF file, message with its cure) each."""

    def __init__(self, *reasons: tuple[int, str]) -> None:
        super().__init__(*reasons)
        self.reasons = reasons


@dataclass(frozen=True)
class Taken:
    """A page made from a document: its text, how many blocks changed and are still English, what a person should know."""

    text: str
    changed: int
    left: int
    is_stamped: bool
    notes: tuple[str, ...] = ()


def document(site: Site, locale: Locale, path: PagePath) -> Document:
    """Return a page of the source locale as a document, with the translation of a locale as far as there is one."""
    source, page = site.pages[(site.source_locale.tag, path)], site.pages.get((locale.tag, path))
    theirs, mine = _values(source), _values(page) if page else {}
    stale = set(translation.status(site, locale, path).changed or ()) if page else set()
    units: list[Unit] = []
    for key, (kind, section, text) in theirs.items():
        target = mine.get(key, ("", "", None))[2]
        if not _WORDS.search(f"{text} {target or ''}") and target in (None, text):
            continue
        state = "needs-adaptation" if section in stale else "translated"
        units.append(Unit(key, kind, text or "", target, state if target else ""))
    return Document(path, locale.lang, source.blob, page.blob if page else "", tuple(units))


def take(site: Site, locale: Locale, given: Document, method: str, *, is_replacing: bool = False) -> Taken | None:
    """Return the page that a document makes, or None where it changes nothing. Raises Refused."""
    source, page = site.pages[(site.source_locale.tag, given.path)], site.pages.get((locale.tag, given.path))
    now = document(site, locale, given.path)
    ids = [unit.id for unit in now.units]
    targets = {unit.id: _clean(unit) for unit in given.units if unit.target is not None}
    unknown = [unit for unit in given.units if unit.id not in ids]
    if unknown:
        message = f"unit '{unknown[0].id}' is not in the English page of today. Export again; your program keeps what you translated."
        raise Refused((unknown[0].line, message))
    here = {unit.id: unit.target for unit in now.units}
    changed = {key: text for key, text in targets.items() if text != here[key]}
    if not changed:
        return None
    if page and given.target_blob != page.blob and not is_replacing:
        message = f"{page.file} was changed after the export. Export again, or add --replace to let this file win."
        raise Refused((given.line, message))
    if page and not page.lines:
        raise Refused((given.line, f"the front matter of {page.file} cannot be read. Mend it first: `python3 scripts/docs.py check`."))
    if wrong := tuple(_wrong_marks(given, changed)):
        raise Refused(*wrong)
    body, notes = _body(source, page, changed)
    wanted = [piece.kind for piece in segments.blocks(source.body) if piece.kind]
    if page is None or not notes:
        found = [piece.kind for piece in segments.blocks(body) if piece.kind]
        if found != wanted:
            raise Refused((given.line, _broken(given, changed)))
    text = _head(source, page, site, changed, method) + body.lstrip("\n").rstrip("\n") + "\n"
    left = body.count(translation.TO_DO)
    done = [unit for unit in given.units if unit.id in targets and not (unit.state in STALE and unit.id not in changed)]
    return Taken(text, len(changed), left, page is None or (not left and len(done) == len(now.units)), tuple(notes))


def _values(page: Page) -> dict[str, tuple[str, str, str | None]]:
    """Return (kind, section, text) of each block by its id; the text is None where the English still waits in a comment."""
    found: dict[str, tuple[str, str, str | None]] = {}
    for key in segments.FRONT:
        value = page.meta.get(key)
        if value:
            found[f"front-{key.replace('_', '-')}"] = (key.replace("_", " "), "title", _shown(value))
    for key, piece in keyed(segments.blocks(page.body)):
        if piece.kind:
            found[key] = (piece.kind, piece.section, None if piece.text.lstrip().startswith(translation.TO_DO) else piece.text)
    return found


def keyed(pieces: Sequence[Piece]) -> Iterator[tuple[str, Piece]]:
    """Yield each piece with its id: section and number among the section's blocks. Marks between blocks have none."""
    count: Counter[str] = Counter()
    for piece in pieces:
        count[piece.section] += bool(piece.kind)
        yield (f"{piece.section}-{count[piece.section]}" if piece.kind else ""), piece


def _shown(value: object) -> str:
    return ", ".join(str(word) for word in value) if isinstance(value, list) else str(value)


def _clean(unit: Unit) -> str:
    """Return a target without what programs add: line breaks that the English does not have, blanks around."""
    text = unit.target or ""
    if "\n" not in unit.source and "\n" in text:
        text = " ".join(text.split())
    return text.strip()


def _wrong_marks(given: Document, changed: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    for unit in given.units:
        if unit.id not in changed or unit.id.startswith("front-"):
            continue
        wanted, found = Counter(segments.marks(unit.source)), Counter(segments.marks(changed[unit.id]))
        for mark in wanted - found:
            yield unit.line, f"unit '{unit.id}': the mark '{mark}' of the English is missing. Put it back."
        for mark in found - wanted:
            yield unit.line, f"unit '{unit.id}': the mark '{mark}' is not in the English. Take it out."


def _broken(given: Document, changed: Mapping[str, str]) -> str:
    for unit in given.units:
        text = changed.get(unit.id, "")
        found = [(p.text, p.kind) for p in segments.blocks(text) if p.kind]
        if text and not unit.id.startswith("front-") and found != [(text, "text")]:
            return f"unit '{unit.id}' begins or ends with a sign that makes another kind of block. Write it without."
    return "a translation changes the structure of the page. Export again and compare."


def _sections(pieces: Sequence[Piece]) -> dict[str, list[tuple[str, Piece]]]:
    found: dict[str, list[tuple[str, Piece]]] = {}
    for key, piece in keyed(pieces):
        found.setdefault(piece.section, []).append((key, piece))
    return found


def _body(source: Page, page: Page | None, changed: Mapping[str, str]) -> tuple[str, list[str]]:
    """Return the body with the changed blocks in place, section by section, and what happened to sections that differ."""
    theirs = _sections(segments.blocks(source.body))
    mine = _sections(segments.blocks(page.body)) if page else {}
    parts: list[str] = []
    notes: list[str] = []
    for name, pieces in theirs.items():
        own = mine.get(name, [])
        is_same = [p.kind for _, p in own if p.kind] == [p.kind for _, p in pieces if p.kind]
        if is_same or (own and not any(key in changed for key, _ in pieces)):
            parts += [_put(piece, changed.get(key, piece.text)) for key, piece in own]
            continue
        if page:
            notes.append(f"section '{name}' was {'written anew: its blocks were others' if own else 'added'}.")
        parts += [_put(p, changed[key]) if key in changed else _waiting(p) for key, p in pieces]
    notes += [f"section '{name}' is no longer in the English and was left out." for name in mine if name not in theirs]
    return "".join(parts), notes


def _put(piece: Piece, text: str) -> str:
    return re.sub(r"(?<!\\)\|", r"\\|", text) if piece.kind == "cell" and text != piece.text else text


def _waiting(piece: Piece) -> str:
    return scaffold.comment(piece.text) if piece.kind and _LETTER.search(piece.text) else piece.text


def _head(source: Page, page: Page | None, site: Site, changed: Mapping[str, str], method: str) -> str:
    """Return the front matter up to the body, with changed values in place of the old ones."""
    if page is None:
        lines = scaffold.head(source, method).rstrip("\n").split("\n")
        text = "\n".join(lines) + "\n\n"
    else:
        text = site.raw[page.file].decode("utf-8-sig").replace("\r\n", "\n")
        text = text[: len(text) - len(page.body)] + "\n"
    for key in segments.FRONT:
        if (value := changed.get(f"front-{key.replace('_', '-')}")) is None:
            continue
        parts = front_matter.split(text)
        lines, places = text.split("\n"), segments.front_lines(text, parts)
        after = places.get("description", places.get("title", (0, 1)))[1]
        start, stop = places.get(key, (after, after))
        lines[start:stop] = [f"{key}: {_written(key, value)}"]
        text = "\n".join(lines)
    return text


def _written(key: str, value: str) -> str:
    """Return a value of the front matter as YAML."""
    if key != "search_terms":
        return scaffold.quoted(value)
    words = [word.strip() for word in re.split(r"[,،、，]", value) if word.strip()]
    return f"[{', '.join(scaffold.quoted(word, _LIST_SIGNS) for word in words)}]"


def old_source(site: Site, given: Document) -> Page | None:
    """Return the English page as it was at the export, or None where it cannot be told from the document."""
    source = site.pages[(site.source_locale.tag, given.path)]
    if source.blob == given.source_blob:
        return source
    was = {unit.id: unit.source for unit in given.units if unit.source}
    body = "".join(was.get(key, piece.text) for key, piece in keyed(segments.blocks(source.body)))
    text = site.raw[source.file].decode("utf-8-sig").replace("\r\n", "\n")
    front = text[: len(text) - len(source.body)]
    meta = dict(source.meta)
    for key in segments.FRONT[:2]:
        if (value := was.get(f"front-{key}")) is not None and value != meta.get(key):
            start, stop = segments.front_lines(front, front_matter.split(front))[key]
            lines = front.split("\n")
            front, meta[key] = "\n".join([*lines[:start], f"{key}: {scaffold.quoted(value)}", *lines[stop:]]), value
    is_it = git_blob.blob_id(f"{front}{body}".encode()) == given.source_blob
    return replace(source, body=body, meta=meta, blob=given.source_blob) if is_it else None
