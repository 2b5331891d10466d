"""The arithmetic of repaying fees: what is owed, and monthly payments that add up to it.

The calculator in docs/assets/javascripts/calculator.js does the same; a browser test compares the two on random amounts.
"""

from __future__ import annotations

import calendar
import datetime


def owed(paid: int, repaid: int) -> int:
    """Return what is still owed in the smallest unit, never less than 0. Raises ValueError for a negative amount."""
    if paid < 0 or repaid < 0:
        raise ValueError("an amount of money cannot be negative")
    return max(0, paid - repaid)


def instalments(amount: int, months: int) -> list[int]:
    """Return `months` equal whole payments in the smallest unit; the last one takes the remainder.

    Raises ValueError for a negative amount or fewer than one month.
    """
    if amount < 0 or months < 1:
        raise ValueError("there must be an amount of 0 or more and at least one month")
    part = amount // months
    return [part] * (months - 1) + [amount - part * (months - 1)]


def due_dates(first: datetime.date, months: int) -> list[datetime.date]:
    """Return the day of each monthly payment: the day of the first one, or the month's last day where it has no such day.

    Raises ValueError for fewer than one month.
    """
    if months < 1:
        raise ValueError("there must be at least one month")
    found = []
    for number in range(months):
        year, month = first.year + (first.month - 1 + number) // 12, (first.month - 1 + number) % 12 + 1
        found.append(datetime.date(year, month, min(first.day, calendar.monthrange(year, month)[1])))
    return found
