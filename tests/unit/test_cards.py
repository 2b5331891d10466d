"""What a page says to those who show a link to it, and which picture it takes."""

from __future__ import annotations

from dataclasses import replace

import pytest

import check_cases
from portal.model import Locale, Site
from portal.site import assemble
from portal.views import cards
from portal.views.page import speaker


def site(has_cards: bool = True, url: str = "https://example.org/") -> Site:
    found = assemble(check_cases.tree_of({"name": "cards"}))
    return replace(found, config=replace(found.config, has_cards=has_cards, site_url=url))


@pytest.mark.parametrize(
    ("path", "folder"),
    [
        ("index.md", ""), ("toolkits/employers/fees.md", "toolkits/employers/"), ("covid-19/index.md", "covid-19/"),
        ("corridors/nepal-malaysia.md", "corridors/"), ("contribute/write.md", ""),
    ],
)  # fmt: skip
def test_a_page_takes_the_picture_of_its_section(path: str, folder: str) -> None:
    assert cards.folder_of(path) == folder


def test_there_is_a_picture_for_home_and_each_section_with_pages() -> None:
    found = site()
    assert [card.file for card in cards.cards(found, speaker(found, found.locale("vi")))] == ["cards/vi/home.png", "cards/vi/employers.png"]


def test_a_page_points_at_a_picture_only_where_one_is_made() -> None:
    for found in (site(has_cards=False), site(url="")):
        share = cards.share(found, speaker(found, found.locale("vi")), "index.md", ())
        assert (share.image, share.alt) == ("", "")
    found = site()
    share = cards.share(found, speaker(found, found.locale("vi")), "toolkits/employers/fees.md", (found.locale("vi"), found.locale("hi")))
    assert share.image == "https://example.org/cards/vi/employers.png"
    assert share.alternates == ("hi_IN",)


@pytest.mark.parametrize(("cldr", "said"), [("en_GB", "en_GB"), ("bn", "bn_BD"), ("fil", "fil_PH"), ("zh_Hant_HK", "zh_HK"), ("si", "si_LK")])
def test_locales_are_written_as_open_graph_wants_them(cldr: str, said: str) -> None:
    assert cards.territory(Locale("x", "X", "x", cldr, "latin")) == said
