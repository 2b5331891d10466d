"""Write the subscribers down in the form that listmonk imports, and as JSON."""

from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

COLUMNS = ("email", "name", "attributes")  # listmonk's import; attributes is a JSON object


@dataclass(frozen=True, slots=True)
class Subscriber:
    """One person on one list, with the record of their consent."""

    email: str
    list_id: str
    locale: str
    asked_at: str
    confirmed_at: str
    text_version: str


def subscribers(db: sqlite3.Connection) -> list[Subscriber]:
    """Return who is on a list now, by locale and address."""
    rows = db.execute(
        "SELECT address, list_id, membership.locale, request.asked_at, membership.confirmed_at, text_version"
        " FROM membership JOIN person ON person.id = membership.person_id"
        " JOIN request ON request.id = membership.request_id"
        " WHERE left_at IS NULL ORDER BY membership.locale, address, list_id"
    )
    return [
        Subscriber(address, list_id, locale, _time(asked), _time(confirmed), version)
        for address, list_id, locale, asked, confirmed, version in rows.fetchall()
    ]


def write_export(db: sqlite3.Connection, folder: Path, lists: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Write `<locale>.csv` for each list and `subscribers.json`; return how many are in each file.

    Args:
        db: the database.
        folder: where to; made if missing. Files are readable by their owner only.
        lists: pairs of list id and locale; a list without subscribers gets an empty file.
    """
    everyone = subscribers(db)
    folder.mkdir(parents=True, exist_ok=True)
    counts: dict[str, int] = {}
    for list_id, locale in lists:
        members = [one for one in everyone if one.list_id == list_id]
        _write(folder / f"{locale}.csv", listmonk_csv(members))
        counts[f"{locale}.csv"] = len(members)
    rows = [{field: getattr(one, field) for field in Subscriber.__slots__} for one in everyone]
    _write(folder / "subscribers.json", json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
    counts["subscribers.json"] = len(rows)
    return counts


def listmonk_csv(members: Sequence[Subscriber]) -> str:
    """Return the text of one import file. Names stay empty: we never asked for one."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in members:
        attributes = {
            "locale": one.locale,
            "asked_at": one.asked_at,
            "confirmed_at": one.confirmed_at,
            "text_version": one.text_version,
        }
        writer.writerow((one.email, "", json.dumps(attributes)))
    return out.getvalue()


def _write(path: Path, text: str) -> None:
    """Write in one step, for the owner's eyes: half an export must never be imported."""
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8", newline="") as file:
        file.write(text)
    part.replace(path)


def _time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
