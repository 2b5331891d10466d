"""Write to disk so that nothing is ever half there."""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2  # linux/fs.h, fcntl.h


def write_text(path: Path, text: str) -> None:
    """Write a text file by way of a temporary one beside it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(path.name + ".new")
    temporary.write_text(text, encoding="utf-8", newline="\n")
    temporary.replace(path)


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write `{path: bytes}` into a folder that nobody looks at yet."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)  # it may be a link to a file of the cache
        path.write_bytes(data)


def link_tree(source: Path, target: Path, leave_out: frozenset[str] = frozenset()) -> None:
    """Bring a folder's files into another as hard links: the same files under a second name, in no time.

    Folders named in `leave_out` are passed over. Where a link is impossible the file is copied. Whoever changes a file
    of the target writes a new one in its place (`write_text`).
    """
    for folder, folders, names in os.walk(source):
        below = os.path.relpath(folder, source)
        folders[:] = [name for name in folders if name not in leave_out]
        place = target if below == "." else target / below
        place.mkdir(parents=True, exist_ok=True)
        for name in names:
            start, end = os.path.join(folder, name), os.path.join(place, name)  # noqa: PTH118 (thousands of files)
            with contextlib.suppress(FileNotFoundError):
                os.unlink(end)  # noqa: PTH108
            try:
                os.link(start, end)
            except OSError:
                shutil.copyfile(start, end)


def replace_folder(new: Path, place: Path) -> None:
    """Put the folder `new` at `place` in one step and remove what was there.

    On Linux the two are exchanged by one system call (renameat2), so that a reader never sees neither. Elsewhere
    two renames follow each other; `restore` mends the gap if the machine stops between them.
    """
    old = place.with_name(place.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if place.exists() and _exchange(new, place):
        shutil.rmtree(new, ignore_errors=True)
        return
    if place.exists():
        place.replace(old)
    new.replace(place)
    shutil.rmtree(old, ignore_errors=True)


def restore(place: Path) -> None:
    """Bring back the old folder if a replacement was interrupted between its two renames."""
    old = place.with_name(place.name + ".old")
    if old.exists() and not place.exists():
        old.replace(place)


def _exchange(one: Path, other: Path) -> bool:
    if not sys.platform.startswith("linux"):
        return False
    with contextlib.suppress(OSError, AttributeError):
        library = ctypes.CDLL(None, use_errno=True)
        return bool(library.renameat2(_AT_FDCWD, bytes(one), _AT_FDCWD, bytes(other), _RENAME_EXCHANGE) == 0)
    return False
