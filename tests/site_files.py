"""Write the small whole site of the golden cases to disk, as a project that commands can run in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import check_cases


def write(root: Path, **case: Any) -> Path:
    """Write the small site, changed as a golden case would change it; return the folder."""
    for name, data in check_cases.tree_of({"name": "site_files", **case}).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    return root


def snapshot(root: Path) -> dict[str, bytes]:
    """Return every file below a folder, to see what a command changed."""
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file() and ".git" not in p.parts}
