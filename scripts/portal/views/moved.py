"""Where readers of a moved page are sent: by the host where it can, by a small page at the old address everywhere else."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from portal import paths
from portal.model import Locale, Site
from portal.views import policy
from portal.views.page import speaker, title_of


@dataclass(frozen=True)
class Move:
    """A page's old and new address in one locale, both below the site's root."""

    locale: Locale
    old: str
    new: str
    path: str
    """Page path of the new page."""


def moves(site: Site) -> tuple[Move, ...]:
    """Return every redirect that leads from no page to a page, in every locale. The checks speak of the others.

    Paths are of small letters, digits and hyphens only: they go into a server's configuration.
    """
    plain = ((old, new) for old, new in site.redirects.items() if paths.is_good(old) and paths.is_good(new))
    good = [(old, new) for old, new in plain if site.source_page(new) and not site.source_page(old)]
    return tuple(Move(x, paths.address(x, old), paths.address(x, new), new) for old, new in sorted(good) for x in site.locales)


def hosts(found: tuple[Move, ...]) -> dict[str, bytes]:
    """Return `_redirects` (Netlify, Cloudflare Pages: they read the same lines) and `nginx-redirects.conf`.

    The status is a plain 301: Netlify would take the mark that overrules a page at the same address, Cloudflare would not;
    where the page is served instead it leads on as well.
    """
    pairs = [(old, _public(move.new)) for move in found for old in _addresses(move.old)]
    static = "".join(f"{old} {new} 301\n" for old, new in pairs)
    nginx = "".join(f"location = {old} {{ return 301 {new}; }}\n" for old, new in pairs)
    nginx = "# Pages that have moved (docs/_data/redirects.yml).\n" + nginx
    return {"_redirects": static.encode(), "nginx-redirects.conf": nginx.encode()}


def pages(site: Site, found: tuple[Move, ...]) -> dict[str, bytes]:
    """Return a page for each old address, in its locale: it sends the reader on at once, and has a link for those it cannot send."""
    return {move.old: _page(site, move).encode() for move in found}


_PAGE = """<!doctype html>
<html lang="{lang}" dir="{dir}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta http-equiv="refresh" content="0; url={new}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{heading}</title>
<meta name="robots" content="noindex">
<link rel="canonical" href="{canonical}">
<meta name="color-scheme" content="light dark">
<link rel="stylesheet" href="{base}/assets/stylesheets/portal.css">
</head>
<body class="page page--moved">
<main>
<h1>{heading}</h1>
<p><a href="{new}"{title_lang}>{title}</a></p>
</main>
</body>
</html>
"""


def _page(site: Site, move: Move) -> str:
    translated = (move.locale.tag, move.path) in site.pages
    values = {
        "lang": move.locale.lang, "dir": move.locale.dir, "policy": policy.meta(site), "base": paths.relative(".", move.old),
        "new": paths.relative(move.new, move.old), "heading": speaker(site, move.locale).say("moved.title"),
        "canonical": paths.canonical(site.config.site_url, move.locale if translated else site.source_locale, move.path),
        "title": title_of(site, move.locale, move.path),
    }  # fmt: skip
    title_lang = "" if translated else f' lang="{site.source_locale.lang}"'
    return _PAGE.format(**{name: escape(value) for name, value in values.items()}, title_lang=title_lang)


def _addresses(address: str) -> tuple[str, ...]:
    """Return the ways in which an address can be asked for."""
    return (f"/{address}", _public(address)) if _public(address) != f"/{address}" else (f"/{address}",)


def _public(address: str) -> str:
    folder, _, name = address.rpartition("/")
    return f"/{folder}/" if name == "index.html" and folder else "/" if name == "index.html" else f"/{address}"
