"""The one place that asks what day it is; tests and reproducible builds set `PORTAL_TODAY` or `SOURCE_DATE_EPOCH`."""

from __future__ import annotations

import datetime
import os


def today() -> str:
    """Return today's date as YYYY-MM-DD (UTC)."""
    if day := os.environ.get("PORTAL_TODAY"):
        return day
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date().isoformat()
    return datetime.datetime.now(datetime.UTC).date().isoformat()
