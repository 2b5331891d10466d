"""Commands that make the site: serve, build, test, bench, signup."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from portal.errors import WrongUse


def add(commands: Any) -> None:
    """Add the commands of this room to the parser."""
    one = commands.add_parser("serve", help="preview the portal with live reload", description=(
        "Build what is stale and serve the portal at http://127.0.0.1:8000. A saved file shows within moments, an error shows "
        "in the browser and here. The newsletter form works; its mails land in a local outbox."))  # fmt: skip
    one.add_argument("--locale", action="append", metavar="TAG", help="a locale to serve besides English (default: the last one used)")
    one.add_argument("--port", type=int, default=8000, help="port to serve at (default 8000)")
    one.set_defaults(run=serve)

    one = commands.add_parser("build", help="build the whole site into site/", description=(
        "Build every locale into site/, in parallel and only what changed. On any error site/ stays as it was."))  # fmt: skip
    one.add_argument("--locale", action="append", metavar="TAG", help="build only this locale and English (may be repeated)")
    one.add_argument("--jobs", type=int, default=0, help="worker processes (default: one per core)")
    one.add_argument("--no-pdf", action="store_true", help="leave out the PDFs")
    one.add_argument("--clean", action="store_true", help="forget what was built before")
    one.set_defaults(run=build)

    one = commands.add_parser("pdf", help="make one PDF", description=(
        "Make the PDF of one toolkit or handout in one locale and write it into dist/: docs.py pdf employers vi"))  # fmt: skip
    one.add_argument("toolkit", metavar="TOOLKIT", help="governments, employers, civil-society, covid-19, or the name of a handout")
    one.add_argument("locale", metavar="LOCALE", help="the locale, for example vi")
    one.add_argument("--notes", action="store_true", help="add a page for notes after each module")
    one.set_defaults(run=pdf)

    one = commands.add_parser("test", help="run all tests", description=(
        "Run every test, installing what they need. Words after -- go to pytest: docs.py test -- -k links."))  # fmt: skip
    one.add_argument("words", nargs="*", help="passed on to pytest")
    one.set_defaults(run=test)

    one = commands.add_parser("bench", help="measure time, weight and size against the budgets", description=(
        "Measure the build beside the stock one on a synthetic corpus, weigh the pages of site/ in a browser, and compare with "
        "tests/bench/budgets.toml."))  # fmt: skip
    one.add_argument("--quick", action="store_true", help="a corpus of 12 locales × 12 pages")
    one.add_argument("--lighthouse", action="store_true", help="run Lighthouse over site/ anew (about 15 minutes) instead of showing "
                     "its kept results; fetches it from npm the first time")  # fmt: skip
    one.set_defaults(run=bench)

    one = commands.add_parser("signup", help="run the newsletter signup service alone", description=(
        "Run the signup service, or one of its own commands: docs.py signup -- export."))  # fmt: skip
    one.add_argument("words", nargs="*", help="passed on to the service (default: run)")
    one.set_defaults(run=signup)


def _tags(root: Path, wanted: list[str] | None) -> tuple[str, ...]:
    """Return the wanted locale tags. Raises WrongUse for one that mkdocs.yml does not list."""
    from portal import locales, yaml_text
    from portal.suggest import did_you_mean

    known = [locale.tag for locale in locales.read(yaml_text.load((root / "mkdocs.yml").read_text(encoding="utf-8")))]
    for tag in wanted or []:
        if tag not in known:
            raise WrongUse(f"--locale {tag}: no such locale. {did_you_mean(tag, known)} Known: {', '.join(known)}.")
    return tuple(wanted or ())


def build(arguments: argparse.Namespace, root: Path) -> int:
    """Build the site and print a table of what was done."""
    from portal import report
    from portal.build.run import Options
    from portal.build.run import build as run
    from portal.progress import bar

    start = time.monotonic()
    options = Options(
        root=root, place=root / "site", cache=root / ".cache", locales=_tags(root, arguments.locale),
        jobs=arguments.jobs, clean=arguments.clean, with_pdf=not arguments.no_pdf,
    )  # fmt: skip
    outcome = run(options, bar)
    for line in outcome.problems:
        print(line)
    if not outcome.is_good:
        count = len(outcome.problems)
        print(f"{count} problem{'s' if count > 1 else ''}: site/ was not changed.")
        return 1
    rows = [
        ("locales built", " ".join(outcome.built) or "none"),
        ("locales reused", " ".join(outcome.reused) or "none"),
        *((name, str(value)) for name, value in outcome.counts.items() if name != "bytes"),
        ("size", report.size(outcome.counts.get("bytes", 0))),
        *((f"seconds: {name}", f"{value:.1f}") for name, value in outcome.seconds.items()),
        ("seconds in all", f"{time.monotonic() - start:.1f}"),
    ]
    print(report.table(rows, ("site/", "")))
    return 0


def pdf(arguments: argparse.Namespace, root: Path) -> int:
    """Build the locale's pages where they changed, then one PDF from them."""
    from dataclasses import replace

    from portal import git, writer
    from portal.build import locale_site, pdf_plan, printing
    from portal.build import pdf as pdf_room
    from portal.build.run import Options
    from portal.build.run import build as run
    from portal.progress import bar
    from portal.suggest import did_you_mean

    (tag,) = _tags(root, [arguments.locale])
    cache = root / ".cache" / "print"
    outcome = run(Options(root=root, place=cache / "site", cache=cache, locales=(tag,), with_pdf=False), bar)
    if not outcome.is_good:
        print("\n".join(outcome.problems))
        return 1
    site = locale_site.read_site(root)
    documents = {document.key: document for document in pdf_plan.documents(site, site.locale(tag))}
    if arguments.toolkit not in documents:
        hint = did_you_mean(arguments.toolkit, documents)
        raise WrongUse(f"pdf {arguments.toolkit}: there is no such toolkit. {hint} Known: {', '.join(documents)}.")
    document = documents[arguments.toolkit]
    facts = replace(printing.facts_of(site, document, git.last_commits(root)), with_notes=arguments.notes)
    data = pdf_room.build_document(document, printing.pages_of(document, cache / "stage" / tag), facts)
    writer.write_files(root / "dist", {document.file: data})
    print(f"dist/{document.file}: {len(data) / 1000:.0f} kB")
    return 0


