"""What a host must say with every page: security headers, robots, for static hosts and nginx alike."""

from __future__ import annotations

from urllib.parse import urlsplit

from portal.model import Site

TYPE_POLICIES = ("portal-search", "portal-pages")
"""Trusted Types policies that our scripts make: search loads its own files, two scripts read pages of this site."""


def policy(site: Site) -> str:
    """Return the Content-Security-Policy: only our own files; the form may go to the configured newsletter only."""
    action = str(site.config.newsletter.get("action") or "")
    parts = urlsplit(action)
    form = f"'self' {parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https") else "'self'"
    return "; ".join((
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "font-src 'self'",
        "connect-src 'self'", "manifest-src 'self'", "worker-src 'self'", f"form-action {form}", "base-uri 'none'",
        "frame-ancestors 'none'", "require-trusted-types-for 'script'", f"trusted-types {' '.join(TYPE_POLICIES)}",
        "upgrade-insecure-requests",
    ))  # fmt: skip


def pairs(site: Site) -> list[tuple[str, str]]:
    """Return the headers for every address."""
    return [
        ("Content-Security-Policy", policy(site)),
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"),
        ("X-Content-Type-Options", "nosniff"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Strict-Transport-Security", "max-age=31536000; includeSubDomains"),
    ]


def files(site: Site) -> dict[str, bytes]:
    """Return `_headers` (Netlify, Cloudflare Pages), `nginx-headers.conf` and `robots.txt`."""
    headers = pairs(site)
    static = "/*\n" + "".join(f"  {name}: {value}\n" for name, value in headers)
    nginx = "".join(f'add_header {name} "{value}" always;\n' for name, value in headers)
    robots = f"User-agent: *\nAllow: /\nSitemap: {site.config.site_url.rstrip('/')}/sitemap.xml\n"
    return {"_headers": static.encode(), "nginx-headers.conf": nginx.encode(), "robots.txt": robots.encode(), ".nojekyll": b""}
