"""Start the signup service for a test: in preview, on its own database, with a clock that the test sets."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # for signup_kit, however pytest imports this file

from signup_kit import Clock, MailServer, Service, preview, serving


@pytest.fixture()
def clock() -> Clock:
    """Return a clock that stands still."""
    return Clock()


@pytest.fixture()
def service(tmp_path: Path, clock: Clock) -> Iterator[Service]:
    """Return a running service that keeps its mails."""
    with serving(preview(tmp_path), clock) as running:
        yield running


@pytest.fixture()
def mail_server() -> Iterator[MailServer]:
    """Return a mail server on this machine that takes every mail."""
    server = MailServer()
    server.start()
    yield server
    server.stop()
