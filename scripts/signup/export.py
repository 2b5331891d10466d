"""Write the subscribers down in the form that listmonk imports, and as JSON."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Mapping, Sequence
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


def subscribers(db: sqlite3.Connection, lists: Mapping[str, str]) -> list[Subscriber]:
    """Return who is on a list now, by locale and address; `lists` maps a list id to its locale."""
    rows = db.execute(
        "SELECT address, list_id, request.asked_at, membership.confirmed_at, text_version"
        " FROM membership JOIN person ON person.id = membership.person_id"
        " JOIN request ON request.id = membership.request_id"
        " WHERE left_at IS NULL"
    )
    found = [
        Subscriber(address, list_id, lists.get(list_id, ""), _time(asked), _time(confirmed), version)
        for address, list_id, asked, confirmed, version in rows.fetchall()
    ]
    return sorted(found, key=lambda one: (one.locale, one.list_id, one.email))


def write_export(db: sqlite3.Connection, folder: Path, lists: Mapping[str, str]) -> dict[str, int]:
    """Write `<locale>.csv` for each list and `subscribers.json`; return how many are in each file.

    Args:
        db: the database.
        folder: where to; made if missing. Files are readable by their owner only.
        lists: list id to locale; a list without subscribers gets an empty file.
    """
    everyone = subscribers(db, lists)
    folder.mkdir(parents=True, exist_ok=True)
    counts: dict[str, int] = {}
    for list_id, locale in lists.items():
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
    part.touch(mode=0o600, exist_ok=False)
    part.write_text(text, encoding="utf-8", newline="")
    part.replace(path)


def _time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
