"""Bring the built locales and everything beside the pages together, and put them in place in one step."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from portal import writer
from portal.build import headers
from portal.model import Site


def publish(site: Site, stages: Mapping[str, Path], extra: Mapping[str, bytes], place: Path) -> dict[str, int]:
    """Publish the staged locales at `place`. Returns {"pages": …, "files": …, "bytes": …} of what is there now.

    `stages` maps a locale tag to the folder MkDocs wrote for it; `extra` holds files made by later steps by their
    path below the site.
    """
    new = place.with_name(place.name + ".new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    source = site.source_locale.tag
    for tag, stage in stages.items():
        if tag == source:
            shutil.copytree(stage, new, dirs_exist_ok=True)
            continue
        for folder in (tag, f"search/{tag}"):
            if (stage / folder).is_dir():
                shutil.copytree(stage / folder, new / folder, ignore=shutil.ignore_patterns("assets"), dirs_exist_ok=True)
    for leftover in ("sitemap.xml.gz",):
        (new / leftover).unlink(missing_ok=True)
    writer.write_files(new, {**headers.files(site), **extra})
    counts = {"pages": 0, "files": 0, "bytes": 0}
    for file in new.rglob("*"):
        if file.is_file():
            counts["files"] += 1
            counts["pages"] += file.suffix == ".html"
            counts["bytes"] += file.stat().st_size
    writer.replace_folder(new, place)
    return counts
