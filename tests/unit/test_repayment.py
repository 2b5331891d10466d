"""The arithmetic of repaying fees, and the worked example of the page."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

import small
from portal.repayment import due_dates, instalments, owed


@given(st.integers(0, 10**12), st.integers(1, 60))
def test_payments_add_up_and_only_the_last_differs(amount: int, months: int) -> None:
    parts = instalments(amount, months)
    assert sum(parts) == amount
    assert len(parts) == months
    assert len(set(parts[:-1])) <= 1
    assert 0 <= parts[-1] - parts[0] < months


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_nobody_owes_less_than_nothing(paid: int, repaid: int) -> None:
    assert owed(paid, repaid) == max(0, paid - repaid)


@given(st.dates(datetime.date(2000, 1, 1), datetime.date(2090, 1, 1)), st.integers(1, 60))
def test_payments_fall_on_one_day_of_each_month(first: datetime.date, months: int) -> None:
    days = due_dates(first, months)
    assert days[0] == first
    assert [(d.year * 12 + d.month) - (first.year * 12 + first.month) for d in days] == list(range(months))
    assert all(day.day == first.day or (day + datetime.timedelta(1)).day == 1 for day in days)


BAD = (lambda: owed(-1, 0), lambda: instalments(-1, 1), lambda: instalments(1, 0), lambda: due_dates(datetime.date(2026, 1, 1), 0))


@pytest.mark.parametrize("call", BAD)
def test_bad_amounts_are_refused(call: object) -> None:
    with pytest.raises(ValueError, match=r"cannot be negative|at least one month"):
        call()  # type: ignore[operator]


def table(text: str, heading: str) -> list[list[str]]:
    lines = text[text.index(heading) :].split("\n")
    start = next(n for n, line in enumerate(lines) if line.startswith("|"))
    rows = []
    for line in lines[start:]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows[2:]


@pytest.mark.parametrize("page", sorted((small.REPO / "docs").glob("*/toolkits/employers/repaying-fees.md")), ids=lambda p: p.parts[-4])
def test_worked_example_adds_up_in_every_locale(page: object) -> None:
    text = page.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    debts = [[int(cell) for cell in row[1:]] for row in table(text, "{ #worked-example }")]
    workers, total = debts[:-1], debts[-1]
    for paid, repaid, rest in workers:
        assert owed(paid, repaid) == rest
    assert total == [sum(column) for column in zip(*workers, strict=True)]
    plan = [[int(cell) for cell in row[1:]] for row in table(text, "{ #instalments }")]
    months, sums = plan[:-1], plan[-1]
    for number, (_, _, rest) in enumerate(workers):
        assert [row[number] for row in months] == instalments(rest, len(months))
    for row in [*months, sums]:
        assert row[-1] == sum(row[:-1])
    assert sums[:-1] == [rest for _, _, rest in workers]
