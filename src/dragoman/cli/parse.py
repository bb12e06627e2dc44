"""`dragoman parse`: the linguistic analysis of texts, as CoNLL-U or as a table for people."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.errors import InputError

if TYPE_CHECKING:
    from dragoman.language.analysis import Analysis
    from dragoman.language.model import Model

HELP = "Analyse texts: words, tags, dependencies and names."


def run(
    files: Annotated[list[str], typer.Argument(metavar="FILE…", help="Text files; - reads stdin.")],
    conllu: Annotated[
        bool | None,
        typer.Option(
            "--conllu/--table",
            help="CoNLL-U with names in the last column, or a table for people. Without either: "
            "the table at a terminal, CoNLL-U into a pipe.",
        ),
    ] = None,
    pretokenized: Annotated[
        bool,
        typer.Option(
            "--pretokenized",
            help="The files are CoNLL-U (may be .gz or .xz): keep their tokens and sentences.",
        ),
    ] = False,
) -> None:
    from dragoman.cli.main import complain
    from dragoman.language.model import Model

    model = Model.load()
    as_conllu = conllu if conllu is not None else not sys.stdout.isatty()
    failed = False
    for name in files:
        try:
            for analysis, lines in _parsed(name, model, pretokenized=pretokenized):
                for line in lines if as_conllu else _table(analysis):
                    sys.stdout.write(line + "\n")
        except InputError as error:
            failed = True
            complain(str(error))
    if failed:
        raise typer.Exit(InputError.exit_code)


def _parsed(
    name: str, model: Model, *, pretokenized: bool
) -> Iterator[tuple[Analysis, Iterator[str]]]:
    """Each document's analysis with its lines of CoNLL-U."""
    from dragoman.language.conllu import parse_treebank, read_treebank
    from dragoman.language.conllu_writing import conllu_lines
    from dragoman.language.tokens import tokenize
    from dragoman.sources import text

    if not pretokenized:
        document = text.load(sys.stdin.buffer if name == "-" else Path(name))
        analysis = model.analyse(tokenize(document.text))
        yield analysis, conllu_lines(analysis, document="" if name == "-" else Path(name).stem)
        return
    if name == "-":
        lines = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", newline="\n")
        source = parse_treebank(lines, name="stdin")
    else:
        source = read_treebank(name)
    for gold in source:
        analysis = model.analyse(gold.analysis.tokens)
        yield (
            analysis,
            conllu_lines(
                analysis,
                document=gold.id,
                sentence_ids=gold.sentence_ids,
                multiwords=gold.multiwords,
            ),
        )


def _table(analysis: Analysis) -> Iterator[str]:
    """One word a line, in columns; a blank line after each sentence."""
    names = {}
    for name in analysis.names:
        names.update(dict.fromkeys(range(name.first, name.last), name.label))
    bounds = analysis.tokens.bounds
    for first, last in pairwise(bounds):
        rows = [_cells(analysis, token, names.get(token, "")) for token in range(first, last)]
        widths = [max(len(row[k]) for row in rows) for k in range(len(rows[0]))]
        for row in rows:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            yield "  ".join(cells).rstrip()
        yield ""


def _cells(analysis: Analysis, token: int, name: str) -> tuple[str, ...]:
    head = analysis.heads[token]
    return (
        analysis.words[token],
        analysis.lemmas[token],
        analysis.upos[token],
        analysis.xpos[token],
        analysis.deprels[token],
        f"← {analysis.words[head]}" if head >= 0 else "",
        name,
    )
