"""Pages as files: their names, their place in the nav, their review dates."""

from __future__ import annotations

from collections.abc import Iterator

from portal import paths, translation
from portal.model import Problem, Site
from portal.suggest import did_you_mean


def check(site: Site, today: str) -> Iterator[Problem]:
    """Yield misnamed pages, pages and nav entries without each other, and reviews that are due."""
    in_nav = {path for section in site.config.sections for path in section.pages} | set(site.config.lone_pages)
    every = set(site.source_paths())
    for page in site.pages.values():
        if not paths.is_good(page.path):
            fix = "Use small letters a to z, digits and hyphens: recruitment-fees.md."
            yield Problem(page.file, 0, "pages/odd-name", "the file name will not do in an address.", fix)
    for path in sorted(in_nav - every):
        fix = did_you_mean(path, every) or "Write the page, or take it out of nav."
        yield Problem("mkdocs.yml", 0, "pages/nav-without-page", f"nav names '{path}', which does not exist.", fix)
    for path in sorted(every):
        page = site.pages[(site.source_locale.tag, path)]
        due = str(page.meta.get("review_due") or "")
        if due and due < today and translation.is_for_translation(path):
            message = f"the facts were to be checked again by {due}."
            yield Problem(
                page.file,
                page.lines.get("review_due", 1),
                "pages/review-due",
                message,
                "Check them, then set reviewed and review_due.",
                "warning",
            )
        if path.startswith(("toolkits/", "covid-19/")) and path not in in_nav:
            fix = "Add it to nav in mkdocs.yml, where its toolkit lists its modules."
            yield Problem(page.file, 0, "pages/not-in-nav", "the page belongs to no toolkit.", fix)
