"""The pages' own Content-Security-Policy: the same as the header's, kept by every template, and harmless in the offline copy."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html as parse_html
from playwright.sync_api import Browser, Page, expect

import hosting
from portal import tree
from portal.build import bundle
from portal.site import assemble

from .test_pages import TEMPLATES, where

REPO = Path(__file__).parents[2]
LISTEN = "addEventListener('securitypolicyviolation', e => (window.broken ||= []).push(`${e.violatedDirective} ${e.blockedURI}`))"


@pytest.fixture(scope="module")
def bare(site: Path) -> Iterator[str]:
    """Serve the site by a host that sends none of our headers."""
    with hosting.serving(hosting.Quiet, site) as where:
        yield where


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    context.add_init_script(LISTEN)
    page = context.new_page()
    yield page
    context.close()


def policy_of(file: Path) -> str:
    return str(parse_html.parse(str(file)).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0])


def found(page: Page, words: str) -> None:
    """Search, which loads scripts and makes pages' fragments: the most that a policy could forbid."""
    page.locator(".search-open").click()
    page.locator("#search-field").fill(words)
    expect(page.locator(".search-result").first).to_be_visible()


def test_every_page_says_what_the_header_says(site: Path) -> None:
    header = next(line for line in (site / "_headers").read_text().splitlines() if "Content-Security-Policy" in line)
    wanted = [d for d in header.split(": ", 1)[1].split("; ") if not d.startswith(("frame-ancestors", "upgrade-insecure"))]
    pages = list(site.rglob("*.html"))
    assert len(pages) > 500
    for file in pages:
        text = file.read_text(encoding="utf-8")
        assert f'<meta http-equiv="Content-Security-Policy" content="{wanted[0]}' in text.replace("&#39;", "'"), file
    for name in ("index.html", "404.html", "zh-Hant/newsletter/index.html"):
        assert policy_of(site / name).split("; ") == wanted


@pytest.mark.parametrize("name", [*TEMPLATES])
def test_no_template_breaks_its_own_policy(name: str, page: Page, bare: str) -> None:
    path = "404.html" if name == "404" else where("ta", name)
    page.goto(bare + path)
    if name != "404":
        found(page, "கடவுச்சீட்டு")
    assert page.evaluate("window.broken || []") == []


def test_the_policy_is_in_force_without_a_header(page: Page, bare: str) -> None:
    page.goto(bare)
    page.evaluate("document.head.append(Object.assign(document.createElement('style'), {textContent: 'body { color: red }'}))")
    page.evaluate("new Promise(done => { const i = new Image(); i.onerror = done; i.src = 'https://example.com/a.png' })")
    page.wait_for_timeout(100)
    assert page.evaluate("window.broken.map(b => b.split(' ')[0])") == ["style-src-elem", "img-src"]


def test_the_offline_copy_works_from_a_folder(page: Page, site: Path, tmp_path: Path) -> None:
    content = assemble(*tree.read(REPO))
    archive = tmp_path / "offline.zip"
    locale = content.locale("ta")
    archive.write_bytes(bundle.bundle(content, locale, bundle.files(content, locale, site)))
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(tmp_path)
    page.goto((tmp_path / "ta/toolkits/employers/repaying-fees.html").as_uri())
    assert page.evaluate("getComputedStyle(document.querySelector('.header')).backgroundColor") != "rgba(0, 0, 0, 0)"
    found(page, "கடவுச்சீட்டு")
    assert page.evaluate("window.broken || []") == []
    page.goto((tmp_path / "index.html").as_uri())
    page.wait_for_url("**/ta/index.html")
    assert page.evaluate("window.broken || []") == []
