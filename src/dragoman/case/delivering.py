"""Telling what alerts fired for: to the log, a file of Atom, by mail, to a web address.

Each firing goes through each channel once. A delivery is taken in a turn of writing before it is
tried, so that two processes never tell the same; one that fails is tried again, later each time,
and given up after a day or so. A process that dies between sending and noting it leaves one that
is sent again: it carries the same Message-ID or Idempotency-Key, by which a receiver can tell.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import orjson
import sqlalchemy as sa

from dragoman.case import schema
from dragoman.case.alerting import Alert, Channel, channels_from, look
from dragoman.case.atom import atom, write_atom
from dragoman.case.filters import Filter
from dragoman.case.identity import clean, digest
from dragoman.case.moments import stamp
from dragoman.case.rows import EventRow
from dragoman.errors import DragomanError, SettingError
from dragoman.settings import Settings
from dragoman.sources.fetch import Fetcher, Limits

if TYPE_CHECKING:
    from dragoman.case.case import Case

MOST_TRIES: Final = 10
_FIRST_REST: Final = 60.0  # seconds; doubled with each try: 10 tries take about 17 hours
_ABANDONED: Final = timedelta(minutes=15)  # a delivery held longer is of a process that died
_MOST_IN_MAIL: Final = 50
_MOST_IN_ATOM: Final = 200
_SECONDS: Final = 30.0


@dataclass(frozen=True, slots=True)
class Firing:
    """An event that an alert fired for, on its way."""

    number: int
    alert: str
    case: str
    known_at: str
    event: EventRow

    @property
    def id(self) -> str:
        """The same for the same event, alert and case, whoever sends it."""
        return digest(f"{self.case}\x1f{self.alert}\x1f{self.event.fingerprint}")

    def headline(self) -> str:
        """`2022-02-24 ASSAULT (happened): Russia → Ukraine`."""
        event = self.event
        whom = f" → {event.whom}" if event.whom else ""
        mode = f"/{event.mode}" if event.mode else ""
        return (
            f"{event.day or 'no day'} {event.type}{mode} ({event.status}): "
            f"{event.who or 'someone'}{whom}"
        )

    def body(self) -> str:
        source = ", ".join(part for part in (self.event.source, self.event.published) if part)
        lines = [self.headline(), f"  {self.event.passage}"]
        lines += [f"  {source}"] if source else []
        lines += [f"  {self.event.url}"] if self.event.url else []
        return "\n".join(lines)


Say = Callable[[str], None]
Send = Callable[[Settings, Channel, Sequence[Firing]], None]


def tell(case: Case, settings: Settings, say: Say, *, send: Send | None = None) -> tuple[int, int]:
    """Look for what alerts fire for and tell it; returns how many were told, and how many failed.

    `say` is the log: it is given each firing of an alert that tells there, and each failure.
    """
    look(case)
    told = failed = 0
    for (alert, key), taken in _taken(case):
        channel, firings = taken
        try:
            _send_through(case, settings, alert, channel, firings, say, send or send_by)
        except (DragomanError, OSError, smtplib.SMTPException) as error:
            said = " ".join(str(error).split()) or type(error).__name__
            failed += len(firings)
            _put_off(case, key, firings, said, say, alert)
        else:
            told += len(firings)
            _done(case, key, firings)
    return told, failed


def try_out(
    case: Case, alert: Alert, settings: Settings, say: Say, *, send: Send | None = None
) -> list[str]:
    """Send one trial message through each channel; returns the faults, by channel."""
    faults = []
    trial = Firing(0, alert.name, _name(case), case.now(), _trial_event(case))
    for channel in alert.channels:
        try:
            if channel.kind == "atom":
                _check_atom(Path(channel.to))
            elif channel.kind == "log":
                say(f"alert {alert.name}: {trial.headline()}")
            else:
                (send or send_by)(settings, channel, [trial])
        except (DragomanError, OSError, smtplib.SMTPException) as error:
            faults.append(f"{channel.key}: {' '.join(str(error).split())}")
    return faults


def feed_of(case: Case, alert: Alert) -> bytes:
    """The Atom feed of an alert, made from what the case holds."""
    firings = _latest(case, alert.number)
    return atom(alert.name, _name(case), firings, stamp(case.moment()))


def _trial_event(case: Case) -> EventRow:
    """An event that says of itself that it is none."""
    values: dict[str, Any] = {}
    for field in fields(EventRow):
        kind = str(field.type)
        plain: dict[str, Any] = {"int": 0, "float": 0.0, "bool": False, "tuple[str, ...]": ()}
        values[field.name] = None if kind.endswith("None") else plain.get(kind, "")
    values |= {
        "day": case.now()[:10],
        "type": "CONSULT",
        "status": "planned",
        "who": "a trial of this alert",
        "passage": "This is a trial: no event has taken place.",
        "fingerprint": "trial",
    }
    return EventRow(**values)


def send_by(settings: Settings, channel: Channel, firings: Sequence[Firing]) -> None:
    """Send firings by mail or to a web address; raises what goes wrong."""
    if channel.kind == "mail":
        _mail(settings, channel.to, firings)
    else:
        for firing in firings:
            _post(channel, firing)


def _send_through(
    case: Case,
    settings: Settings,
    alert: Any,
    channel: Channel,
    firings: Sequence[Firing],
    say: Say,
    send: Send,
) -> None:
    if channel.kind == "log":
        for firing in firings:
            passage = f" – {firing.event.passage}" if firing.event.passage else ""
            say(f"alert {firing.alert}: {firing.headline()}{passage}")
    elif channel.kind == "atom":
        # The whole file is made from what the case holds: telling twice changes nothing.
        path = Path(channel.to)
        _check_atom(path)
        write_atom(path, alert.name, _name(case), _latest(case, alert.id), stamp(case.moment()))
    else:
        send(settings, channel, firings)


def _taken(case: Case) -> Iterable[tuple[tuple[Any, str], tuple[Channel, list[Firing]]]]:
    """The deliveries whose time has come, taken for this process, by alert and channel."""
    alerts, firings, deliveries = schema.alerts, schema.firings, schema.deliveries
    with case.database.reading() as connection:
        moment = case.moment()
        due = sa.or_(
            sa.and_(deliveries.c.state == "waiting", deliveries.c.next_at <= stamp(moment)),
            sa.and_(
                deliveries.c.state == "sending",
                deliveries.c.changed_at <= stamp(moment - _ABANDONED),
            ),
        )
        rows = connection.execute(
            sa.select(deliveries, firings.c.alert_id, alerts.c.name, alerts.c.channels)
            .join(firings, firings.c.id == deliveries.c.firing_id)
            .join(alerts, alerts.c.id == firings.c.alert_id)
            .where(due, alerts.c.closed_at.is_(None))
            .order_by(firings.c.alert_id, deliveries.c.channel, firings.c.id)
        ).all()
    for (_, key), group in groupby(rows, key=lambda row: (row.alert_id, row.channel)):
        members = list(group)
        channels = {channel.key: channel for channel in channels_from(members[0].channels)}
        if key not in channels:  # taken away while it was looked for
            continue
        size = 1 if channels[key].kind == "webhook" else _MOST_IN_MAIL
        for start in range(0, len(members), size):
            part = _claim(case, members[start : start + size])
            if part:
                alert = _Named(part[0].alert_id, part[0].name)
                found = _firings(case, [row.firing_id for row in part])
                gone = {row.firing_id for row in part} - {firing.number for firing in found}
                if gone:
                    said = "the event is no longer held: a newer reading or a person took it back"
                    _set(case, key, gone, {"state": "given-up", "message": said})
                if found:
                    yield (alert, key), (channels[key], found)


@dataclass(frozen=True, slots=True)
class _Named:
    id: int
    name: str


def _claim(case: Case, rows: Sequence[Any]) -> list[Any]:
    deliveries = schema.deliveries
    mine = []
    with case.database.writing() as connection:
        for row in rows:
            done = connection.execute(
                sa.update(deliveries)
                .where(
                    deliveries.c.firing_id == row.firing_id,
                    deliveries.c.channel == row.channel,
                    deliveries.c.state == row.state,
                    deliveries.c.changed_at == row.changed_at,
                )
                .values(state="sending", tries=row.tries + 1, changed_at=case.now())
            )
            if done.rowcount:
                mine.append(row)
    return mine


def _firings(case: Case, numbers: Sequence[int]) -> list[Firing]:
    firings, alerts = schema.firings, schema.alerts
    with case.database.reading() as connection:
        rows = connection.execute(
            sa.select(firings, alerts.c.name)
            .join(alerts, alerts.c.id == firings.c.alert_id)
            .where(firings.c.id.in_(numbers))
            .order_by(firings.c.id)
        ).all()
    events = {
        event.number: event
        for event in case.events(Filter(numbers=tuple(row.event_id for row in rows)))
    }
    name = _name(case)
    return [
        Firing(row.id, row.name, name, row.known_at, events[row.event_id])
        for row in rows
        if row.event_id in events
    ]


def _latest(case: Case, alert_id: int) -> list[Firing]:
    firings = schema.firings
    with case.database.reading() as connection:
        numbers = connection.execute(
            sa.select(firings.c.id)
            .where(firings.c.alert_id == alert_id)
            .order_by(firings.c.id.desc())
            .limit(_MOST_IN_ATOM)
        ).scalars()
        found = list(numbers)
    return _firings(case, found)[::-1]


def _done(case: Case, key: str, firings: Sequence[Firing]) -> None:
    numbers = [firing.number for firing in firings]
    _set(case, key, numbers, {"state": "sent", "next_at": None, "message": None})


def _put_off(
    case: Case, key: str, firings: Sequence[Firing], said: str, say: Say, alert: Any
) -> None:
    deliveries = schema.deliveries
    now = case.moment()
    for firing in firings:
        with case.database.reading() as connection:
            tries = connection.execute(
                sa.select(deliveries.c.tries).where(
                    deliveries.c.firing_id == firing.number, deliveries.c.channel == key
                )
            ).scalar_one()
        given_up = tries >= MOST_TRIES
        rest = timedelta(seconds=_FIRST_REST * 2 ** (tries - 1))
        again = None if given_up else stamp(now + rest)
        state = "given-up" if given_up else "waiting"
        _set(case, key, [firing.number], {"state": state, "next_at": again, "message": clean(said)})
    ends = "; given up" if given_up else f"; next try {(again or '')[:16]} UTC"
    say(f"alert {alert.name} cannot tell {key}: {said}{ends}")


def _set(case: Case, key: str, numbers: Iterable[int], values: dict[str, Any]) -> None:
    deliveries = schema.deliveries
    with case.database.writing() as connection:
        connection.execute(
            sa.update(deliveries)
            .where(
                deliveries.c.firing_id.in_(list(numbers)),
                deliveries.c.channel == key,
            )
            .values(**values, changed_at=case.now())
        )


def _name(case: Case) -> str:
    return case.about().get("name", case.database.shown)


def _check_atom(path: Path) -> None:
    if not path.absolute().parent.is_dir():
        raise OSError(f"the folder {path.absolute().parent} is not there")


def _mail(settings: Settings, to: str, firings: Sequence[Firing]) -> None:
    server, port, tls = _server(settings)
    message = EmailMessage()
    first = firings[0].headline()
    more = f" and {len(firings) - 1} more" if len(firings) > 1 else ""
    message["Subject"] = _line(f"[{firings[0].alert}] {first}{more}")
    message["From"] = _line(settings.mail_from or f"dragoman@{server}")
    message["To"] = to
    message["Date"] = format_datetime(_moment(firings[-1].known_at))
    ids = digest("\x1f".join(firing.id for firing in firings))
    message["Message-ID"] = f"<{ids}@dragoman>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content("\n\n".join(firing.body() for firing in firings) + "\n")
    context = ssl.create_default_context()
    opened: smtplib.SMTP
    if tls:
        opened = smtplib.SMTP_SSL(server, port, timeout=_SECONDS, context=context)
    else:
        opened = smtplib.SMTP(server, port, timeout=_SECONDS)
    with opened as connection:
        if not tls and connection.ehlo()[0] == 250 and connection.has_extn("starttls"):
            connection.starttls(context=context)
        elif not tls and settings.smtp_user:
            raise SettingError(f"{server} does not encrypt; the password is not sent in the clear.")
        if settings.smtp_user:
            connection.login(settings.smtp_user, settings.smtp_password)
        connection.send_message(message)


def _server(settings: Settings) -> tuple[str, int, bool]:
    """Host, port and whether all is encrypted from the first byte."""
    named = settings.smtp
    if not named:
        raise SettingError("no mail server is set: DRAGOMAN_SMTP=smtp://mail.example.org:587.")
    parts = urlsplit(named if "://" in named else f"smtp://{named}")
    try:
        port = parts.port
    except ValueError:
        port = -1
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or port == -1:
        raise SettingError(f"smtp is {named!r}; write it as smtp://host:587 or smtps://host:465.")
    tls = parts.scheme == "smtps"
    return parts.hostname, port or (465 if tls else 587), tls


def _post(channel: Channel, firing: Firing) -> None:
    fetcher = Fetcher(Limits(allow_private=channel.private, seconds=_SECONDS, most_bytes=100_000))
    body = {
        "id": firing.id,
        "alert": firing.alert,
        "case": firing.case,
        "fired_at": firing.known_at,
        "headline": firing.headline(),
        "event": firing.event.to_dict(),
    }
    headers = {"Content-Type": "application/json", "Idempotency-Key": firing.id}
    fetcher.post(channel.to, orjson.dumps(body), headers)


def _line(words: str) -> str:
    return "".join(c if c.isprintable() else " " for c in words)[:300]


def _moment(known_at: str) -> Any:
    from datetime import datetime

    return datetime.fromisoformat(known_at)
