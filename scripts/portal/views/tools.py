"""The page's tools: links to edit, suggest a correction, help translate; absent without a configured repository."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from portal import paths
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
    title = f"{locale.tag}: {path}"
    form = {"template": "wrong-information.yml", "title": title, "page": path, "locale": locale.tag}
    new = {"filename": paths.repo_path(locale.tag, path), "value": page.body[:_LONGEST_PREFILL]}
    return Tools(
        edit=f"{config.repository}/edit/{config.branch}/{file}",
        suggest=f"{config.repository}/issues/new?{urlencode(form)}",
        translate=f"{config.repository}/new/{config.branch}?{urlencode(new)}" if is_fallback else "",
        history=f"{config.repository}/commits/{config.branch}/{file}",
    )


_LONGEST_PREFILL = 0
"""Characters of English text put into a new-file form: none, since `docs.py translate` and the form's help say how."""
