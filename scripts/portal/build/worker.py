"""Make the service worker, which keeps what was read, and the lists by which a reader keeps a whole toolkit.

`sw.js` stands at the site's root, so that it may answer for every page. Where `extra.offline` is false it is a worker
that deletes all it kept and takes itself away: the way back if a worker ever does harm.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from portal import paths, report
from portal.build.plan import digest
from portal.model import Locale, PagePath, Section, Site
from portal.views.offline import PAGE, key_of, list_address
from portal.views.page import title_of

NAME = "sw.js"
NEVER = ("subscription", "_preview")
"""First folders of addresses that are no pages: the sign-up service, the preview's own."""
CORE = (
    "assets/stylesheets/portal.css", "assets/javascripts/portal.js", "assets/javascripts/kept.js", "assets/images/favicon.svg",
)  # fmt: skip
_HERE = Path(__file__).parent
_IMAGE = re.compile(r'<img[^>]*\ssrc="([^":]+)"')
_LEVEL = 6


def files(site: Site, published: Path) -> dict[str, bytes]:
    """Return the worker for the site that stands in the folder `published`."""
    if not site.config.offline:
        return {NAME: goodbye()}
    offline = {x.tag: where for x in site.locales if (published / (where := paths.address(x, PAGE))).is_file()}
    source = site.source_locale.tag
    core = [name for name in (*CORE, *filter(None, [offline.get(source)])) if (published / name).is_file()]
    template = (_HERE / "worker.js").read_text(encoding="utf-8")
    parts: list[bytes | str] = [template]
    for file in sorted((published / "assets").rglob("*")):
        if file.is_file():
            parts += [file.relative_to(published).as_posix(), file.read_bytes()]
    for name in offline.values():
        parts += [name, (published / name).read_bytes()]
    build = {"version": digest(parts)[:12], "source": source, "offline": offline, "core": core, "never": sorted(never(site))}
    return {NAME: template.replace("const BUILD = {};", f"const BUILD = {json.dumps(build)};", 1).encode()}


def goodbye() -> bytes:
    """Return the worker that removes what an earlier one kept, and itself."""
    return (_HERE / "goodbye.js").read_bytes()


def never(site: Site) -> set[str]:
    """Return the first folders of addresses on our origin that no worker may touch."""
    action = urlsplit(str(site.config.newsletter.get("action") or ""))
    base = urlsplit(site.config.site_url).path.strip("/")
    own = action.path.strip("/").removeprefix(base).strip("/") if not action.netloc else ""
    return {*NEVER, *filter(None, [own.split("/")[0]])}


def lists(site: Site, locale: Locale, stage: Path, search: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return, by their path below the site, the lists of what each toolkit of a locale needs on a device.

    A list is {"title", "lang", "home", "pages": count, "size": "380 kB", "version", "files": addresses below the site}.
    `stage` holds the locale's built pages, `search` its search files; size is what a compressing host sends.
    """
    shared = sorted(
        file.relative_to(stage).as_posix()
        for folder in ("assets/stylesheets", "assets/javascripts")
        for file in (stage / folder).rglob("*")
        if file.is_file()
    )  # fmt: skip
    found = {}
    for section in site.config.sections:
        if section.is_toolkit and site.source_page(section.pages[0]):
            found[list_address(locale, section)] = _list(site, locale, section, stage, shared, search)
    return found


def _list(site: Site, locale: Locale, section: Section, stage: Path, shared: list[str], search: Mapping[str, bytes]) -> bytes:
    pages = [paths.address(locale, path) for path in section.pages if site.source_page(path)]
    extra = [where for path in (PAGE, "index.md") if (stage / (where := paths.address(locale, path))).is_file()]
    index = f"search/{locale.tag}/index.js"
    texts = _texts(search[index]) if index in search else {}
    wanted = dict.fromkeys((*pages, *extra, *shared, *_images(stage, pages), *_search(texts, pages, index)))
    names = [name for name in wanted if name in search or (stage / name).is_file()]
    data = {name: search[name] if name in search else (stage / name).read_bytes() for name in names}
    size = sum(len(zlib.compress(body, _LEVEL)) for body in data.values())
    home: PagePath = section.pages[0]
    is_fallback = (locale.tag, home) not in site.pages
    facts = {
        "key": key_of(locale, section), "title": title_of(site, locale, home),
        "lang": site.source_locale.lang if is_fallback else locale.lang, "home": pages[0], "pages": len(pages),
        "size": report.size(size), "version": digest([data[name] for name in names if name not in shared])[:12], "files": names,
    }  # fmt: skip
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()


def _texts(index: bytes) -> dict[str, str]:
    """Return the name of each page's text file by the page's address, read from a search index."""
    text = index.decode()
    known = json.loads(text[text.index("{") : text.rindex("}") + 1])
    return dict(zip(known["urls"], known["texts"], strict=True))


def _search(texts: Mapping[str, str], pages: list[str], index: str) -> Iterator[str]:
    if texts:
        yield index
        yield from (f"{index.rsplit('/', 1)[0]}/{texts[page]}.js" for page in pages if texts.get(page))


def _images(stage: Path, pages: list[str]) -> Iterator[str]:
    yield "assets/images/favicon.svg"
    for page in pages:
        for href in _IMAGE.findall((stage / page).read_text(encoding="utf-8")):
            yield paths.join(page, href)[0]
