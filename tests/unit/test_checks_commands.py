"""`check` with --fix, --changed, --links and --external, and the address tools of a page."""

from __future__ import annotations

import contextlib
import http.server
import json
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

import check_cases
import site_files
from portal import fetch_links, git, locales, translation, tree, yaml_text
from portal.checks import blocking, mend, run
from portal.cli import main
from portal.errors import PortalError
from portal.model import Config
from portal.site import assemble
from portal.strings import Speaker
from portal.views.tools import Tools, tools_for

TODAY = "2026-11-24"
FEES = "docs/en/toolkits/employers/fees.md"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_TODAY", TODAY)


MESSY = {
    "change": {
        "docs/en/index.md": ("title: Home\ndescription", "title: Home\r\ndescription"),
        "docs/vi/toolkits/employers/fees.md": ("Chủ trả mọi", "Chủ  trả “mọi”  "),
        "docs/_data/strings/vi.yml": ("Đến phần", "Đến\u200b phần"),
        "docs/hi/toolkits/employers/fees.md": ("title: भर्ती का खर्च कौन देता है\n", ""),
    },
    "append": {
        "docs/_data/sources.yml": "extra-2020:\n  title: Extra\n  publisher: Nobody\n  seen: 2026-11-23\n  confidence: high\n",
        "docs/_data/taxonomy.yml": "\n\n",
        "docs/hi/toolkits/employers/fees.md": "\n",
    },
}


def test_fix_mends_what_is_mechanical_and_nothing_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = site_files.write(tmp_path, **MESSY)
    hindi = root / "docs/hi/toolkits/employers/fees.md"
    hindi.write_text(hindi.read_text().replace("  method: machine\n", "  method: machine\ntitle: भर्ती का खर्च कौन देता है\n"))
    assert main(["check", "--fix"], root) == 0
    said = capsys.readouterr().out
    assert "docs/_data/sources.yml: mended." in said
    assert said.endswith("no errors, no warnings.\n")
    assert hindi.read_text().startswith("---\ntitle: भर्ती")
    assert 'Chủ trả "mọi"' in (root / "docs/vi/toolkits/employers/fees.md").read_text()
    clean = {name: data for name, data in check_cases.tree_of({"name": "x"}).items() if "/sources" in name or "strings/vi" in name}
    assert {name: (root / name).read_bytes() for name in clean} == clean
    before = site_files.snapshot(root)
    assert main(["check", "--fix"], root) == 0
    assert site_files.snapshot(root) == before


def test_fix_leaves_sources_alone_while_a_page_cannot_be_read(tmp_path: Path) -> None:
    root = site_files.write(tmp_path, change={FEES: ("title: Who", "title: Who: ")})
    before = (root / "docs/_data/sources.yml").read_bytes()
    main(["check", "--fix"], root)
    assert (root / "docs/_data/sources.yml").read_bytes() == before


def test_code_is_not_mended() -> None:
    text = "---\ntitle: T\n---\n\nSay “a”  b, `“c”  d`.\n\n```\n“e”  f\n```\n\nName: ____   Date: ____\n"
    assert mend.tidy(text, "latin", is_page=True) == text.replace("“a”  b", '"a" b')


@pytest.mark.parametrize("script", ["devanagari", "bengali", "sinhala", "tamil"])
def test_joiners_stay_where_the_script_needs_them(script: str) -> None:
    assert mend.tidy("क्\u200dष\n", script, is_page=False) == "क्\u200dष\n"
    assert mend.tidy("a\u200db\n", "latin", is_page=False) == "ab\n"


def _git(root: Path, *words: str) -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *words], cwd=root, check=True, capture_output=True)


