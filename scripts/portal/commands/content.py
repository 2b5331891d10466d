"""Commands about content: check, new."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from portal.errors import WrongUse

if TYPE_CHECKING:
    from portal.model import Problem, Site


MANY = 20
"""Problems after which a hint is worth a line."""


def add(commands: Any) -> None:
    """Add the commands of this room to the parser."""
    one = commands.add_parser("check", help="check the content", description=(
        "Read the whole site and report every problem at once: place, fact, cure. Exit code 1 when there is an error; "
        "warnings alone do not fail. Every code is explained in contribute/problems."))  # fmt: skip
    one.add_argument("--format", choices=("text", "json", "github"), default="text", help="how to print (default text)")
    one.add_argument("--codes", action="store_true", help="show the code of each problem, as contribute/problems names it")
    one.add_argument("--fix", action="store_true", help="mend what is mechanical first: blanks, line ends, order of keys, quotation "
                     "marks, invisible characters, sources that nothing cites, the list of addresses, redirects of pages "
                     "that moved")  # fmt: skip
    one.add_argument("--changed", action="store_true", help="show only files that differ from the main branch, and their translations")
    one.add_argument(
        "--base", default="", metavar="BRANCH", help="with --changed: compare with this branch (default origin/main, else main)"
    )
    one.add_argument("--links", action="store_true", help="follow every link inside the built site/ too, with linkchecker")
    one.add_argument("--external", action="store_true", help="ask the outside world too whether cited addresses answer: slowly, and with "
                     "a memory in .cache/")  # fmt: skip
    one.set_defaults(run=check)

    from portal.scaffold import TYPES

    one = commands.add_parser("new", help="start a page or a resource", description=(
        "Write a new English page that passes check and says what belongs where, and list it in mkdocs.yml; or, with --type resource, "
        "a record of the resource library. Nothing that exists is overwritten."))  # fmt: skip
    one.add_argument(
        "path", metavar="PATH", help="page path below docs/en/, for example toolkits/employers/safe-transport; for a resource its id"
    )
    one.add_argument("--type", choices=(*TYPES, "resource"), default="guidance", help="kind of page (default guidance)")
    one.add_argument("--title", default="", help="title of the page (default: made from the path)")
    one.add_argument("--url", default="", help="address of a resource")
    one.set_defaults(run=new)


def _read(root: Path) -> Site:
    import gc

    from portal import tree
    from portal.build import cache, plan
    from portal.site import assemble

    gc.disable()  # until the site is read: nothing of it is garbage
    kept, salt = root / ".cache" / "checked.pickle", plan.code(root)
    site = assemble(*tree.read(root), cache.pages(kept, salt))
    if kept.parent.is_dir():  # a check alone leaves nothing behind
        cache.save(kept, salt, {page.file: page for page in site.pages.values()})
    gc.enable()
    return site


def check(arguments: argparse.Namespace, root: Path) -> int:
    """Print all problems of the content; warnings alone do not fail."""
    from portal import judging, report
    from portal.build import clock

    today = clock.today()
    site = _read(root)
    if arguments.fix:
        _mend(site, root, is_quiet=arguments.format != "text")
        site = _read(root)
    problems = judging.everything(site, today)
    if arguments.changed or arguments.base:
        problems = _only_changed(problems, site, root, arguments.base)
    if arguments.links or arguments.external:
        problems += _followed(arguments, site, root, today)
    if arguments.format == "text":
        print(report.as_text(_with_codes(problems) if arguments.codes else problems))
        if len(problems) > MANY and not arguments.changed:
            print("`python3 scripts/docs.py check --changed` shows only what concerns the files you changed.")
    elif text := (report.as_json if arguments.format == "json" else report.as_github)(problems):
        print(text)
    return int(any(problem.severity == "error" for problem in problems))


def _with_codes(problems: list[Problem]) -> list[Problem]:
    from dataclasses import replace

    return [replace(problem, fix=f"{problem.fix} [{problem.code}]".strip()) for problem in problems]


def _mend(site: Site, root: Path, *, is_quiet: bool) -> None:
    """Write what can be mended; say so."""
    from portal import paths, writer
    from portal.checks import mend

    changed = mend.mend(site)
    for file, data in changed.items():
        writer.write_text(root / file, data.decode("utf-8"))
        if not is_quiet:
            print(f"{file}: mended.")
    source = f"{paths.DOCS}/{site.source_locale.tag}/"
    if not is_quiet and any(file.startswith(source) for file in changed):
        print("English pages changed. Where the meaning did not: python3 scripts/docs.py mark-synced --all PATH")


def _only_changed(problems: list[Problem], site: Site, root: Path, base: str) -> list[Problem]:
    """Return the problems of files that differ from the main branch, and of translations of English pages that do."""
    from portal import git, paths

    changed = git.changed_files(root, base)
    tags = frozenset(locale.tag for locale in site.locales)
    prefix = f"{paths.DOCS}/{site.source_locale.tag}/"
    sources = {file.removeprefix(prefix) for file in changed if file.startswith(prefix)}

    def is_shown(file: str) -> bool:
        place = paths.split_repo_path(file, tags)
        return file in changed or (place is not None and place[1] in sources)

    return [problem for problem in problems if is_shown(problem.path)]


def _followed(arguments: argparse.Namespace, site: Site, root: Path, today: str) -> list[Problem]:
    """Return what following links found."""
    from portal import fetch_links
    from portal.progress import bar

    found: list[Problem] = []
    if arguments.links:
        found += fetch_links.internal(root / "site")
    if arguments.external:
        wanted = fetch_links.addresses(site)
        file = root / ".cache" / "links.json"
        memory = fetch_links.load(file)
        ask, done = fetch_links.asker(site.config.site_url), 0

        def asked(url: str) -> fetch_links.Answer:
            nonlocal done
            done += 1
            bar(min(done, len(wanted)), len(wanted), "asking")
            answer = ask(url)
            if done % 20 == 0:
                fetch_links.save(file, memory)
            return answer

        try:
            found += fetch_links.external(wanted, memory, asked, today)
        finally:
            fetch_links.save(file, memory)
    return found


def new(arguments: argparse.Namespace, root: Path) -> int:
    """Write a page or record to start from, and say what to do next."""
    from portal import paths, scaffold, writer
    from portal.build import clock
    from portal.checks import moved
    from portal.site import ADDRESSES

    site = _read(root)
    today = clock.today()
    if arguments.type == "resource":
        return _new_resource(arguments, site, root, today)
    path = scaffold.page_path(arguments.path, site)
    file = paths.repo_path(site.source_locale.tag, path)
    if (root / file).exists():
        print(f"{file}: is there already, nothing was changed.")
        return 0
    source = [page for page in site.pages.values() if page.locale == site.source_locale.tag]
    titles = {str(page.meta.get("title", "")).casefold(): page.file for page in source}
    text = scaffold.page(site, path, arguments.type, arguments.title, today)
    title = text.split("title: ", 1)[1].split("\n", 1)[0].strip('"')
    if other := titles.get(title.casefold()):
        raise WrongUse(f"new {arguments.path}: {other} has the title '{title}' already. Give another one with --title.")
    writer.write_text(root / file, text)
    print(f"{file}: written. Replace what it says with your text, then run `python3 scripts/docs.py check`.")
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    listed = scaffold.with_nav_entry(settings, path)
    if site.addresses is not None and path not in site.addresses:
        addresses = (root / ADDRESSES).read_text(encoding="utf-8")
        writer.write_text(root / ADDRESSES, moved.listed(addresses, [path]))
    if listed != settings:
        writer.write_text(root / "mkdocs.yml", listed)
        print(f"mkdocs.yml: {path} listed at the end of its section; move the line where it belongs.")
    return 0


def _new_resource(arguments: argparse.Namespace, site: Site, root: Path, today: str) -> int:
    from portal import scaffold, writer
    from portal.site import DATA

    key = scaffold.page_path(arguments.path.rsplit("/", 1)[-1].removesuffix(".yml"), site).removesuffix(".md")
    file = f"{DATA}resources/{key}.yml"
    if (root / file).exists():
        print(f"{file}: is there already, nothing was changed.")
        return 0
    if not arguments.url.startswith(("http://", "https://")):
        raise WrongUse(f"new {arguments.path} --type resource: it needs its address. Add --url https://…")
    for resource in site.resources.values():
        if resource.url.rstrip("/") == arguments.url.rstrip("/"):
            raise WrongUse(f"new {arguments.path}: {DATA}resources/{resource.id}.yml has this address already.")
    writer.write_text(root / file, scaffold.resource(site, arguments.title or key.replace("-", " ").capitalize(), arguments.url, today))
    print(f"{file}: written. Fill in publisher, type, topics and summary, then run `python3 scripts/docs.py check`.")
    return 0
