"""Every golden case of the checks gives exactly the problems it promises."""

from __future__ import annotations

import re

import pytest

import check_cases
from portal import report
from portal.model import Problem

CASES = check_cases.cases()


def test_the_small_site_itself_has_no_problem() -> None:
    assert check_cases.problems_of({"name": "base"}) == []


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case: dict[str, object]) -> None:
    found = check_cases.problems_of(case)
    assert [check_cases.shown(p) for p in found] == case["expect"]
    for problem in found:
        assert problem.path, problem
        assert re.fullmatch(r"[a-z-]+/[a-z0-9-]+", problem.code), problem
        assert problem.message.endswith((".", "?")), problem


def test_there_are_enough_cases_with_names_of_their_own() -> None:
    names = [case["name"] for case in CASES]
    assert len(names) == len(set(names)) >= 80


def test_formats_hold_every_problem() -> None:
    found = [Problem("docs/en/a.md", 3, "links/no-text", "50% of\nit.", "Mend it."), Problem("docs/en/b.md", 0, "x/y", "Fact.", "", "warning")]
    assert report.as_text(found).splitlines()[-1] == "1 error, 1 warning."
    assert report.as_github(found).splitlines() == [
        "::error file=docs/en/a.md,line=3,title=links/no-text::50%25 of%0Ait. Mend it.",
        "::warning file=docs/en/b.md,line=1,title=x/y::Fact.",
    ]
    assert '"code": "links/no-text"' in report.as_json(found)
