"""Find the line of a key in a data file, only once something about it must be said."""

from __future__ import annotations

from functools import lru_cache

import yaml

from portal import yaml_text
from portal.model import Site


def line_of(site: Site, file: str, *keys: object) -> int:
    """Return the line on which `keys` (names, or places in a list) lead into a YAML file; as near as they lead, 0 for none."""
    node = _tree(site.raw.get(file, b""))
    line = 0
    for key in keys:
        found = None
        if isinstance(node, yaml.MappingNode):
            found = next(((k, v) for k, v in node.value if str(k.value) == str(key)), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            found = (node.value[key], node.value[key])
        if found is None:
            break
        line, node = found[0].start_mark.line + 1, found[1]
    return line


@lru_cache(maxsize=64)
def _tree(data: bytes) -> yaml.Node | None:
    try:
        node: yaml.Node | None = yaml.compose(data.decode("utf-8-sig", "replace"), Loader=yaml_text.Loader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    return node
