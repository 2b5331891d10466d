"""The real content: no error, every string that code and templates say exists, every page of the map is there."""

from __future__ import annotations

import re
from functools import cache

import small
from portal import tree
from portal.build import zim
from portal.build.pdf_words import ENGLISH
from portal.checks import run
from portal.model import Site
from portal.site import assemble
from portal.views import lists

TODAY = "2026-11-24"
_SAID = re.compile(r"""\b(?:t|say|say\.say|raw|words)\(\s*["']([a-z_]+\.[a-z_.A-Z-]+)["']""")


@cache
def site() -> Site:
    return assemble(*tree.read(small.REPO))


def test_no_error_in_the_content() -> None:
    assert [str(p) for p in run.everything(site(), TODAY) if p.severity == "error"] == []


def test_every_string_that_is_said_exists() -> None:
    strings = site().strings["en"]
    places = [*(small.REPO / "overrides").rglob("*.html"), *(small.REPO / "scripts/portal").rglob("*.py")]
    said = {key for place in places for key in _SAID.findall(place.read_text(encoding="utf-8"))}
    said |= {key for key, _ in (*lists.MENU, *lists.FOOT)} | {key for key, _, _ in lists.DOORS} | set(ENGLISH)
    theme = {"action.skip", "footer.previous", "footer.next"}
    assert sorted(key for key in said - theme if key not in strings and not key.endswith(".")) == []


def test_every_role_convention_and_status_of_the_records_has_a_string() -> None:
    strings = site().strings["en"]
    needed: set[str] = set()
    for record in site().countries.values():
        for table in ("authorities", "contacts"):
            needed |= {f"role.{role}" for entry in record.get(table) or () for role in entry.get("roles") or ()}
        needed |= {f"convention.{name}" for name in record.get("ratifications") or {}}
        needed |= {f"agreement.{entry['status']}" for entry in record.get("agreements") or () if entry.get("status")}
    assert sorted(needed - set(strings)) == []


def test_the_menu_leads_only_to_pages_that_exist() -> None:
    for _, path in (*lists.MENU, *lists.FOOT):
        assert site().source_page(path), path


def test_library_is_large_enough_to_promise_it() -> None:
    assert len(site().resources) >= 200


def test_home_and_key_messages_are_in_every_locale() -> None:
    for locale in site().locales:
        for path in ("index.md", "covid-19/key-messages.md"):
            assert (locale.tag, path) in site().pages


def test_copies_for_kiwix_say_what_they_are_in_few_signs() -> None:
    for locale in site().locales:
        said = zim.metadata(site(), locale)
        assert len(said["Title"]) <= zim.MOST_TITLE, locale.tag
        assert len(said["Description"]) <= zim.MOST_DESCRIPTION, locale.tag
        assert len(said["Language"]) == 3, locale.tag
        assert said["Language"] != "und", locale.tag
