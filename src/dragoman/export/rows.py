"""Rows of ICEWS, GDELT and POLECAT, column for column, and of CAMEO in plain form.

What dragoman does not measure is left empty or given the field's sign for it, and the codebook that
goes with each file says so (ontology/codebooks).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import Any, Final

from dragoman.actors.directory import Directory
from dragoman.analysis.coded import Coded
from dragoman.export.cameo import actor_code
from dragoman.export.dyads import ExportPlan, actors_of, day_of, dyads, kept
from dragoman.export.plover import fold
from dragoman.ontology import load_ontology
from dragoman.ontology.state_codes import cow_of, fips_of
from dragoman.records import Actor
from dragoman.version import __version__

Row = tuple[Any, ...]
_BODIES: Final = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"})
CAMEO_COLUMNS: Final = (
    "date",
    "source",
    "target",
    "cameo",
    "name",
    "quad",
    "goldstein",
    "source_name",
    "target_name",
    "event",
    "status",
    "independent_sources",
    "reports",
    "url",
)


def cameo_rows(events: Iterable[Coded], plan: ExportPlan) -> Iterator[Row]:
    """Date, source, target, code, and what leads back to the event."""
    for d in dyads(events, plan):
        yield (
            d.day,
            actor_code(d.source) if d.source else "",
            actor_code(d.target) if d.target else "",
            d.code.code,
            d.code.name,
            d.code.quad,
            d.code.goldstein,
            d.source.name if d.source else "",
            d.target.name if d.target else "",
            d.event.id,
            d.event.status,
            len(d.event.sources),
            d.event.reports,
            d.event.url or "",
        )


def icews_rows(events: Iterable[Coded], plan: ExportPlan) -> Iterator[Row]:
    """ICEWS' 20 columns. It has no event without both sides: such events are left out."""
    number = 0
    for d in dyads(events, plan):
        if d.source is None or d.target is None:
            continue
        number += 1
        e = d.event
        yield (
            number,
            d.day,
            d.source.name,
            _sector_words(d.source),
            state_name(d.source.code),
            d.code.name,
            d.code.code,
            d.code.goldstein,
            d.target.name,
            _sector_words(d.target),
            state_name(d.target.code),
            _document(e),
            "",
            _publisher(e),
            _town(e),
            "",
            "",
            state_name(e.country),
            _number(e.lat),
            _number(e.lon),
        )


def polecat_rows(events: Iterable[Coded], plan: ExportPlan) -> Iterator[Row]:
    """POLECAT's 40 columns: one row an event and pair; one side alone has None on the other."""
    ontology = load_ontology()
    seen: set[tuple[str, ...]] = set()
    for coded, event in kept(events, plan):
        folded = fold(event)
        day = day_of(coded, folded)
        actors = actors_of(coded)
        who = [actors[key] for key in event.actors]
        whom = [actors[key] for key in event.recipients]
        # PLOVER: who meet are all actors; POLECAT then writes the one first named and the others.
        pairs: list[tuple[Actor | None, Actor | None]]
        if not whom and len(who) > 1:
            pairs = [(who[0], other) for other in who[1:]]
        else:
            pairs = [(a, b) for a in who or [None] for b in whom or [None]]  # type: ignore[list-item]
        for number, (source, target) in enumerate(pairs, 1):
            key = (day, _code(source), _code(target), folded.type, folded.mode or "")
            if plan.one_a_day and key in seen:
                continue
            seen.add(key)
            yield (
                f"{coded.id}-{number}",
                day,
                folded.type,
                folded.mode or "",
                folded.score,
                ontology.types[folded.type].quad.upper(),
                ";".join((*coded.contexts, *folded.marks)),
                *_polecat_side(source),
                *_polecat_side(target),
                coded.place or "",
                _town(coded),
                "",
                "",
                coded.country or "",
                _number(coded.lat),
                _number(coded.lon),
                "",
                coded.place or "",
                ("PPL" if _town(coded) else "PCLI") if coded.place else "",
                _publisher(coded),
                (coded.published or "")[:10],
                "",
                "",
                "",
                "en",
                f"dragoman {__version__}",
            )


