"""Write docs/en/contribute/commands.md from the commands' own help: `python tests/commands_page.py`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/en/contribute/commands.md"
WIDTH = "88"
HEAD = """---
title: All commands
description: What each command of the portal does and which options it has, as the commands themselves tell it.
audience: [trainers]
topics: [information]
type: page
search_terms: [command line, options, help, docs.py]
---

## In short { #in-short }

Every command starts with `python3 scripts/docs.py`. The first call makes `.venv` and installs what is needed. A command ends with 0 when all is well, 1 when it found problems, 2 when it was called wrongly.

This page is written from the help of the commands. After a change of theirs run `python tests/commands_page.py`; a test compares.
"""


def text() -> str:
    """Return the page as the commands' help makes it."""
    os.environ["COLUMNS"], os.environ["NO_COLOR"] = WIDTH, "1"
    from portal.cli import parser

    top = parser()
    choices = next(action for action in top._actions if isinstance(action, argparse._SubParsersAction)).choices
    parts = [HEAD]
    for name, command in choices.items():
        parts.append(f"## {name} {{ #{name} }}\n\n```text\n{command.format_help().rstrip()}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "scripts"))
    PAGE.write_text(text(), encoding="utf-8", newline="\n")
