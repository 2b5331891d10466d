"""Feeds and data files."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET

import small
from portal import exports, feeds
from portal.model import Site
from portal.site import assemble
from portal.strings import Speaker

RESOURCE = """title: "=Guide"
publisher: ILO
year: 2019
url: https://ilo.org/x
type: guideline
audience: [employers]
topics: [fees]
countries: []
languages: [en, vi]
summary: {en: Tells who pays, vi: Nói ai trả}
seen: 2026-11-23
"""


def site() -> Site:
    news = small.page("Launch & more", "Text.").replace("type: guidance", "type: news\ndate: 2021-07-22")
    tree = {
        "mkdocs.yml": (small.REPO / "mkdocs.yml").read_bytes(),
        "docs/en/news/a.md": news.encode(),
        "docs/_data/resources/guide.yml": RESOURCE.encode(),
        "docs/_data/strings/en.yml": (small.REPO / "docs/_data/strings/en.yml").read_bytes(),
    }
    return assemble(tree)


def test_feeds_exist_only_where_something_is_in_the_locale() -> None:
    made = site()
    english, thai, viet = (made.locale(tag) for tag in ("en", "th", "vi"))
    assert set(feeds.files(made, english, Speaker(english, {}, {}))) == {
        "news/feed.xml", "news/feed.json", "resources/feed.xml", "resources/feed.json",
    }  # fmt: skip
    assert feeds.files(made, thai, Speaker(thai, {}, {})) == {}
    assert set(feeds.files(made, viet, Speaker(viet, {}, {}))) == {"vi/resources/feed.xml", "vi/resources/feed.json"}


def test_rss_is_well_formed_and_dated() -> None:
    made = site()
    english = made.locale("en")
    root = ET.fromstring(feeds.files(made, english, Speaker(english, {}, {}))["news/feed.xml"])
    assert root.findtext("channel/item/title") == "Launch & more"
    assert root.findtext("channel/item/pubDate") == "Thu, 22 Jul 2021 00:00:00 +0000"
    assert root.findtext("channel/language") == "en"


def test_json_feed_has_what_the_standard_asks_for() -> None:
    made = site()
    english = made.locale("en")
    feed = json.loads(feeds.files(made, english, Speaker(english, {}, {}))["news/feed.json"])
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["items"][0]["id"] == "https://example.org/news/a.html"


def test_library_as_json_and_csv() -> None:
    made = site()
    data = json.loads(exports.resources_json(made))
    assert set(data["resources"][0]) == set(data["fields"])
    assert data["resources"][0]["summary"]["vi"] == "Nói ai trả"
    rows = list(csv.reader(io.StringIO(exports.resources_csv(made).decode("utf-8-sig"))))
    assert rows[1][rows[0].index("title")] == "'=Guide"
    assert rows[1][rows[0].index("languages")] == "en; vi"


def test_state_of_translations_as_json() -> None:
    data = json.loads(exports.translations(site()))
    assert {row["locale"] for row in data["locales"]} >= {"vi", "th"}
