"""One spelling for an address, so that the same page is known again however it was linked."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

# What is added to links to follow readers about; it names no other page.
_TRACKING: Final = re.compile(
    r"(utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_cid|mc_eid|_ga|cmpid|ocid|at_\w+|"
    r"ns_\w+|ref_src|ref_url|xtor|smid|smtyp|partner|guccounter|guce_\w+|__twitter_impression)",
    re.IGNORECASE,
)
_WWW: Final = re.compile(r"^(?:www\.+)+")
_DEFAULT_PORTS: Final = {"http": ":80", "https": ":443"}
_MOST: Final = 4_000


def canonical(address: str) -> str | None:
    """The address in one spelling, or None where it is no web address.

    http and https count as one, as do `www.` and none: sites answer alike on both.
    """
    try:
        parts = urlsplit(address.strip()[:_MOST])
        host = (parts.hostname or "").encode("idna").decode().lower().strip(".")
        host = _WWW.sub("", host)
        port = f":{parts.port}" if parts.port else ""
    except (ValueError, UnicodeError):
        return None
    if parts.scheme.lower() not in _DEFAULT_PORTS or not host:
        return None
    if port in _DEFAULT_PORTS.values():
        port = ""
    query = [
        pair
        for pair in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKING.fullmatch(pair[0])
    ]
    path = quote(unquote(parts.path), safe="/:@!$&'()*+,;=~-._").rstrip("/")
    return urlunsplit(("https", host + port, path or "/", urlencode(sorted(query)), ""))


def host_of(address: str | None) -> str | None:
    """The host of an address as a publisher's name; None where there is none."""
    try:
        host = urlsplit(address or "").hostname
    except ValueError:
        return None
    return host.lower().removeprefix("www.") if host else None
