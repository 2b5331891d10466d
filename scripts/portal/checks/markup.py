"""Markup of a page: explicit heading ids, heading order, closed blocks, no HTML that could run or load something."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal import translation
from portal.checks.reading import prose
from portal.model import Page, Problem, Site

_ID = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
_RUNS = re.compile(
    r"^</?(script|iframe|frame|object|embed|style|link|meta|form|base|applet|input|button|textarea|select|img|image|picture|video|audio|"
    r"source|svg|math|template|portal|noscript)\b",
    re.IGNORECASE,
)
_HANDLER = re.compile(r"<[^>]*\son[a-z]+\s*=|(?:javascript|vbscript)\s*:|data:text/html|srcdoc\s*=", re.IGNORECASE)
_LIST = re.compile(r"\{:?[^{}]*\}")
_BAD_ATTRIBUTE = re.compile(r"(?:^|[\s{:])(on[a-z]+|style|src|srcset|href|action|formaction|srcdoc)\s*=", re.IGNORECASE)
_FENCE = re.compile(r"^\s*(`{3,}|~{3,})")
_ITEM = re.compile(r"^(?:[-*+] |1[.)] )\S")
_OPEN_LIST = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s")


def check(site: Site) -> Iterator[Problem]:
    """Yield problems of headings, blocks and raw HTML."""
    for page in site.pages.values():
        yield from _headings(page)
        yield from _html(page)
        yield from _blocks(page)


def _headings(page: Page) -> Iterator[Problem]:
    level, seen = 1, set[str]()
    for heading in page.outline.headings:
        place = (page.file, heading.line)
        if heading.level == 1:
            yield Problem(*place, "markup/second-title", "a heading with one '#'.", "The title comes from the front matter: use '##'.")
            continue
        if heading.level > level + 1:
            message = f"a heading of level {heading.level} under one of level {level}."
            yield Problem(*place, "markup/heading-order", message, f"Use {'#' * (level + 1)}.")
        level = heading.level
        if not heading.text.strip() and not translation.is_unfinished(page):
            yield Problem(*place, "markup/empty-heading", "a heading without words.", "Write it, or delete the line.")
        elif not heading.id:
            message = f"the heading '{heading.text}' has no id."
            yield Problem(*place, "markup/no-heading-id", message, f"Write: {'#' * level} {heading.text} {{ #short-name }}.")
        elif not _ID.match(heading.id):
            fix = "Use small letters a to z, digits and hyphens."
            yield Problem(*place, "markup/odd-heading-id", f"the id '{heading.id}' will not survive in links.", fix)
        elif heading.id in seen:
            yield Problem(
                *place, "markup/double-heading-id", f"the id '{heading.id}' stands twice on the page.", "Give each heading its own."
            )
        seen.add(heading.id)


def _html(page: Page) -> Iterator[Problem]:
    for tag, line in page.outline.html:
        if _RUNS.match(tag) and not tag.startswith("</"):
            message = f"'{tag[:40]}' is not allowed in a page."
            yield Problem(page.file, line, "markup/forbidden-html", message, "Delete it: pages hold text only.")
    if "=" not in page.body and "script" not in page.body.lower():
        return  # neither an attribute nor an address that runs
    for line, text in prose(page):
        match = _HANDLER.search(text)
        if match and "](" + match[0] not in text:  # a link's target is for the check of links
            yield Problem(page.file, line, "markup/forbidden-html", f"'{match[0][:40]}' would run a script.", "Delete it.")
        if "{" in text:
            for braces in _LIST.findall(text):
                if bad := _BAD_ATTRIBUTE.search(braces):
                    message = f"the attribute '{bad[1]}' in '{braces[:40]}' is not allowed."
                    yield Problem(page.file, line, "markup/forbidden-attribute", message, "Keep only the id: { #short-name }.")


def _blocks(page: Page) -> Iterator[Problem]:
    yield from _fence(page)
    opened, closed = page.body.rfind("<!--"), page.body.rfind("-->")
    if opened > closed and "`" not in page.body[max(0, opened - 1) : opened]:
        line = page.body_line + page.body.count("\n", 0, opened)
        yield Problem(page.file, line, "markup/open-comment", "a comment '<!--' is never closed.", "Add '-->' where it ends.")
    columns, before = 0, ""
    for line, text in prose(page):
        if "|" in text and text.lstrip().startswith("|"):
            count = _cells(text)
            if columns and count != columns:
                message = f"the row has {count} cells, the head of its table {columns}."
                yield Problem(page.file, line, "markup/table-cells", message, "Add or take out a '|'.")
            columns = columns or count
        else:
            columns = 0
        if _ITEM.match(text) and before.strip() and not before.startswith((" ", "#", "|", ">", "<")) and not _OPEN_LIST.match(before):
            fix = "Put an empty line above it; without one it runs on in the paragraph."
            yield Problem(page.file, line, "markup/list-needs-blank-line", "a list starts right below a paragraph.", fix)
        before = text


def _cells(row: str) -> int:
    return row.strip().replace("\\|", "").strip("|").count("|") + 1


def _fence(page: Page) -> Iterator[Problem]:
    opened = (0, "")
    if "```" not in page.body and "~~~" not in page.body:
        return
    for number, text in enumerate(page.body.split("\n"), page.body_line):
        if match := _FENCE.match(text):
            if not opened[0]:
                opened = number, match[1]
            elif match[1].startswith(opened[1]):
                opened = (0, "")
    if opened[0]:
        yield Problem(
            page.file,
            opened[0],
            "markup/open-fence",
            f"the code block '{opened[1]}' is never closed.",
            f"Add a line '{opened[1]}' where it ends.",
        )
