"""`dragoman evaluate turns` and `timelines`: change points and timelines against what is known."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Half(StrEnum):
    """Which articles of the corpus."""

    ALL = "all"
    EVEN = "even"
    ODD = "odd"


def turns(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="The benchmark ICEWS18: its folder.")
    ],
) -> None:
    """Change points of tension against ten turns of 2018, and against random days."""
    from dragoman.evaluate.turns import read_turns, render, score_turns
    from dragoman.imports.benchmark import read_benchmark

    known = read_turns()
    codes = {code for turn in known for code in (turn.first, turn.second)}
    events = read_benchmark(folder, among=codes)
    typer.echo(render(score_turns(events, known, since="2018-01-01", until="2018-10-31")))


def timelines(
    corpus: Annotated[Path, typer.Argument(help="timeline_corpora.jsonl.gz")],
    gold: Annotated[Path, typer.Argument(help="gold_timelines.tar.xz")],
    half: Annotated[Half, typer.Option(help="Articles at all, even or odd lines.")] = Half.ALL,
) -> None:
    """Days and sentences against the human-written timelines of Timeline17."""
    from dragoman.evaluate.timelines_texts import score_topics

    found = score_topics(corpus, gold, half={Half.ALL: None, Half.EVEN: 0, Half.ODD: 1}[half])
    typer.echo(
        f"date F1 {found.date_f1:.3f} (P {found.date_precision:.3f}, R {found.date_recall:.3f})\n"
        f"alignment ROUGE-1 F1 {found.align_f1:.3f} (P {found.align_precision:.3f}, "
        f"R {found.align_recall:.3f})"
    )
