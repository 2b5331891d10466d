"""Run a whole build: read, judge, build what is stale in worker processes, publish in one step."""

from __future__ import annotations

import gc
import json
import multiprocessing
import os
import shutil
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from portal import exports, feeds, tree, writer
from portal.build import cache, clock, locale_site, plan, publish, search_pages, worker
from portal.errors import PortalError
from portal.model import Site
from portal.site import assemble
from portal.views.page import speaker

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Options:
    """What to build and where: `locales` empty means all."""

    root: Path
    place: Path
    cache: Path
    locales: tuple[str, ...] = ()
    jobs: int = 0
    clean: bool = False
    with_pdf: bool = True
    site_url: str = ""


@dataclass
class Outcome:
    """What a build did: problems that stopped it, locales built and reused, counts, seconds per step."""

    problems: list[str] = field(default_factory=list)
    built: list[str] = field(default_factory=list)
    reused: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def is_good(self) -> bool:
        """Tell whether the site was published (or was up to date)."""
        return not self.problems


def build(options: Options, progress: Progress) -> Outcome:
    """Build and publish; on any problem the published site stays as it was.

    The collector of circular garbage rests meanwhile: looking through the parsed site again and again costs a tenth.
    """
    gc.disable()
    try:
        return _build(options, progress)
    finally:
        gc.enable()


def _build(options: Options, progress: Progress) -> Outcome:
    outcome, start = Outcome(), time.monotonic()
    writer.restore(options.place)
    if options.clean:
        shutil.rmtree(options.cache, ignore_errors=True)
    content, unreadable = tree.read(options.root)
    code = plan.code(options.root)
    settings = (options.site_url, clock.today(), *options.locales, str(options.with_pdf), *map(str, unreadable))
    whole = plan.everything(content, code, settings)
    record = options.cache / "published.json"
    last = _read_json(record)
    if last.get("whole") == whole and options.place.exists() and not options.clean:
        outcome.reused, outcome.counts = list(last.get("locales", [])), dict(last.get("counts", {}))
        outcome.seconds["read"] = time.monotonic() - start
        return outcome
    parsed = options.cache / "pages.pickle"
    read = assemble(content, unreadable, cache.pages(parsed, code))
    site = locale_site.preload(options.root, read, options.site_url, has_cards=options.with_pdf)
    outcome.problems = locale_site.refusals(site, options.locales)
    wanted = [locale for locale in site.locales if not options.locales or locale.tag in options.locales or locale.is_source]
    outcome.seconds["read"] = time.monotonic() - start
    if outcome.problems:
        return outcome
    start = time.monotonic()
    shared = plan.shared(site, clock.today())
    prints = {locale.tag: plan.locale(site, content, locale, code, shared) for locale in wanted}
    stages = {tag: options.cache / "stage" / tag for tag in prints}
    stale = [tag for tag in prints if _read_json(_mark(stages[tag])).get("print") != prints[tag]]
    outcome.reused = [tag for tag in prints if tag not in stale]
    outcome.problems = _build_stale(options, stale, stages, prints, plan.rendering(content, code), progress)
    outcome.built = stale
    outcome.seconds["pages"] = time.monotonic() - start
    if outcome.problems:
        return outcome
    start = time.monotonic()
    extra, outcome.problems = _extras(site, stages, options, progress)
    outcome.seconds["PDFs and data"] = time.monotonic() - start
    if outcome.problems:
        return outcome
    start = time.monotonic()
    try:
        outcome.counts = publish.publish(site, stages, extra, options.place, publish.Work(options.cache, options.jobs))
    except PortalError as error:
        outcome.problems = str(error).splitlines()
        return outcome
    outcome.seconds["publish"] = time.monotonic() - start
    cache.save(parsed, code, {page.file: page for page in site.pages.values()})
    record.write_text(json.dumps({"whole": whole, "locales": list(prints), "counts": outcome.counts}))
    return outcome


