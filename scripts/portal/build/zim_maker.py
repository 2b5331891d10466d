"""Write one ZIM archive: a program of its own, run by build/zim.py and imported by nothing.

It alone loads libzim, which is under GPL-3.0-or-later, so that the rest of the portal stays under MIT.
Input: a pickle on standard input, {"out", "language", "main", "icon", "metadata": {name: text},
"entries": [(path, title, media type, bytes, is a page)]}. The archive is written to `out`, whole or not at all.
"""

from __future__ import annotations

import pickle
import sys
from pathlib import Path
from typing import Any

from libzim.writer import Creator, Hint, Item, StringProvider


class Entry(Item):  # type: ignore[misc]  # libzim has no types
    """One file of the archive."""

    def __init__(self, path: str, title: str, kind: str, data: bytes, is_page: bool) -> None:
        super().__init__()
        self.path, self.title, self.kind, self.data, self.is_page = path, title, kind, data, is_page

    def get_path(self) -> str:
        """Return the path in the archive."""
        return self.path

    def get_title(self) -> str:
        """Return what lists and search show."""
        return self.title

    def get_mimetype(self) -> str:
        """Return the media type."""
        return self.kind

    def get_contentprovider(self) -> Any:
        """Return what libzim reads the content from."""
        return StringProvider(self.data)

    def get_hints(self) -> dict[Any, int]:
        """Return whether the entry is a page of its own."""
        return {Hint.FRONT_ARTICLE: self.is_page, Hint.COMPRESS: True}


def main() -> int:
    """Write the archive that standard input describes."""
    job = pickle.loads(sys.stdin.buffer.read())  # noqa: S301 (from our own parent process)
    out = Path(job["out"])
    temporary = out.with_suffix(".part")
    temporary.unlink(missing_ok=True)
    creator = Creator(temporary).config_indexing(True, job["language"]).config_nbworkers(1)
    creator.set_mainpath(job["main"])
    with creator:
        creator.add_illustration(48, job["icon"])
        for name, value in job["metadata"].items():
            creator.add_metadata(name, value)
        for entry in job["entries"]:
            creator.add_item(Entry(*entry))
    temporary.replace(out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
