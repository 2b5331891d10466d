"""Kept Lighthouse results stand for the site only while they are whole and as old as the template."""

from __future__ import annotations

from typing import Any

from bench import lighthouse

PAGES = ["index.html", "vi/index.html"]


def kept(*pages: str, template: str = "") -> dict[str, Any]:
    results = [{"page": page, "scores": [100], "paint": 1, "shift": 0, "blocking": 0, "runs": 1} for page in pages]
    return {"date": "2026-11-24", "template": template or lighthouse.template(), "results": results}


def test_whole_and_new_results_have_no_problem() -> None:
    assert lighthouse.problems(kept(*PAGES), PAGES) == []


def test_nothing_kept_is_said_with_its_cure() -> None:
    (line,) = lighthouse.problems({}, PAGES)
    assert line.startswith("tests/bench/lighthouse.json: no Lighthouse results")
    assert "bench --lighthouse" in line


def test_results_older_than_the_template_are_said() -> None:
    (line,) = lighthouse.problems(kept(*PAGES, template="old"), PAGES)
    assert "changed since" in line
    assert "2026-11-24" in line


def test_missing_pages_are_named() -> None:
    (line,) = lighthouse.problems(kept("index.html"), PAGES)
    assert "1 of 2 pages" in line
    assert "vi/index.html" in line


def test_new_results_join_those_of_the_same_template_only() -> None:
    new = [{**result, "lighthouse": "13", "chrome": "1"} for result in kept("vi/index.html")["results"]]
    assert [r["page"] for r in lighthouse.merged(kept("index.html"), new, PAGES)["results"]] == PAGES
    assert [r["page"] for r in lighthouse.merged(kept("index.html", template="old"), new, PAGES)["results"]] == ["vi/index.html"]
