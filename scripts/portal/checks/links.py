"""Links between pages, their anchors, and images: each leads somewhere that exists in its locale or as a fallback."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from portal import markdown, paths, translation
from portal.checks.reading import prose
from portal.model import Link, Page, Problem, Site
from portal.suggest import did_you_mean

_EXTERNAL = re.compile(r"^[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_BAD_SCHEMES = re.compile(r"^(javascript|data|vbscript|file):", re.IGNORECASE)
_REFERENCE = re.compile(r"^\s{0,3}\[(?!\^)[^\]]+\]:\s*\S+|\[[^\]^]+\]\[[^\]]*\]")
VAGUE = frozenset(("here", "click here", "click", "link", "this link", "read more", "more", "this page", "page"))
TEMPLATE_ANCHORS = frozenset(
    ("sources", "further", "contacts", "laws", "authorities", "agreements", "ratifications", "organisations", "modules")
)
"""Ids that templates add to pages."""


def check(site: Site) -> Iterator[Problem]:
    """Yield broken links, anchors and images."""
    every = set(site.source_paths())
    for page in site.pages.values():
        for link in page.outline.links:
            yield from _image(site, page, link) if link.is_image else _link(site, page, link, every)
        if "]:" in page.body or "][" in page.body:
            yield from _references(page)


def _references(page: Page) -> Iterator[Problem]:
    """Yield links of the kind `[text][name]`, which no check and no translator's eye follows."""
    for line, text in prose(page):
        if match := _REFERENCE.search(text):
            yield Problem(
                page.file, line, "links/reference-style", f"'{match[0].strip()[:40]}' has its address elsewhere.", "Write [text](address)."
            )


def _problem(page: Page, link: Link, code: str, message: str, fix: str, severity: str = "error") -> Problem:
    return Problem(page.file, link.line, f"links/{code}", message, fix, severity)


def _link(site: Site, page: Page, link: Link, every: set[str]) -> Iterator[Problem]:
    target = link.target
    shown = markdown.plain(link.text).strip()
    if shown.lower() in VAGUE:
        yield _problem(page, link, "vague-text", f"a link named '{shown}'.", "Say what the reader finds there.", "warning")
    if not shown:
        yield _problem(page, link, "no-text", "a link without text.", "Write what the reader finds there.")
    if _BAD_SCHEMES.match(target):
        yield _problem(page, link, "forbidden-scheme", f"a link to '{target}'.", "Link to a page, or cite a source.")
        return
    if not target or _EXTERNAL.match(target) or target.startswith("//"):
        return
    if "%2e" in target.lower() or "\\" in target:
        yield _problem(page, link, "odd-target", f"the link '{target}' is written in a roundabout way.", "Write the plain path.")
        return
    if target.startswith("/"):
        yield _problem(page, link, "absolute", f"the link '{target}' starts with '/'.", "Write it relative to this file: ../…")
        return
    path, anchor = paths.join(page.path, target)
    if path.startswith("../"):
        yield _problem(page, link, "outside", f"the link '{target}' leads out of docs/{page.locale}/.", "Link within the locale.")
        return
    there = site.pages.get((page.locale, path)) or site.source_page(path)
    if there is None:
        known = [posixpath.relpath(p, posixpath.dirname(page.path) or ".") for p in every]
        fix = did_you_mean(target.partition("#")[0], known) or "Mend the path, or write the page."
        yield _problem(page, link, "missing-page", f"the page '{target}' does not exist.", fix)
    elif anchor:
        ids = {h.id for h in there.outline.headings if h.id}
        if anchor not in ids and anchor not in TEMPLATE_ANCHORS and not _is_record_id(there):
            fix = did_you_mean(anchor, ids) or "Look up the heading's { #id }."
            yield _problem(page, link, "missing-anchor", f"{there.file} has no heading with the id '{anchor}'.", fix)


def _is_record_id(page: Page) -> bool:
    """Tell whether a page's ids come from records (glossary terms, resources), which other checks hold."""
    return page.path in ("resources/glossary.md", "resources/index.md", "resources/references.md")


def _image(site: Site, page: Page, link: Link) -> Iterator[Problem]:
    if not link.text.strip():
        yield _problem(page, link, "no-alt", "an image without a text for those who cannot see it.", "Write ![what it shows](…).")
    if _EXTERNAL.match(link.target) or link.target.startswith("//"):
        yield _problem(page, link, "remote-image", "an image from another site.", "Put the file into docs/assets/images/.")
        return
    file = posixpath.normpath(posixpath.join(posixpath.dirname(page.file), link.target.partition("#")[0]))
    if file not in site.files:
        yield _problem(
            page,
            link,
            "missing-image",
            f"the image '{link.target}' does not exist.",
            did_you_mean(file, site.assets) or "Mend the path, or add the file.",
        )


def orphans(site: Site) -> Iterator[Problem]:
    """Yield translations whose source page is gone."""
    for page in site.pages.values():
        if page.locale != site.source_locale.tag and translation.status(site, site.locale(page.locale), page.path).state == "orphaned":
            fix = f"Delete it, or move it with its English page ({did_you_mean(page.path, site.source_paths())})."
            yield Problem(page.file, 0, "links/orphaned-translation", "there is no English page at this path.", fix)
