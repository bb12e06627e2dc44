"""`dragoman frames`: list, search, check the frames, or try them on a sentence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from dragoman.ontology import Frame

HELP = "List and search the frames by which events are coded; check a file of one's own."


def run(
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
) -> None:
    from dragoman.coding.frames import index_with

    index = index_with(frames or [])
    for frame in index.frames:
        if type_ is not None and frame.type != type_.upper():
            continue
        if word is not None and not _has(frame, word.lower()):
            continue
        typer.echo(_line(frame))
        if full:
            for line in _details(frame):
                typer.echo(f"    {line}")


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
