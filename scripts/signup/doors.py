"""Answer the requests: the form, the links in the mails, and the way out."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from signup import intake, mailbag, people
from signup.addresses import AddressError, read_address
from signup.database import BusyError, Database
from signup.intake import Form, RejectedError
from signup.limits import NetworkLimit, address_key
from signup.outbox import Outbox
from signup.pages import Pages, locale_of
from signup.people import Asking, Outcome, Signup
from signup.settings import Settings
from signup.tokens import TokenError, TokenExpiredError, Tokens
from signup.traffic import Traffic
from signup.words import LOCALES, words_of

Answer = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Doors:
    """The endpoints and what they share."""

    settings: Settings
    database: Database
    outbox: Outbox
    pages: Pages
    tokens: Tokens
    networks: NetworkLimit
    traffic: Traffic
    domain: str
    clock: Callable[[], float]

    def routes(self) -> list[Route]:
        """Return the routes, below /subscription."""
        return [
            Route("/form", self._guarded(self._show_form), methods=["GET"]),
            Route("/form", self._guarded(self._sign_up), methods=["POST"]),
            Route("/confirm", self._guarded(self._show_confirm), methods=["GET"]),
            Route("/confirm", self._guarded(self._confirm), methods=["POST"]),
            Route("/unsubscribe", self._guarded(self._show_leave), methods=["GET"]),
            Route("/unsubscribe", self._guarded(partial(self._depart, "left", people.leave)), methods=["POST"]),
            Route("/delete", self._guarded(self._show_leave), methods=["GET"]),
            Route("/delete", self._guarded(partial(self._depart, "deleted", _forget)), methods=["POST"]),
            Route("/manage", self._guarded(self._show_manage), methods=["GET"]),
            Route("/manage", self._guarded(self._send_link), methods=["POST"]),
            Route("/health", self._health, methods=["GET"]),
        ]

    def _guarded(self, answer: Answer) -> Answer:
        """Turn what `answer` raises into a page that says what happened and what to do."""

        async def guarded(request: Request) -> Response:
            try:
                with self.traffic.answering():
                    return await answer(request)
            except RejectedError as rejected:
                return self.pages.error(rejected, locale_of(request))
            except TokenExpiredError:
                return self.pages.error(RejectedError(410, "expired"), locale_of(request), again="both")
            except TokenError:
                return self.pages.error(RejectedError(400, "link"), locale_of(request), again="both")
            except (BusyError, sqlite3.Error):  # nothing was written, and the page says so
                page = self.pages.error(RejectedError(503, "busy"), locale_of(request))
                page.headers["Retry-After"] = "30"
                return page

        return guarded

    async def _show_form(self, request: Request) -> Response:
        return self.pages.form(locale_of(request))

    async def _sign_up(self, request: Request) -> Response:
        form = await self._admitted(request)
        if isinstance(form, Response):
            return form
        lists = intake.chosen_lists(form, self.settings)
        locale = self.settings.lists[lists[0]]
        try:
            address = read_address(form.first("email"))
        except AddressError:
            return self.pages.form(locale, typed=form.first("email"), error=words_of(locale)("error.address"))
        ip = intake.client_host(request) if self.settings.keep_ip else None
        signup = Signup(address, lists, locale, words_of(locale).text_version, ip)
        await self.database.run(partial(people.sign_up, signup=signup, asking=self._asking(address)))
        self.outbox.wake()
        if form.first("next").strip() in self.settings.next_urls:
            return RedirectResponse(form.first("next").strip(), 303, {"Cache-Control": "no-store"})
        return self.pages.notice("check", locale)

    async def _show_confirm(self, request: Request) -> Response:
        """Show the button only: programs that follow every link in a mail must not confirm."""
        request_id = self.tokens.read_confirm(request.query_params.get("token", ""))
        locale = await self.database.run(partial(people.request_locale, request_id=request_id))
        if locale is None:
            raise TokenExpiredError
        return self.pages.page("confirm.html", locale, token=request.query_params["token"])

    async def _confirm(self, request: Request) -> Response:
        request_id = self.tokens.read_confirm(request.query_params.get("token", ""))
        outcome = await self.database.run(partial(people.confirm, request_id=request_id, now=self.clock(), domain=self.domain))
        if outcome.locale is None:
            raise TokenExpiredError
        self.outbox.wake()
        return self.pages.notice("confirmed", outcome.locale, leave=self.tokens.to_leave(outcome.uid))

    async def _show_leave(self, request: Request) -> Response:
        uid = self.tokens.read_leave(request.query_params.get("token", ""))
        locale = await self.database.run(partial(people.person_locale, uid=uid)) or locale_of(request)
        return self.pages.page("leave.html", locale, token=request.query_params["token"])

    async def _depart(self, key: str, how: Callable[..., Outcome], request: Request) -> Response:
        """Unsubscribe or delete. Also what a mail program posts for RFC 8058, so no origin, body or limit counts."""
        uid = self.tokens.read_leave(request.query_params.get("token", ""))
        outcome = await self.database.run(partial(how, uid=uid, now=self.clock()))
        # Somebody who is not here any more has what they want: the same answer.
        return self.pages.notice(key, outcome.locale or locale_of(request), days=self.settings.left_days)

    async def _show_manage(self, request: Request) -> Response:
        return self.pages.page("manage.html", locale_of(request), typed="", error="")

    async def _send_link(self, request: Request) -> Response:
        form = await self._admitted(request)
        if isinstance(form, Response):
            return form
        asked = form.first("locale")
        locale = asked if asked in LOCALES else locale_of(request)
        typed = form.first("email")
        try:
            address = read_address(typed)
        except AddressError:
            error = words_of(locale)("error.address")
            return self.pages.page("manage.html", locale, status=400, typed=typed, error=error)
        asking = self._asking(address)
        await self.database.run(partial(people.ask_for_link, address=address, locale=locale, asking=asking))
        self.outbox.wake()
        return self.pages.notice("link_sent", locale)

    async def _health(self, _: Request) -> Response:
        """Tell a monitor whether the service can take signups, and how many mails wait."""
        try:
            async with asyncio.timeout(5):
                count, oldest = await self.database.run(mailbag.waiting)
        except (BusyError, TimeoutError, sqlite3.Error):
            return JSONResponse({"status": "busy"}, 503, {"Cache-Control": "no-store"})
        age = 0 if oldest is None else max(0, round(self.clock() - oldest))
        body = {"status": "ok", "mails_waiting": count, "oldest_waiting_seconds": age}
        return JSONResponse(body, 200, {"Cache-Control": "no-store"})

    async def _admitted(self, request: Request) -> Form | Response:
        """Return the posted form once origin, network and honeypot are in order, else the answer."""
        intake.check_origin(request, self.settings)
        wait = self.networks.take(intake.client_host(request))
        if wait > 0:
            minutes = max(2, round(wait / 60))
            page = self.pages.error(RejectedError(429, "many"), locale_of(request), minutes=minutes)
            page.headers["Retry-After"] = str(max(1, round(wait)))
            return page
        form = await intake.read_form(request)
        intake.check_honeypot(form)
        return form

    def _asking(self, address: str) -> Asking:
        # The oldest secret: the count goes on while a new secret is brought in.
        key = address_key(self.settings.secrets[0], address)
        return Asking(self.clock(), key, self.settings.per_address, self.domain)


def _forget(db: sqlite3.Connection, uid: str, now: float) -> Outcome:
    return people.forget(db, uid=uid)
