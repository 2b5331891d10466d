"""The errors with which nothing is published: the build runs these, `check` runs all."""

from __future__ import annotations

from collections.abc import Iterator

from portal.checks import citations, front_matter, links, markup
from portal.model import Problem, Site


def check(site: Site) -> Iterator[Problem]:
    """Yield the errors that stop a build, in the order of files and lines."""
    unsafe = (problem for problem in markup.check(site) if "/forbidden-" in problem.code)
    found = [*site.problems, *front_matter.check(site), *citations.check(site), *links.check(site), *unsafe]
    yield from sorted(problem for problem in found if problem.severity == "error")
