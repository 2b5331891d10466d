"""Render the pages that the service answers with. They work without JavaScript."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from signup.intake import RejectedError
from signup.settings import Settings
from signup.words import LOCALES, Words, preferred_locale, words_of

HERE = Path(__file__).parent
# Tokens stand in our addresses: nothing may keep them, pass them on or frame the page.
HEADERS = {
    "Content-Security-Policy": ("default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"),
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


def templates() -> Environment:
    """Return the templates; whatever is put into HTML is escaped, a missing value is an error."""
    return Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=select_autoescape(["html"]),  # not mail.txt
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def locale_of(request: Request) -> str:
    """Return the locale for a page that nothing else decides: `?locale=`, else the browser's wish."""
    asked = request.query_params.get("locale", "")
    return asked if asked in LOCALES else preferred_locale(request.headers.get("accept-language", ""))


class Pages:
    """All pages, with what they need of the settings."""

    def __init__(self, settings: Settings, environment: Environment) -> None:
        self._settings = settings
        self._environment = environment

    def page(self, template: str, locale: str, *, status: int = 200, **values: object) -> HTMLResponse:
        """Return one page in `locale`."""
        text = self._environment.get_template(template).render(
            words=words_of(locale),
            locale=locale,
            home=self._settings.home(locale),
            is_preview=self._settings.is_preview,
            **values,
        )
        headers = {**HEADERS, "Content-Language": words_of(locale).lang}
        return HTMLResponse(text, status, headers)

    def notice(self, key: str, locale: str, *, status: int = 200, leave: str = "", **values: object) -> HTMLResponse:
        """Return the page that says `page.<key>_title` and `page.<key>_text`."""
        words = words_of(locale)
        return self.page(
            "notice.html",
            locale,
            status=status,
            title=words(f"page.{key}_title"),
            text=words(f"page.{key}_text", **values),
            more=words("page.check_more") if key in ("check", "link_sent") else "",
            leave=leave,
            again="",
        )

    def error(self, rejected: RejectedError, locale: str, *, again: str = "form", **values: object) -> HTMLResponse:
        """Return the page that says what went wrong and what to do now."""
        words = words_of(locale)
        return self.page(
            "notice.html",
            locale,
            status=rejected.status,
            title=words("error.title"),
            text=words(f"error.{rejected.reason}", **values),
            more="",
            leave="",
            again=again,
        )

    def form(self, locale: str, *, typed: str = "", error: str = "") -> HTMLResponse:
        """Return the form, after a mistake with what was typed and what is wrong with it."""
        by_locale = {locale: list_id for list_id, locale in self._settings.lists.items()}
        lists: list[tuple[str, Words]] = [(by_locale[tag], words_of(tag)) for tag in LOCALES if tag in by_locale]
        status = 400 if error else 200
        return self.page("form.html", locale, status=status, typed=typed, error=error, lists=lists)
