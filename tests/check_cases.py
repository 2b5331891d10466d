"""Golden cases of the checks: a small whole site, one change to it, the exact problems that come out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from portal import git_blob
from portal.checks import run
from portal.model import Problem
from portal.site import assemble

FOLDER = Path(__file__).parent / "cases" / "checks"
TODAY = "2026-11-24"
EN = "docs/en/"


@lru_cache(maxsize=1)
def base() -> Mapping[str, str]:
    return yaml.safe_load((FOLDER / "_base.yml").read_text(encoding="utf-8"))


def cases() -> list[dict[str, Any]]:
    """Return every case with the name of its file in front of its own."""
    found = []
    for file in sorted(FOLDER.glob("[!_]*.yml")):
        for case in yaml.safe_load(file.read_text(encoding="utf-8")):
            found.append({**case, "name": f"{file.stem}: {case['name']}"})
    return found


def tree_of(case: Mapping[str, Any]) -> dict[str, bytes]:
    """Return the files of a case: `files` replaces or (null) takes away, `change` swaps words, `bytes` is hex, `append` adds."""
    texts: dict[str, str | None] = {**base(), **case.get("files", {})}
    for file, (old, new) in case.get("change", {}).items():
        assert old in (texts[file] or ""), f"{case['name']}: {file} does not hold {old!r}"
        texts[file] = (texts[file] or "").replace(old, new, 1)
    for file, more in case.get("append", {}).items():
        texts[file] = (texts[file] or "") + more
    tree = {file: text.encode() for file, text in texts.items() if text is not None}
    tree |= {file: bytes.fromhex(data) for file, data in case.get("bytes", {}).items()}
    if big := case.get("pad"):
        tree[big] += b"<!-- " + b"x" * 200_000 + b" -->"
    return stamped(tree)


def stamped(tree: dict[str, bytes]) -> dict[str, bytes]:
    """Return the tree with BLOB in translations as the blob id of their English page."""
    done = dict(tree)
    for file, data in tree.items():
        parts = file.split("/", 2)
        if len(parts) == 3 and parts[0] == "docs" and b"BLOB" in data:
            done[file] = data.replace(b"BLOB", git_blob.blob_id(tree.get(EN + parts[2], b"")).encode())
    return done


def problems_of(case: Mapping[str, Any]) -> list[Problem]:
    return run.everything(assemble(tree_of(case)), case.get("today", TODAY))


def shown(problem: Problem) -> str:
    """Return a problem as the cases write it."""
    return f"{problem.severity} {problem.code} | {problem}"