def _polecat_side(actor: Actor | None) -> Row:
    if actor is None:
        return ("None", "", "", "", "", "", "", "")
    return (
        actor.name,
        actor.code or "",
        cow_of(actor.code),
        next(iter(actor.sectors), ""),
        ";".join(actor.sectors),
        actor.role or "",
        actor.name,
        "",
    )


def gdelt_rows(events: Iterable[Coded], plan: ExportPlan) -> Iterator[Row]:
    """GDELT 2.0's 61 columns."""
    for number, d in enumerate(dyads(events, plan), 1):
        day = date.fromisoformat(d.day) if d.day else None
        e = d.event
        yield (
            number,
            d.day.replace("-", ""),
            d.day.replace("-", "")[:6],
            d.day[:4],
            _fraction(day),
            *_gdelt_side(d.source),
            *_gdelt_side(d.target),
            int(e.rank == 1),
            d.code.code,
            d.code.code[:3],
            d.code.root,
            d.code.quad,
            d.code.goldstein,
            e.reports,
            max(1, len(e.sources)),
            e.reports,
            0,
            *_no_place(),
            *_no_place(),
            *_action_place(e),
            _moment(e.known_at or e.published),
            e.url or _document(e),
        )


def mention_rows(events: Iterable[Coded], plan: ExportPlan) -> Iterator[Row]:
    """GDELT 2.0's 16 columns of mentions: each report of each event, under the event's number."""
    for number, d in enumerate(dyads(events, plan), 1):
        e = d.event
        for telling in e.tellings:
            yield (
                number,
                _moment(e.known_at or e.published),
                _moment(telling.published),
                1 if telling.url else 2,
                telling.source,
                telling.url or telling.document or "",
                0,
                -1,
                -1,
                telling.place if telling.place else -1,
                1,
                round(100 * e.confidence),
                -1,
                0,
                "",
                "",
            )


def _gdelt_side(actor: Actor | None) -> Row:
    if actor is None:
        return ("",) * 10
    body = actor.code in _BODIES
    types = (*actor.sectors[:3], "", "", "")[:3]
    return (
        actor_code(actor) or "",
        actor.name.upper(),
        "" if body else actor.code or "",
        actor.code if body else "",
        "",
        "",
        "",
        *types,
    )


def _no_place() -> Row:
    return (0, "", "", "", "", "", "", "")


def _action_place(event: Coded) -> Row:
    if not event.place and not event.country:
        return _no_place()
    fips = fips_of(event.country)
    town = _town(event)
    kind = (3 if event.country == "USA" else 4) if town else 1
    whole = state_name(event.country)
    name = f"{town}, {whole}" if town and whole else town or whole
    return (kind, name, fips, fips, "", _number(event.lat), _number(event.lon), "")


def _town(event: Coded) -> str:
    """The place, where it is no whole state."""
    return event.place if event.place and event.place != state_name(event.country) else ""


def _fraction(day: date | None) -> float | str:
    """GDELT's date as a share of the year: days of 30 and a year of 365, as its codebook says."""
    if day is None:
        return ""
    return round(day.year + (day.month * 30 + day.day) / 365, 4)


def _moment(stamp: str | None) -> str:
    """YYYYMMDDHHMMSS of an ISO date or date-time; midnight where there is no time."""
    digits = "".join(c for c in (stamp or "").split("+")[0].rstrip("Z")[:19] if c.isdigit())
    return digits.ljust(14, "0") if digits else ""


def _number(value: float | None) -> float | str:
    return "" if value is None else round(value, 4)


def _code(actor: Actor | None) -> str:
    return "" if actor is None else actor.code or actor.id


def _document(event: Coded) -> str:
    return next((t.document for t in event.tellings if t.document), event.id)


def _publisher(event: Coded) -> str:
    return event.tellings[0].source if event.tellings else next(iter(event.sources), "")


def _sector_words(actor: Actor) -> str:
    sectors = load_ontology().sectors
    return ",".join(sectors.get(code, code) for code in actor.sectors)


@cache
def state_name(code: str | None) -> str:
    """The name of the state with this alpha-3 code; empty for bodies and unknown codes."""
    if not code or code in _BODIES:
        return ""
    directory = Directory.load()
    return directory.entity(code).name if code in directory else ""
