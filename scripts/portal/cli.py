"""The commands: read arguments, call the rooms, print, return the exit code (0 fine, 1 problems, 2 wrong use)."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from portal.errors import PortalError, WrongUse

Command = Callable[[argparse.Namespace, Path], int]


def main(arguments: Sequence[str], root: Path) -> int:
    """Run one command for the project at `root`; return its exit code. Messages never come with a traceback."""
    parsed = parser().parse_args(arguments)
    try:
        code = int(parsed.run(parsed, root))
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # `docs.py check | head`: the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except WrongUse as error:
        print(error, file=sys.stderr)
        return 2
    except PortalError as error:
        print(error, file=sys.stderr)
        return 1


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands; its help is what contribute/commands.md shows."""
    from portal.commands import content, interchange, site, translations

    top = argparse.ArgumentParser(prog="docs.py", description="Preview, build, test and check the portal.")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for room in (site, content, translations, interchange):
        room.add(commands)
    return top
