"""Ticks and the calculator: what people fill in stays on the device, can be saved, printed and cleared."""

from __future__ import annotations

import csv
import datetime
import io
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from portal import repayment

PAGE = "toolkits/employers/repaying-fees.html"


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, accept_downloads=True)
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda m: faults.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda e: faults.append(str(e)))
    yield page
    context.close()
    assert faults == []


def saved(page: Page) -> tuple[str, bytes]:
    with page.expect_download() as waiting:
        page.locator("[data-export]").click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


@pytest.mark.parametrize(("locale", "yes", "no"), [("en", "yes", "no"), ("vi", "có", "không"), ("bn", "হ্যাঁ", "না")])
def test_ticks_are_saved_as_a_table(locale: str, yes: str, no: str, phone: Page, address: str) -> None:
    phone.goto(address + ("" if locale == "en" else f"{locale}/") + PAGE)
    phone.locator(".task-list-item input").nth(1).check()
    name, data = saved(phone)
    today = phone.evaluate("(d => [d.getFullYear(), d.getMonth() + 1, d.getDate()].map(n => String(n).padStart(2, '0')).join('-'))(new Date())")
    assert name == f"repaying-fees-{locale}-{today}.csv"
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    labels = [re.sub(r"\s+", " ", text).strip() for text in phone.locator(".task-list-item label").all_text_contents()]
    assert [row[1] for row in rows[1:]] == labels
    assert [row[2] for row in rows[1:]] == [yes if number == 1 else no for number in range(len(labels))]
    assert all(len(row) == 3 and row[0] for row in rows)


def test_no_cell_is_taken_for_a_formula(phone: Page, address: str) -> None:
    phone.goto(address + PAGE)
    for number, text in enumerate(('=HYPERLINK("http://x")', "+1", "-1", "@a", "\t=1", '"quoted", twice')):
        phone.locator(".task-list-item label").nth(number).evaluate("(label, text) => { label.textContent = text; }", text)
    _, data = saved(phone)
    cells = [row[1] for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))][1:7]
    assert cells == ["'=HYPERLINK(\"http://x\")", "'+1", "'-1", "'@a", "'=1", '"quoted", twice']


def test_ticks_say_that_nothing_leaves_the_device_and_nothing_does(phone: Page, address: str) -> None:
    phone.goto(address + PAGE)
    phone.wait_for_load_state("networkidle")
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.locator(".task-list-item input").first.check()
    saved(phone)
    phone.locator("[data-clear]").click()
    expect(phone.locator("[data-ticks]")).to_contain_text("Nothing is sent")
    assert [url for url in asked if not url.startswith("blob:")] == []
    assert phone.evaluate("localStorage.length") == 0


def test_calculator_agrees_with_the_reference_on_random_amounts(phone: Page, address: str) -> None:
    rng = random.Random(7)
    cases = [([(rng.randrange(10**7), rng.randrange(10**6)) for _ in range(rng.randint(1, 6))], rng.randint(1, 24)) for _ in range(200)]
    phone.goto(address + PAGE)
    sent = [([{"paid": paid, "repaid": repaid} for paid, repaid in workers], months) for workers, months in cases]
    answers = phone.evaluate("cases => cases.map(([rows, months]) => portalCalculator.plan(rows, months).payments)", sent)
    for (workers, months), payments in zip(cases, answers, strict=True):
        unit = 100 if all(p % 100 == 0 and r % 100 == 0 for p, r in workers) else 1
        debts = [repayment.owed(p, r) / unit for p, r in workers]
        assert payments == [repayment.instalments(int(debt), months) for debt in debts]


def test_calculator_agrees_with_the_reference_on_random_dates(phone: Page, address: str) -> None:
    rng = random.Random(8)
    days = [datetime.date(2024, 1, 31) + datetime.timedelta(rng.randrange(2000)) for _ in range(200)] + [datetime.date(2024, 1, 31)]
    cases = [(day, rng.randint(1, 60)) for day in days]
    phone.goto(address + PAGE)
    sent = [(day.isoformat(), months) for day, months in cases]
    answers = phone.evaluate("cases => cases.map(([day, months]) => portalCalculator.dueDates(day, months))", sent)
    assert answers == [[day.isoformat() for day in repayment.due_dates(*case)] for case in cases]


@pytest.mark.parametrize(
    ("text", "value"),
    [("", 0), ("0", 0), ("1200", 120000), ("1200.5", 120050), ("1 200,05", 120005), ("999999999999.99", 99999999999999)]
    + [(bad, None) for bad in ("-1", "1.234", "1,2,3", "abc", "1e9", "١٢", "1.", "٠")],
)
def test_amounts_are_read_or_refused_never_guessed(text: str, value: int | None, phone: Page, address: str) -> None:
    phone.goto(address + PAGE)
    assert phone.evaluate("text => portalCalculator.hundredths(text)", text) == value


def fill_example(page: Page) -> None:
    """Type the worked example of the page, by keyboard alone after the first field."""
    page.locator("[data-calculator] [name=paid]").focus()
    for number, (paid, repaid) in enumerate((("3000", "600"), ("4500", "500"), ("2000", ""))):
        if number:
            page.locator("[data-add]").focus()
            page.keyboard.press("Enter")
        page.keyboard.type(paid)
        page.keyboard.press("Tab")
        page.keyboard.type(repaid)


def test_calculator_works_the_example_of_the_page(phone: Page, address: str) -> None:
    phone.goto(address + PAGE)
    fill_example(phone)
    box = phone.locator("[data-calculator]")
    box.locator("[name=first]").fill("2026-12-31")
    row = box.locator("[data-result] tbody tr").nth(2)
    assert row.locator("td").all_inner_texts() == ["800", "1334", "668", "2802"]
    assert row.locator("th").inner_text() == "Month 3 (February 28, 2027)"
    box.locator("[name=paid]").first.fill("-5")
    expect(box.locator("[data-message]")).not_to_be_empty()


def test_worksheet_prints_alone(phone: Page, address: str) -> None:
    phone.goto(address + PAGE)
    fill_example(phone)
    phone.evaluate("window.print = () => {}")
    phone.locator("[data-worksheet]").click()
    phone.emulate_media(media="print")
    expect(phone.locator("[data-result] table")).to_be_visible()
    expect(phone.locator("[data-calculator] [name=paid]").first).to_be_visible()
    assert phone.locator("main > :visible").count() == 1
    assert phone.locator("[data-calculator] button:visible").count() == 0
    phone.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(phone.locator(".content h1")).to_be_visible()
