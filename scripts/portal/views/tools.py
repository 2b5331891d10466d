"""The page's tools: links to edit, suggest a correction, help translate; absent without a configured repository."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from portal import paths, scaffold
from portal.model import Config, Locale, Page, PagePath
from portal.strings import Speaker


@dataclass(frozen=True)
class Tools:
    """Addresses of the tools; an empty one is not shown."""

    edit: str = ""
    suggest: str = ""
    translate: str = ""
    history: str = ""


def tools_for(config: Config, say: Speaker, page: Page, locale: Locale, path: PagePath, is_fallback: bool) -> Tools:
    """Return the tools of a page as plain links into the configured repository."""
    if not config.repository:
        return Tools()
    file = quote(page.file)
    form = {"template": "wrong-information.yml", "title": f"{locale.tag}: {path}", "page": path, "locale": locale.tag}
    if not (is_fallback or locale.is_source):
        form["template"] = "translation.yml"
    return Tools(
        edit=f"{config.repository}/edit/{quote(config.branch)}/{file}",
        suggest=f"{config.repository}/issues/new?{urlencode(form)}",
        translate=_new_file(config, page, locale, path) if is_fallback else "",
        history=f"{config.repository}/commits/{quote(config.branch)}/{file}",
    )


def _new_file(config: Config, source: Page, locale: Locale, path: PagePath) -> str:
    """Return the address of the new-file form with the path and the start of a translation in it."""
    english = f"{config.repository}/blob/{quote(config.branch)}/{quote(source.file)}?plain=1"
    text = scaffold.skeleton(source, english)
    asked = {"filename": paths.repo_path(locale.tag, path)}
    if len(quote(text)) <= _LONGEST_PREFILL:
        asked["value"] = text
    return f"{config.repository}/new/{quote(config.branch)}?{urlencode(asked)}"


_LONGEST_PREFILL = 5000
"""Characters of an address that browsers, proxies and hosts still pass on, with room for the rest of it."""
