"""What stands in a page's head for those who show a link to it, and for search engines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from lxml import html as parse_html

import check_cases
import small
from portal.build.run import Options, build

from .conftest import Builder, quiet
from .test_build import FEES_VI, files

LIBRARY = small.page("Library", "All.").replace("type: guidance", "type: page\ntemplate: library.html")
RESOURCE = check_cases.base()["docs/_data/resources/ilo-guide.yml"]
NEEDED = {
    "WebSite": {"name", "url", "publisher"},
    "Article": {"headline", "description", "author", "publisher", "dateModified", "url", "inLanguage", "license"},
    "Dataset": {"name", "description", "url", "license", "creator", "distribution"},
}
"""What Google's guides for each type ask for (developers.google.com/search/docs/appearance/structured-data), but datePublished."""


def meta(file: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in parse_html.fromstring(file.read_text(encoding="utf-8")).xpath("//meta[@property or @name]"):
        found.setdefault(one.get("property") or one.get("name"), []).append(one.get("content"))
    return found


def data(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(parse_html.fromstring(file.read_bytes()).xpath("//script[@type='application/ld+json']/text()")[0])
    return found


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """Build a small site with everything, pictures too, and return its folder."""
    more = {"docs/vi/toolkits/employers/fees.md": FEES_VI, "docs/en/resources/index.md": LIBRARY, "docs/_data/resources/guide.yml": RESOURCE}
    content = files(**more)
    content["docs/en/toolkits/employers/fees.md"] = str(content["docs/en/toolkits/employers/fees.md"]).replace(
        "title: Repay fees", 'title: Repay "fees" & <costs>'
    ).replace("type: guidance", "type: guidance\nreviewed: 2026-11-01")  # fmt: skip
    root = small.project(tmp_path / "project", content, ("en", "vi"))
    options = Options(root=root, place=root / "site", cache=root / ".cache", jobs=1)
    assert build(options, quiet).problems == []
    return options.place


def test_every_page_points_at_a_picture_that_is_there(whole: Path) -> None:
    pages = [file for file in whole.rglob("*.html") if file.name != "404.html"]
    assert len(pages) == 6
    for file in pages:
        said = meta(file)
        (image,) = said["og:image"]
        assert (whole / image.removeprefix("https://example.org/")).read_bytes().startswith(b"\x89PNG")
        assert (said["og:image:width"], said["og:image:height"]) == (["1200"], ["630"])
        assert said["og:image:alt"][0]
        assert said["twitter:card"] == ["summary_large_image"]
    assert not (whole / "assets/cards").exists()


def test_the_picture_speaks_the_language_of_the_text(whole: Path) -> None:
    translated, fallback = meta(whole / "vi/toolkits/employers/fees.html"), meta(whole / "vi/index.html")
    assert translated["og:image"] == ["https://example.org/cards/vi/employers.png"]
    assert (translated["og:locale"], translated["og:locale:alternate"]) == (["vi_VN"], ["en_GB"])
    assert translated["og:url"] == ["https://example.org/vi/toolkits/employers/fees.html"]
    assert fallback["og:image"] == ["https://example.org/cards/en/home.png"]
    assert fallback["og:locale"] == ["en_GB"]
    assert meta(whole / "toolkits/employers/fees.html")["og:title"] == ['Repay "fees" & <costs>']


def test_structured_data_have_what_is_asked_of_each_type(whole: Path) -> None:
    for name, kind in {"index.html": "WebSite", "toolkits/employers/fees.html": "Article", "resources/index.html": "Dataset"}.items():
        found = data(whole / name)
        assert (found["@context"], found["@type"]) == ("https://schema.org", kind)
        assert NEEDED[kind] <= {key for key, value in found.items() if value}
    article, dataset = data(whole / "toolkits/employers/fees.html"), data(whole / "resources/index.html")
    assert article["image"] == ["https://example.org/cards/en/employers.png"]
    assert article["author"] == {"@type": "Organization", "name": "Protecting Migrant Workers in Asia", "url": "https://example.org/"}
    assert 50 <= len(dataset["description"]) <= 5000
    for download in dataset["distribution"]:
        assert (whole / download["contentUrl"].removeprefix("https://example.org/")).is_file()


def test_without_pictures_no_page_points_at_one(build_site: Builder) -> None:
    site, outcome = build_site(files())
    assert outcome.problems == []
    assert not (site / "cards").exists()
    assert "og:image" not in meta(site / "index.html")
    assert "image" not in data(site / "toolkits/employers/fees.html")
    assert meta(site / "index.html")["og:title"] == ["Home"]
