"""Lighthouse over the built site: home, module, country, library and newsletter in every locale, as on a slow phone.

Run it with `python3 scripts/docs.py bench --lighthouse` after `docs.py build` (about 15 minutes on two idle cores), or here
with `--only vi/index.html`. Lighthouse simulates the slow network and processor from what it traced; blocking time still
depends on the machine, so a page that misses a budget is measured three times in all and the median counts. Results are
kept in lighthouse.json and, as a table, in lighthouse.md, after each locale; `--locale vi` measures only one and leaves the
others' results, as long as templates, styles and scripts are still those they were measured with.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tomllib
import venv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import chromium
import small
import templates
from bench import server
from portal import locales, report, yaml_text

HERE = Path(__file__).resolve().parent
HOME = small.REPO / ".cache" / "lighthouse"
KEPT = HERE / "lighthouse.json"
PAGES = ("home", "module", "country", "library", "newsletter")
HEADS = ("page", "performance", "accessibility", "best practices", "SEO", "largest paint, s", "layout shift", "blocking, ms", "runs")
OLDEST = (22, 19)
TEMPLATE = ("overrides", "docs/assets")
TIMES = 3
"""How often a page that misses a budget is measured."""


def node() -> tuple[str, str]:
    """Return the programs node and npm, new enough for Lighthouse: the machine's own, else from PyPI in a folder of their own."""
    mine, npm = shutil.which("node"), shutil.which("npm")
    if mine and npm:
        told = subprocess.run([mine, "--version"], capture_output=True, text=True, check=True).stdout
        if tuple(map(int, told.strip().lstrip("v").split(".")[:2])) >= OLDEST:
            return mine, npm
    place = HOME / "node"
    if not (place / "bin/node").exists():
        venv.create(place, with_pip=True)
        command = [str(place / "bin/python"), "-m", "pip", "install", "-q", "--require-hashes", "-r", str(HERE / "requirements.txt")]
        subprocess.run(command, check=True)
    return str(place / "bin/node"), str(place / "bin/npm")


def run(addresses: list[str]) -> list[dict[str, Any]]:
    """Return Lighthouse's answer for each address. Raises RuntimeError where a page could not be measured."""
    program, npm = node()
    environment = {**os.environ, "PATH": f"{Path(program).parent}{os.pathsep}{os.environ['PATH']}"}
    environment |= {"PUPPETEER_SKIP_DOWNLOAD": "1", "CHROME_PATH": chromium.find()}
    for name in ("package.json", "package-lock.json", "lighthouse.mjs"):
        shutil.copy(HERE / name, HOME / name)
    if not (HOME / "node_modules/lighthouse").exists():
        subprocess.run([npm, "ci", "--silent", "--no-audit", "--no-fund"], cwd=HOME, env=environment, check=True)
    found = []
    command = [program, "lighthouse.mjs"]
    with subprocess.Popen(command, cwd=HOME, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(addresses))
        process.stdin.close()
        for line in process.stdout:
            found.append(json.loads(line))
            if sys.stderr.isatty():
                print(f"\r{len(found)}/{len(addresses)} {found[-1]['url']:<70}", end="", file=sys.stderr, flush=True)
    broken = [f"{answer['url']}: {answer['error']}" for answer in found if answer["error"]]
    if process.returncode or broken or len(found) != len(addresses):
        raise RuntimeError("Lighthouse could not measure every page. " + " ".join(broken))
    return found


def misses(result: Mapping[str, Any], budgets: Mapping[str, float]) -> list[str]:
    """Return what of a result is over its budget, in words."""
    names = ("performance", "accessibility", "best practices", "SEO")
    found = [f"{name} {score}" for name, score in zip(names, result["scores"], strict=True) if score < budgets["score"]]
    figures = (("paint", result["paint"] / 1000, "paint_s"), ("shift", result["shift"], "shift"), ("blocking", result["blocking"], "blocking_ms"))
    return found + [f"{name} {value:.3g}" for name, value, key in figures if value > budgets[key]]


