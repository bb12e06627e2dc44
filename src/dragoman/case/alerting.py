"""Rules that tell of new events. Each new matching event fires once, whatever happens meanwhile.

Looking and telling are two things. Looking notes, in one turn of writing, which events an alert
fires for and how far it has looked; telling (delivering.py) takes what was noted through the
alert's channels. An event is known by its fingerprint, so that a later reading of the same page
that says the same does not fire again, and copies, which are not read, never do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Final, Literal

import orjson
import sqlalchemy as sa

from dragoman.case import schema
from dragoman.case.database import insert, next_id
from dragoman.case.filters import Filter
from dragoman.case.identity import clean
from dragoman.case.rows import EventRow
from dragoman.case.unfold import dump
from dragoman.errors import UsageError
from dragoman.records import Record
from dragoman.sources.addresses import canonical

if TYPE_CHECKING:
    from dragoman.case.case import Case

ChannelKind = Literal["log", "atom", "mail", "webhook"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel(Record):
    """Where an alert tells: a file of Atom, a mail address, a web address; the log has no `to`.

    `private` lets a webhook be in this machine's own networks.
    """

    kind: ChannelKind
    to: str = ""
    private: bool = False

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.to}" if self.to else self.kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert(Record):
    """A rule, and where it tells; how often it fired, and what is still on its way or given up."""

    number: int
    name: str
    rule: Filter
    channels: tuple[Channel, ...]
    fired: int = 0
    waiting: int = 0
    given_up: int = 0
    last_fired: str | None = None

    def described(self) -> str:
        """The rule in words: `actor RUS, with UKR, type ASSAULT or THREATEN`."""
        parts = []
        for name in RULE:
            value = getattr(self.rule, name)
            if name == "background":
                parts += ["background, too"] if value is None else []
            elif isinstance(value, tuple):
                parts += [f"{name} {' or '.join(value)}"] if value else []
            elif value is not None:
                parts.append(f"{name.rstrip('_').replace('_', ' ')} {value}")
        return ", ".join(parts) or "every event"


# What of a filter makes a rule; the rest asks about the past, or about an order.
RULE: Final = (
    "actor",
    "with_",
    "type",
    "mode",
    "status",
    "speaker",
    "place",
    "source",
    "text",
    "since",
    "until",
    "min_confidence",
    "background",
)


def add_alert(
    case: Case, rule: Filter, channels: Sequence[Channel], *, name: str | None = None
) -> Alert:
    """Keep a rule that tells of events which come in from now on.

    UsageError where the rule cannot be asked, the name is taken, or a channel leads nowhere.
    """
    matches(case, rule, limit=0)  # a fault in the rule is told now
    kept = tuple(dict.fromkeys(channels)) or (Channel(kind="log"),)
    for channel in kept:
        _check_channel(channel)
    alerts, events = schema.alerts, schema.events
    with case.database.writing() as connection:
        number = next_id(connection, alerts)
        called = clean((name or f"alert-{number}").strip())
        taken = connection.execute(
            sa.select(alerts.c.id).where(alerts.c.name == called, alerts.c.closed_at.is_(None))
        ).first()
        if taken is not None or not called:
            raise UsageError(f"the case has an alert {called!r} already; choose another --name.")
        seen = connection.execute(sa.select(sa.func.max(events.c.id))).scalar() or 0
        plain = {key: rule.to_dict()[key] for key in RULE}
        told = [channel.to_dict() for channel in kept]
        row = (number, called, dump(plain), dump(told), seen, case.now(), None)
        insert(connection, alerts, [row])
    return Alert(number=number, name=called, rule=rule, channels=kept)


def list_alerts(case: Case) -> list[Alert]:
    """The alerts of a case, with what they have told."""
    alerts, firings, deliveries = schema.alerts, schema.firings, schema.deliveries
    with case.database.reading() as connection:
        rows = connection.execute(
            sa.select(alerts).where(alerts.c.closed_at.is_(None)).order_by(alerts.c.id)
        ).all()
        fired = {
            row.alert_id: row
            for row in connection.execute(
                sa.select(
                    firings.c.alert_id,
                    sa.func.count().label("fired"),
                    sa.func.max(firings.c.known_at).label("last"),
                ).group_by(firings.c.alert_id)
            )
        }
        states = {
            (row.alert_id, row.state): row.n
            for row in connection.execute(
                sa.select(firings.c.alert_id, deliveries.c.state, sa.func.count().label("n"))
                .join(firings, firings.c.id == deliveries.c.firing_id)
                .group_by(firings.c.alert_id, deliveries.c.state)
            )
        }
    return [
        Alert(
            number=row.id,
            name=row.name,
            rule=rule_from(row.rule),
            channels=channels_from(row.channels),
            fired=fired[row.id].fired if row.id in fired else 0,
            last_fired=fired[row.id].last if row.id in fired else None,
            waiting=states.get((row.id, "waiting"), 0) + states.get((row.id, "sending"), 0),
            given_up=states.get((row.id, "given-up"), 0),
        )
        for row in rows
    ]


def find_alert(case: Case, name: str) -> Alert:
    """An alert by its name or number."""
    found = [a for a in list_alerts(case) if name in (a.name, str(a.number))]
    if not found:
        there = ", ".join(alert.name for alert in list_alerts(case)) or "none"
        raise UsageError(f"the case has no alert {name!r}; it has: {there}.")
    return found[0]


def remove_alert(case: Case, name: str) -> Alert:
    """Close an alert; what it has told stays in the case, what waits is not told any more."""
    alert = find_alert(case, name)
    firings, deliveries = schema.firings, schema.deliveries
    with case.database.writing() as connection:
        connection.execute(
            sa.update(schema.alerts)
            .where(schema.alerts.c.id == alert.number)
            .values(closed_at=case.now())
        )
        own = sa.select(firings.c.id).where(firings.c.alert_id == alert.number)
        connection.execute(
            sa.update(deliveries)
            .where(deliveries.c.firing_id.in_(own), deliveries.c.state.in_(("waiting", "sending")))
            .values(state="given-up", message="the alert was removed", changed_at=case.now())
        )
    return alert


def add_channel(case: Case, name: str, channel: Channel) -> Alert:
    """Let an alert tell through one more channel, of what comes in from now on."""
    _check_channel(channel)
    alert = find_alert(case, name)
    if any(kept.key == channel.key for kept in alert.channels):
        raise UsageError(f"{alert.name} tells there already: {channel.key}.")
    return _set_channels(case, alert, (*alert.channels, channel))


def remove_channel(case: Case, name: str, key: str) -> Alert:
    """Take a channel away; what waits for it is not told any more. The last one left is the log."""
    alert = find_alert(case, name)
    kept = tuple(channel for channel in alert.channels if channel.key != key)
    if len(kept) == len(alert.channels):
        there = ", ".join(channel.key for channel in alert.channels)
        raise UsageError(f"{alert.name} does not tell by {key!r}; it tells by: {there}.")
    firings, deliveries = schema.firings, schema.deliveries
    with case.database.writing() as connection:
        own = sa.select(firings.c.id).where(firings.c.alert_id == alert.number)
        connection.execute(
            sa.update(deliveries)
            .where(
                deliveries.c.firing_id.in_(own),
                deliveries.c.channel == key,
                deliveries.c.state.in_(("waiting", "sending")),
            )
            .values(state="given-up", message="the channel was removed", changed_at=case.now())
        )
    return _set_channels(case, alert, kept or (Channel(kind="log"),))


def _set_channels(case: Case, alert: Alert, channels: Sequence[Channel]) -> Alert:
    alerts = schema.alerts
    with case.database.writing() as connection:
        connection.execute(
            sa.update(alerts)
            .where(alerts.c.id == alert.number)
            .values(channels=dump([channel.to_dict() for channel in channels]))
        )
    return replace(alert, channels=tuple(channels))


def look(case: Case) -> int:
    """Note what the alerts fire for among the events that have come in; returns how many."""
    return sum(_look(case, row) for row in _open(case))


def _open(case: Case) -> Sequence[Any]:
    alerts = schema.alerts
    with case.database.reading() as connection:
        return connection.execute(
            sa.select(alerts).where(alerts.c.closed_at.is_(None)).order_by(alerts.c.id)
        ).all()


def _look(case: Case, row: Any) -> int:
    alerts, firings, deliveries = schema.alerts, schema.firings, schema.deliveries
    with case.database.reading() as connection:
        # Writers take turns, so that all events up to the highest number are there to be seen.
        highest = connection.execute(sa.select(sa.func.max(schema.events.c.id))).scalar() or 0
    if highest <= row.seen:
        return 0
    matching = [
        event
        for event in matches(case, rule_from(row.rule), after=row.seen)
        if event.number <= highest
    ]
    with case.database.writing() as connection:
        taken = connection.execute(
            sa.update(alerts)
            .where(alerts.c.id == row.id, alerts.c.seen == row.seen, alerts.c.closed_at.is_(None))
            .values(seen=highest)
        )
        if not taken.rowcount:
            return 0  # another process has looked meanwhile
        fired = _not_yet(connection, row.id, matching)
        first, now = next_id(connection, firings), case.now()
        rows = [
            (first + at, row.id, event.number, event.fingerprint, now)
            for at, event in enumerate(fired)
        ]
        insert(connection, firings, rows)
        told = [
            (number, channel.key, "waiting", 0, now, None, now)
            for number, *_ in rows
            for channel in channels_from(row.channels)
        ]
        insert(connection, deliveries, told)
    return len(fired)


def matches(
    case: Case, rule: Filter, *, after: int = 0, limit: int | None = None
) -> list[EventRow]:
    """The events that a rule means, in the order in which they came in, or the latest `limit`."""
    if limit is not None:
        return list(case.events(replace(rule, sort="-number", limit=limit)))[::-1]
    return list(case.events(replace(rule, after=(after, after), sort="number")))


def _not_yet(connection: sa.Connection, alert: int, matching: Sequence[EventRow]) -> list[EventRow]:
    firings = schema.firings
    told = {
        fingerprint
        for start in range(0, len(matching), 500)
        for (fingerprint,) in connection.execute(
            sa.select(firings.c.fingerprint).where(
                firings.c.alert_id == alert,
                firings.c.fingerprint.in_([e.fingerprint for e in matching[start : start + 500]]),
            )
        )
    }
    first: dict[str, EventRow] = {}
    for event in matching:
        if event.fingerprint not in told:
            first.setdefault(event.fingerprint, event)
    return list(first.values())


def rule_from(text: str) -> Filter:
    known = {field.name for field in fields(Filter)}
    data: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in orjson.loads(text).items()
        if name in known
    }
    return Filter(**data)


def channels_from(text: str) -> tuple[Channel, ...]:
    return tuple(Channel(**channel) for channel in orjson.loads(text))


def _check_channel(channel: Channel) -> None:
    to = channel.to
    if channel.kind == "webhook" and canonical(to) is None:
        raise UsageError(f"{to!r} is no web address for a webhook; write it as https://….")
    if channel.kind == "mail" and (to.count("@") != 1 or any(c.isspace() for c in to)):
        raise UsageError(f"{to!r} is no mail address.")
    if channel.kind == "atom" and not to:
        raise UsageError("an Atom feed needs the name of its file.")