def serve(arguments: argparse.Namespace, root: Path) -> int:
    """Serve the preview until interrupted."""
    from portal.preview import serve as run

    return run(root, _tags(root, arguments.locale), arguments.port)


WITH_BROWSER = ("tests/browser", "tests/search")
"""Tests that drive a browser run beside the others in a pytest of their own: Playwright keeps an event loop running."""


def test(arguments: argparse.Namespace, root: Path) -> int:
    """Run pytest over everything, in two processes side by side; the second one's output follows the first one's."""
    environment = {**os.environ, "PYTHONPATH": str(root / "scripts"), "NO_MKDOCS_2_WARNING": "1"}
    base = [sys.executable, "-m", "pytest", *arguments.words]
    others = [f"--ignore={folder}" for folder in WITH_BROWSER]
    with tempfile.TemporaryFile("w+") as told:
        beside = subprocess.Popen([*base, *WITH_BROWSER], cwd=root, env=environment, stdout=told, stderr=subprocess.STDOUT)
        codes = [subprocess.run([*base, "tests", *others], cwd=root, env=environment, check=False).returncode, beside.wait()]
        told.seek(0)
        print(told.read(), flush=True)
    if codes.count(NO_TESTS) == len(codes):
        return NO_TESTS
    return max(code for code in codes if code != NO_TESTS)


NO_TESTS = 5
"""pytest's exit code when a selection (`-- -k …`) matches nothing."""


def bench(arguments: argparse.Namespace, root: Path) -> int:
    """Run the benchmark."""
    environment = {**os.environ, "PYTHONPATH": str(root / "scripts"), "NO_MKDOCS_2_WARNING": "1"}
    wanted = [f"--{word}" for word in ("quick", "lighthouse") if getattr(arguments, word)]
    command = [sys.executable, str(root / "tests/bench/run.py"), *wanted]
    return subprocess.run(command, cwd=root, env=environment, check=False).returncode


def signup(arguments: argparse.Namespace, root: Path) -> int:
    """Run the signup service's own command line with the lists of mkdocs.yml."""
    from portal.build import locale_site
    from signup.cli import main

    lists = locale_site.read_site(root).config.newsletter.get("lists") or {}
    environment = {"SIGNUP_LISTS": ",".join(f"{tag}={name}" for tag, name in lists.items()), **os.environ}
    try:
        return int(main(arguments.words or ["run"], environment, prog="docs.py signup --"))
    except KeyboardInterrupt:
        return 130