def _extras(site: Site, stages: Mapping[str, Path], options: Options, progress: Progress) -> tuple[publish.Extra, list[str]]:
    """Return the files that are made from the built pages, and what went wrong with them."""
    files = exports.files(site)
    for tag in stages:
        files |= feeds.files(site, site.locale(tag), speaker(site, site.locale(tag)))
    if not options.with_pdf:
        return publish.Extra(files), []
    from portal.build import cards, printing  # the engines are loaded only where PDFs are made

    # Fresh workers: once Typst has run in this process it keeps threads, and a fork would wait for threads that it does not have.
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(options.jobs or os.cpu_count() or 1, mp_context=fresh) as pool:
        pictures, problems = cards.everything(site, stages, options.cache, pool, progress) if site.config.site_url else ({}, [])
        made = printing.everything(options.root, site, stages, options.cache, pool, progress)
    return publish.Extra(files | pictures | made.files, made.known), [*problems, *made.problems]


def _mark(stage: Path) -> Path:
    return stage.with_suffix(".json")


def _build_stale(
    options: Options, stale: list[str], stages: Mapping[str, Path], prints: Mapping[str, str], salt: str, progress: Progress
) -> list[str]:
    """Build the stale locales side by side; return what went wrong, by locale."""
    jobs = options.jobs or os.cpu_count() or 1
    problems: dict[str, list[str]] = {}
    (options.cache / "stage").mkdir(parents=True, exist_ok=True)
    progress(0, len(stale), "pages")
    for done, (tag, messages) in enumerate(_run(options, stale, stages, jobs, salt), 1):
        progress(done, len(stale), tag)
        if messages:
            problems[tag] = messages
            continue
        stage = stages[tag]
        _mark(stage).unlink(missing_ok=True)
        writer.replace_folder(stage.with_suffix(".new"), stage)
        _mark(stage).write_text(json.dumps({"print": prints[tag]}))
    return list(dict.fromkeys(line for tag in sorted(problems) for line in problems[tag]))


def _run(
    options: Options, stale: list[str], stages: Mapping[str, Path], jobs: int, salt: str
) -> Iterable[tuple[str, list[str]]]:
    """Yield (locale, messages) as the builds end. Each runs in a fresh process: static-i18n changes its configuration."""
    if not stale:
        return
    if len(stale) > 1:
        locale_site.warm_up(options.root)
    gc.freeze()
    with ProcessPoolExecutor(min(jobs, len(stale)), mp_context=_context()) as pool:
        waiting = {pool.submit(_one, options, tag, stages[tag].with_suffix(".new"), salt): tag for tag in stale}
        for future in as_completed(waiting):
            tag = waiting[future]
            try:
                yield tag, future.result()
            except Exception as error:  # noqa: BLE001 a worker that died must not take the build with it
                yield tag, [f"docs/{tag}: the worker stopped ({type(error).__name__}). Run the command again with --jobs 1."]


def _context() -> Any:
    """Return how workers start: forked, so that they share what is read and imported, where the system can."""
    return multiprocessing.get_context("fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn")


def _one(options: Options, tag: str, out: Path, salt: str) -> list[str]:
    """Build one locale, its search index and the lists for keeping its toolkits in this worker process."""
    root = options.root
    os.environ |= {"PORTAL_SITE_URL": options.site_url} if options.site_url else {}
    os.environ |= {"PORTAL_CARDS": "1"} if options.with_pdf else {}
    shutil.rmtree(out, ignore_errors=True)
    articles = cache.Articles(out.with_suffix(".pickle"), salt)
    messages = locale_site.build_locale(root, tag, out, articles)
    if not messages:
        articles.keep()
        site = locale_site.read_site(root)
        weights = cache.load(out.with_suffix(".weights"), salt)
        found = search_pages.files(site, site.locale(tag), out, weights)
        kept = worker.lists(site, site.locale(tag), out, found) if site.config.offline else {}
        writer.write_files(out, {**found, **kept})
        cache.save(out.with_suffix(".weights"), salt, weights)
    return messages


def _read_json(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_text())
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}
