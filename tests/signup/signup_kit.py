"""What the tests of the signup service share: a clock, a mail server, a running service."""

from __future__ import annotations

import re
import socket
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd import smtp
from aiosmtpd.controller import Controller
from httpx2 import Response
from starlette.testclient import TestClient

from signup.app import create_app
from signup.limits import Rate
from signup.preview import LocalMail, read_mail
from signup.settings import Settings, Smtp, for_preview

ORIGIN = "http://127.0.0.1:8000"
UNLIMITED = Rate(burst=10**6, every=0.001)


class Clock:
    """Seconds since the epoch, moved by the test."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now

    def go(self, *, days: float = 0, seconds: float = 0) -> None:
        """Let time pass."""
        self.now += days * 86_400 + seconds


def wait_until(holds: Callable[[], bool], seconds: float = 20.0) -> None:
    """Wait until `holds` does, or fail."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.005)


def preview(folder: Path, **changes: Any) -> Settings:
    """Return preview settings without limits by network, on a database in `folder`."""
    settings = for_preview(folder / "signup.sqlite3", base_url=ORIGIN)
    return replace(settings, **{"per_network": UNLIMITED, "retry_seconds": 0.02, **changes})


def live(folder: Path, port: int, **changes: Any) -> Settings:
    """Return settings that send by the mail server at `port` of this machine."""
    smtp = Smtp(host="127.0.0.1", port=port, security="none", timeout=10)
    return preview(folder, smtp=smtp, sender="Portal <news@portal.example.org>", **changes)


def free_port() -> int:
    """Return a port on which nobody listens."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Service:
    """A running service and what a test does with it."""

    client: TestClient
    settings: Settings
    clock: Clock

    def subscribe(self, email: str = "ana@example.org", *lists: str, **fields: str) -> Response:
        """Send the form."""
        data: dict[str, Any] = {"email": email, "l": list(lists or ("en",)), "nonce": "", **fields}
        return self.client.post("/subscription/form", data=data, follow_redirects=False)

    def mails(self) -> list[LocalMail]:
        """Wait until nothing is left to be sent, and return the local outbox, oldest first."""
        wait_until(lambda: self.client.get("/subscription/health").json()["mails_waiting"] == 0)
        rows = self.rows("SELECT id, message FROM local_outbox ORDER BY id")
        return [read_mail(row[0], parsed(row[1])) for row in rows]

    def link(self, door: str) -> str:
        """Return the newest link to /subscription/<door> in any mail."""
        links = [link for mail in self.mails() for link in mail.links if f"/subscription/{door}?" in link]
        return links[-1].removeprefix(ORIGIN)

    def subscribed(self, email: str = "ana@example.org", *lists: str) -> None:
        """Subscribe and confirm."""
        assert self.subscribe(email, *lists).status_code == 200
        assert self.client.post(self.link("confirm")).status_code == 200
        self.mails()

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Return what is in the database."""
        with closing(sqlite3.connect(self.settings.database)) as db:
            return db.execute(query, values).fetchall()


@contextmanager
def serving(settings: Settings, clock: Callable[[], float] | None = None) -> Iterator[Service]:
    """Run the service in this process."""
    ticking = clock or time.time
    with TestClient(create_app(settings, clock=ticking), base_url=ORIGIN) as client:
        yield Service(client, settings, clock if isinstance(clock, Clock) else Clock())


def parsed(raw: bytes) -> EmailMessage:
    """Return a mail as an object."""
    return message_from_bytes(raw, _class=EmailMessage, policy=default)


def texts(html: str) -> str:
    """Return the text of a page without its tags."""
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


@dataclass
class MailServer:
    """A mail server on this machine; `answers` are given first, then every mail is taken."""

    port: int = field(default_factory=free_port)
    answers: list[str] = field(default_factory=list)  # to RCPT
    data_answers: list[str] = field(default_factory=list)
    slow: float = 0.0  # seconds between taking a mail and saying so
    taken: list[tuple[str, bytes]] = field(default_factory=list)  # recipient and mail, in the order in which they came
    _controller: Controller | None = None

    def start(self) -> None:
        """Listen."""
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, enable_SMTPUTF8=True)
        self._controller.start()

    def stop(self) -> None:
        """Stop listening."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name)
        self, server: smtp.SMTP, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        """Answer to the recipient."""
        del server, session, options
        if self.answers:
            return self.answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: smtp.SMTP, session: Any, envelope: Any) -> str:  # noqa: N802
        """Keep the mail, then answer."""
        del server, session
        if self.data_answers:
            return self.data_answers.pop(0)
        self.taken.append((envelope.rcpt_tos[0], envelope.content))
        time.sleep(self.slow)
        return "250 OK"

    @property
    def deliveries(self) -> list[tuple[str, EmailMessage]]:
        """Return recipient and mail, in the order in which they came."""
        return [(recipient, parsed(raw)) for recipient, raw in self.taken]

    def message_ids(self) -> list[tuple[str, str]]:
        """Return recipient and Message-ID, in the order in which the mails came."""
        pattern = re.compile(rb"^Message-ID:\s*(<[^>]+>)", re.MULTILINE)
        return [(recipient, pattern.findall(raw)[0].decode()) for recipient, raw in self.taken]
