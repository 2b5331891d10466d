"""What was acknowledged is on the disk, together with others, and takes the same time for everyone."""

from __future__ import annotations

import asyncio
import re
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from signup_kit import Service, preview, serving

from signup import database as room
from signup import people
from signup.database import BusyError, Database, InUseError
from signup.limits import Rate
from signup.people import Asking, Signup
from signup.schema import SchemaError, connect


@pytest.fixture()
def database(tmp_path: Path) -> Iterator[Database]:
    """Return a started database with one table."""
    started = Database(tmp_path / "x.sqlite3")
    started.start()
    started.submit(lambda db: db.execute("CREATE TABLE word (text TEXT)")).result()
    yield started
    started.stop()


def add(db: sqlite3.Connection, word: str) -> None:
    """Write one word."""
    db.execute("INSERT INTO word VALUES (?)", (word,))


def fail(db: sqlite3.Connection) -> None:
    """Write and fail."""
    add(db, "never")
    raise ZeroDivisionError


def test_many_jobs_share_one_commit_and_one_that_fails_fails_alone(database: Database) -> None:
    gate = threading.Event()
    database.submit(lambda _: gate.wait(10))
    good = [database.submit(partial(add, word=str(number))) for number in range(20)]
    bad = database.submit(fail)
    gate.set()
    for future in good:
        future.result(10)
    with pytest.raises(ZeroDivisionError):
        bad.result(10)
    with closing(sqlite3.connect(database.path)) as db:
        assert db.execute("SELECT count(*) FROM word").fetchone() == (20,)


def test_nobody_is_told_before_the_commit(database: Database, tmp_path: Path) -> None:
    def seen_from_outside() -> int:
        with closing(sqlite3.connect(database.path)) as db:
            return int(db.execute("SELECT count(*) FROM word").fetchone()[0])

    counts: list[int] = []
    done = threading.Event()

    def told(_: object) -> None:
        counts.append(seen_from_outside())
        done.set()

    database.submit(partial(add, word="a")).add_done_callback(told)
    assert done.wait(10)
    assert counts == [1]


def test_a_disk_that_fails_keeps_nothing_and_says_so(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    class FullDisk:
        in_transaction = False

        def execute(self, statement: str) -> None:
            if statement == "COMMIT":
                raise sqlite3.OperationalError("database or disk is full")

    commit = room._commit_together
    monkeypatch.setattr(room, "_commit_together", lambda _db, batch: commit(FullDisk(), batch))  # type: ignore[arg-type]
    with pytest.raises(sqlite3.OperationalError):
        database.submit(lambda _: None).result(10)


def test_too_much_waiting_work_is_turned_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOST_WAITING", 2)
    database = Database(tmp_path / "x.sqlite3")  # not started: nobody takes work away
    database.submit(lambda _: None)
    database.submit(lambda _: None)
    with pytest.raises(BusyError):
        database.submit(lambda _: None)
    database.stop()


def test_a_waiting_asker_who_goes_away_does_not_disturb(database: Database) -> None:
    async def ask() -> None:
        gate = threading.Event()
        database.submit(lambda _: gate.wait(10))
        task = asyncio.create_task(database.run(partial(add, word="a")))
        await asyncio.sleep(0.01)
        task.cancel()
        gate.set()
        await database.run(partial(add, word="b"))

    asyncio.run(ask())
    assert database.is_alive()


def test_a_busy_service_answers_503_with_a_page(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(_: object, job: Callable[[sqlite3.Connection], object]) -> None:
        del job
        raise BusyError

    monkeypatch.setattr(Database, "submit", busy)
    answer = service.subscribe()
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    assert "Nothing was saved" in answer.text
    assert service.client.get("/subscription/health").status_code == 503
    monkeypatch.undo()
    assert service.client.get("/subscription/health").json()["status"] == "ok"


def test_a_second_service_on_the_same_database_is_refused(service: Service, tmp_path: Path) -> None:
    with pytest.raises(InUseError, match="another signup service"), serving(preview(tmp_path)):
        pytest.fail("started twice")
    assert service.subscribe().status_code == 200


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite3"
    path.write_text("this is not a database, by far not" * 100, encoding="utf-8")
    with pytest.raises(SchemaError, match="no signup database"):
        Database(path).start()
    with closing(connect(tmp_path / "y.sqlite3")) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(SchemaError, match="layout 99"):
        connect(tmp_path / "y.sqlite3")


def test_full_durability_is_on(tmp_path: Path) -> None:
    with closing(connect(tmp_path / "x.sqlite3")) as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert db.execute("PRAGMA synchronous").fetchone() == (2,)
        assert db.execute("PRAGMA foreign_keys").fetchone() == (1,)
    assert (tmp_path / "x.sqlite3").stat().st_mode & 0o077 == 0


def test_new_waiting_and_subscribed_addresses_cost_the_same_statements(tmp_path: Path) -> None:
    """Times on a busy machine prove little; the same statements in the same order do the same work."""
    with closing(connect(tmp_path / "x.sqlite3")) as db:

        def traced(address: str) -> list[str]:
            statements: list[str] = []
            asking = Asking(1.8e9, address.encode(), Rate(burst=9, every=1), "example.org")
            db.set_trace_callback(statements.append)
            people.sign_up(db, Signup(address, ("en",), "en", "1"), asking)
            db.set_trace_callback(None)
            return [re.sub(r"'[^']*'|\b[\d.]+(e\+?\d+)?\b", "?", statement) for statement in statements]

        traced("old@example.org")
        [(request_id,)] = db.execute("SELECT id FROM request").fetchall()
        people.confirm(db, request_id, 1.8e9, "example.org")
        traced("waiting@example.org")
        new, waiting, old = (traced(f"{who}@example.org") for who in ("new", "waiting", "old"))
        assert len(new) == 6
        assert [one.split("(")[0] for one in new] == [one.split("(")[0] for one in waiting]
        assert [one.split("(")[0] for one in new] == [one.split("(")[0] for one in old]
        limited = Asking(1.8e9, b"x", Rate(burst=1, every=1e9), "example.org")
        assert people.sign_up(db, Signup("x@example.org", ("en",), "en", "1"), limited)
        before = db.total_changes
        assert not people.sign_up(db, Signup("x@example.org", ("en",), "en", "1"), limited)
        assert db.total_changes > before  # being refused waits for the disk as well
