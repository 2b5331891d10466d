"""Make small projects for tests: the real configuration, templates and strings, but only the pages a test needs."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import yaml

REPO = Path(__file__).resolve().parent.parent
PAGE = """---
title: {title}
description: {description}
audience: [employers]
topics: [fees]
type: guidance
---

{body}
"""
STAMP = "l10n:\n  source_blob: {blob}\n  method: machine\n"


def page(title: str = "Repay fees", body: str = "## In short { #in-short }\n\n- Pay it back.\n") -> str:
    """Return an English page."""
    return PAGE.format(title=title, description=f"{title}, a page of a test, long enough to pass for a description.", body=body)


def translated(title: str, body: str, blob: str = "") -> str:
    """Return a translation, stamped where a blob id is given."""
    stamp = STAMP.format(blob=blob) if blob else ""
    description = f"{title}, một trang của bài kiểm tra, đủ dài để làm phần mô tả."
    return f"---\ntitle: {title}\ndescription: {description}\n{stamp}---\n\n{body}"


def project(root: Path, files: dict[str, str | bytes], locales: tuple[str, ...] = ("en", "vi"), nav: list[Any] | None = None) -> Path:
    """Write a project with these files and locales at `root` and return it."""
    root.mkdir(parents=True, exist_ok=True)
    settings = yaml.safe_load((REPO / "mkdocs.yml").read_text())
    plugin = settings["plugins"][0]["i18n"]
    plugin["languages"] = [language for language in plugin["languages"] if language["locale"] in locales]
    english = sorted(f.removeprefix("docs/en/") for f in files if f.startswith("docs/en/") and f.endswith(".md"))
    settings["nav"] = nav if nav is not None else english
    settings["extra"]["newsletter"]["lists"] = {tag: tag for tag in locales}
    (root / "mkdocs.yml").write_text(yaml.safe_dump(settings, allow_unicode=True, sort_keys=False))
    shutil.copytree(REPO / "overrides", root / "overrides", ignore=shutil.ignore_patterns("print"), dirs_exist_ok=True)
    (root / "scripts").mkdir(exist_ok=True)
    shutil.copy(REPO / "scripts" / "hooks.py", root / "scripts" / "hooks.py")
    shutil.copytree(REPO / "docs" / "assets", root / "docs" / "assets", dirs_exist_ok=True)
    for tag in locales:
        name = f"docs/_data/strings/{tag}.yml"
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(REPO / name, root / name)
    write(root, files)
    return root


def write(root: Path, files: dict[str, str | bytes]) -> None:
    """Write files below a root."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
