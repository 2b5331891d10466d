"""Make all PDFs of the site from its built pages: in parallel, only what changed, kept by fingerprint."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor, Future, as_completed
from dataclasses import dataclass
from pathlib import Path

from portal import git, paths, writer
from portal.build import pdf, pdf_finish, pdf_impose, pdf_plan
from portal.build.pdf_words import Facts
from portal.errors import PortalError
from portal.model import Locale, PagePath, Site
from portal.views.downloads import Made
from portal.views.page import speaker

FOLDER = "downloads"
_DAY_OF_ZIP = (1980, 1, 1, 0, 0, 0)  # the oldest a zip can hold: the same bytes every time


@dataclass(frozen=True)
class Printing:
    """All PDFs of a build: files by their path below the site, what is known of each by its name, what went wrong."""

    files: dict[str, bytes]
    known: dict[str, Made]
    problems: list[str]


def everything(
    root: Path, site: Site, stages: Mapping[str, Path], cache: Path, pool: Executor, progress: Callable[[int, int, str], None]
) -> Printing:
    """Return the files for downloads/ and what is known of them.

    PDFs that are not in the cache are made in `pool`; of each toolkit there is a second one with two pages on a sheet,
    of each locale one zip with all its PDFs.
    """
    commits = git.last_commits(root)
    (cache / "pdf").mkdir(parents=True, exist_ok=True)
    kept: dict[str, Path] = {}
    waiting: dict[Future[None], str] = {}
    for tag, stage in stages.items():
        for document in pdf_plan.documents(site, site.locale(tag)):
            pages = pages_of(document, stage)
            facts = facts_of(site, document, commits)
            path = cache / "pdf" / f"{pdf.fingerprint(document, pages, facts)}.pdf"
            kept[document.file] = path
            if not path.exists():
                waiting[pool.submit(_make, document, pages, _plain(site, document, commits), path)] = document.file
    problems = _await(waiting, progress)
    if problems:
        return Printing({}, {}, problems)
    files = {f"{FOLDER}/{name}": path.read_bytes() for name, path in kept.items()}
    made = {name: _known(path) for name, path in kept.items()}
    for name, path in kept.items():
        small = path.with_suffix(".2up.pdf")
        if small.exists():
            files[f"{FOLDER}/{name.replace('.pdf', '.2up.pdf')}"] = small.read_bytes()
    for tag in stages:
        name = f"portal-pdf.{tag}.zip"
        files[f"{FOLDER}/{name}"] = archive({n: p.read_bytes() for n, p in kept.items() if n.endswith(f".{tag}.pdf")})
        made[name] = Made(name, 0, len(files[f"{FOLDER}/{name}"]))
    _forget(cache / "pdf", kept.values())
    return Printing(files, made, [])


def pages_of(document: pdf_plan.Document, stage: Path) -> dict[PagePath, str]:
    """Return the built HTML of a document's pages. Raises PortalError where one was not built."""
    found = {}
    for leaf in document.leaves:
        file = stage / paths.address(document.locale, leaf.path)
        if not file.exists():
            raise PortalError(f"{file.name}: the page was not built. Run `python3 scripts/docs.py build` first.")
        found[leaf.path] = file.read_text(encoding="utf-8")
    return found


def facts_of(site: Site, document: pdf_plan.Document, commits: Mapping[str, str]) -> Facts:
    """Return what an edition states: its newest edition, else review date, and the last commit that touched one of them."""
    say = speaker(site, document.locale)
    edition, commit = _edition(site, document, commits)
    return Facts(edition=edition, commit=commit, site_url=site.config.site_url, say=say.say, date=say.date)


@dataclass(frozen=True)
class _Plain:
    """Facts that can travel to a worker: everything but the voice, which is made again there."""

    site: Site
    edition: str
    commit: str
    locale: Locale


def _plain(site: Site, document: pdf_plan.Document, commits: Mapping[str, str]) -> _Plain:
    edition, commit = _edition(site, document, commits)
    strings = {tag: site.strings.get(tag, {}) for tag in (document.locale.tag, site.source_locale.tag)}
    slim = Site(site.config, site.locales, {}, {}, {}, {}, {}, strings, {}, {}, frozenset(), frozenset())
    return _Plain(slim, edition, commit, document.locale)


def _edition(site: Site, document: pdf_plan.Document, commits: Mapping[str, str]) -> tuple[str, str]:
    sources = [page for leaf in document.leaves if (page := site.source_page(leaf.path))]
    reviewed = max((str(page.meta.get("reviewed") or "") for page in sources), default="") or "2026-11-24"
    stated = site.editions.get(document.key, ()) if document.kind == "toolkit" else ()
    edition = stated[0].date if stated else reviewed
    pages = [site.pages.get((document.locale.tag, leaf.path)) or site.source_page(leaf.path) for leaf in document.leaves]
    order = {commit: place for place, commit in enumerate(dict.fromkeys(commits.values()))}
    touched = [commits[page.file] for page in pages if page and page.file in commits]
    return edition, min(touched, key=lambda commit: order[commit], default="")


def _make(document: pdf_plan.Document, pages: Mapping[PagePath, str], plain: _Plain, path: Path) -> None:
    """Make one PDF (and, of a toolkit, the small one) in this worker process."""
    say = speaker(plain.site, plain.locale)
    facts = Facts(edition=plain.edition, commit=plain.commit, site_url=plain.site.config.site_url, say=say.say, date=say.date)
    data = pdf.build_document(document, pages, facts)
    if document.kind == "toolkit":
        path.with_suffix(".2up.pdf").write_bytes(pdf_impose.two_up(data))
    writer.write_text(path.with_suffix(".json"), json.dumps({"pages": pdf_finish.page_count(data), "size": len(data)}))
    temporary = path.with_suffix(".new")
    temporary.write_bytes(data)
    temporary.replace(path)


def _await(waiting: Mapping[Future[None], str], progress: Callable[[int, int, str], None]) -> list[str]:
    problems: list[str] = []
    progress(0, len(waiting), "PDFs")
    for done, future in enumerate(as_completed(waiting), 1):
        progress(done, len(waiting), waiting[future])
        if error := future.exception():
            ours = isinstance(error, PortalError)
            text = str(error) if ours else f"{waiting[future]}: the PDF was not made ({type(error).__name__}: {error})."
            problems += text.splitlines()
    return sorted(problems)


def _known(path: Path) -> Made:
    facts = json.loads(path.with_suffix(".json").read_text())
    return Made(path.name, int(facts["pages"]), int(facts["size"]))


def archive(files: Mapping[str, bytes]) -> bytes:
    """Return a zip of these files, the same bytes for the same files. PDFs are compressed already: they are only stored."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as made:
        for name in sorted(files):
            made.writestr(zipfile.ZipInfo(name, _DAY_OF_ZIP), files[name])
    return out.getvalue()


def _forget(folder: Path, kept: Iterable[Path]) -> None:
    """Delete PDFs of the cache that nothing refers to any more."""
    wanted = {path.stem for path in kept}
    for file in folder.iterdir():
        if file.name.split(".")[0] not in wanted:
            file.unlink()
