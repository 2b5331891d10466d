"""The service stands alone, before a static site, or inside another application."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

from signup_kit import ORIGIN, parsed, preview, wait_until
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.testclient import TestClient

from signup.app import create_app
from signup.preview import for_terminal


def test_a_static_site_on_the_same_origin(tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / "bn").mkdir(parents=True)
    (site / "bn" / "index.html").write_text("<p>বাংলা", encoding="utf-8")
    app = create_app(preview(tmp_path), site=StaticFiles(directory=site, html=True))
    with TestClient(app, base_url=ORIGIN) as client:
        assert "বাংলা" in client.get("/bn/").text
        assert client.get("/nothing/").status_code == 404
        assert client.post("/subscription/form", data={"email": "ana@example.org", "l": "bn"}).status_code == 200


def test_routes_inside_another_application(tmp_path: Path) -> None:
    signup = create_app(preview(tmp_path))
    other = PlainTextResponse("portal")
    app = Starlette(routes=[*signup.routes, Mount("/", app=other)], lifespan=signup.router.lifespan_context)
    with TestClient(app, base_url=ORIGIN) as client:
        assert client.get("/").text == "portal"
        assert client.post("/subscription/form", data={"email": "ana@example.org", "l": "bn"}).status_code == 200
        wait_until(lambda: client.get("/subscription/health").json()["mails_waiting"] == 0)


def test_the_terminal_shows_the_link_to_click(tmp_path: Path) -> None:
    shown: list[EmailMessage] = []
    with TestClient(create_app(preview(tmp_path), on_mail=shown.append), base_url=ORIGIN) as client:
        client.post("/subscription/form", data={"email": "ana@example.org", "l": "si"})
        wait_until(lambda: len(shown) == 1)
    lines = for_terminal(parsed(bytes(shown[0])))
    assert "ana@example.org" in lines
    assert f"{ORIGIN}/subscription/confirm?token=" in lines


def test_waiting_mails_are_sent_by_the_next_start(tmp_path: Path) -> None:
    shown: list[EmailMessage] = []
    settings = preview(tmp_path)
    with TestClient(create_app(settings), base_url=ORIGIN) as client:
        for number in range(30):
            client.post("/subscription/form", data={"email": f"a{number}@example.org", "l": "en"})
    with TestClient(create_app(settings, on_mail=shown.append), base_url=ORIGIN) as client:
        wait_until(lambda: client.get("/subscription/health").json()["mails_waiting"] == 0)
        assert len(client.get("/subscription/outbox").text.split("<li ")) == 31
