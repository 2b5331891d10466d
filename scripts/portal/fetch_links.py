"""Follow links: inside the built site with linkchecker, and out into the world politely, with a memory."""

from __future__ import annotations

import csv
import datetime
import functools
import http.server
import io
import json
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from portal import writer
from portal.errors import PortalError
from portal.model import Problem, Site
from portal.site import DATA

AGENT = "portal-link-check (one request at a time for each host; {site})"
_STATUS = re.compile(r"\(\d{3} ")
_ALL = "/every-page-for-linkchecker.html"


def internal(place: Path) -> list[Problem]:
    """Return the links of the built site under `place` that lead nowhere. Raises PortalError where there is no site."""
    if not (place / "index.html").exists():
        raise PortalError("check --links: site/ is not built yet. Run `python3 scripts/docs.py build` first.")
    handler = functools.partial(_Server, directory=str(place))
    with _Quiet(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_address[1]}"
        try:
            found = _told(_linkchecker(base + _ALL), base)
            if all(_STATUS.search(problem.message) for problem in found):
                return found
            return _told(_linkchecker(base + _ALL), base)  # a busy machine left a question without an answer
        finally:
            server.shutdown()


class _Quiet(http.server.ThreadingHTTPServer):
    """A server that does not mind when a large file is not fetched to its end."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: what is missing is found by who asks."""


