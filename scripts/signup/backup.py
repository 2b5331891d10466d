"""Copy the database while the service runs, and put a copy back in its place."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from signup.database import lock
from signup.schema import VERSION, version_of


class BackupError(RuntimeError):
    """A copy that cannot be made or used: place, fact, cure."""


def back_up(database: Path, copy: Path) -> int:
    """Write a copy of `database` with SQLite's online backup; return how many people are in it.

    The copy is whole however busy the service is, and appears only when it has been checked.

    Raises:
        BackupError: there is no database, or the copy is damaged.
    """
    if not database.is_file():
        raise BackupError(f"{database}: there is no database. Check SIGNUP_DATABASE.")
    copy.parent.mkdir(parents=True, exist_ok=True)
    part = copy.with_name(copy.name + "-part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    try:
        with closing(sqlite3.connect(database, timeout=10)) as source, closing(sqlite3.connect(part)) as target:
            source.backup(target, pages=256, sleep=0.01)
            target.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
        count = check(part)
        _to_disk(part)
        part.replace(copy)
    finally:
        part.unlink(missing_ok=True)
    return count


def restore(copy: Path, database: Path) -> tuple[int, Path | None]:
    """Put a checked copy in the place of `database`; return its people and where the old one went.

    Raises:
        BackupError: the copy is damaged or of another version.
        InUseError: the service runs.
    """
    with closing(lock(database)):
        count = check(copy)
        part = database.with_name(database.name + "-part")
        part.unlink(missing_ok=True)
        part.touch(mode=0o600)
        with closing(sqlite3.connect(copy)) as source, closing(sqlite3.connect(part)) as target:
            source.backup(target)
        _to_disk(part)
        kept = _put_aside(database)
        part.replace(database)
        _to_disk(database.parent)
    return count, kept


def check(path: Path) -> int:
    """Return how many people are in the copy at `path`, or raise `BackupError`."""
    if not path.is_file():
        raise BackupError(f"{path}: there is no such file. Name the file that 'backup' wrote.")
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as db:
            verdict = db.execute("PRAGMA integrity_check").fetchone()[0]
            version = version_of(db)
            if verdict != "ok":
                raise BackupError(f"{path}: is damaged ({verdict}). Take an older copy.")
            if version != VERSION:
                raise BackupError(f"{path}: has layout {version}, this service knows {VERSION}. Use its service.")
            return int(db.execute("SELECT count(*) FROM person").fetchone()[0])
    except sqlite3.DatabaseError as error:
        raise BackupError(f"{path}: is no signup database ({error}). Take another copy.") from error


def _put_aside(database: Path) -> Path | None:
    """Rename the present database; its write-ahead log is brought in first, or it would be lost."""
    if not database.exists():
        return None
    kept = database.with_name(f"{database.name}-before-{time.strftime('%Y%m%dT%H%M%S')}")
    try:
        with closing(sqlite3.connect(database, timeout=10)) as db:
            db.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.DatabaseError:
        pass  # damaged: that may be why a copy is put back
    database.replace(kept)
    for ending in ("-wal", "-shm"):
        leftover = database.with_name(database.name + ending)
        if leftover.exists():
            leftover.replace(kept.with_name(kept.name + ending))
    return kept


def _to_disk(path: Path) -> None:
    """Wait until a file, or a folder's list of names, is on the disk."""
    if os.name == "nt" and path.is_dir():
        return  # Windows cannot open a folder and does not need it
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
