"""Commands about content: check, new."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any


def add(commands: Any) -> None:
    """Add the commands of this room to the parser."""
    one = commands.add_parser("check", help="check the content", description=(
        "Read the whole site and report every problem at once: place, fact, cure. Exit code 1 when there is an error."))  # fmt: skip
    one.add_argument("--format", choices=("text", "json", "github"), default="text", help="how to print (default text)")
    one.set_defaults(run=check)


def check(arguments: argparse.Namespace, root: Path) -> int:
    """Print all problems of the content; warnings alone do not fail."""
    from portal import report, tree
    from portal.build import clock
    from portal.checks import run
    from portal.site import assemble

    problems = run.everything(assemble(*tree.read(root)), clock.today())
    show = {"text": report.as_text, "json": report.as_json, "github": report.as_github}[arguments.format]
    if text := show(problems):
        print(text)
    return int(any(problem.severity == "error" for problem in problems))
