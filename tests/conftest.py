"""Fixtures for all tests: fixed day, and a warning-free MkDocs."""

from __future__ import annotations

import os

os.environ["NO_MKDOCS_2_WARNING"] = "1"
os.environ["PORTAL_TODAY"] = "2026-11-24"
