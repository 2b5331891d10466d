"""What a screen reader is given of the key pages, kept as text in tests/cases/trees/: read the difference as its user would.

After a wanted change:  PORTAL_WRITE_TREES=1 python3 scripts/docs.py test -- -k test_trees   and look at `git diff`.
The pages are the real English ones. Long lists are cut after the first entries, and sentences and facts that writers change are
shown as "…": what is kept is the shape of the page and the words of the portal itself.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

import small
from templates import TEMPLATES

TREES = small.REPO / "tests" / "cases" / "trees"
KEPT = 2
"""How many entries of a long list are kept."""
SHORTEN = """kept => {
  for (const list of document.querySelectorAll(".cards, .article ul, .article ol, tbody, select, .siblings ol, .toc ul, main .list")) {
    [...list.children].slice(kept).forEach(e => e.remove());
  }
  for (const part of [...document.querySelectorAll(".article > section.part")].slice(kept)) if (!part.querySelector("input")) part.remove();
  const changing = document.querySelectorAll(".lead, .article :is(p, li, label, td, th), .record :is(td, th[scope=row]), .cards > *,"
    + " .sources li, main .list > *, .siblings a, .toc a, .facts, .pager a > span:last-child, h1, .crumbs a, .cite p");
  for (const part of changing) {
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) if (walker.currentNode.data.trim()) walker.currentNode.data = "…";
    for (const link of part.matches("a") ? [part] : part.querySelectorAll("a[href]")) link.setAttribute("href", "#");
  }
}"""


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def agrees(name: str, tree: str, address: str) -> None:
    """Compare with the kept text, or write it where the reader of this file asked for it."""
    tree = re.sub(r"about \d+ kB", "about … kB", tree.replace(address, "/"))
    file = TREES / f"{name.replace(' ', '-')}.yml"
    if os.environ.get("PORTAL_WRITE_TREES"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(tree + "\n")
    assert tree + "\n" == file.read_text(), (
        f"{file.relative_to(small.REPO)}: the page says something else now; see tests/browser/test_trees.py"
    )


@pytest.mark.parametrize("name", ["home", "module", "country", "library", "newsletter"])
def test_tree_of_a_page(name: str, desk: Page, address: str) -> None:
    desk.goto(address + TEMPLATES[name], wait_until="networkidle")
    desk.evaluate(SHORTEN, KEPT)
    agrees(name, desk.locator("body").aria_snapshot(), address)


def test_tree_of_the_search_dialog(desk: Page, address: str) -> None:
    desk.goto(address)
    desk.locator(".search-open").click()
    dialog = desk.get_by_role("dialog")
    expect(dialog.get_by_role("combobox")).to_be_visible()  # it comes with the index
    agrees("search", dialog.aria_snapshot(), address)
