"""Hold what the service says to people, in their locale."""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

LOCALES = ("en", "bn", "hi", "id", "ms", "ne", "si", "ta", "th", "tl", "vi", "zh-Hant")
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster where libyaml is there
FOLDER = Path(__file__).with_name("strings")
# What browsers may ask for, where it is not our own tag.
ALSO_KNOWN_AS = {"fil": "tl", "zh": "zh-Hant", "in": "id"}


class WordsError(ValueError):
    """A strings file that cannot be used: place, fact, cure."""


@dataclass(frozen=True, slots=True)
class Words:
    """All texts of one locale; `lang` is what pages and mails declare."""

    locale: str
    lang: str
    name: str  # the language's own name
    text_version: str  # kept with each consent: which wording the person read
    texts: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """Return the text named `key` (`mail.greeting`) with its placeholders filled."""
        return self.texts[key].format_map(values)


@cache
def words_of(locale: str) -> Words:
    """Return the texts of `locale`.

    Raises:
        WordsError: the file lacks a text that English has, has another one, or other placeholders.
    """
    path = FOLDER / f"{locale}.yml"
    raw = yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 -- both are safe loaders
    texts = {f"{group}.{key}": str(text).strip() for group in ("mail", "page", "error") for key, text in raw[group].items()}
    if locale != "en":
        _compare(path.name, texts, words_of("en").texts)
    return Words(locale, raw["lang"], raw["name"], str(raw["text_version"]), texts)


def _compare(name: str, texts: Mapping[str, str], english: Mapping[str, str]) -> None:
    for key in sorted(texts.keys() ^ english.keys()):
        fact = "is missing" if key in english else "is not in en.yml"
        raise WordsError(f"strings/{name}: '{key}' {fact}. Give both files the same keys.")
    for key, text in texts.items():
        if placeholders(text) != placeholders(english[key]):
            raise WordsError(f"strings/{name}: '{key}' has other {{placeholders}} than en.yml. Use the same ones.")


def placeholders(text: str) -> set[str]:
    """Return the names in braces in `text`."""
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}


def locale_for(tag: str) -> str | None:
    """Return our locale for a language tag such as `zh-HK` or `fil-PH`, or None."""
    for locale in LOCALES:
        if tag.lower() == locale.lower():
            return locale
    language = tag.lower().partition("-")[0]
    language = ALSO_KNOWN_AS.get(language, language)
    return language if language in LOCALES else None


def preferred_locale(accept_language: str) -> str:
    """Return the locale that a browser's Accept-Language likes best, `en` if none."""
    wishes: list[tuple[float, int, str]] = []
    for place, part in enumerate(accept_language[:1000].split(",")):
        tag, _, quality = part.partition(";")
        try:
            weight = float(quality.strip().removeprefix("q=") or 1)
        except ValueError:
            weight = 0.0
        locale = locale_for(tag.strip())
        if locale is not None and weight > 0:
            wishes.append((-weight, place, locale))
    return min(wishes)[2] if wishes else "en"