def test_changed_shows_what_differs_from_main_and_its_translations(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = site_files.write(tmp_path, append={"docs/en/index.md": "\nTODO: old.\n"})
    _git(root, "init", "-q", "-b", "main")
    _git(root, "add", ".")
    _git(root, "commit", "-q", "-m", "first")
    _git(root, "switch", "-q", "-c", "mine")
    (root / FEES).write_text((root / FEES).read_text().replace("every recruitment fee", "each recruitment fee"))
    (root / "docs/vi/new.md").write_text("Hello.\n")
    assert git.changed_files(root) == {FEES, "docs/vi/new.md"}
    assert main(["check", "--changed", "--format", "json"], root) == 1
    assert {p["path"] for p in json.loads(capsys.readouterr().out)} == {
        "docs/vi/new.md", *(f"docs/{tag}/toolkits/employers/fees.md" for tag in ("vi", "hi", "zh-Hant")),
    }  # fmt: skip


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_check_alone_changes_no_file_however_broken(tmp_path: Path, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    root = site_files.write(tmp_path, bytes={FEES: "fffe002d2d2d"}, files={"docs/_data/sources.yml": "a: [", "site/index.html": "old"})
    before = site_files.snapshot(root)
    assert main(["check", "--format", form], root) == 1
    assert site_files.snapshot(root) == before
    said = capsys.readouterr()
    assert FEES in said.out
    assert "Traceback" not in said.out + said.err


def test_what_could_run_stops_the_build_too() -> None:
    site = assemble(check_cases.tree_of({"name": "x", "append": {"docs/en/index.md": "\n<script>x</script>\n"}}))
    assert [problem.code for problem in blocking.check(site)] == ["markup/forbidden-html"]


def test_changed_without_git_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = site_files.write(tmp_path)
    assert main(["check", "--changed"], root) == 1
    assert "not a git checkout" in capsys.readouterr().err


def test_links_needs_a_built_site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--links"], site_files.write(tmp_path)) == 1
    assert "Run `python3 scripts/docs.py build` first" in capsys.readouterr().err


def test_links_follows_every_page_of_the_site(tmp_path: Path) -> None:
    (tmp_path / "vi").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html><title>A</title><a href='vi/'>v</a><a href='https://nowhere.invalid/'>out</a>")
    (tmp_path / "vi/index.html").write_text("<!doctype html><title>B</title>\n<a href='../gone.html'>gone</a>")
    (tmp_path / "alone.html").write_text("<!doctype html><title>C</title><img src='no.png' alt=''>")
    found = [str(problem) for problem in fetch_links.internal(tmp_path)]
    assert len(found) == 2, found
    assert found[0].startswith("site/alone.html:1: the link 'no.png' leads nowhere (404")
    assert found[1].startswith("site/vi/index.html:2: the link '../gone.html' leads nowhere (404")


class _World(http.server.BaseHTTPRequestHandler):
    asked: list[tuple[str, str]]

    def do_HEAD(self) -> None:
        self.asked.append((self.command, self.path))
        code = {"/ok": 200, "/gone": 404, "/shy": 405, "/busy": 429}.get(self.path, 500)
        if self.path == "/shy" and self.command == "GET":
            code = 200
        self.send_response(code)
        self.send_header("Retry-After", "7")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_GET(self) -> None:
        self.do_HEAD()

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextlib.contextmanager
def world() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    asked: list[tuple[str, str]] = []
    handler = type("Handler", (_World,), {"asked": asked})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
        server.shutdown()


def test_external_is_polite_and_remembers() -> None:
    waits: list[float] = []
    memory: fetch_links.Memory = {}
    with world() as (base, asked):
        wanted = {f"{base}/{name}": [("docs/_data/sources.yml", 7)] for name in ("ok", "gone", "shy", "busy")}
        wanted["http://127.0.0.1:9/"] = [("docs/_data/resources/a.yml", 0)]
        ask = fetch_links.asker("https://example.org/", timeout=5)
        found = fetch_links.external(wanted, memory, ask, TODAY, waits.append)
        assert [p.message for p in found if "/gone" in p.message] == [f"'{base}/gone' does not answer since 2026-11-24 (404 Not Found)."]
        assert {p.path for p in found} == {"docs/_data/sources.yml", "docs/_data/resources/a.yml"}
        assert all(p.severity == "warning" and "Archived copy: https://web.archive.org/web/" in p.fix for p in found)
        assert waits and min(waits) >= fetch_links.PAUSE
        assert ("GET", "/shy") in asked
        count = len(asked)
        again = fetch_links.external(wanted, memory, ask, TODAY, waits.append)
        assert len(asked) == count, "what was asked today is not asked again"
        assert again == found
        later = fetch_links.external(wanted, memory, ask, "2026-11-26", waits.append)
        assert "since 2026-11-24" in later[0].message, "broken ones are asked again and keep their first day"
        assert ("HEAD", "/ok") not in asked[count:]


def test_external_takes_a_host_at_its_word() -> None:
    waits: list[float] = []
    answers = iter([fetch_links.Answer(429, "429 Too Many Requests", 7.0), fetch_links.Answer(200)])
    wanted = {"https://example.org/a": [("a", 1)], "https://example.org/b": [("b", 1)]}
    assert fetch_links.external(wanted, {}, lambda url: next(answers), TODAY, waits.append) == []
    assert waits == [7.0]


def test_the_memory_of_links_survives_and_a_broken_one_is_forgotten(tmp_path: Path) -> None:
    file = tmp_path / "links.json"
    fetch_links.save(file, {"https://example.org": {"seen": TODAY, "since": ""}})
    assert fetch_links.load(file) == {"https://example.org": {"seen": TODAY, "since": ""}}
    file.write_text("{broken")
    assert fetch_links.load(file) == {}


def test_addresses_come_with_their_places() -> None:
    site = assemble(check_cases.tree_of({"name": "x"}))
    assert fetch_links.addresses(site) == {
        "https://example.org/ilo": [("docs/_data/sources.yml", 1)],
        "https://example.org/guide": [("docs/_data/resources/ilo-guide.yml", 0)],
    }


def _tools(tag: str, path: str) -> Tools:
    site = assemble(check_cases.tree_of({"name": "x"}))
    locale = site.locale(tag)
    page = site.pages.get((tag, path)) or site.pages[("en", path)]
    return tools_for(site.config, Speaker(locale, {}, {}), page, locale, path, (tag, path) not in site.pages)


def test_tools_of_a_translated_page() -> None:
    tools = _tools("vi", "toolkits/employers/fees.md")
    assert tools.edit == "https://github.com/organisation/portal/edit/main/docs/vi/toolkits/employers/fees.md"
    asked = parse_qs(urlsplit(tools.suggest).query)
    assert asked["template"] == ["translation.yml"]
    assert (asked["page"], asked["locale"]) == (["toolkits/employers/fees.md"], ["vi"])
    assert tools.translate == ""


def test_help_translate_opens_the_form_with_path_and_skeleton() -> None:
    tools = _tools("hi", "index.md")
    asked = parse_qs(urlsplit(tools.translate).query)
    assert asked["filename"] == ["docs/hi/index.md"]
    started = asked["value"][0]
    assert "## <!-- en: Start here --> { #start-here }" in started
    assert len(tools.translate) < 8000, "longer addresses are cut by hosts"
    files = check_cases.tree_of({"name": "x"}) | {"docs/hi/index.md": started.encode()}
    assert {p.code for p in run.everything(assemble(files), TODAY)} == {"leftovers/to-translate"}


def test_without_a_repository_there_are_no_tools() -> None:
    site = assemble(check_cases.tree_of({"name": "x"}))
    page = site.pages[("en", "index.md")]
    assert tools_for(Config(), Speaker(site.source_locale, {}, {}), page, site.source_locale, "index.md", False) == Tools()


def test_every_skeleton_of_the_portal_fits_into_an_address() -> None:
    root = Path(__file__).parents[2]
    site = assemble(*tree.read(root))
    config = locales.config({**yaml_text.load((root / "mkdocs.yml").read_text()), "extra": {"repository": {"url": "https://github.com/o/p"}}})
    other = next(locale for locale in site.locales if not locale.is_source)
    for path in filter(translation.is_for_translation, site.source_paths()):
        source = site.source_page(path)
        assert source
        address = tools_for(config, Speaker(other, {}, {}), source, other, path, True).translate
        assert "value=" in address, path
        assert len(address) < 8000, path


def test_git_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PortalError, match="Install git"):
        git.changed_files(tmp_path)


MOVED = "- index.md\n- employers/fees.md\n- old/news.md\n"


def test_fix_lists_new_pages_and_writes_the_redirects_that_are_certain(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    redirects = "# Moved.\nthird.md: old/news.md\nold/news.md: index.md\n"
    root = site_files.write(tmp_path, files={"docs/_data/addresses.yml": f"# All.\n{MOVED}", "docs/_data/redirects.yml": redirects})
    assert main(["check", "--fix"], root) == 0
    assert capsys.readouterr().out.endswith("no errors, no warnings.\n")
    assert (root / "docs/_data/addresses.yml").read_text() == "# All.\n- employers/fees.md\n- index.md\n- old/news.md\n- toolkits/employers/fees.md\n"
    assert (root / "docs/_data/redirects.yml").read_text() == (
        "# Moved.\nthird.md: index.md\nold/news.md: index.md\nemployers/fees.md: toolkits/employers/fees.md\n"
    )
    before = site_files.snapshot(root)
    assert main(["check", "--fix"], root) == 0
    assert site_files.snapshot(root) == before


@pytest.mark.parametrize("addresses", ["[index.md, employers/fees.md]\n", '- "index.md"\n- employers/fees.md\n', "- index.md: x\n"])
def test_fix_does_not_touch_a_list_written_in_another_way(addresses: str, tmp_path: Path) -> None:
    root = site_files.write(tmp_path, files={"docs/_data/addresses.yml": addresses})
    main(["check", "--fix"], root)
    assert (root / "docs/_data/addresses.yml").read_text() == addresses
    assert not (root / "docs/_data/redirects.yml").exists()


def test_new_lists_the_page_it_writes(tmp_path: Path) -> None:
    root = site_files.write(tmp_path, files={"docs/_data/addresses.yml": "- index.md\n- toolkits/employers/fees.md\n"})
    assert main(["new", "toolkits/employers/safe-transport"], root) == 0
    assert "- toolkits/employers/safe-transport.md\n" in (root / "docs/_data/addresses.yml").read_text()
