"""Commands for translators: status, mark-synced."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from portal.errors import WrongUse
from portal.model import Site


def add(commands: Any) -> None:
    """Add the commands of this room to the parser."""
    one = commands.add_parser("status", help="show what is translated", description=(
        "Show for each locale what is missing, outdated (and which sections), untracked or machine-made."))  # fmt: skip
    one.add_argument("--locale", metavar="TAG", help="list the pages of one locale")
    one.add_argument("--json", action="store_true", help="print everything as JSON")
    one.set_defaults(run=status)

    one = commands.add_parser("mark-synced", help="stamp a translation as matching the English", description=(
        "Write into a translation which English text it matches. --all PATH stamps the page in every locale: for English edits "
        "that change no meaning; the stamps are seen in review."))  # fmt: skip
    one.add_argument("locale", metavar="LOCALE", help="the locale, or --all", nargs="?")
    one.add_argument("path", metavar="PATH", help="page path below the locale folder", nargs="?")
    one.add_argument("--all", metavar="PATH", dest="everywhere", help="stamp this page in every locale that has it")
    one.set_defaults(run=mark_synced)


def _site(root: Path) -> Site:
    from portal import tree
    from portal.site import assemble

    return assemble(*tree.read(root))


def status(arguments: argparse.Namespace, root: Path) -> int:
    """Print the state of the translations."""
    from portal import report, translation

    site = _site(root)
    entries = translation.all_statuses(site)
    if arguments.json:
        print(json.dumps([vars(e) for e in entries], ensure_ascii=False, indent=2))
        return 0
    if arguments.locale:
        rows: Iterable[tuple[object, ...]] = (
            (e.path, e.state, e.method, ", ".join(e.changed or ())) for e in entries if e.locale == arguments.locale
        )
        print(report.table(rows, ("page", "state", "method", "changed sections")))
        return 0
    shares = [(s.locale, s.pages, s.translated, s.pages - s.translated, s.outdated, s.machine, s.reviewed) for s in translation.shares(site)]
    print(report.table(shares, ("locale", "pages", "translated", "missing", "outdated", "machine", "reviewed")))
    return 0


def mark_synced(arguments: argparse.Namespace, root: Path) -> int:
    """Stamp translations and remember the sections of the English text they match."""
    from portal import stamps

    site = _site(root)
    if arguments.everywhere:
        pairs = [(locale.tag, arguments.everywhere) for locale in site.locales if not locale.is_source]
        pairs = [pair for pair in pairs if pair in site.pages]
    elif arguments.locale and arguments.path:
        pairs = [(arguments.locale, arguments.path)]
    else:
        raise WrongUse("mark-synced needs LOCALE PATH, or --all PATH. For example: mark-synced vi covid-19/key-messages.md")
    for tag, path in pairs:
        print(stamps.mark(root, site, tag, path))
    if not pairs:
        print(f"{arguments.everywhere}: no locale has a translation of it.")
    return 0
