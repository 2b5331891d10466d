"""The pictures of links: right size, light, nothing cut in any script, the same bytes twice."""

from __future__ import annotations

import io
from functools import cache

import pytest
from PIL import Image

import small
from portal import tree
from portal.build.cards import SAND, picture
from portal.errors import PortalError
from portal.model import Site
from portal.site import assemble
from portal.views.cards import HEIGHT, WIDTH, Card, cards
from portal.views.page import speaker

MOST_BYTES = 60_000
BAR, MARGIN = 28, 60
LONG = {
    "tamil": "ஆட்சேர்ப்பாளர்களுக்கும்தொழில்தருநர்களுக்கும் " * 3,
    "thai": "คุ้มครองแรงงานข้ามชาติในเอเชียและการจัดหางานอย่างมีจริยธรรม" * 4,
    "chinese": "保護亞洲移工以及符合道德的招聘" * 8,
    "latin": "Responsibilities of intermediaries and recruiters " * 5,
}


@cache
def site() -> Site:
    return assemble(*tree.read(small.REPO))


def look(data: bytes) -> Image.Image:
    """Return the picture; fail where ink comes near the right, upper or lower edge."""
    found = Image.open(io.BytesIO(data))
    assert (found.size, found.mode, found.format) == ((WIDTH, HEIGHT), "P", "PNG")
    full = found.convert("RGB")
    for box in ((WIDTH - MARGIN, 0, WIDTH, HEIGHT), (BAR, 0, WIDTH, 30), (BAR, HEIGHT - 12, WIDTH, HEIGHT), (BAR, 402, WIDTH, 414)):
        assert full.crop(box).getcolors(2) == [((box[2] - box[0]) * (box[3] - box[1]), SAND)], box
    return full


@pytest.mark.parametrize("tag", [locale.tag for locale in site().locales])
def test_every_section_has_a_light_picture_with_nothing_cut(tag: str) -> None:
    made = cards(site(), speaker(site(), site().locale(tag)))
    assert len(made) == 12
    for card in made:
        data = picture(card)
        look(data)
        assert len(data) <= MOST_BYTES
    assert picture(made[0]) == picture(made[0])


@pytest.mark.parametrize("script", LONG)
def test_a_title_far_too_long_gets_smaller_letters(script: str) -> None:
    look(picture(Card("cards/x/home.png", LONG[script].strip(), LONG[script][:60].strip(), "example.org", "en", script)))


def test_a_character_without_a_glyph_is_a_problem_in_words() -> None:
    with pytest.raises(PortalError, match=r"cards/x/home.png: the character 🦜 \(U\+1F99C\) is in none of the print fonts"):
        picture(Card("cards/x/home.png", "A 🦜", "B", "example.org", "en", "latin"))
