"""Thirty edits, and the status that each must give to a translation."""

from __future__ import annotations

import pytest

from portal import git_blob, translation
from portal.model import Site
from portal.site import assemble

CONFIG = b"plugins:\n  - i18n:\n      languages:\n        - {locale: en, name: English, default: true}\n        - {locale: vi, name: V}\n"
OLD = """---
title: Repay fees
description: How to repay what workers paid for their job.
reviewed: 2026-01-01
---

Intro line.

## In short { #in-short }

- Pay it back.
- Pay all of it, 100 units.

## What to do { #what-to-do }

1.  **Ask.** Ask every worker.
2.  **Pay.** Pay in 3 months.

## Check yourself { #check }

- [ ] Everybody was asked.
"""


def site(english: str | None, stamp: str | None, known: bool = True, vi: bool = True, path: str = "a.md") -> Site:
    tree = {"mkdocs.yml": CONFIG}
    if english is not None:
        tree[f"docs/en/{path}"] = english.encode()
    if vi:
        l10n = f"l10n:\n  source_blob: {stamp}\n  method: machine\n" if stamp else ""
        tree["docs/vi/a.md"] = f"---\ntitle: X\ndescription: Y\n{l10n}---\n\ntext\n".encode()
    if known:
        page = assemble({"mkdocs.yml": CONFIG, "docs/en/a.md": OLD.encode()}).pages[("en", "a.md")]
        hashes = "".join(f"  {key}: '{value}'\n" for key, value in translation.hashes(page).items())
        tree["docs/_data/sections/a.yml"] = f"'{git_blob.blob_id(OLD.encode())}':\n{hashes}".encode()
    return assemble(tree)


BLOB = git_blob.blob_id(OLD.encode())
EDITS = [
    ("no edit", OLD, "up-to-date", ()),
    ("typo in a list item", OLD.replace("Pay it back", "Pay it bakc"), "outdated", ("in-short",)),
    ("changed number", OLD.replace("100 units", "200 units"), "outdated", ("in-short",)),
    ("reordered list", OLD.replace("- Pay it back.\n- Pay all of it, 100 units.", "- Pay all of it, 100 units.\n- Pay it back."), "outdated", ("in-short",)),
    ("new step", OLD.replace("in 3 months.", "in 3 months.\n3.  **Write.** Write it down."), "outdated", ("what-to-do",)),
    ("step taken out", OLD.replace("2.  **Pay.** Pay in 3 months.\n", ""), "outdated", ("what-to-do",)),
    ("new section at the end", OLD + "\n## Watch out { #watch-out }\n\n- Threats.\n", "outdated", ("watch-out",)),
    ("new section in the middle", OLD.replace("## Check", "## Why { #why }\n\nBecause.\n\n## Check"), "outdated", ("why",)),
    ("section taken out", OLD[: OLD.index("## Check")], "outdated", ("check",)),
    ("section renamed, same id", OLD.replace("## In short {", "## Briefly {"), "outdated", ("in-short",)),
    ("heading id changed", OLD.replace("#check }", "#check-yourself }"), "outdated", ("check-yourself", "check")),
    ("sections swapped", None, "up-to-date", ()),
    ("title changed", OLD.replace("title: Repay fees", "title: Pay fees back"), "outdated", ("title",)),
    ("description changed", OLD.replace("How to repay", "How you repay"), "outdated", ("title",)),
    ("reviewed date moved", OLD.replace("2026-01-01", "2026-06-01"), "up-to-date", ()),
    ("a topic added to the front matter", OLD.replace("reviewed:", "topics: [fees]\nreviewed:"), "up-to-date", ()),
    ("lines wrapped anew", OLD.replace("Ask every worker.", "Ask\n    every worker."), "up-to-date", ()),
    ("blank lines added", OLD.replace("## What", "\n\n## What"), "up-to-date", ()),
    ("trailing blanks", OLD.replace("Intro line.", "Intro line.   "), "up-to-date", ()),
    ("intro changed", OLD.replace("Intro line.", "Another intro."), "outdated", ("intro",)),
    ("intro taken out", OLD.replace("Intro line.\n", ""), "outdated", ("intro",)),
    ("citation added", OLD.replace("worker.", "worker.[^ilo]"), "outdated", ("what-to-do",)),
    ("link target changed", OLD.replace("Ask every", "Ask [every](b.md)"), "outdated", ("what-to-do",)),
    ("tick item added", OLD + "- [ ] Paid.\n", "outdated", ("check",)),
    ("bold taken out", OLD.replace("**Ask.**", "Ask."), "outdated", ("what-to-do",)),
    ("two sections changed", OLD.replace("100 units", "1").replace("Everybody", "All"), "outdated", ("in-short", "check")),
    ("all text replaced", OLD[: OLD.index("Intro")] + "New.\n", "outdated", ("intro", "in-short", "what-to-do", "check")),
]


@pytest.mark.parametrize(("name", "english", "state", "changed"), EDITS, ids=[edit[0] for edit in EDITS])
def test_edit_of_the_english(name: str, english: str | None, state: str, changed: tuple[str, ...]) -> None:
    if english is None:
        head, rest = OLD.split("## In short", 1)
        short, todo = rest.split("## What to do", 1)
        do, check = todo.split("## Check", 1)
        english = head + "## What to do" + do + "## In short" + short + "## Check" + check
    made = site(english, BLOB)
    found = translation.status(made, made.locale("vi"), "a.md")
    assert (found.state, found.changed) == (state, changed)


@pytest.mark.parametrize(
    ("made", "state", "changed"),
    [
        (site(OLD, BLOB, vi=False), "missing", ()),
        (site(OLD, None), "untracked", ()),
        (site(None, BLOB), "orphaned", ()),
        (site(OLD, BLOB, path="b.md"), "orphaned", ()),
        (site(OLD.replace("100", "7"), BLOB, known=False), "outdated", None),
        (site(OLD, "0" * 40), "outdated", None),
    ],
    ids=["missing", "no stamp", "English deleted", "English moved", "old text unknown", "stamp of an unknown text"],
)
def test_other_states(made: Site, state: str, changed: tuple[str, ...] | None) -> None:
    found = translation.status(made, made.locale("vi"), "a.md")
    assert (found.state, found.changed) == (state, changed)


def test_edit_of_the_translation_alone_changes_nothing() -> None:
    made = site(OLD, BLOB)
    assert translation.status(made, made.locale("vi"), "a.md").state == "up-to-date"
    assert translation.shares(made)[0].machine == 1
