"""Every translation goes out as XLIFF and comes back letter for letter, also where its text was lost here meanwhile."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from translate.storage.xliff import xlifffile

import small
from portal import exchange, front_matter, git_blob, segments, translation, tree, xliff
from portal.model import Locale, Page, Site
from portal.site import assemble
from portal.stamps import with_stamp


@cache
def site() -> Site:
    return assemble(*tree.read(small.REPO))


LOCALES = [locale for locale in site().locales if not locale.is_source]


def pages(locale: Locale) -> list[Page]:
    return [p for p in site().pages.values() if p.locale == locale.tag and site().source_page(p.path) and not translation.is_unfinished(p)]


@cache
def exported(locale: Locale) -> str:
    return xliff.write([exchange.document(site(), locale, page.path) for page in pages(locale)], "en")


def emptied(page: Page, document: xliff.Document) -> Page:
    """Return the page with the text of every exported block lost, but its structure still there."""
    out = {unit.id for unit in document.units}
    body = "".join("x" if key in out else piece.text for key, piece in exchange.keyed(segments.blocks(page.body)))
    return replace(page, body=body, blob="0" * 40)


@pytest.mark.parametrize("locale", LOCALES, ids=lambda locale: locale.tag)
def test_what_goes_out_unchanged_changes_nothing(locale: Locale) -> None:
    for document in xliff.read(exported(locale).encode()):
        assert exchange.take(site(), locale, document, "human") is None, document.path


@pytest.mark.parametrize("locale", LOCALES, ids=lambda locale: locale.tag)
def test_lost_text_comes_back_letter_for_letter(locale: Locale) -> None:
    for document in xliff.read(exported(locale).encode()):
        page = site().pages[(locale.tag, document.path)]
        raw = site().raw[page.file].decode()
        lost = emptied(page, document)
        head = raw[: len(raw) - len(page.body)]
        there = replace(site(), pages={**site().pages, (locale.tag, page.path): lost}, raw={**site().raw, page.file: (head + lost.body).encode()})
        taken = exchange.take(there, locale, document, "human", is_replacing=True)
        assert taken is not None
        assert taken.text == raw, page.file


@pytest.mark.parametrize("locale", LOCALES, ids=lambda locale: locale.tag)
def test_a_deleted_page_is_made_anew_with_the_same_words(locale: Locale) -> None:
    for document in xliff.read(exported(locale).encode()):
        page = site().pages[(locale.tag, document.path)]
        without = replace(site(), pages={key: value for key, value in site().pages.items() if key != (locale.tag, page.path)})
        taken = exchange.take(without, locale, document, "machine")
        assert taken is not None
        old = [p.text for p in segments.blocks(page.body) if p.kind]
        new = front_matter.split(with_stamp(taken.text, document.source_blob, "machine"))
        assert [p.text for p in segments.blocks(new.body) if p.kind] == old
        asked = [key for key in segments.FRONT if f"front-{key.replace('_', '-')}" in {unit.id for unit in document.units}]
        assert {key: new.meta.get(key) for key in asked} == {key: page.meta.get(key) for key in asked}
        assert new.meta["l10n"]["method"] == "machine"
        assert taken.left == 0


@pytest.mark.parametrize("locale", LOCALES, ids=lambda locale: locale.tag)
def test_a_second_library_opens_it_and_finds_the_same(locale: Locale) -> None:
    text = exported(locale)
    store = xlifffile.parsestring(text.encode())
    ours = [unit for document in xliff.read(text.encode()) for unit in document.units]
    theirs = [unit for unit in store.units if unit.istranslatable()]
    assert len(theirs) == len(ours)
    assert store.gettargetlanguage() == locale.lang
    assert [str(unit.target) for unit in theirs][:200] == [unit.target for unit in ours][:200]
    assert words(bytes(store)) == words(text.encode())  # and what it writes is what it read


def words(data: bytes) -> list[tuple[str, str, str, str | None]]:
    return [(document.path, unit.id, unit.source, unit.target) for document in xliff.read(data) for unit in document.units]


def test_stamps_are_those_of_git() -> None:
    for document in xliff.read(exported(LOCALES[0]).encode()):
        source = site().source_page(document.path)
        assert source
        assert document.source_blob == git_blob.blob_id(site().raw[source.file])
