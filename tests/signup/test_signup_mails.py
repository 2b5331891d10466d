"""Mails are right in every locale and reach the mail server whatever happens to it."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterator
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path

import pytest
from signup_kit import MailServer, Service, free_port, live, parsed, serving, texts, wait_until

from signup.policy import POLICY
from signup.tokens import Tokens
from signup.words import LOCALES, words_of


@pytest.fixture()
def sending(tmp_path: Path, mail_server: MailServer) -> Iterator[Service]:
    """Return a service that sends by SMTP."""
    with serving(live(tmp_path, mail_server.port)) as service:
        yield service


def is_empty(service: Service) -> bool:
    """Tell whether no mail waits."""
    return bool(service.client.get("/subscription/health").json()["mails_waiting"] == 0)


def body(message: EmailMessage, kind: str) -> str:
    """Return the text or HTML of a mail."""
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content())


@pytest.mark.parametrize("locale", LOCALES)
def test_a_mail_in_each_locale(sending: Service, mail_server: MailServer, locale: str) -> None:
    sending.subscribe("ana@example.org", locale)
    wait_until(lambda: len(mail_server.deliveries) == 1)
    recipient, message = mail_server.deliveries[0]
    words = words_of(locale)
    assert recipient == message["To"] == "ana@example.org"
    assert message["Subject"] == words("mail.confirm_subject")
    assert message["Content-Language"] == words.lang
    assert message["Auto-Submitted"] == "auto-generated"
    assert str(message["Message-ID"]).endswith("@portal.example.org>")
    assert message["Date"].datetime.utcoffset().total_seconds() == 0
    assert not message.defects
    text, html = body(message, "plain"), body(message, "html")
    for piece in (words("mail.confirm_text"), words("page.what"), words("mail.ignore", days=7)):
        assert piece in text
        assert piece in texts(html).replace("&#39;", "'")
    assert f'<html lang="{words.lang}">' in html
    assert set(re.findall(r"https?://\S+", text)) == links(html)
    assert "src=" not in html  # nothing that tells us who opened it


def links(html: str) -> set[str]:
    """Return where a mail's links lead."""
    found: set[str] = set()

    class Finder(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag == "a":
                found.add(str(dict(attrs)["href"]))

    Finder().feed(html)
    return found


def test_every_mail_can_be_unsubscribed_with_one_click(sending: Service, mail_server: MailServer) -> None:
    sending.subscribe()
    wait_until(lambda: len(mail_server.deliveries) == 1)
    token = re.search(r"confirm\?token=(\S+)", body(mail_server.deliveries[0][1], "plain"))
    assert token
    sending.client.post(f"/subscription/confirm?token={token[1]}")
    sending.subscribe()
    sending.client.post("/subscription/manage", data={"email": "ana@example.org", "locale": "en"})
    wait_until(lambda: len(mail_server.deliveries) == 3 or is_empty(sending))
    assert len(mail_server.deliveries) >= 3
    for _, message in mail_server.deliveries:
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        header = str(message["List-Unsubscribe"])
        assert header.startswith("<http://127.0.0.1:8000/subscription/unsubscribe?token=")
        assert header[1:-1] in body(message, "plain")


def test_a_domain_in_another_script_is_sent_as_ascii(sending: Service, mail_server: MailServer) -> None:
    sending.subscribe("ana@bücher.example.org")
    wait_until(lambda: is_empty(sending))
    assert [to for to, _ in mail_server.deliveries] == ["ana@xn--bcher-kva.example.org"]


def test_an_address_in_another_script_is_sent_with_smtputf8(sending: Service, mail_server: MailServer) -> None:
    sending.subscribe("用戶@例子.香港", "zh-Hant")
    wait_until(lambda: is_empty(sending))
    assert [to for to, _ in mail_server.deliveries] == ["用戶@例子.香港"]
    assert mail_server.deliveries[0][1]["Subject"] == words_of("zh-Hant")("mail.confirm_subject")


def test_a_mail_that_must_wait_is_sent_later_and_once(sending: Service, mail_server: MailServer) -> None:
    mail_server.answers += ["451 later", "450 later"]
    mail_server.data_answers += ["452 later"]
    sending.subscribe()
    wait_until(lambda: is_empty(sending))
    assert len(mail_server.deliveries) == 1
    assert sending.rows("SELECT state, attempts FROM mail") == [("sent", 3)]


def test_a_mail_that_is_refused_is_not_tried_again(sending: Service, mail_server: MailServer) -> None:
    mail_server.answers += ["550 nobody here"]
    sending.subscribe("gone@example.org")
    wait_until(lambda: is_empty(sending))
    sending.subscribe("ana@example.org")
    wait_until(lambda: is_empty(sending))
    assert [to for to, _ in mail_server.deliveries] == ["ana@example.org"]
    assert sending.rows("SELECT state FROM mail ORDER BY id") == [("refused",), ("sent",)]


def test_a_mail_server_that_is_closing_blames_no_mail(sending: Service, mail_server: MailServer) -> None:
    mail_server.answers += ["421 closing"]
    sending.subscribe()
    wait_until(lambda: is_empty(sending))
    assert len(mail_server.deliveries) == 1
    assert sending.rows("SELECT state, attempts FROM mail") == [("sent", 0)]


def test_nothing_is_lost_while_the_mail_server_is_down(tmp_path: Path) -> None:
    server = MailServer(port=free_port())
    people = [f"p{number}@example.org" for number in range(40)]
    with serving(live(tmp_path, server.port)) as service:
        assert {service.subscribe(one).status_code for one in people} == {200}
    with serving(live(tmp_path, server.port)) as service:  # and over a restart
        assert service.client.get("/subscription/health").json()["mails_waiting"] == 40
        server.start()
        wait_until(lambda: is_empty(service))
        assert sorted(to for to, _ in server.deliveries) == sorted(people)
        server.stop()
        server.start()  # it comes back with new connections only
        service.subscribe("late@example.org")
        wait_until(lambda: is_empty(service))
    server.stop()
    assert len(server.deliveries) == 41
    assert len(set(server.message_ids())) == 41


def test_no_address_is_logged(
    tmp_path: Path, mail_server: MailServer, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    mail_server.answers += ["550 <secret-person@example.org> unknown", "450 secret-person", "421 secret-person"]
    with caplog.at_level(logging.DEBUG, "signup"), serving(live(tmp_path, mail_server.port)) as service:
        for number in range(3):
            service.subscribe(f"secret-person{number}@example.org")
        service.subscribe("secret-person@")
        wait_until(lambda: is_empty(service))
    out = capfd.readouterr()
    logged = "\n".join(record.getMessage() + str(record.exc_text or "") for record in caplog.records)
    assert "outbox: mail" in logged
    assert "secret-person" not in logged + out.out + out.err


def test_who_leaves_before_a_mail_was_sent_gets_none(tmp_path: Path) -> None:
    server = MailServer(port=free_port())
    with serving(live(tmp_path, server.port)) as service:
        service.subscribe("stays@example.org")
        service.subscribe("leaves@example.org")
        [(uid,)] = service.rows("SELECT uid FROM person WHERE address = 'leaves@example.org'")
        tokens = Tokens(service.settings.secrets, confirm_days=7, leave_days=1, clock=time.time)
        service.client.post(f"/subscription/unsubscribe?token={tokens.to_leave(uid)}")
        server.start()
        wait_until(lambda: is_empty(service))
    server.stop()
    assert [to for to, _ in server.deliveries] == ["stays@example.org"]


def test_subjects_survive_the_way_in_all_locales() -> None:
    for locale in LOCALES:
        for kind in ("confirm", "already", "welcome", "manage"):
            message = EmailMessage(policy=POLICY)
            subject = words_of(locale)(f"mail.{kind}_subject")
            message["Subject"] = subject
            raw = bytes(message)
            assert raw.isascii()
            assert max(map(len, raw.splitlines())) <= 78
            assert str(parsed(raw)["Subject"]) == subject
