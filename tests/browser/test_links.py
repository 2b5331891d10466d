"""linkchecker walks the whole built site: no link within it is broken."""

from __future__ import annotations

from pathlib import Path

from portal import fetch_links


def test_no_link_within_the_site_is_broken(site: Path) -> None:
    assert [str(problem) for problem in fetch_links.internal(site)] == []
