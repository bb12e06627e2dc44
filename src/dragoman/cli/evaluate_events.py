"""`dragoman evaluate gsr|plv|modes`: events against gold records, marked sentences, stories."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from dragoman.evaluate.gsr import Coded, GoldRecord

Files = Annotated[list[Path], typer.Argument(metavar="FILE…", help="Files of the measure.")]
Errors = Annotated[bool, typer.Option("--errors", help="Name each record that is wrong.")]
Half = Annotated[
    int | None,
    typer.Option(min=0, max=1, help="Only half of the records, by their ids: a cross-check."),
]
_SHOWN = 150  # characters of a sentence that are shown with an error


def gsr(files: Files, errors: Errors = False, half: Half = None) -> None:
    """PLOVER gold records: class, and the whole triple of class, source and target."""
    from dragoman.evaluate import gsr as scorer
    from dragoman.reader import Reader

    reader = Reader()
    for path in files:
        records = [r for r in scorer.read_records(path) if half in (None, scorer.half_of(r.id))]
        rows = [(record, scorer.coded(reader.read(record.text))) for record in records]
        typer.echo(f"{path.name}: {len(rows)} records")
        for name, main in (("all events", False), ("main events", True)):
            figures = scorer.score(rows, main=main)
            low, high = scorer.interval(rows, lambda f: f.strict_f1, main=main)
            typer.echo(
                f"{name:12} events {figures.events:4d}  class recall {figures.recall:.3f}  "
                f"class F1 {figures.class_f1:.3f}  triple F1 {figures.strict_f1:.3f} "
                f"({low:.3f} to {high:.3f})"
            )
        figures = scorer.score(rows)
        typer.echo(f"{'class':12} gold  read  right")
        for type_, gold in sorted(figures.gold_by_type.items()):
            read, right = figures.read_by_type.get(type_, 0), figures.right_by_type.get(type_, 0)
            typer.echo(f"{type_:12} {gold:4d} {read:5d} {right:6d}")
        _modes(scorer.score_modes(rows), "records")
        for record, coded in rows if errors else ():
            _gsr_error(record, coded)


def _modes(rows: Mapping[tuple[str, str], tuple[int, int, int]], what: str) -> None:
    """A table by type and mode, then all that have a mode, and all."""
    typer.echo(f"{'type':10} {'mode':16} {what:>7}  type found  mode found")
    with_mode = [counts for (_, mode), counts in rows.items() if mode]
    totals = [("all with a mode", "*", with_mode), ("all", "", list(rows.values()))]
    lines = [(*key, [counts]) for key, counts in sorted(rows.items())]
    for type_, mode, tallies in [*lines, *totals]:
        if not tallies:
            continue
        count, typed, moded = (sum(tally[at] for tally in tallies) for at in range(3))
        shown = f"{moded / count:10.0%}" if mode else ""
        name = f"{type_:10} {mode:16}" if mode != "*" else f"{type_:27}"
        typer.echo(f"{name} {count:7d} {typed / count:11.0%}  {shown}")


def _gsr_error(record: GoldRecord, coded: list[Coded]) -> None:
    from dragoman.evaluate.gsr import is_triple

    if any(is_triple(record, event) for event in coded):
        return
    kind = "roles" if any(event.type == record.type for event in coded) else "class"
    wanted = _triple(record.type, record.source, record.target)
    read = "; ".join(_triple(e.type, e.source, e.target) for e in coded) or "nothing"
    typer.echo(f"  {record.id} ({kind}): {wanted}, read {read}\n    {record.text[:_SHOWN]}")


def _triple(type_: str, source: frozenset[str], target: frozenset[str]) -> str:
    return f"{type_} {'+'.join(sorted(source)) or '-'} → {'+'.join(sorted(target)) or '-'}"


def plv(files: Files, errors: Errors = False, half: Half = None) -> None:
    """Marked sentences: the class between two given mentions, macro-F1 over the classes."""
    from dragoman.actors.cast import find_cast
    from dragoman.actors.directory import Directory
    from dragoman.coding.relation import relation_in
    from dragoman.coding.statements import find_statements
    from dragoman.evaluate import plv as scorer
    from dragoman.language.model import Model
    from dragoman.language.tokens import tokenize

    model, directory = Model.load(), Directory.load()
    for path in files:
        pairs, wrong = [], []
        for number, row in enumerate(scorer.read_rows(path)):
            if half not in (None, number % 2):
                continue
            analysis = model.analyse(tokenize(row.text))
            cast = find_cast(analysis, directory, date=None)
            said = find_statements(analysis, cast)
            found = relation_in(analysis, cast, row.source, row.target, said=said)
            pairs.append((row.type, scorer.class_of(found.type)))
            if pairs[-1][0] != pairs[-1][1]:
                wrong.append((row, pairs[-1][1], found.reason))
        mean, table = scorer.macro_f1(pairs)
        right = sum(gold == read for gold, read in pairs)
        typer.echo(f"{path.name}: {len(pairs)} rows, macro-F1 {mean:.3f}, right {right}")
        read_as = Counter(read for _, read in pairs)
        typer.echo(f"{'class':12}    F1  gold  read")
        for name, (f1, gold) in table.items():
            typer.echo(f"{name:12} {f1:.3f} {gold:5d} {read_as[name]:5d}")
        for row, read, reason in wrong if errors else ():
            typer.echo(f"  {row.id}: {row.type}, read {read} ({reason})\n    {row.text[:_SHOWN]}")


def modes(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="NGEC's synthetic stories (.csv, .csv.xz).")
    ],
    every: Annotated[
        int, typer.Option(min=1, help="Only every n-th story; all 4,500 take half an hour.")
    ] = 10,
    skip: Annotated[int, typer.Option(min=0, help="Begin with this story.")] = 0,
    errors: Errors = False,
) -> None:
    """Stories written to order: is the type, and the mode, that each was to be about, found?"""
    from dragoman.evaluate import stories as scorer
    from dragoman.reader import Reader

    reader = Reader()
    score = scorer.StoryScore()
    for story in list(scorer.read_stories(file))[skip::every]:
        reading = reader.read(story.text)
        found = scorer.add(score, story, reading.events)
        if errors and not found:
            read = Counter(f"{e.type}/{e.mode}" for e in reading.events).most_common(4)
            told = ", ".join(f"{name} {count}" for name, count in read) or "nothing"
            beginning = re.sub(r"\s+", " ", story.text)[:_SHOWN]
            typer.echo(f"  {story.type}/{story.mode}: read {told}\n    {beginning}")
    _modes(score.rows, "stories")
