"""The corridors as a drawing and as a table: origins on the left, destinations on the right, a line for each page.

A scheme on purpose: no coast, no border, no scale, so nothing that anybody disputes. Places stand in the order in which the
fewest lines cross, the same in every locale. Labels are HTML within the drawing, so that the browser breaks them by the rules
of their script.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, permutations

from portal.model import Locale, PagePath, Site
from portal.strings import Speaker
from portal.views.lists import item

WIDTH, ROW, TOP = 352, 52, 44
"""Size of the drawing in its own units, near to pixels on a phone; `TOP` is the height of the two headings."""
LABEL, BAR = 124, 6
"""Width of a column of labels, and of the bar beside a label at which lines end."""
_LEFT, _RIGHT = LABEL + 2 + BAR, WIDTH - LABEL - 2 - BAR
_SPREAD = 5
"""Between the ends of lines that meet at one place."""
_MOST_TRIED = 6
"""Up to so many destinations all orders are tried (720); more stay in the order of their codes."""


@dataclass(frozen=True)
class Corridor:
    """A corridor's page, with both countries in words."""

    origin: str
    destination: str
    origin_name: str
    destination_name: str
    title: str
    href: str
    lang: str = ""


@dataclass(frozen=True)
class Place:
    """A country in the drawing: its name, the corner of its label, the bar at which its lines end."""

    name: str
    left: int
    top: float
    bar_left: int
    bar_top: float
    bar_height: int


@dataclass(frozen=True)
class Line:
    """A corridor in the drawing: the path of its line."""

    corridor: Corridor
    path: str


@dataclass(frozen=True)
class Drawing:
    """The whole drawing, ready to print."""

    width: int
    height: int
    label: int
    row: int
    right: int
    bar: int
    origins: tuple[Place, ...]
    destinations: tuple[Place, ...]
    lines: tuple[Line, ...]


def corridors(site: Site, say: Speaker, locale: Locale, here: PagePath) -> tuple[Corridor, ...]:
    """Return the corridor pages, by the names of their countries; pages that do not name two countries are left out."""
    found = []
    for path in site.source_paths():
        page = site.source_page(path)
        codes = page.meta.get("countries") if page and path.startswith("corridors/") else None
        if isinstance(codes, list) and len(codes) == 2:
            origin, destination = (str(code) for code in codes)
            one = item(site, locale, path, here)
            names = say.country(origin), say.country(destination)
            found.append(Corridor(origin, destination, *names, title=one.title, href=one.href, lang=one.lang))
    return tuple(sorted(found, key=lambda c: (c.origin_name, c.destination_name)))


def drawing(found: Sequence[Corridor]) -> Drawing | None:
    """Return the drawing of these corridors, or None where there is none to draw."""
    if not found:
        return None
    right = _best(sorted({c.destination for c in found}), found)
    left = _beside(right, found)
    height = TOP + ROW * max(len(left), len(right))
    from_y, to_y = _spaced(left, height), _spaced(right, height)
    starts = {code: sorted((c for c in found if c.origin == code), key=lambda c: to_y[c.destination]) for code in left}
    ends = {code: sorted((c for c in found if c.destination == code), key=lambda c: from_y[c.origin]) for code in right}
    lines = []
    for c in found:
        y1 = from_y[c.origin] + _shift(starts[c.origin], c)
        y2 = to_y[c.destination] + _shift(ends[c.destination], c)
        middle = (_LEFT + _RIGHT) / 2
        lines.append(Line(c, f"M{_LEFT} {y1:g}C{middle:g} {y1:g} {middle:g} {y2:g} {_RIGHT} {y2:g}"))
    origins = (_place(starts[code][0].origin_name, 0, LABEL + 2, from_y[code], len(starts[code])) for code in left)
    destinations = (_place(ends[code][0].destination_name, WIDTH - LABEL, _RIGHT, to_y[code], len(ends[code])) for code in right)
    return Drawing(WIDTH, height, LABEL, ROW, WIDTH - LABEL, BAR, tuple(origins), tuple(destinations), tuple(lines))


def _place(name: str, left: int, bar_left: int, y: float, ends: int) -> Place:
    bar = _SPREAD * (ends - 1) + 10
    return Place(name, left, y - ROW / 2, bar_left, y - bar / 2, bar)


def _best(right: Sequence[str], found: Sequence[Corridor]) -> Sequence[str]:
    """Return the destinations in the order that makes the fewest lines cross; of equal ones the first by code."""
    if len(right) > _MOST_TRIED:
        return right
    return min(permutations(right), key=lambda order: _crossings(_beside(order, found), order, found))


def _beside(right: Sequence[str], found: Sequence[Corridor]) -> list[str]:
    """Return the origins by the mean place of their destinations (barycentre: Sugiyama, Tagawa and Toda 1981), then by code."""

    def mean(code: str) -> float:
        joined = [right.index(c.destination) for c in found if c.origin == code]
        return sum(joined) / len(joined)

    return sorted({c.origin for c in found}, key=lambda code: (mean(code), code))


def _crossings(left: Sequence[str], right: Sequence[str], found: Sequence[Corridor]) -> int:
    ends = [(left.index(c.origin), right.index(c.destination)) for c in found]
    return sum((a - c) * (b - d) < 0 for (a, b), (c, d) in combinations(ends, 2))


def _spaced(codes: Sequence[str], height: int) -> dict[str, float]:
    step = (height - TOP) / len(codes)
    return {code: round(TOP + step * (number + 0.5), 1) for number, code in enumerate(codes)}


def _shift(together: Sequence[Corridor], one: Corridor) -> float:
    return _SPREAD * (together.index(one) - (len(together) - 1) / 2)
