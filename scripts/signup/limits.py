"""Decide who has asked too often: so many at once, then one more every so many seconds.

One number for each asker is enough (the "generic cell rate algorithm"): the
moment from which its whole allowance is free again.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address, ip_network

MOST_NETWORKS = 50_000  # about 10 MB; an attacker with more networks is a matter for the firewall


@dataclass(frozen=True, slots=True)
class Rate:
    """So many at once (`burst`), then one more `every` so many seconds."""

    burst: int
    every: float


def next_due(due: float, now: float, rate: Rate) -> float | None:
    """Return the asker's new number if it may go on now, or None if it must wait."""
    start = max(due, now)
    if start - now > (rate.burst - 1) * rate.every:
        return None
    return start + rate.every


def seconds_to_wait(due: float, now: float, rate: Rate) -> float:
    """Return how long the asker with this number has to wait; 0 if not at all."""
    return max(0.0, due - now - (rate.burst - 1) * rate.every)


def address_key(secret: str, address: str) -> bytes:
    """Return what stands for `address` in the table of limits: it cannot be read back without the secret."""
    key = hmac.digest(secret.encode(), b"signup limits", hashlib.sha256)
    return hmac.digest(key, address.encode(), hashlib.sha256)


def network_of(host: str) -> str:
    """Return the network of a client: /24 for IPv4, /56 for IPv6, what one subscriber line gets."""
    try:
        address = ip_address(host)
    except ValueError:
        return "unknown"  # a unix socket or a test client: one shared allowance
    return str(ip_network(f"{address}/{24 if address.version == 4 else 56}", strict=False))


class NetworkLimit:
    """Count by network, in memory only: where people came from is never written down."""

    def __init__(self, rate: Rate, clock: Callable[[], float]) -> None:
        self._rate = rate
        self._clock = clock
        self._due: dict[str, float] = {}

    def take(self, host: str) -> float:
        """Count one request from `host` and return the seconds it must wait; 0 means go on."""
        now = self._clock()
        network = network_of(host)
        due = self._due.pop(network, 0.0)
        following = next_due(due, now, self._rate)
        self._due[network] = due if following is None else following
        if len(self._due) > MOST_NETWORKS:
            self._forget(now)
        return seconds_to_wait(due, now, self._rate) if following is None else 0.0

    def _forget(self, now: float) -> None:
        """Drop whoever has its whole allowance back, else the half that came longest ago."""
        busy = {network: due for network, due in self._due.items() if due > now}
        if len(busy) > MOST_NETWORKS:
            busy = dict(list(busy.items())[MOST_NETWORKS // 2 :])
        self._due = busy
