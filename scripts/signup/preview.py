"""Show in a preview the mails that would have been sent: on a page and in the terminal."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import partial
from html.parser import HTMLParser

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from signup.database import Database
from signup.intake import RejectedError
from signup.pages import HEADERS, Pages, locale_of

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class LocalMail:
    """One mail in the local outbox, as a page shows it."""

    id: int
    to: str
    subject: str
    lang: str
    text: str
    html: str
    links: tuple[str, ...]


def read_mail(mail_id: int, message: EmailMessage) -> LocalMail:
    """Return what there is to see of a mail."""
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    source = str(html.get_content()) if html else ""
    return LocalMail(
        id=mail_id,
        to=str(message["To"]),
        subject=str(message["Subject"]),
        lang=str(message["Content-Language"]),
        text=str(text.get_content()) if text else "",
        html=source,
        links=links_in(source),
    )


def links_in(html: str) -> tuple[str, ...]:
    """Return where the links of a mail lead, each once, in their order."""
    finder = _LinkFinder()
    finder.feed(html)
    return tuple(dict.fromkeys(finder.found))


def for_terminal(message: EmailMessage) -> str:
    """Return the few lines that a terminal prints for a mail: to whom, what, and the link to click."""
    mail = read_mail(0, message)
    first = next((link for link in mail.links if "/subscription/" in link), "")
    return f"Mail (not sent, preview) to {mail.to}: {mail.subject}\n  {first}"


def routes(database: Database, pages: Pages) -> list[Route]:
    """Return the outbox page and its mails; for preview only, anyone who gets there reads all."""

    async def show_outbox(request: Request) -> Response:
        mails = await database.run(_latest)
        return pages.page("outbox.html", locale_of(request), mails=mails)

    async def show_mail(request: Request) -> Response:
        mail = await database.run(partial(_one, mail_id=request.path_params["mail_id"]))
        if mail is None:
            return pages.error(RejectedError(404, "missing"), locale_of(request), again="")
        return pages.page("outbox_mail.html", locale_of(request), mail=mail)

    async def show_html(request: Request) -> Response:
        mail = await database.run(partial(_one, mail_id=request.path_params["mail_id"]))
        if mail is None:
            return pages.error(RejectedError(404, "missing"), locale_of(request), again="")
        # A mail carries its own style; it is the one page of ours that may.
        policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'"
        return HTMLResponse(mail.html, headers={**HEADERS, "Content-Security-Policy": policy})

    return [
        Route("/outbox", show_outbox),
        Route("/outbox/{mail_id:int}", show_mail),
        Route("/outbox/{mail_id:int}/html", show_html),
    ]


def _latest(db: sqlite3.Connection) -> list[LocalMail]:
    rows = db.execute("SELECT id, message FROM local_outbox ORDER BY id DESC LIMIT ?", (MOST_SHOWN,))
    return [_parsed(*row) for row in rows.fetchall()]


def _one(db: sqlite3.Connection, mail_id: int) -> LocalMail | None:
    if mail_id.bit_length() > 63:  # more than SQLite can count to
        return None
    row = db.execute("SELECT id, message FROM local_outbox WHERE id = ?", (mail_id,)).fetchone()
    return None if row is None else _parsed(*row)


def _parsed(mail_id: int, raw: bytes) -> LocalMail:
    return read_mail(mail_id, message_from_bytes(raw, _class=EmailMessage, policy=default))


class _LinkFinder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        target = dict(attrs).get("href")
        if tag == "a" and target:
            self.found.append(target)
