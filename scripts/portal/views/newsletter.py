"""The signup form of the configured newsletter provider, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal import paths
from portal.model import Locale, Site
from portal.strings import Speaker


@dataclass(frozen=True)
class Provider:
    """Field names that a newsletter service documents for its public form."""

    email: str
    honeypot: str
    list_field: str
    next_field: str = ""


PROVIDERS: Mapping[str, Provider] = {
    # listmonk, cmd/public.go: email, l (repeatable), nonce, next
    "embedded": Provider("email", "nonce", "l", "next"),
    "listmonk": Provider("email", "nonce", "l", "next"),
    # Mailchimp's embedded form: EMAIL, a field b_<user>_<list> that must stay empty, tags
    "mailchimp": Provider("EMAIL", "b_name", "tags"),
    # Buttondown's embed form: email, tag
    "buttondown": Provider("email", "", "tag"),
    "custom": Provider("email", "nonce", "list", "next"),
}


@dataclass(frozen=True)
class NewsletterView:
    """A rendered form: where it goes, its field names, its hidden values, the pages it links to."""

    action: str
    email_name: str
    honeypot_name: str
    hidden: tuple[tuple[str, str], ...]
    privacy_href: str
    page_href: str


def newsletter_view(site: Site, say: Speaker, locale: Locale, here: str) -> NewsletterView | None:
    """Return the form for a locale, or None where no provider is configured. `here` is the page's address."""
    settings: Mapping[str, Any] = site.config.newsletter
    name = str(settings.get("provider") or "none")
    action = str(settings.get("action") or "")
    lists = _mapping(settings.get("lists"))
    if name not in PROVIDERS or not action:
        return None
    fields = PROVIDERS[name]
    own = _mapping(settings.get("fields")) if name == "custom" else {}
    hidden = [(str(own.get("list", fields.list_field)), str(lists.get(locale.tag, "")))]
    if fields.next_field and site.source_page("newsletter/check-your-mail.md"):
        page = paths.canonical(site.config.site_url, locale, "newsletter/check-your-mail.md")
        hidden.append((str(own.get("next", fields.next_field)), page))
    return NewsletterView(
        action=action,
        email_name=str(own.get("email", fields.email)),
        honeypot_name=str(own.get("honeypot", fields.honeypot)),
        hidden=tuple((key, value) for key, value in hidden if key and value),
        privacy_href=paths.relative(paths.address(locale, "about/privacy.md"), here),
        page_href=paths.relative(paths.address(locale, "newsletter/index.md"), here),
    )


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
