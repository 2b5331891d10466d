"""Door 2: MkDocs' events, one call each. Nothing is decided here.

static-i18n replays the events once per locale on the same config object: every hook below gives the same result
however often it runs, and appends to no list.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from portal.build import join, locale_site
from portal.model import Site

_STATE: dict[str, Any] = {}


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read the site once, refuse to build on errors, and set what depends on the locale being built."""
    root = Path(config.config_file_path).parent
    site: Site = _STATE.setdefault("site", locale_site.read_site(root))
    if not locale_site.is_preloaded(site) and (errors := locale_site.refusals(site)):
        raise PluginError("\n".join(errors))
    _STATE["pass"] = locale_site.begin(site, config)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Leave out other locales' pages before static-i18n looks at the files."""
    return locale_site.wanted_files(_STATE["pass"], files)


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Add the footnotes of the cited sources."""
    return locale_site.prepare(_STATE["pass"], markdown, page)


def on_env(env: Any, config: MkDocsConfig, files: Files) -> Any:
    """Share compiled templates between locales and builds."""
    return locale_site.prepare_templates(_STATE["pass"], env)


@event_priority(-150)
def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Any) -> dict[str, Any]:
    """Give the page's template its view."""
    context.update(locale_site.context(_STATE["pass"], page))
    return context


def on_template_context(context: dict[str, Any], template_name: str, config: MkDocsConfig) -> dict[str, Any]:
    """Give static templates (404, sitemap) theirs."""
    context.update(locale_site.static_context(_STATE["pass"], template_name))
    return context


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Drop the blank lines that templates leave, and fill in the page's weight."""
    return locale_site.tidy(_STATE["pass"], output)


def on_post_build(config: MkDocsConfig) -> None:
    """Join the scripts that every page loads."""
    join.join(Path(config.site_dir))
