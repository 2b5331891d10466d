"""Small real builds: what a reader gets, and what bad input does."""

from __future__ import annotations

import filecmp
import os
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import html as parse_html

import small
from portal.build.run import Options, build

from .conftest import Builder, quiet

HOME = small.page("Home", "Hello.").replace("type: guidance", "type: page\ntemplate: home.html")
FEES = small.page("Repay fees", "## In short { #in-short }\n\n- Pay it back.\n\n## Check yourself { #check-yourself }\n\n- [ ] Paid.\n")
FEES_VI = small.translated("Trả lại phí", "## Tóm tắt { #in-short }\n\n- Trả lại.\n\n## Tự kiểm tra { #check-yourself }\n\n- [ ] Đã trả.\n")


def files(**more: str | bytes) -> dict[str, str | bytes]:
    return {"docs/en/index.md": HOME, "docs/en/toolkits/employers/fees.md": FEES, **more}


def tree(path: Path) -> dict[str, bytes]:
    return {p.relative_to(path).as_posix(): p.read_bytes() for p in sorted(path.rglob("*")) if p.is_file()}


def read(path: Path) -> parse_html.HtmlElement:
    return parse_html.fromstring(path.read_text(encoding="utf-8"))


def test_fallback_tells_the_truth(build_site: Builder) -> None:
    site, outcome = build_site(files())
    assert outcome.problems == []
    page = read(site / "vi/toolkits/employers/fees.html")
    assert page.get("lang") == "vi"
    assert page.xpath("//div[@class='content']")[0].get("lang") == "en"
    assert page.xpath("//div[@class='content']")[0].get("dir") == "ltr"
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert page.xpath("//link[@rel='canonical']/@href") == ["https://example.org/toolkits/employers/fees.html"]
    assert page.xpath("//link[@rel='alternate'][@hreflang]") == []
    assert "chưa được dịch" in page.xpath("//aside/div[contains(@class,'notice--missing')]")[0].text_content()


def test_translation_claims_its_language(build_site: Builder) -> None:
    site, _ = build_site(files(**{"docs/vi/toolkits/employers/fees.md": FEES_VI}))
    page = read(site / "vi/toolkits/employers/fees.html")
    assert page.xpath("//div[@class='content']")[0].get("lang") is None
    assert page.xpath("//link[@rel='canonical']/@href") == ["https://example.org/vi/toolkits/employers/fees.html"]
    found = {a.get("hreflang"): a.get("href") for a in page.xpath("//link[@rel='alternate']")}
    assert set(found) == {"en", "vi", "x-default"}
    english = read(site / "toolkits/employers/fees.html")
    assert {a.get("hreflang") for a in english.xpath("//link[@rel='alternate']")} == {"en", "vi", "x-default"}


def test_language_links_keep_the_page_and_name_their_language(build_site: Builder) -> None:
    site, _ = build_site(files(), ("en", "bn", "tl", "vi"))
    page = read(site / "bn/toolkits/employers/fees.html")
    links = {a.get("lang"): a.get("href") for a in page.xpath("//details[contains(@class,'fold--languages')]//a")}
    assert links["vi"] == "../../../vi/toolkits/employers/fees.html"
    assert links["fil"] == "../../../tl/toolkits/employers/fees.html"
    assert links["en"] == "../../../toolkits/employers/fees.html"
    for href in links.values():
        assert (site / "bn/toolkits/employers" / href).resolve().is_file()


def test_not_found_speaks_every_locale(build_site: Builder) -> None:
    site, _ = build_site(files(), ("en", "th", "vi"))
    page = read(site / "404.html")
    assert [part.get("lang") for part in page.xpath("//section[contains(@class,'lost')]")] == ["en", "th", "vi"]
    assert page.xpath("//section[@lang='th']//a/@href") == ["/th/index.html"]


