"""What a filter asks of the tables: conditions, order, and pages of a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

import sqlalchemy as sa

from dragoman.case import schema
from dragoman.case.filters import Filter
from dragoman.case.moments import first_day, last_day, parse_moment
from dragoman.case.outlets import TIERS, Tier
from dragoman.errors import UsageError
from dragoman.records import PloverType, Status

Condition = sa.ColumnElement[bool]

documents = schema.documents


def visible(table: sa.Table, moment: str | None) -> Condition:
    """What the case holds, now or at an earlier moment."""
    if moment is None:
        return table.c.closed_at.is_(None)
    return sa.and_(
        table.c.known_at <= moment,
        sa.or_(table.c.closed_at.is_(None), table.c.closed_at > moment),
    )


def tier_asked(wanted: Filter) -> Tier | None:
    """The tier that is asked for; UsageError for one that there is not."""
    if wanted.tier is None:
        return None
    asked = wanted.tier.strip().lower().replace(" ", "-")
    for tier in TIERS:
        if asked == tier:
            return tier
    raise UsageError(f"there is no tier {wanted.tier!r}; there are: {', '.join(TIERS)}.")


class Asked:
    """The parts of a filter in the form in which the tables have them; faults are told at once."""

    def __init__(self, wanted: Filter, *, postgres: bool) -> None:
        self.postgres = postgres
        self.moment = parse_moment(wanted.as_known_at) if wanted.as_known_at else None
        self.since = first_day(wanted.since) if wanted.since else None
        self.until = last_day(wanted.until) if wanted.until else None
        if wanted.limit is not None and wanted.limit < 0:
            raise UsageError("a limit is 0 or more.")
        if self.since and self.until and self.since > self.until:
            raise UsageError(f"no day lies from {wanted.since} to {wanted.until}.")
        self.tier = tier_asked(wanted)
        for what, given, there in (
            ("type", [value.upper() for value in wanted.type], get_args(PloverType)),
            ("status", wanted.status, get_args(Status)),
        ):
            unknown = [value for value in given if value not in there]
            if unknown:
                raise UsageError(
                    f"there is no {what} {', '.join(unknown)}; there are: {', '.join(there)}."
                )


def decided(table: sa.Table, wanted: Filter, asked: Asked) -> Condition:
    """What is held; a decision that is asked for shows what it closed, too."""
    if wanted.decision is None:
        return visible(table, asked.moment)
    if wanted.decision == "none":
        return sa.and_(visible(table, asked.moment), table.c.decision.is_(None))
    if wanted.decision == "rejected":
        return table.c.decision == "rejected"
    return sa.and_(visible(table, asked.moment), table.c.decision == wanted.decision)


def owned(table: sa.Table, wanted: Filter) -> list[Condition]:
    """Rows of one document, or of the documents of a source."""
    conditions: list[Condition] = []
    if wanted.document is not None:
        conditions.append(table.c.document_id == wanted.document)
    if wanted.numbers is not None:
        conditions.append(table.c.id.in_(wanted.numbers))
    if wanted.source:
        conditions.append(
            sa.exists().where(
                documents.c.id == table.c.document_id, documents.c.source == wanted.source
            )
        )
    return conditions


def of_documents(wanted: Filter, asked: Asked) -> list[Condition]:
    """Documents of the days, the source, the number that are asked for."""
    conditions = on_days(documents.c.day, asked)
    if wanted.source:
        conditions.append(documents.c.source == wanted.source)
    if wanted.document is not None:
        conditions.append(documents.c.id == wanted.document)
    return conditions


def on_days(column: sa.ColumnElement[str], asked: Asked) -> list[Condition]:
    """Rows whose day lies within the days that are asked for."""
    conditions: list[Condition] = []
    if asked.since:
        conditions.append(column >= asked.since)
    if asked.until:
        conditions += [column <= asked.until, column != ""]
    return conditions


def at_place(name: sa.ColumnElement[Any], country: sa.ColumnElement[Any], wanted: str) -> Condition:
    """Rows of a place's name, or of a country's code."""
    if len(wanted) == 3 and wanted.isupper():
        return country == wanted
    return sa.func.lower(name) == wanted.lower()


def page(
    table: sa.Table,
    conditions: Sequence[Condition],
    wanted: Filter,
    default: tuple[str, ...],
    *,
    default_down: bool = True,
) -> sa.Select[Any]:
    """The numbers of the rows that fit, in their order, as many as asked for."""
    column, down = sorted_by(table, wanted, default[0], default_down=default_down)
    later = behind((column, table.c.id), wanted, down=down)
    select = sa.select(table.c.id).where(*conditions, *later)
    if wanted.limit is None:
        return select
    select = select.order_by(*_order(table, wanted, default[0], default_down=default_down))
    return select.limit(wanted.limit)


def behind(
    columns: tuple[sa.ColumnElement[Any], sa.ColumnElement[Any]], wanted: Filter, *, down: bool
) -> list[Condition]:
    """What comes after a row in the order asked for, so that a list is gone through in pages."""
    if wanted.after is None:
        return []
    first, second = columns
    value, number = wanted.after
    beyond = (first < value, second < number) if down else (first > value, second > number)
    bound = first <= value if down else first >= value  # the part that an index can walk
    return [sa.and_(bound, sa.or_(beyond[0], sa.and_(first == value, beyond[1])))]


def ordered(
    select: sa.Select[Any],
    table: sa.Table,
    ids: sa.Select[Any],
    wanted: Filter,
    default: str = "day",
    *,
    default_down: bool = True,
) -> sa.Select[Any]:
    """The rows of these numbers, in their order."""
    order = _order(table, wanted, default, default_down=default_down)
    inner = ids.subquery("wanted")
    return select.where(table.c.id.in_(sa.select(inner.c.id))).order_by(*order)


def _order(
    table: sa.Table, wanted: Filter, default: str, *, default_down: bool
) -> list[sa.ColumnElement[Any]]:
    column, down = sorted_by(table, wanted, default, default_down=default_down)
    pair = (column, table.c.id) if column is not table.c.id else (column,)
    return [c.desc() if down else c.asc() for c in pair]


def sorted_by(
    table: sa.Table, wanted: Filter, default: str, *, default_down: bool
) -> tuple[sa.ColumnElement[Any], bool]:
    """The column that the rows are sorted by, and whether downwards."""
    columns: dict[str, sa.ColumnElement[Any]] = {
        "number": table.c.id,
        **{c.name: c for c in table.columns if c.name not in ("text", "data", "id")},
    }
    if "published" in columns and "day" in columns:
        columns["published"] = columns["day"]
    return sort_column(wanted.sort, columns, f"-{default}" if default_down else default)


def sort_column(
    asked: str | None, columns: dict[str, sa.ColumnElement[Any]], default: str
) -> tuple[sa.ColumnElement[Any], bool]:
    """The same of columns that are given; UsageError where there is none of the name."""
    sort = asked or default
    name = sort.removeprefix("-")
    if name not in columns:
        raise UsageError(f"cannot sort by {name!r}; there are: {', '.join(sorted(columns))}.")
    return columns[name], sort.startswith("-")
