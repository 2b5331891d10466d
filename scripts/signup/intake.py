"""Read and judge what comes in by HTTP before anything else happens with it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import ClientDisconnect, Request

from signup.settings import Settings, is_loopback

LARGEST_BODY = 8192  # an address of 254 characters, twelve lists and a `next` come to 2 kB
SLOWEST_BODY = 10.0  # seconds
MOST_FIELDS = 40


class RejectedError(Exception):
    """A request that goes no further: its status, and the text that tells the reader why."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(status, reason)
        self.status = status
        self.reason = reason  # a key below `error.` in the strings files


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a posted form, each with all its values."""

    fields: Mapping[str, tuple[str, ...]]

    def first(self, name: str) -> str:
        """Return the first value of a field, empty if there is none."""
        return self.all(name)[0] if self.all(name) else ""

    def all(self, name: str) -> tuple[str, ...]:
        """Return all values of a field."""
        return self.fields.get(name, ())


async def read_form(request: Request) -> Form:
    """Return the urlencoded form in `request`.

    Raises:
        RejectedError: 408 too slow, 413 too large, 415 another type, 400 unreadable.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise RejectedError(415, "unreadable")
    body = bytearray()
    try:
        async with asyncio.timeout(SLOWEST_BODY):
            async for chunk in request.stream():
                body += chunk
                if len(body) > LARGEST_BODY:
                    raise RejectedError(413, "unreadable")
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except TimeoutError as error:
        raise RejectedError(408, "unreadable") from error
    except (ValueError, ClientDisconnect) as error:
        raise RejectedError(400, "unreadable") from error
    fields: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        fields[name] = (*fields.get(name, ()), value)
    return Form(fields)


def check_origin(request: Request, settings: Settings) -> None:
    """Refuse a form on somebody else's web page that is posted to us.

    Allowed are the portal's own origins, and a request without `Origin`: browsers
    send it with every posted form, so only programs leave it out, and without
    cookies there is nothing that they could borrow from a visitor. A page with
    `Referrer-Policy: no-referrer` sends `null`; then the browser's
    `Sec-Fetch-Site` must say that it is ours.

    Raises:
        RejectedError: 403.
    """
    origin = request.headers.get("origin")
    if origin is None or origin.lower() in settings.origins:
        return
    if origin == "null" and request.headers.get("sec-fetch-site") == "same-origin":
        return
    if settings.is_preview and _is_this_machine(origin):
        return  # localhost, 127.0.0.1 and any port are one and the same to who tries it out
    raise RejectedError(403, "origin")


def check_honeypot(form: Form) -> None:
    """Refuse a form whose hidden field was filled, with the status that listmonk gives.

    Raises:
        RejectedError: 502.
    """
    if any(form.all("nonce")):
        raise RejectedError(502, "robot")


def chosen_lists(form: Form, settings: Settings) -> tuple[str, ...]:
    """Return the lists that were asked for, each once.

    Raises:
        RejectedError: 400, there is none or one that we do not have.
    """
    lists = tuple(dict.fromkeys(form.all("l")))
    if not lists or any(one not in settings.lists for one in lists):
        raise RejectedError(400, "list")
    return lists


def client_host(request: Request) -> str:
    """Return the client's address, as far as the server in front of us is trusted to tell it."""
    return request.client.host if request.client else ""


def _is_this_machine(origin: str) -> bool:
    try:
        return is_loopback(urlsplit(origin).hostname or "")
    except ValueError:
        return False
