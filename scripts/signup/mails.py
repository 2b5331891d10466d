"""Write the mails: text and HTML in the person's locale, from the strings files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from urllib.parse import urlencode

from jinja2 import Environment

from signup.addresses import for_envelope
from signup.mailbag import Mail
from signup.policy import POLICY, POLICY_UTF8
from signup.settings import Settings
from signup.tokens import Tokens
from signup.words import words_of

LONGEST_LINE = 900  # RFC 5322 allows 998


def sender_domain(settings: Settings) -> str:
    """Return the domain that our Message-IDs end in."""
    return parseaddr(settings.sender)[1].rpartition("@")[2]


def composer(settings: Settings, tokens: Tokens, templates: Environment) -> Callable[[Mail], EmailMessage]:
    """Return the function that writes one mail."""
    text_template = templates.get_template("mail.txt")
    html_template = templates.get_template("mail.html")

    def link(path: str, token: str) -> str:
        return f"{settings.base_url}/subscription/{path}?{urlencode({'token': token})}"

    def compose(mail: Mail) -> EmailMessage:
        words = words_of(mail.locale)
        leave = link("unsubscribe", tokens.to_leave(mail.uid))
        action = {
            "confirm": (words("page.confirm_button"), link("confirm", tokens.to_confirm(mail.request_id))),
            "manage": (words("page.manage_link"), leave),
        }.get(mail.kind)
        values = {
            "words": words,
            "kind": mail.kind,
            "days": settings.confirm_days,
            "action": action,
            "leave": leave,
            "home": settings.home(mail.locale),
        }
        text = text_template.render(values)
        is_ascii = for_envelope(mail.address).isascii()
        message = EmailMessage(policy=POLICY if is_ascii else POLICY_UTF8)
        message["From"] = settings.sender
        message["To"] = _to(for_envelope(mail.address))
        if settings.reply_to:
            message["Reply-To"] = settings.reply_to
        message["Subject"] = words(f"mail.{mail.kind}_subject")
        message["Date"] = format_datetime(datetime.fromtimestamp(mail.made_at, UTC))
        message["Message-ID"] = mail.message_id
        message["Auto-Submitted"] = "auto-generated"
        message["List-Unsubscribe"] = f"<{leave}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message.set_content(text, cte=_encoding(text))
        html = html_template.render(values)
        message.add_alternative(html, subtype="html", cte=_encoding(html))
        message["Content-Language"] = words.lang  # last: making the parts moves Content-… headers into one of them
        return message

    return compose


def _to(address: str) -> Address:
    """Return the address as a header value that cannot hold a second header or recipient."""
    local, _, domain = address.rpartition("@")
    return Address(username=local, domain=domain)


def _encoding(text: str) -> str:
    """Choose what every mail server takes; base64 only where it is needed, filters dislike it."""
    is_plain = text.isascii() and max(map(len, text.splitlines())) < LONGEST_LINE
    return "7bit" if is_plain else "base64"
