"""What a host must say with every page: security headers, robots, for static hosts and nginx alike."""

from __future__ import annotations

from portal.model import Site
from portal.views import policy

WORKER = "/sw.js\n  Cache-Control: no-cache\n"
"""A host must not hold an old service worker back (deploy/nginx-portal.conf says it to nginx)."""


def pairs(site: Site) -> list[tuple[str, str]]:
    """Return the headers for every address."""
    return [
        ("Content-Security-Policy", policy.header(site)),
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"),
        ("X-Content-Type-Options", "nosniff"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Strict-Transport-Security", "max-age=31536000; includeSubDomains"),
    ]


def files(site: Site) -> dict[str, bytes]:
    """Return `_headers` (Netlify, Cloudflare Pages), `nginx-headers.conf` and `robots.txt`."""
    headers = pairs(site)
    static = "/*\n" + "".join(f"  {name}: {value}\n" for name, value in headers) + WORKER
    nginx = "".join(f'add_header {name} "{value}" always;\n' for name, value in headers)
    robots = f"User-agent: *\nAllow: /\nSitemap: {site.config.site_url.rstrip('/')}/sitemap.xml\n"
    return {"_headers": static.encode(), "nginx-headers.conf": nginx.encode(), "robots.txt": robots.encode(), ".nojekyll": b""}
