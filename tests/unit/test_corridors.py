"""The drawing of the corridors: every line ends at its places, no label meets another, the same picture in every locale."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from portal.views.corridors import LABEL, ROW, WIDTH, Corridor, drawing

PAIRS = ("BD-MY", "ID-HK", "ID-MY", "IN-MY", "LK-MY", "LK-TH", "NP-MY", "PH-HK", "PH-MY", "VN-MY", "VN-TH")


def corridors(pairs: tuple[str, ...] = PAIRS) -> list[Corridor]:
    return [Corridor(*pair.split("-"), *pair.split("-"), title=pair, href=f"{pair.lower()}.html") for pair in pairs]


def test_every_line_ends_at_the_bars_of_its_places() -> None:
    made = drawing(corridors())
    assert made
    assert len(made.lines) == len(PAIRS)
    for line in made.lines:
        x1, y1, *_, x2, y2 = (float(number) for number in re.findall(r"-?[\d.]+", line.path))
        start = next(place for place in made.origins if place.name == line.corridor.origin)
        end = next(place for place in made.destinations if place.name == line.corridor.destination)
        assert x1 == start.bar_left + made.bar
        assert x2 == end.bar_left
        assert start.bar_top < y1 < start.bar_top + start.bar_height
        assert end.bar_top < y2 < end.bar_top + end.bar_height
    assert len({line.path for line in made.lines}) == len(PAIRS)


def test_labels_have_a_row_of_their_own_inside_the_drawing() -> None:
    made = drawing(corridors())
    assert made
    for places in (made.origins, made.destinations):
        tops = [place.top for place in places]
        assert all(below - above >= ROW for above, below in pairwise(tops))
        assert all(0 <= place.left <= WIDTH - LABEL and 0 <= place.top <= made.height - ROW for place in places)


def test_few_lines_cross_and_every_locale_has_the_same_order() -> None:
    made = drawing(corridors())
    assert made
    assert [place.name for place in made.destinations] == ["HK", "MY", "TH"]
    assert [place.name for place in made.origins] == ["ID", "PH", "BD", "IN", "NP", "LK", "VN"]
    renamed = drawing([replace(c, origin_name=f"{9 - n}{c.origin}") for n, c in enumerate(corridors(("BD-MY", "IN-MY")))])
    assert renamed
    assert [place.name for place in renamed.origins] == ["9BD", "8IN"]


def test_no_corridor_no_drawing_and_many_are_drawn_all_the_same() -> None:
    assert drawing([]) is None
    many = drawing(corridors(tuple(f"A{chr(65 + n)}-B{chr(65 + n)}" for n in range(20))))
    assert many
    assert len(many.lines) == len(many.origins) == len(many.destinations) == 20
