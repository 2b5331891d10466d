"""The files for a server are well formed and agree with the service."""

from __future__ import annotations

import configparser
import re
from pathlib import Path

import crossplane  # type: ignore[import-untyped]
import yaml

from signup.cli import parser

DEPLOY = Path(__file__).parents[2] / "deploy"
# systemd.unit(5), systemd.service(5), systemd.exec(5): what our unit may use; a slip of the pen is not among them.
DIRECTIVES = {
    "Unit": "Description Documentation After Wants",
    "Service": "Type DynamicUser StateDirectory StateDirectoryMode UMask EnvironmentFile Environment WorkingDirectory"
    " ExecStart Restart RestartSec TimeoutStopSec LimitNOFILE MemoryMax NoNewPrivileges CapabilityBoundingSet"
    " ProtectSystem ProtectHome ProtectProc ProtectKernelTunables ProtectKernelModules ProtectKernelLogs"
    " ProtectControlGroups ProtectClock ProtectHostname PrivateTmp PrivateDevices RestrictAddressFamilies"
    " RestrictNamespaces RestrictRealtime RestrictSUIDSGID LockPersonality MemoryDenyWriteExecute"
    " SystemCallArchitectures SystemCallFilter",
    "Install": "WantedBy",
}


def test_the_systemd_unit() -> None:
    unit = configparser.RawConfigParser(strict=False, comment_prefixes=("#", ";"))
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(DEPLOY / "portal-signup.service", encoding="utf-8")
    for section in unit.sections():
        assert set(unit[section]) <= set(DIRECTIVES[section].split()), section
    python, module, name, *arguments = unit["Service"]["ExecStart"].split()
    assert (python, module, name) == ("/srv/portal/.venv/bin/python", "-m", "signup")
    assert parser().parse_args(arguments).port == 8025
    environment = (DEPLOY / "signup.env.example").read_text(encoding="utf-8")
    assert f"SIGNUP_DATABASE=/var/lib/{unit['Service']['StateDirectory']}/" in environment


def test_the_nginx_snippet(tmp_path: Path) -> None:
    """Ask crossplane, which knows nginx's directives, where they may stand and how many values they take."""
    whole = tmp_path / "nginx.conf"
    snippet = DEPLOY / "nginx-signup.conf"
    whole.write_text(f"events {{}}\nhttp {{ server {{ listen 8080; include {snippet}; }} }}\n", encoding="utf-8")
    result = crossplane.parse(str(whole), strict=True, single=False, comments=False)
    assert result["errors"] == []
    directives = [
        directive
        for part in result["config"]
        if part["file"] == str(snippet)
        for location in part["parsed"]
        for directive in location["block"]
    ]
    targets = {tuple(one["args"]) for one in directives if one["directive"] == "proxy_pass"}
    assert targets == {("http://127.0.0.1:8025",)}
    assert [one["args"] for one in directives if one["directive"] == "access_log"] == [["off"], ["off"]]


def test_the_compose_file() -> None:
    compose = yaml.safe_load((DEPLOY / "listmonk.compose.yml").read_text(encoding="utf-8"))
    listmonk, database = compose["services"]["listmonk"], compose["services"]["database"]
    assert set(compose["services"]) == {"listmonk", "database"}
    for service in (listmonk, database):
        assert re.search(r":v?\d", service["image"])  # a version, not "latest"
        assert service["restart"] == "unless-stopped"
        for volume in service["volumes"]:
            assert volume.split(":")[0] in compose["volumes"]
        assert set(service["networks"]) <= set(compose["networks"])
    assert listmonk["ports"] == ["127.0.0.1:9000:9000"]
    assert "ports" not in database
    assert listmonk["environment"]["LISTMONK_db__host"] in compose["services"]
    text = (DEPLOY / "listmonk.compose.yml").read_text(encoding="utf-8")
    example = (DEPLOY / "listmonk.env.example").read_text(encoding="utf-8")
    asked = set(re.findall(r"\$\{([A-Z_]+):\?", text))
    assert asked == set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))


def test_the_way_to_listmonk_takes_ten_steps() -> None:
    text = (DEPLOY / "README.md").read_text(encoding="utf-8").split("## Moving to listmonk")[1]
    assert [int(number) for number in re.findall(r"^(\d+)\. ", text, re.MULTILINE)] == list(range(1, 11))
    for name in re.findall(r"`([a-z-]+\.(?:compose\.yml|env\.example))`", text):
        assert (DEPLOY / name).is_file()
