"""Commands for translators: status, translate, mark-synced."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from portal.errors import WrongUse

if TYPE_CHECKING:
    from portal.model import Site, TranslationStatus

MOST_ADVICE = 5


def add(commands: Any) -> None:
    """Add the commands of this room to the parser."""
    one = commands.add_parser("status", help="show what is translated", description=(
        "Show for each locale what is missing, outdated (and which sections), untracked or machine-made, and what to do next. "
        "A translation that still holds English text to work through counts as missing."))  # fmt: skip
    one.add_argument("--locale", metavar="TAG", help="list the pages of one locale")
    one.add_argument("--json", action="store_true", help="print everything as JSON")
    one.add_argument("--locales", action="store_true", help="print the tags of all locales as JSON, for a workflow's matrix")
    one.add_argument("--changed", nargs="?", const="", metavar="BRANCH", help="print what differs from the main branch, and what each "
                     "translation of it now lacks, as Markdown for a pull request")  # fmt: skip
    one.set_defaults(run=status)

    one = commands.add_parser("translate", help="start a translation", description=(
        "Write the file of a translation with its structure, ids and stamp in place and the English text in comments to work through. "
        "Put your text in the place of each comment. A file that exists is never overwritten."))  # fmt: skip
    one.add_argument("locale", metavar="LOCALE", help="the locale, for example ne")
    one.add_argument("path", metavar="PATH", help="page path below the locale folder, for example covid-19/key-messages.md")
    one.add_argument(
        "--method", choices=("human", "machine"), default="human", help="who translates (default human); machine shows a notice"
    )
    one.set_defaults(run=translate)

    one = commands.add_parser("mark-synced", help="stamp a translation as matching the English", description=(
        "Write into a translation which English text it matches. --all PATH stamps the page in every locale: for English edits "
        "that change no meaning; the stamps are seen in review."))  # fmt: skip
    one.add_argument("locale", metavar="LOCALE", help="the locale, or --all", nargs="?")
    one.add_argument("path", metavar="PATH", help="page path below the locale folder", nargs="?")
    one.add_argument("--all", metavar="PATH", dest="everywhere", help="stamp this page in every locale that has it")
    one.add_argument("--reviewer", metavar="NAME", help="who read the translation against the English and agreed to be named on the page")
    one.set_defaults(run=mark_synced)


def _site(root: Path) -> Site:
    from portal import tree
    from portal.site import assemble

    return assemble(*tree.read(root))


def status(arguments: argparse.Namespace, root: Path) -> int:
    """Print the state of the translations and what to do next."""
    from portal import report, translation
    from portal.suggest import did_you_mean

    site = _site(root)
    if arguments.locales:
        print(json.dumps([locale.tag for locale in site.locales]))
        return 0
    tags = [locale.tag for locale in site.locales if not locale.is_source]
    if arguments.locale and arguments.locale not in tags:
        raise WrongUse(
            f"--locale {arguments.locale}: no such locale. {did_you_mean(arguments.locale, tags) or 'Known: ' + ', '.join(tags) + '.'}"
        )
    if arguments.changed is not None:
        from portal import git, review

        print(review.summary(site, git.changed_files(root, arguments.changed)))
        return 0
    entries = [e for e in translation.all_statuses(site) if not arguments.locale or e.locale == arguments.locale]
    if arguments.json:
        print(json.dumps([{**vars(e), "pieces_left": _left(site, e)} for e in entries], ensure_ascii=False, indent=2))
        return 0
    if arguments.locale:
        rows: Iterable[tuple[object, ...]] = ((e.path, _state(site, e), e.method, ", ".join(e.changed or ())) for e in entries)
        print(report.table(rows, ("page", "state", "method", "changed sections")))
    else:
        shares = [
            (s.locale, s.pages, s.translated, s.pages - s.translated, s.outdated, s.machine, s.reviewed) for s in translation.shares(site)
        ]
        print(report.table(shares, ("locale", "pages", "translated", "missing", "outdated", "machine", "reviewed")))
    advice = _advice(site, entries)
    if advice:
        print("\nNext:\n" + "\n".join(f"  {line}" for line in advice))
    return 0


def _left(site: Site, entry: TranslationStatus) -> int:
    from portal import scaffold

    page = site.pages.get((entry.locale, entry.path))
    return scaffold.pieces_left(page) if page else 0


def _state(site: Site, entry: TranslationStatus) -> str:
    left = _left(site, entry)
    return f"{left} pieces left" if left else entry.state


def _advice(site: Site, entries: list[TranslationStatus]) -> list[str]:
    """Return what to do next, the most useful first: finish, mend what is outdated, start what readers open most."""
    from portal import paths

    order = [*site.config.lone_pages, *(path for section in site.config.sections for path in section.pages)]
    first = ["covid-19/key-messages.md", *order]
    rank = {path: place for place, path in reversed(list(enumerate(first)))}
    unfinished: list[str] = []
    outdated: list[str] = []
    untracked: list[str] = []
    orphaned: list[str] = []
    missing: list[str] = []
    for entry in sorted(entries, key=lambda e: (rank.get(e.path, len(rank)), e.path, e.locale)):
        file = paths.repo_path(entry.locale, entry.path)
        if left := _left(site, entry):
            unfinished.append(f"finish {file}: {left} piece{'s' if left > 1 else ''} left")
        elif entry.state == "outdated":
            what = ", ".join(entry.changed or ()) or "compare with the English"
            outdated.append(f"bring {file} up to date ({what}), then: python3 scripts/docs.py mark-synced {entry.locale} {entry.path}")
        elif entry.state == "untracked":
            untracked.append(f"compare {file} with the English, then: python3 scripts/docs.py mark-synced {entry.locale} {entry.path}")
        elif entry.state == "orphaned":
            orphaned.append(f"delete {file}, or move it: its English page is gone")
        elif entry.state == "missing":
            missing.append(f"start: python3 scripts/docs.py translate {entry.locale} {entry.path}")
    every = [*unfinished, *outdated, *untracked, *orphaned, *missing]
    more = len(every) - MOST_ADVICE
    return every[:MOST_ADVICE] + ([f"… and {more} more: python3 scripts/docs.py status --locale TAG"] if more > 0 else [])


def translate(arguments: argparse.Namespace, root: Path) -> int:
    """Write the start of a translation, or say how far an existing one is."""
    from portal import paths, scaffold, stamps, writer

    site = _site(root)
    source = scaffold.source_for(site, arguments.locale, arguments.path)
    file = paths.repo_path(arguments.locale, source.path)
    if (root / file).exists():
        page = site.pages.get((arguments.locale, source.path))
        left = scaffold.pieces_left(page) if page else 0
        state = f"{left} pieces still to translate" if left else "nothing is left to translate"
        print(f"{file}: is there already ({state}), nothing was changed.")
        return 0
    stamps.remember(root, source)
    writer.write_text(root / file, scaffold.translated(source, arguments.method))
    print(f"{file}: written. Translate title and description, put your text in the place of each comment <!-- en: … -->,")
    print("then run `python3 scripts/docs.py check`. Agreed terms are in " + f"docs/_data/glossary/{arguments.locale}.yml.")
    return 0


def mark_synced(arguments: argparse.Namespace, root: Path) -> int:
    """Stamp translations and remember the sections of the English text they match."""
    from portal import scaffold, stamps
    from portal.build import clock

    site = _site(root)
    if arguments.everywhere and arguments.reviewer:
        raise WrongUse("mark-synced --all: a person reviews one locale. Give --reviewer with LOCALE PATH.")
    review = (arguments.reviewer.strip(), clock.today()) if arguments.reviewer else None
    if arguments.everywhere:
        path = scaffold.page_path(arguments.everywhere, site)
        pairs = [(locale.tag, path) for locale in site.locales if not locale.is_source]
        pairs = [pair for pair in pairs if pair in site.pages]
        if not site.source_page(path):
            raise WrongUse(f"mark-synced --all {arguments.everywhere}: there is no English page at this path.")
    elif arguments.locale and arguments.path:
        pairs = [(arguments.locale, arguments.path.removeprefix(f"docs/{arguments.locale}/"))]
    else:
        raise WrongUse("mark-synced needs LOCALE PATH, or --all PATH. For example: mark-synced vi covid-19/key-messages.md")
    refused = 0
    for tag, path in pairs:
        page = site.pages.get((tag, path))
        if page and (left := scaffold.pieces_left(page)):
            print(f"{page.file}: not stamped, {left} piece{'s' if left > 1 else ''} of English text are still in it.")
            refused += 1
            continue
        print(stamps.mark(root, site, tag, path, review))
    if not pairs:
        print(f"{arguments.everywhere}: no locale has a translation of it.")
    return int(refused > 0)
