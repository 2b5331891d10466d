"""Locales: mkdocs.yml, folders and data files name the same ones."""

from __future__ import annotations

from collections.abc import Iterator

from portal.model import Problem, Site
from portal.site import DATA
from portal.views.page import THEME_WORDS


def check(site: Site) -> Iterator[Problem]:
    """Yield locales that lack a folder or a strings file, and files of locales that mkdocs.yml does not list."""
    tags = {locale.tag for locale in site.locales}
    for tag in sorted(tags):
        if not any(t == tag for t, _ in site.pages):
            yield Problem("mkdocs.yml", 0, "locales/no-folder", f"the locale '{tag}' has no page.", f"Start with docs/{tag}/index.md.")
        if tag not in site.strings:
            fix = f"Copy {DATA}strings/{site.source_locale.tag}.yml and translate it."
            yield Problem(f"{DATA}strings/{tag}.yml", 0, "locales/no-strings", f"the locale '{tag}' has no strings.", fix)
    partials = {f for f in site.files if f.startswith(THEME_WORDS)}
    for tag in sorted(tags - {site.source_locale.tag}):
        if partials and f"{THEME_WORDS}{tag}.html" not in partials:
            fix = "Copy the file of another locale and translate it."
            yield Problem(f"{THEME_WORDS}{tag}.html", 0, "locales/no-theme-words", f"the theme has no words in '{tag}'.", fix)
    for name, found in (("strings", site.strings), ("glossary", site.glossary)):
        for tag in sorted(set(found) - tags):
            message = f"mkdocs.yml lists no locale '{tag}'."
            yield Problem(f"{DATA}{name}/{tag}.yml", 0, "locales/unknown", message, "List it there, or delete the file.")
    lists = site.config.newsletter.get("lists")
    if site.config.newsletter.get("provider") not in (None, "none") and isinstance(lists, dict):
        for tag in sorted(tags - set(lists)):
            fix = "Add it under extra.newsletter.lists."
            yield Problem("mkdocs.yml", 0, "locales/no-list", f"the newsletter has no list for '{tag}'.", fix)
