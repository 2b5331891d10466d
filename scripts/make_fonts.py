"""Make the fonts of the PDFs from pinned packages: `python3 scripts/make_fonts.py [--packages FOLDER]`.

Needs npm (or a folder with the packages' .tgz files) and fontTools; only whoever changes a font runs it, never a build.
Each font is cut down to the characters below, composite glyphs are made simple, mark anchors that differ by a few units
are made equal (Typst starts a new run at every vertical offset), and `glyphs.json` records which text each outline
stands for, which `portal.build.pdf_finish` writes into the finished PDF. The same packages give the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "overrides" / "print" / "fonts"
SCOPE = "@expo-google-fonts/"
# Package, version, SHA-256 of its .tgz, name of the font's files. Bengali: 0.2.3 is font 2.003; 3.x breaks the text layer.
PACKAGES = (
    ("noto-sans", "0.4.2", "98cf14a19b8e67a0e76bfd4d5df98937b9734e6dde570bd750f2259042042548", "NotoSans"),
    ("noto-sans-bengali", "0.2.3", "022408ea79f2cad1b5fb4b899b9913454f0e973aaabd78b6e274407e2f1db45c", "NotoSansBengali"),
    ("noto-sans-devanagari", "0.4.1", "fb9a4c288af3829f383d945fcec350c8cdf99abf18ffe55c987c495bca42e80e", "NotoSansDevanagari"),
    ("noto-sans-sinhala", "0.4.2", "3c73b2be95baaae05b3cddde8a7a59b82f290776bda38b14fa67db6a9c845bce", "NotoSansSinhala"),
    ("noto-sans-tamil", "0.4.3", "e86c62e93d3e47ec8b93f71681e1ae2010b22a9f5e8bcd496b3e46c6ba70750e", "NotoSansTamil"),
    ("noto-sans-thai", "0.4.2", "44282ae7c24587e7e50f083e5db3aafa8011ac2eac1159ef62be4fc516a66165", "NotoSansThai"),
    ("noto-sans-hk", "0.4.3", "250f41901a7f04a3501b25d06db2c5c5b78632f3a9dd0719ce5a797324a8aeb7", "NotoSansHK"),
    ("noto-sans-symbols-2", "0.4.1", "3bf3d6333487df36e88d146e032a9ed8246617ca2dfe1513a8a382c3fad12ac4", "NotoSansSymbols2"),
)
WEIGHTS = (("400Regular", "Regular"), ("700Bold", "Bold"))
SNAP = 12
"""Font units (of 1000) by which a mark may move: at 11 points this is 0.13 points."""


def spans(*ranges: tuple[int, int]) -> set[int]:
    """Return the code points of inclusive ranges."""
    return {code for first, last in ranges for code in range(first, last + 1)}


SIGNS = spans((0x20, 0x7E), (0xA0, 0xFF), (0x2010, 0x2015), (0x2018, 0x201E), (0x2020, 0x2022), (0x2026, 0x2026))
JOINERS = {0x200B, 0x200C, 0x200D, 0x2060, 0x25CC}
LATIN = SIGNS | spans((0x100, 0x17F), (0x1A0, 0x1A1), (0x1AF, 0x1B0), (0x218, 0x21B), (0x1E00, 0x1EFF))
LATIN |= {0x2BC, 0x300, 0x301, 0x302, 0x303, 0x306, 0x309, 0x31B, 0x323, 0x2122, 0x2190, 0x2191, 0x2192, 0x2193, 0x2212}
LATIN |= spans((0x20A0, 0x20BF), (0x2030, 0x2033), (0x2039, 0x203A), (0x2044, 0x2044)) | {0x2248, 0x2260, 0x2264, 0x2265}
INDIC = SIGNS | JOINERS | {0x964, 0x965, 0x20B9}


def chinese() -> set[int]:
    """Return the 5,401 characters of Big5's first level (common use), those our pages use, and signs."""
    common = set()
    for lead in range(0xA4, 0xC7):
        for trail in (*range(0x40, 0x7F), *range(0xA1, 0xFF)):
            try:
                common.add(ord(bytes((lead, trail)).decode("big5")))
            except (UnicodeDecodeError, TypeError):
                continue
    # Hong Kong's own ways of writing, which Big5's first level lacks, and whatever our own pages use.
    hong_kong = set("啲嘅咗喺佢哋嚟咁嘢唔冇瞓攞揾搵噉乜嘥諗鎅邨綫裏着峯衞啓牀濶羣麪麫粧毡恒嗰埗滙擡畀囍岀仝污塲鷄証鈎叁黨滘糉")
    for file in sorted((ROOT / "docs").rglob("zh-Hant*")):
        for page in sorted(file.rglob("*.md")) if file.is_dir() else [file]:
            hong_kong |= {sign for sign in page.read_text(encoding="utf-8") if "\u3400" <= sign <= "\u9fff"}
    common |= set(map(ord, hong_kong))
    return common | SIGNS | spans((0x3000, 0x3017), (0xFF01, 0xFF5E), (0x2460, 0x2473)) | {0xFE50, 0x00B7, 0x2027}


