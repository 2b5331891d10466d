"""Hand a mail on: to a mail server by SMTP, or in preview to the outbox on this machine."""

from __future__ import annotations

import smtplib
import ssl
import time
from collections.abc import Callable
from email.message import EmailMessage
from email.utils import parseaddr
from functools import partial
from typing import Protocol

from signup import mailbag
from signup.database import Database
from signup.settings import Smtp

ENOUGH_MAILS = 100  # then a new connection; some servers count
IDLE_SECONDS = 30.0


class NotSentError(Exception):
    """The mail did not go. The message names the kind of failure and never an address."""


class ServerDownError(NotSentError):
    """The mail server cannot work for us at all just now; no mail is to blame."""


class DeferredError(NotSentError):
    """The mail server wants this mail later."""


class RefusedError(NotSentError):
    """The mail server will never take this mail."""


class Transport(Protocol):
    """What the outbox needs: both calls block and are made from a thread."""

    def send(self, message: EmailMessage, recipient: str) -> None:
        """Hand on one mail, or raise `NotSentError`."""

    def close(self) -> None:
        """Let go of the connection."""


class SmtpTransport:
    """Talk to one mail server, over one connection that is kept while mails follow each other."""

    def __init__(self, smtp: Smtp, sender: str) -> None:
        self._smtp = smtp
        self._sender = parseaddr(sender)[1]
        self._server: smtplib.SMTP | None = None
        self._sent = 0
        self._used_at = 0.0

    def send(self, message: EmailMessage, recipient: str) -> None:
        """Send one mail.

        Raises:
            ServerDownError: no connection, no login, our sender not accepted.
            DeferredError: this recipient or text for now not (4xx).
            RefusedError: this recipient or text never (5xx).
        """
        try:
            self._connected().send_message(message, from_addr=self._sender, to_addrs=[recipient])
        except smtplib.SMTPRecipientsRefused as error:
            self.close()
            raise _verdict(error.recipients[recipient][0], "recipient") from error
        except smtplib.SMTPDataError as error:
            self.close()
            raise _verdict(error.smtp_code, "text") from error
        except smtplib.SMTPNotSupportedError as error:
            self.close()
            if recipient.isascii():
                raise ServerDownError("mail server offers no STARTTLS or login") from error
            raise RefusedError("mail server takes no address in this script (SMTPUTF8)") from error
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            code = getattr(error, "smtp_code", "")
            raise ServerDownError(f"{type(error).__name__} {code}".strip()) from error
        self._sent += 1
        self._used_at = time.monotonic()

    def close(self) -> None:
        """Say goodbye to the server, if it still listens."""
        server, self._server = self._server, None
        if server is not None:
            try:
                server.quit()
            except (smtplib.SMTPException, OSError):
                server.close()

    def _connected(self) -> smtplib.SMTP:
        if self._sent >= ENOUGH_MAILS or time.monotonic() - self._used_at > IDLE_SECONDS:
            self.close()
        if self._server is None:
            self._server = self._connect()
            self._sent = 0
        return self._server

    def _connect(self) -> smtplib.SMTP:
        smtp = self._smtp
        tls = ssl.create_default_context()
        server: smtplib.SMTP
        if smtp.security == "tls":
            server = smtplib.SMTP_SSL(smtp.host, smtp.port, timeout=smtp.timeout, context=tls)
        else:
            server = smtplib.SMTP(smtp.host, smtp.port, timeout=smtp.timeout)
        try:
            if smtp.security == "starttls":
                server.starttls(context=tls)
            if smtp.user:
                server.login(smtp.user, smtp.password)
        except BaseException:
            server.close()
            raise
        return server


class LocalOutbox:
    """Keep mails on this machine, where the terminal and a page show them."""

    def __init__(self, database: Database, clock: Callable[[], float], on_mail: Callable[[EmailMessage], None] | None) -> None:
        self._database = database
        self._clock = clock
        self._on_mail = on_mail

    def send(self, message: EmailMessage, recipient: str) -> None:
        """Keep one mail; the same mail again (after a crash) is kept once."""
        row = (str(message["Message-ID"]), self._clock(), bytes(message))
        added = self._database.submit(partial(mailbag.keep_here, row=row)).result()
        if added and self._on_mail is not None:
            self._on_mail(message)

    def close(self) -> None:
        """Do nothing: there is no connection."""


def _verdict(code: int, what: str) -> NotSentError:
    if code == 421:  # "closing the connection": the server's trouble, not this mail's
        return ServerDownError(f"mail server is closing ({code})")
    kind = RefusedError if 500 <= code < 600 else DeferredError
    return kind(f"mail server did not take the {what} ({code})")
