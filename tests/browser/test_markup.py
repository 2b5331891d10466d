"""The Nu HTML checker finds no error on any page of the real site (about 40 s for 1,300 pages)."""

from __future__ import annotations

from pathlib import Path

import markup


def test_checker_sees_what_is_wrong(tmp_path: Path) -> None:
    good = "<!doctype html><html lang=en><title>A page</title><h1>A page</h1>"
    (tmp_path / "good.html").write_text(good)
    (tmp_path / "bad.html").write_text(good + "<p id=a>one<p id=a>two")
    (found,) = markup.errors(tmp_path)
    assert "bad.html:1: Duplicate ID" in found


def test_only_trusted_types_may_be_unknown_to_the_checker(tmp_path: Path) -> None:
    page = '<!doctype html><html lang=en><meta http-equiv=Content-Security-Policy content="{}"><title>A page</title><h1>A page</h1>'
    (tmp_path / "good.html").write_text(page.format("script-src 'self'; require-trusted-types-for 'script'; trusted-types a"))
    (tmp_path / "bad.html").write_text(page.format("script-source 'self'; trusted-types a"))
    (found,) = markup.errors(tmp_path)
    assert "script-source" in found


def test_every_page_is_valid_html(site: Path) -> None:
    assert markup.errors(site) == []
