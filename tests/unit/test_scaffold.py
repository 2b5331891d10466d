"""`new`, `translate`, `status` and `mark-synced`: what they write passes the checks, and nothing is ever overwritten."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import site_files
from portal import scaffold, tree
from portal.checks import run
from portal.cli import main
from portal.site import assemble

TODAY = "2026-11-24"
FEES = "toolkits/employers/fees.md"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_TODAY", TODAY)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return site_files.write(tmp_path)


def problems(root: Path) -> list[str]:
    return [f"{p.code} {p}" for p in run.everything(assemble(*tree.read(root)), TODAY)]


@pytest.mark.parametrize("kind", scaffold.TYPES)
def test_a_new_page_of_each_type_passes_the_checks(root: Path, kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", f"toolkits/employers/a-{kind}", "--type", kind], root) == 0
    assert {line.split(" ")[0] for line in problems(root)} == {"leftovers/scaffold"}
    assert main(["check"], root) == 0
    assert "written" in capsys.readouterr().out
    assert f"- toolkits/employers/a-{kind}.md" in (root / "mkdocs.yml").read_text()


def test_a_page_outside_the_nav_passes_too(root: Path) -> None:
    assert main(["new", "docs/en/news/2026-12-01-event.md", "--type", "news", "--title", "An event: what happened"], root) == 0
    assert [line.split(" ")[0] for line in problems(root)] == ["leftovers/scaffold"]
    assert 'title: "An event: what happened"' in (root / "docs/en/news/2026-12-01-event.md").read_text()


def test_new_changes_nothing_that_exists(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = site_files.snapshot(root)
    assert main(["new", FEES], root) == 0
    assert site_files.snapshot(root) == before
    assert "is there already, nothing was changed" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["new", "Toolkits/My Page"], "For example: toolkits/my-page.md"),
        (["new", "toolkits/employers/who", "--title", "Who pays for recruitment"], "has the title"),
        (["new", "other-guide", "--type", "resource"], "Add --url"),
        (["new", "other-guide", "--type", "resource", "--url", "https://example.org/guide"], "ilo-guide.yml has this address already"),
        (["translate", "v", FEES], "Did you mean 'vi'?"),
        (["translate", "en", FEES], "no such locale"),
        (["translate", "vi", "toolkits/employers/fee.md"], "Did you mean 'toolkits/employers/fees.md'?"),
        (["mark-synced"], "needs LOCALE PATH"),
        (["mark-synced", "vi", "nothing.md"], "no such translation"),
        (["mark-synced", "--all", "nothing.md"], "no English page"),
        (["status", "--locale", "hin"], "Did you mean 'hi'?"),
    ],
)
def test_wrong_use_is_refused_in_words(root: Path, arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = site_files.snapshot(root)
    assert main(arguments, root) == 2
    said = capsys.readouterr().err
    assert words in said
    assert "Traceback" not in said
    assert site_files.snapshot(root) == before


def test_a_new_resource_passes_the_checks(root: Path) -> None:
    assert main(["new", "other-guide", "--type", "resource", "--url", "https://example.org/other", "--title", "Other: guide"], root) == 0
    assert [line.split(" ")[0] for line in problems(root)] == ["leftovers/scaffold"]


def test_translate_puts_structure_and_stamp_in_place_and_does_not_count_as_finished(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["translate", "vi", "index"], root) == 0
    text = (root / "docs/vi/index.md").read_text()
    assert "## <!-- en: Start here --> { #start-here }" in text
    assert "<!-- en: Read [who pays](toolkits/employers/fees.md#who-pays). -->" in text
    found = problems(root)
    assert [line.split(" ", 1)[0] for line in found] == ["leftovers/to-translate"]
    assert "3 pieces of English text still to translate" in found[0]
    capsys.readouterr()
    assert main(["status"], root) == 0
    said = capsys.readouterr().out
    assert "finish docs/vi/index.md: 3 pieces left" in said
    assert main(["status", "--json"], root) == 0
    entry = next(e for e in json.loads(capsys.readouterr().out) if (e["locale"], e["path"]) == ("vi", "index.md"))
    assert (entry["state"], entry["pieces_left"]) == ("missing", 3)


def test_translate_twice_keeps_the_work(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["translate", "vi", "index.md"], root)
    file = root / "docs/vi/index.md"
    file.write_text(file.read_text().replace("<!-- en: Start here -->", "Bắt đầu"))
    before = site_files.snapshot(root)
    assert main(["translate", "vi", "docs/vi/index.md"], root) == 0
    assert "2 pieces still to translate" in capsys.readouterr().out
    assert site_files.snapshot(root) == before


def test_an_unfinished_translation_is_not_stamped(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["translate", "vi", "index.md"], root)
    assert main(["mark-synced", "vi", "index.md"], root) == 1
    assert "not stamped" in capsys.readouterr().out


def test_a_finished_translation_passes(root: Path) -> None:
    main(["translate", "vi", "index.md"], root)
    file = root / "docs/vi/index.md"
    text = file.read_text()
    for english, own in {
        "title: Home": "title: Trang chủ",
        "Steps, checklists and forms for fair recruitment, free to read and to share.": "Các bước và biểu mẫu cho tuyển dụng công bằng, ai cũng đọc được.",
        "<!-- en: Start here -->": "Bắt đầu",
        "<!-- en: Read [who pays](toolkits/employers/fees.md#who-pays). -->": "Hãy đọc [ai trả tiền](toolkits/employers/fees.md#who-pays).",
        "<!-- en: ![A crowded room](../assets/images/room.svg) -->": "![Căn phòng đông người](../assets/images/room.svg)",
    }.items():
        assert english in text
        text = text.replace(english, own)
    file.write_text(text)
    assert problems(root) == []
    before = site_files.snapshot(root)
    assert main(["mark-synced", "vi", "index.md"], root) == 0
    assert site_files.snapshot(root) == before


def test_status_says_what_to_do_next(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    english = root / "docs/en" / FEES
    english.write_text(english.read_text().replace("every recruitment fee", "each recruitment fee"))
    main(["status"], root)
    said = capsys.readouterr().out
    assert "bring docs/hi/toolkits/employers/fees.md up to date" in said
    assert "python3 scripts/docs.py mark-synced hi toolkits/employers/fees.md" in said
    main(["status", "--locale", "vi"], root)
    assert "start: python3 scripts/docs.py translate vi index.md" in capsys.readouterr().out


def test_structure_of_every_kind_of_line() -> None:
    body = "\n".join([
        "Text.", "", "- [ ] Tick.", "1.  Step.", "    *Who:* me.", "> Quote.", "| Head | 2026 |", "|---|---|", "| a \\| b | |", "```", "code", "```",
        "### Deep { #deep }", "<!-- a note -->", "12",
    ])  # fmt: skip
    assert scaffold._pieces(body).split("\n") == [
        "<!-- en: Text. -->", "", "- [ ] <!-- en: Tick. -->", "1.  <!-- en: Step. -->", "    <!-- en: *Who:* me. -->", "> <!-- en: Quote. -->",
        "| <!-- en: Head --> | 2026 |", "|---|---|", "| <!-- en: a \\| b --> | |", "```", "code", "```",
        "### <!-- en: Deep --> { #deep }", "<!-- a note -->", "12",
    ]  # fmt: skip


def test_a_review_names_person_and_day(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mark-synced", "vi", FEES, "--reviewer", 'Nguyễn "An": MFA'], root) == 0
    assert capsys.readouterr().out.endswith('reviewed by Nguyễn "An": MFA.\n')
    l10n = assemble(*tree.read(root)).pages[("vi", FEES)].meta["l10n"]
    assert (l10n["method"], l10n["reviewer"], str(l10n["reviewed_on"])) == ("machine-reviewed", 'Nguyễn "An": MFA', TODAY)
    assert problems(root) == []
    assert main(["mark-synced", "vi", FEES], root) == 0
    assert "matches the English already" in capsys.readouterr().out
    assert main(["mark-synced", "--all", FEES, "--reviewer", "A"], root) == 2
    assert "a person reviews one locale" in capsys.readouterr().err
