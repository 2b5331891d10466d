"""A synthetic corpus with a fixed seed: the same pages for the stock build and for ours."""

from __future__ import annotations

import itertools
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


VOCABULARY = 6000
"""Words a language of the corpus has; how often each is used falls off as in real text (Zipf 1935)."""


class Language:
    """A made-up language: words of a script's letters, the first ones the commonest."""

    def __init__(self, rng: random.Random, letters: str) -> None:
        self.rng = rng
        self.words = ["".join(rng.choice(letters) for _ in range(rng.randint(2, 9))) for _ in range(VOCABULARY)]
        self.weights = list(itertools.accumulate(1 / (rank + 2.7) for rank in range(VOCABULARY)))

    def text(self, words: int) -> str:
        """Return a sentence."""
        return " ".join(self.rng.choices(self.words, cum_weights=self.weights, k=words)).capitalize() + "."


def body(language: Language) -> str:
    """Return a module of about 500 words: list, paragraphs, steps, table, ticks."""
    parts = ["## In short { #in-short }\n\n" + "\n".join(f"- {language.text(12)}" for _ in range(4))]
    for number in range(3):
        parts.append(f"## {language.text(3)[:-1]} {{ #part-{number} }}\n\n" + "\n\n".join(language.text(35) for _ in range(2)))
    parts.append("## What to do { #what-to-do }\n\n" + "\n".join(f"{n}.  **{language.text(3)}** {language.text(15)}" for n in range(1, 7)))
    rows = "\n".join(f"| {language.text(2)} | {language.text(3)} | {language.text(3)} |" for _ in range(5))
    parts.append(f"## Table {{ #table }}\n\n| a | b | c |\n|---|---|---|\n{rows}")
    parts.append("## Check yourself { #check-yourself }\n\n" + "\n".join(f"- [ ] {language.text(8)}" for _ in range(6)))
    return "\n\n".join(parts) + "\n"


def files(pages: int, seed: int = 20261124) -> dict[str, str]:
    """Return `{path: text}` of `pages` pages in each of the twelve locales."""
    rng = random.Random(seed)
    settings = yaml.safe_load((small.REPO / "mkdocs.yml").read_text())
    made: dict[str, str] = {}
    for locale in settings["plugins"][0]["i18n"]["languages"]:
        tag = locale["locale"]
        language = Language(rng, LETTERS[locale["extra"]["script"]])
        for number in range(pages):
            path = "index.md" if number == 0 else f"section-{number % 6}/page-{number}.md"
            title = f"{language.text(2)[:-1]} {number}"
            head = f"---\ntitle: {title}\ndescription: {(language.text(14) * 3)[:70]} {number}\n"
            if tag == "en":
                head += "audience: [employers]\ntopics: [fees]\ntype: guidance\n"
            made[f"docs/{tag}/{path}"] = f"{head}---\n\n{body(language)}"
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
