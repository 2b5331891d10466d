"""Find out what must be built again: a fingerprint of everything a locale's pages depend on."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from portal import pictures, translation
from portal.build import join
from portal.model import Locale, Site

CODE = ("scripts/hooks.py", "scripts/portal", "overrides", "requirements.txt")
_LOCALE_DATA = ("docs/_data/glossary/", "docs/_data/strings/")
_NOT_PAGES = ("docs/_data/sections/", "docs/_data/redirects.yml", "docs/_data/addresses.yml")


def digest(parts: Iterable[bytes | str]) -> str:
    """Return one short hash over parts, order and borders included."""
    total = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        total.update(b"%d:" % len(data))
        total.update(data)
    return total.hexdigest()[:32]


def code(root: Path) -> str:
    """Return the fingerprint of our own code, templates and pins (print templates and byte code left out)."""
    files: list[Path] = []
    for name in CODE:
        path = root / name
        files += sorted(path.rglob("*")) if path.is_dir() else [path]
    wanted = [f for f in files if f.is_file() and f.suffix != ".pyc" and "overrides/print" not in f.as_posix()]
    parts: list[bytes | str] = [sys.version]
    for file in wanted:
        parts += [file.relative_to(root).as_posix(), file.read_bytes()]
    return digest(parts)


def everything(tree: Mapping[str, bytes], code_fingerprint: str, settings: Iterable[str]) -> str:
    """Return the fingerprint of the whole input: when it is the same, nothing has to be done."""
    parts: list[bytes | str] = [code_fingerprint, *settings]
    for name in sorted(tree):
        parts += [name, tree[name]]
    return digest(parts)


def rendering(tree: Mapping[str, bytes], code_fingerprint: str) -> str:
    """Return the fingerprint of what every rendered article depends on besides its own Markdown: see build/cache.py."""
    parts: list[bytes | str] = [code_fingerprint, tree.get("mkdocs.yml", b"")]
    for name in sorted(tree):
        parts += [name, tree[name]] if name.startswith(_LOCALE_DATA) else [name]
    return digest(parts)


def shared(site: Site, today: str) -> str:
    """Return what every locale's pages show of the others: the state of all translations, and which reviews are due."""
    states = [[s.locale, s.path, s.state, s.method, list(s.changed or ())] for s in translation.all_statuses(site)]
    overdue = [p for p in site.source_paths() if (page := site.source_page(p)) and str(page.meta.get("review_due") or "9") < today]
    return digest([json.dumps(states), json.dumps(overdue)])


def locale(site: Site, tree: Mapping[str, bytes], where: Locale, code_fingerprint: str, shared_fingerprint: str) -> str:
    """Return the fingerprint of one locale's pages.

    A page shows its own text, the source text (fallbacks), records, strings, the state of all translations
    (language links, status table) and whether its review date has passed; nothing else of other locales.
    """
    source = site.source_locale.tag
    own = (f"docs/{where.tag}/", f"docs/{source}/", "mkdocs.yml")
    data = tuple(f"{folder}{tag}.yml" for folder in _LOCALE_DATA for tag in (where.tag, source))
    parts: list[bytes | str] = [code_fingerprint, where.tag, site.config.site_url, str(site.config.has_cards)]
    for name in sorted(tree):
        is_data = name.startswith("docs/_data/") and not name.startswith((*_LOCALE_DATA, *_NOT_PAGES))
        if name.startswith(own) or name in data or is_data:
            parts += [name, tree[name]]
        elif name in join.WEIGHED or name.startswith(pictures.FOLDER):
            parts += [name, tree[name]]  # the weight of the first, the size of the others is printed on pages
        elif name.startswith("docs/assets/"):
            parts += [name, tree[name]] if where.is_source else [name]  # publish takes the assets from the source locale's stage
    return digest([*parts, shared_fingerprint])
