"""`export xliff` and `import xliff`: what goes out, what comes back, and what is refused with place, fact and cure."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

import check_cases
import site_files
from portal import segments, translation, tree, xliff
from portal.cli import main
from portal.site import assemble

FEES = "toolkits/employers/fees.md"
VI = f"docs/vi/{FEES}"
S = f"{{{xliff.SPACE}}}"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return site_files.write(tmp_path)


def out(root: Path, locale: str = "vi", path: str = FEES) -> Path:
    file = root / "work.xlf"
    assert main(["export", "xliff", locale, path, "--output", str(file), "--replace"], root) == 0
    return file


def fill(file: Path, words: dict[str, str], state: str = "translated") -> None:
    """Put targets into units, as a translator's program does: the text of marks stays what it was in the source."""
    whole = etree.parse(str(file))
    for unit in whole.iter(f"{S}trans-unit"):
        if unit.get("id") in words:
            target = unit.find(f"{S}target")
            if target is None:
                target = etree.Element(f"{S}target")
                unit.find(f"{S}source").addnext(target)
            for child in list(target):
                target.remove(child)
            target.text = words[unit.get("id")]
            target.set("state", state)
    whole.write(str(file), encoding="UTF-8", xml_declaration=True)


def take(root: Path, file: Path, *more: str) -> int:
    return main(["import", "xliff", str(file), *more], root)


def page(root: Path) -> str:
    return (root / VI).read_text(encoding="utf-8")


def test_what_goes_out(root: Path) -> None:
    (document,) = xliff.read(out(root).read_bytes())
    assert [(u.id, u.kind, u.target) for u in document.units][:4] == [
        ("front-title", "title", "Ai trả tiền tuyển dụng"),
        ("front-description", "description", "Cách chủ sử dụng lao động trả mọi chi phí để người lao động không phải trả."),
        ("who-pays-1", "heading", "Ai trả"),
        ("who-pays-2", "text", "Chủ trả mọi phí tuyển dụng.[^ilo-fees-2019] Năm 2019 ILO đã ghi rõ điều này."),
    ]
    assert {u.kind for u in document.units} == {"title", "description", "heading", "text", "tick", "cell"}
    assert '<ph id="1" ctype="x-footnote">[^ilo-fees-2019]</ph>' in (root / "work.xlf").read_text(encoding="utf-8")


