"""Addresses of all scripts are taken; tricks with headers, HTML and look-alikes are not."""

from __future__ import annotations

import pytest
from signup_kit import Clock, Service

from signup.addresses import AddressError, for_envelope, masked, read_address
from signup.limits import MOST_NETWORKS, NetworkLimit, Rate, address_key, network_of

LONG = "a" * 64 + "@" + ".".join(["b" * 61, "c" * 61, "d" * 58]) + ".org"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (" Ana@Example.ORG ", "ana@example.org"),
        ("o'neil+news@example.org", "o'neil+news@example.org"),
        ("ana@xn--80ak6aa92e.com", "ana@аррӏе.com"),
        ("ana@bücher.example.org", "ana@bücher.example.org"),
        ("ana@BÜCHER.example.org", "ana@bücher.example.org"),
        ("用戶@例子.香港", "用戶@例子.香港"),
        ("อานา@ตัวอย่าง.ไทย", "อานา@ตัวอย่าง.ไทย"),
        ("अना@उदाहरण.भारत", "अना@उदाहरण.भारत"),
        (LONG, LONG),
    ],
)
def test_addresses_in_all_scripts_are_taken(service: Service, typed: str, stored: str) -> None:
    assert read_address(typed) == stored
    assert service.subscribe(typed).status_code == 200
    assert service.rows("SELECT address FROM person") == [(stored,)]
    assert len(service.mails()) == 1


@pytest.mark.parametrize(
    "typed",
    [
        "ana@example.org\r\nBcc: all@example.org",
        "ana@example.org\nSubject: x",
        "ana@example.org\0",
        "ana@example.org,bo@example.org",
        "ana@example.org bo@example.org",
        "Ana <ana@example.org>",
        '"ana\r\n"@example.org',
        '"<script>"@example.org',
        "<script>alert(1)</script>@example.org",
        "ana@<b>example.org",
        "ana＠example.org",
        "ａｎａ@example.org",
        "ﬁn@example.org",
        "a\u200bna@example.org",
        "a\u202ena@example.org",
        "ana@exam\u00adple..org",
        "ana@[127.0.0.1]",
        "ana@localhost",
        "=cmd|x@example.org",
        "+1@example.org",
        "-rf@example.org",
        LONG + "xxxx",
        "\ud800@example.org",
        "ana@" + "x" * 64 + ".org",
    ],
)
def test_tricks_are_refused(typed: str) -> None:
    with pytest.raises(AddressError):
        read_address(typed)


def test_a_refused_address_comes_back_escaped(service: Service) -> None:
    answer = service.subscribe('"><script>alert(1)</script>@x')
    assert "<script" not in answer.text
    assert "&lt;script&gt;" in answer.text


def test_the_envelope_is_ascii_where_it_can_be() -> None:
    assert for_envelope("ana@bücher.example.org") == "ana@xn--bcher-kva.example.org"
    assert for_envelope("用戶@例子.香港") == "用戶@例子.香港"


def test_operators_see_a_masked_address() -> None:
    assert masked("ana@example.org") == "a…@example.org"


def test_limits_know_addresses_by_a_keyed_hash_only() -> None:
    assert address_key("secret", "ana@example.org") == address_key("secret", "ana@example.org")
    assert address_key("secret", "ana@example.org") != address_key("other", "ana@example.org")


@pytest.mark.parametrize(
    ("host", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1::/56"),
        ("", "unknown"),
        ("testclient", "unknown"),
        ("fe80::1%eth0", "fe80::/56"),
    ],
)
def test_a_network_is_what_one_line_gets(host: str, network: str) -> None:
    assert network_of(host) == network


def test_networks_are_counted_apart_and_in_bounded_memory() -> None:
    clock = Clock()
    limit = NetworkLimit(Rate(burst=1, every=60), clock)
    assert limit.take("203.0.113.1") == 0
    assert limit.take("203.0.113.200") == 60
    assert limit.take("203.0.114.1") == 0
    for number in range(MOST_NETWORKS + 10):
        limit.take(f"10.{number >> 8}.{number & 255}.1" if number < 65536 else "11.0.0.1")
    assert len(limit._due) <= MOST_NETWORKS
