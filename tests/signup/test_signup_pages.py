"""The pages are usable by everyone, in every locale, and give nothing away."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml
from signup_kit import MailServer, Service, live, serving

from signup.words import FOLDER, LOCALES, Words, WordsError, _compare, locale_for, preferred_locale, words_of

VOID = {"meta", "link", "input", "br", "hr"}
CSP = "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"


class Page(HTMLParser):
    """The elements of a page, and whether they were closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self._open: list[str] = []
        self.feed(html)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def all(self, *tags: str) -> list[dict[str, str]]:
        """Return the attributes of all elements of these kinds."""
        return [attributes for tag, attributes in self.elements if tag in tags]


def all_pages(service: Service, locale: str) -> dict[str, str]:
    """Return the HTML of every page in one locale."""
    language = {"Accept-Language": words_of(locale).lang}
    get, post = service.client.get, service.client.post
    pages = {
        "form": get("/subscription/form", headers=language),
        "form with a mistake": service.subscribe("x", locale),
        "check": service.subscribe("ana@example.org", locale),
        "confirm": get(service.link("confirm")),
        "confirmed": post(service.link("confirm")),
        "leave": get(service.link("unsubscribe")),
        "left": post(service.link("unsubscribe")),
        "deleted": post(service.link("unsubscribe").replace("unsubscribe", "delete"), headers=language),
        "manage": get("/subscription/manage", headers=language),
        "manage with a mistake": post("/subscription/manage", data={"email": "x", "locale": locale}),
        "link sent": post("/subscription/manage", data={"email": "ana@example.org", "locale": locale}),
        "no list": post("/subscription/form", data={"email": "ana@example.org"}, headers=language),
        "bad link": get("/subscription/confirm?token=x", headers=language),
        "missing": get("/subscription/x", headers=language),
    }
    for name, answer in pages.items():
        assert answer.headers["content-security-policy"] == CSP, name
        assert answer.headers["referrer-policy"] == "no-referrer", name
        assert answer.headers["cache-control"] == "no-store", name
        assert answer.headers["content-language"] == words_of(locale).lang, name
    return {name: answer.text for name, answer in pages.items()}


@pytest.mark.parametrize("locale", LOCALES)
def test_each_page_in_each_locale(service: Service, locale: str) -> None:
    for name, html in all_pages(service, locale).items():
        page = Page(html)
        assert page.all("html") == [{"lang": words_of(locale).lang}], name
        assert len(page.all("h1")) == 1, name
        assert len(page.all("title")) == 1, name
        assert page.all("script", "style", "img", "iframe") == [], name
        assert [link["href"] for link in page.all("link")] == ["/subscription/style.css"], name
        for _, attributes in page.elements:
            assert not {key for key in attributes if key == "style" or key.startswith("on")}, name
        labelled = {label["for"] for label in page.all("label")}
        ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
        assert len(ids) == len(set(ids)), name
        for control in page.all("input", "select"):
            assert control.get("type") == "hidden" or control["id"] in labelled, name
            assert set(control.get("aria-describedby", "").split()) <= set(ids), name
        if locale != "en":
            assert words_of("en")("page.home") not in html, name


def test_errors_tell_place_fact_and_cure_at_the_field(service: Service) -> None:
    page = Page(service.subscribe("x").text)
    field = next(control for control in page.all("input") if control["id"] == "email")
    assert field["aria-invalid"] == "true"
    assert field["aria-describedby"] == "email-error email-help"
    assert field["autocomplete"] == "email"


def test_touch_targets_are_44_pixels() -> None:
    style = (FOLDER.parent / "static" / "style.css").read_text(encoding="utf-8")
    for selector in ("input, select", "button", ".row a"):
        rule = re.search(rf"^{re.escape(selector)} {{([^}}]*)}}", style, re.MULTILINE)
        assert rule
        assert "min-height: 2.75rem" in rule[1]  # 44 px at the browser's 16 px


