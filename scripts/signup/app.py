"""Put the service together as one ASGI application, alone or before the portal's static pages."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from email.message import EmailMessage
from functools import partial

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp

from signup import preview
from signup.database import Database
from signup.doors import Doors
from signup.intake import RejectedError
from signup.limits import NetworkLimit
from signup.mails import composer, sender_domain
from signup.outbox import Outbox
from signup.pages import HERE, Pages, locale_of, templates
from signup.purge import purge
from signup.settings import Settings
from signup.tokens import Tokens
from signup.traffic import Traffic
from signup.transport import LocalOutbox, SmtpTransport, Transport
from signup.words import LOCALES, words_of

log = logging.getLogger("signup")

PREFIX = "/subscription"
PURGE_EVERY = 3600.0


def create_app(
    settings: Settings,
    *,
    site: ASGIApp | None = None,
    on_mail: Callable[[EmailMessage], None] | None = None,
    clock: Callable[[], float] = time.time,
) -> Starlette:
    """Return the application: the service below /subscription, `site` for every other path.

    To put the routes into another Starlette application instead, give that one
    `routes=[*app.routes, …]` and `lifespan=app.router.lifespan_context`.

    Args:
        settings: from `environment.from_environment` or `settings.for_preview`.
        site: what serves the portal on the same origin, such as `StaticFiles`.
        on_mail: called in a preview with each mail, in a thread, to show it in a terminal.
        clock: seconds since the epoch; tests set it.

    Raises:
        WordsError: a strings file has a gap.
    """
    for locale in LOCALES:
        words_of(locale)  # a gap in a strings file stops the start, not the first reader
    database = Database(settings.database)
    tokens = Tokens(settings.secrets, confirm_days=settings.confirm_days, leave_days=settings.leave_link_days, clock=clock)
    environment = templates()
    pages = Pages(settings, environment)
    transport: Transport = LocalOutbox(database, clock, on_mail) if settings.smtp is None else SmtpTransport(settings.smtp, settings.sender)
    traffic = Traffic()
    outbox = Outbox(
        database,
        composer(settings, tokens, environment),
        transport,
        traffic=traffic,
        clock=clock,
        retry_seconds=settings.retry_seconds,
    )
    doors = Doors(
        settings=settings,
        database=database,
        outbox=outbox,
        pages=pages,
        tokens=tokens,
        networks=NetworkLimit(settings.per_network, clock),
        traffic=traffic,
        domain=sender_domain(settings),
        clock=clock,
    )

    @asynccontextmanager
    async def lifespan(_: object) -> AsyncIterator[None]:
        await asyncio.to_thread(database.start)
        sending = asyncio.create_task(outbox.run(), name="signup outbox")
        purging = asyncio.create_task(_purge_hourly(database, settings, clock), name="signup purge")
        try:
            yield
        finally:
            purging.cancel()
            outbox.stop()
            await asyncio.wait([sending, purging])
            await asyncio.to_thread(database.stop)

    async def style(_: Request) -> Response:
        headers = {"Cache-Control": "public, max-age=3600", "X-Content-Type-Options": "nosniff"}
        return FileResponse(HERE / "static" / "style.css", headers=headers)

    async def http_error(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        reason = {404: "missing", 405: "missing"}.get(status, "unexpected")
        page = pages.error(RejectedError(status, reason), locale_of(request), again="")
        if isinstance(error, HTTPException) and error.headers:
            page.headers.update(error.headers)
        return page

    shown = preview.routes(database, pages) if settings.is_preview else []
    routes: list[BaseRoute] = [Mount(PREFIX, routes=[*doors.routes(), Route("/style.css", style), *shown])]
    if site is not None:
        routes.append(Mount("/", app=site))
    return Starlette(routes=routes, lifespan=lifespan, exception_handlers={HTTPException: http_error, Exception: http_error})


async def _purge_hourly(database: Database, settings: Settings, clock: Callable[[], float]) -> None:
    """Delete what has expired, now and each hour. A failure is told and tried again."""
    while True:
        try:
            gone = await database.run(partial(purge, now=clock(), confirm_days=settings.confirm_days, left_days=settings.left_days))
            log.info("purge: %s", gone)
        except Exception as error:  # noqa: BLE001 -- the disk, for a moment: the service itself goes on
            log.error("purge: %s. It is tried again in an hour.", type(error).__name__)
        await asyncio.sleep(PURGE_EVERY)