def test_sitemap_lists_only_real_pages(build_site: Builder) -> None:
    site, _ = build_site(files(**{"docs/vi/toolkits/employers/fees.md": FEES_VI}))
    text = (site / "sitemap.xml").read_text()
    assert "https://example.org/vi/toolkits/employers/fees.html" in text
    assert "https://example.org/vi/</loc>" not in text


def test_citation_becomes_a_footnote(build_site: Builder) -> None:
    source = "ilo-1:\n  title: Guide [x]\n  publisher: ILO\n  year: 2019\n  url: https://ilo.org/a_b\n  seen: 2026-11-23\n  confidence: high\n"
    cited = FEES.replace("Pay it back.", "Pay it back.[^ilo-1]")
    site, outcome = build_site({**files(), "docs/en/toolkits/employers/fees.md": cited, "docs/_data/sources.yml": source})
    assert outcome.problems == []
    note = read(site / "vi/toolkits/employers/fees.html").xpath("//section[@class='sources']//li")[0]
    assert "Guide [x], ILO, 2019." in " ".join(note.text_content().split())
    assert note.xpath(".//a/@href")[0] == "https://ilo.org/a_b"


def test_same_input_same_bytes(build_site: Builder, tmp_path: Path) -> None:
    site, _ = build_site(files(**{"docs/vi/toolkits/employers/fees.md": FEES_VI}))
    first = tree(site)
    root = site.parent
    build(Options(root=root, place=root / "again", cache=root / ".cache2", with_pdf=False, jobs=2), quiet)
    assert tree(root / "again") == first


def test_only_what_changed_is_built_again(build_site: Builder) -> None:
    site, _ = build_site(files(**{"docs/vi/toolkits/employers/fees.md": FEES_VI}), ("en", "th", "vi"))
    root = site.parent
    options = Options(root=root, place=site, cache=root / ".cache", with_pdf=False, jobs=1)
    assert build(options, quiet).built == []
    small.write(root, {"docs/vi/toolkits/employers/fees.md": FEES_VI.replace("Trả lại.", "Hoàn lại.")})
    outcome = build(options, quiet)
    assert outcome.built == ["vi"]
    assert "Hoàn lại." in (site / "vi/toolkits/employers/fees.html").read_text()


def test_same_files_as_the_stock_build(build_site: Builder, tmp_path: Path) -> None:
    """One process, all locales, plain `mkdocs build --strict`: the same pages, byte for byte."""
    content = files(**{"docs/vi/index.md": small.translated("Trang chủ", "Xin chào."), "docs/vi/toolkits/employers/fees.md": FEES_VI})
    site, outcome = build_site(content, ("en", "bn", "vi"))
    assert outcome.problems == []
    root = site.parent
    stock = tmp_path / "stock"
    environment = {**os.environ, "PYTHONPATH": str(small.REPO / "scripts")}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-d", str(stock)]
    result = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    ours, theirs = tree(site), tree(stock)
    pages = {name for name in theirs if name.endswith((".html", ".xml"))}
    assert pages == {name for name in ours if name.endswith((".html", ".xml"))}
    different = [name for name in sorted(pages) if ours[name] != theirs[name]]
    assert different == ["404.html"] or different == []


def test_assets_are_published_once(build_site: Builder) -> None:
    site, _ = build_site(files())
    assert (site / "assets/stylesheets/portal.css").is_file()
    assert not (site / "vi/assets").exists()
    assert not list(site.rglob("bundle*.js"))
    assert filecmp.cmp(site / "assets/stylesheets/portal.css", small.REPO / "docs/assets/stylesheets/portal.css", shallow=False)


def test_a_changed_script_is_published(build_site: Builder) -> None:
    site, _ = build_site(files())
    root = site.parent
    small.write(root, {"docs/assets/javascripts/library.js": "// changed\n"})
    outcome = build(Options(root=root, place=site, cache=root / ".cache", with_pdf=False, jobs=1), quiet)
    assert (site / "assets/javascripts/library.js").read_text() == "// changed\n"
    assert outcome.built == ["en"]


