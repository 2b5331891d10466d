"""Read the settings from environment variables and say clearly what is wrong with one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from email.utils import parseaddr
from pathlib import Path

from signup.limits import Rate
from signup.settings import (
    PER_ADDRESS,
    PER_NETWORK,
    Settings,
    SettingsError,
    Smtp,
    check_your_mail_urls,
    for_preview,
    lists_by_id,
    origin_of,
)

SHORTEST_SECRET = 32


def from_environment(environ: Mapping[str, str]) -> Settings:
    """Return the settings that `environ` describes (deploy/signup.env.example lists them all).

    Raises:
        SettingsError: a variable is missing or cannot be used; the message names it.
    """
    mode = environ.get("SIGNUP_MODE", "preview")
    if mode not in ("live", "preview"):
        raise SettingsError(f"SIGNUP_MODE: '{mode}' is unknown. Use 'live' or 'preview'.")
    database = Path(environ.get("SIGNUP_DATABASE", ".cache/signup.sqlite3"))
    lists = _lists(environ.get("SIGNUP_LISTS", ""))
    if mode == "preview":
        base = environ.get("SIGNUP_BASE_URL", "http://127.0.0.1:8000")
        return for_preview(database, base_url=base, lists=lists or None)
    if not lists:
        raise SettingsError("SIGNUP_LISTS: is missing. Write one list per locale: en=ID,bn=ID")
    base_url = origin_of(_needed(environ, "SIGNUP_BASE_URL"))
    origins = (origin_of(one) for one in environ.get("SIGNUP_ORIGINS", "").split())
    return Settings(
        database=database,
        base_url=base_url,
        lists=lists_by_id(lists),
        secrets=_secrets(environ),
        sender=_mailbox("SIGNUP_FROM", _needed(environ, "SIGNUP_FROM")),
        reply_to=_mailbox("SIGNUP_REPLY_TO", environ.get("SIGNUP_REPLY_TO", "")),
        smtp=_smtp(environ),
        origins=frozenset({base_url, *origins}),
        next_urls=check_your_mail_urls(base_url) | frozenset(environ.get("SIGNUP_NEXT", "").split()),
        keep_ip=_flag(environ, "SIGNUP_KEEP_IP"),
        per_address=_rate(environ, "SIGNUP_LIMIT_ADDRESS", PER_ADDRESS),
        per_network=_rate(environ, "SIGNUP_LIMIT_NETWORK", PER_NETWORK),
        retry_seconds=_number(environ, "SIGNUP_RETRY_SECONDS", 2.0),
    )


def _needed(environ: Mapping[str, str], name: str) -> str:
    value = environ.get(name, "").strip()
    if not value:
        raise SettingsError(f"{name}: is missing, and SIGNUP_MODE=live needs it. See deploy/signup.env.example.")
    return value


def _mailbox(name: str, value: str) -> str:
    if value and ("@" not in parseaddr(value)[1] or not value.isprintable()):
        raise SettingsError(f"{name}: '{value}' holds no address. Write: Name <name@example.org>")
    return value


def _lists(text: str) -> dict[str, str]:
    lists: dict[str, str] = {}
    for pair in filter(None, re.split(r"[\s,]+", text)):
        locale, equals, list_id = pair.partition("=")
        if not equals or locale in lists:
            raise SettingsError(f"SIGNUP_LISTS: '{pair}' cannot be used. Write each locale once: en=ID,bn=ID")
        lists[locale] = list_id
    return lists


def _secrets(environ: Mapping[str, str]) -> tuple[str, ...]:
    """Return the old secrets, whose links still work, and last the one that signs."""
    found = (*environ.get("SIGNUP_SECRETS_OLD", "").split(), _needed(environ, "SIGNUP_SECRET"))
    if any(len(one) < SHORTEST_SECRET for one in found):
        raise SettingsError(
            f"SIGNUP_SECRET: is shorter than {SHORTEST_SECRET} characters, so links could be forged."
            " Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(32))'"
        )
    return found


def _smtp(environ: Mapping[str, str]) -> Smtp:
    security = environ.get("SIGNUP_SMTP_SECURITY", "starttls")
    if security not in ("starttls", "tls", "none"):
        raise SettingsError(f"SIGNUP_SMTP_SECURITY: '{security}' is unknown. Use starttls, tls or none.")
    password = environ.get("SIGNUP_SMTP_PASSWORD", "")
    password_file = environ.get("SIGNUP_SMTP_PASSWORD_FILE", "")
    if password_file:
        try:
            password = Path(password_file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise SettingsError(
                f"SIGNUP_SMTP_PASSWORD_FILE: {password_file} cannot be read ({error.strerror}). Check path and owner."
            ) from error
    return Smtp(
        host=_needed(environ, "SIGNUP_SMTP_HOST"),
        port=int(_number(environ, "SIGNUP_SMTP_PORT", 465 if security == "tls" else 587)),
        security="tls" if security == "tls" else "none" if security == "none" else "starttls",
        user=environ.get("SIGNUP_SMTP_USER", ""),
        password=password,
        timeout=_number(environ, "SIGNUP_SMTP_TIMEOUT", 20.0),
    )


def _flag(environ: Mapping[str, str], name: str) -> bool:
    value = environ.get(name, "no").lower()
    if value not in ("yes", "no"):
        raise SettingsError(f"{name}: '{value}' is unclear. Use yes or no.")
    return value == "yes"


def _number(environ: Mapping[str, str], name: str, default: float) -> float:
    text = environ.get(name, str(default))
    if not re.fullmatch(r"\d{1,6}(\.\d{1,6})?", text) or float(text) <= 0:
        raise SettingsError(f"{name}: '{text}' is no number above 0. Write it in digits, like {default:g}.")
    return float(text)


def _rate(environ: Mapping[str, str], name: str, default: Rate) -> Rate:
    """Read `BURST/SECONDS`: so many at once, then one more each so many seconds."""
    text = environ.get(name, f"{default.burst}/{default.every:g}")
    match = re.fullmatch(r"([1-9]\d{0,5})/(\d{1,6}(?:\.\d{1,6})?)", text)
    if not match or float(match[2]) <= 0:
        raise SettingsError(f"{name}: '{text}' is no limit. Write how many at once and seconds for one more: 3/1200")
    return Rate(burst=int(match[1]), every=float(match[2]))
