"""Contacts: who met, phoned, visited whom; as a register, a matrix and a picture of the network."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from dragoman.case import tallies
from dragoman.desk.desk import Desk
from dragoman.desk.network import lay_out
from dragoman.desk.pages import Page
from dragoman.desk.questions import Question, one_more, page_of
from dragoman.desk.views.spans import stretch, within

_MATRIX = 16
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
        rows = list(desk.case.events(one_more(asked)))
        more = page_of(rows, asked, "-day")
        data["contacts"] = rows
    return Page(
        template="contacts.html",
        title="Contacts",
        data=data,
        rows=rows,
        more=more,
        fields=("actor", "with", "status", "since", "until", "source", "text", "as_known_at"),
    )


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
