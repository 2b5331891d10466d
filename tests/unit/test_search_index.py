"""Hold the index files to what they promise: same bytes, plain scripts, nothing twice."""

import json
import random
import re
from typing import Any

from portal.build.search import SearchPage, SearchSection, build_search, weigh
from portal.build.search_standing import standing
from portal.model import Locale
from portal.search_text import rules_for, tokens

PAGES = [
    SearchPage(
        url=f"vi/page-{number}/",
        title=f"Title {number}",
        description="What it says.",
        sections=(SearchSection("why", "Why", f"Text \u2028 </script> {number}"),),
        audience_label="Employers" if number % 2 else "Workers",
        is_fallback=number == 3,
        search_terms=("refund",),
        facets={"audience": ["employers" if number % 2 else "workers"]},
    )
    for number in range(120)
]


def data(body: bytes) -> Any:
    found = re.fullmatch(r'portalSearch\.receive\("([^"]+)",(.*)\);\n', body.decode(), re.DOTALL)
    assert found
    return json.loads(found[2])


def test_same_pages_give_same_bytes_in_any_order() -> None:
    shuffled = PAGES.copy()
    random.Random(7).shuffle(shuffled)
    assert build_search("vi", PAGES) == build_search("vi", shuffled)


def test_each_page_has_its_text() -> None:
    files = build_search("vi", PAGES)
    index = data(files["index.js"])
    assert len(files) == 1 + len(PAGES)
    for number, name in enumerate(index["texts"]):
        description, sections = data(files[f"{name}.js"])
        assert description == "What it says."
        assert sections[0][0] == "why", number


def test_line_separators_are_escaped() -> None:
    assert "\u2028" not in "".join(body.decode() for body in build_search("vi", PAGES).values())


def test_facets_and_labels() -> None:
    index = data(build_search("vi", PAGES, facet_labels={"audience": {"workers": "Người lao động"}})["index.js"])
    assert index["facets"]["audience"]["values"] == [["employers", "employers"], ["workers", "Người lao động"]]
    assert index["labels"] == ["Employers", "Workers"]


def test_records_without_text_make_one_file() -> None:
    records = [SearchPage(url="https://example.org/", title="A report", description="")]
    assert list(build_search("en", records, name="library")) == ["library.js"]


def test_no_pages_make_an_empty_index() -> None:
    index = data(build_search("th", [])["index.js"])
    assert index["urls"] == [] and index["terms"] == ""


def chinese(count: int) -> list[SearchPage]:
    return [SearchPage(url=f"zh-Hant/{number}/", title="護照", description="") for number in range(count)]


def test_a_pair_of_signs_that_stands_once_is_left_out_of_a_large_index_only() -> None:
    once = SearchPage(url="zh-Hant/z/", title="護照", description="", sections=(SearchSection("why", "", "工傷"),))
    for count, is_kept in ((5, True), (100, False)):
        terms = data(build_search("zh-Hant", [*chinese(count), once])["index.js"])["terms"]
        assert ("工傷" in terms) is is_kept


def test_english_words_find_a_translation() -> None:
    page = SearchPage(url="th/a/", title="หอพัก", description="", source_terms=("How to run dormitories",))
    weights = weigh(page, rules_for("th"))
    assert all(weights[token] for token in tokens("dormitory", rules_for("th")))
    assert not weights["how"]


def test_pairs_of_signs_that_say_nothing_are_left_out_of_a_large_index() -> None:
    pages = [
        SearchPage(
            url=f"th/{number:02}/",
            title="Page",
            description="",
            sections=(SearchSection("", "", "护照" * (3 if number == 7 else 1) + ("签证" if number == 9 else "")),),
        )
        for number in range(70)
    ]
    large, small = (data(build_search("zh-Hant", some)["index.js"]) for some in (pages, pages[:20]))
    assert ("簽證" in large["terms"], "簽證" in small["terms"]) == (False, True)
    assert "護照" in large["terms"]
    assert len(large["holders"]) < 1.3 * len(pages)  # only page 7 still holds it; "page" is held by all
    assert len(small["holders"]) > 2 * 20


def test_standing_of_pages() -> None:
    nepali, english = (Locale(tag, tag, tag, cldr, "", is_source=tag == "en") for tag, cldr in (("ne", "ne"), ("en", "en_GB")))
    assert standing(nepali, "toolkits/employers/remedy.md", []) == 100
    assert standing(nepali, "toolkits/employers/index.md", []) < 100
    assert standing(nepali, "countries/nepal.md", ["NP"]) > standing(nepali, "countries/viet-nam.md", ["VN"])
    assert standing(english, "countries/india.md", ["IN"]) == standing(english, "countries/nepal.md", ["NP"])
