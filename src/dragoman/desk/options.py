"""How a desk is served: where, to whom, and within which limits."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from dragoman.records import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Options(Record):
    """`tokens` demands one of every visitor; the command sets it where the host is no loopback.

    `most_upload` and `most_body` are bytes of a request with files and of any other; `rate` is of
    requests a minute and visitor, `login_rate` of attempts, `add_rate` of calls that add (0: no
    limit); `at_once` requests work side by side and `waiting` may wait for their turn, `patience`
    seconds each; `query_seconds` bounds one question to the case; `streams` are progress streams
    that stand open; `queue` additions may wait.
    """

    host: str = "127.0.0.1"
    port: int = 8040
    allowed_hosts: tuple[str, ...] = ()
    tokens: bool = False
    secure: bool = False
    allow_private: bool = False
    most_upload: int = 50_000_000
    most_body: int = 2_000_000
    rate: int = 0
    login_rate: int = 10
    add_rate: int = 60
    at_once: int = 8
    waiting: int = 256
    patience: float = 30.0
    query_seconds: float = 20.0
    streams: int = 32
    queue: int = 32

    @property
    def loopback(self) -> bool:
        return is_loopback(self.host)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a host's address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
