"""The scripts of every page are one file in the built site."""

from __future__ import annotations

from pathlib import Path

import small
from portal.build import join


def test_parts_become_one_file_in_their_order(tmp_path: Path) -> None:
    small.write(tmp_path, {f"{join.FOLDER}/{name}": f"// {name}\n" for name in (*join.EVERYWHERE, "ticks.js")})
    for _ in range(2):
        join.join(tmp_path)
        assert (tmp_path / join.FOLDER / "portal.js").read_text() == "".join(f"// {name}\n" for name in join.EVERYWHERE)
    assert {path.name for path in tmp_path.rglob("*.js")} == {"portal.js", "ticks.js"}


def test_a_part_alone_still_gets_the_name_that_pages_ask_for(tmp_path: Path) -> None:
    small.write(tmp_path, {f"{join.FOLDER}/search/loader.js": "loader\n"})
    join.join(tmp_path)
    assert (tmp_path / join.FOLDER / "portal.js").read_text() == "loader\n"


def test_a_folder_without_scripts_stays_as_it_is(tmp_path: Path) -> None:
    join.join(tmp_path)
    assert not list(tmp_path.iterdir())
    assert join.weight(tmp_path) > 0
