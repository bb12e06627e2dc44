"""Lines of event data files: packed or plain, in whatever encoding, with rows that lines break."""

from __future__ import annotations

import bz2
import gzip
import io
import itertools
import lzma
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from dragoman.errors import InputError

_LONGEST: Final = 1_000_000  # characters of a line; what is longer is no row of a table
_LOOKED_AT: Final = 20  # lines by which a file is known
_PACKED: Final = {".gz": gzip.open, ".xz": lzma.open, ".bz2": bz2.open}


@dataclass(frozen=True, slots=True)
class Row:
    """A row and the number of its line in the file, from 1."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that cannot be taken, and why; the others go on."""

    line: int
    why: str


def read_lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a file or of all tables in a ZIP, with numbers; bytes that are no UTF-8 become
    U+FFFD, NULs vanish. Raises InputError where the file cannot be read."""
    number = 0
    try:
        for stream in _streams(path):
            text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="\n")
            while line := text.readline(_LONGEST):
                number += 1
                yield number, line.rstrip("\r\n").replace("\x00", "")
    except (OSError, EOFError, lzma.LZMAError, zipfile.BadZipFile, RuntimeError) as error:
        said = getattr(error, "strerror", None) or str(error).rstrip(".")
        raise InputError(f"{path} cannot be read: {said}.") from error


def expect(path: Path, columns: Sequence[str], kind: str) -> None:
    """InputError where none of a file's first lines has the columns of its kind."""
    widths = []
    with suppress(InputError):  # a packed file that ends too early is told where it ends
        for _, line in itertools.islice(read_lines(path), _LOOKED_AT):
            if line.strip():
                widths.append(line.count("\t") + 1)
    if widths and len(columns) not in widths:
        width = max(set(widths), key=widths.count)
        raise InputError(
            f"{path} is no file of {kind}: its lines have {width} columns parted by tabs, "
            f"{kind}'s have {len(columns)}."
        )


def _streams(path: Path) -> Iterator[IO[bytes]]:
    with ExitStack() as stack:
        if path.suffix.lower() == ".zip":
            archive = stack.enter_context(zipfile.ZipFile(path))
            for name in sorted(archive.namelist()):
                if name.lower().endswith((".tab", ".tsv", ".txt", ".csv")):
                    with archive.open(name) as stream:
                        yield stream
            return
        opener = _PACKED.get(path.suffix.lower())
        yield stack.enter_context(opener(path, "rb") if opener else path.open("rb"))  # type: ignore[operator]


def table(path: Path, columns: Sequence[str], *, header: bool) -> Iterator[Row | Fault]:
    """The rows of a tab-separated table with so many columns.

    A row that a line break in a cell has cut is put together again; one that still does not fit is
    a fault. Repeated headers (of files that were joined) and blank lines are passed over.
    """
    width = len(columns)
    held: list[str] = []
    start = 0
    for number, line in read_lines(path):
        if not line.strip() and not held:
            continue
        cells = line.split("\t")
        if header and cells[0].strip().strip('"') == columns[0]:
            held = []
            continue
        if held and len(cells) == width:  # a whole row: what was held is no part of one
            yield Fault(start, f"{len(held)} cells where {width} are wanted")
            held = []
        if held:
            cells = [*held[:-1], f"{held[-1]} {cells[0]}", *cells[1:]]
        else:
            start = number
        if len(cells) < width:
            held = cells
            continue
        held = []
        if len(cells) > width:
            yield Fault(start, f"{len(cells)} cells where {width} are wanted")
            continue
        yield Row(start, tuple(_cell(cell) for cell in cells))
    if held:
        yield Fault(start, f"{len(held)} cells where {width} are wanted")


def _cell(cell: str) -> str:
    """A cell without quotes around it; NULL, NA and None are empty."""
    cell = cell.strip()
    if len(cell) > 1 and cell[0] == cell[-1] == '"':
        cell = cell[1:-1].replace('""', '"').strip()
    return "" if cell in ("NULL", "NA", "None", "nan", "---") else cell


def number_of(cell: str) -> float | None:
    """The number in a cell; None where there is none."""
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if value == value and abs(value) != float("inf") else None