def median(results: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the middle of some results for one page, figure by figure."""
    middle = {key: statistics.median_low(result[key] for result in results) for key in ("paint", "shift", "blocking")}
    scores = [statistics.median_low(column) for column in zip(*(result["scores"] for result in results), strict=True)]
    return {**results[0], **middle, "runs": len(results), "scores": scores, "lost": sorted({line for result in results for line in result["lost"]})}


def measure(site: Path, pages: list[str]) -> list[dict[str, Any]]:
    """Return one answer for each page of the site."""
    with server.serving(site) as address:
        return [{**answer, "page": page} for page, answer in zip(pages, run([address + page for page in pages]), strict=True)]


def template() -> str:
    """Return the fingerprint of what a page is made of besides its text: templates, styles, scripts and icons."""
    total = hashlib.sha256()
    for folder in TEMPLATE:
        for file in sorted((small.REPO / folder).rglob("*")):
            if file.is_file() and "overrides/print" not in file.as_posix():
                total.update(file.relative_to(small.REPO).as_posix().encode() + b"\0" + file.read_bytes())
    return total.hexdigest()[:12]


def merged(old: Mapping[str, Any], results: list[dict[str, Any]], pages: list[str]) -> dict[str, Any]:
    """Return what is to be kept: the new results, and of the old ones those of other pages if the template is still the same."""
    now = template()
    new = {r["page"]: {key: r[key] for key in ("page", "scores", "paint", "shift", "blocking", "runs")} for r in results}
    still = {r["page"]: r for r in old["results"]} if old.get("template") == now else {}
    every = {**still, **new}
    return {
        "date": datetime.date.today().isoformat(), "template": now, "lighthouse": results[0]["lighthouse"], "chrome": results[0]["chrome"],
        "results": [every[page] for page in pages if page in every],
    }  # fmt: skip


def problems(kept: Mapping[str, Any], pages: list[str]) -> list[str]:
    """Return why the kept results cannot stand for the site: place, fact, cure; empty when they can."""
    where, cure = KEPT.relative_to(small.REPO).as_posix(), "Run `python3 scripts/docs.py build` and `python3 scripts/docs.py bench --lighthouse`."
    if not kept:
        return [f"{where}: no Lighthouse results are kept. {cure}"]
    if kept.get("template") != template():
        return [f"{where}: measured on {kept['date']}, and {', '.join(TEMPLATE)} changed since. {cure}"]
    missing = sorted(set(pages) - {result["page"] for result in kept["results"]})
    return [f"{where}: {len(missing)} of {len(pages)} pages are not measured ({', '.join(missing[:5])}…). {cure}"] if missing else []


def read() -> dict[str, Any]:
    """Return what is kept; empty where nothing is."""
    found: dict[str, Any] = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    return found


def every_page() -> list[str]:
    """Return the pages that are measured, below the site's root, locale by locale."""
    tags = [locale.tag for locale in locales.read(yaml_text.load((small.REPO / "mkdocs.yml").read_text(encoding="utf-8")))]
    return [templates.where(tag, name) for tag in tags for name in PAGES]


def table(kept: Mapping[str, Any]) -> str:
    """Return the results as a Markdown page."""
    head = (
        f"# Lighthouse {kept['lighthouse']}, mobile\n\n"
        f"Measured on {kept['date']} with Chromium {kept['chrome']} by `python3 scripts/docs.py bench --lighthouse`. The site is served from "
        "this machine, compressed with brotli, with the headers of `_headers`. Throttling is Lighthouse's own simulation of a slow phone; "
        "it depends little on the machine, blocking time the most. A page that missed a budget in its first run was measured up to "
        f"{TIMES} times; the median stands here.\n\n"
    )
    rows = [
        (r["page"], *map(str, r["scores"]), f"{r['paint'] / 1000:.1f}", f"{r['shift']:.3f}", f"{r['blocking']:.0f}", str(r["runs"]))
        for r in kept["results"]
    ]
    lines = ["| " + " | ".join(row) + " |" for row in (HEADS, ("---",) + ("--:",) * (len(HEADS) - 1), *rows)]
    return head + "\n".join(lines) + "\n"


def kept_rows(budgets: Mapping[str, float]) -> list[tuple[str, float, float]]:
    """Return the worst kept figures against their budgets, for the table of `docs.py bench`; none where nothing is kept.

    Scores are shown as points lost, so that more is worse in every row.
    """
    if not (kept := read()):
        return []
    results, when = kept["results"], kept["date"]
    lost = max(100 - min(result["scores"]) for result in results)
    rows = [("points lost, worst score", float(lost), 100 - budgets["score"])]
    for name, key, per, budget in (
        ("largest paint, s", "paint", 1000, "paint_s"), ("layout shift", "shift", 1, "shift"), ("blocking, ms", "blocking", 1, "blocking_ms"),
    ):  # fmt: skip
        rows.append((name, max(result[key] for result in results) / per, budgets[budget]))
    return [(f"lighthouse of {when}, {len(results)} pages: {name}", value, budget) for name, value, budget in rows]


def main() -> int:
    """Measure, keep the results unless only some pages were asked for, print what is over budget; 1 when something is."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--site", type=Path, default=small.REPO / "site", help="folder of a built site")
    parser.add_argument("--only", action="append", help="a page below the site's root (may be repeated); nothing is kept then")
    parser.add_argument("--locale", action="append", help="measure this locale only (may be repeated); default: all")
    arguments = parser.parse_args()
    budgets = tomllib.loads((HERE / "budgets.toml").read_text())["lighthouse"]
    HOME.mkdir(parents=True, exist_ok=True)
    every = every_page()
    size = len(PAGES)
    groups = [every[start : start + size] for start in range(0, len(every), size)]
    if arguments.locale:
        wanted = {templates.where(tag, PAGES[0]) for tag in arguments.locale}
        groups = [group for group in groups if group[0] in wanted]
    answers: dict[str, list[dict[str, Any]]] = {}
    groups = [arguments.only] if arguments.only else groups
    for turn in range(TIMES):
        for group in groups:
            pages = [page for page in group if not turn or misses(median(answers[page]), budgets)]
            for answer in measure(arguments.site, pages) if pages else ():
                answers.setdefault(answer["page"], []).append(answer)
            if pages and not arguments.only:
                kept = merged(read(), [median(answers[page]) for page in pages], every)
                KEPT.write_text(json.dumps(kept, separators=(",", ":")).replace('{"page"', '\n{"page"') + "\n")
                (HERE / "lighthouse.md").write_text(table(kept))
    results = [median(found) for found in answers.values()]
    over = [(r["page"], ", ".join(lost), "; ".join(r["lost"])) for r in results if (lost := misses(r, budgets))]
    print(table(merged({}, results, [r["page"] for r in results])))
    if over:
        print(report.table(over, ("page", "over budget", "audits that cost points")))
    return int(bool(over))


if __name__ == "__main__":
    sys.exit(main())
