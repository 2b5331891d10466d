"""Let readers go first: a mail may wait a moment while somebody waits for a page."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Traffic:
    """Know whether a request is being answered just now."""

    def __init__(self) -> None:
        self._answering = 0
        self._quiet = asyncio.Event()
        self._quiet.set()

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Count one request while it is being answered."""
        self._answering += 1
        self._quiet.clear()
        try:
            yield
        finally:
            self._answering -= 1
            if self._answering == 0:
                self._quiet.set()

    async def quiet(self, at_most: float) -> None:
        """Wait until nobody waits for an answer, but not longer than so many seconds."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._quiet.wait(), at_most)
