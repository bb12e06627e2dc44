"""Where documents come from: text files and files of JSON Lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from dragoman.errors import DragomanError, InputError
from dragoman.records import Input
from dragoman.sources import jsonl, text

__all__ = ["read_documents"]

_MANY = (".jsonl", ".ndjson", ".jl")


def read_documents(paths: Iterable[Path | str]) -> Iterator[Input | DragomanError]:
    """The documents of files, in order, and an error in the place of each that cannot be had.

    A file is taken for JSON Lines by its name (`.jsonl`, `.ndjson`, packed or not).
    """
    for path in map(Path, paths):
        if any(suffix in _MANY for suffix in path.suffixes[-2:]):
            yield from jsonl.load(path)
            continue
        try:
            yield text.load(path)
        except InputError as error:
            yield error
