"""Build small sites."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import small
from portal.build.run import Options, Outcome, build

Builder = Callable[..., tuple[Path, Outcome]]


def quiet(done: int, total: int, what: str) -> None:
    """Show no progress."""


@pytest.fixture
def build_site(tmp_path: Path) -> Builder:
    """Return a function that writes a project, builds it and returns (site folder, outcome)."""

    def run(files: dict[str, str | bytes], locales: tuple[str, ...] = ("en", "vi"), **settings: Any) -> tuple[Path, Outcome]:
        root = small.project(tmp_path / "project", files, locales, settings.pop("nav", None))
        options = Options(root=root, place=root / "site", cache=root / ".cache", with_pdf=False, jobs=1, **settings)
        return options.place, build(options, quiet)

    return run
