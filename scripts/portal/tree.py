"""Read the project's tree from disk: the one place where content comes in."""

from __future__ import annotations

from pathlib import Path

from portal.model import Problem

FOLDERS = ("docs", "overrides/partials/languages")
SINGLE_FILES = ("mkdocs.yml", ".github/CODEOWNERS")
TEXT = frozenset((".md", ".yml", ".yaml"))


def read(root: Path) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """Return `{repository path: bytes}` of docs/, mkdocs.yml, owners and the theme's words, and what could not be read.

    Only texts are read whole; of other files (images, scripts) the bytes come too, since fingerprints need them.
    A symbolic link that leaves the project is a problem and is not followed.
    """
    tree: dict[str, bytes] = {}
    problems: list[Problem] = []
    top = root.resolve()
    names = [Path(name) for name in SINGLE_FILES]
    for folder in FOLDERS:
        names += sorted(path.relative_to(root) for path in (root / folder).rglob("*") if path.is_file() or path.is_symlink())
    for name in names:
        path = root / name
        if path.is_symlink() and not path.resolve().is_relative_to(top):
            fix = "Copy the file into the project instead."
            problems.append(Problem(name.as_posix(), 0, "site/link-out", "a symbolic link that leads out of the project.", fix))
            continue
        try:
            if path.is_file():
                tree[name.as_posix()] = path.read_bytes()
        except OSError as error:
            fix = "Check the file's permissions."
            problems.append(Problem(name.as_posix(), 0, "site/unreadable", f"the file cannot be read ({error.strerror}).", fix))
    return tree, tuple(problems)