class _Server(http.server.SimpleHTTPRequestHandler):
    """Serve the site, and one page that names every page, so that none is left out."""

    def do_GET(self) -> None:
        """Answer as a static host does."""
        if self.path != _ALL:
            return super().do_GET()
        folder = Path(self.directory)
        names = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*.html") if p.name != "404.html")
        body = ("<!doctype html><title>All</title>" + "".join(f'<a href="/{urllib.parse.quote(n)}">x</a>' for n in names)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return None

    def end_headers(self) -> None:
        """Allow linkchecker more than ten requests a second, which it asks a host's leave for."""
        self.send_header("LinkChecker", "yes")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def _linkchecker(address: str) -> str:
    """Return linkchecker's findings as CSV text."""
    program = "import sys; from linkcheck.command.linkchecker import linkchecker; sys.exit(linkchecker())"
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # as root linkchecker becomes somebody else
        settings = Path(folder) / "linkcheckerrc"
        settings.write_text("[checking]\nmaxrequestspersecond=1000\n", encoding="utf-8")
        options = ["--config", str(settings), "--no-status", "--no-robots", "--threads", "8", "--timeout", "20", "--output", "csv"]
        command = [sys.executable, "-c", program, *options, address]
        done = subprocess.run(command, capture_output=True, check=False, text=True, encoding="utf-8", errors="replace")
    if "urlname" not in done.stdout:
        raise PortalError(f"check --links: linkchecker did not run ({done.stderr.strip()[-300:] or done.stdout.strip()[-300:]}).")
    return done.stdout


def _told(text: str, base: str) -> list[Problem]:
    """Return linkchecker's findings in our words."""
    rows = csv.DictReader(io.StringIO("\n".join(line for line in text.splitlines() if not line.startswith("#"))), delimiter=";")
    found: list[Problem] = []
    for row in rows:
        if row.get("valid") == "True":
            continue
        page = (row.get("parentname") or base).removeprefix(base).lstrip("/") or "index.html"
        reason = (row.get("result") or "").strip() or "no answer"
        message = f"the link '{row.get('urlname')}' leads nowhere ({reason})."
        line = row.get("line") or "0"
        fix = "Mend the link in the page's text, or in the template that writes it."
        found.append(Problem(f"site/{page}", int(line) if line.isdigit() else 0, "links/broken-in-site", message, fix))
    return sorted(set(found))


@dataclass(frozen=True)
class Answer:
    """What an address answered: the status (0: none at all), a reason in words, how long to wait before the next."""

    status: int
    reason: str = ""
    wait: float = 0.0

    @property
    def is_good(self) -> bool:
        """Tell whether a reader would get something; 401, 403, 405 and 429 are hosts that do not like programs."""
        return 200 <= self.status < 400 or self.status in (401, 403, 405, 406, 429, 999)


Ask = Callable[[str], Answer]
Memory = dict[str, dict[str, object]]
GOOD_DAYS, BAD_DAYS, PAUSE = 14, 1, 2.0
"""Days for which an answer is believed, seconds between two requests to one host."""


def addresses(site: Site) -> dict[str, list[tuple[str, int]]]:
    """Return every address outside the site with the places (file, line) that name it."""
    found: dict[str, list[tuple[str, int]]] = {}

    def add(url: object, file: str, line: int = 0) -> None:
        if isinstance(url, str) and url.startswith(("http://", "https://")):
            found.setdefault(url.split("#")[0], []).append((file, line))

    for source in site.sources.values():
        add(source.url, DATA + "sources.yml", source.line)
    for resource in site.resources.values():
        add(resource.url, f"{DATA}resources/{resource.id}.yml")
    for code, record in site.countries.items():
        for value in record.values():
            for entry in value if isinstance(value, list) else ():
                add(entry.get("url") if isinstance(entry, Mapping) else None, f"{DATA}countries/{code.lower()}.yml")
    for page in site.pages.values():
        for link in page.outline.links:
            add(link.target, page.file, link.line)
    return found


def external(
    wanted: Mapping[str, list[tuple[str, int]]], memory: Memory, ask: Ask, today: str, sleep: Callable[[float], None] = time.sleep,
    most: int = 400,
) -> list[Problem]:  # fmt: skip
    """Ask the outside world, at most `most` addresses, hosts in turn; update `memory`, return what is broken and since when."""
    due = [url for url in _in_turn(wanted) if _is_due(memory.get(url), today)][:most]
    waits: dict[str, float] = {}
    last = ""
    for url in due:
        host = urllib.parse.urlsplit(url).netloc
        if pause := waits.get(host, PAUSE if host == last else 0.0):
            sleep(min(pause, 30.0))
        answer = ask(url)
        waits[host] = max(PAUSE, answer.wait)
        last = host
        before = memory.get(url, {})
        since = "" if answer.is_good else str(before.get("since") or today)
        memory[url] = {"seen": today, "status": answer.status, "reason": answer.reason, "since": since}
    return list(_broken(wanted, memory))


def _broken(wanted: Mapping[str, list[tuple[str, int]]], memory: Memory) -> Iterable[Problem]:
    for url, places in wanted.items():
        known = memory.get(url, {})
        if not known.get("since"):
            continue
        reason = known.get("reason") or f"status {known.get('status')}"
        copy = f" Archived copy: https://web.archive.org/web/{url}"
        for file, line in places:
            message = f"'{url}' does not answer since {known['since']} ({reason})."
            yield Problem(file, line, "links/broken-outside", message, f"Find where it moved.{copy}", "warning")


def _in_turn(urls: Iterable[str]) -> list[str]:
    """Return the addresses so that hosts take turns."""
    by_host: dict[str, list[str]] = {}
    for url in urls:
        by_host.setdefault(urllib.parse.urlsplit(url).netloc, []).append(url)
    rounds = max((len(group) for group in by_host.values()), default=0)
    return [group[n] for n in range(rounds) for group in by_host.values() if n < len(group)]


def _is_due(known: Mapping[str, object] | None, today: str) -> bool:
    if not known:
        return True
    try:
        age = (datetime.date.fromisoformat(today) - datetime.date.fromisoformat(str(known.get("seen")))).days
    except ValueError:
        return True
    return age >= (BAD_DAYS if known.get("since") else GOOD_DAYS)


def asker(site_url: str, timeout: float = 20.0) -> Ask:
    """Return a function that asks one address: HEAD first, GET where HEAD is refused."""

    def ask(url: str) -> Answer:
        for method in ("HEAD", "GET"):
            request = urllib.request.Request(url, method=method, headers={"User-Agent": AGENT.format(site=site_url), "Accept": "*/*"})  # noqa: S310
            try:
                with urllib.request.urlopen(request, timeout=timeout) as answer:  # noqa: S310 (http and https only)
                    return Answer(int(answer.status))
            except urllib.error.HTTPError as error:
                if method == "HEAD" and error.code in (400, 403, 404, 405, 500, 501, 503):
                    continue
                wait = error.headers.get("Retry-After", "") if error.headers else ""
                return Answer(error.code, f"{error.code} {error.reason}", float(wait) if wait.isdigit() else 0.0)
            except (OSError, ValueError) as error:
                return Answer(0, _in_words(error))
        return Answer(0, "no answer")

    return ask


def _in_words(error: Exception) -> str:
    reason = getattr(error, "reason", error)
    if isinstance(reason, TimeoutError) or "timed out" in str(reason):
        return "no answer in time"
    return "the host is not known" if "Name or service" in str(reason) or "getaddrinfo" in str(reason) else str(reason)[:80]


def load(file: Path) -> Memory:
    """Return the memory of earlier answers; a broken file counts as none."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def save(file: Path, memory: Memory) -> None:
    """Keep the answers for the next time."""
    writer.write_text(file, json.dumps(memory, indent=1, sort_keys=True) + "\n")
