"""Find a Chromium for the tests, or install Debian's where that is possible without asking."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge")
PLACES = (
    "/usr/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
FONTS = ("fonts-noto-core", "fonts-noto-cjk")
HELP = (
    "browser tests: no Chromium, Chrome or Edge was found. Install one (Debian, Ubuntu: sudo apt-get install chromium "
    "fonts-noto-core fonts-noto-cjk), or set PORTAL_CHROMIUM to its path."
)
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def find() -> str:
    """Return the path of a Chromium. Raises RuntimeError that says what to install."""
    if path := os.environ.get("PORTAL_CHROMIUM"):
        if not Path(path).exists():
            raise RuntimeError(f"PORTAL_CHROMIUM={path}: there is no such file. Set it to your browser's program.")
        return path
    if found := _look():
        return found
    if _may_install():
        _install("chromium", *FONTS)
        if found := _look():
            return found
    raise RuntimeError(HELP)


def find_program(name: str, package: str) -> str:
    """Return the path of a program, installing its Debian package where possible. Raises RuntimeError that says what to do."""
    if not shutil.which(name) and _may_install():
        _install(package)
    if found := shutil.which(name):
        return found
    raise RuntimeError(f"tests: the program '{name}' was not found. Install it (Debian, Ubuntu: sudo apt-get install {package}).")


def find_fonts() -> None:
    """Install fonts for all scripts where that is possible without asking: screenshots need them, tests do not."""
    if _may_install() and not Path("/usr/share/fonts/truetype/noto/NotoSansBengali-Regular.ttf").exists():
        _install(*FONTS)


def _look() -> str:
    return next((p for p in [*map(shutil.which, NAMES), *PLACES] if p and Path(p).exists()), "")


def _may_install() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def _install(*packages: str) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    if subprocess.run(command, env=environment, capture_output=True, check=False).returncode:
        subprocess.run(["apt-get", "update", "-q"], env=environment, capture_output=True, check=False)
        subprocess.run(command, env=environment, capture_output=True, check=False)
