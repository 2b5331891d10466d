"""Make each requirements.txt from the .in file beside it: exact pins with hashes, a reason above each.

Run it after a change to an .in file:  python3 scripts/pin_requirements.py   (needs `uv` on the PATH: pip install uv)
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST = "3.11.5"
PAIRS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("requirements.in", "requirements.txt", ()),
    ("tests/requirements.in", "tests/requirements.txt", ("-c", "requirements.txt")),
    ("tests/bench/requirements.in", "tests/bench/requirements.txt", ()),
)
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==")


def main() -> int:
    """Write the files; return uv's exit code if it fails."""
    reasons: dict[str, str] = {}
    for source, target, more in PAIRS:
        reasons |= read_reasons((ROOT / source).read_text())
        command = ["uv", "pip", "compile", "-q", "--generate-hashes", "--universal", "--python-version", OLDEST, "--no-header"]
        command += [source, *more]
        result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if result.returncode:
            print(result.stderr)
            return result.returncode
        head = f"# Made by scripts/pin_requirements.py from {source}. Do not edit by hand.\n"
        (ROOT / target).write_text(head + with_reasons(result.stdout, reasons))
    return 0


def read_reasons(text: str) -> dict[str, str]:
    """Return the comment behind each pin of an .in file, by package name."""
    found = {}
    for line in text.splitlines():
        if (match := _PIN.match(line)) and "#" in line:
            found[match[1].lower()] = line.split("#", 1)[1].strip()
    return found


def with_reasons(compiled: str, reasons: dict[str, str]) -> str:
    """Return uv's output with a line above each pin: our reason, or which package needs it."""
    lines = compiled.splitlines()
    made: list[str] = []
    for number, line in enumerate(lines):
        if match := _PIN.match(line):
            reason = reasons.get(match[1].lower()) or "needed by " + ", ".join(_via(lines[number + 1 :]))
            made.append(f"# {reason}")
        if not line.lstrip().startswith("#"):
            made.append(line)
    return "\n".join(made) + "\n"


def _via(after: list[str]) -> list[str]:
    """Return the packages uv names as the ones that need a pin, from the lines after it."""
    found: list[str] = []
    for line in after:
        if not line.startswith(" "):
            break
        text = line.strip()
        if text.startswith("#"):
            name = text.lstrip("# ").removeprefix("via ").strip()
            if name and name != "via" and not name.startswith("-"):
                found.append(name)
    return found


if __name__ == "__main__":
    sys.exit(main())
