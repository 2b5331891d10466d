"""Make the pictures of the README from the built site: .venv/bin/python tests/screenshots.py (after docs.py build)."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import sync_playwright

import chromium

REPO = Path(__file__).resolve().parent.parent
PICTURES = {"home.png": "index.html", "key-messages-bn.png": "bn/covid-19/key-messages.html"}


def main() -> None:
    """Write each picture at the size of a phone."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.ARGUMENTS)
        page = browser.new_page(viewport={"width": 360, "height": 720})
        for name, path in PICTURES.items():
            page.goto((REPO / "site" / path).as_uri())
            page.screenshot(path=REPO / ".github" / "screenshots" / name)
        browser.close()


if __name__ == "__main__":
    main()
