"""Texts to start from: a page of each type that passes the checks, a translation with its structure in place."""

from __future__ import annotations

import datetime
import json
import re

from portal import paths, translation
from portal.errors import WrongUse
from portal.model import Page, PagePath, Site
from portal.suggest import did_you_mean

TYPES = {
    "guidance": ("in-short", "why-it-matters", "what-to-do", "check-yourself", "watch-out", "during-an-outbreak"),
    "checklist": ("how-to-use-it", "check-yourself"),
    "template": ("how-to-use-it", "fill-in"),
    "training": ("at-a-glance", "materials", "timetable", "exercise", "handout"),
    "country": ("in-short", "at-a-glance", "who-may-be-charged-what", "where-to-complain"),
    "corridor": ("in-short", "duties-side-by-side", "what-to-do"),
    "news": (),
    "page": ("in-short",),
}
_TEXTS = {
    "in-short": "- Say the answer first, in three to five lines.\n- One line, one message.\n- Name who does it.",
    "why-it-matters": "Give two or three facts. Each ends with a source.",
    "what-to-do": "1.  **Start with a verb.** Say what to do.\n\n    *Who:* the person. *By when:* week 1. *Proof:* a paper or a photo.\n\n"
    "2.  **Take the next step.** Say what to do.\n\n    *Who:* the person. *By when:* week 2. *Proof:* a paper or a photo.",
    "check-yourself": "- [ ] Something the reader can see and tick.\n- [ ] Something the reader can prove today.",
    "watch-out": "- **A warning sign.** Say what it means and what to do.",
    "during-an-outbreak": "- Say what changes in a health emergency.",
    "how-to-use-it": "- Say who fills this in, when, and how long it takes.",
    "fill-in": "| Question | Answer |\n|---|---|\n| Name of the organisation | |\n| Date | |",
    "at-a-glance": "- Give the numbers a reader looks for first, each with its source.",
    "materials": "- List what the trainer brings.",
    "timetable": "| Time | Part | How |\n|---|---|---|\n| 0:00 to 0:15 | Welcome | Whole group |",
    "exercise": "Say what the groups do, for how long, and what a good answer holds.",
    "handout": "- One line for each thing that people take home.",
    "who-may-be-charged-what": "| Cost | Who pays |\n|---|---|\n| Visa and ticket | Say who, and since when. |",
    "where-to-complain": "Name the authority. Its contacts come from the country's record.",
    "duties-side-by-side": "| Question | In the country of origin | In the country of destination |\n|---|---|---|\n"
    "| Fees | Say who may charge what. | Say who may charge what. |",
}  # fmt: skip

DESCRIPTION = "Say in one sentence what the reader can do after this page"
PUBLISHER = "Who published it"
SUMMARY = "Say in one or two plain sentences what is in it and whom it helps."
LINES = frozenset(
    line.strip() for text in _TEXTS.values() for line in text.split("\n") if line.strip().startswith(("- ", "Say", "1. ", "Give"))
)
"""Lines by which a page is known that still says what `new` wrote."""


def page_path(word: str, site: Site) -> PagePath:
    """Return the page path that a person meant: with or without `docs/en/` and `.md`. Raises WrongUse for an odd name."""
    path = word.replace("\\", "/").strip("/").removeprefix(f"{paths.DOCS}/{site.source_locale.tag}/")
    path = path if path.endswith(".md") else path + ".md"
    parts = path.split("/")
    if not all(paths.GOOD_NAME.match(part if part.endswith(".md") else part + ".md") for part in parts):
        good = re.sub(r"[^a-z0-9/.]+", "-", path.lower().removesuffix(".md")).strip("-") + ".md"
        raise WrongUse(f"{word}: a path has small letters a to z, digits and hyphens only. For example: {good}")
    return path


def page(site: Site, path: PagePath, kind: str, title: str, today: str) -> str:
    """Return the text of a new English page that passes the checks and says what belongs where."""
    words = path.rsplit("/", 1)[-1].removesuffix(".md")
    title = title or re.sub(r"^\d{4}-\d{2}-\d{2}-", "", words).replace("-", " ").capitalize()
    topics, audiences = list(site.taxonomy.get("topics", {})), list(site.taxonomy.get("audiences", {}))
    folder = path.split("/")[1] if path.startswith("toolkits/") else ""
    audience = folder if folder in audiences else (audiences or ["trainers"])[0]
    topic = "information" if "information" in topics else (topics or ["information"])[0]
    due = (datetime.date.fromisoformat(today) + datetime.timedelta(days=365)).isoformat()
    description = f"{DESCRIPTION} about {title.lower()}."
    head = [
        "---", f"title: {quoted(title)}", f"description: {quoted(description[:160])}", f"audience: [{audience}]", f"topics: [{topic}]",
        *(["countries: []"] if kind in ("country", "corridor") else []), f"type: {kind}", *([f"date: {today}"] if kind == "news" else []),
        f"reviewed: {today}", f"review_due: {due}", "---", "",
    ]  # fmt: skip
    parts = [f"## {key.replace('-', ' ').capitalize()} {{ #{key} }}\n\n{_TEXTS[key]}\n" for key in TYPES[kind]]
    return "\n".join(head) + "\n" + ("\n".join(parts) or "Say what happened, who did it and when, in three short paragraphs.\n")


