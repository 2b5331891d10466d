"""Show progress in a terminal, and nothing but lines where there is none."""

from __future__ import annotations

import sys


def bar(done: int, total: int, what: str) -> None:
    """Draw a bar over itself; outside a terminal print nothing (logs stay readable)."""
    if not sys.stdout.isatty() or total <= 0:
        return
    filled = int(30 * done / total)
    print(f"\r[{'█' * filled}{'·' * (30 - filled)}] {done}/{total} {what:<24}", end="\n" if done >= total else "", flush=True)
