"""Visiting sites as a guest: what robots.txt allows, no faster than asked, and not while told off.

What a site wants is kept in the case, so that the next run, or one beside it, knows it too.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import sqlalchemy as sa

from dragoman.case import schema
from dragoman.case.moments import stamp
from dragoman.errors import FetchError
from dragoman.sources.fetch import Fetches, Response
from dragoman.sources.robots import NOTHING, Rules

if TYPE_CHECKING:
    from dragoman.case.case import Case

DELAY: Final = 1.0  # seconds between two pages of one site that does not ask for more
LONGEST_SLEEP: Final = 60.0  # a site that wants to rest longer is left alone until a later round
_ROBOTS_HOURS: Final = 24
_ROBOTS_OUT_OF_ORDER_HOURS: Final = 1
_FIRST_REST: Final = 60.0
_LONGEST_REST: Final = 86_400.0
_MOST_ROBOTS: Final = 500_000
_TOLD_OFF: Final = (429, 503)


class RefusedError(FetchError):
    """The site's robots.txt does not let programs fetch this address."""


class Visitor:
    """A fetcher that keeps to what sites ask for."""

    def __init__(
        self, case: Case, fetcher: Fetches, *, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._case = case
        self._fetcher = fetcher
        self._sleep = sleep
        # By site until when its rules hold, the rules, and whether they could not be had.
        self._rules: dict[str, tuple[str, Rules, bool]] = {}

    def fetch(
        self,
        address: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        check: Callable[[str], None] | None = None,
    ) -> Response:
        """Fetch when the site is ready; RefusedError, or a FetchError that says when it is."""
        site = _site(address)
        self._check(address)
        self._wait(site, self._rules_of(site).delay)
        try:
            response = self._fetcher.fetch(
                address, etag=etag, last_modified=last_modified, check=check or self._check
            )
        except FetchError as error:
            if error.status in _TOLD_OFF:
                self._told_off(site, error.wait)
            raise
        self._keep(site, failures=0)
        return response

    def _check(self, address: str) -> None:
        site = _site(address)
        if not self._rules_of(site).allow(address):
            why = "is closed to programs by the site's robots.txt"
            if self._rules[site][2]:
                why = "is left alone: the site's robots.txt is out of order"
            raise RefusedError(f"{address} {why}.")

    def _rules_of(self, site: str) -> Rules:
        now = self._case.now()
        known = self._rules.get(site)
        if known and known[0] > now:
            return known[1]
        hosts = schema.hosts
        with self._case.database.reading() as connection:
            row = connection.execute(sa.select(hosts).where(hosts.c.name == site)).first()
        if row is not None and row.robots_until is not None and row.robots_until > now:
            until, text = row.robots_until, row.robots or ""
        else:
            text, hours = self._robots(site)
            until = self._later(hours * 3600)
            self._keep(site, robots=text, robots_until=until)
        rules = Rules(text)
        self._rules[site] = (until, rules, text == NOTHING)
        return rules

    def _robots(self, site: str) -> tuple[str, float]:
        """The site's robots.txt, and for how many hours it holds."""
        self._wait(site, 0.0)
        try:
            response = self._fetcher.fetch(f"{site}/robots.txt")
        except FetchError as error:
            if error.status is None:
                raise  # there is no such host, or it may not be visited: no word on its rules
            if 400 <= error.status < 500 and error.status != 429:
                return "", _ROBOTS_HOURS  # a site without rules
            return NOTHING, _ROBOTS_OUT_OF_ORDER_HOURS
        return response.body[:_MOST_ROBOTS].decode("utf-8", "replace"), _ROBOTS_HOURS

    def _wait(self, site: str, delay: float) -> None:
        """Take the next free moment of the site, and wait for it."""
        hosts = schema.hosts
        with self._case.database.writing() as connection:
            now = self._case.moment()
            at = connection.execute(sa.select(hosts.c.next_at).where(hosts.c.name == site)).scalar()
            free = max(now, datetime.fromisoformat(at)) if at else now
            seconds = (free - now).total_seconds()
            if seconds <= LONGEST_SLEEP:
                after = stamp(free + timedelta(seconds=max(DELAY, delay)))
                _upsert(connection, site, next_at=after)
        if seconds > LONGEST_SLEEP:
            raise FetchError(
                f"{site} is left alone until {stamp(free)[:16]} UTC, as it asked.", wait=seconds
            )
        if seconds > 0:
            self._sleep(seconds)

    def _told_off(self, site: str, wait: float | None) -> None:
        hosts = schema.hosts
        with self._case.database.writing() as connection:
            failures = connection.execute(
                sa.select(hosts.c.failures).where(hosts.c.name == site)
            ).scalar()
            failures = (failures or 0) + 1
            own = _FIRST_REST * 2 ** min(failures - 1, 12)
            rest = min(_LONGEST_REST, max(own, wait or 0.0))
            _upsert(connection, site, next_at=self._later(rest), failures=failures)

    def _keep(self, site: str, **values: object) -> None:
        with self._case.database.writing() as connection:
            _upsert(connection, site, **values)

    def _later(self, seconds: float) -> str:
        return stamp(self._case.moment() + timedelta(seconds=seconds))


def _upsert(connection: sa.Connection, site: str, **values: object) -> None:
    hosts = schema.hosts
    done = connection.execute(sa.update(hosts).where(hosts.c.name == site).values(**values))
    if not done.rowcount:
        connection.execute(sa.insert(hosts).values(**{"name": site, "failures": 0, **values}))


def _site(address: str) -> str:
    """Scheme, host and port: what one robots.txt speaks for."""
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError as error:
        raise FetchError(f"{address!r} is no web address ({error}).") from error
    if parts.scheme.lower() not in ("http", "https") or not host:
        raise FetchError(f"{address}: only http and https addresses are fetched.")
    host = f"[{host}]" if ":" in host else host
    return f"{parts.scheme.lower()}://{host}" + (f":{port}" if port else "")