BAD = {
    "broken YAML": ({"docs/en/toolkits/employers/fees.md": "---\ntitle: A: b\n---\n\nx\n"}, "docs/en/toolkits/employers/fees.md:2:"),
    "unknown key": ({"docs/en/toolkits/employers/fees.md": FEES.replace("type:", "titel: x\ntype:")}, "unknown key 'titel' in the front matter. Did you mean 'title'?"),
    "missing title": ({"docs/en/toolkits/employers/fees.md": FEES.replace("title: Repay fees\n", "")}, "the front matter has no 'title'."),
    "unknown source": ({"docs/en/toolkits/employers/fees.md": FEES.replace("back.", "back.[^ilo-2091]")}, "unknown source 'ilo-2091'."),
    "missing page": ({"docs/en/toolkits/employers/fees.md": FEES.replace("back.", "back [there](remedi.md).")}, "the page 'remedi.md' does not exist."),
    "missing anchor": ({"docs/en/toolkits/employers/fees.md": FEES.replace("back.", "back [there](#in-shrt).")}, "has no heading with the id 'in-shrt'. Did you mean 'in-short'?"),
    "two-letter folder": ({"docs/js/a.js": "x"}, "docs/js: the folder 'js' looks like a locale"),
    "not UTF-8": ({"docs/en/toolkits/employers/fees.md": FEES.encode() + b"\xff\xfe"}, "the file is not UTF-8 text."),
    "broken records": ({"docs/_data/sources.yml": "a: [\n"}, "docs/_data/sources.yml:"),
    "no front matter": ({"docs/en/toolkits/employers/fees.md": "# Fees\n"}, "does not start with front matter"),
    "broken configuration": ({"mkdocs.yml": "plugins: [\n"}, "mkdocs.yml:"),
    "no locales": ({"mkdocs.yml": "plugins: []\n"}, "mkdocs.yml: the list of locales cannot be read"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_input_says_what_where_and_leaves_the_site(name: str, build_site: Builder) -> None:
    site, good = build_site(files())
    assert good.is_good
    before = tree(site)
    root = site.parent
    bad, words = BAD[name]
    small.write(root, bad)
    outcome = build(Options(root=root, place=site, cache=root / ".cache", with_pdf=False, jobs=1), quiet)
    assert any(words in line for line in outcome.problems), outcome.problems
    assert tree(site) == before


def test_link_out_of_the_tree_is_refused(build_site: Builder, tmp_path: Path) -> None:
    site, _ = build_site(files())
    before = tree(site)
    secret = tmp_path / "secret.md"
    secret.write_text(FEES)
    (site.parent / "docs/en/secret.md").symlink_to(secret)
    outcome = build(Options(root=site.parent, place=site, cache=site.parent / ".cache", with_pdf=False), quiet)
    assert any("docs/en/secret.md: a symbolic link that leads out of the project." in line for line in outcome.problems)
    assert tree(site) == before


def test_a_picture_has_its_size_on_the_page_also_when_it_is_replaced(build_site: Builder) -> None:
    page = FEES.replace("Pay it back.", "Pay it back. ![Beds](../../../assets/images/room.svg)")
    room = "docs/assets/images/room.svg"
    site, outcome = build_site({**files(), "docs/en/toolkits/employers/fees.md": page, room: '<svg viewBox="0 0 40 30"></svg>'})
    assert outcome.problems == []
    image = read(site / "vi/toolkits/employers/fees.html").xpath("//article//img")[0]
    assert (image.get("width"), image.get("height"), image.get("loading"), image.get("alt")) == ("40", "30", "lazy", "Beds")
    small.write(site.parent, {room: '<svg viewBox="0 0 40 20"></svg>'})
    assert build(Options(root=site.parent, place=site, cache=site.parent / ".cache", with_pdf=False, jobs=1), quiet).problems == []
    assert read(site / "vi/toolkits/employers/fees.html").xpath("//article//img/@height") == ["20"]
