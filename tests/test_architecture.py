"""The import law of the house (contribute/decisions): a room imports only from the levels below it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PORTAL = Path(__file__).resolve().parent.parent / "scripts" / "portal"
WORDS = {"model", "errors"}
READERS = {
    "locales", "paths", "front_matter", "markdown", "strings", "records", "citations", "yaml_text", "git_blob", "suggest", "article",
    "readability", "repayment", "confusables", "search_rules", "search_sounds", "search_text", "segments", "xliff", "pictures",
}  # fmt: skip
JUDGES = {"site", "translation", "views", "report", "checks", "scaffold", "review", "feeds", "exports", "exchange"}
HANDS = {"tree", "writer", "git", "build", "fetch_links", "progress", "preview", "stamps", "judging", "mend", "cache"}
DOORS = {"cli", "commands"}
LEVELS = (WORDS, READERS, JUDGES, HANDS, DOORS)
MKDOCS = {"scripts/hooks.py", "scripts/portal/build/locale_site.py"}
PURE = WORDS | READERS | JUDGES
TOUCHES_THE_WORLD = {"os", "subprocess", "socket", "shutil", "tempfile", "time", "urllib.request", "multiprocessing", "sqlite3"}
LONGEST = 250


def rooms() -> list[Path]:
    return sorted(path for path in PORTAL.rglob("*.py") if path.name != "__init__.py")


def room_of(path: Path) -> str:
    return path.relative_to(PORTAL).with_suffix("").parts[0]


def level(name: str) -> int:
    return next(number for number, names in enumerate(LEVELS) if name in names)


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            if node.module == "portal":
                found |= {f"portal.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("path", rooms(), ids=lambda p: p.relative_to(PORTAL).as_posix())
def test_room_imports_only_from_its_own_level_or_below(path: Path) -> None:
    mine = level(room_of(path))
    for name in imports(path):
        if name.startswith("portal."):
            theirs = name.split(".")[1]
            assert level(theirs) <= mine, f"{path.name} (level {mine}) imports {theirs} (level {level(theirs)})"


@pytest.mark.parametrize("path", rooms(), ids=lambda p: p.relative_to(PORTAL).as_posix())
def test_only_two_files_know_mkdocs(path: Path) -> None:
    knows = any(name.split(".")[0] == "mkdocs" for name in imports(path))
    assert not knows or f"scripts/portal/{path.relative_to(PORTAL).as_posix()}" in MKDOCS


@pytest.mark.parametrize("path", [p for p in rooms() if room_of(p) in PURE], ids=lambda p: p.relative_to(PORTAL).as_posix())
def test_words_readers_and_judges_touch_nothing(path: Path) -> None:
    assert not imports(path) & TOUCHES_THE_WORLD
    calls = {node.func.id for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert not calls & {"open", "print", "input", "exit"}


@pytest.mark.parametrize("path", rooms(), ids=lambda p: p.relative_to(PORTAL).as_posix())
def test_rooms_stay_small(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= LONGEST


def test_only_doors_print() -> None:
    for path in rooms():
        calls = {n.func.id for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
        if "print" in calls:
            assert room_of(path) in DOORS | {"progress", "preview"}, path


def test_the_mkdocs_door_stays_thin() -> None:
    assert len((PORTAL.parent / "hooks.py").read_text().splitlines()) <= 80
