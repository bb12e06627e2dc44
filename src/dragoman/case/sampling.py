"""A stratified sample for validation: drawn once, judged by two coders, reported with intervals.

What a paper's appendix needs: how often the coders agree and how much of that is beyond chance, and
for each class how many of the coded events are right, with a 95 % interval (Wilson's). The overall
precision weights the classes by their share of the case.
"""

from __future__ import annotations

import csv
import math
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, get_args

import sqlalchemy as sa

from dragoman.case import schema
from dragoman.case.database import insert, next_id
from dragoman.case.identity import clean
from dragoman.errors import InputError, UsageError
from dragoman.records import PloverType, Record

if TYPE_CHECKING:
    from dragoman.case.case import Case

STRATA: Final = ("type", "status", "source", "country")
VERDICTS: Final = ("right", "wrong", "unsure")
SHEET: Final = (
    *("item", "passage", "type", "mode", "status", "who", "whom", "day", "place", "source"),
    *("verdict", "label", "note"),
)
_Z: Final = 1.959964  # 95 % of a normal distribution
events, documents = schema.events, schema.documents


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassReport(Record):
    """Precision in one class: of `judged` events `right` were right in every coder's eyes."""

    stratum: str
    size: int
    judged: int
    right: int
    precision: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Record):
    """What the coders' judgements say of a sample."""

    sample: int
    coders: tuple[str, ...]
    items: int
    judged_by_all: int
    agreement: float | None
    kappa: float | None
    classes: tuple[ClassReport, ...]
    precision: float | None
    low: float | None
    high: float | None


def draw(
    case: Case, *, per_class: int, coders: Sequence[str], by: str = "type", seed: int = 1
) -> int:
    """Draw a sample of the events that the case now holds; the same seed draws the same."""
    names = [name.strip() for name in coders if name.strip()]
    if per_class < 1 or not names or len(set(names)) != len(names):
        raise UsageError("a sample needs at least one event a class, and coders of unlike names.")
    if by not in STRATA:
        raise UsageError(f"cannot draw by {by!r}; there are: {', '.join(STRATA)}.")
    with case.database.writing() as connection:
        strata = _strata(connection, by)
        if not strata:
            raise UsageError("the case holds no events to draw from.")
        number = next_id(connection, schema.samples)
        row = (number, by, per_class, seed, "\n".join(names), case.now())
        insert(connection, schema.samples, [row])
        chance = random.Random(seed)
        drawn = [
            (event, stratum, len(members))
            for stratum, members in sorted(strata.items())
            for event in sorted(chance.sample(members, min(per_class, len(members))))
        ]
        # Coders must not see the classes in blocks: the order is by chance, too.
        chance.shuffle(drawn)
        first = next_id(connection, schema.sample_items)
        items = [
            (first + n, number, event, stratum, size, n)
            for n, (event, stratum, size) in enumerate(drawn)
        ]
        insert(connection, schema.sample_items, items)
    return number


def write_sheet(case: Case, sample: int, path: Path) -> int:
    """Write a sheet for a coder to fill in: verdict, the right label, a note."""
    from dragoman.case.formats import csv_cell

    items = schema.sample_items
    columns = [events.c[name] for name in SHEET if name in events.c]
    with case.database.reading() as connection:
        _known(connection, sample)
        rows = connection.execute(
            sa.select(items.c.id.label("item"), documents.c.source, *columns)
            .join(events, events.c.id == items.c.event_id)
            .join(documents, documents.c.id == events.c.document_id)
            .where(items.c.sample_id == sample)
            .order_by(items.c.position)
        ).mappings()
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, SHEET, restval="")
            writer.writeheader()
            count = 0
            for row in rows:
                writer.writerow({name: csv_cell(value) for name, value in row.items()})
                count += 1
    return count


def take_sheet(case: Case, sample: int, coder: str, path: Path) -> int:
    """Take a coder's sheet; a row without a verdict is passed over, a later sheet wins."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path} cannot be read as a sheet: {error}.") from error
    judged = []
    for number, row in enumerate(rows, 2):
        verdict = (row.get("verdict") or "").strip().lower()
        if not verdict:
            continue
        if verdict not in VERDICTS or not (row.get("item") or "").strip().isdigit():
            raise InputError(
                f"{path}, row {number}: a verdict is {', '.join(VERDICTS)}, beside its item's "
                f"number; this row has {verdict!r} beside {row.get('item')!r}."
            )
        label = (row.get("label") or "").strip().upper() or None
        if label is not None and label not in (*get_args(PloverType), "NONE"):
            raise InputError(f"{path}, row {number}: {label!r} is no type of PLOVER, nor NONE.")
        judged.append((int(row["item"]), verdict, label, (row.get("note") or "").strip() or None))
    judge(case, sample, coder, judged)
    return len(judged)


def judge(
    case: Case,
    sample: int,
    coder: str,
    judged: Iterable[tuple[int, str, str | None, str | None]],
) -> None:
    """Keep a coder's judgements: item, verdict, the right label, a note."""
    table, items = schema.judgements, schema.sample_items
    with case.database.writing() as connection:
        coders = _known(connection, sample)
        if coder not in coders:
            raise UsageError(f"{coder!r} is no coder of sample {sample}: {', '.join(coders)} are.")
        own = set(
            connection.execute(sa.select(items.c.id).where(items.c.sample_id == sample)).scalars()
        )
        for item, verdict, label, note in judged:
            if item not in own:
                raise InputError(f"sample {sample} has no item {item}.")
            connection.execute(
                sa.delete(table).where(table.c.item_id == item, table.c.coder == coder)
            )
            row = (item, coder, verdict, label, clean(note) if note else None, case.now())
            insert(connection, table, [row])


