"""The service worker's settings and the lists of what a toolkit needs: which files, how large, for whom."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

import small
from portal import tree
from portal.build import headers, search_pages, worker
from portal.model import Config, Site
from portal.site import assemble
from portal.views import offline, policy

BODY = "## In short { #in-short }\n\nPay it back.\n"
NAV = [{"employers": ["toolkits/employers/index.md", "toolkits/employers/fees.md"]}, {"about": ["about/index.md"]}]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    names = ("index.md", "offline.md", "about/index.md", "toolkits/employers/index.md", "toolkits/employers/fees.md")
    files: dict[str, str | bytes] = {f"docs/en/{name}": small.page(f"Page {name}", BODY) for name in names}
    files["docs/vi/toolkits/employers/index.md"] = small.translated("Bộ công cụ", "## Tóm tắt { #in-short }\n\nTrả lại.\n")
    return assemble(*tree.read(small.project(tmp_path / "project", files, nav=NAV)))


@pytest.fixture
def published(tmp_path: Path, site: Site) -> Path:
    """Write what a build would have published, as far as the worker looks at it."""
    image = '<img alt="" src="../../../assets/a.png"><img alt="" src="https://example.org/b.png">'
    page = f'<body class="page" data-page="x"><main id="main"><article class="article">{image}</article></main></body>'
    out = tmp_path / "out"
    names = ["assets/stylesheets/portal.css", "assets/javascripts/portal.js", "assets/a.png", "assets/images/favicon.svg", "search/vi/index.js"]
    pages = [f"{start}{path.removesuffix('.md')}.html" for start in ("", "vi/") for path in site.source_paths()]
    small.write(out, {name: name for name in names} | dict.fromkeys(pages, page))
    return out


def settings(files: dict[str, bytes]) -> dict[str, object]:
    found = re.search(r"^const BUILD = (.*);$", files["sw.js"].decode(), re.MULTILINE)
    assert found
    return json.loads(found[1])


def test_the_worker_knows_its_version_and_offline_pages(site: Site, published: Path) -> None:
    made = settings(worker.files(site, published))
    assert made["offline"] == {"en": "offline.html", "vi": "vi/offline.html"}
    assert made["source"] == "en"
    assert made["core"] == ["assets/stylesheets/portal.css", "assets/javascripts/portal.js", "assets/images/favicon.svg", "offline.html"]
    assert made == settings(worker.files(site, published))


@pytest.mark.parametrize("name", ["assets/stylesheets/portal.css", "vi/offline.html"])
def test_another_asset_is_another_version(name: str, site: Site, published: Path) -> None:
    before = settings(worker.files(site, published))["version"]
    (published / name).write_text("changed")
    assert settings(worker.files(site, published))["version"] != before


def test_another_page_is_the_same_version(site: Site, published: Path) -> None:
    """Readers do not load the styles again because a page was edited."""
    before = worker.files(site, published)
    (published / "index.html").write_text("changed")
    assert worker.files(site, published) == before


def test_without_offline_reading_the_worker_says_goodbye(site: Site, published: Path) -> None:
    off = replace(site, config=replace(site.config, offline=False))
    assert worker.files(off, published) == {"sw.js": worker.goodbye()}
    assert b"unregister" in worker.goodbye()
    assert offline.keeping(off, off.locale("vi"), "toolkits/employers/index.md") == ""


@pytest.mark.parametrize(
    ("action", "url", "wanted"),
    [
        ("/subscription/form", "https://example.org/", {"subscription", "_preview"}),
        ("/lists/join", "https://example.org/", {"subscription", "_preview", "lists"}),
        ("/portal/lists/join", "https://example.org/portal/", {"subscription", "_preview", "lists"}),
        ("https://lists.example.net/form", "https://example.org/", {"subscription", "_preview"}),
        ("", "", {"subscription", "_preview"}),
    ],
)
def test_the_worker_stays_away_from_the_form(action: str, url: str, wanted: set[str], site: Site) -> None:
    config = Config(site_url=url, newsletter={"action": action})
    assert worker.never(replace(site, config=config)) == wanted


def test_a_list_holds_all_that_a_toolkit_needs_and_no_more(site: Site, published: Path) -> None:
    locale = site.locale("vi")
    search = search_pages.files(site, locale, published)
    lists = worker.lists(site, locale, published, search)
    assert list(lists) == ["keep/vi/employers.json"]
    made = json.loads(lists["keep/vi/employers.json"])
    assert (made["key"], made["title"], made["lang"], made["pages"]) == ("vi/employers", "Bộ công cụ", "vi", 2)
    assert made["home"] == "vi/toolkits/employers/index.html"
    names = set(made["files"])
    assert {"vi/toolkits/employers/index.html", "vi/toolkits/employers/fees.html", "vi/offline.html", "vi/index.html"} <= names
    assert {"assets/a.png", "assets/stylesheets/portal.css", "search/vi/index.js"} <= names
    assert "vi/about/index.html" not in names
    assert not [name for name in names if name.endswith((".pdf", ".zip", ".zim"))]
    assert all((published / name).is_file() or name in search for name in names)
    assert made["size"].endswith("kB")


def test_a_list_changes_with_its_pages_only(site: Site, published: Path) -> None:
    def version() -> str:
        made = worker.lists(site, site.locale("vi"), published, search_pages.files(site, site.locale("vi"), published))
        return str(json.loads(made["keep/vi/employers.json"])["version"])

    first = version()
    (published / "assets/stylesheets/portal.css").write_text("other")
    assert version() == first
    page = published / "vi/toolkits/employers/fees.html"
    page.write_text(page.read_text().replace("<article", "<p>New.</p><article"))
    assert version() != first


def test_hosts_are_told_to_ask_for_the_worker_each_time(site: Site) -> None:
    assert headers.files(site)["_headers"].decode().endswith("/sw.js\n  Cache-Control: no-cache\n")
    for said in (policy.header(site), policy.meta(site)):
        assert "worker-src 'self'" in said
        assert "portal-worker" in said
