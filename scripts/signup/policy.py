"""Turn headers into lines as the standard library does, but without losing blanks in subjects."""

from __future__ import annotations

from email.header import Header
from email.policy import EmailPolicy


class MailPolicy(EmailPolicy):
    """Fold like `email.policy.SMTP`, with the older, right way for the subject.

    Python's newer folding drops the blank between two words where a long subject in
    another script is broken into parts (seen in 3.11 with Bengali, Hindi and Nepali).
    `email.header.Header` breaks it right.
    """

    def fold(self, name: str, value: str) -> str:
        """Return the header as text, lines and all."""
        if name.lower() != "subject":
            return str(super().fold(name, value))
        charset = "us-ascii" if value.isascii() else "utf-8"
        encoded = Header(str(value), charset, header_name=name).encode(linesep=self.linesep)
        return f"{name}: {encoded}{self.linesep}"

    def fold_binary(self, name: str, value: str) -> bytes:
        """Return the header as bytes."""
        if name.lower() != "subject":
            return super().fold_binary(name, value)
        return self.fold(name, value).encode("ascii")


POLICY = MailPolicy(linesep="\r\n", max_line_length=78)
POLICY_UTF8 = POLICY.clone(utf8=True)  # for addresses that only SMTPUTF8 can carry
