"""What can go wrong that a person must hear about.

PortalError
└── WrongUse      the command line was used wrongly (exit code 2)
Everything that is wrong with *content* is not an exception but a `model.Problem`, so that all of them can be shown at once.
"""


class PortalError(Exception):
    """A message for a person: place, fact, cure. Doors print it without a traceback."""


class WrongUse(PortalError):
    """The command was called in a way that cannot work; the message says how to call it."""
