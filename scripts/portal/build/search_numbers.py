"""Write words and numbers of the search index in few printable signs; `search/numbers.js` reads them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache
from posixpath import commonprefix

_FIRST_SIGN = 35
_BASE = 45


@lru_cache(maxsize=65536)
def level(weight: float) -> int:
    """Return a weight as a small number: two steps for each doubling."""
    return round(2 * math.log2(max(weight, 1)))


def gaps(held: list[tuple[int, float]]) -> list[int]:
    """Return the pages that hold a word as one number less than their count, then the distance to each from the one before."""
    found, last = [len(held) - 1], -1
    for number, _ in held:
        found.append(number - last - 1)
        last = number
    return found


def front_coded(terms: list[str]) -> str:
    """Return sorted terms, each as the length it shares with the one before and its rest."""
    coded, last = [], ""
    for term in terms:
        shared = len(commonprefix((term, last[: _BASE - 1])))
        coded.append(_number(shared) + term[shared:])
        last = term
    return " ".join(coded)


def numbers(values: Iterable[int]) -> str:
    """Write whole numbers, 0 or more, one after the other without a mark between them."""
    return "".join(_number(value) for value in values)


@lru_cache(maxsize=65536)
def _number(value: int) -> str:
    """Write a number in printable signs: low digits first, the last one from the first half."""
    signs = ""
    while value >= _BASE:
        signs += _sign(_BASE + value % _BASE)
        value = value // _BASE - 1
    return signs + _sign(value)


def _sign(value: int) -> str:
    code = _FIRST_SIGN + value
    return chr(code + 1 if code >= ord("\\") else code)
