"""Hold what the service must be told, and the settings for a look on this machine."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from signup.limits import Rate
from signup.words import LOCALES

PER_ADDRESS = Rate(burst=3, every=1200.0)
PER_NETWORK = Rate(burst=60, every=20.0)  # generous: dormitories and whole mobile networks share one address
Security = Literal["starttls", "tls", "none"]
LIST_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


class SettingsError(ValueError):
    """A setting that the service cannot work with: place, fact, cure."""


@dataclass(frozen=True, slots=True)
class Smtp:
    """The mail server that takes our mails."""

    host: str
    port: int = 587
    security: Security = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: float = 20.0


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the service must be told; `lists` maps a list id to its locale."""

    database: Path
    base_url: str
    lists: Mapping[str, str]
    secrets: tuple[str, ...] = field(repr=False)  # oldest first; the last one signs
    sender: str = "Newsletter <newsletter@localhost>"
    reply_to: str = ""
    smtp: Smtp | None = None  # None: preview, mail stays in the local outbox
    origins: frozenset[str] = frozenset()
    next_urls: frozenset[str] = frozenset()
    keep_ip: bool = False
    confirm_days: int = 7
    left_days: int = 30
    leave_link_days: int = 1095
    per_address: Rate = PER_ADDRESS
    per_network: Rate = PER_NETWORK
    retry_seconds: float = 2.0  # first pause after a mail server failed; doubles up to an hour

    @property
    def is_preview(self) -> bool:
        """Tell whether mail stays here instead of being sent."""
        return self.smtp is None

    def home(self, locale: str) -> str:
        """Return the address of the portal's first page in `locale`."""
        return f"{self.base_url}/" if locale == "en" else f"{self.base_url}/{locale}/"


def origin_of(url: str) -> str:
    """Return `scheme://host[:port]` of `url`, lower case, or raise `SettingsError`."""
    parts = urlsplit(url.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingsError(f"'{url}' is not a web address. Write it like https://portal.example.org.")
    return f"{parts.scheme}://{parts.netloc.lower()}"


def check_your_mail_urls(base_url: str) -> frozenset[str]:
    """Return the pages of the portal to which a signup may be sent on, as path and in full."""
    paths = {f"{'' if locale == 'en' else '/' + locale}/newsletter/check-your-mail.html" for locale in LOCALES}
    return frozenset(paths | {base_url + path for path in paths})


def for_preview(
    database: Path,
    *,
    base_url: str = "http://127.0.0.1:8000",
    lists: Mapping[str, str] | None = None,
) -> Settings:
    """Return settings for a look on this machine: no mail leaves it, nothing needs configuring.

    Args:
        database: where the SQLite file is; the folder is made.
        base_url: where the reader's browser finds the portal; must be this machine.
        lists: list id for each locale as the static form has it; by default the locale's tag.

    Raises:
        SettingsError: `base_url` is not on this machine, since anyone could read the outbox.
    """
    origin = origin_of(base_url)
    if not is_loopback(urlsplit(origin).hostname or ""):
        raise SettingsError(
            f"SIGNUP_BASE_URL: {origin} is not this machine, and preview shows every mail to every"
            " visitor. Set SIGNUP_MODE=live, or use http://127.0.0.1:8000."
        )
    by_locale = lists if lists is not None else {locale: locale for locale in LOCALES}
    return Settings(
        database=database,
        base_url=origin,
        lists=lists_by_id(by_locale),
        secrets=(_kept_secret(database),),
        origins=frozenset({origin}),
        next_urls=check_your_mail_urls(origin),
    )


def is_loopback(host: str) -> bool:
    """Tell whether `host` names this very machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def lists_by_id(by_locale: Mapping[str, str]) -> dict[str, str]:
    """Turn `{locale: list id}` around, or raise `SettingsError` for what is not a list."""
    lists: dict[str, str] = {}
    for locale, list_id in by_locale.items():
        if locale not in LOCALES:
            raise SettingsError(f"SIGNUP_LISTS: locale '{locale}' is unknown. Use one of {', '.join(LOCALES)}.")
        if not LIST_ID.fullmatch(list_id):
            raise SettingsError(f"SIGNUP_LISTS: '{list_id}' is no list id. Use letters, digits and '-'.")
        if list_id in lists:
            raise SettingsError(f"SIGNUP_LISTS: '{list_id}' serves two locales. Give each locale its own list.")
        lists[list_id] = locale
    return lists


def _kept_secret(database: Path) -> str:
    """Return the preview's signing secret, made once and kept beside the database."""
    path = database.with_name(database.name + "-secret")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="ascii") as file:
            path.chmod(0o600)
            file.write(secrets.token_urlsafe(32))
    except FileExistsError:
        pass  # an earlier preview made it; its links must go on working
    return path.read_text(encoding="ascii")
