"""Kill the service a hundred times in the middle of its work: nothing it acknowledged is lost, no mail is doubled.

The one exception that no program can avoid: the mail server had taken a mail and the
service was killed before it could note so. That mail, the one in flight, comes again
under the same Message-ID.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

from signup_kit import MailServer, wait_until

ROUNDS = 100
HERE = Path(__file__).parent


class Crowd:
    """People who subscribe, one after the other, in several threads; each address once."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.acknowledged: set[str] = set()
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._subscribe, args=(number,)) for number in range(3)]

    def __enter__(self) -> Crowd:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _subscribe(self, number: int) -> None:
        count = 0
        while not self._stop.is_set():
            count += 1
            email = f"p{number}-{count}@example.org"
            body = urlencode({"email": email, "l": "en", "nonce": ""})
            try:
                if post(self.port, body) == 200:
                    self.acknowledged.add(email)
            except (OSError, http.client.HTTPException):
                pass  # killed under our hands: not acknowledged
            time.sleep(0.01)  # people think; and the machine has other work


def post(port: int, body: str) -> int:
    """Send one form and return the status."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=2)) as connection:
        connection.request("POST", "/subscription/form", body, {"Content-Type": "application/x-www-form-urlencoded"})
        answer = connection.getresponse()
        answer.read()
        return answer.status


def mails_waiting(port: int) -> int:
    """Ask the service how many mails wait; -1 while it is not up."""
    try:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
            connection.request("GET", "/subscription/health")
            return int(json.loads(connection.getresponse().read())["mails_waiting"])
    except OSError:
        return -1


def test_a_hundred_kills_lose_nothing(tmp_path: Path, mail_server: MailServer) -> None:
    mail_server.slow = 0.002  # widens the moment between the server's answer and our note of it
    database = tmp_path / "signup.sqlite3"
    dice = random.Random(7)
    command = [sys.executable, str(HERE / "crash_child.py"), str(database), str(mail_server.port)]
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE.parents[1] / "scripts"), str(HERE)])}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environ) as nursery:
        assert nursery.stdin is not None
        assert nursery.stdout is not None
        port = int(nursery.stdout.readline())

        def start() -> int:
            assert nursery.stdin is not None
            assert nursery.stdout is not None
            nursery.stdin.write("start\n")
            nursery.stdin.flush()
            return int(nursery.stdout.readline())

        child = start()
        wait_until(lambda: mails_waiting(port) == 0)
        with Crowd(port) as crowd:
            for _ in range(ROUNDS):
                seen = len(crowd.acknowledged)
                wait_until(lambda seen=seen: len(crowd.acknowledged) > seen)  # type: ignore[misc]
                time.sleep(dice.uniform(0, 0.03))
                os.kill(child, signal.SIGKILL)
                child = start()
        wait_until(lambda: mails_waiting(port) == 0, 60)
        os.kill(child, signal.SIGKILL)
        nursery.stdin.close()
        nursery.wait(10)

    acknowledged = crowd.acknowledged
    assert len(acknowledged) >= ROUNDS
    with closing(sqlite3.connect(database)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        stored = {row[0] for row in db.execute("SELECT address FROM person JOIN request ON person_id = person.id")}
    assert acknowledged - stored == set(), "acknowledged signups lost"

    ids_of: dict[str, set[str]] = {}
    for recipient, message_id in mail_server.message_ids():
        ids_of.setdefault(recipient, set()).add(message_id)
    assert stored - set(ids_of) == set(), "mails lost"
    assert {len(ids) for ids in ids_of.values()} == {1}, "a person got two different mails"

    in_order = [message_id for _, message_id in mail_server.message_ids()]
    repeated = {message_id for message_id, count in Counter(in_order).items() if count > 1}
    for message_id in repeated:
        places = [place for place, one in enumerate(in_order) if one == message_id]
        # Only the last mail before a kill can come again, so its two copies stand side by side.
        assert places == list(range(places[0], places[0] + len(places))), "a mail that was not in flight came again"
    print(f"{ROUNDS} kills, {len(acknowledged)} acknowledged, {len(in_order)} mails, {len(in_order) - len(ids_of)} repeated in flight")