def report(case: Case, sample: int) -> Report:
    """Agreement and precision of a sample, as far as it is judged."""
    table, items = schema.judgements, schema.sample_items
    with case.database.reading() as connection:
        coders = _known(connection, sample)
        drawn = connection.execute(
            sa.select(items.c.id, items.c.stratum, items.c.stratum_size)
            .where(items.c.sample_id == sample)
            .order_by(items.c.stratum)
        ).all()
        verdicts: dict[int, dict[str, str]] = {}
        for row in connection.execute(
            sa.select(table.c.item_id, table.c.coder, table.c.verdict)
            .join(items, items.c.id == table.c.item_id)
            .where(items.c.sample_id == sample)
        ):
            verdicts.setdefault(row.item_id, {})[row.coder] = row.verdict
    full = {item: seen for item, seen in verdicts.items() if len(seen) == len(coders)}
    sizes = {row.stratum: row.stratum_size for row in drawn}
    classes = [
        _class(stratum, size, [full[r.id] for r in drawn if r.stratum == stratum and r.id in full])
        for stratum, size in sizes.items()
    ]
    precision, low, high = _overall(classes)
    agreement, kappa = agree([tuple(seen[c] for c in coders) for seen in full.values()])
    return Report(
        sample=sample,
        coders=coders,
        items=len(drawn),
        judged_by_all=len(full),
        agreement=agreement,
        kappa=kappa,
        classes=tuple(classes),
        precision=precision,
        low=low,
        high=high,
    )


def agree(pairs: Sequence[tuple[str, ...]]) -> tuple[float | None, float | None]:
    """The share of items on which all coders agree, and Fleiss' kappa (Cohen's in kind for two).

    Kappa is None where chance alone would make all agree: nothing is measured then.
    """
    if not pairs or len(pairs[0]) < 2:
        return None, None
    coders, count = len(pairs[0]), len(pairs)
    same = sum(len(set(pair)) == 1 for pair in pairs) / count
    shares = Counter(verdict for pair in pairs for verdict in pair)
    by_chance = sum((n / (coders * count)) ** 2 for n in shares.values())
    observed = sum(
        sum(n * (n - 1) for n in Counter(pair).values()) / (coders * (coders - 1)) for pair in pairs
    )
    if by_chance == 1:
        return same, None
    return same, (observed / count - by_chance) / (1 - by_chance)


def wilson(right: int, judged: int) -> tuple[float, float]:
    """Wilson's 95 % interval for a share; it stays within 0 and 1 also for few and for all."""
    share, z2 = right / judged, _Z * _Z
    middle = (share + z2 / (2 * judged)) / (1 + z2 / judged)
    half = _Z * math.sqrt(share * (1 - share) / judged + z2 / (4 * judged * judged))
    half /= 1 + z2 / judged
    return max(0.0, middle - half), min(1.0, middle + half)


def _class(stratum: str, size: int, seen: Sequence[dict[str, str]]) -> ClassReport:
    """Events on which a coder is unsure count as not right: the figure is a floor."""
    judged = len(seen)
    right = sum(all(verdict == "right" for verdict in one.values()) for one in seen)
    low, high = wilson(right, judged) if judged else (None, None)
    return ClassReport(
        stratum=stratum,
        size=size,
        judged=judged,
        right=right,
        precision=right / judged if judged else None,
        low=low,
        high=high,
    )


def _overall(classes: Sequence[ClassReport]) -> tuple[float | None, float | None, float | None]:
    """The classes' precisions, weighted by size, with the interval of a stratified sample."""
    seen = [c for c in classes if c.judged]
    total = sum(c.size for c in seen)
    if not seen:
        return None, None, None
    share = sum(c.size / total * c.right / c.judged for c in seen)
    variance = 0.0
    for c in seen:
        # With one success and one failure more, a class of all right keeps its doubt.
        smooth = (c.right + 1) / (c.judged + 2)
        rest = max(0.0, 1 - c.judged / c.size)
        variance += (c.size / total) ** 2 * smooth * (1 - smooth) / c.judged * rest
    half = _Z * math.sqrt(variance)
    return share, max(0.0, share - half), min(1.0, share + half)


def _strata(connection: sa.Connection, by: str) -> dict[str, list[int]]:
    column: sa.ColumnElement[Any] = documents.c.source if by == "source" else events.c[by]
    rows = connection.execute(
        sa.select(events.c.id, column.label("stratum"))
        .join(documents, documents.c.id == events.c.document_id)
        .where(events.c.closed_at.is_(None))
        .order_by(events.c.id)
    )
    strata: dict[str, list[int]] = {}
    for row in rows:
        strata.setdefault(row.stratum or "none", []).append(row.id)
    return strata


def last(case: Case) -> int:
    """The number of the sample that was drawn last."""
    with case.database.reading() as connection:
        number = connection.execute(sa.select(sa.func.max(schema.samples.c.id))).scalar()
    if number is None:
        raise UsageError("no sample was drawn yet; --per-class N draws one.")
    return int(number)


def _known(connection: sa.Connection, sample: int) -> tuple[str, ...]:
    samples = schema.samples
    coders = connection.execute(sa.select(samples.c.coders).where(samples.c.id == sample)).scalar()
    if coders is None:
        raise UsageError(f"the case has no sample {sample}.")
    return tuple(coders.split("\n"))
