"""Name a text the way git does, without git."""

from __future__ import annotations

import hashlib


def blob_id(data: bytes) -> str:
    """Return the git blob id of these bytes (`git hash-object`), 40 hex digits."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
