"""How large pictures are, read from their first bytes."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from portal import pictures


def photo(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 36)).save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["webp", "avif"])
def test_photos(kind: str) -> None:
    assert pictures.size(f"a.{kind}", photo(kind)) == (64, 36)


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ('<svg viewBox="0 0 640 360">', (640, 360)), ("<?xml?>\n<svg\n viewBox='-1,-1,6.4,3.6'>", (6, 4)),
        ('<svg width="32" height="16px" viewBox="0 0 2 1">', (32, 16)), ('<svg width="100%" height="9" viewBox="0 0 2 1">', (2, 1)),
        ('<svg stroke-width="3" height="9">', None), ('<svg viewBox="0 0 0 1">', None), ("<svg>", None), ("no picture", None),
        ('<svg viewBox="0 0 1.2.3 4">', None),
    ],
)  # fmt: skip
def test_drawings(text: str, sides: tuple[int, int] | None) -> None:
    assert pictures.size("a.svg", text.encode()) == sides


@given(st.binary(max_size=200), st.sampled_from(["a.svg", "a.webp", "a.avif"]), st.integers(0, 400))
def test_no_file_however_broken_gives_a_traceback(data: bytes, name: str, cut: int) -> None:
    pictures.size(name, data)
    pictures.size(name, b"<svg viewBox='" + data + b"'>")
    pictures.size(name, photo("webp")[:cut])


def test_only_pictures_with_a_size_are_listed() -> None:
    raw = {"docs/assets/images/a.svg": b'<svg viewBox="0 0 4 3">', "docs/assets/images/b.svg": b"<svg>", "docs/assets/x.svg": b'<svg viewBox="0 0 4 3">'}
    assert pictures.sizes(raw, raw) == {"assets/images/a.svg": (4, 3)}
