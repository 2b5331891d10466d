"""What both measurements of search count."""

from __future__ import annotations

from dataclasses import dataclass, field

SLOWER = 6
"""So many times the processor is slowed, for an old phone."""


@dataclass
class Figures:
    """Hold what was asked and found in one locale, and the bytes of the engine and of the index."""

    locale: str
    asked: int = 0
    found: int = 0
    empty: int = 0
    missed: list[str] = field(default_factory=list)
    engine: int = 0
    index: int = 0

    @property
    def recall(self) -> float:
        """Return the share of queries that found their page among the first three."""
        return self.found / max(self.asked, 1)
