"""Read the locales and the rest of what we need from the text of mkdocs.yml."""

from __future__ import annotations

from typing import Any

from portal.model import Config, Locale, Section


def read(settings: dict[str, Any]) -> tuple[Locale, ...]:
    """Return the locales in the order of mkdocs.yml (its parsed value). Raises ValueError in words where it has none."""
    for plugin in settings.get("plugins") or []:
        if isinstance(plugin, dict) and "i18n" in plugin:
            return tuple(_locale(language) for language in plugin["i18n"].get("languages") or [])
    raise ValueError("no plugin 'i18n' with a list of languages")


def _locale(language: dict[str, Any]) -> Locale:
    extra = language.get("extra") or {}
    tag = str(language["locale"])
    return Locale(
        tag=tag,
        name=str(language["name"]),
        lang=str(extra.get("lang", tag)),
        cldr=str(extra.get("cldr", tag.replace("-", "_"))),
        script=str(extra.get("script", "latin")),
        is_source=bool(language.get("default", False)),
        dir=str(extra.get("dir", "ltr")),
    )


def config(settings: dict[str, Any]) -> Config:
    """Return the settings our rooms use: address, repository, newsletter, order of pages, reading offline."""
    extra = settings.get("extra") or {}
    repository = extra.get("repository") or {}
    newsletter = extra.get("newsletter") or {}
    sections: list[Section] = []
    lone: list[str] = []
    for entry in settings.get("nav") or []:
        if isinstance(entry, str):
            lone.append(entry)
        elif isinstance(entry, dict):
            for key, pages in entry.items():
                if isinstance(pages, str):
                    lone.append(pages)
                else:
                    sections.append(Section(str(key), tuple(page for page in pages if isinstance(page, str))))
    return Config(
        site_url=str(settings.get("site_url") or ""),
        repository=str(repository.get("url") or "").rstrip("/"),
        branch=str(repository.get("branch") or "main"),
        newsletter=newsletter if isinstance(newsletter, dict) else {"provider": newsletter},
        sections=tuple(sections),
        lone_pages=tuple(lone),
        offline=bool(extra.get("offline", True)),
    )
