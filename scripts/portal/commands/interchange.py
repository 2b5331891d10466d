"""Commands for translators who work in a program of their own: export, import."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from portal.errors import PortalError, WrongUse

if TYPE_CHECKING:
    from portal.exchange import Taken
    from portal.model import Locale, Page, Site
    from portal.xliff import Document

MOST_REASONS = 10


def add(commands: Any) -> None:
    """Add the commands of this room to the parser."""
    one = commands.add_parser("export", help="give pages to a translators' program", description=(
        "Write pages of a locale into one XLIFF 1.2 file for OmegaT, Trados, memoQ, Weblate and the like: English text block by block, "
        "the translation where there is one, and links, sources and ids as marks that the program protects."))  # fmt: skip
    one.add_argument("form", metavar="FORM", choices=("xliff",), help="xliff")
    one.add_argument("locale", metavar="LOCALE", help="the locale, for example ne")
    one.add_argument("path", metavar="PATH", nargs="?", help="one page below docs/en/ (default: every page)")
    one.add_argument("--to-do", action="store_true", help="only pages that are missing, outdated or not finished")
    one.add_argument("--output", metavar="FILE", help="where to write (default dist/LOCALE.xlf, or dist/LOCALE--page-path.xlf)")
    one.add_argument("--replace", action="store_true", help="write over a file that is there already")
    one.set_defaults(run=export)

    one = commands.add_parser("import", help="take pages back from a translators' program", description=(
        "Read an XLIFF 1.2 file that export wrote and a translator filled in, and write its pages: same structure, stamp in place. "
        "A page is written as a whole or not at all. A page that somebody changed since the export is left alone."))  # fmt: skip
    one.add_argument("form", metavar="FORM", choices=("xliff",), help="xliff")
    one.add_argument("file", metavar="FILE", help="the XLIFF file")
    one.add_argument("--method", choices=("human", "machine", "machine-reviewed"), help="who translated (default: as the page says, "
                     "human for a new one)")  # fmt: skip
    one.add_argument("--replace", action="store_true", help="let the file win over pages that were changed since the export")
    one.set_defaults(run=take)


def _site(root: Path) -> Site:
    from portal import tree
    from portal.site import assemble

    return assemble(*tree.read(root))


def export(arguments: argparse.Namespace, root: Path) -> int:
    """Write the XLIFF file and say what is in it."""
    from portal import exchange, paths, scaffold, translation, writer, xliff

    site = _site(root)
    locale = _locale(site, arguments.locale, "export xliff")
    if arguments.path:
        wanted = [scaffold.source_for(site, locale.tag, arguments.path).path]
    else:
        wanted = [path for path in site.source_paths() if translation.is_for_translation(path)]
    if arguments.to_do:
        wanted = [path for path in wanted if translation.status(site, locale, path).state != "up-to-date"]
        if not wanted:
            print(f"{paths.DOCS}/{locale.tag}/: every page is translated and up to date, nothing was written.")
            return 0
    name = f"{locale.tag}--{wanted[0].removesuffix('.md').replace('/', '--')}.xlf" if arguments.path else f"{locale.tag}.xlf"
    file = Path(arguments.output) if arguments.output else root / "dist" / name
    documents = [exchange.document(site, locale, path) for path in wanted]
    text = xliff.write(documents, site.source_locale.lang)
    if file.exists() and not arguments.replace and file.read_bytes() != text.encode():
        raise WrongUse(f"{_near(file, root)}: is there already and may hold somebody's work. Move it away, or add --replace.")
    writer.write_text(file, text)
    units = [unit for document in documents for unit in document.units]
    left = sum(unit.target is None or unit.state in xliff.STALE for unit in units)
    print(f"{_near(file, root)}: {_count(len(documents), 'page')}, {_count(len(units), 'block')}, {left} of them to translate.")
    return 0


def take(arguments: argparse.Namespace, root: Path) -> int:
    """Write the pages of an XLIFF file; say for each what was done. Exit code 1 where a page was refused."""
    from portal import xliff

    file = Path(arguments.file)
    name = _near(file, root)
    try:
        documents = xliff.read(file.read_bytes())
    except OSError as error:
        raise WrongUse(f"{name}: the file cannot be read ({error.strerror}).") from None
    except xliff.NotXliff as error:
        raise PortalError(f"{name}: {error}. Save it as XLIFF 1.2, and export again if it stays so.") from None
    if not documents:
        raise PortalError(f"{name}: there is no page in it. Export again.")
    site = _site(root)
    refused = written = 0
    for document in documents:
        reasons = _take_one(arguments, root, site, document)
        if reasons is None:
            continue
        for line, message in reasons[:MOST_REASONS]:
            print(f"{name}:{line}: {document.path}: {message}")
        if len(reasons) > MOST_REASONS:
            print(f"{name}: {document.path}: {len(reasons) - MOST_REASONS} more of this kind.")
        refused += bool(reasons)
        written += not reasons
    if refused:
        print(f"{_count(refused, 'page')} not written, {written} written. What was not written is as it was.")
    elif written:
        print("Then run `python3 scripts/docs.py check --changed`.")
    else:
        print(f"{name}: nothing in it differs from the pages, nothing was written.")
    return int(refused > 0)


def _take_one(arguments: argparse.Namespace, root: Path, site: Site, document: Document) -> Sequence[tuple[int, str]] | None:
    """Write one page. Return what stands against it, an empty list where it was written, None where nothing changed."""
    from portal import exchange, paths, stamps, translation, writer

    source = site.source_page(document.path)
    locale = next((entry for entry in site.locales if entry.lang.lower() == document.lang.lower() and not entry.is_source), None)
    if source is None or not translation.is_for_translation(document.path):
        return [(document.line, "there is no English page at this path. It was moved or deleted; see `python3 scripts/docs.py status`.")]
    if locale is None:
        known = ", ".join(entry.lang for entry in site.locales if not entry.is_source)
        return [(document.line, f"no locale declares the language '{document.lang}'. Known: {known}.")]
    page = site.pages.get((locale.tag, document.path))
    method = arguments.method or _method(page)
    try:
        taken = exchange.take(site, locale, document, method, is_replacing=arguments.replace)
    except exchange.Refused as refused:
        return refused.reasons
    if taken is None:
        return None
    text = taken.text
    if taken.is_stamped:
        if old := exchange.old_source(site, document):
            stamps.remember(root, old)
        text = stamps.with_stamp(text, document.source_blob, method)
    elif page and arguments.method:
        text = stamps.with_stamp(text, _stamp(page) or document.source_blob, method)
    file = paths.repo_path(locale.tag, document.path)
    writer.write_text(root / file, text)
    print(f"{file}: {_said(taken, page, locale)}")
    for note in taken.notes:
        print(f"{file}: {note}")
    return []


def _said(taken: Taken, page: Page | None, locale: Locale) -> str:
    what = f"{_count(taken.changed, 'block')} changed" if page else f"written with {_count(taken.changed, 'block')}"
    if taken.left:
        return f"{what}, {taken.left} still in English; readers see the English page until they are done."
    if taken.is_stamped or page is None:
        return f"{what}."
    return f"{what}. When it matches the English: python3 scripts/docs.py mark-synced {locale.tag} {page.path}"


def _l10n(page: Page | None) -> dict[str, Any]:
    found = page.meta.get("l10n") if page else None
    return found if isinstance(found, dict) else {}


def _method(page: Page | None) -> str:
    return str(_l10n(page).get("method", "human"))


def _stamp(page: Page) -> str:
    return str(_l10n(page).get("source_blob", ""))


def _locale(site: Site, tag: str, command: str) -> Locale:
    from portal.suggest import did_you_mean

    tags = [locale.tag for locale in site.locales if not locale.is_source]
    if tag not in tags:
        raise WrongUse(f"{command} {tag}: no such locale. {did_you_mean(tag, tags) or 'Known: ' + ', '.join(tags) + '.'}")
    return site.locale(tag)


def _near(file: Path, root: Path) -> str:
    """Return a path as a person at the project's folder would write it."""
    return file.relative_to(root).as_posix() if file.is_relative_to(root) else file.as_posix()


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
