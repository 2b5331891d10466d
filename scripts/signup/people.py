"""Keep who asked, who confirmed and who left. Each function is one transaction's work."""

from __future__ import annotations

import secrets
import sqlite3
from dataclasses import dataclass
from typing import Literal

from signup import limits, mailbag
from signup.limits import Rate


@dataclass(frozen=True, slots=True)
class Signup:
    """One form that a person sent, as far as it is to be kept."""

    address: str
    lists: tuple[str, ...]
    locale: str
    text_version: str
    ip: str | None = None


@dataclass(frozen=True, slots=True)
class Asking:
    """What comes with each form: when, under which limit, from which mail domain."""

    now: float
    limit_key: bytes
    rate: Rate
    domain: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a link: `done`, or `gone` because it has no effect any more."""

    state: Literal["done", "gone"]
    locale: str | None = None
    uid: str = ""


def sign_up(db: sqlite3.Connection, signup: Signup, asking: Asking) -> bool:
    """Write down one signup and the mail that it causes; return False if the address asked too often.

    New, waiting and subscribed addresses take the same statements in the same
    order: neither the answer nor its time may tell who is on the list.
    """
    if not _may_ask(db, asking):
        return False
    person_id = _person(db, signup.address, asking.now)
    request_id = secrets.token_urlsafe(16)
    db.execute(
        "INSERT INTO request (id, person_id, lists, locale, text_version, ip, asked_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (request_id, person_id, " ".join(signup.lists), signup.locale, signup.text_version, signup.ip, asking.now),
    )
    rows = db.execute("SELECT list_id FROM membership WHERE person_id = ? AND left_at IS NULL", (person_id,))
    is_on_all = set(signup.lists) <= {row[0] for row in rows.fetchall()}
    mailbag.put(
        db,
        "already" if is_on_all else "confirm",
        person_id=person_id,
        locale=signup.locale,
        now=asking.now,
        domain=asking.domain,
        request_id=request_id,
    )
    return True


def request_locale(db: sqlite3.Connection, request_id: str) -> str | None:
    """Return the locale in which this request was made, None if it is not here any more."""
    row = db.execute("SELECT locale FROM request WHERE id = ? AND voided_at IS NULL", (request_id,)).fetchone()
    return None if row is None else str(row[0])


def confirm(db: sqlite3.Connection, request_id: str, now: float, domain: str) -> Outcome:
    """Put the person on the lists they asked for. A second press changes nothing and says the same."""
    row = db.execute(
        "SELECT person_id, uid, lists, locale, confirmed_at FROM request JOIN person ON person.id = person_id"
        " WHERE request.id = ? AND voided_at IS NULL",
        (request_id,),
    ).fetchone()
    if row is None:
        return Outcome("gone")
    person_id, uid, lists, locale, confirmed_at = row
    if confirmed_at is None:
        db.execute("UPDATE request SET confirmed_at = ? WHERE id = ?", (now, request_id))
        for list_id in lists.split():
            db.execute(
                "INSERT INTO membership (person_id, list_id, request_id, confirmed_at) VALUES (?, ?, ?, ?)"
                " ON CONFLICT DO UPDATE SET request_id = excluded.request_id,"
                " confirmed_at = excluded.confirmed_at, left_at = NULL WHERE left_at IS NOT NULL",
                (person_id, list_id, request_id, now),
            )
        mailbag.put(db, "welcome", person_id=person_id, locale=locale, now=now, domain=domain, request_id=request_id)
    return Outcome("done", locale, uid)


def person_locale(db: sqlite3.Connection, uid: str) -> str | None:
    """Return the locale in which this person last dealt with us, None if they are not here."""
    row = db.execute(
        "SELECT locale FROM request JOIN person ON person.id = person_id WHERE uid = ? ORDER BY request.asked_at DESC",
        (uid,),
    ).fetchone()
    return None if row is None else str(row[0])


def leave(db: sqlite3.Connection, uid: str, now: float) -> Outcome:
    """Take the person off all lists, make open requests void, and stop mails that wait."""
    locale = person_locale(db, uid)
    row = db.execute("SELECT id FROM person WHERE uid = ?", (uid,)).fetchone()
    if row is None:
        return Outcome("gone")
    db.execute("UPDATE membership SET left_at = ? WHERE person_id = ? AND left_at IS NULL", (now, row[0]))
    db.execute("UPDATE request SET voided_at = ? WHERE person_id = ? AND voided_at IS NULL", (now, row[0]))
    db.execute("DELETE FROM mail WHERE person_id = ? AND state = 'waiting'", (row[0],))
    return Outcome("done", locale, uid)


def forget(db: sqlite3.Connection, *, uid: str = "", address: str = "") -> Outcome:
    """Delete everything about one person, found by link or by address."""
    row = db.execute("SELECT id, uid FROM person WHERE uid = ? OR address = ?", (uid, address)).fetchone()
    if row is None:
        return Outcome("gone")
    locale = person_locale(db, row[1])
    db.execute("DELETE FROM person WHERE id = ?", (row[0],))
    return Outcome("done", locale)


def ask_for_link(db: sqlite3.Connection, address: str, locale: str, asking: Asking) -> None:
    """Send the person a link to leave, if they are here; note the question in any case."""
    if not _may_ask(db, asking):
        return
    row = db.execute("SELECT id FROM person WHERE address = ?", (address,)).fetchone()
    if row is not None:
        mailbag.put(db, "manage", person_id=row[0], locale=locale, now=asking.now, domain=asking.domain)


def _person(db: sqlite3.Connection, address: str, now: float) -> int:
    row = db.execute(
        "INSERT INTO person (uid, address, asked_at) VALUES (?, ?, ?)"
        " ON CONFLICT (address) DO UPDATE SET asked_at = excluded.asked_at RETURNING id",
        (secrets.token_urlsafe(16), address, now),
    ).fetchone()
    return int(row[0])


def _may_ask(db: sqlite3.Connection, asking: Asking) -> bool:
    """Count one question about an address. It writes in any case: a refusal must not be faster."""
    row = db.execute("SELECT due FROM address_limit WHERE key = ?", (asking.limit_key,)).fetchone()
    due = 0.0 if row is None else float(row[0])
    following = limits.next_due(due, asking.now, asking.rate)
    db.execute(
        "INSERT INTO address_limit (key, due, asked_at) VALUES (?, ?, ?)"
        " ON CONFLICT (key) DO UPDATE SET due = excluded.due, asked_at = excluded.asked_at",
        (asking.limit_key, due if following is None else following, asking.now),
    )
    return following is not None
