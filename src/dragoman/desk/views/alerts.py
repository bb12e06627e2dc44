"""Alerts: rules that tell of new events, what they told last, and the sources that are watched."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from dragoman.case import schema
from dragoman.case.alerting import list_alerts
from dragoman.case.queries import find_event
from dragoman.case.watchlist import list_watched
from dragoman.desk.desk import Desk
from dragoman.desk.pages import Page
from dragoman.desk.questions import Question

_SHOWN = 40


def alerts(desk: Desk, q: Question) -> Page:
    found = list_alerts(desk.case)
    fired = _fired(desk, q.first("alert"))
    rule = {name: q.first(name) for name in ("actor", "with", "type", "status", "place", "text")}
    data: dict[str, Any] = {
        "alerts": [{**one.to_dict(), "words": one.described()} for one in found],
        "fired": fired,
        "watched": list_watched(desk.case),
    }
    return Page(
        template="alerts.html",
        title="Alerts",
        data=data,
        private={"rule": rule},
        rows=[{"alert": one["alert"], **one["event"].to_dict()} for one in fired],
    )


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
