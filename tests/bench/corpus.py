"""A synthetic corpus with a fixed seed: the same pages for the stock build and for ours."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import yaml

import small

LETTERS = {
    "latin": "abcdefghijklmnopqrstuvwxyz", "bengali": "কখগঘচছজঝটঠডঢণতথদধনপফবভমযরলশষসহ", "devanagari": "कखगघचछजझटठडढणतथदधनपफबभमयरलवशषसह",
    "sinhala": "කඛගඝචජඣටඨඩණතථදධනපඵබභමයරලවශෂසහ", "tamil": "கஙசஞடணதநபமயரலவழளறன", "thai": "กขคงจฉชซญฎฏฐณดตถทธนบปผฝพฟภมยรลวศษสหอ",
    "chinese": "的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發年動同工也能下過子說產種面而方後多定行學法所民得經",
}  # fmt: skip


def text(rng: random.Random, letters: str, words: int) -> str:
    """Return a sentence of made-up words."""
    return " ".join("".join(rng.choice(letters) for _ in range(rng.randint(2, 9))) for _ in range(words)).capitalize() + "."


def body(rng: random.Random, letters: str) -> str:
    """Return a module of about 500 words: list, paragraphs, steps, table, ticks."""
    parts = ["## In short { #in-short }\n\n" + "\n".join(f"- {text(rng, letters, 12)}" for _ in range(4))]
    for number in range(3):
        parts.append(f"## {text(rng, letters, 3)[:-1]} {{ #part-{number} }}\n\n" + "\n\n".join(text(rng, letters, 35) for _ in range(2)))
    parts.append("## What to do { #what-to-do }\n\n" + "\n".join(f"{n}.  **{text(rng, letters, 3)}** {text(rng, letters, 15)}" for n in range(1, 7)))
    rows = "\n".join(f"| {text(rng, letters, 2)} | {text(rng, letters, 3)} | {text(rng, letters, 3)} |" for _ in range(5))
    parts.append(f"## Table {{ #table }}\n\n| a | b | c |\n|---|---|---|\n{rows}")
    parts.append("## Check yourself { #check-yourself }\n\n" + "\n".join(f"- [ ] {text(rng, letters, 8)}" for _ in range(6)))
    return "\n\n".join(parts) + "\n"


def files(pages: int, seed: int = 20261124) -> dict[str, str]:
    """Return `{path: text}` of `pages` pages in each of the twelve locales."""
    rng = random.Random(seed)
    settings = yaml.safe_load((small.REPO / "mkdocs.yml").read_text())
    made: dict[str, str] = {}
    for language in settings["plugins"][0]["i18n"]["languages"]:
        tag, letters = language["locale"], LETTERS[language["extra"]["script"]]
        for number in range(pages):
            path = "index.md" if number == 0 else f"section-{number % 6}/page-{number}.md"
            title = f"{text(rng, letters, 2)[:-1]} {number}"
            head = f"---\ntitle: {title}\ndescription: {(text(rng, letters, 14) * 3)[:70]} {number}\n"
            if tag == "en":
                head += "audience: [employers]\ntopics: [fees]\ntype: guidance\n"
            made[f"docs/{tag}/{path}"] = f"{head}---\n\n{body(rng, letters)}"
    return made


def ours(root: Path, pages: int) -> Path:
    """Write the corpus as a project of ours."""
    tags = tuple(language["locale"] for language in yaml.safe_load((small.REPO / "mkdocs.yml").read_text())["plugins"][0]["i18n"]["languages"])
    return small.project(root, dict(files(pages)), tags, nav=[])


def stock(root: Path, pages: int) -> Path:
    """Write the corpus as a stock project: Material, its search, static-i18n, nothing of ours."""
    small.write(root, dict(files(pages)))
    settings = yaml.safe_load((small.REPO / "mkdocs.yml").read_text())
    languages = [{k: v for k, v in language.items() if k != "extra"} for language in settings["plugins"][0]["i18n"]["languages"]]
    shutil.copytree(small.REPO / "overrides/partials/languages", root / "overrides/partials/languages")
    settings = {
        "site_name": "Stock", "site_url": "https://example.org/", "docs_dir": "docs",
        "theme": {"name": "material", "custom_dir": "overrides"},
        "markdown_extensions": list(settings["markdown_extensions"]),
        "plugins": ["search", {"i18n": {"docs_structure": "folder", "languages": languages}}],
    }  # fmt: skip
    (root / "mkdocs.yml").write_text(yaml.safe_dump(settings, allow_unicode=True))
    return root
