"""Property test: whatever happens to a real file, the checks answer with places and words, never with a traceback."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal import report, scaffold, translation, tree
from portal.checks import blocking, citations, mend, run
from portal.site import assemble

ROOT = Path(__file__).parents[2]
PAGES = (
    "docs/en/toolkits/employers/repaying-fees.md", "docs/en/countries/nepal.md", "docs/en/toolkits/employers/training-session.md",
    "docs/en/covid-19/key-messages.md", "docs/vi/covid-19/key-messages.md", "docs/th/covid-19/key-messages.md",
)  # fmt: skip
DATA = (
    "mkdocs.yml", "docs/_data/sources.yml", "docs/_data/strings/vi.yml", "docs/_data/glossary/th.yml", "docs/_data/taxonomy.yml",
    "docs/_data/countries/np.yml", "docs/_data/resources/iom-fer-dd-toolkit.yml", ".github/CODEOWNERS",
)  # fmt: skip
ODD = ("\u202e", "\u200d", "\ufeff", "\x00", "а", "\U0001f600", "ß", "\u0301", "|", "[", "](", "{", "}", "`", "```", "<!--", "-->", "---", ": ", "\t", "*", "&", "!", "%", "@")
_WHOLE = {name: data for name, data in tree.read(ROOT)[0].items() if name in PAGES or name in DATA or "/_data/strings/en" in name}

_SOURCES = "docs/_data/sources.yml"
_UNUSED = [problem.message.split("'")[1] for problem in citations.unused(assemble(_WHOLE))]
CONTENT = {**_WHOLE, _SOURCES: mend.without(_WHOLE[_SOURCES].decode(), _UNUSED).encode()}
"""Real files, with only the sources that they cite: suggestions among hundreds take their time."""


def _drop_fence(data: bytes, at: int, word: str) -> bytes:
    return data.replace(b"---", b"", 1)


def _break_yaml(data: bytes, at: int, word: str) -> bytes:
    colons = [m.start() for m in re.finditer(b":", data)]
    return data if not colons else data[: colons[at % len(colons)]] + b"\t" + data[colons[at % len(colons)] + 1 :]


def _swap_ids(data: bytes, at: int, word: str) -> bytes:
    ids = re.findall(rb"\{ #([a-z0-9-]+)", data)
    if len(ids) < 2:
        return data
    one, other = ids[at % len(ids)], ids[(at + 1) % len(ids)]
    return data.replace(one, b"\1").replace(other, one).replace(b"\1", other)


def _cut(data: bytes, at: int, word: str) -> bytes:
    return data[: at % (len(data) + 1)]


def _cut_out(data: bytes, at: int, word: str) -> bytes:
    place = at % (len(data) + 1)
    return data[:place] + data[place + 1 + at % 300 :]


def _insert(data: bytes, at: int, word: str) -> bytes:
    text = data.decode()
    place = at % (len(text) + 1)
    return (text[:place] + word + text[place:]).encode()


def _odd_bytes(data: bytes, at: int, word: str) -> bytes:
    place = at % (len(data) + 1)
    return data[:place] + b"\xff\xfe\x80" + data[place:]


def _shuffle_lines(data: bytes, at: int, word: str) -> bytes:
    lines = data.split(b"\n")
    place = at % len(lines)
    return b"\n".join(lines[place:] + lines[:place])


def _values_of_another_type(data: bytes, at: int, word: str) -> bytes:
    keys = list(re.finditer(rb"(?m)^(\s*[\w.-]+:) .*$", data))
    if not keys:
        return data
    match = keys[at % len(keys)]
    value = (b"[1, 2]", b"{a: b}", b"3.5", b"null", b"true", b'"\\u200b"', b"2026-99-99", b"|", b"&a [*a]")[at % 9]
    return data[: match.end(1)] + b" " + value + data[match.end() :]


MUTATIONS = (_drop_fence, _break_yaml, _swap_ids, _cut, _cut_out, _insert, _odd_bytes, _shuffle_lines, _values_of_another_type)


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    file=st.sampled_from(sorted(CONTENT)),
    steps=st.lists(st.tuples(st.sampled_from(MUTATIONS), st.integers(0, 60_000), st.sampled_from(ODD) | st.text(max_size=8)), min_size=1, max_size=4),
)
def test_no_file_however_broken_gives_a_traceback(file: str, steps: list[tuple[object, int, str]]) -> None:
    data = CONTENT[file]
    for mutate, at, word in steps:
        try:
            data = mutate(data, at, word)  # type: ignore[operator]
        except UnicodeError:  # inserting text needs text
            continue
    site = assemble({**CONTENT, file: data})
    problems = [*run.everything(site, "2026-11-24"), *blocking.check(site)]
    for problem in problems:
        assert problem.path, problem
        assert problem.line >= 0
        assert problem.message, problem
        assert "Traceback" not in str(problem)
        lines = CONTENT.get(problem.path) if problem.path != file else data
        if lines is not None:
            assert problem.line <= len(lines.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")) + 1, problem
    assert report.as_text(problems)
    report.as_json(problems)
    report.as_github(problems)
    translation.all_statuses(site)
    mended = mend.mend(site)
    again = mend.mend(assemble({**CONTENT, file: data, **mended}))
    assert set(again) - {"docs/_data/sources.yml"} == set(), "mending twice changes nothing more"
    source = site.pages.get(("en", "covid-19/key-messages.md"))
    if source:
        scaffold.translated(source)
        scaffold.skeleton(source, "https://example.org")
