"""Stamp a translation with the English text it matches, and remember that text's sections."""

from __future__ import annotations

import json
import re
from pathlib import Path

from portal import front_matter, paths, translation, writer, yaml_text
from portal.errors import WrongUse
from portal.model import Page, Site
from portal.suggest import did_you_mean

_STAMP = re.compile(r"^l10n:\n(?:[ \t]+.*\n?)*", re.MULTILINE)


def mark(root: Path, site: Site, tag: str, path: str, review: tuple[str, str] | None = None) -> str:
    """Stamp `path` of the locale `tag`; return a line that says what was done. Raises WrongUse where there is no such page.

    `review` is who read the translation against the English, and on which day.
    """
    page, source = site.pages.get((tag, path)), site.source_page(path)
    if page is None or source is None or page.locale == source.locale:
        known = [f"{t} {p}" for t, p in site.pages if t != site.source_locale.tag]
        raise WrongUse(f"mark-synced {tag} {path}: there is no such translation. {did_you_mean(f'{tag} {path}', known)}")
    remember(root, source)
    text = (root / page.file).read_text(encoding="utf-8")
    l10n = page.meta.get("l10n")
    method = str(l10n.get("method", "human")) if isinstance(l10n, dict) else "human"
    if review and method == "machine":
        method = "machine-reviewed"
    stamped = with_stamp(text, source.blob, method, review)
    if stamped == text:
        return f"{page.file}: matches the English already."
    writer.write_text(root / page.file, stamped)
    return f"{page.file}: stamped as matching {source.file} ({source.blob[:8]})" + (f", reviewed by {review[0]}." if review else ".")


def with_stamp(text: str, blob: str, method: str, review: tuple[str, str] | None = None) -> str:
    """Return the page's text with its `l10n` block set to this source text, and to a review where there is one; all else untouched."""
    parts = front_matter.split(text)
    lines = text.split("\n")
    head, rest = "\n".join(lines[1 : parts.body_line - 2]) + "\n", "\n".join(lines[parts.body_line - 2 :])
    l10n = parts.meta.get("l10n")
    more = {key: value for key, value in l10n.items() if key not in ("source_blob", "method")} if isinstance(l10n, dict) else {}
    if review:
        more |= {"reviewer": review[0], "reviewed_on": review[1]}
    kept = "".join(f"  {key}: {_quoted(value) if key == 'reviewer' else value}\n" for key, value in more.items())
    block = f"l10n:\n  source_blob: {blob}\n  method: {method}\n{kept}"
    head = _STAMP.sub("", head) + block
    return f"{front_matter.FENCE}\n{head}{rest}"


def remember(root: Path, source: Page) -> None:
    """Add the section hashes of this English text to the committed store, so that later changes can be named."""
    file = root / paths.DOCS / "_data" / "sections" / (source.path.removesuffix(".md").replace("/", "--") + ".yml")
    known = yaml_text.load(file.read_text(encoding="utf-8")) if file.exists() else {}
    if source.blob in (known or {}):
        return
    store = {**(known or {}), source.blob: translation.hashes(source)}
    lines = ["# Written by `docs.py mark-synced`: hashes of the sections of English texts that translations were made from."]
    for blob, sections in store.items():
        lines.append(f'"{blob}":')
        lines += [f'  {key}: "{value}"' for key, value in sections.items()]
    writer.write_text(file, "\n".join(lines) + "\n")


def _quoted(name: object) -> str:
    return json.dumps(str(name), ensure_ascii=False)
