"""The nginx snippet in a running nginx: headers everywhere, compression, caching, redirects, the page for missing addresses."""

from __future__ import annotations

import http.client
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import crossplane  # type: ignore[import-untyped]
import pytest

import chromium
import small
from portal.build.run import Options, build

from .conftest import quiet
from .test_build import FEES_VI, files

SNIPPET = small.REPO / "deploy" / "nginx-portal.conf"
REDIRECTS = "old/fees.md: toolkits/employers/fees.md\nfees/index.md: index.md\n"
MIME_TYPES = Path("/etc/nginx/mime.types")


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def program() -> str:
    for place in ("/usr/sbin/nginx", "/usr/local/sbin/nginx", "/opt/homebrew/bin/nginx"):
        if Path(place).exists():
            return place
    return chromium.find_program("nginx", "nginx")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    more = {"docs/_data/redirects.yml": REDIRECTS, "docs/vi/toolkits/employers/fees.md": FEES_VI}
    root = small.project(tmp_path_factory.mktemp("nginx") / "project", files(**more))
    assert build(Options(root=root, place=root / "site", cache=root / ".cache", with_pdf=False, jobs=1), quiet).problems == []
    return root / "site"


@pytest.fixture(scope="module")
def configuration(site: Path) -> Path:
    """Return a whole configuration around the snippet, as deploy/README.md shows it, for this site and a user without rights."""
    home = site.parent / "nginx"
    home.mkdir()
    (home / "snippet.conf").write_text(SNIPPET.read_text().replace("/srv/portal/site", str(site)))
    types = MIME_TYPES if MIME_TYPES.exists() else Path("mime.types")
    temporary = "".join(f"{kind}_temp_path {home}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    whole = f"""
daemon off; master_process off; pid {home}/pid; error_log {home}/error.log;
events {{}}
http {{
  include {types}; default_type application/octet-stream; access_log off;
  {temporary}
  server {{ listen 127.0.0.1:{free_port()}; server_name localhost; include {home}/snippet.conf; }}
}}
"""
    (home / "nginx.conf").write_text(whole)
    return home / "nginx.conf"


@pytest.fixture(scope="module")
def port(configuration: Path) -> Iterator[int]:
    """Run nginx on the small site; give its port."""
    number = int(configuration.read_text().split("listen 127.0.0.1:")[1].split(";")[0])
    command = [program(), "-c", str(configuration), "-p", str(configuration.parent), "-e", str(configuration.parent / "error.log")]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    for _ in range(100):
        with socket.socket() as door:
            if door.connect_ex(("127.0.0.1", number)) == 0:
                break
        assert running.poll() is None, running.stdout.read() if running.stdout else ""
        time.sleep(0.05)
    yield number
    running.terminate()
    running.communicate()


def ask(port: int, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers (a name that came twice has both values) and body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    body = answer.read()
    found: dict[str, str] = {}
    for name, value in answer.getheaders():
        found[name.lower()] = f"{found[name.lower()]}, {value}" if name.lower() in found else value
    connection.close()
    return answer.status, found, body


def promised(site: Path) -> dict[str, str]:
    """Return the headers that other hosts are told to send with everything: nginx must send the same."""
    everywhere, _, _ = (site / "_headers").read_text().partition("\n/")
    lines = [line.strip() for line in everywhere.splitlines() if line.startswith("  ")]
    return {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}


PATHS = {
    "/": 200, "/vi/toolkits/employers/fees.html": 200, "/assets/stylesheets/portal.css": 200, "/assets/images/favicon.svg": 200,
    "/search/vi/index.js": 200, "/sw.js": 200, "/sitemap.xml": 200, "/robots.txt": 200, "/no/such/page.html": 404, "/assets/no.png": 404,
    "/old/fees.html": 301, "/_headers": 404,
}  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_has_every_header_once(path: str, port: int, site: Path) -> None:
    status, headers, _ = ask(port, path)
    assert status == PATHS[path]
    wanted = promised(site)
    assert {"content-security-policy", "permissions-policy", "x-content-type-options", "strict-transport-security", "referrer-policy"} <= set(wanted)
    assert {name: headers.get(name) for name in wanted} == wanted
    assert headers["server"] == "nginx"


@pytest.mark.parametrize("path", ["/", "/assets/stylesheets/portal.css", "/assets/javascripts/portal.js", "/search/vi/index.js", "/sitemap.xml"])
def test_what_is_text_comes_compressed(path: str, port: int) -> None:
    _, plain, whole = ask(port, path)
    _, headers, body = ask(port, path, Accept_Encoding="gzip")
    assert headers["content-encoding"] == "gzip"
    assert headers["vary"] == plain["vary"] == "Accept-Encoding"
    assert len(body) < len(whole)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/old/fees.html", "/toolkits/employers/fees.html"), ("/vi/old/fees.html", "/vi/toolkits/employers/fees.html"),
        ("/fees/", "/"), ("/vi/fees/index.html", "/vi/"),
    ],
)  # fmt: skip
def test_a_moved_page_is_found_at_once(old: str, new: str, port: int) -> None:
    status, headers, _ = ask(port, old)
    assert (status, headers["location"]) == (301, new)
    assert ask(port, new)[0] == 200


def test_a_missing_address_speaks_every_locale(port: int, site: Path) -> None:
    assert ask(port, "/no/such/page.html")[2] == ask(port, "/_redirects")[2] == (site / "404.html").read_bytes()


def test_pages_are_checked_again_and_assets_rest_an_hour(port: int) -> None:
    for path in ("/", "/vi/", "/vi/toolkits/employers/fees.html"):
        _, headers, _ = ask(port, path)
        assert headers["cache-control"] == "no-cache"
        assert headers["content-type"] == "text/html; charset=utf-8"
        assert ask(port, path, If_None_Match=headers["etag"])[0] == 304
    assert ask(port, "/sw.js")[1]["cache-control"] == "no-cache"
    assert ask(port, "/assets/stylesheets/portal.css")[1]["cache-control"] == "max-age=3600"


def test_the_snippet_holds_together_with_the_signup_service(configuration: Path) -> None:
    """Ask crossplane, which knows nginx's directives; the snippet must have no add_header that would drop the others."""
    signup = small.REPO / "deploy" / "nginx-signup.conf"
    whole = configuration.read_text().replace("snippet.conf;", f"snippet.conf; include {signup};")
    whole = re.sub(r"include \S*mime\.types;", "", whole)  # crossplane takes the types for directives
    both = configuration.with_name("both.conf")
    both.write_text(whole)
    result = crossplane.parse(str(both), strict=True, single=False, comments=False)
    assert result["errors"] == []
    assert "add_header" not in "\n".join(line for line in SNIPPET.read_text().splitlines() if not line.startswith("#"))


def test_the_readme_shows_a_server_block_that_nginx_takes(tmp_path: Path, site: Path, configuration: Path) -> None:
    text = (small.REPO / "deploy" / "README.md").read_text(encoding="utf-8")
    block = text.split("```nginx\n", 1)[1].split("```", 1)[0]
    openssl = chromium.find_program("openssl", "openssl")
    command = f"{openssl} req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=localhost -keyout {tmp_path}/key.pem -out {tmp_path}/cert.pem"
    subprocess.run(command.split(), check=True, capture_output=True)
    shutil.copy(configuration.parent / "snippet.conf", tmp_path / "portal.conf")
    block = (
        block.replace("/etc/letsencrypt/live/portal.example.org/fullchain.pem", f"{tmp_path}/cert.pem")
        .replace("/etc/letsencrypt/live/portal.example.org/privkey.pem", f"{tmp_path}/key.pem")
        .replace("/etc/nginx/snippets/nginx-portal.conf", f"{tmp_path}/portal.conf")
        .replace("/etc/nginx/snippets/nginx-signup.conf", str(small.REPO / "deploy" / "nginx-signup.conf"))
        .replace("listen 80", f"listen {free_port()}").replace("listen [::]:80", f"listen [::1]:{free_port()}")
        .replace("listen 443", f"listen {free_port()}").replace("listen [::]:443", f"listen [::1]:{free_port()}")
    )  # fmt: skip
    head = configuration.read_text().split("  server {", 1)[0]
    (tmp_path / "nginx.conf").write_text(f"{head}{block}}}\n")
    told = subprocess.run([program(), "-t", "-c", str(tmp_path / "nginx.conf"), "-e", str(tmp_path / "error.log")], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
