"""Make and read the signed links in our mails. They carry an id, never an address, and expire."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Any

from itsdangerous import BadData, SignatureExpired, TimestampSigner, URLSafeTimedSerializer

DAY = 86_400
LONGEST = 512  # ours have about 100 characters


class TokenError(ValueError):
    """A link that we did not make or that was changed on the way."""


class TokenExpiredError(TokenError):
    """A link that we made, too long ago."""


class Tokens:
    """Sign ids for one purpose each: a link to leave can never confirm."""

    def __init__(self, secrets: Sequence[str], *, confirm_days: int, leave_days: int, clock: Callable[[], float]) -> None:
        class Signer(TimestampSigner):
            def get_timestamp(self) -> int:
                return int(clock())

        def serializer(purpose: str) -> URLSafeTimedSerializer:
            return URLSafeTimedSerializer(
                list(secrets),
                salt=f"signup {purpose}",
                signer=Signer,
                signer_kwargs={"digest_method": hashlib.sha256},
            )

        self._confirm = (serializer("confirm"), confirm_days * DAY)
        self._leave = (serializer("leave"), leave_days * DAY)

    def to_confirm(self, request_id: str) -> str:
        """Return the token that lets its bearer confirm this request."""
        return self._confirm[0].dumps(request_id)

    def to_leave(self, uid: str) -> str:
        """Return the token that lets its bearer unsubscribe and delete this person."""
        return self._leave[0].dumps(uid)

    def read_confirm(self, token: str) -> str:
        """Return the request id in `token`, or raise `TokenError`, `TokenExpiredError`."""
        return _read(*self._confirm, token)

    def read_leave(self, token: str) -> str:
        """Return the person's id in `token`, or raise `TokenError`, `TokenExpiredError`."""
        return _read(*self._leave, token)


def _read(serializer: URLSafeTimedSerializer, seconds: int, token: str) -> str:
    if len(token) > LONGEST:
        raise TokenError
    try:
        # A mail program may add blanks or a line break to a copied link.
        value: Any = serializer.loads("".join(token.split()), max_age=seconds)
    except SignatureExpired as error:
        raise TokenExpiredError from error
    except (BadData, UnicodeError) as error:
        raise TokenError from error
    if not isinstance(value, str):
        raise TokenError
    return value
