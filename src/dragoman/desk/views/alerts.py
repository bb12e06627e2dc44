"""Alerts: rules that tell of new events, what they told last, and the sources that are watched."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from dragoman.case import schema
from dragoman.case.alerting import Alert, find_alert, list_alerts
from dragoman.case.delivering import feed_of
from dragoman.case.queries import find_event
from dragoman.case.watchlist import list_watched
from dragoman.desk.desk import Desk
from dragoman.desk.pages import Page, desk_of, tagged
from dragoman.desk.questions import Question
from dragoman.errors import UsageError

_SHOWN = 40


def alerts(desk: Desk, q: Question) -> Page:
    return page_with(desk, q, "", ())


def feed(request: Request, name: str) -> Response:
    """What an alert told, as a feed for any reader of feeds."""
    desk = desk_of(request)
    try:
        alert = find_alert(desk.case, name)
    except UsageError as error:
        raise HTTPException(404, str(error)) from error
    return tagged(request, feed_of(desk.case, alert), "application/atom+xml")


def page_with(desk: Desk, q: Question, tried: str, faults: Sequence[str]) -> Page:
    """The page; after a trial with what came of it."""
    found = list_alerts(desk.case)
    fired = _fired(desk, q.first("alert"))
    rule = {name: q.first(name) for name in ("actor", "with", "type", "status", "place", "text")}
    data: dict[str, Any] = {
        "alerts": [
            {**one.to_dict(), "words": one.described(), "tells": _tells(one)} for one in found
        ],
        "fired": fired,
        "watched": list_watched(desk.case),
    }
    return Page(
        template="alerts.html",
        title="Alerts",
        data=data,
        private={"rule": rule, "tried": tried, "faults": faults, "mail": bool(desk.settings.smtp)},
        rows=[{"alert": one["alert"], **one["event"].to_dict()} for one in fired],
    )


def _tells(alert: Alert) -> list[dict[str, str]]:
    """The channels in words, with the key by which one is taken away."""
    words = {"log": "the log", "atom": "Atom file", "mail": "mail to", "webhook": "POST to"}
    return [
        {"key": channel.key, "words": f"{words[channel.kind]} {channel.to}".strip()}
        for channel in alert.channels
    ]


def _fired(desk: Desk, name: str) -> list[dict[str, Any]]:
    """What was told last, the newest first."""
    alerts, firings = schema.alerts, schema.firings
    select = (
        sa.select(alerts.c.name, firings.c.event_id, firings.c.known_at)
        .join(alerts, alerts.c.id == firings.c.alert_id)
        .order_by(firings.c.id.desc())
        .limit(_SHOWN)
    )
    if name:
        select = select.where(alerts.c.name == name)
    with desk.case.database.reading() as connection:
        rows = connection.execute(select).all()
    found = []
    for row in rows:
        event = find_event(desk.case, row.event_id)
        if event is not None:
            found.append({"alert": row.name, "at": row.known_at, "event": event})
    return found
