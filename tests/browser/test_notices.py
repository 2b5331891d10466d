"""Each notice about a translation in one locale per script, as a reader sees it; the language that pages declare."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

import small
from portal import locales, stamps, tree
from portal.build.run import Options, build
from portal.model import Locale
from portal.site import assemble
from portal.strings import Speaker

from .conftest import serving

TAGS = ("bn", "ne", "si", "ta", "th", "tl", "vi", "zh-Hant")
"""One locale per script, and Filipino, whose folder is not its language tag."""
LANG = {"tl": "fil", "zh-Hant": "zh-Hant-HK"}
BODY = "## In short { #in-short }\n\nPay it back.\n\n## What to do { #what-to-do }\n\nAsk each worker.\n\n## Watch out { #watch-out }\n\nTake care.\n"
PAGES = ("missing", "outdated", "untracked", "machine", "overdue", "reviewed")
SETTINGS = yaml.safe_load((small.REPO / "mkdocs.yml").read_text(encoding="utf-8"))
LOCALES = {locale.tag: locale for locale in locales.read(SETTINGS)}


def strings(tag: str) -> dict[str, str]:
    return yaml.safe_load((small.REPO / f"docs/_data/strings/{tag}.yml").read_text(encoding="utf-8"))


def speaker(locale: Locale) -> Speaker:
    return Speaker(locale, strings(locale.tag), strings("en"))


def english(name: str, body: str = BODY) -> str:
    text = small.page(f"A page that is {name}", body)
    return text.replace("type: guidance", "type: guidance\nreviewed: 2025-01-01\nreview_due: 2026-01-01") if name == "overdue" else text


def translation(tag: str, name: str) -> str:
    words = strings(tag)
    body = BODY
    for old, key in (("In short", "search.title"), ("What to do", "menu.title"), ("Watch out", "menu.news")):
        body = body.replace(f"## {old}", f"## {words[key]}")
    for old in ("Pay it back.", "Ask each worker.", "Take care."):
        body = body.replace(old, words["site.tagline"])
    return f"---\ntitle: {words['menu.about']} {name}\ndescription: {words['home.lead']} {name}\n---\n\n{body}"


def project(root: Path) -> Path:
    """Write a small project in which each page is in another state in every locale."""
    files: dict[str, str | bytes] = {f"docs/en/toolkits/employers/{name}.md": english(name) for name in PAGES}
    files["docs/en/index.md"] = small.page("Home", "Hello.\n").replace("type: guidance", "type: page")
    small.project(root, files, ("en", *TAGS))
    site = assemble(*tree.read(root))
    for name in PAGES[1:]:
        source = site.source_page(f"toolkits/employers/{name}.md")
        assert source
        stamps.remember(root, source)
        for tag in TAGS:
            text = translation(tag, name)
            if name != "untracked":
                method = "machine" if name == "machine" else "machine-reviewed" if name == "reviewed" else "human"
                review = ("Migrant Forum & friends", "2026-11-03") if name == "reviewed" else None
                text = stamps.with_stamp(text, source.blob, method, review)
            small.write(root, {f"docs/{tag}/toolkits/employers/{name}.md": text})
    changed = BODY.replace("Ask each worker.", "Ask each worker alone, with an interpreter.").replace("Take care.", "Take *great* care.")
    small.write(root, {"docs/en/toolkits/employers/outdated.md": english("outdated", changed)})
    return root


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = project(tmp_path_factory.mktemp("notices") / "project")
    options = Options(root=root, place=root / "site", cache=root / ".cache", with_pdf=False)
    assert build(options, lambda done, total, what: None).problems == []
    with serving(options.place) as address:
        yield address


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


def visit(page: Page, portal: str, tag: str, name: str) -> Page:
    page.goto(f"{portal}{'' if tag == 'en' else tag + '/'}toolkits/employers/{name}.html")
    return page


def kinds(page: Page) -> list[str]:
    classes = [item.get_attribute("class") or "" for item in page.locator(".notice").all()]
    return [word.removeprefix("notice--") for text in classes for word in text.split() if word.startswith("notice--")]


@pytest.mark.parametrize("name", [name for name in PAGES if name not in ("outdated", "reviewed")])
@pytest.mark.parametrize("tag", TAGS)
def test_notice_speaks_the_readers_language(tag: str, name: str, phone: Page, portal: str) -> None:
    page = visit(phone, portal, tag, name)
    assert kinds(page) == [name]
    notice = page.locator(".notice")
    expect(notice).to_be_visible()
    expect(notice).to_contain_text(strings(tag)[f"notice.{name}"])
    assert page.locator("aside:has(.notice)").get_attribute("aria-label") == strings(tag)["notice.title"]
    if name in ("untracked", "machine"):
        link = notice.get_by_role("link", name=strings(tag)["notice.read_source"])
        assert link.get_attribute("href") == f"../../../toolkits/employers/{name}.html"
        assert link.get_attribute("hreflang") == "en"


@pytest.mark.parametrize("tag", TAGS)
def test_reviewed_names_person_and_day(tag: str, phone: Page, portal: str) -> None:
    page = visit(phone, portal, tag, "reviewed")
    assert kinds(page) == ["reviewed"]
    say = speaker(LOCALES[tag])
    wanted = say.say("notice.reviewed", name="Migrant Forum & friends", date=say.date("2026-11-03"))
    assert page.locator(".notice").inner_text().strip() == wanted
    assert "Migrant Forum & friends" in wanted
    assert "2026" in wanted


@pytest.mark.parametrize("tag", TAGS)
def test_outdated_links_what_changed_and_shows_it_beside(tag: str, phone: Page, portal: str) -> None:
    page = visit(phone, portal, tag, "outdated")
    assert kinds(page) == ["outdated"]
    notice = page.locator(".notice")
    expect(notice).to_contain_text(strings(tag)["notice.outdated_sections"])
    links = notice.locator("a").all()
    assert [link.inner_text() for link in links] == ["What to do", "Watch out"]
    assert [link.get_attribute("href") for link in links] == [f"../../../toolkits/employers/outdated.html#{key}" for key in ("what-to-do", "watch-out")]
    assert {link.get_attribute("lang") for link in links} == {"en"}
    folds = page.locator("details.beside")
    assert folds.count() == 2
    assert page.get_by_text("Ask each worker alone, with an interpreter.").count() == 0  # only on demand
    fold = page.locator("h2#what-to-do + details.beside, #what-to-do ~ details.beside").first
    expect(fold.locator("summary")).to_have_text(strings(tag)["beside.show"].replace("{title}", "What to do"))
    fold.locator("summary").click()
    shown = fold.locator("div[lang=en]")
    expect(shown).to_contain_text("Ask each worker alone, with an interpreter.")
    assert shown.get_attribute("dir") == "ltr"
    assert page.locator("[id='what-to-do']").count() == 1
    assert shown.locator("h2").count() == 0


def test_changed_sections_are_links_without_script(browser: Browser, portal: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = visit(context.new_page(), portal, "ta", "outdated")
    assert page.locator("details.beside").count() == 0
    page.locator(".notice a").first.click()
    assert page.url.endswith("/toolkits/employers/outdated.html#what-to-do")
    assert page.locator("html").get_attribute("lang") == "en"
    context.close()


def test_english_has_no_notice_but_its_own_date(phone: Page, portal: str) -> None:
    for name in PAGES:
        assert kinds(visit(phone, portal, "en", name)) == (["overdue"] if name == "overdue" else [])


@pytest.mark.parametrize("tag", TAGS)
def test_pages_declare_their_language(tag: str, phone: Page, portal: str) -> None:
    lang = LANG.get(tag, tag)
    page = visit(phone, portal, tag, "machine")
    root = page.locator("html")
    assert (root.get_attribute("lang"), root.get_attribute("dir")) == (lang, "ltr")
    assert page.locator(".content[lang]").count() == 0
    found = {a.get_attribute("hreflang"): a.get_attribute("href") for a in page.locator("link[rel=alternate][hreflang]").all()}
    folders = {LANG.get(other, other): f"{other}/" for other in TAGS} | {"en": "", "x-default": ""}
    assert found == {key: f"https://example.org/{folder}toolkits/employers/machine.html" for key, folder in folders.items()}
    assert page.locator("link[rel=canonical]").get_attribute("href") == found[lang]


@pytest.mark.parametrize("tag", TAGS)
def test_english_under_a_locale_says_that_it_is_english(tag: str, phone: Page, portal: str) -> None:
    page = visit(phone, portal, tag, "missing")
    assert page.locator("html").get_attribute("lang") == LANG.get(tag, tag)
    content = page.locator(".content[lang]")
    assert (content.get_attribute("lang"), content.get_attribute("dir")) == ("en", "ltr")
    assert page.locator("link[rel=alternate][hreflang]").count() == 0
    assert page.locator("meta[name=robots]").get_attribute("content") == "noindex"
    assert page.locator("link[rel=canonical]").get_attribute("href") == "https://example.org/toolkits/employers/missing.html"
