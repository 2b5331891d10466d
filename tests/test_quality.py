"""The code is clean: lint and types."""

from __future__ import annotations

import subprocess
import sys

import small


def run(*words: str) -> str:
    done = subprocess.run([sys.executable, "-m", *words], cwd=small.REPO, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_lint() -> None:
    assert run("ruff", "check", "--quiet", "scripts", "tests") == ""


def test_types() -> None:
    assert run("mypy") == ""
