"""`dragoman frames`: list, search, check the frames, or try them on a sentence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from dragoman.ontology import Frame

HELP = "List and search the frames by which events are coded; check a file, try a sentence."


def run(
    context: typer.Context,
    word: Annotated[
        str | None,
        typer.Argument(metavar="[WORD]", help="Only frames that this word tells or names."),
    ] = None,
    type_: Annotated[
        str | None, typer.Option("--type", metavar="TYPE", help="Only frames of this type.")
    ] = None,
    frames: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="Check this file of frames and add it; may be repeated."),
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="Show all that a frame asks for.")] = False,
    check: Annotated[
        bool,
        typer.Option("--check", help="Only say whether the files of --frames hold any mistake."),
    ] = False,
    sentence: Annotated[
        str | None,
        typer.Option(
            "--try",
            metavar="SENTENCE",
            help="Show which frames fit this sentence, what comes of each, and why some yield "
            "nothing.",
        ),
    ] = None,
) -> None:
    from dragoman.cli.main import settings_of
    from dragoman.coding.frames import index_with
    from dragoman.errors import UsageError

    if check and not frames:
        raise UsageError("--check needs a file to check: --frames FILE.")
    index = index_with(frames or [])
    if check:
        _print_checked(frames or [])
        return
    if sentence is not None:
        from dragoman.coding.trying import tried
        from dragoman.reader import Stages

        stages = Stages.load(settings_of(context))
        analysis = stages.analyse(stages.tokenize(sentence))
        cast = stages.find_cast(analysis, None)
        said = stages.find_statements(analysis, cast)
        for line in tried(analysis, cast, said, index):
            typer.echo(line)
        return
    for frame in index.frames:
        if type_ is not None and frame.type != type_.upper():
            continue
        if word is not None and not _has(frame, word.lower()):
            continue
        typer.echo(_line(frame))
        if full:
            for line in _details(frame):
                typer.echo(f"    {line}")


def _print_checked(paths: list[Path]) -> None:
    from dragoman.ontology import read_frames

    for path in paths:
        count = len(read_frames(path).frames)
        typer.echo(f"{path}: {count} frame{'s' if count != 1 else ''}, no mistake")


def _has(frame: Frame, word: str) -> bool:
    told = (*frame.verbs, *frame.nouns, *frame.adjectives, *frame.modals)
    return word in frame.name or any(word in words.split("_") for words in told)


def _line(frame: Frame) -> str:
    told = " ".join((*frame.verbs, *frame.nouns, *frame.adjectives, *frame.modals))
    mode = f"/{frame.mode}" if frame.mode else ""
    return f"{frame.name:26} {frame.type}{mode:16} {told}"


def _details(frame: Frame) -> list[str]:
    rows = []
    for name in ("object", "subject", "near", "not_object", "not_subject", "not_near"):
        words = getattr(frame, name)
        if words:
            rows.append(f"{name}: {' '.join(sorted(words))}")
    for slot, words in frame.needs.items():
        rows.append(f"needs {slot}" + (f": {' '.join(sorted(words))}" if words else ""))
    for name in ("complement", "without", "contexts"):
        if getattr(frame, name):
            rows.append(f"{name}: {' '.join(getattr(frame, name))}")
    rows.append(f"file: {frame.file}")
    return rows
