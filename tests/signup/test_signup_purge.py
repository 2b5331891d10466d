"""What is no longer needed is deleted, and nothing before."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from signup_kit import Clock, Service, free_port, live, serving

from signup.cli import main
from signup.purge import Purged, purge
from signup.schema import connect


def purge_now(service: Service) -> Purged:
    """Purge as the service does each hour."""
    with closing(connect(service.settings.database)) as db:
        return purge(db, service.clock.now, confirm_days=7, left_days=30)


def test_whoever_did_not_confirm_is_deleted_after_seven_days(service: Service) -> None:
    service.subscribe()
    service.mails()
    service.clock.go(days=6.9)
    assert purge_now(service).people == 0
    service.clock.go(days=0.2)
    assert purge_now(service) == Purged(requests=1, memberships=0, mails=1, people=1)
    assert service.rows("SELECT * FROM person") == []


def test_whoever_confirmed_stays_with_the_consent_record(service: Service) -> None:
    service.subscribed()
    service.clock.go(days=4000)
    assert purge_now(service).people == 0
    assert service.rows("SELECT count(*) FROM membership JOIN request ON request.id = request_id") == [(1,)]


def test_whoever_left_is_deleted_after_thirty_days(service: Service) -> None:
    service.subscribed()
    service.client.post(service.link("unsubscribe"))
    service.clock.go(days=29.9)
    assert purge_now(service).people == 0
    service.clock.go(days=0.2)
    assert purge_now(service).people == 1
    for table in ("person", "request", "membership"):
        assert service.rows(f"SELECT * FROM {table}") == []


def test_a_signup_whose_mail_still_waits_is_kept(tmp_path: Path, clock: Clock) -> None:
    with serving(live(tmp_path, free_port()), clock) as service:
        service.subscribe()
        clock.go(days=30)
        assert purge_now(service).people == 0
        assert service.rows("SELECT state FROM mail") == [("waiting",)]


def test_a_second_list_asked_for_and_not_confirmed_goes_alone(service: Service) -> None:
    service.subscribed("ana@example.org", "en")
    service.subscribe("ana@example.org", "ne")
    service.mails()
    service.clock.go(days=8)
    assert purge_now(service).requests == 1
    assert service.rows("SELECT list_id FROM membership") == [("en",)]


def test_a_deleted_address_is_overwritten_on_the_disk(tmp_path: Path) -> None:
    settings = live(tmp_path, free_port())
    with serving(settings) as service:
        service.subscribe("needle-in-haystack@example.org")
        assert any(b"needle-in-haystack" in file.read_bytes() for file in tmp_path.iterdir())
        environ = {"SIGNUP_DATABASE": str(settings.database)}
        assert main(["delete", "Needle-in-Haystack@example.org"], environ) == 0
    assert not any(b"needle-in-haystack" in file.read_bytes() for file in tmp_path.iterdir())
