"""Bring the built locales and everything beside the pages together, and put them in place in one step."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from portal import paths, report, writer
from portal.build import bundle, headers, worker, zim
from portal.model import Site
from portal.strings import Speaker
from portal.views import downloads, moved
from portal.views.downloads import Made
from portal.views.page import speaker


@dataclass(frozen=True)
class Extra:
    """What stands beside the pages: files by their path below the site, and what is known of the PDFs among them."""

    files: Mapping[str, bytes]
    known: Mapping[str, Made] = field(default_factory=dict)


@dataclass(frozen=True)
class Work:
    """How to work: the folder for what is dear to make, and how many processes side by side (0: one per core)."""

    cache: Path
    jobs: int = 0


def publish(site: Site, stages: Mapping[str, Path], extra: Extra, place: Path, work: Work) -> dict[str, int]:
    """Publish the staged locales at `place`. Returns {"pages": …, "files": …, "bytes": …} of what is there now.

    `stages` maps a locale tag to the folder MkDocs wrote for it; `extra` is what later steps made.
    Raises PortalError where a copy for Kiwix cannot be made; `place` is then as it was.
    """
    new = place.with_name(place.name + ".new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    source = site.source_locale.tag
    for tag, stage in stages.items():
        if tag == source:
            writer.link_tree(stage, new)
            continue
        for folder in (tag, f"search/{tag}", f"keep/{tag}"):
            if (stage / folder).is_dir():
                writer.link_tree(stage / folder, new / folder, leave_out=frozenset(("assets",)))
    for leftover in ("sitemap.xml.gz",):
        (new / leftover).unlink(missing_ok=True)
    moves = tuple(move for move in moved.moves(site) if (new / move.new).exists())
    writer.write_files(new, {**headers.files(site), **moved.hosts(moves), **moved.pages(site, moves), **extra.files})
    _fill_downloads(site, new, stages, extra.known)
    writer.write_files(new, worker.files(site, new))
    if extra.known:
        _add_copies(site, new, stages, work)
    counts = {"pages": 0, "files": 0, "bytes": 0}
    for folder, _, names in os.walk(new):
        counts["files"] += len(names)
        counts["pages"] += sum(name.endswith(".html") for name in names)
        counts["bytes"] += sum((Path(folder) / name).stat().st_size for name in names)
    writer.replace_folder(new, place)
    return counts


def _fill_downloads(site: Site, new: Path, stages: Mapping[str, Path], known: Mapping[str, Made]) -> None:
    """Write pages and size of each PDF into the pages that offer it; without PDFs take the offers out."""
    offering = downloads.offering(site)
    for tag in stages:
        say = speaker(site, site.locale(tag))
        facts = {name: _facts(say, made) for name, made in known.items()}
        for path in offering:
            file = new / paths.address(site.locale(tag), path)
            text = file.read_text(encoding="utf-8") if file.exists() else ""
            if "<!--pdf-->" in text:
                writer.write_text(file, downloads.fill(text, facts))


def _add_copies(site: Site, new: Path, tags: Iterable[str], work: Work) -> None:
    """Add the offline copies of each locale, as a zip and for Kiwix, and write their sizes into the downloads page."""
    copies = {tag: bundle.files(site, site.locale(tag), new) for tag in tags}
    archives = zim.everything(site, copies, work.cache, work.jobs)
    for tag, copy in copies.items():
        locale = site.locale(tag)
        data = bundle.bundle(site, locale, copy)
        whole = archives[tag].read_bytes()
        files = {downloads.offline_name(tag): data, downloads.zim_name(tag): whole}
        writer.write_files(new, {f"{downloads.FOLDER}/{name}": made for name, made in files.items()})
        page = new / paths.address(locale, "downloads/index.md")
        if page.exists():
            text = page.read_text(encoding="utf-8").replace("%offline%", report.size(len(data))).replace("%zim%", report.size(len(whole)))
            writer.write_text(page, text)


def _facts(say: Speaker, made: Made) -> str:
    size = report.size(made.size)
    return say.say("downloads.facts", pages=made.pages, size=size) if made.pages else size
