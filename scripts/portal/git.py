"""Ask git which files differ from the main branch, and which commit touched a file last."""

from __future__ import annotations

import subprocess
from pathlib import Path

from portal.errors import PortalError

BASES = ("origin/main", "main", "origin/master", "master")


def changed_files(root: Path, base: str = "") -> frozenset[str]:
    """Return the repository paths that differ from where this branch left `base`, files not yet committed included.

    Without `base` the first of the usual names of the main branch that exists is taken. Raises PortalError in words.
    """
    found = base or next((name for name in BASES if _ask(root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}") is not None), "")
    if not found:
        raise PortalError("check --changed: there is no branch 'main' to compare with. Fetch it first: git fetch origin main.")
    start = _ask(root, "merge-base", "HEAD", found)
    if start is None:
        raise PortalError(f"check --changed: this branch and '{found}' have no commit in common. Fetch more of the history.")
    differ = _ask(root, "diff", "--name-only", "-z", "--no-renames", start.strip(), "--")
    new = _ask(root, "ls-files", "--others", "--exclude-standard", "-z")
    return frozenset(name for name in f"{differ or ''}\0{new or ''}".split("\0") if name)


def last_commits(root: Path) -> dict[str, str]:
    """Return the short id of the last commit that touched each file under docs/; empty where there is no git."""
    try:
        told = _ask(root, "log", "--format=%x00%h", "--name-only", "--no-renames", "--", "docs") or ""
    except PortalError:
        return {}
    found: dict[str, str] = {}
    for entry in told.split("\0")[1:]:
        commit, *names = entry.split("\n")
        for name in names:
            if name:
                found.setdefault(name, commit)
    return found


def text_at(root: Path, commit: str, file: str) -> str | None:
    """Return a file's text as it was at a commit, or None where it was not there."""
    return _ask(root, "show", f"{commit}:{file}")


def _ask(root: Path, *words: str) -> str | None:
    """Return what git answers, or None where it refuses. Raises PortalError where there is no git or no repository."""
    try:
        done = subprocess.run(
            ["git", "-c", "core.quotepath=off", *words], cwd=root, capture_output=True, check=False, text=True, encoding="utf-8",
            errors="replace",
        )  # fmt: skip
    except OSError as error:
        raise PortalError(f"git: it cannot be run ({error.strerror}). Install git, or leave out --changed.") from None
    if "not a git repository" in done.stderr:
        raise PortalError("check --changed: this folder is not a git checkout. Leave out --changed, or clone the repository.")
    return done.stdout if done.returncode == 0 else None
