"""Keep what is dear to make again: parsed pages and rendered articles, each under a fingerprint of all it depends on.

The files are pickles in .cache/ that only this program writes; one that cannot be read is thrown away.
"""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

from portal.build.plan import digest
from portal.model import Page


def load(path: Path, salt: str) -> dict[str, Any]:
    """Return what was kept under this salt, or nothing."""
    try:
        kept_salt, kept = pickle.loads(path.read_bytes())  # noqa: S301 (our own file)
    except (OSError, ValueError, TypeError, EOFError, AttributeError, ImportError, pickle.UnpicklingError):
        return {}
    return kept if kept_salt == salt and isinstance(kept, dict) else {}


def save(path: Path, salt: str, kept: dict[str, Any]) -> None:
    """Keep a dictionary, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".part")
    temporary.write_bytes(pickle.dumps((salt, kept), protocol=5))
    temporary.replace(path)


class Articles:
    """The rendered articles of one locale: MkDocs' page gets back what its Markdown gave the last time.

    `salt` covers code, configuration, the names of all files (links are resolved against them), glossary and strings;
    the key of a page adds its Markdown with footnotes and the settings of its article.
    """

    def __init__(self, path: Path, salt: str) -> None:
        self.path, self.salt = path, salt
        self.known = load(path, salt)
        self.used: dict[str, Any] = {}

    def stand_in(self, page: Any, settings: str) -> None:
        """Let `page.render` look here first. Called when the page's Markdown is about to be rendered."""
        render = page.render

        def lookup(config: Any, files: Any) -> None:
            key = digest([page.file.src_uri, page.markdown, settings])
            if (kept := self.known.get(key)) is None:
                render(config, files)
                links = {file.src_uri: anchors for file, anchors in (page.links_to_anchors or {}).items()}
                kept = (page.content, page.toc, page._title_from_render, page.present_anchor_ids, links)
            else:
                page.content, page.toc, page._title_from_render, page.present_anchor_ids, links = kept
                found = {files.get_file_from_path(uri): anchors for uri, anchors in links.items()}
                page.links_to_anchors = {file: anchors for file, anchors in found.items() if file is not None}
            self.used[key] = kept

        page.render = lookup

    def keep(self) -> None:
        """Keep what this build used, and forget the rest."""
        if self.used != self.known:
            save(self.path, self.salt, self.used)


def pages(path: Path, salt: str) -> dict[str, Page]:
    """Return the parsed pages of the last build by file; a page counts only where its blob is still the same."""
    return load(path, salt)
