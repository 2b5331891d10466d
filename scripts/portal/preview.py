"""Serve the preview: the built site, live reload, errors in the browser, and the signup service on the same origin."""

from __future__ import annotations

import asyncio
import contextlib
import json
import multiprocessing
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import uvicorn
import watchfiles
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from portal.build import locale_site, worker
from portal.build.run import Options, Outcome, build
from portal.progress import bar
from signup.app import create_app
from signup.preview import for_terminal
from signup.settings import for_preview

WATCHED = ("docs", "overrides", "scripts/portal", "scripts/hooks.py", "mkdocs.yml")
_SCRIPT = (Path(__file__).parent / "preview.js").read_text(encoding="utf-8")


class Preview:
    """The state of a running preview: what was built last and who listens."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.version = 0
        self.problems: list[str] = []
        self.is_over = False
        self._changed = asyncio.Condition()

    async def rebuild(self) -> None:
        """Build in a process of its own (fresh code, no shared state) and tell the browsers."""
        start = time.monotonic()
        outcome = await asyncio.to_thread(build_apart, self.options)
        self.problems = outcome.problems
        for line in outcome.problems:
            print(line, flush=True)
        if outcome.is_good:
            what = " ".join(outcome.built) or "nothing"
            print(f"built {what} in {time.monotonic() - start:.1f} s", flush=True)
        else:
            print("The preview still shows the last good site.", flush=True)
        async with self._changed:
            self.version += 1
            self._changed.notify_all()

    async def watch(self) -> None:
        """Rebuild whenever a watched file is saved."""
        paths = [self.options.root / name for name in WATCHED if (self.options.root / name).exists()]
        async for _ in watchfiles.awatch(*paths, debounce=120, step=40):
            await self.rebuild()

    async def _wait_for_other(self, seen: int, seconds: float = 15) -> None:
        """Wait until there is another version than `seen`, or for some seconds."""
        async with self._changed:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait_for(lambda: self.version != seen or self.is_over), timeout=seconds)

    async def end_with(self, server: uvicorn.Server) -> None:
        """Let the browsers go as soon as the server is told to stop, so that it stops at once and without complaint."""
        while not server.should_exit:
            await asyncio.sleep(0.1)
        async with self._changed:
            self.is_over = True
            self._changed.notify_all()

    async def events(self) -> AsyncIterator[str]:
        """Yield server-sent events: the version and the problems, now and after each build."""
        seen = -1
        while not self.is_over:
            await self._wait_for_other(seen)
            if self.version != seen:
                seen = self.version
                yield f"data: {json.dumps({'version': seen, 'problems': self.problems})}\n\n"
            else:
                yield ": still here\n\n"


def build_apart(options: Options) -> Outcome:
    """Run a build in a fresh process and return its outcome; a build that dies is a problem, not the end of the preview."""
    context: Any = multiprocessing.get_context("fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn")
    receiver, sender = context.Pipe(duplex=False)
    worker = context.Process(target=_build_into, args=(options, sender))
    worker.start()
    sender.close()
    try:
        outcome: Outcome = receiver.recv()
    except EOFError:
        outcome = Outcome(problems=["scripts/: the build stopped without a word. Run `python3 scripts/docs.py build` to see more."])
    worker.join()
    return outcome


def _build_into(options: Options, sender: Any) -> None:
    try:
        outcome = build(options, bar)
    except Exception as error:  # noqa: BLE001 shown to the editor instead of a traceback
        outcome = Outcome(problems=[f"scripts/: the build stopped ({type(error).__name__}: {error})."])
    sender.send(outcome)


def application(preview: Preview, signup: Starlette | None = None) -> Starlette:
    """Return the application that serves the site at `preview.options.place`, with the signup service on the same origin."""
    place = preview.options.place

    async def page(request: Request) -> Response:
        name = request.path_params["path"].strip("/")
        if name == worker.NAME:
            # The preview keeps nothing: an editor must see the page just saved. Pages served here register no worker, and one
            # that a copy of the site left at this address earlier is replaced by the one that takes itself away.
            return Response(worker.goodbye(), media_type="text/javascript", headers={"Cache-Control": "no-store"})
        file = (place / name).resolve()
        if not file.is_relative_to(place.resolve()):
            return PlainTextResponse("not here", status_code=404)
        if file.is_dir():
            file = file / "index.html"
        status = 200
        if not file.is_file():
            file, status = place / "404.html", 404
        if not file.is_file():
            text = "\n".join(preview.problems) or "Nothing is built yet."
            return Response(_waiting(text), 503, media_type="text/html")
        if file.suffix == ".html":
            text = file.read_text(encoding="utf-8").replace("<body ", "<body data-preview ", 1)
            text = text.replace("</body>", '<script src="/_preview/reload.js"></script></body>')
            return Response(text, status, media_type="text/html", headers={"Cache-Control": "no-store"})
        return FileResponse(file, headers={"Cache-Control": "no-store"})

    async def events(request: Request) -> Response:
        return StreamingResponse(preview.events(), media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    async def script(request: Request) -> Response:
        return Response(_SCRIPT, media_type="text/javascript")

    own = [Route("/_preview/events", events), Route("/_preview/reload.js", script)]
    last = Route("/{path:path}", page)
    if signup is None:
        return Starlette(routes=[*own, last])
    return Starlette(routes=[*own, *signup.routes, last], lifespan=signup.router.lifespan_context)


def _waiting(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return f'<!doctype html><html lang="en"><title>Preview</title><body><pre>{escaped}</pre></body></html>'


def serve(root: Path, locales: tuple[str, ...], port: int) -> int:
    """Serve until interrupted. Returns the exit code."""
    options = preview_options(root, locales, port)
    shown = " ".join(dict.fromkeys(("en", *options.locales)))
    print(f"Portal preview: http://127.0.0.1:{port}/  (locales: {shown}; Ctrl+C to stop)", flush=True)
    try:
        asyncio.run(_serve(options, port))
    except KeyboardInterrupt:
        return 130
    return 0


def preview_options(root: Path, locales: tuple[str, ...], port: int) -> Options:
    """Return what the preview builds: the locales asked for, else the last ones used, into .cache/preview/."""
    cache = root / ".cache" / "preview"
    last = cache / "locales.txt"
    if not locales and last.exists():
        locales = tuple(last.read_text().split())
    cache.mkdir(parents=True, exist_ok=True)
    last.write_text(" ".join(locales))
    return Options(
        root=root, place=cache / "site", cache=cache, locales=locales or ("en",), with_pdf=False, site_url=f"http://127.0.0.1:{port}/",
    )  # fmt: skip


async def _serve(options: Options, port: int) -> None:
    preview = Preview(options)
    app = application(preview, signup_service(options, port))
    config = uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning", access_log=False, timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    await preview.rebuild()
    beside = [asyncio.create_task(preview.watch()), asyncio.create_task(preview.end_with(server))]
    try:
        await server.serve()
    finally:
        for task in beside:
            task.cancel()
        await asyncio.gather(*beside, return_exceptions=True)


def signup_service(options: Options, port: int) -> Starlette:
    """Return the signup service in preview mode: mails stay in a local outbox, which a page and the terminal show."""
    site = locale_site.read_site(options.root)
    lists = site.config.newsletter.get("lists") or {}
    by_locale = {str(tag): str(name) for tag, name in lists.items()}
    settings = for_preview(options.cache / "signup.sqlite3", base_url=f"http://127.0.0.1:{port}", lists=by_locale)
    return create_app(settings, on_mail=lambda mail: print(for_terminal(mail), flush=True))
