"""Build one locale of the site with MkDocs: the only room (with hooks.py) that knows MkDocs."""

from __future__ import annotations

import contextlib
import logging
import os
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from portal import article, citations, paths, pictures, tree
from portal.build import cache, clock, join, trims
from portal.build.messages import Messages
from portal.checks import blocking
from portal.errors import PortalError
from portal.model import Locale, Site, Source
from portal.site import assemble
from portal.strings import Speaker
from portal.views import extras, glossary, head
from portal.views.page import meta_of, page_view, speaker, template_of

STATIC_TEMPLATES = ("404.html", "sitemap.xml")
_WEIGHT = "%weight%"
"""Stands in a template where the page's compressed weight in kB is printed."""
_BLANK_LINES = re.compile(r"\n[ \t]*(?=\n)")


@dataclass
class Pass:
    """One locale's pass over the site."""

    site: Site
    locale: Locale
    say: Speaker
    today: str
    article: article.ArticleExtension
    templates: Path
    terms: tuple[Mapping[str, str], re.Pattern[str] | None]
    source_terms: tuple[Mapping[str, str], re.Pattern[str] | None]
    shared_weight: int
    """Compressed bytes of the style sheet and script that every page loads."""
    articles: cache.Articles | None


def read_site(root: Path) -> Site:
    """Read and assemble the project at `root`.

    `PORTAL_SITE_URL` overrides the public address (the preview uses it); `PORTAL_CARDS` says that this build makes pictures of links.
    """
    if root.resolve() in _PRELOADED:
        return _PRELOADED[root.resolve()]
    site = assemble(*tree.read(root))
    url, has_cards = os.environ.get("PORTAL_SITE_URL") or site.config.site_url, bool(os.environ.get("PORTAL_CARDS"))
    return replace(site, config=replace(site.config, site_url=url, has_cards=has_cards))


_PRELOADED: dict[Path, Site] = {}
_ARTICLES: dict[str, cache.Articles] = {}


def preload(root: Path, site: Site, site_url: str = "", has_cards: bool = False) -> Site:
    """Take this site for all workers that are forked from this process; return it with what the build settles set."""
    site = replace(site, config=replace(site.config, site_url=site_url or site.config.site_url, has_cards=has_cards))
    _PRELOADED.clear()
    _PRELOADED[root.resolve()] = site
    return site


def refusals(site: Site, locales: tuple[str, ...] = ()) -> list[str]:
    """Return the errors with which no site may be published, as lines for a person.

    With `locales` only these and the source locale are looked at: a fault in another locale does not stop a preview.
    """
    others = tuple(f"docs/{x.tag}/" for x in site.locales if locales and x.tag not in locales and not x.is_source)
    return [str(problem) for problem in blocking.check(site) if not problem.path.startswith(others)]


def is_preloaded(site: Site) -> bool:
    """Tell whether this is the site that the build has read and judged already."""
    return any(site is known for known in _PRELOADED.values())


def begin(site: Site, config: MkDocsConfig) -> Pass:
    """Set up the pass for the locale that static-i18n builds next; safe to call again for the same locale."""
    plugin: Any = config.plugins["i18n"]
    locale = site.locale(plugin.current_language or plugin.default_language)
    say = speaker(site, locale)
    extensions: list[Any] = config["markdown_extensions"]
    shape = next((e for e in extensions if isinstance(e, article.ArticleExtension)), None)
    if shape is None:
        shape = article.ArticleExtension()
        extensions.append(shape)
    trims.apply(plugin, config.theme)
    config["mdx_configs"]["footnotes"] = {"BACKLINK_TITLE": say.say("sources.back"), "BACKLINK_TEXT": "↩"}
    root = Path(config.config_file_path).parent
    return Pass(
        site, locale, say, clock.today(), shape, root / ".cache" / "templates",
        glossary.terms(site, locale), glossary.terms(site, site.source_locale), join.weight(root),
        _ARTICLES.get(locale.tag),
    )  # fmt: skip


def wanted_files(this: Pass, files: Files) -> Files:
    """Return the files of this locale, the source locale and the assets: all that this pass can use."""
    others = tuple(f"{x.tag}/" for x in this.site.locales if x.tag not in (this.locale.tag, this.site.source_locale.tag))
    for file in [file for file in files if file.src_uri.startswith(others)]:
        files.remove(file)
    return files


def _place(page: Page) -> tuple[str, str]:
    """Return (locale tag of the text, page path)."""
    tag, _, path = page.file.src_uri.partition("/")
    return tag, path


