"""Keep what an engine complains of, so that a person can be told at the end."""

from __future__ import annotations

import logging


class Messages(logging.Handler):
    """Collect warnings and errors as lines."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one message."""
        self.lines.append(record.getMessage())
