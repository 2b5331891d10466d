"""Keep the mails that are to be sent: in the database, until the mail server has answered."""

from __future__ import annotations

import secrets
import sqlite3
from dataclasses import dataclass
from typing import Literal

Kind = Literal["confirm", "already", "welcome", "manage"]

LONGEST_PAUSE = 3600.0


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail to be sent, with all that its text is made of."""

    id: int
    message_id: str
    kind: Kind
    address: str
    uid: str
    request_id: str
    lists: tuple[str, ...]
    locale: str
    attempts: int
    made_at: float


def put(
    db: sqlite3.Connection,
    kind: Kind,
    *,
    person_id: int,
    locale: str,
    now: float,
    domain: str,
    request_id: str | None = None,
) -> None:
    """Add a mail. Its Message-ID is made here and stays, however often sending is tried."""
    message_id = f"<{secrets.token_hex(12)}@{domain}>"
    db.execute(
        "INSERT INTO mail (message_id, kind, person_id, request_id, locale, made_at, due_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (message_id, kind, person_id, request_id, locale, now, now),
    )


def next_due(db: sqlite3.Connection, now: float) -> Mail | None:
    """Return the mail that has waited longest and may be sent now."""
    row = db.execute(
        "SELECT mail.id, message_id, kind, address, uid, mail.request_id, request.lists, mail.locale, attempts, made_at"
        " FROM mail JOIN person ON person.id = mail.person_id LEFT JOIN request ON request.id = mail.request_id"
        " WHERE state = 'waiting' AND due_at <= ? ORDER BY due_at, mail.id LIMIT 1",
        (now,),
    ).fetchone()
    if row is None:
        return None
    mail_id, message_id, kind, address, uid, request_id, lists, locale, attempts, made_at = row
    return Mail(
        id=mail_id,
        message_id=message_id,
        kind=kind,
        address=address,
        uid=uid,
        request_id=request_id or "",
        lists=tuple((lists or "").split()),
        locale=locale,
        attempts=attempts,
        made_at=made_at,
    )


def next_due_at(db: sqlite3.Connection) -> float | None:
    """Return when the next mail may be sent, None if none is waiting."""
    row = db.execute("SELECT min(due_at) FROM mail WHERE state = 'waiting'").fetchone()
    return None if row[0] is None else float(row[0])


def note_sent(db: sqlite3.Connection, mail_id: int, now: float) -> None:
    """Note that the mail server has taken the mail."""
    db.execute("UPDATE mail SET state = 'sent', sent_at = ? WHERE id = ?", (now, mail_id))


def note_refused(db: sqlite3.Connection, mail_id: int, now: float) -> None:
    """Note that the mail server will never take the mail: it is not tried again."""
    db.execute("UPDATE mail SET state = 'refused', sent_at = ? WHERE id = ?", (now, mail_id))


def note_deferred(db: sqlite3.Connection, mail: Mail, now: float, first_pause: float) -> None:
    """Note that this mail must wait: twice as long each time, an hour at most."""
    pause = min(LONGEST_PAUSE, first_pause * 2.0 ** min(mail.attempts, 20))
    db.execute("UPDATE mail SET attempts = attempts + 1, due_at = ? WHERE id = ?", (now + pause, mail.id))


def waiting(db: sqlite3.Connection) -> tuple[int, float | None]:
    """Return how many mails wait and since when the oldest does."""
    count, oldest = db.execute("SELECT count(*), min(made_at) FROM mail WHERE state = 'waiting'").fetchone()
    return int(count), oldest


def keep_here(db: sqlite3.Connection, row: tuple[str, float, bytes]) -> bool:
    """Put a mail (Message-ID, time, text) into the local outbox; return False if it is there already."""
    statement = "INSERT INTO local_outbox (message_id, made_at, message) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
    return db.execute(statement, row).rowcount == 1
