"""The workflow files and forms: least permissions, pinned actions, no text of strangers in a shell."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

import check_cases
from portal import review, tree
from portal.checks import owners
from portal.site import assemble

ROOT = Path(__file__).parents[2]
GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted(p for p in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if p.name != "config.yml")
_STRANGERS = re.compile(r"\$\{\{[^}]*(?:github\.event\.|github\.head_ref|github\.base_ref|inputs\.)[^}]*\}\}")


def read(file: Path) -> dict[str, Any]:
    found = yaml.safe_load(file.read_text(encoding="utf-8"))
    return {("on" if key is True else key): value for key, value in found.items()}  # YAML 1.1 reads `on` as true


def test_the_workflows_are_there() -> None:
    assert {"preview.yml", "preview-comment.yml", "weekly.yml"} <= {p.name for p in WORKFLOWS}


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda p: p.name)
def test_workflow(file: Path) -> None:
    workflow = read(file)
    top = workflow.get("permissions")
    assert top in ({"contents": "read"}, {}), "the whole workflow may read at most; a job asks for what it needs"
    assert "pull_request_target" not in workflow["on"]
    for name, job in workflow["jobs"].items():
        assert 0 < job["timeout-minutes"] <= 60, name
        granted = job.get("permissions", top)
        assert isinstance(granted, dict), "never write-all"
        runs_code_of_strangers = "pull_request" in workflow["on"]
        assert not (runs_code_of_strangers and "write" in granted.values()), name
        for step in job["steps"]:
            if action := step.get("uses"):
                assert action.startswith("./") or re.fullmatch(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}", action), f"{name}: pin {action} by its commit"
                if action.startswith("actions/checkout@"):
                    assert step.get("with", {}).get("persist-credentials") is False, name
            assert not _STRANGERS.search(step.get("run", "")), f"{name}: hand it over in env, it is text of strangers"


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda p: p.name)
def test_every_pin_says_its_version(file: Path) -> None:
    for line in file.read_text(encoding="utf-8").splitlines():
        if re.search(r"uses: [\w.-]+/", line):
            assert re.search(r"@[0-9a-f]{40}  # v\d+\.\d+\.\d+$", line), line


def test_one_action_has_one_pin() -> None:
    pins: dict[str, set[str]] = {}
    for file in WORKFLOWS:
        for action, commit in re.findall(r"uses: ([\w./-]+)@([0-9a-f]{40})", file.read_text(encoding="utf-8")):
            pins.setdefault(action, set()).add(commit)
    assert {action: commits for action, commits in pins.items() if len(commits) > 1} == {}


@pytest.mark.parametrize("file", FORMS, ids=lambda p: p.name)
def test_form(file: Path) -> None:
    form = read(file)
    assert set(form) == {"name", "description", "labels", "body"}
    labels = {entry["name"] for entry in yaml.safe_load((GITHUB / "labels.yml").read_text(encoding="utf-8"))}
    assert set(form["labels"]) <= labels
    ids = [field["id"] for field in form["body"] if field["type"] != "markdown"]
    assert len(ids) == len(set(ids))
    for field in form["body"]:
        assert field["type"] in ("markdown", "input", "textarea", "dropdown", "checkboxes")
        assert field["attributes"].get("label") or field["type"] == "markdown"
        for option in field["attributes"].get("options", []):
            assert isinstance(option, str), "put yes and no in quotation marks"


@pytest.mark.parametrize("name", ["wrong-information.yml", "translation.yml"])
def test_the_forms_that_pages_open_have_the_fields_that_are_filled_in(name: str) -> None:
    ids = {field.get("id") for field in read(GITHUB / "ISSUE_TEMPLATE" / name)["body"]}
    assert {"page", "locale"} <= ids


def test_owners_fit_the_portal() -> None:
    assert [str(p) for p in owners.check(assemble(*tree.read(ROOT)))] == []


def test_review_lists_pages_and_what_translations_lack() -> None:
    fees = "toolkits/employers/fees.md"
    tree_ = check_cases.tree_of({"name": "x", "change": {
        f"docs/vi/{fees}": ("BLOB", "0" * 40), f"docs/hi/{fees}": ("हर भर्ती शुल्क नियोक्ता देता है।", "<!-- en: x -->"),
    }})  # fmt: skip
    said = review.summary(assemble(tree_), [f"docs/en/{fees}", f"docs/vi/{fees}", "mkdocs.yml"])
    assert said.splitlines() == [
        "**1 page changed**, and 1 other file.", "", f"`{fees}` in en, vi", "- 1 piece left to translate: hi",
        "- outdated (sections not known): vi", "- up-to-date: zh-Hant",
    ]  # fmt: skip