def test_nothing_chosen_beforehand_but_the_readers_language(service: Service) -> None:
    page = Page(service.client.get("/subscription/form?locale=ta").text)
    chosen = [option["value"] for option in page.all("option") if "selected" in option]
    assert chosen == ["ta"]
    assert [field for field in page.all("input") if "checked" in field] == []


def test_the_style_is_served(service: Service) -> None:
    answer = service.client.get("/subscription/style.css")
    assert answer.headers["content-type"].startswith("text/css")


def test_the_outbox_is_for_previews_only(tmp_path: Path, service: Service, mail_server: MailServer) -> None:
    service.subscribe("ana@example.org", "th")
    mail = service.mails()[0]
    listed = service.client.get("/subscription/outbox")
    Page(listed.text)
    assert f"/subscription/outbox/{mail.id}" in listed.text
    shown = service.client.get(f"/subscription/outbox/{mail.id}")
    Page(shown.text)
    assert service.link("confirm") in shown.text
    assert service.link("confirm") in service.client.get(f"/subscription/outbox/{mail.id}/html").text
    for missing in ("999", "999/html", str(2**70)):
        assert service.client.get(f"/subscription/outbox/{missing}").status_code == 404
    (tmp_path / "live").mkdir()
    with serving(live(tmp_path / "live", mail_server.port)) as sending:
        assert sending.client.get("/subscription/outbox").status_code == 404
        assert "outbox" not in sending.client.get("/subscription/form").text


def test_strings_are_complete_in_all_locales() -> None:
    english = words_of("en").texts
    for locale in LOCALES:
        words = words_of(locale)
        same = {key for key, text in words.texts.items() if text == english[key]}
        assert locale == "en" or same == set(), locale
        for text in words.texts.values():
            assert "<" not in text
            assert "  " not in text
    raw = yaml.safe_load((FOLDER / "tl.yml").read_text(encoding="utf-8"))
    assert raw["lang"] == "fil"
    assert words_of("zh-Hant").lang == "zh-Hant-HK"


@pytest.mark.parametrize("locale", LOCALES)
def test_the_portal_has_the_same_name_in_mails_as_on_its_pages(locale: str) -> None:
    path = FOLDER.parents[2] / "docs" / "_data" / "strings" / f"{locale}.yml"
    name = yaml.safe_load(path.read_text(encoding="utf-8"))["site.name"]
    words = words_of(locale)
    assert words("page.portal") == name
    for kind in ("confirm", "already", "welcome"):
        assert name in words(f"mail.{kind}_subject")


def test_every_string_is_used() -> None:
    used = ""
    for pattern in ("*.py", "templates/*"):
        used += "".join(path.read_text(encoding="utf-8") for path in FOLDER.parent.glob(pattern))
    for key in words_of("en").texts:
        group, _, name = key.partition(".")
        stem = name.removesuffix("_title").removesuffix("_text").removesuffix("_subject")
        assert key in used or f'"{name}"' in used or f'"{stem}"' in used, f"{group}.{name}"


def test_a_gap_in_a_strings_file_is_told() -> None:
    with pytest.raises(WordsError, match=r"th\.yml: 'page\.home' is missing"):
        _compare("th.yml", {}, {"page.home": "Home"})
    with pytest.raises(WordsError, match="placeholders"):
        _compare("th.yml", {"a": "x {day}"}, {"a": "x {days}"})
    assert isinstance(words_of("en"), Words)


@pytest.mark.parametrize(
    ("wish", "locale"),
    [
        ("zh-HK,zh;q=0.9,en;q=0.8", "zh-Hant"),
        ("de,fil-PH;q=0.8,en;q=0.5", "tl"),
        ("en;q=0.2, ne-NP", "ne"),
        ("in-ID", "id"),
        ("de", "en"),
        ("", "en"),
        (";;q=,x;q=y,*;q=0.1", "en"),
        ("th;q=0,ta;q=0.1", "ta"),
    ],
)
def test_the_browsers_wish_is_understood(wish: str, locale: str) -> None:
    assert preferred_locale(wish) == locale


def test_tags_are_known_in_any_case() -> None:
    assert locale_for("ZH-HANT") == "zh-Hant"
    assert locale_for("xx") is None
