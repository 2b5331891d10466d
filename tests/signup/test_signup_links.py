"""The links in the mails: confirm, leave, delete; signed, for a time, and only by pressing a button."""

from __future__ import annotations

from pathlib import Path

import pytest
from signup_kit import Clock, Service, preview, serving

from signup.words import LOCALES, words_of


@pytest.mark.parametrize("locale", LOCALES)
def test_the_whole_way_in_each_locale(service: Service, locale: str) -> None:
    words = words_of(locale)
    assert words("page.check_title") in service.subscribe("ana@example.org", locale).text
    confirm = service.link("confirm")
    assert words("page.confirm_button") in service.client.get(confirm).text
    confirmed = service.client.post(confirm)
    assert words("page.confirmed_title") in confirmed.text
    assert f'<html lang="{words.lang}">' in confirmed.text
    leave = service.link("unsubscribe")
    assert words("page.leave_button") in service.client.get(leave).text
    assert words("page.left_text", days=30) in service.client.post(leave).text
    assert service.rows("SELECT count(*) FROM membership WHERE left_at IS NULL") == [(0,)]
    assert [mail.subject for mail in service.mails()] == [
        words("mail.confirm_subject"),
        words("mail.welcome_subject"),
    ]


def test_following_the_link_does_not_confirm(service: Service) -> None:
    service.subscribe()
    for method in ("GET", "HEAD"):
        assert service.client.request(method, service.link("confirm")).status_code == 200
    assert service.rows("SELECT * FROM membership") == []


def test_following_the_link_to_leave_does_not_unsubscribe(service: Service) -> None:
    service.subscribed()
    service.client.get(service.link("unsubscribe"))
    service.client.get(service.link("unsubscribe").replace("unsubscribe", "delete"))
    assert service.rows("SELECT left_at FROM membership") == [(None,)]


def test_confirming_twice_says_the_same_and_sends_one_welcome(service: Service) -> None:
    service.subscribe()
    link = service.link("confirm")
    first, second = service.client.post(link), service.client.post(link)
    assert (first.status_code, second.status_code) == (200, 200)
    assert len(service.mails()) == 2


def test_the_mail_of_an_earlier_try_still_confirms(service: Service) -> None:
    service.subscribe()
    first = service.link("confirm")
    service.subscribe()
    assert service.client.post(first).status_code == 200


def test_a_link_broken_by_the_mail_program_still_works(service: Service) -> None:
    service.subscribe()
    link = service.link("confirm")
    middle = len(link) - 30
    assert service.client.post(f"{link[:middle]}%0A%20{link[middle:]}").status_code == 200


def test_a_changed_link_is_400(service: Service) -> None:
    service.subscribe()
    link = service.link("confirm")
    flipped = link[:-5] + ("A" if link[-5] != "A" else "B") + link[-4:]
    for changed in (flipped, link[:-9], "/subscription/confirm", "/subscription/confirm?token=%F0%9F%98%80"):
        assert service.client.get(changed).status_code == 400
        assert service.client.post(changed).status_code == 400
    assert service.rows("SELECT * FROM membership") == []


def test_a_link_to_leave_cannot_confirm(service: Service) -> None:
    service.subscribe()
    assert service.client.post(service.link("unsubscribe").replace("unsubscribe", "confirm")).status_code == 400


def test_a_link_to_confirm_expires_after_seven_days(service: Service) -> None:
    service.subscribe()
    link = service.link("confirm")
    service.clock.go(days=6.99)
    assert service.client.get(link).status_code == 200
    service.clock.go(days=0.02)
    assert service.client.get(link).status_code == 410
    assert service.client.post(link).status_code == 410


def test_a_link_to_leave_works_for_years_and_then_shows_the_way_to_a_new_one(service: Service) -> None:
    service.subscribed()
    link = service.link("unsubscribe")
    service.clock.go(days=1094)
    assert service.client.get(link).status_code == 200
    service.clock.go(days=2)
    expired = service.client.post(link)
    assert expired.status_code == 410
    assert "/subscription/manage" in expired.text


def test_mail_programs_unsubscribe_with_one_click(service: Service) -> None:
    """RFC 8058: a POST to the header's link, from a foreign place, urlencoded or multipart."""
    for number, content in enumerate(("data", "files")):
        service.subscribed(f"a{number}@example.org")
        link = service.link("unsubscribe")
        field = {"List-Unsubscribe": "One-Click" if content == "data" else (None, "One-Click")}
        headers = {"Origin": "https://mail.example.com"}
        answer = service.client.post(link, **{content: field}, headers=headers, follow_redirects=False)  # type: ignore[arg-type]
        assert answer.status_code == 200
    assert service.rows("SELECT count(*) FROM membership WHERE left_at IS NULL") == [(0,)]


def test_who_left_is_not_brought_back_by_an_old_link(service: Service) -> None:
    service.subscribe()
    old = service.link("confirm")
    service.client.post(service.link("unsubscribe"))
    assert service.client.get(old).status_code == 410
    assert service.client.post(old).status_code == 410
    service.subscribe()
    assert service.client.post(service.link("confirm")).status_code == 200
    assert service.rows("SELECT left_at FROM membership") == [(None,)]


def test_delete_removes_every_trace_of_the_address(service: Service) -> None:
    service.subscribed("traceable@example.org")
    answer = service.client.post(service.link("unsubscribe").replace("unsubscribe", "delete"))
    assert "is deleted" in answer.text
    for table in ("person", "request", "membership", "mail"):
        assert service.rows(f"SELECT * FROM {table}") == []
    again = service.client.post(service.link("unsubscribe"))
    assert again.status_code == 200  # they have what they want


def test_the_way_out_by_address(service: Service) -> None:
    service.subscribed()
    service.client.post("/subscription/manage", data={"email": "ANA@example.org", "locale": "hi"})
    newest = service.mails()[-1]
    assert (newest.lang, newest.subject) == ("hi", words_of("hi")("mail.manage_subject"))
    assert service.client.post(service.link("unsubscribe")).status_code == 200


def test_a_new_secret_keeps_old_links_alive(tmp_path: Path, clock: Clock) -> None:
    old, new = "o" * 40, "n" * 40
    with serving(preview(tmp_path, secrets=(old,)), clock) as service:
        service.subscribe()
        link = service.link("confirm")
    with serving(preview(tmp_path, secrets=(old, new)), clock) as service:
        assert service.client.get(link).status_code == 200
    with serving(preview(tmp_path, secrets=(new,)), clock) as service:
        assert service.client.get(link).status_code == 400
