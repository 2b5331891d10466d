"""Send what waits in the database, one mail at a time, and try again until it is gone.

One at a time is what keeps the promise: the server's answer is noted on disk
before the next mail starts, so a crash can repeat the one mail that was in
flight, under the same Message-ID, and no other.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from email.message import EmailMessage
from functools import partial

from signup import mailbag
from signup.addresses import for_envelope
from signup.database import BusyError, Database
from signup.mailbag import Mail
from signup.traffic import Traffic
from signup.transport import NotSentError, RefusedError, ServerDownError, Transport

log = logging.getLogger("signup")

LONGEST_SLEEP = 30.0  # look again even if nobody called: another process may have added a mail
LONGEST_COURTESY = 0.2  # to readers who wait for an answer; mails must move even in a rush
LONGEST_PAUSE = 60.0  # with a mail server that is down


class Outbox:
    """The task that sends."""

    def __init__(
        self,
        database: Database,
        compose: Callable[[Mail], EmailMessage],
        transport: Transport,
        *,
        traffic: Traffic,
        clock: Callable[[], float],
        retry_seconds: float,
    ) -> None:
        self._database = database
        self._compose = compose
        self._transport = transport
        self._traffic = traffic
        self._clock = clock
        self._retry_seconds = retry_seconds
        self._failures = 0
        self._wake = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """Say that there is a new mail."""
        self._wake.set()

    def stop(self) -> None:
        """Ask `run` to return after the mail in flight."""
        self._stopping = True
        self._wake.set()

    async def run(self) -> None:
        """Send until `stop`."""
        while not self._stopping:
            self._wake.clear()
            pause = await self._turn()
            if pause > 0 and not self._stopping:
                await self._sleep(pause)
        await asyncio.to_thread(self._transport.close)

    async def _turn(self) -> float:
        """Send one mail, if there is one, and return how long to rest."""
        try:
            now = self._clock()
            mail = await self._database.run(partial(mailbag.next_due, now=now))
            if mail is None:
                due = await self._database.run(mailbag.next_due_at)
                return LONGEST_SLEEP if due is None else min(LONGEST_SLEEP, max(0.01, due - self._clock()))
            await self._traffic.quiet(LONGEST_COURTESY)
            await self._send(mail)
        except ServerDownError as error:
            self._failures += 1
            pause = min(LONGEST_PAUSE, self._retry_seconds * 2.0 ** min(self._failures - 1, 20))
            log.warning("outbox: %s. Mails wait; next try in %.1f s.", error, pause)
            await self._rest(pause)
            return 0.0
        except BusyError:
            return 0.1
        except Exception as error:  # noqa: BLE001 -- a full disk, a bug: the task must outlive it, mails stay where they are
            self._failures += 1
            log.error("outbox: %s. Mails wait; next try in %.1f s.", type(error).__name__, LONGEST_PAUSE)
            await self._rest(LONGEST_PAUSE)
            return 0.0
        self._failures = 0
        return 0.0

    async def _send(self, mail: Mail) -> None:
        try:
            await asyncio.to_thread(self._write_and_hand_on, mail)
        except ServerDownError:
            raise
        except RefusedError as error:
            log.warning("outbox: mail %d: %s. It is not tried again.", mail.id, error)
            await self._database.run(partial(mailbag.note_refused, mail_id=mail.id, now=self._clock()))
        except NotSentError as error:
            log.warning("outbox: mail %d: %s. It is tried again.", mail.id, error)
            await self._defer(mail)
        except Exception as error:  # noqa: BLE001 -- one mail that cannot be written must not hold up the others
            log.error("outbox: mail %d: %s. It is tried again.", mail.id, type(error).__name__)
            await self._defer(mail)
        else:
            await self._database.run(partial(mailbag.note_sent, mail_id=mail.id, now=self._clock()))

    def _write_and_hand_on(self, mail: Mail) -> None:
        """Do, in a thread, what would keep the event loop from answering readers."""
        self._transport.send(self._compose(mail), for_envelope(mail.address))

    async def _defer(self, mail: Mail) -> None:
        note = partial(mailbag.note_deferred, mail=mail, now=self._clock(), first_pause=self._retry_seconds)
        await self._database.run(note)

    async def _sleep(self, seconds: float) -> None:
        """Wait for the next mail, or so long."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), seconds)

    async def _rest(self, seconds: float) -> None:
        """Wait so long, new mails or not; only `stop` ends it early."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while not self._stopping and (left := end - loop.time()) > 0:
            self._wake.clear()
            await self._sleep(left)
