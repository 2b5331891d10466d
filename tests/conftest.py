"""Fixtures for all tests: a fixed day, and one browser for every test that needs one."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

import chromium

os.environ["NO_MKDOCS_2_WARNING"] = "1"
os.environ["PORTAL_TODAY"] = "2026-11-24"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start one Chromium for all tests. Tests with a browser run in a pytest of their own: Playwright keeps a loop running."""
    path = chromium.find()
    chromium.find_fonts()
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=chromium.ARGUMENTS)
        yield running
        running.close()
