"""Whatever is sent, the service answers on purpose: never a 500, never a crash."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.configuration import set_hypothesis_home_dir
from signup_kit import ORIGIN, Service, preview, serving

from signup.limits import Rate
from signup.words import LOCALES

set_hypothesis_home_dir(Path(tempfile.gettempdir()) / "hypothesis")  # not a folder in the repository

ON_PURPOSE = {200, 303, 400, 403, 404, 405, 410, 413, 415, 502}
quick = settings(
    max_examples=100,
    deadline=None,  # a busy machine is not a bug
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
text = st.text(max_size=60)
header = st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=60)
addresses = st.one_of(
    text,
    st.emails(),
    st.builds("{}@{}".format, text, st.sampled_from(["example.org", "例子.香港", "xn--a", "a" * 300])),
)
doors = st.sampled_from(["form", "confirm", "unsubscribe", "delete", "manage", "health", "outbox", "outbox/1", "x"])


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Return one service for all examples."""
    folder = tmp_path_factory.mktemp("fuzz")
    with serving(preview(folder, per_address=Rate(burst=10**6, every=0.001))) as service:
        yield service


@quick
@given(
    email=addresses,
    lists=st.lists(st.one_of(st.sampled_from(LOCALES), text), max_size=4),
    nonce=st.sampled_from(["", "", "x"]),
    target=st.one_of(st.just("/th/newsletter/check-your-mail.html"), text),
)
def test_any_form_is_answered(fuzzed: Service, email: str, lists: list[str], nonce: str, target: str) -> None:
    data = {"email": email, "l": lists, "nonce": nonce, "next": target}
    try:
        answer = fuzzed.client.post("/subscription/form", data=data, follow_redirects=False)
    except UnicodeEncodeError:  # half a surrogate pair: no client can send it this way
        return
    assert answer.status_code in ON_PURPOSE


@quick
@given(
    door=doors,
    method=st.sampled_from(["GET", "POST", "HEAD", "PUT", "OPTIONS"]),
    body=st.binary(max_size=200),
    kind=st.sampled_from(["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", "a;b"]),
)
def test_any_body_is_answered(fuzzed: Service, door: str, method: str, body: bytes, kind: str) -> None:
    answer = fuzzed.client.request(method, f"/subscription/{door}", content=body, headers={"Content-Type": kind})
    assert answer.status_code in ON_PURPOSE


@quick
@given(door=doors, token=text, origin=header, language=header, path=text)
def test_any_link_and_header_is_answered(fuzzed: Service, door: str, token: str, origin: str, language: str, path: str) -> None:
    headers = {"Origin": origin, "Accept-Language": language, "Sec-Fetch-Site": origin}
    try:
        answers = [
            fuzzed.client.post(f"/subscription/{door}", params={"token": token, "locale": path}, headers=headers),
            fuzzed.client.get(f"/subscription/{door}", params={"token": token, "locale": path}, headers=headers),
        ]
    except UnicodeEncodeError:
        return
    assert {answer.status_code for answer in answers} <= ON_PURPOSE


def test_malformed_forms_one_by_one(fuzzed: Service) -> None:
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    bodies = (b"email=%ff&l=en", b"\xff", b"&" * 50, b"email=%", b"email=a%00@b.org&l=en", b"=" * 8000)
    for body in bodies:
        answer = fuzzed.client.post("/subscription/form", content=body, headers=kind)
        assert answer.status_code == 400, body
    assert fuzzed.client.get(f"{ORIGIN}/subscription/form?locale=%ff").status_code == 200
