"""Delete what is no longer needed: whoever never confirmed, whoever left, mails long sent."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Purged:
    """How many rows went."""

    requests: int
    memberships: int
    mails: int
    people: int


def purge(db: sqlite3.Connection, now: float, *, confirm_days: int, left_days: int) -> Purged:
    """Delete what has outlived its purpose and return the counts.

    The days to confirm run from the moment the mail server took the mail, not
    from the form: a mail server that was down for a week costs nobody their signup.
    """
    unconfirmed = now - confirm_days * DAY
    requests = db.execute(
        "DELETE FROM request WHERE confirmed_at IS NULL AND asked_at <= :before AND NOT EXISTS ("
        " SELECT 1 FROM mail WHERE mail.request_id = request.id AND (state = 'waiting' OR sent_at > :before))",
        {"before": unconfirmed},
    ).rowcount
    memberships = db.execute("DELETE FROM membership WHERE left_at <= ?", (now - left_days * DAY,)).rowcount
    requests += db.execute("DELETE FROM request WHERE confirmed_at IS NOT NULL AND voided_at <= ?", (now - left_days * DAY,)).rowcount
    mails = db.execute("DELETE FROM mail WHERE state <> 'waiting' AND sent_at <= ?", (unconfirmed,)).rowcount
    people = db.execute(
        "DELETE FROM person WHERE NOT EXISTS (SELECT 1 FROM request WHERE person_id = person.id)"
        " AND NOT EXISTS (SELECT 1 FROM membership WHERE person_id = person.id)"
        " AND NOT EXISTS (SELECT 1 FROM mail WHERE person_id = person.id AND state = 'waiting')"
    ).rowcount
    db.execute("DELETE FROM address_limit WHERE due < ?", (now - DAY,))
    db.execute("DELETE FROM local_outbox WHERE made_at <= ?", (unconfirmed,))
    return Purged(requests, memberships, mails, people)
