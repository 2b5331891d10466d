"""Hold how the letters of South Asian scripts are typed in Latin ones: "karza" finds कर्ज.

People write these languages in Latin letters on phones, each in their own way. So both sides are brought to a rough sound:
consonants without breath, vowels as i or u, no a, no double letters (`roman` in `search/text.js`). Nothing of it is in the
index; the browser makes the sounds of the stored words when a Latin word is asked that nobody wrote.

The blocks of Devanagari, Bengali and Tamil have one order of letters, from the ISCII standard: one list serves all three.
"""

from __future__ import annotations

Pair = tuple[str, str]
Sounds = tuple[Pair, tuple[Pair, ...]]

_IN_ORDER = {
    "k": (0x15, 0x16), "g": (0x17, 0x18), "c": (0x1A, 0x1B), "j": (0x1C, 0x1D), "t": (0x1F, 0x20, 0x24, 0x25),
    "d": (0x21, 0x22, 0x26, 0x27), "n": (0x19, 0x1E, 0x23, 0x28, 0x29), "p": (0x2A, 0x2B), "b": (0x2C, 0x2D), "m": (0x2E,),
    "r": (0x30, 0x31), "l": (0x32, 0x33, 0x34), "v": (0x35,), "s": (0x36, 0x37, 0x38),
    "i": (0x07, 0x08, 0x0E, 0x0F, 0x10, 0x2F, 0x3F, 0x40, 0x46, 0x47, 0x48, 0x5F),
    "u": (0x09, 0x0A, 0x12, 0x13, 0x14, 0x41, 0x42, 0x4A, 0x4B, 0x4C),
}  # fmt: skip
_SINHALA = {
    "k": "කඛ", "g": "ගඝඟ", "c": "චඡ", "j": "ජඣ", "t": "ටඨතථ", "d": "ඩඪඬදධඳ", "n": "ඞඤඥණන", "p": "පඵෆ", "b": "බභඹ", "m": "ම",
    "r": "ර", "l": "ලළ", "v": "ව", "s": "ශෂස", "i": "ඉඊඑඒඓයිීෙේෛ", "u": "උඌඔඕඖුූොෝෞ",
}  # fmt: skip
_START = {"devanagari": 0x900, "bengali": 0x980, "tamil": 0xB80}
_ONE_SOUND = {"devanagari": {"v": "b"}, "bengali": {"v": "b"}, "tamil": {"g": "k", "c": "s", "j": "s", "d": "t", "b": "p"}, "sinhala": {}}
"""Sounds that the script, or people who type it, do not keep apart."""
_ANY: tuple[Pair, ...] = (
    ("w", "v"),
    ("z", "j"),
    ("f", "p"),
    ("q", "k"),
    ("x", "ks"),
    ("c(?!h)", "k"),
    ("[ah]", ""),
    ("[ey]", "i"),
    ("o", "u"),
)
_FIRST: dict[str, tuple[Pair, ...]] = {"devanagari": (("[nm](?=[bcdgjkpt])", ""),), "bengali": (), "tamil": (("zh", "l"),), "sinhala": ()}


def sounds_of(script: str) -> Sounds | None:
    """Return the letters of a script with their sounds, in two strings of equal length, and what brings Latin words to sounds.

    None for a script whose words are not read so.
    """
    if script not in _ONE_SOUND:
        return None
    one = _ONE_SOUND[script]
    if script == "sinhala":
        pairs = [(letter, sound) for sound, letters in _SINHALA.items() for letter in letters]
    else:
        pairs = [(chr(_START[script] + place), sound) for sound, places in _IN_ORDER.items() for place in places]
    letters = ("".join(letter for letter, _ in pairs), "".join(one.get(sound, sound) for _, sound in pairs))
    return letters, (*_FIRST[script], *_ANY, *one.items())
