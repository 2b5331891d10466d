"""Assemble the tree's bytes into one frozen Site, collecting what cannot be read as problems."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from portal import front_matter, git_blob, locales, markdown, paths, records, yaml_text
from portal.model import Config, Locale, Page, Problem, Resource, Site, Source

DATA = "docs/_data/"
REDIRECTS, ADDRESSES = DATA + "redirects.yml", DATA + "addresses.yml"
EDITIONS = DATA + "editions.yml"
_TWO_LETTERS = re.compile(r"^[a-z]{2}(-[A-Za-z]{4})?(-[A-Z]{2})?$")


def assemble(
    tree: Mapping[str, bytes], unreadable: tuple[Problem, ...] = (), parsed: Mapping[str, Page] | None = None
) -> Site:
    """Return the Site that the files `{repository path: bytes}` make; never raises on bad content.

    `parsed` may hold pages by file that were parsed before: one is taken over where its blob id is still the same.
    """
    reader = _Reader(tree, list(unreadable))
    settings = reader.yaml("mkdocs.yml")
    if not isinstance(settings, dict):
        settings = {}
        if "mkdocs.yml" not in tree:
            reader.add("mkdocs.yml", 0, "site/no-configuration", "there is no mkdocs.yml.", "Run the command in the project's folder.")
    found_locales = reader.locales(settings)
    config = locales.config(settings) if settings else Config()
    editions = reader.yaml(EDITIONS)
    return Site(
        config=config,
        locales=found_locales,
        pages=reader.pages(found_locales, parsed or {}),
        sources=reader.sources(),
        resources=reader.resources(),
        countries={str(v.get("code", k.upper())): v for k, v in reader.folder("countries").items()},
        glossary=reader.folder("glossary"),
        strings=reader.folder("strings"),
        taxonomy=_mapping(reader.yaml(DATA + "taxonomy.yml")),
        old_sections=reader.old_sections(),
        assets=frozenset(f for f in tree if f.startswith("docs/assets/")),
        files=frozenset(tree),
        redirects={str(k): str(v) for k, v in _mapping(reader.yaml(REDIRECTS)).items()},
        addresses=reader.addresses(),
        problems=tuple(sorted(reader.problems)),
        raw=tree,
        editions=records.editions(editions),
    )


class _Reader:
    """Hold the tree and the problems found on the way."""

    def __init__(self, tree: Mapping[str, bytes], problems: list[Problem]) -> None:
        self.tree = tree
        self.problems = problems

    def add(self, path: str, line: int, code: str, message: str, fix: str) -> None:
        self.problems.append(Problem(path, line, code, message, fix))

    def text(self, file: str) -> str | None:
        try:
            return self.tree[file].decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            line = self.tree[file][: error.start].count(b"\n") + 1
            self.add(file, line, "site/not-utf8", "the file is not UTF-8 text.", "Save it again with the encoding UTF-8.")
        return None

    def yaml(self, file: str) -> Any:
        if file not in self.tree or (text := self.text(file)) is None:
            return None
        try:
            return yaml_text.load(text)
        except yaml_text.YamlProblem as problem:
            self.add(file, problem.line, "site/broken-yaml", f"{problem}.", "Mend the line; the lines before it were read.")
        return None

    def locales(self, settings: dict[str, Any]) -> tuple[Locale, ...]:
        try:
            found = locales.read(settings)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            self.add("mkdocs.yml", 0, "site/no-locales", f"the list of locales cannot be read ({error}).", "See contribute/translate.")
            return (Locale("en", "English", "en", "en", "latin", True),)
        if not any(locale.is_source for locale in found):
            self.add("mkdocs.yml", 0, "site/no-locales", "no locale has 'default: true'.", "Mark the source locale.")
            return (Locale("en", "English", "en", "en", "latin", True), *found)
        return found

    def pages(self, found: tuple[Locale, ...], parsed: Mapping[str, Page]) -> dict[tuple[str, str], Page]:
        tags = frozenset(locale.tag for locale in found)
        pages: dict[tuple[str, str], Page] = {}
        for file in sorted(f for f in self.tree if f.startswith("docs/")):
            place = paths.split_repo_path(file, tags)
            if place is None:
                folder = file.split("/")[1]
                if _TWO_LETTERS.match(folder) and folder not in tags and file.count("/") > 1:
                    message = f"the folder '{folder}' looks like a locale, but mkdocs.yml does not list it; it would vanish from the site."
                    fix = "Rename it (assets belong in docs/assets/), or list the locale."
                    if not any(p.code == "site/two-letter-folder" and p.path == f"docs/{folder}" for p in self.problems):
                        self.add(f"docs/{folder}", 0, "site/two-letter-folder", message, fix)
                continue
            blob = git_blob.blob_id(self.tree[file])
            if (known := parsed.get(file)) and known.blob == blob:
                pages[place] = known
                continue
            if (text := self.text(file)) is None:
                continue
            parts = front_matter.split(text)
            if parts.error:
                fix = "" if parts.body_line > 1 else "Start the page with '---', 'title: …', 'description: …', '---'."
                self.add(file, parts.error_line, "front-matter/unreadable", f"{parts.error.rstrip('.')}.", fix)
            pages[place] = Page(
                locale=place[0], path=place[1], file=file, meta=parts.meta, lines=parts.lines, body=parts.body,
                body_line=parts.body_line, blob=blob,
                outline=markdown.outline(parts.body, parts.body_line),
            )  # fmt: skip
        return pages

    def sources(self) -> dict[str, Source]:
        file = DATA + "sources.yml"
        raw = self.yaml(file)
        lines = yaml_text.key_lines(self.text(file) or "") if file in self.tree else {}
        found, problems = records.sources(raw, lines, file)
        self.problems += problems
        return found

    def resources(self) -> dict[str, Resource]:
        found: dict[str, Resource] = {}
        for file in sorted(f for f in self.tree if f.startswith(DATA + "resources/") and f.endswith(".yml")):
            key = file.rsplit("/", 1)[1].removesuffix(".yml")
            raw = self.yaml(file)
            if raw is None:
                continue
            resource, problems = records.resource(key, raw, yaml_text.key_lines(self.text(file) or ""), file)
            self.problems += problems
            if resource:
                found[key] = resource
        return found

    def folder(self, name: str) -> dict[str, Mapping[str, Any]]:
        start = f"{DATA}{name}/"
        files = sorted(f for f in self.tree if f.startswith(start) and f.endswith(".yml"))
        return {f[len(start) : -len(".yml")]: _mapping(self.yaml(f)) for f in files}

    def addresses(self) -> tuple[str, ...] | None:
        found = self.yaml(ADDRESSES)
        return tuple(str(path) for path in found) if isinstance(found, list) else None

    def old_sections(self) -> dict[str, Mapping[str, str]]:
        start = DATA + "sections/"
        found: dict[str, Mapping[str, str]] = {}
        for file in sorted(f for f in self.tree if f.startswith(start)):
            for blob, hashes in _mapping(self.yaml(file)).items():
                found[str(blob)] = {str(k): str(v) for k, v in _mapping(hashes).items()}
        return found


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
