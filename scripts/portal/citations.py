"""Turn citations (`[^source-id]`) into footnotes: the only thing the build adds to a page's Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from portal.model import Source


def with_footnotes(
    body: str, cited: Iterable[str], sources: Mapping[str, Source], describe: Callable[[Source], str]
) -> str:
    """Return the body with one footnote definition for each cited id that `sources` knows, in order of first citation."""
    known = [sources[key] for key in dict.fromkeys(cited) if key in sources]
    if not known:
        return body
    return body.rstrip("\n") + "\n\n" + "\n".join(f"[^{source.id}]: {describe(source)}" for source in known) + "\n"


def escape(text: str) -> str:
    """Return text with the characters that Markdown would read as marks escaped."""
    return "".join("\\" + c if c in "\\`*_[]<>#|" else c for c in text)