def test_unchanged_comes_back_as_it_was(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = out(root)
    before = site_files.snapshot(root)
    assert take(root, file) == 0
    assert site_files.snapshot(root) == before
    assert "nothing was written" in capsys.readouterr().out


def test_a_changed_block_changes_only_its_line(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, before = out(root), page(root)
    fill(file, {"check-yourself-2": "Không ai trả tiền.", "front-title": "Ai trả: chủ"})
    assert take(root, file) == 0
    assert page(root) == before.replace("Không ai phải trả.", "Không ai trả tiền.").replace("title: Ai trả tiền tuyển dụng", 'title: "Ai trả: chủ"')
    assert f"{VI}: 2 blocks changed." in capsys.readouterr().out
    assert take(root, file) == 0  # and the same file again changes nothing
    assert "nothing was written" in capsys.readouterr().out


def test_a_new_page_has_structure_stamp_and_method(root: Path) -> None:
    (root / VI).unlink()
    file = out(root)
    (document,) = xliff.read(file.read_bytes())
    words = {u.id: f"Chữ {n}" + "".join(segments.marks(u.source)) for n, u in enumerate(document.units)}
    fill(file, words)
    assert take(root, file, "--method", "machine-reviewed") == 0
    site = assemble(*tree.read(root))
    made, source = site.pages[("vi", FEES)], site.source_page(FEES)
    assert source
    assert made.meta["l10n"] == {"source_blob": source.blob, "method": "machine-reviewed"}
    assert [p.kind for p in segments.blocks(made.body) if p.kind] == [p.kind for p in segments.blocks(source.body) if p.kind]
    assert [h.id for h in made.outline.headings] == [h.id for h in source.outline.headings]
    assert made.meta["title"] == "Chữ 0"


def test_what_is_not_translated_waits_in_comments(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / VI).unlink()
    file = out(root)
    fill(file, {"who-pays-1": "Ai trả"})
    assert take(root, file) == 0
    assert "## Ai trả { #who-pays }" in page(root)
    assert "- [ ] <!-- en: No worker paid. -->" in page(root)
    assert "still in English; readers see the English page until they are done." in capsys.readouterr().out
    assert main(["export", "xliff", "vi", FEES, "--output", str(root / "more.xlf")], root) == 0
    (document,) = xliff.read((root / "more.xlf").read_bytes())
    assert [u.id for u in document.units if u.target] == ["front-title", "front-description", "who-pays-1"]


REFUSED = {
    "mark lost": ({"who-pays-2": "Chủ trả."}, "unit 'who-pays-2': the mark '[^ilo-fees-2019]' of the English is missing. Put it back."),
    "mark added": ({"who-pays-1": "Ai [^x]"}, "unit 'who-pays-1': the mark '[^x]' is not in the English. Take it out."),
    "id added": ({"who-pays-1": "Ai { #x }"}, "unit 'who-pays-1': the mark '{ #x }' is not in the English. Take it out."),
    "another block": ({"who-pays-2": "- Chủ trả.[^ilo-fees-2019]"}, "unit 'who-pays-2' begins or ends with a sign that makes another kind of block. Write it without."),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_page_that_would_break_is_not_written(name: str, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words, message = REFUSED[name]
    file, before = out(root), page(root)
    fill(file, {**words, "check-yourself-2": "Không ai trả tiền."})
    assert take(root, file) == 1
    assert page(root) == before
    said = capsys.readouterr().out
    assert re.search(rf"work\.xlf:\d+: {re.escape(FEES)}: {re.escape(message)}", said), said
    assert "1 page not written, 0 written. What was not written is as it was." in said


def test_work_done_meanwhile_is_not_lost(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = out(root)
    fill(file, {"check-yourself-2": "Không ai trả tiền."})
    (root / VI).write_text(page(root).replace("Đã hỏi", "Chúng tôi đã hỏi"), encoding="utf-8")
    assert take(root, file) == 1
    assert f"{VI} was changed after the export. Export again, or add --replace to let this file win." in capsys.readouterr().out
    assert "Chúng tôi đã hỏi" in page(root)
    assert take(root, file, "--replace") == 0
    assert "- [ ] Không ai trả tiền." in page(root)


def test_a_file_with_work_in_it_is_not_written_over(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = out(root)
    fill(file, {"check-yourself-2": "Không ai trả tiền."})
    before = file.read_bytes()
    assert main(["export", "xliff", "vi", FEES, "--output", str(file)], root) == 2
    assert file.read_bytes() == before
    assert "work.xlf: is there already and may hold somebody's work. Move it away, or add --replace." in capsys.readouterr().err


def test_english_that_changed_shows_and_keeps_the_old_stamp(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mark-synced", "vi", FEES], root) == 0
    english = root / f"docs/en/{FEES}"
    english.write_text(english.read_text().replace("No worker paid.", "No worker paid anything."))
    old = re.search("source_blob: .*", page(root))
    file = out(root)
    (document,) = xliff.read(file.read_bytes())
    assert {u.id for u in document.units if u.state == "needs-adaptation"} >= {"check-yourself-2", "check-yourself-3"}
    assert "who-pays-1" not in {u.id for u in document.units if u.state == "needs-adaptation"}
    fill(file, {"who-pays-1": "Ai là người trả"})
    capsys.readouterr()
    assert take(root, file) == 0
    assert old and old[0] in page(root)
    assert "1 block changed. When it matches the English: python3 scripts/docs.py mark-synced vi" in capsys.readouterr().out


def test_english_that_changed_meanwhile_names_what_changed(root: Path) -> None:
    (root / VI).unlink()
    file = out(root)
    before = site_files.snapshot(root)
    (document,) = xliff.read(file.read_bytes())
    fill(file, {u.id: f"Chữ {n}" + "".join(segments.marks(u.source)) for n, u in enumerate(document.units)})
    english = root / f"docs/en/{FEES}"
    english.write_text(english.read_text().replace("No worker paid.", "No worker paid anything.").replace("title: Who pays for", "title: Who should pay for"))
    assert take(root, file) == 0
    site = assemble(*tree.read(root))
    status = translation.status(site, site.locale("vi"), FEES)
    assert (status.state, status.changed) == ("outdated", ("title", "check-yourself"))
    assert set(site_files.snapshot(root)) - set(before) == {VI, "docs/_data/sections/toolkits--employers--fees.yml"}


def test_english_with_other_blocks_needs_a_new_export(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, before = out(root), page(root)
    english = root / f"docs/en/{FEES}"
    english.write_text(english.read_text().replace("- [ ] We asked 20 workers.\n", "").replace("## Who pays {", "## Who {"))
    fill(file, {"check-yourself-2": "Không ai trả tiền."})
    assert take(root, file) == 1
    assert "is not in the English page of today. Export again; your program keeps what you translated." in capsys.readouterr().out
    assert page(root) == before


def test_a_bar_in_a_cell_does_not_make_a_column(root: Path) -> None:
    file = out(root)
    fill(file, {"check-yourself-6": "Thị thực | vé"})
    assert take(root, file) == 0
    assert "| Thị thực \\| vé | Chủ |" in page(root)


BAD = {
    "no XML": (b"PK\x03\x04", "it is not well-formed XML"),
    "empty": (b"", "it is not well-formed XML"),
    "entities": (b'<!DOCTYPE x [<!ENTITY a "b">]><xliff xmlns="urn:oasis:names:tc:xliff:document:1.2">&a;</xliff>', "document type declaration"),
    "version 2": (b'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0"/>', "not XLIFF 1.2. Save it as XLIFF 1.2"),
    "no pages": (b'<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"/>', "there is no page in it. Export again."),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_xliff_is_refused_in_words(name: str, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, message = BAD[name]
    (root / "bad.xlf").write_bytes(data)
    assert take(root, root / "bad.xlf") == 1
    assert capsys.readouterr().err.startswith("bad.xlf: ")
    assert main(["import", "xliff", str(root / "bad.xlf")], root) == 1
    assert message in capsys.readouterr().err


def test_wrong_use_says_how(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "xliff", "vn"], root) == 2
    assert "export xliff vn: no such locale. Known: vi, hi, zh-Hant." in capsys.readouterr().err
    assert main(["export", "xliff", "vi", "toolkits/employers/fee.md"], root) == 2
    assert "there is no English page at this path. Did you mean 'toolkits/employers/fees.md'?" in capsys.readouterr().err
    assert main(["import", "xliff", str(root / "gone.xlf")], root) == 2
    assert "gone.xlf: the file cannot be read (No such file or directory)." in capsys.readouterr().err


def test_other_pages_and_languages_are_named(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = out(root)
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('target-language="vi"', 'target-language="fr"'), encoding="utf-8")
    assert take(root, file) == 1
    assert "no locale declares the language 'fr'. Known: vi, hi, zh-Hant." in capsys.readouterr().out
    file.write_text(text.replace(f'original="{FEES}"', 'original="../../secret.md"'), encoding="utf-8")
    assert take(root, file) == 1
    assert "there is no English page at this path." in capsys.readouterr().out


def test_to_do_leaves_out_what_is_done(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "xliff", "vi", "--to-do"], root) == 0
    assert [d.path for d in xliff.read((root / "dist/vi.xlf").read_bytes())] == ["index.md"]
    assert "dist/vi.xlf: 1 page, " in capsys.readouterr().out


def test_a_page_whose_head_is_broken_is_left_alone(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / VI).write_text(page(root).replace("title: Ai", "title: [Ai"), encoding="utf-8")
    file = out(root)
    fill(file, {"check-yourself-2": "Không ai trả tiền."})
    before = page(root)
    assert take(root, file) == 1
    assert f"the front matter of {VI} cannot be read. Mend it first" in capsys.readouterr().out
    assert page(root) == before


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_file_never_breaks_anything(root: Path, data: st.DataObject) -> None:
    site_files.write(root)
    whole = out(root).read_bytes()
    start, length = data.draw(st.integers(0, len(whole))), data.draw(st.integers(0, 40))
    new = data.draw(st.sampled_from([b"", b"<", b"\xff", b"]]>", b"- x", b"\n\n---\n", "é{ #x }[^y]".encode(), b"<target/>", b"|"]))
    (root / "damaged.xlf").write_bytes(whole[:start] + new + whole[start + length :])
    before = site_files.snapshot(root)
    assert take(root, root / "damaged.xlf") in (0, 1)
    after = site_files.snapshot(root)
    assert {name for name in before if after[name] != before[name]} <= {VI}
    made, source = assemble(*tree.read(root)), assemble(check_cases.tree_of({"name": "base"}))
    assert made.pages[("vi", FEES)].lines
    kinds = [[p.kind for p in segments.blocks(site.pages[("vi", FEES)].body) if p.kind] for site in (made, source)]
    assert kinds[0] == kinds[1]


@given(st.text(alphabet="ab *_`[](){}#^!|\\<>-.\n0é்", max_size=60))
def test_no_letter_is_lost(text: str) -> None:
    pieces = segments.blocks(text)
    assert "".join(piece.text for piece in pieces) == text
    for piece in pieces:
        assert "".join(run.text for run in segments.runs(piece.text)) == piece.text


@given(st.lists(st.text(alphabet="ab *[](){}#^<>&\"'é்\U0001f600", min_size=1, max_size=30).filter(str.strip), max_size=5))
@settings(deadline=None)
def test_xliff_keeps_every_block(texts: list[str]) -> None:
    units = tuple(xliff.Unit(f"a-{n}", "text", text, text[::-1], "translated") for n, text in enumerate(texts))
    document = xliff.Document("a.md", "vi", "1" * 40, "", units)
    (back,) = xliff.read(xliff.write([document], "en").encode())
    assert [(u.id, u.source, u.target) for u in back.units] == [(u.id, u.source, u.target) for u in units]
