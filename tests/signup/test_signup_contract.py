"""The form speaks listmonk's public contract, so that one can take the other's place."""

from __future__ import annotations

from pathlib import Path

import pytest
from signup_kit import ORIGIN, Clock, Service, preview, serving, texts

from signup.limits import Rate


def test_a_signup_gets_a_page_and_one_mail(service: Service) -> None:
    answer = service.subscribe()
    assert answer.status_code == 200
    assert "Check your mail" in answer.text
    assert [mail.to for mail in service.mails()] == ["ana@example.org"]


@pytest.mark.parametrize("target", ["/bn/newsletter/check-your-mail.html", f"{ORIGIN}/newsletter/check-your-mail.html"])
def test_next_that_is_configured_is_followed_with_303(service: Service, target: str) -> None:
    answer = service.subscribe(next=target)
    assert (answer.status_code, answer.headers["location"]) == (303, target)
    assert len(service.mails()) == 1


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/bn/newsletter/check-your-mail.html?x", "javascript:1", ""])
def test_any_other_next_gets_the_page(service: Service, target: str) -> None:
    answer = service.subscribe(next=target)
    assert answer.status_code == 200
    assert "evil" not in answer.text


def test_no_list_is_400(service: Service) -> None:
    answer = service.client.post("/subscription/form", data={"email": "ana@example.org"})
    assert answer.status_code == 400
    assert "choose a language" in answer.text


def test_an_unknown_list_is_400(service: Service) -> None:
    assert service.subscribe("ana@example.org", "en", "nowhere").status_code == 400
    assert service.mails() == []


@pytest.mark.parametrize("email", ["", "ana", "ana@", "@example.org", "a b@example.org", "a@b@example.org"])
def test_a_bad_address_is_400_and_the_form_comes_back_with_it(service: Service, email: str) -> None:
    answer = service.subscribe(email, "th")
    assert answer.status_code == 400
    assert 'lang="th"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert f'value="{email}"' in answer.text


def test_a_filled_honeypot_is_502(service: Service) -> None:
    assert service.subscribe(nonce="x").status_code == 502
    assert service.mails() == []


def test_several_lists_are_one_request_and_one_mail(service: Service) -> None:
    service.subscribe("ana@example.org", "si", "ta", "si")
    assert len(service.mails()) == 1
    service.client.post(service.link("confirm"))
    assert service.rows("SELECT list_id FROM membership ORDER BY 1") == [("si",), ("ta",)]


def test_the_consent_is_kept_without_the_network_address(service: Service) -> None:
    service.subscribed("ana@example.org", "vi")
    rows = service.rows("SELECT locale, text_version, ip, asked_at, confirmed_at FROM request")
    assert rows == [("vi", "1", None, service.clock.now, service.clock.now)]


def test_the_network_address_is_kept_only_when_configured(tmp_path: Path, clock: Clock) -> None:
    with serving(preview(tmp_path, keep_ip=True), clock) as service:
        service.subscribe()
        assert service.rows("SELECT ip FROM request") == [("testclient",)]


def test_the_answer_tells_nothing_about_the_address(service: Service) -> None:
    service.subscribed("old@example.org")
    service.subscribe("waiting@example.org")
    pages = {service.subscribe(f"{who}@example.org").content for who in ("old", "waiting", "new")}
    assert len(pages) == 1
    kinds = service.rows("SELECT kind FROM mail ORDER BY id DESC LIMIT 3")
    assert sorted(kinds) == [("already",), ("confirm",), ("confirm",)]


def test_the_link_page_tells_nothing_about_the_address(service: Service) -> None:
    service.subscribed("old@example.org")
    pages = [service.client.post("/subscription/manage", data={"email": f"{who}@example.org", "locale": "ms"}) for who in ("old", "new")]
    assert pages[0].content == pages[1].content
    assert 'lang="ms"' in pages[0].text
    assert [mail.lang for mail in service.mails()] == ["en", "en", "ms"]


@pytest.mark.parametrize("origin", [ORIGIN, "http://localhost:8000", None])
def test_forms_of_ours_and_of_plain_programs_are_taken(service: Service, origin: str | None) -> None:
    headers = {} if origin is None else {"Origin": origin}
    data = {"email": "ana@example.org", "l": "en"}
    assert service.client.post("/subscription/form", data=data, headers=headers).status_code == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1.evil.example", "http://["])
def test_forms_on_other_pages_are_403(service: Service, origin: str) -> None:
    data = {"email": "ana@example.org", "l": "en"}
    for door in ("form", "manage"):
        answer = service.client.post(f"/subscription/{door}", data=data, headers={"Origin": origin})
        assert answer.status_code == 403
    assert service.mails() == []


def test_a_page_of_ours_without_referrer_is_taken(service: Service) -> None:
    headers = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}
    data = {"email": "ana@example.org", "l": "en"}
    assert service.client.post("/subscription/form", data=data, headers=headers).status_code == 200


def test_a_large_form_is_413_and_another_type_415(service: Service) -> None:
    large = service.client.post("/subscription/form", data={"email": "a" * 9000, "l": "en"})
    other = service.client.post("/subscription/form", json={"email": "ana@example.org"})
    assert (large.status_code, other.status_code) == (413, 415)


def test_a_network_that_sends_too_much_is_429_until_it_has_waited(tmp_path: Path, clock: Clock) -> None:
    with serving(preview(tmp_path, per_network=Rate(burst=3, every=60)), clock) as service:
        assert [service.subscribe(f"a{n}@example.org").status_code for n in range(4)] == [200, 200, 200, 429]
        answer = service.subscribe("late@example.org")
        assert int(answer.headers["retry-after"]) == 60
        assert "Wait 2 minutes" in answer.text
        clock.go(seconds=61)
        assert service.subscribe("late@example.org").status_code == 200


def test_an_address_gets_few_mails_and_the_same_answer(service: Service) -> None:
    answers = {service.subscribe().content for _ in range(6)}
    assert len(answers) == 1
    assert len(service.mails()) == 3
    service.clock.go(seconds=1201)
    service.subscribe()
    assert len(service.mails()) == 4


def test_unknown_pages_and_methods_are_told_in_the_readers_language(service: Service) -> None:
    missing = service.client.get("/subscription/nothing", headers={"Accept-Language": "fil-PH,en;q=0.5"})
    assert (missing.status_code, 'lang="fil"' in missing.text) == (404, True)
    wrong = service.client.put("/subscription/form")
    assert wrong.status_code == 405
    assert "no page" in texts(wrong.text)