def with_nav_entry(settings: str, path: PagePath) -> str:
    """Return the text of mkdocs.yml with the page listed after the last page of its folder; unchanged where no page of it is listed."""
    lines = settings.split("\n")
    folder = path.rsplit("/", 1)[0] + "/" if "/" in path else ""
    entry = re.compile(rf"^(\s+- ){re.escape(folder)}[^/]+\.md\s*$")
    found = [n for n, line in enumerate(lines) if folder and entry.match(line)]
    if not found or any(line.strip() == f"- {path}" for line in lines):
        return settings
    mark = re.match(r"\s+- ", lines[found[-1]])
    lines.insert(found[-1] + 1, f"{mark[0] if mark else '  - '}{path}")
    return "\n".join(lines)


def source_for(site: Site, tag: str, word: str) -> Page:
    """Return the English page to translate into a locale. Raises WrongUse where there is no such locale or page."""
    tags = [locale.tag for locale in site.locales if not locale.is_source]
    if tag not in tags:
        raise WrongUse(f"translate {tag} {word}: no such locale. {did_you_mean(tag, tags) or 'Known: ' + ', '.join(tags) + '.'}")
    path = page_path(word.removeprefix(f"{paths.DOCS}/{tag}/"), site)
    source = site.source_page(path)
    if source is None:
        close = did_you_mean(path, site.source_paths())
        raise WrongUse(f"translate {tag} {word}: there is no English page at this path. {close}".rstrip())
    if not translation.is_for_translation(path):
        raise WrongUse(f"translate {tag} {word}: pages for editors stay in English.")
    return source


def translated(source: Page, method: str = "human") -> str:
    """Return the start of a translation: stamp and structure in place, each piece of English text in a comment."""
    return f"{head(source, method)}{_pieces(source.body).strip(chr(10))}\n"


def skeleton(source: Page, address: str) -> str:
    """Return a short start for a form in the browser: stamp and headings in place, one comment for each section."""
    parts = [f"<!-- en: translate {address} down to the first heading, or delete this line -->"]
    for heading in source.outline.headings:
        mark = f"{'#' * heading.level} <!-- en: {_safe(heading.text)} --> {{ #{heading.id} }}"
        parts.append(f"{mark}\n\n<!-- en: translate this section -->")
    return f"{head(source, 'human')}" + "\n\n".join(parts) + "\n"


def pieces_left(page: Page) -> int:
    """Return how many pieces of English text are still to translate."""
    return page.body.count(translation.TO_DO)


def head(source: Page, method: str) -> str:
    """Return the front matter of a new translation: English title and description, the stamp."""
    title, description = (quoted(str(source.meta.get(key, ""))) for key in ("title", "description"))
    return f"---\ntitle: {title}\ndescription: {description}\nl10n:\n  source_blob: {source.blob}\n  method: {method}\n---\n\n"


_LINE = re.compile(r"^(?P<mark>\s*(?:#{1,6}\s+|[-*+]\s+(?:\[[ xX]\]\s+)?|\d+[.)]\s+|>\s*)*)(?P<text>.*?)(?P<id>\s*\{:?\s*[#.][^}]*\})?\s*$")
_FENCE = re.compile(r"^\s*(?:`{3,}|~{3,})")
_RULE = re.compile(r"^[\s|:-]*$")
_LETTER = re.compile(r"[^\W\d_]")


def _pieces(body: str) -> str:
    lines: list[str] = []
    in_code = False
    for line in body.split("\n"):
        if _FENCE.match(line):
            in_code = not in_code
            lines.append(line)
        elif in_code or not line.strip() or "<!--" in line or _RULE.match(line):
            lines.append(line)
        elif line.lstrip().startswith("|"):
            lines.append("|".join(_cell(cell) for cell in re.split(r"(?<!\\)\|", line)))
        else:
            match = _LINE.match(line)
            mark, text, name = (match["mark"], match["text"], match["id"] or "") if match else ("", line, "")
            lines.append(f"{mark}{comment(text)}{name}" if _LETTER.search(text) else line)
    return "\n".join(lines)


def _cell(cell: str) -> str:
    return f" {comment(cell.strip())} " if _LETTER.search(cell) else cell


def comment(text: str) -> str:
    """Return a comment that holds English text still to be translated."""
    return f"{translation.TO_DO} {_safe(text)} -->"


def _safe(text: str) -> str:
    return text.replace("-->", "→").replace("--", "- -")


def quoted(text: str, signs: str = "") -> str:
    """Return a YAML value, in quotation marks only where it needs them: also where one of `signs` is in it."""
    odd = re.search(r"^[\W_]|: |:$| #|^(?:true|false|yes|no|on|off|null|~)$|^[\d.]+$", text, re.IGNORECASE)
    return text if text and not odd and not set(signs) & set(text) else json.dumps(text, ensure_ascii=False)


def resource(site: Site, title: str, url: str, today: str) -> str:
    """Return a record of the resource library that passes the checks."""
    audiences, topics = list(site.taxonomy.get("audiences", {})), list(site.taxonomy.get("topics", {}))
    types = list(site.taxonomy.get("types", {}))
    return "\n".join([
        f"title: {quoted(title)}", f"publisher: {PUBLISHER}", "year: null", f"url: {quoted(url)}", f"type: {(types or ['guide'])[0]}",
        f"audience: [{(audiences or ['trainers'])[0]}]", f"topics: [{(topics or ['information'])[0]}]", "countries: []", "languages: [en]",
        "format: html", "size: null", "summary:", f"  en: {SUMMARY}",
        f"seen: {today}", "",
    ])  # fmt: skip
