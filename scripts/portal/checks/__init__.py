"""What can be wrong with the content: each module has `check(site) -> Iterator[Problem]` and one subject."""
