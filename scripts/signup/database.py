"""One thread owns the database; many requests share one commit.

A commit with full durability waits for the disk. So the event loop never
touches SQLite: it hands its work to this thread, which takes whatever has
gathered meanwhile, does it in one transaction, commits once, and only then
tells each asker that it is done.
"""

from __future__ import annotations

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

from signup.schema import connect

T = TypeVar("T")
Job = Callable[[sqlite3.Connection], Any]

MOST_TOGETHER = 200
MOST_WAITING = 2000  # at 50 signups a second, 40 s of a stuck disk


class BusyError(RuntimeError):
    """Too much work is waiting; nothing was written."""


class InUseError(RuntimeError):
    """Another process already serves this database: place, fact, cure."""


class Database:
    """The thread, its queue and its lock against a second server on the same file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._jobs: queue.Queue[tuple[Job, Future[Any]] | None] = queue.Queue(MOST_WAITING)
        self._lock: sqlite3.Connection | None = None
        self._thread = threading.Thread(target=self._work, name="signup database", daemon=True)

    def start(self) -> None:
        """Open the database and start the thread.

        Raises:
            InUseError: another service has it; each would send every mail again.
            SchemaError: the file is no database of this service.
        """
        self._lock = lock(self.path)
        try:
            # Opened once here, so that a bad file is reported to the caller and not in the thread.
            connect(self.path).close()
        except BaseException:
            self._lock.close()
            raise
        self._thread.start()

    def stop(self) -> None:
        """Finish the work that waits, close the database, let others have it."""
        if self._thread.is_alive():
            self._jobs.put(None)
            self._thread.join()
        if self._lock is not None:
            self._lock.close()

    def is_alive(self) -> bool:
        """Tell whether the thread still works."""
        return self._thread.is_alive()

    def submit(self, job: Callable[[sqlite3.Connection], T]) -> Future[T]:
        """Hand over `job`; the future has its result once the commit is on the disk.

        Raises:
            BusyError: too many jobs wait.
        """
        future: Future[T] = Future()
        try:
            self._jobs.put_nowait((job, future))
        except queue.Full as error:
            raise BusyError from error
        return future

    async def run(self, job: Callable[[sqlite3.Connection], T]) -> T:
        """Do `job` and return its result after the commit, without blocking the event loop."""
        return await asyncio.wrap_future(self.submit(job))

    def _work(self) -> None:
        db = connect(self.path)
        try:
            is_open = True
            while is_open:
                batch = [self._jobs.get()]
                while len(batch) < MOST_TOGETHER and batch[-1] is not None:
                    try:
                        batch.append(self._jobs.get_nowait())
                    except queue.Empty:
                        break
                is_open = batch[-1] is not None
                _commit_together(db, [item for item in batch if item is not None])
        finally:
            db.close()


def lock(path: Path) -> sqlite3.Connection:
    """Return what keeps other processes from serving `path`; closing it (or dying) lets go.

    An exclusive transaction on a file of its own works on every system, and the
    kernel drops it with the process, however that ends.

    Raises:
        InUseError: somebody else holds it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    held = sqlite3.connect(f"{path}-lock", timeout=0, isolation_level=None, check_same_thread=False)
    try:
        held.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        held.close()
        raise InUseError(f"{path}: another signup service is using it. Stop that one, or set SIGNUP_DATABASE.") from error
    return held


def _commit_together(db: sqlite3.Connection, batch: list[tuple[Job, Future[Any]]]) -> None:
    """Do all jobs in one transaction; one that fails takes back its own changes only."""
    done: list[tuple[Future[Any], Any]] = []
    wanted = [(job, future) for job, future in batch if future.set_running_or_notify_cancel()]
    try:
        db.execute("BEGIN IMMEDIATE")
        for job, future in wanted:
            db.execute("SAVEPOINT job")
            try:
                result = job(db)
            except Exception as error:  # noqa: BLE001 -- whatever it is, its asker gets it
                db.execute("ROLLBACK TO job")
                future.set_exception(error)
            else:
                done.append((future, result))
            db.execute("RELEASE job")
        db.execute("COMMIT")
    except sqlite3.Error as error:  # disk full, disk gone: nothing of this batch is kept
        if db.in_transaction:
            db.execute("ROLLBACK")
        for _, future in wanted:
            if not future.done():
                future.set_exception(error)
        return
    for future, result in done:
        future.set_result(result)
