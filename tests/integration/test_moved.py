"""Moved pages: what a host is told, and what stands at the old address for hosts that cannot be told."""

from __future__ import annotations

from lxml import html as parse_html

import small

from .conftest import Builder
from .test_build import FEES_VI, files

REDIRECTS = "fees/index.md: toolkits/employers/fees.md\nold/fees.md: toolkits/employers/fees.md\nstart.md: index.md\n"


def test_a_moved_page_leads_on_in_every_locale(build_site: Builder) -> None:
    more = {"docs/_data/redirects.yml": REDIRECTS, "docs/vi/toolkits/employers/fees.md": FEES_VI}
    site, outcome = build_site(files(**more))
    assert outcome.problems == []
    assert (site / "_redirects").read_text().splitlines()[:4] == [
        "/fees/index.html /toolkits/employers/fees.html 301",
        "/fees/ /toolkits/employers/fees.html 301",
        "/vi/fees/index.html /vi/toolkits/employers/fees.html 301",
        "/vi/fees/ /vi/toolkits/employers/fees.html 301",
    ]
    assert "/vi/start.html /vi/ 301\n" in (site / "_redirects").read_text()
    assert "location = /old/fees.html { return 301 /toolkits/employers/fees.html; }\n" in (site / "nginx-redirects.conf").read_text()
    page = parse_html.fromstring((site / "vi/old/fees.html").read_text(encoding="utf-8"))
    assert page.get("lang") == "vi"
    assert page.xpath("//meta[@http-equiv='refresh']/@content") == ["0; url=../toolkits/employers/fees.html"]
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert page.xpath("//link[@rel='canonical']/@href") == ["https://example.org/vi/toolkits/employers/fees.html"]
    assert page.xpath("//main//a/@href") == ["../toolkits/employers/fees.html"]
    assert page.xpath("//main//a")[0].text == "Trả lại phí"
    assert page.xpath("//h1")[0].text == "Trang này đã được chuyển đi"
    for href in [*page.xpath("//a/@href"), *page.xpath("//link[@rel='stylesheet']/@href")]:
        assert (site / "vi/old" / href).resolve().is_file()
    assert "old/fees" not in (site / "sitemap.xml").read_text()
    assert not [file for file in (site / "search").rglob("*") if file.is_file() and b"old/fees" in file.read_bytes()]


def test_a_fallback_leads_to_the_fallback_and_names_the_english_page(build_site: Builder) -> None:
    site, _ = build_site(files(**{"docs/_data/redirects.yml": REDIRECTS}))
    page = parse_html.fromstring((site / "vi/old/fees.html").read_text(encoding="utf-8"))
    assert page.xpath("//link[@rel='canonical']/@href") == ["https://example.org/toolkits/employers/fees.html"]
    assert page.xpath("//main//a/@lang") == ["en"]


def test_only_good_redirects_are_published(build_site: Builder) -> None:
    bad = "index.md: toolkits/employers/fees.md\ngone.md: nowhere.md\na.md: b.md\nb.md: a.md\n'x y.md': index.md\n"
    site, outcome = build_site(files(**{"docs/_data/redirects.yml": bad}))
    assert outcome.problems == []
    assert (site / "_redirects").read_text() == ""


def test_redirects_alone_rebuild_no_page(build_site: Builder) -> None:
    from portal.build.run import Options, build

    site, _ = build_site(files())
    root = site.parent
    small.write(root, {"docs/_data/redirects.yml": REDIRECTS})
    outcome = build(Options(root=root, place=site, cache=root / ".cache", with_pdf=False, jobs=1), lambda done, total, what: None)
    assert outcome.built == []
    assert (site / "old/fees.html").is_file()
