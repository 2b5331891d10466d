"""Tell a mail address from everything else that people and programs type into a form."""

from __future__ import annotations

import unicodedata

from email_validator import EmailNotValidError, validate_email

LONGEST = 254
# A spreadsheet that opens the exported CSV takes these for the start of a formula.
FORMULA_STARTS = ("=", "+", "-", "@")


class AddressError(ValueError):
    """What was typed is not an address that can get mail."""


def read_address(typed: str) -> str:
    """Return the address in the one form under which we store and compare it.

    Domains may be written in any script (IDN), and so may the part before the
    '@'. No question is put to the network: the confirmation mail is the proof.

    Raises:
        AddressError: not an address, or one with characters that look like others.
    """
    text = typed.strip(" \t\u3000")  # phones add a blank after a word from the keyboard's suggestions
    if not text or len(text) > LONGEST:
        raise AddressError
    local = text.rpartition("@")[0]
    if unicodedata.normalize("NFKC", local) != unicodedata.normalize("NFC", local):
        raise AddressError  # full-width letters, ligatures: another person's address to the eye
    if local.startswith(FORMULA_STARTS):
        raise AddressError
    try:
        found = validate_email(text, check_deliverability=False)
    except (EmailNotValidError, UnicodeError) as error:
        raise AddressError from error
    # Upper case in the local part is one mailbox everywhere that people have mail; listmonk does the same.
    return found.normalized.lower()


def for_envelope(address: str) -> str:
    """Return `address` as ASCII where that is possible, so that any mail server takes it."""
    found = validate_email(address, check_deliverability=False)
    return found.ascii_email or found.normalized


def masked(address: str) -> str:
    """Return enough of `address` for an operator to recognise it: `a…@example.org`."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}…@{domain}"
