"""The benchmark: ours beside the stock build in one run, the real site's weight, one table against the budgets.

Run it with `python3 scripts/docs.py bench` (`--quick` for a small corpus, whose ratios are only a smoke test). Lighthouse
takes a quarter of an hour: its kept results are shown with their date, `--lighthouse` measures them anew. Where none are
kept, or templates, styles or scripts changed since, the benchmark says so and fails.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import tempfile
import threading
import time
import tomllib
import urllib.request
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import small
from bench import corpus, lighthouse, weight
from portal import locales, report, yaml_text

DOCS = [sys.executable, "-c", "import sys; from pathlib import Path; from portal.cli import main; sys.exit(main(sys.argv[2:], Path(sys.argv[1])))"]


def seconds(command: list[str], root: Path, good: tuple[int, ...] = (0,)) -> float:
    """Run a command in `root` and return its wall time. Raises when its exit code is not a good one."""
    start = time.perf_counter()
    result = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if result.returncode not in good:
        raise RuntimeError(f"{' '.join(command[:4])} failed:\n{result.stdout[-2000:]}\n{result.stderr[-2000:]}")
    return time.perf_counter() - start


def median(times: int, run: Callable[[], float]) -> float:
    """Return the middle of some runs."""
    return sorted(run() for _ in range(times))[times // 2]


def build_times(folder: Path, pages: int) -> dict[str, float]:
    """Return cold, edited and unchanged times of ours and the stock time, on the same corpus."""
    stock = corpus.stock(folder / f"stock-{pages}", pages)
    ours = corpus.ours(folder / f"ours-{pages}", pages)
    build = [*DOCS, str(ours), "build", "--no-pdf"]
    times = {"stock": seconds([sys.executable, "-m", "mkdocs", "build", "-q"], stock)}
    times["cold"] = median(3, lambda: seconds([*build, "--clean"], ours))
    page = ours / "docs/vi/section-1/page-1.md"

    def edited() -> float:
        page.write_text(page.read_text().replace("- [ ] ", f"- [ ] {time.time_ns()} ", 1))
        return seconds(build, ours)

    times["edit"] = median(3, edited)
    times["unchanged"] = median(3, lambda: seconds(build, ours))
    times["reload"] = reload_time(ours)
    return times


def reload_time(root: Path) -> float:
    """Serve the corpus, save a page, return the seconds until the browser is told (median of three)."""
    port = 8765
    server = subprocess.Popen([*DOCS, str(root), "serve", "--port", str(port), "--locale", "vi"], cwd=root, stdout=subprocess.DEVNULL)
    told: list[float] = []
    arrived = threading.Event()

    def listen() -> None:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/_preview/events", timeout=120) as stream:
            for line in stream:
                if line.startswith(b"data:"):
                    told.append(time.perf_counter())
                    arrived.set()

    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).close()
                break
            except OSError:
                time.sleep(0.5)
        threading.Thread(target=listen, daemon=True).start()
        arrived.wait(10)
        page = root / "docs/vi/section-1/page-1.md"

        def saved() -> float:
            time.sleep(1)
            arrived.clear()
            start = time.perf_counter()
            page.write_text(page.read_text().replace("- [ ] ", f"- [ ] {time.time_ns()} ", 1))
            if not arrived.wait(60):
                raise RuntimeError("the preview did not tell of the saved page")
            return told[-1] - start

        return median(3, saved)
    finally:
        server.terminate()
        server.wait(20)


def main() -> int:
    """Print the table; return 1 when a budget is broken."""
    budgets = tomllib.loads((Path(__file__).parent / "budgets.toml").read_text())
    quick = "--quick" in sys.argv
    if "--lighthouse" in sys.argv and (code := subprocess.run([sys.executable, str(Path(lighthouse.__file__))], check=False).returncode):
        return code
    pages, more = (12, 24) if quick else (60, 240)
    os.environ["PYTHONPATH"] = str(small.REPO / "scripts")
    rows: list[tuple[str, float, float]] = []
    notes: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        times = build_times(folder, pages)
        notes.append(f"12 x {pages} pages: " + ", ".join(f"{key} {value:.2f} s" for key, value in times.items()))
        big = corpus.ours(folder / "big", more)
        large = seconds([*DOCS, str(big), "build", "--no-pdf", "--clean"], big)
        notes.append(f"12 x {more} pages: cold {large:.2f} s")
        gained = weight.growth(folder / f"ours-{pages}" / "site", big / "site", "vi/section-1/page-1.html")
    build = budgets["build"]
    rows.append(("build: cold / stock", times["cold"] / times["stock"], build["cold_ratio"]))
    rows.append(("build: one page edited / stock", times["edit"] / times["stock"], build["edit_ratio"]))
    rows.append(("build: nothing changed, s", times["unchanged"], build["unchanged_seconds"]))
    rows.append(("build: growth exponent", math.log(large / times["cold"]) / math.log(more / pages), build["growth_exponent"]))
    rows.append(("serve: reload after saving, s", times["reload"], build["reload_seconds"]))
    check = median(3, lambda: seconds([*DOCS, str(small.REPO), "check", "--format", "json"], small.REPO, (0, 1)))
    rows.append(("check: real site, s", check, budgets["content"]["check_seconds"]))
    tags = [locale.tag for locale in locales.read(yaml_text.load((small.REPO / "mkdocs.yml").read_text(encoding="utf-8")))]
    rows += weight.rows(small.REPO / "site", tags, budgets["weight"])
    rows.append((f"weight: HTML gained by {more // pages} times the pages, kB", gained, budgets["weight"]["html_growth_kb"]))
    rows += lighthouse.kept_rows(budgets["lighthouse"])
    broken = [row for row in rows if row[1] > row[2]]
    gaps = lighthouse.problems(lighthouse.read(), lighthouse.every_page())
    print("\n".join(notes))
    print(report.table([(n, f"{v:.3f}", f"{b:.3f}", "broken" if v > b else "ok") for n, v, b in rows], ("what", "measured", "budget", "")))
    print("\n".join(gaps), end="\n" if gaps else "")
    out = small.REPO / ".cache" / "bench.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps({"times": times, "rows": rows}, indent=2))
    return int(bool(broken or gaps) and not quick)


if __name__ == "__main__":
    sys.exit(main())
