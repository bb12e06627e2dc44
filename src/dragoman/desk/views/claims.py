"""Claims and positions: what is charged, what is said against it, who wants what, on whose word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

import sqlalchemy as sa

from dragoman.case import Filter, schema
from dragoman.case.identity import fold
from dragoman.case.naming import keys_of
from dragoman.case.rows import StatementRow
from dragoman.desk.context import sentences_of
from dragoman.desk.desk import Desk
from dragoman.desk.merged import events_of
from dragoman.desk.pages import Page
from dragoman.desk.questions import Question, one_more, page_of
from dragoman.desk.words import mark_of
from dragoman.merging.claims import CHARGED, ClaimRow
from dragoman.merging.claims import claims as claim_rows
from dragoman.merging.positions import PositionRow, positions
from dragoman.merging.records import Merged
from dragoman.merging.said import Said

# So many statements are compared with each other on one page, and so many deeds looked at.
_STATEMENTS: Final = 80
_DEEDS: Final = 40
_WANTS: Final = 200
_KINDS: Final = ("demand", "offer", "promise", "threat", "aim")


def claims(desk: Desk, q: Question) -> Page:
    """Charges by whom and against whom, the newest first, with the denials that answer them."""
    if q.first("view") == "positions":
        return _positions(desk, q)
    rows, found, more = desk.cached(
        ("claims", q.filter), lambda: charges(desk, q.filter, _STATEMENTS)
    )
    return Page(
        template="claims.html",
        title="Claims",
        data={"view": "claims", "claims": found},
        private={"sentences": sentences_of(desk, rows)},
        rows=[claim["claim"] for claim in found if claim["claim"]],
        more=more,
        fields=("actor", "since", "until", "source", "text", "as_known_at"),
    )


def charges(
    desk: Desk, wanted: Filter, most: int, deeds_most: int = _DEEDS
) -> tuple[list[StatementRow], list[dict[str, Any]], str | None]:
    """The charges in the newest statements of a filter, each with its wordings and answers."""
    asked = replace(wanted, actor=None, kind=("accusation", "denial"), sort=None, limit=most)
    rows = list(desk.case.statements(one_more(asked)))
    more = page_of(rows, asked, "-day")
    known = wanted.as_known_at
    numbers = tuple(row.number for row in rows)
    said = list(desk.case.said(numbers=numbers, as_known_at=known)) if numbers else []
    deeds = desk.case.events(
        type=tuple(sorted(CHARGED)),
        since=rows[-1].day if rows and more else wanted.since,
        until=rows[0].day if rows and wanted.after else wanted.until,
        source=wanted.source,
        text=wanted.text,
        as_known_at=known,
        limit=deeds_most,
    )
    merged = events_of(desk, deeds, known)
    found = claim_rows([*said, *_around(desk, merged, known)], merged)
    if wanted.actor:
        found = _of_actor(desk, found, wanted.actor)
    sources = {f"{row.document}:{row.statement}": row.source for row in rows}
    sources |= {report.id: report.source for event in merged for report in event.reports}
    listed = _side_by_side(rows, said, found, alone=not wanted.actor)
    for one in listed:
        claim = one["claim"]
        one["source"] = sources.get(claim.where[0]) if claim else None
    return rows, listed, more


def _around(desk: Desk, events: Iterable[Merged], known: str | None) -> list[Said]:
    """The statements of other kinds in which events are told: a threat of a deed is no charge."""
    places = {
        (int(report.document), report.statement)
        for event in events
        for report in event.reports
        if report.statement is not None
    }
    table = schema.statements
    select = sa.select(table.c.id, table.c.document_id, table.c.statement).where(
        table.c.document_id.in_(sorted({document for document, _ in places})),
        table.c.kind.not_in(("accusation", "denial")),
    )
    with desk.case.database.reading() as connection:
        rows = connection.execute(select).all()
    numbers = tuple(row.id for row in rows if (row.document_id, row.statement) in places)
    return list(desk.case.said(numbers=numbers, as_known_at=known)) if numbers else []


def _of_actor(desk: Desk, found: Iterable[ClaimRow], name: str) -> list[ClaimRow]:
    """The claims in which an actor accuses, is accused or denies."""
    with desk.case.database.reading() as connection:
        keys = set(keys_of(connection, name))
    words = fold(name)
    return [
        row
        for row in found
        if keys & {*row.sides, *row.targets}
        or any(words in fold(one) for one in (*row.by, *row.against, *row.denied_by))
    ]


def _side_by_side(
    rows: Sequence[StatementRow], said: Iterable[Said], found: Iterable[ClaimRow], *, alone: bool
) -> list[dict[str, Any]]:
    """Each charge beside the statements that deny it; denials that answer none stand alone."""
    by_id = {f"{row.document}:{row.statement}": row for row in rows}
    answered: set[str] = set()
    listed: list[dict[str, Any]] = []
    for claim in found:
        answered.update(claim.denials)
        listed.append(
            {
                "day": claim.first,
                "claim": claim,
                "where": mark_of(claim.where[0], "statement" if claim.statements else "event"),
                "wordings": [by_id[id] for id in claim.where if id in by_id],
                "answers": [by_id[id] for id in claim.denials if id in by_id],
            }
        )
    for one in said if alone else ():
        if one.kind == "denial" and one.id not in answered and one.id in by_id:
            row = by_id[one.id]
            more = {"where": mark_of(one.id, "statement"), "wordings": [], "answers": [row]}
            listed.append({"day": row.day, "claim": None, **more})
    return sorted(listed, key=lambda one: str(one["day"] or ""), reverse=True)


def _positions(desk: Desk, q: Question) -> Page:
    asked = replace(q.filter, speaker=q.filter.actor or q.filter.speaker, actor=None)
    found, more = desk.cached(("positions", asked), lambda: wants(desk, asked))
    return Page(
        template="claims.html",
        title="Positions",
        data={"view": "positions", "positions": found},
        rows=[row["position"] for row in found],
        more=more,
        fields=("actor", "since", "until", "source", "text", "as_known_at"),
    )


def wants(
    desk: Desk, wanted: Filter, most: int = _WANTS
) -> tuple[list[dict[str, Any]], str | None]:
    """Demands, offers, red lines and aims in the newest statements of these kinds, those told most
    first, and where the older ones begin.
    """
    asked = replace(wanted, limit=most, sort=None, kind=_KINDS)
    rows = list(desk.case.statements(one_more(asked)))
    more = page_of(rows, asked, "-day")
    return positions_in(desk, rows, wanted.as_known_at), more


def positions_in(
    desk: Desk, rows: Sequence[StatementRow], known: str | None
) -> list[dict[str, Any]]:
    """The positions that statements take, each with where first and latest wording stand."""
    numbers = tuple(row.number for row in rows)
    said = list(desk.case.said(numbers=numbers, as_known_at=known)) if numbers else []
    found = sorted(positions(said), key=lambda row: row.latest or "", reverse=True)
    found.sort(key=lambda row: (-row.sources, -row.times))
    return [{"position": row, **_ends(row)} for row in found]


def _ends(row: PositionRow) -> dict[str, str]:
    first, last = (mark_of(row.where[at], "statement") for at in (0, -1))
    return {"first": first, "latest": last}
