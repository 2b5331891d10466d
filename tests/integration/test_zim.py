"""The copy for Kiwix readers: whole, with the right words about itself, every link inside resolved, sound for zimcheck."""

from __future__ import annotations

import posixpath
import subprocess
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

import pytest
from libzim.reader import Archive
from libzim.search import Query, Searcher
from lxml import html as parse_html

import chromium
import small
from portal import tree
from portal.build import bundle, zim
from portal.build.run import Options, build
from portal.errors import PortalError
from portal.model import Site
from portal.site import assemble

from .conftest import quiet

TAGS = ("en", "th", "vi")
HOME = small.page("Home", "Hello.").replace("type: guidance", "type: page")
FEES = small.page("Repay fees & costs", "## In short { #in-short }\n\n- Pay it back. See [home](../../index.md) and the [other part](#more).\n\n## More { #more }\n\nText.\n")
FEES_VI = small.translated("Trả lại phí", "## Tóm tắt { #in-short }\n\n- Trả lại tiền cho người lao động.\n\n## Thêm { #more }\n\nChữ.\n", "a" * 40)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, dict[str, dict[str, bytes]], Path]:
    files: dict[str, str | bytes] = {
        "docs/en/index.md": HOME, "docs/en/toolkits/employers/fees.md": FEES, "docs/vi/toolkits/employers/fees.md": FEES_VI,
    }  # fmt: skip
    root = small.project(tmp_path_factory.mktemp("zim") / "project", files, TAGS)
    options = Options(root=root, place=root / "site", cache=root / ".cache", with_pdf=False, jobs=2)
    assert build(options, quiet).problems == []
    site = assemble(*tree.read(root))
    return site, {tag: bundle.files(site, site.locale(tag), options.place) for tag in TAGS}, root / ".cache"


@pytest.fixture(scope="module")
def archives(built: tuple[Site, Mapping[str, Mapping[str, bytes]], Path]) -> dict[str, Path]:
    return zim.everything(*built, 2)


@pytest.mark.parametrize("tag", TAGS)
def test_an_archive_is_sound_and_says_what_it_is(tag: str, archives: dict[str, Path]) -> None:
    archive = Archive(archives[tag])
    assert archive.check()
    start = "" if tag == "en" else f"{tag}/"
    assert archive.main_entry.get_item().path == f"{start}index.html"
    said = {key: archive.get_metadata(key).decode() for key in archive.metadata_keys if not key.startswith("Illustration")}
    assert {"Name", "Title", "Description", "Language", "Creator", "Publisher", "Date", "Tags", "Counter"} <= set(said)
    assert said["Language"] == {"en": "eng", "th": "tha", "vi": "vie"}[tag]
    assert len(said["Title"]) <= zim.MOST_TITLE
    assert len(said["Description"]) <= zim.MOST_DESCRIPTION
    assert archive.get_illustration_sizes() == {48}
    assert archive.has_fulltext_index


@pytest.mark.parametrize("tag", TAGS)
def test_every_link_inside_resolves(tag: str, archives: dict[str, Path]) -> None:
    archive = Archive(archives[tag])
    checked = 0
    for number in range(archive.entry_count):
        entry = archive._get_entry_by_id(number)
        if not entry.path.endswith(".html"):
            continue
        page = parse_html.fromstring(bytes(entry.get_item().content).decode())
        for where in page.xpath("//@href | //@src"):
            target = where.partition("#")[0].partition("?")[0]
            if target and ":" not in target:
                path = posixpath.normpath(posixpath.join(posixpath.dirname(entry.path), unquote(target)))
                assert archive.has_entry_by_path(path), f"{entry.path}: {where}"
                checked += 1
    assert checked > 8


def test_links_to_what_is_not_inside_lead_to_the_portal(archives: dict[str, Path]) -> None:
    text = bytes(Archive(archives["vi"]).get_entry_by_path("vi/toolkits/employers/fees.html").get_item().content).decode()
    assert 'href="https://example.org/toolkits/employers/fees.html"' in text  # the English page, from the notice
    assert "Content-Security-Policy" not in text
    assert "portal-keeps" not in text
    assert "data-newsletter" not in text


def test_titles_are_those_of_the_pages_and_words_are_found(archives: dict[str, Path]) -> None:
    archive = Archive(archives["vi"])
    assert archive.get_entry_by_path("vi/toolkits/employers/fees.html").title == "Trả lại phí"
    assert Archive(archives["en"]).get_entry_by_path("toolkits/employers/fees.html").title == "Repay fees & costs"
    found = Searcher(archive).search(Query().set_query("người lao động"))
    assert "vi/toolkits/employers/fees.html" in list(found.getResults(0, 10))


def test_zimcheck_finds_nothing(archives: dict[str, Path]) -> None:
    program = chromium.find_program("zimcheck", "zim-tools")
    for tag, path in archives.items():
        result = subprocess.run([program, "-A", str(path)], capture_output=True, text=True, check=False)
        assert "Overall Test Status: Pass" in result.stdout + result.stderr, f"{tag}: {result.stdout}{result.stderr}"


def test_nothing_is_made_twice_and_old_ones_go(built: tuple[Site, dict[str, dict[str, bytes]], Path], archives: dict[str, Path]) -> None:
    site, copies, cache = built
    times = {path: path.stat().st_mtime_ns for path in archives.values()}
    assert zim.everything(site, copies, cache, 2) == archives
    assert {path: path.stat().st_mtime_ns for path in archives.values()} == times
    other = cache.parent / "other"
    first = zim.everything(site, {"en": copies["en"]}, other, 1)["en"]
    changed = {**copies["en"], "index.html": copies["en"]["index.html"].replace(b"Hello.", b"Good day.")}
    second = zim.everything(site, {"en": changed}, other, 1)["en"]
    assert second != first
    assert list((other / "zim").iterdir()) == [second]


def test_a_maker_that_fails_is_a_problem_in_words(built: tuple[Site, dict[str, dict[str, bytes]], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    site, copies, cache = built
    broken = cache.parent / "broken.py"
    broken.write_text("raise SystemExit('no space left')")
    monkeypatch.setattr(zim, "MAKER", broken)
    with pytest.raises(PortalError, match=r"the archive for Kiwix was not made \(no space left\)\."):
        zim.everything(site, {"en": copies["en"]}, cache.parent / "nowhere", 1)
