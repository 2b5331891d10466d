"""Load the signup service and tell how long answers take and whether anything was lost.

Usage: python tests/bench/signup_load.py [--rate 50] [--seconds 60] [--budget-ms 250]

The service runs as in production (its own process, SMTP, full durability) on one core
where the system can bind it; this program and its mail server use the others. Signups
are sent at fixed times, however slow the answers are, so a service that stalls cannot hide
it. Everything stays on 127.0.0.1. On a machine that is busy with other things the figures
tell of those things; the lateness in sending shows whether it was.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import multiprocessing
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "tests" / "signup")]

from signup_kit import MailServer, free_port, wait_until  # noqa: E402
from test_signup_crash import mails_waiting  # noqa: E402


class Answer(NamedTuple):
    """How long one answer took, how late we were with sending (our own fault), and whether it was a yes."""

    seconds: float
    late: float
    yes: bool


class MailSink:
    """The mail server, in a process of its own: its work must not disturb the clock of those who wait."""

    def __init__(self) -> None:
        self.port = free_port()
        self._ours, theirs = multiprocessing.Pipe()
        self._process = multiprocessing.get_context("fork").Process(target=self._serve, args=(self.port, theirs), daemon=True)
        self._process.start()
        self._ours.recv()

    def stop(self) -> list[str]:
        """Stop and return who got a mail, in order."""
        self._ours.send(None)
        recipients: list[str] = self._ours.recv()
        self._process.join(10)
        return recipients

    @staticmethod
    def _serve(port: int, pipe: Connection) -> None:
        server = MailServer(port)
        server.start()
        pipe.send(None)
        pipe.recv()
        server.stop()
        pipe.send([recipient for recipient, _ in server.taken])


def environment(folder: Path, smtp_port: int) -> dict[str, str]:
    """Return the settings of a live service without limits, since all signups come from here."""
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT / "scripts"),
        "SIGNUP_MODE": "live",
        "SIGNUP_DATABASE": str(folder / "signup.sqlite3"),
        "SIGNUP_BASE_URL": "https://portal.example.org",
        "SIGNUP_FROM": "Portal <news@portal.example.org>",
        "SIGNUP_LISTS": "en=en,bn=bn,th=th,zh-Hant=zh-Hant",
        "SIGNUP_SECRET": "s" * 40,
        "SIGNUP_SMTP_HOST": "127.0.0.1",
        "SIGNUP_SMTP_PORT": str(smtp_port),
        "SIGNUP_SMTP_SECURITY": "none",
        "SIGNUP_LIMIT_NETWORK": "999999/0.001",
    }


def bind_to_one_core(process: subprocess.Popen[bytes]) -> str:
    """Bind the service to the last core, ourselves to the others; return what was possible."""
    if not hasattr(os, "sched_setaffinity"):
        return "not bound (this system cannot)"
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(process.pid, {cores[-1]})
    if len(cores) > 1:
        os.sched_setaffinity(0, set(cores[:-1]))
    return f"one core of {len(cores)}"


async def sign_up(port: int, number: int, due: float) -> Answer:
    """Send one form when it is due, whether or not earlier ones have been answered."""
    await asyncio.sleep(max(0.0, due - time.perf_counter()))
    start = time.perf_counter()
    body = urlencode({"email": f"load{number}@example.org", "l": ("en", "bn", "th", "zh-Hant")[number % 4], "nonce": ""})
    try:
        async with asyncio.timeout(30):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            head = (
                f"POST /subscription/form HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n"
                f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
            )
            writer.write((head + body).encode("ascii"))
            answer = await reader.read()
            writer.close()
    except (OSError, TimeoutError):
        return Answer(time.perf_counter() - start, start - due, False)
    return Answer(time.perf_counter() - start, start - due, answer.startswith(b"HTTP/1.1 200"))


async def load(port: int, rate: float, seconds: float) -> list[Answer]:
    """Send all signups, each at its time."""
    start = time.perf_counter() + 0.5
    count = int(rate * seconds)
    return await asyncio.gather(*(sign_up(port, number, start + number / rate) for number in range(count)))


def percentile(sorted_values: list[float], part: float) -> float:
    """Return the value below which that part of the values lies."""
    return sorted_values[min(len(sorted_values) - 1, int(len(sorted_values) * part))]


def main() -> int:
    """Run the load, print the figures, return 1 if a budget is exceeded or anything is lost."""
    options = argparse.ArgumentParser(description="Load the signup service.")
    options.add_argument("--rate", type=float, default=50, help="signups a second (default: %(default)s)")
    options.add_argument("--seconds", type=float, default=60, help="for how long (default: %(default)s)")
    options.add_argument("--budget-ms", type=float, default=250, help="what p99 may be (default: %(default)s)")
    chosen = options.parse_args()
    sink = MailSink()
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        command = [sys.executable, "-m", "signup", "run", "--port", str(port)]
        process = subprocess.Popen(command, env=environment(folder, sink.port))
        try:
            bound = bind_to_one_core(process)
            wait_until(lambda: mails_waiting(port) == 0)
            results = asyncio.run(load(port, chosen.rate, chosen.seconds))
            ended = time.perf_counter()
            wait_until(lambda: mails_waiting(port) == 0, 600)
            drained = time.perf_counter() - ended
        finally:
            process.terminate()
            process.wait(30)
            used = resource.getrusage(resource.RUSAGE_CHILDREN)  # the service: nobody else has ended yet
            mailed = sink.stop()
        with contextlib.closing(sqlite3.connect(folder / "signup.sqlite3")) as db:
            stored = {row[0] for row in db.execute("SELECT address FROM person JOIN request ON person_id = person.id")}
    times = sorted(answer.seconds * 1000 for answer in results)
    late = sorted(answer.late * 1000 for answer in results)
    acknowledged = {f"load{number}@example.org" for number, answer in enumerate(results) if answer.yes}
    lost, unmailed = len(acknowledged - stored), len(stored - set(mailed))
    p99 = percentile(times, 0.99)
    print(f"signups: {len(results)} at {chosen.rate:g}/s on {bound}; acknowledged {len(acknowledged)}")
    print(
        f"answer ms: p50 {percentile(times, 0.5):.1f}, p90 {percentile(times, 0.9):.1f}, p99 {p99:.1f}, max {times[-1]:.1f}; our own lateness in sending: p99 {percentile(late, 0.99):.1f}"
    )
    cpu = used.ru_utime + used.ru_stime
    print(f"service CPU {cpu:.1f} s, its start included: {cpu * 1000 / len(results):.1f} ms for one signup and its mail")
    print(
        f"lost signups {lost}, lost mails {unmailed}, repeated mails {len(mailed) - len(set(mailed))}; outbox empty {drained:.1f} s later"
    )
    return int(lost > 0 or unmailed > 0 or len(acknowledged) < len(results) or p99 > chosen.budget_ms)


if __name__ == "__main__":
    sys.exit(main())