def prepare(this: Pass, markdown: str, page: Page) -> str:
    """Return the page's Markdown with the footnotes of its sources; set up the article's shaping for this page."""
    tag, path = _place(page)
    source = this.site.pages[(tag, path)]
    meta = meta_of(this.site, source)
    page.meta = {**meta, "template": template_of(meta)}
    is_fallback = tag != this.locale.tag
    terms, pattern = this.source_terms if is_fallback else this.terms
    here = paths.address(this.locale, path)
    has_glossary = this.site.source_page(glossary.PATH) is not None and path != glossary.PATH
    this.article.settings = article.ArticleSettings(
        sources_title=this.say.say("sources.title"),
        glossary_href=paths.relative(paths.address(this.locale, glossary.PATH), here),
        terms=terms,
        term_pattern=pattern if has_glossary and meta.get("type") in glossary.LINKED_TYPES else None,
        images=pictures.sizes(this.site.assets, this.site.raw),
    )
    if this.articles is not None:
        its = this.article.settings
        this.articles.stand_in(page, repr((here, its.sources_title, its.glossary_href, its.term_pattern is None, is_fallback, its.images)))
    cited = [key for key, _ in source.outline.citations]
    return citations.with_footnotes(markdown, cited, this.site.sources, lambda s: _footnote(this.say, s))


def _footnote(say: Speaker, source: Source) -> str:
    """Return a source as the text of a footnote."""
    title, lang = citations.escape(source.title), "" if say.locale.is_source else "lang=en "
    linked = f"[{title}](<{source.url}>){{ rel=external {lang}}}" if source.url else f"<span lang=en>{title}</span>" if lang else title
    parts = [linked, citations.escape(source.publisher)] + ([str(source.year)] if source.year else [])
    note = f" {citations.escape(source.url_note)}" if source.url_note and not lang else ""
    return f"{', '.join(parts)}. {say.say('sources.seen', date=say.date(source.seen))}{note}"


def prepare_templates(this: Pass, env: jinja2.Environment) -> jinja2.Environment:
    """Return the template environment: values escaped (but for `| safe`), a compile cache on disk, white space trimmed."""
    this.templates.mkdir(parents=True, exist_ok=True)
    env.autoescape = True
    env.bytecode_cache = jinja2.FileSystemBytecodeCache(str(this.templates), "escaped-%s.cache")  # it keeps no note of escaping
    env.trim_blocks = env.lstrip_blocks = True
    env.auto_reload = False
    return env


def context(this: Pass, page: Page) -> dict[str, Any]:
    """Return what a page's template gets: `view`, `t` (say a string), `extra_view` (what only this template prints)."""
    _, path = _place(page)
    view = page_view(this.site, this.locale, path, this.today)
    extra = extras.extra_view(this.site, this.say, this.locale, view)
    return {"view": view, "t": this.say.say, "extra_view": extra, "head": head.head(this.site, this.say, this.locale, view)}


def static_context(this: Pass, template: str) -> dict[str, Any]:
    """Return what a static template gets."""
    return {"t": this.say.say, "static": extras.static_view(this.site, this.locale, template)}


def tidy(this: Pass, output: str) -> str:
    """Return the page without lines that hold only blanks, and with its weight filled in."""
    text = _BLANK_LINES.sub("", output).strip() + "\n"
    return text.replace(_WEIGHT, this.say.number(round((len(zlib.compress(text.encode(), 1)) + this.shared_weight) / 1000)))


def load(root: Path, site_dir: Path) -> MkDocsConfig:
    """Return MkDocs' configuration for the project at `root`. Raises PortalError in words."""
    try:
        return load_config(str(root / "mkdocs.yml"), site_dir=str(site_dir))
    except (ConfigurationError, Abort) as error:
        raise PortalError(f"mkdocs.yml: {error}") from None


def warm_up(root: Path) -> None:
    """Load the configuration once, so that workers forked from this process find it and every extension ready."""
    with contextlib.suppress(PortalError):
        _configuration(root)


_LOADED: dict[Path, MkDocsConfig] = {}


def _configuration(root: Path) -> MkDocsConfig:
    """Return this process's configuration object. The locales of a worker follow each other on the same one, as they do in
    static-i18n's own loop; a build that failed leaves it (see `build_locale`), since nobody knows in what state.
    """
    if root not in _LOADED:
        _LOADED[root] = load(root, root / "site")
    return _LOADED[root]


def build_locale(root: Path, tag: str, out: Path, articles: cache.Articles | None = None) -> list[str]:
    """Build one locale into the folder `out`; return MkDocs' warnings and errors as lines (empty: it went well).

    Run it in a process of its own: static-i18n changes its configuration while it builds. The plugin is told that it
    is already building, so that it does this locale and stops.
    """
    _ARTICLES.clear()
    if articles is not None:
        _ARTICLES[tag] = articles
    messages = Messages()
    logger = logging.getLogger("mkdocs")
    logger.handlers[:] = [messages]
    logger.propagate = False
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    try:
        config = _configuration(root)
        plugin: Any = config.plugins["i18n"]
        plugin.current_language = tag
        plugin.building = True
        config["strict"] = False
        config["site_dir"] = str(out)
        config.theme.static_templates = set(STATIC_TEMPLATES) if tag == plugin.default_language else set()
        mkdocs_build(config)
    except (Abort, PluginError, PortalError, ConfigurationError) as error:
        _LOADED.clear()
        return messages.lines or str(error).splitlines()
    except Exception as error:  # noqa: BLE001 a fault of ours or of an engine: say where, keep the old site
        _LOADED.clear()
        return [*messages.lines, f"docs/{tag}: the build stopped ({type(error).__name__}: {error})."]
    return messages.lines
