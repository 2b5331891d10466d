"""A page of each template of the real site, and one locale for each script: what browser tests and the benchmark walk over."""

from __future__ import annotations

TEMPLATES = {
    "home": "index.html",
    "toolkit": "toolkits/employers/index.html",
    "module": "toolkits/employers/repaying-fees.html",
    "checklist": "toolkits/employers/self-assessment.html",
    "key messages": "covid-19/key-messages.html",
    "country": "countries/nepal.html",
    "countries": "countries/index.html",
    "corridor": "corridors/nepal-malaysia.html",
    "corridors": "corridors/index.html",
    "library": "resources/index.html",
    "glossary": "resources/glossary.html",
    "references": "resources/references.html",
    "news": "news/index.html",
    "news item": "news/2021-07-22-regional-project-launch.html",
    "newsletter": "newsletter/index.html",
    "status": "about/method.html",
    "plain": "about/privacy.html",
    "downloads": "downloads/index.html",
    "pack": "downloads/pack.html",
    "offline": "offline.html",
    "404": "no/such/page.html",
}
SCRIPTS = ("en", "bn", "ne", "si", "ta", "th", "zh-Hant")
"""One locale for each script: Latin, Bengali, Devanagari, Sinhala, Tamil, Thai, Chinese."""
FEW = ("home", "module", "key messages", "country", "library", "newsletter")


def where(locale: str, name: str) -> str:
    """Return the address of a template's page in a locale, below the site's root."""
    return ("" if locale == "en" else f"{locale}/") + TEMPLATES[name]
