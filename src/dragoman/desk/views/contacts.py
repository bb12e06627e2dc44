"""Contacts: who met, phoned, visited whom; as a register, a matrix and a picture of the network."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import sqlalchemy as sa

from dragoman.case import schema, tallies
from dragoman.case.conditions import visible
from dragoman.case.merging import held_events
from dragoman.case.moments import parse_moment
from dragoman.desk.desk import Desk
from dragoman.desk.merged import newest
from dragoman.desk.network import lay_out
from dragoman.desk.pages import Page
from dragoman.desk.questions import Question
from dragoman.desk.views.spans import stretch, within
from dragoman.desk.words import mark_of, what
from dragoman.merging.contacts import OUTCOMES
from dragoman.merging.contacts import contacts as contact_rows
from dragoman.merging.kept_out import is_listed, is_registered
from dragoman.merging.records import Merged

_MATRIX = 16
_MOST_BESIDE: Final = 300
_NETWORK_DAYS = 365


def contacts(desk: Desk, q: Question) -> Page:
    view = q.first("view", "register")
    asked = replace(q.filter, type=("CONSULT",))
    data: dict[str, Any] = {"view": view}
    rows: list[Any] = []
    more = None
    if view in ("matrix", "network"):
        days = stretch(desk, q, _NETWORK_DAYS)
        bound = within(asked, days, background=False, limit=None)
        states = q.first("by", "people") == "states"
        tally = desk.cached(
            ("contacts", bound, states),
            lambda: tallies.by_pair(desk.case, bound, states=states, limit=150),
        )
        rows = list(tally.rows)
        data |= {
            "pairs": rows,
            "whole": tally.whole,
            "since": days.since,
            "until": days.until,
            "by": "states" if states else "people",
        }
        data["matrix" if view == "matrix" else "network"] = (
            matrix(rows) if view == "matrix" else lay_out(rows)
        )
    else:
        data["view"] = "register"
        history = q.first("history") == "yes"
        told = replace(asked, background=None if history else False)

        def make() -> tuple[list[dict[str, Any]], str | None]:
            def fits(event: Merged) -> bool:
                return is_registered(event, history=history) and is_listed(event)

            found = newest(desk, told, fits)
            return register(desk, found.events, told.as_known_at), found.more

        rows, more = desk.cached(("register", told), make)
        data |= {"contacts": rows, "history": history}
    return Page(
        template="contacts.html",
        title="Contacts",
        data=data,
        rows=rows,
        more=more,
        fields=("actor", "with", "status", "since", "until", "source", "text", "as_known_at"),
    )


def register(desk: Desk, found: Sequence[Merged], known: str | None) -> list[dict[str, Any]]:
    """The rows of the register, in their order, each with where its main report stands."""
    told = {event.id for event in found}
    around = [event for event in _beside(desk, found, known) if event.id not in told]
    rows = {row.id: row for row in contact_rows([*found, *around], history=True)}
    return [
        {
            **rows[event.id].to_dict(),
            "what": what(event),
            "number": event.main_report.number,
            "sentence": mark_of(event.main_report.id),
            "source": event.main_report.source,
        }
        for event in found
        if event.id in rows
    ]


def _beside(desk: Desk, found: Sequence[Merged], known: str | None) -> list[Merged]:
    """What the same documents tell besides: what came of the contacts is among it."""
    documents = {int(report.document) for event in found for report in event.reports}
    events, moment = schema.events, parse_moment(known) if known else None
    select = (
        sa.select(events.c.id)
        .where(
            events.c.document_id.in_(sorted(documents)[:_MOST_BESIDE]),
            events.c.type.concat("").in_(OUTCOMES),  # by their documents, not by the type's index
            events.c.background.is_(False),
            visible(events, moment),
        )
        .limit(_MOST_BESIDE)
    )
    with desk.case.database.reading() as connection:
        numbers = list(connection.execute(select).scalars())
    return held_events(desk.case, numbers, as_known_at=known)


def matrix(pairs: list[tallies.PairCount]) -> dict[str, Any]:
    """The actors with most contacts against each other."""
    weight: dict[str, int] = {}
    names: dict[str, str] = {}
    for pair in pairs:
        for key, name in ((pair.a, pair.a_name), (pair.b, pair.b_name)):
            weight[key] = weight.get(key, 0) + pair.events
            names[key] = name
    keys = sorted(weight, key=lambda key: (-weight[key], key))[:_MATRIX]
    counts = {(pair.a, pair.b): pair.events for pair in pairs}
    most = max([n for (a, b), n in counts.items() if a in keys and b in keys], default=1)
    cells = [
        [counts.get((a, b)) or counts.get((b, a)) or 0 if a != b else None for b in keys]
        for a in keys
    ]
    shades = [[_shade(count, most) for count in row] for row in cells]
    return {
        "ids": keys,
        "names": [names[key] for key in keys],
        "cells": cells,
        "shades": shades,
        "most": most,
    }


def _shade(count: int | None, most: int) -> int:
    """0 to 5: how dark a cell is."""
    if not count:
        return 0
    return max(1, round(5 * math.sqrt(count / most)))
