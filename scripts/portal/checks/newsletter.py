"""The newsletter block of mkdocs.yml: a provider we know, an address to send the form to, a list per locale."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from portal.model import Problem, Site
from portal.suggest import did_you_mean
from portal.views.newsletter import PROVIDERS

FILE = "mkdocs.yml"
KEYS = ("provider", "action", "lists", "fields")
FIELDS = ("email", "honeypot", "list", "next")
NEEDS_LISTS = ("embedded", "listmonk")
"""Providers whose form must say which list a person joins."""


def check(site: Site) -> Iterator[Problem]:
    """Yield what is wrong with `extra.newsletter`."""
    settings = site.config.newsletter
    for key in settings:
        if key not in KEYS:
            fix = did_you_mean(str(key), KEYS) or f"Known keys: {', '.join(KEYS)}."
            yield _problem(site, str(key), "newsletter/unknown-key", f"unknown key '{key}' in extra.newsletter.", fix)
    name = str(settings.get("provider") or "none")
    if name == "none":
        return
    if name not in PROVIDERS:
        known = ("none", *PROVIDERS)
        fix = did_you_mean(name, known) or f"One of: {', '.join(known)}."
        yield _problem(site, "provider", "newsletter/unknown-provider", f"unknown newsletter provider '{name}'.", fix)
        return
    yield from _action(site, name, settings.get("action"))
    yield from _lists(site, name, settings.get("lists"))
    yield from _fields(site, name, settings.get("fields"))


def _action(site: Site, name: str, action: object) -> Iterator[Problem]:
    if not action:
        message = f"the newsletter provider '{name}' has no action, so that pages show no form."
        example = "/subscription/form" if name == "embedded" else "https://…"
        yield _problem(site, "action", "newsletter/no-action", message, f"Add the address that takes the form: action: {example}")
        return
    parts = urlsplit(str(action))
    is_ours = str(action).startswith("/") and not parts.netloc
    if not is_ours and not (parts.scheme == "https" and parts.netloc):
        message = f"the newsletter form goes to '{action}', which is neither on this site nor safe."
        yield _problem(site, "action", "newsletter/wrong-action", message, "Write https://… or a path such as /subscription/form.")


def _lists(site: Site, name: str, lists: object) -> Iterator[Problem]:
    if lists in (None, {}) and name not in NEEDS_LISTS:
        return
    if not isinstance(lists, dict) or not lists:
        message = f"the newsletter provider '{name}' needs lists: one id for each locale."
        yield _problem(site, "lists", "newsletter/wrong-lists", message, f"Write below lists: '{site.source_locale.tag}: …', and so on.")
        return
    tags = [locale.tag for locale in site.locales]
    for tag in lists:
        if str(tag) not in tags:
            fix = did_you_mean(str(tag), tags) or "Take the line out."
            yield _problem(site, str(tag), "newsletter/unknown-locale", f"a newsletter list for '{tag}', which is no locale.", fix)


def _fields(site: Site, name: str, fields: object) -> Iterator[Problem]:
    if fields and name != "custom":
        message = f"fields are for the provider 'custom'; '{name}' has its own."
        yield _problem(site, "fields", "newsletter/wrong-fields", message, "Delete the lines below fields.")
    elif fields and not isinstance(fields, dict):
        yield _problem(site, "fields", "newsletter/wrong-fields", "fields is no list of 'key: value' lines.", "Write email: …")
    elif isinstance(fields, dict):
        for key in fields:
            if key not in FIELDS:
                fix = did_you_mean(str(key), FIELDS) or f"Known: {', '.join(FIELDS)}."
                yield _problem(site, str(key), "newsletter/wrong-fields", f"unknown newsletter field '{key}'.", fix)


def _problem(site: Site, key: str, code: str, message: str, fix: str) -> Problem:
    return Problem(FILE, _line(site.raw.get(FILE, b"").decode("utf-8", "replace"), key), code, message, fix)


def _line(text: str, key: str) -> int:
    """Return the line of a key below `newsletter:`, else that of the block."""
    lines = text.split("\n")
    start = next((n for n, line in enumerate(lines) if re.match(r"\s+newsletter:", line)), None)
    if start is None:
        return 0
    depth = len(lines[start]) - len(lines[start].lstrip())
    for number in range(start + 1, len(lines)):
        line = lines[number]
        if line.strip() and len(line) - len(line.lstrip()) <= depth:
            break
        if re.match(rf"\s+{re.escape(key)}:", line):
            return number + 1
    return start + 1
