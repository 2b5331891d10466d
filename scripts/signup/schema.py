"""Lay out the database and open it so that what was committed stays committed."""

from __future__ import annotations

import sqlite3
from pathlib import Path

VERSION = 1

TABLES = """
CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,            -- stands for the person in links
    address TEXT NOT NULL UNIQUE,
    asked_at REAL NOT NULL               -- last time somebody typed the address
);
-- One row for each form that was sent: what was asked for, in which words. Confirmed, it is the consent record.
CREATE TABLE request (
    id TEXT PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
    lists TEXT NOT NULL,                 -- list ids, parted by blanks
    locale TEXT NOT NULL,
    text_version TEXT NOT NULL,
    ip TEXT,                             -- only where SIGNUP_KEEP_IP=yes
    asked_at REAL NOT NULL,
    confirmed_at REAL,
    voided_at REAL                       -- the person left; old links must not bring them back
) WITHOUT ROWID;
CREATE INDEX request_person ON request (person_id);
CREATE INDEX request_age ON request (asked_at);
CREATE TABLE membership (
    person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
    list_id TEXT NOT NULL,
    request_id TEXT NOT NULL,
    confirmed_at REAL NOT NULL,
    left_at REAL,
    PRIMARY KEY (person_id, list_id)
) WITHOUT ROWID;
-- What is to be sent. The text is made when it is sent, so that answering a form takes the same time for everyone.
CREATE TABLE mail (
    id INTEGER PRIMARY KEY,
    message_id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,                  -- confirm | already | welcome | manage
    person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
    request_id TEXT,
    locale TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting',  -- waiting | sent | refused
    attempts INTEGER NOT NULL DEFAULT 0,
    made_at REAL NOT NULL,
    due_at REAL NOT NULL,
    sent_at REAL
);
CREATE INDEX mail_due ON mail (state, due_at);
CREATE INDEX mail_request ON mail (request_id);
CREATE INDEX mail_person ON mail (person_id);
-- How often an address was asked for; the key is a keyed hash, so that a deleted person stays deleted.
CREATE TABLE address_limit (
    key BLOB PRIMARY KEY,
    due REAL NOT NULL,
    asked_at REAL NOT NULL
) WITHOUT ROWID;
-- Only in preview: where mails go instead of being sent.
CREATE TABLE local_outbox (
    id INTEGER PRIMARY KEY,
    message_id TEXT NOT NULL UNIQUE,
    made_at REAL NOT NULL,
    message BLOB NOT NULL
);
"""


class SchemaError(RuntimeError):
    """A file that is not a database of this service: place, fact, cure."""


def connect(path: Path) -> sqlite3.Connection:
    """Open the database at `path`, made and laid out if it is new.

    Raises:
        SchemaError: the file is something else, or of a newer version of the service.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.touch(mode=0o600)  # it will hold addresses
    db = sqlite3.connect(path, timeout=10, isolation_level=None)
    try:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")  # a commit is on the disk before we say thank you
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("PRAGMA secure_delete = ON")  # a deleted address is overwritten, not only unlinked
        if version_of(db) == 0:
            _lay_out(db)
        if version_of(db) != VERSION:
            raise SchemaError(f"{path}: has layout {version_of(db)}, this service knows {VERSION}. Use the service that wrote it.")
    except sqlite3.DatabaseError as error:
        db.close()
        raise SchemaError(f"{path}: is no signup database ({error}). Move it away or restore a backup.") from error
    except SchemaError:
        db.close()
        raise
    return db


def version_of(db: sqlite3.Connection) -> int:
    """Return the layout's version, 0 for an empty file."""
    row = db.execute("PRAGMA user_version").fetchone()
    return int(row[0])


def _lay_out(db: sqlite3.Connection) -> None:
    """Make the tables, all or none, though another process may be doing so right now."""
    db.execute("BEGIN IMMEDIATE")
    try:
        if version_of(db) == 0:
            for statement in _statements(TABLES):
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {VERSION}")
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise


def _statements(script: str) -> list[str]:
    """Split a script at its statements' ends; `executescript` would commit in between."""
    found, current = [], ""
    for line in script.splitlines(keepends=True):
        current += line
        if sqlite3.complete_statement(current):
            found.append(current)
            current = ""
    return found
