"""The Content-Security-Policy of the site: said by the host as a header, and by every page for itself."""

from __future__ import annotations

from urllib.parse import urlsplit

from portal.model import Site

TYPE_POLICIES = ("portal-search", "portal-pages", "portal-worker")
"""Trusted Types policies that our scripts make: search loads its own files, three scripts read pages of this site,
one registers the service worker."""
_HEADER_ONLY = ("frame-ancestors", "upgrade-insecure-requests")
"""Left out of a page's own policy: browsers ignore the first there (CSP Level 3, 3.3) and say so in the console; the second
would break a copy that a trainer serves over plain http, and the header knows that there is https."""


def header(site: Site) -> str:
    """Return the policy for a host's header: only our own files; the form may go to the configured newsletter only."""
    return "; ".join(_directives(site))


def meta(site: Site) -> str:
    """Return the policy that a page carries in its head, for hosts that send no headers of ours and for copies on a stick."""
    return "; ".join(directive for directive in _directives(site) if not directive.startswith(_HEADER_ONLY))


def _directives(site: Site) -> tuple[str, ...]:
    parts = urlsplit(str(site.config.newsletter.get("action") or ""))
    form = f"'self' {parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https") else "'self'"
    return (
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "font-src 'self'",
        "connect-src 'self'", "manifest-src 'self'", "worker-src 'self'", f"form-action {form}", "base-uri 'none'",
        "frame-ancestors 'none'", "require-trusted-types-for 'script'", f"trusted-types {' '.join(TYPE_POLICIES)}",
        "upgrade-insecure-requests",
    )  # fmt: skip
