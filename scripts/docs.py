#!/usr/bin/env python3
"""Door 1: the command line. Standard library only, until it has made .venv and installed the pinned requirements.

    python3 scripts/docs.py serve     preview the portal at http://127.0.0.1:8000
    python3 scripts/docs.py test      run all tests
    python3 scripts/docs.py --help    every command
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".venv"
PYTHON = HOME / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
NEEDS = {"": "requirements.txt", "test": "tests/requirements.txt", "bench": "tests/requirements.txt"}
OLDEST = (3, 11, 5)


def main() -> int:
    """Make sure of the environment, then hand over to `portal.cli` inside it. Returns the exit code."""
    if sys.version_info < OLDEST:
        print(f"python3: this is Python {sys.version.split()[0]}, the portal needs 3.11.5 or newer. Install it from python.org.")
        return 2
    command = next((word for word in sys.argv[1:] if not word.startswith("-")), "")
    files = list(dict.fromkeys([NEEDS[""], NEEDS.get(command, NEEDS[""])]))
    for name in files:
        if code := _install(ROOT / name):
            return code
    if Path(sys.prefix).resolve() != HOME.resolve():
        arguments = [str(PYTHON), str(Path(__file__).resolve()), *sys.argv[1:]]
        if os.name == "nt":
            return subprocess.run(arguments, check=False).returncode
        os.execv(arguments[0], arguments)
    sys.path.insert(0, str(ROOT / "scripts"))
    from portal.cli import main as run

    return run(sys.argv[1:], ROOT)


def _install(requirements: Path) -> int:
    """Install a requirements file into .venv unless exactly this file is installed already. Returns an exit code."""
    wanted = hashlib.sha256(requirements.read_bytes() + sys.version.encode()).hexdigest()
    mark = HOME / f"installed-{requirements.parent.name}-{requirements.stem}"
    if PYTHON.exists() and mark.exists() and mark.read_text() == wanted:
        return 0
    if not PYTHON.exists():
        print("First run: making .venv …", flush=True)
        try:
            venv.create(HOME, with_pip=True, clear=True)
        except (OSError, subprocess.CalledProcessError) as error:
            print(f".venv: it could not be made ({error}). On Debian and Ubuntu install the package python3-venv.")
            return 1
    names = re.findall(r"^([A-Za-z0-9._-]+)==", requirements.read_text(), re.MULTILINE)
    print(f"Installing {len(names)} packages from {requirements.relative_to(ROOT)} (once) …", flush=True)
    code = _pip(requirements, len(names))
    if code:
        print(f"{requirements.relative_to(ROOT)}: the packages could not be installed. Check the connection and run the command again.")
        return 1
    mark.write_text(wanted)
    return 0


def _pip(requirements: Path, total: int) -> int:
    """Run pip with a progress bar of our own. Returns pip's exit code."""
    command = [str(PYTHON), "-m", "pip", "install", "--require-hashes", "--no-input", "--disable-pip-version-check",
               "--progress-bar", "off", "-r", str(requirements)]  # fmt: skip
    done, start = 0, time.monotonic()
    tail: list[str] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        assert pip.stdout is not None
        for line in pip.stdout:
            tail = [*tail[-30:], line]
            if line.startswith(("Collecting ", "Requirement already satisfied")):
                done += 1
                _bar(done, total, "fetching")
            elif line.startswith("Installing collected"):
                _bar(total, total, "unpacking")
    if pip.returncode:
        print("\n" + "".join(tail))
    else:
        _bar(total, total, f"done in {time.monotonic() - start:.0f} s")
        print(flush=True)
    return pip.returncode


def _bar(done: int, total: int, what: str) -> None:
    if sys.stdout.isatty():
        filled = int(30 * min(done, total) / max(total, 1))
        print(f"\r[{'█' * filled}{'·' * (30 - filled)}] {min(done, total)}/{total} {what:<20}", end="", flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
