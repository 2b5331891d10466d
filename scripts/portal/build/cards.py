"""Make the pictures that go with links: set by the engine of the PDFs, in few colours, kept by fingerprint."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, as_completed
from functools import lru_cache
from pathlib import Path

import typst
from PIL import Image

from portal.build import fonts
from portal.build.pdf_place import string
from portal.errors import PortalError
from portal.model import Site
from portal.views.cards import WIDTH, Card, cards
from portal.views.page import speaker

PRINT = Path(__file__).resolve().parents[3] / "overrides" / "print"
TEMPLATE = "card.typ"
SAND = (0xF6, 0xF2, 0xEA)
INKS = ((0x1B, 0x2A, 0x33), (0x0B, 0x55, 0x63), (0xB4, 0x54, 0x0A), (0x4D, 0x5B, 0x64))
"""The colours of the template. With `_STEPS` from the paper to each ink for soft edges a picture weighs a third of what it would in
full colour, and looks the same."""
_STEPS = 12
_WITHOUT_BLANKS = ("thai", "chinese")
_POINTS_AN_INCH = 72.0  # one pixel for each point of the template


def everything(
    site: Site, tags: Iterable[str], cache: Path, pool: Executor, progress: Callable[[int, int, str], None]
) -> tuple[dict[str, bytes], list[str]]:
    """Return the pictures by their path below the site, and what went wrong. Those not in the cache are made in `pool`."""
    folder = cache / "cards"
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [card for tag in tags for card in cards(site, speaker(site, site.locale(tag)))]
    kept = {card.file: folder / f"{fingerprint(card)}.png" for card in wanted}
    waiting = {pool.submit(_make, card, kept[card.file]): card for card in wanted if not kept[card.file].exists()}
    problems = []
    for done, future in enumerate(as_completed(waiting), 1):
        progress(done, len(waiting), "cards")
        if error := future.exception():
            ours = isinstance(error, PortalError)
            problems.append(str(error) if ours else f"{waiting[future].file}: it was not made ({type(error).__name__}: {error}).")
    if problems:
        return {}, sorted(problems)
    names = {path.name for path in kept.values()}
    for file in folder.iterdir():
        if file.name not in names:
            file.unlink()
    return {file: path.read_bytes() for file, path in kept.items()}, []


def fingerprint(card: Card, folder: Path = PRINT) -> str:
    """Return a digest of all that a picture's bytes depend on."""
    return hashlib.sha256(_own_digest(folder) + repr(card).encode()).hexdigest()[:32]


def picture(card: Card, folder: Path = PRINT) -> bytes:
    """Return the picture as PNG. Raises PortalError where the fonts lack a character or the engine refuses."""
    for sign in fonts.missing(card.title + card.foot + card.host, folder / "fonts"):
        cure = "Write it in another way, or add it to CHARACTERS in scripts/make_fonts.py and run that script."
        raise PortalError(f"{card.file}: the character {sign} (U+{ord(sign):04X}) is in none of the print fonts. {cure}")
    pairs = {
        "title": string(card.title), "foot": string(card.foot), "host": string(card.host), "lang": string(card.lang.split("-")[0]),
        "fonts": f"({', '.join(string(name) for name in fonts.stack(card.script))},)",
        "title-words": _words(card, card.title), "foot-words": _words(card, card.foot),
    }  # fmt: skip
    code = f'#import "/{TEMPLATE}": draw\n#draw(({", ".join(f"{key}: {value}" for key, value in pairs.items())}))\n'
    compiler = typst.Compiler(root=str(folder), font_paths=fonts.load(folder / "fonts"))
    try:
        made = compiler.compile(code.encode(), format="png", ppi=_POINTS_AN_INCH)
    except typst.TypstError as error:
        told = " ".join(str(error.diagnostic or error).split())[:600]
        raise PortalError(f"{card.file}: Typst refused the picture ({told}). The template is {TEMPLATE} in overrides/print.") from None
    assert isinstance(made, bytes)
    return _in_few_colours(made)


def _words(card: Card, text: str) -> str:
    """Return what no line may break, as a list for Typst; where lines break within words there is nothing of the kind."""
    return f"({''.join(string(word) + ', ' for word in text.split())})" if card.script not in _WITHOUT_BLANKS else "()"


@lru_cache(maxsize=1)
def _palette() -> Image.Image:
    """Return a picture that has the colours of all pictures."""
    shares = [step / _STEPS for step in range(1, _STEPS + 1)]
    shades = [round(paper + (ink - paper) * share) for inks in INKS for share in shares for paper, ink in zip(SAND, inks, strict=True)]
    made = Image.new("P", (1, 1))
    made.putpalette([*SAND, *shades])
    return made


def _in_few_colours(data: bytes) -> bytes:
    """Return a PNG with a palette, the same bytes for the same picture."""
    with Image.open(io.BytesIO(data)) as full:
        assert full.width == WIDTH
        small = full.convert("RGB").quantize(palette=_palette(), dither=Image.Dither.NONE)
    out = io.BytesIO()
    small.save(out, "PNG", optimize=True)
    return out.getvalue()


def _make(card: Card, path: Path) -> None:
    temporary = path.with_suffix(".new")
    temporary.write_bytes(picture(card))
    temporary.replace(path)


@lru_cache(maxsize=2)
def _own_digest(folder: Path) -> bytes:
    parts = [Path(__file__).read_bytes(), (folder / TEMPLATE).read_bytes()]
    parts += [hashlib.sha256(file.read_bytes()).digest() for file in sorted((folder / "fonts").glob("*.ttf"))]
    return hashlib.sha256(b"".join(parts)).digest()
