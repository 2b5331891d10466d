"""Try the way out: build the twelve locales with Zensical from the same docs/ and mkdocs.yml, and say what differs.

    python3 tests/zensical_trial.py            makes its own environment in .cache/zensical, works on a copy, prints a table

Standard library only. Exit code 1 where Zensical no longer builds every page; what is known to differ is only told
(docs/en/contribute/decisions/leaving-mkdocs.md).
"""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WANTED = "zensical-i18n>=0.3,<0.4"
STUB = '{% extends "main.html" %}\n'
OWN_FRAME = ("main.html", "base.html", "404.html")
_LOCALE = re.compile(r"\{locale: ([\w-]+),.*?lang: ([\w-]+)")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_HEADING_ID = re.compile(r"^#{2,6} .*\{ #([\w-]+) \}", re.MULTILINE)
_NOTICE = re.compile(r'<aside class="md-i18n-notice".*?<p>(.*?)</p>', re.DOTALL)
_TICK = re.compile(r"^\s*[-*] \[[ xX]\] ", re.MULTILINE)
Row = tuple[str, str, str]


def main() -> int:
    """Run both trials; return the exit code."""
    program = install(ROOT / ".cache" / "zensical")
    versions = subprocess.run([program.with_name("pip"), "list", "--format=freeze"], capture_output=True, text=True, check=True).stdout
    print(", ".join(line for line in versions.splitlines() if line.startswith("zensical")))
    with tempfile.TemporaryDirectory() as folder:
        project = copy(Path(folder))
        good, seconds, said = build(program, project)
        print(f"\nOur templates: {'built' if good else 'not built'} in {seconds:.1f} s. {'' if good else said}")
        with_stubs(project)
        good, seconds, said = build(program, project)
        print(f"Zensical's own frame: {'built' if good else 'not built'} in {seconds:.1f} s. {'' if good else said}")
        if not good:
            return 1
        rows, missing = compare(project)
        print("\n| What | Wanted | Found |\n|---|---|---|")
        for row in rows:
            print(f"| {' | '.join(row)} |")
        if missing:
            print(f"\nPages that are missing: {', '.join(missing[:10])}{' …' if len(missing) > 10 else ''}")
        return int(bool(missing))


def install(home: Path) -> Path:
    """Make an environment of its own with Zensical in it; return the program."""
    program = home / "bin" / "zensical-i18n"
    if not program.exists():
        venv.create(home, with_pip=True, clear=True)
        subprocess.run([home / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", WANTED], check=True)
    return program


def copy(folder: Path) -> Path:
    """Copy what a build reads."""
    for name in ("docs", "overrides"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("print"))
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return folder


def build(program: Path, project: Path) -> tuple[bool, float, str]:
    """Build without anything kept from before; return whether it worked, seconds, and the first line of what went wrong."""
    start = time.monotonic()
    done = subprocess.run([program, "build", "--clean"], cwd=project, capture_output=True, text=True, check=False, timeout=900)
    lines = _COLOUR.sub("", done.stdout + done.stderr).splitlines()
    fault = next((line for line in lines if re.match(r"\w*Error: ", line)), "no reason given")
    return done.returncode == 0, time.monotonic() - start, fault


def with_stubs(project: Path) -> None:
    """Put a one-line template in the place of each of ours, so that pages that name one find it."""
    stubs = project / "stubs"
    stubs.mkdir()
    for file in (project / "overrides").glob("*.html"):
        if file.name not in OWN_FRAME:
            (stubs / file.name).write_text(STUB)
    settings = (project / "mkdocs.yml").read_text(encoding="utf-8")
    (project / "mkdocs.yml").write_text(settings.replace("custom_dir: overrides", "custom_dir: stubs"), encoding="utf-8")


def compare(project: Path) -> tuple[list[Row], list[str]]:
    """Return rows of what we want and what there is, and the pages that are missing."""
    site, docs = project / "site", project / "docs"
    locales = _LOCALE.findall((project / "mkdocs.yml").read_text(encoding="utf-8"))
    paths = [file.relative_to(docs / "en") for file in sorted((docs / "en").rglob("*.md"))]
    missing: list[str] = []
    ids = lost = ticks = kept = raw = marked = fallbacks = noticed = 0
    langs: list[str] = []
    for tag, lang in locales:
        top = site if tag == "en" else site / tag
        for path in paths:
            page, own = top / path.with_suffix(".html"), docs / tag / path
            if not page.exists():
                missing.append(page.relative_to(site).as_posix())
                continue
            text, html = (own if own.exists() else docs / "en" / path).read_text(encoding="utf-8"), page.read_text(encoding="utf-8")
            wanted = _HEADING_ID.findall(text)
            ids, lost = ids + len(wanted), lost + sum(f'id="{name}"' not in html for name in wanted)
            ticks, kept = ticks + len(_TICK.findall(text)), kept + html.count('class="task-list-item"')
            raw += len(re.findall(r"\[\^[a-z0-9-]+\]", re.sub(r"<(code|pre)\b.*?</\1>", "", html, flags=re.DOTALL)))
            if tag != "en" and not own.exists():
                fallbacks += 1
                marked += bool(re.search(r'<article[^>]* lang="en"', html))
                noticed += bool(notice := _NOTICE.search(html)) and "This page hasn" not in notice[1]
        declared = re.search(r'<html lang="([^"]*)"', (top / "index.html").read_text(encoding="utf-8"))
        if declared and declared[1] != lang:
            langs.append(f"{tag} says {declared[1]}, not {lang}")
    module = site / "ta/toolkits/employers/repaying-fees.html"
    rows = [
        ("pages", str(len(paths) * len(locales)), str(len(paths) * len(locales) - len(missing))),
        ("heading ids kept", str(ids), str(ids - lost)),
        ("tick items", str(ticks), str(kept)),
        ("sources left as raw marks", "0", str(raw)),
        ("locales with the wrong language tag", "0", f"{len(langs)} ({'; '.join(langs)})" if langs else "0"),
        ("English text under a locale marked as English", str(fallbacks), str(marked)),
        ("notice on it in the reader's language", str(fallbacks), str(noticed)),
        ("first view of a module in Tamil, compressed", "at most 100 kB", f"{first_view(module) / 1000:.0f} kB"),
        ("search index in Thai, compressed", "loaded on demand", f"{_packed(site / 'th/search.json') / 1000:.0f} kB"),
    ]
    return rows, missing


def first_view(page: Path) -> int:
    """Return the compressed bytes of a page with its styles and scripts."""
    text = page.read_text(encoding="utf-8")
    names = re.findall(r'<script src="([^"]+)"|<link rel="stylesheet" href="([^"]+)"', text)
    return _packed(page) + sum(_packed((page.parent / (script or style)).resolve()) for script, style in names)


def _packed(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), 9)) if file.exists() else 0


if __name__ == "__main__":
    sys.exit(main())
