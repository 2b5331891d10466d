"""The rendered signup form of each provider: exactly the field names that its service documents."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader
from lxml import html

import check_cases
import small
from portal.model import Site
from portal.site import assemble
from portal.views.newsletter import PROVIDERS, newsletter_view
from portal.views.page import speaker

LISTS = {"en": "list-en", "vi": "list-vi", "hi": "list-hi", "zh-Hant": "list-zh"}
NEXT = "https://example.org/vi/newsletter/check-your-mail.html"
FIELDS = {
    # provider: (e-mail, trap, {hidden name: value})
    "listmonk": ("email", "nonce", {"l": "list-vi", "next": NEXT}),
    "embedded": ("email", "nonce", {"l": "list-vi", "next": NEXT}),
    "mailchimp": ("EMAIL", "b_name", {"tags": "list-vi"}),
    "buttondown": ("email", None, {"tag": "list-vi"}),
    "custom": ("email", "nonce", {"list": "list-vi", "next": NEXT}),
}


def site(**settings: Any) -> Site:
    mail = check_cases.base()["docs/en/index.md"].replace("title: Home", "title: Check your mail")
    made = assemble(check_cases.tree_of({"name": "newsletter", "files": {"docs/en/newsletter/check-your-mail.md": mail}}))
    return replace(made, config=replace(made.config, newsletter=settings))


def rendered(**settings: Any) -> html.HtmlElement:
    here = site(**settings)
    locale = here.locale("vi")
    view = newsletter_view(here, speaker(here, locale), locale, "vi/toolkits/employers/fees.html")
    pages = Environment(loader=FileSystemLoader(small.REPO / "overrides"), autoescape=True)
    text = pages.get_template("partials/newsletter.html").render(view={"newsletter": view}, t=lambda key: key)
    return html.fromstring(text)


def names(form: html.HtmlElement) -> dict[str, str]:
    return {field.get("name"): field.get("value", "") for field in form.xpath(".//input")}


@pytest.mark.parametrize("provider", FIELDS)
def test_form_has_the_fields_of_its_service(provider: str) -> None:
    form = rendered(provider=provider, action="https://lists.example.org/form", lists=LISTS).xpath(".//form")[0]
    email, trap, hidden = FIELDS[provider]
    assert form.get("method") == "post"
    assert form.get("action") == "https://lists.example.org/form"
    assert form.xpath(".//input[@type='email']/@name") == [email]
    assert {field.get("name"): field.get("value") for field in form.xpath(".//input[@type='hidden']")} == hidden
    assert form.xpath(".//div[@class='trap']/input/@name") == ([trap] if trap else [])
    assert set(names(form)) == {email, *([trap] if trap else []), *hidden}


def test_every_provider_is_tested() -> None:
    assert set(FIELDS) == set(PROVIDERS)


def test_custom_names_its_own_fields() -> None:
    own = {"email": "address", "honeypot": "website", "list": "group", "next": "thanks"}
    form = rendered(provider="custom", action="/join", lists=LISTS, fields=own).xpath(".//form")[0]
    assert set(names(form)) == {"address", "website", "group", "thanks"}


def test_fields_of_a_known_service_cannot_be_bent() -> None:
    form = rendered(provider="listmonk", action="/join", lists=LISTS, fields={"email": "address"}).xpath(".//form")[0]
    assert "email" in names(form)


@pytest.mark.parametrize("settings", [{"provider": "none"}, {}, {"provider": "listmonk"}, {"provider": "pigeon", "action": "/join"}])
def test_without_a_provider_there_is_a_line_and_no_form(settings: dict[str, Any]) -> None:
    part = rendered(**settings)
    assert part.xpath(".//form") == []
    assert "newsletter.none" in part.text_content()


@pytest.mark.parametrize("lists", [None, "en", ["en"], {}])
def test_wrong_lists_do_not_break_a_page(lists: Any) -> None:
    form = rendered(provider="listmonk", action="/join", lists=lists).xpath(".//form")[0]
    assert "l" not in names(form)


def test_no_page_to_thank_no_next() -> None:
    here = replace(site(provider="listmonk", action="/join", lists=LISTS), pages={})
    view = newsletter_view(here, speaker(here, here.locale("vi")), here.locale("vi"), "vi/index.html")
    assert view and dict(view.hidden) == {"l": "list-vi"}
