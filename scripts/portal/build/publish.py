"""Bring the built locales and everything beside the pages together, and put them in place in one step."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from portal import paths, report, writer
from portal.build import bundle, headers, worker
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


def publish(site: Site, stages: Mapping[str, Path], extra: Extra, place: Path) -> dict[str, int]:
    """Publish the staged locales at `place`. Returns {"pages": …, "files": …, "bytes": …} of what is there now.

    `stages` maps a locale tag to the folder MkDocs wrote for it; `extra` is what later steps made.
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
        _add_bundles(site, new, stages)
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


def _add_bundles(site: Site, new: Path, stages: Mapping[str, Path]) -> None:
    """Add the offline copy of each locale, and write its size into the downloads page."""
    for tag in stages:
        locale = site.locale(tag)
        data = bundle.bundle(site, locale, new)
        writer.write_files(new, {f"{downloads.FOLDER}/{downloads.offline_name(tag)}": data})
        page = new / paths.address(locale, "downloads/index.md")
        if page.exists():
            writer.write_text(page, page.read_text(encoding="utf-8").replace("%offline%", report.size(len(data))))


def _facts(say: Speaker, made: Made) -> str:
    size = report.size(made.size)
    return say.say("downloads.facts", pages=made.pages, size=size) if made.pages else size