CHARACTERS: dict[str, set[int]] = {
    "NotoSans": LATIN,
    "NotoSansBengali": INDIC | spans((0x980, 0x9FF)),
    "NotoSansDevanagari": INDIC | spans((0x900, 0x97F), (0xA8E0, 0xA8FF)),
    "NotoSansSinhala": INDIC | spans((0xD80, 0xDFF)),
    "NotoSansTamil": INDIC | spans((0xB80, 0xBFF)),
    "NotoSansThai": SIGNS | JOINERS | spans((0xE00, 0xE7F)) | {0x331},
    "NotoSansHK": chinese(),
    "NotoSansSymbols2": {0x2610, 0x2611, 0x25A0, 0x25B6},
}


def cut(source: bytes, characters: set[int]) -> TTFont:
    """Return the font with only these characters, its layout rules, and no composite glyphs."""
    options = subset.Options()
    options.hinting = False
    options.layout_features = [*subset.Options._layout_features_default, "abvs", "blws", "pstf", "half", "rphf", "nukt"]
    options.layout_features = [f for f in options.layout_features if f not in ("vert", "vrt2", "vkrn", "valt", "vhal", "vpal")]
    options.drop_tables += ["vhea", "vmtx", "VORG", "STAT", "gasp", "DSIG"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.glyph_names = False
    options.notdef_outline = True
    font = TTFont(io.BytesIO(source), recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=characters)
    cutter.subset(font)
    glyphs, glyf = font.getGlyphSet(), font["glyf"]
    for name in font.getGlyphOrder():
        if glyf[name].isComposite():
            recorded = DecomposingRecordingPen(glyphs)
            glyphs[name].draw(recorded)
            pen = TTGlyphPen(None)
            recorded.replay(pen)
            glyf[name] = pen.glyph()
    return font


def _mark_tables(font: TTFont) -> Iterable[tuple[list[Any], list[list[Any]]]]:
    """Yield, for each mark-to-base and mark-to-mark table, its marks and the anchors of what they sit on."""
    for lookup in font["GPOS"].table.LookupList.Lookup if "GPOS" in font else ():
        for table in lookup.SubTable:
            table = getattr(table, "ExtSubTable", table)
            if type(table).__name__ == "MarkBasePos":
                yield table.MarkArray.MarkRecord, [base.BaseAnchor for base in table.BaseArray.BaseRecord]
            elif type(table).__name__ == "MarkMarkPos":
                yield table.Mark1Array.MarkRecord, [base.Mark2Anchor for base in table.Mark2Array.Mark2Record]


def snap(font: TTFont) -> None:
    """Make the heights of anchors equal where they differ by a few units, so that most marks sit without an offset."""
    for marks, bases in _mark_tables(font):
        for mark_class in {mark.Class for mark in marks}:
            anchors = [mark.MarkAnchor for mark in marks if mark.Class == mark_class]
            heights = sorted({a.YCoordinate for a in anchors}, key=lambda y: -sum(a.YCoordinate == y for a in anchors))
            for anchor in (*anchors, *(base[mark_class] for base in bases if base[mark_class])):
                near = next((y for y in heights if abs(y - anchor.YCoordinate) <= SNAP), anchor.YCoordinate)
                anchor.YCoordinate = near


def values(font: TTFont) -> dict[str, str]:
    """Return the text that each glyph stands for by itself: from the character map, then through the substitutions."""
    found: dict[str, str] = {}
    for code, name in sorted(font.getBestCmap().items()):
        found.setdefault(name, chr(code))
    lookups = font["GSUB"].table.LookupList.Lookup if "GSUB" in font else []
    tables = [getattr(table, "ExtSubTable", table) for lookup in lookups for table in lookup.SubTable]
    for _ in range(4):
        for table in tables:
            kind = type(table).__name__
            if kind == "SingleSubst":
                pairs = [((source,), target) for source, target in table.mapping.items()]
            elif kind == "LigatureSubst":
                pairs = [((first, *lig.Component), lig.LigGlyph) for first, group in table.ligatures.items() for lig in group]
            else:
                continue
            for parts, target in pairs:
                if target not in found and all(part in found for part in parts):
                    found[target] = "".join(found[part] for part in parts)
    return found


def outlines(font: TTFont, data: bytes) -> dict[str, str]:
    """Return {digest of an outline: text}; an outline that several texts share is left out."""
    text = values(font)
    made = TTFont(io.BytesIO(data))
    loca, glyf = made["loca"].locations, made.getTableData("glyf")
    found: dict[str, str | None] = {}
    for number, name in enumerate(font.getGlyphOrder()):
        outline = glyf[loca[number] : loca[number + 1]].rstrip(b"\0")
        if outline and name in text:
            key = hashlib.sha1(outline, usedforsecurity=False).hexdigest()[:12]
            found[key] = text[name] if found.get(key, text[name]) == text[name] else None
    return {key: value for key, value in found.items() if value}


def ranges(codes: Iterable[int]) -> list[list[int]]:
    """Return code points as inclusive ranges."""
    found: list[list[int]] = []
    for code in sorted(codes):
        if found and code == found[-1][1] + 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return found


def fetch(package: str, version: str, digest: str, folder: Path) -> tarfile.TarFile:
    """Return the package, from the folder or through npm. Raises SystemExit when it is not the pinned one."""
    file = folder / f"{SCOPE[1:-1]}-{package}-{version}.tgz"
    if not file.exists():
        subprocess.run(["npm", "pack", "--silent", f"{SCOPE}{package}@{version}"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    found = hashlib.sha256(file.read_bytes()).hexdigest()
    if found != digest:
        raise SystemExit(f"{file.name}: not the pinned package (SHA-256 {found}). Check where it came from before you change the pin.")
    return tarfile.open(file)


def main() -> None:
    """Write the fonts, their licence's copyright lines and glyphs.json."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--packages", type=Path, help="folder that holds (or shall keep) the packages")
    folder = parser.parse_args().packages or Path(tempfile.mkdtemp())
    texts: dict[str, str | None] = {}
    covered: dict[str, list[list[int]]] = {}
    for package, version, digest, stem in PACKAGES:
        archive = fetch(package, version, digest, folder)
        for source, weight in WEIGHTS:
            member = next((m for m in archive if m.name.endswith(f"/{stem}_{source}.ttf")), None)
            file = archive.extractfile(member) if member else None
            if file is None:
                continue
            font = cut(file.read(), CHARACTERS[stem])
            snap(font)
            buffer = io.BytesIO()
            font.save(buffer)
            (OUT / f"{stem}-{weight}.ttf").write_bytes(buffer.getvalue())
            if stem != "NotoSansHK":  # one character, one glyph: nothing to record
                for key, value in outlines(font, buffer.getvalue()).items():
                    texts[key] = value if texts.get(key, value) == value else None
            if weight == "Regular":
                covered[font["name"].getDebugName(1)] = ranges(font.getBestCmap())
            sys.stdout.write(f"{stem}-{weight}.ttf {len(buffer.getvalue()) // 1000} kB\n")
    kept = {key: value for key, value in sorted(texts.items()) if value}
    for name, content in (("glyphs.json", kept), ("characters.json", covered)):
        lines = ",\n".join(f"{json.dumps(key, ensure_ascii=False)}: {json.dumps(value)}" for key, value in content.items())
        (OUT / name).write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
