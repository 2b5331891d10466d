"""What an operator does: settings, export, backup and restore, and the commands."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from signup_kit import Clock, Service, preview, serving

from signup import backup as room
from signup import environment
from signup.backup import BackupError, back_up, check, restore
from signup.cli import main, parser
from signup.database import InUseError
from signup.environment import from_environment
from signup.export import COLUMNS
from signup.limits import Rate
from signup.settings import SettingsError, for_preview

ROOT = Path(__file__).parents[2]
LIVE = {
    "SIGNUP_MODE": "live",
    "SIGNUP_BASE_URL": "https://Portal.example.org/",
    "SIGNUP_FROM": "Portal <news@example.org>",
    "SIGNUP_LISTS": "en=11111111-aaaa, bn=2222",
    "SIGNUP_SECRET": "s" * 40,
    "SIGNUP_SMTP_HOST": "mail.example.org",
}


def test_live_settings(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("secret\n", encoding="utf-8")
    settings = from_environment(
        {
            **LIVE,
            "SIGNUP_SMTP_SECURITY": "tls",
            "SIGNUP_SMTP_PASSWORD_FILE": str(tmp_path / "password"),
            "SIGNUP_SECRETS_OLD": "o" * 40,
            "SIGNUP_ORIGINS": "https://www.example.org",
            "SIGNUP_NEXT": "https://www.example.org/thanks/",
            "SIGNUP_LIMIT_ADDRESS": "5/60",
            "SIGNUP_KEEP_IP": "yes",
        }
    )
    assert settings.base_url == "https://portal.example.org"
    assert settings.origins == {"https://portal.example.org", "https://www.example.org"}
    assert settings.lists == {"11111111-aaaa": "en", "2222": "bn"}
    assert settings.smtp is not None
    assert (settings.smtp.port, settings.smtp.password) == (465, "secret")
    assert settings.secrets == ("o" * 40, "s" * 40)
    assert settings.per_address == Rate(5, 60)
    assert settings.keep_ip
    assert not settings.is_preview
    assert {"/newsletter/check-your-mail.html", "https://www.example.org/thanks/"} <= settings.next_urls
    assert "secret" not in repr(settings)
    assert "ssss" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SIGNUP_MODE", "test"),
        ("SIGNUP_BASE_URL", "portal.example.org"),
        ("SIGNUP_BASE_URL", ""),
        ("SIGNUP_FROM", "Portal"),
        ("SIGNUP_FROM", "a@example.org\nBcc: b@example.org"),
        ("SIGNUP_REPLY_TO", "x"),
        ("SIGNUP_LISTS", ""),
        ("SIGNUP_LISTS", "en"),
        ("SIGNUP_LISTS", "en=1 en=2"),
        ("SIGNUP_LISTS", "xx=1"),
        ("SIGNUP_LISTS", "en=1 bn=1"),
        ("SIGNUP_LISTS", "en=a/b"),
        ("SIGNUP_SECRET", "short"),
        ("SIGNUP_SECRET", ""),
        ("SIGNUP_SMTP_HOST", ""),
        ("SIGNUP_SMTP_PORT", "smtp"),
        ("SIGNUP_SMTP_SECURITY", "ssl"),
        ("SIGNUP_SMTP_PASSWORD_FILE", "/nowhere/password"),
        ("SIGNUP_KEEP_IP", "maybe"),
        ("SIGNUP_LIMIT_ADDRESS", "3"),
        ("SIGNUP_LIMIT_NETWORK", "0/5"),
        ("SIGNUP_RETRY_SECONDS", "0"),
    ],
)
def test_a_wrong_setting_is_named(name: str, value: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["purge"], {**LIVE, name: value}) == 2
    said = capsys.readouterr().err
    assert name in said or name == "SIGNUP_BASE_URL"
    assert "Write" in said or "Use" in said or "See" in said or "Make" in said or "Give" in said or "Check" in said


def test_the_example_of_the_environment_is_complete_and_works() -> None:
    example = (ROOT / "deploy" / "signup.env.example").read_text(encoding="utf-8")
    used = set(re.findall(r"SIGNUP_[A-Z_]+", Path(environment.__file__).read_text(encoding="utf-8")))
    lines = re.findall(r"^#?(SIGNUP_[A-Z_]+)=(.*)$", example, re.MULTILINE)
    assert {name for name, _ in lines} == used
    settings = from_environment({name: value for name, value in lines if name != "SIGNUP_SMTP_PASSWORD_FILE"})
    assert len(settings.lists) == 12


def test_a_preview_stays_on_this_machine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SettingsError, match="not this machine"):
        for_preview(tmp_path / "x.sqlite3", base_url="https://portal.example.org")
    environ = {"SIGNUP_DATABASE": str(tmp_path / "x.sqlite3")}
    assert main(["run", "--host", "0.0.0.0"], environ) == 2
    assert "open to others" in capsys.readouterr().err
    secret = tmp_path / "x.sqlite3-secret"
    assert secret.stat().st_mode & 0o077 == 0
    assert for_preview(tmp_path / "x.sqlite3").secrets == (secret.read_text(encoding="ascii"),)


def test_export_in_listmonks_columns(service: Service, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    service.subscribed("ana@example.org", "bn", "en")
    service.subscribed("用戶@例子.香港", "bn")
    service.subscribed("left@example.org", "bn")
    service.client.post(service.link("unsubscribe"))
    service.subscribe("never-confirmed@example.org", "bn")
    environ = {"SIGNUP_DATABASE": str(service.settings.database)}
    assert main(["export", "--output", str(tmp_path / "out")], environ) == 0
    assert "bn.csv: 2" in capsys.readouterr().out
    with (tmp_path / "out" / "bn.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == list(COLUMNS) == ["email", "name", "attributes"]
    assert [row[:2] for row in rows[1:]] == [["ana@example.org", ""], ["用戶@例子.香港", ""]]
    attributes = json.loads(rows[1][2])
    assert attributes["locale"] == "bn"
    assert attributes["confirmed_at"] == "2027-01-15T08:00:00+00:00"
    assert len(list((tmp_path / "out").iterdir())) == 13
    people = json.loads((tmp_path / "out" / "subscribers.json").read_text(encoding="utf-8"))
    assert [(one["email"], one["list_id"]) for one in people][:2] == [("ana@example.org", "bn"), ("用戶@例子.香港", "bn")]
    assert (tmp_path / "out" / "bn.csv").stat().st_mode & 0o077 == 0


def test_backup_under_load_and_restore(tmp_path: Path, clock: Clock) -> None:
    settings = preview(tmp_path)
    copy = tmp_path / "backups" / "copy.sqlite3"
    with serving(settings, clock) as service:
        service.subscribed("before@example.org")
        stop = threading.Event()

        def load() -> None:
            number = 0
            while not stop.is_set():
                service.subscribe(f"load{number}@example.org")
                number += 1

        thread = threading.Thread(target=load)
        thread.start()
        counts = [back_up(settings.database, copy) for _ in range(5)]
        stop.set()
        thread.join()
        assert counts[-1] >= 1
        assert check(copy) == counts[-1]
        service.subscribe("after@example.org")
        with pytest.raises(InUseError):
            restore(copy, settings.database)
    count, kept = restore(copy, settings.database)
    assert count == counts[-1]
    assert kept is not None
    assert check(kept) > count
    with serving(settings, clock) as service:
        assert service.rows("SELECT count(*) FROM person WHERE address = 'before@example.org'") == [(1,)]
        assert service.rows("SELECT count(*) FROM person WHERE address = 'after@example.org'") == [(0,)]
        assert service.subscribe("after@example.org").status_code == 200
    assert copy.stat().st_mode & 0o077 == 0


def test_a_damaged_copy_is_not_restored(service: Service, tmp_path: Path) -> None:
    service.subscribe()
    copy = tmp_path / "copy.sqlite3"
    back_up(service.settings.database, copy)
    raw = bytearray(copy.read_bytes())
    raw[5000:9000] = b"\xff" * 4000
    copy.write_bytes(raw)
    with pytest.raises(BackupError, match=r"damaged|no signup database"):
        check(copy)
    copy.write_bytes(b"no database at all" * 100)
    with pytest.raises(BackupError, match="no signup database"):
        check(copy)
    with closing(sqlite3.connect(tmp_path / "other.sqlite3")) as db:
        db.execute("CREATE TABLE other (x)")
    with pytest.raises(BackupError, match="layout 0"):
        check(tmp_path / "other.sqlite3")
    with pytest.raises(BackupError, match="no such file"):
        check(tmp_path / "nothing")


def test_a_damaged_database_is_replaced_and_kept_aside(tmp_path: Path, clock: Clock) -> None:
    settings = preview(tmp_path)
    with serving(settings, clock) as service:
        service.subscribe()
    back_up(settings.database, tmp_path / "copy.sqlite3")
    settings.database.write_bytes(b"eaten by a bug" * 100)
    _, kept = restore(tmp_path / "copy.sqlite3", settings.database)
    assert kept is not None
    assert kept.read_bytes().startswith(b"eaten")
    assert check(settings.database) == 1
    assert room.back_up(settings.database, tmp_path / "copy.sqlite3") == 1


def test_commands_say_what_they_did(service: Service, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    service.subscribed()
    environ = {"SIGNUP_DATABASE": str(service.settings.database)}
    copy = str(tmp_path / "copy.sqlite3")
    assert main(["backup", copy], environ) == 0
    assert "people: 1" in capsys.readouterr().out
    assert main(["restore", copy], environ) == 1  # the service runs
    assert "Stop that one" in capsys.readouterr().err
    assert main(["run", "--port", "1"], environ) == 1
    assert "Stop that one" in capsys.readouterr().err
    assert main(["purge"], environ) == 0
    assert "deleted: requests 0" in capsys.readouterr().out
    assert main(["delete", "Ana@Example.org"], environ) == 0
    assert capsys.readouterr().out == "a…@example.org: deleted\n"
    assert main(["delete", "ana@example.org"], environ) == 1
    assert main(["delete", "ana"], environ) == 2
    assert service.rows("SELECT * FROM person") == []
    environ["SIGNUP_DATABASE"] = str(tmp_path / "other.sqlite3")
    assert main(["restore", copy], environ) == 0
    assert "people: 1" in capsys.readouterr().out


def test_a_database_in_an_impossible_place_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    assert main(["purge"], {**LIVE, "SIGNUP_DATABASE": str(tmp_path / "file" / "x.sqlite3")}) == 1
    assert "Check that the folder" in capsys.readouterr().err


def test_the_help_names_every_command() -> None:
    text = parser().format_help()
    for command in ("run", "export", "backup", "restore", "purge", "delete"):
        assert command in text


def test_links_lead_to_the_portals_own_address(service: Service) -> None:
    service.subscribe()
    assert {urlsplit(link).netloc for link in service.mails()[0].links} == {"127.0.0.1:8000"}
