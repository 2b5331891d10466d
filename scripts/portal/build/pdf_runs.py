"""Write a page's text anew so that every reader gets the words: one ActualText a cluster, no lone blanks, no repeats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, ContentStreamInstruction, Dictionary, Name, Operator, String

_SHOW = frozenset(("Tj", "TJ"))


@dataclass(frozen=True)
class Font:
    """One embedded font: the text Typst gave each glyph, the text each glyph gets, the blank's code and width (of 1000)."""

    given: Mapping[int, str]
    own: Mapping[int, str]
    blank: tuple[int, float] | None


@dataclass
class Unit:
    """What is read as one piece: its text, where it starts (x, y, size, its run's x), what its glyphs spell, what is drawn."""

    text: str
    place: tuple[float, float, float, float]
    is_cluster: bool = False
    spelt: str = ""
    atoms: list[Any] = field(default_factory=list)

    @property
    def needs_span(self) -> bool:
        """Tell whether it is a cluster, or its glyphs alone do not give its text."""
        return self.is_cluster or self.text != self.spelt


def rewrite(page: pikepdf.Page, fonts: Mapping[str, Font]) -> bytes:
    """Return the page's content with its spans made anew."""
    out: list[Any] = []
    font: Font | None = None
    size = x = y = 0.0
    is_in_span = False
    units: list[Unit] = []
    last: Unit | None = None
    for step in pikepdf.parse_content_stream(page):
        operator, operands = str(step.operator), step.operands
        if operator == "cm":
            x, y = float(operands[4]), float(operands[5])
        elif operator == "BT":
            out.append(step)
            units = [Unit("", (x, y, size, x))]
            out.append(units)
            continue
        elif operator == "BDC" and str(operands[0]) == "/Span" and "/ActualText" in operands[1]:
            is_in_span = True
            units.append(Unit(str(operands[1]["/ActualText"]), (x, y, size, x), is_cluster=True))
            continue
        elif operator == "EMC" and is_in_span:
            is_in_span = False
            units.append(Unit("", units[-1].place))
            continue
        elif operator == "Tf":
            font, size = fonts[str(operands[0])], float(operands[1])
        elif operator == "Tm" and units:
            units[-1].place = (x + float(operands[4]), y, size, x)
        elif operator in _SHOW and font is not None:
            _show(units, step, font, is_in_span)
            continue
        elif operator == "ET":
            _join_split(units, last, font)
            last = next((unit for unit in reversed(units) if unit.text.strip()), last)
            units = []
        (units[-1].atoms if units else out).append(step)
    steps: list[Any] = []
    for entry in out:
        steps += _emit(entry) if isinstance(entry, list) else [entry]
    return bytes(pikepdf.unparse_content_stream(steps))


def _show(units: list[Unit], step: Any, font: Font, is_in_span: bool) -> None:
    """Take what a show operator draws into units: one for each glyph, or the open span."""
    items = step.operands[0] if str(step.operator) == "TJ" else [step.operands[0]]
    for item in items:
        if not isinstance(item, String):
            units[-1].atoms.append(item)
            continue
        raw = bytes(item)
        for place in range(0, len(raw), 2):
            code = raw[place] << 8 | raw[place + 1]
            if not is_in_span:
                units.append(Unit(font.given.get(code, ""), units[-1].place))
            units[-1].spelt += font.own.get(code, "")
            units[-1].atoms.append(raw[place : place + 2])
    if not is_in_span:
        units.append(Unit("", units[-1].place))


def _join_split(units: list[Unit], last: Unit | None, font: Font | None) -> None:
    """Where a run goes on with the cluster of the run before, on another height, draw that part in the cluster itself.

    It is drawn after a blank from where the cluster starts: PDFium puts what it reads in the order of starting points.
    """
    first = next((unit for unit in units if unit.text.strip()), None)
    if first is None or last is None or font is None or first.text != last.text or first.text[0] in first.spelt:
        return
    (x, y, size, _), (other_x, other_y, _, origin) = first.place, last.place
    if abs(y - other_y) > size or not -size < x - other_x < 3 * size:
        return
    start = x if font.blank is None else other_x + 0.01
    taken = units[: units.index(first) + 1]
    last.atoms.append(ContentStreamInstruction([1, 0, 0, -1, round(start - origin, 5), round(other_y - y, 5)], Operator("Tm")))
    if font.blank is not None:
        last.atoms += [font.blank[0].to_bytes(2, "big"), round(font.blank[1] - (x - start) * 1000 / size, 2)]
    last.is_cluster = True
    for unit in taken:
        last.atoms += [atom for atom in unit.atoms if not isinstance(atom, ContentStreamInstruction)]
        unit.text, unit.spelt, unit.is_cluster = "", "", False
        unit.atoms = [atom for atom in unit.atoms if isinstance(atom, ContentStreamInstruction)]


def _emit(units: list[Unit]) -> list[Any]:
    """Return the operators of a run, a span around each unit that needs one and the blank after it."""
    steps: list[Any] = []
    shown: list[Any] = []

    def flush() -> None:
        if shown:
            steps.append(ContentStreamInstruction([Array(String(x) if isinstance(x, bytes) else x for x in shown)], Operator("TJ")))
            shown.clear()

    place = 0
    while place < len(units):
        unit = units[place]
        end = place + 1
        if unit.needs_span:
            after = next((n for n in range(end, len(units)) if units[n].text), len(units))
            text = unit.text
            if after < len(units) and units[after].text == " " and not units[after].needs_span:
                end, text = after + 1, text + " "
            flush()
            steps.append(ContentStreamInstruction([Name.Span, Dictionary(ActualText=String(text))], Operator("BDC")))
        for atom in (atom for each in units[place:end] for atom in each.atoms):
            if isinstance(atom, bytes) and shown and isinstance(shown[-1], bytes):
                shown[-1] += atom
            elif isinstance(atom, ContentStreamInstruction):
                flush()
                steps.append(atom)
            else:
                shown.append(atom)
        if unit.needs_span:
            flush()
            steps.append(ContentStreamInstruction([], Operator("EMC")))
        place = end
    flush()
    return steps
