"""Reads files of many documents: JSON Lines, one object a line, plain or packed.

A broken line is an error of its own that names file and line; the lines after it are read. Fields:
`text` (needed), `id`, `title`, `date`, `source`, `url` (all optional, null and "" mean unknown);
others are passed over.
"""

from __future__ import annotations

import bz2
import importlib
import io
import json
import lzma
import re
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from dragoman.errors import DragomanError, InputError, MissingExtraError, NotTextError, RecordError
from dragoman.records import Input, Notice
from dragoman.sources.encodings import decode
from dragoman.sources.members import Members
from dragoman.sources.text import unreadable

MOST_LINE: Final = 64 * 1024 * 1024  # bytes; what is longer is passed over
_GIVE_UP: Final = 100  # broken lines at the beginning without a good one: not JSON Lines
_FIELDS: Final = ("id", "title", "date", "source", "url")
_ISO_DATE: Final = re.compile(
    r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
    r"([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?"
)
_SHOWN: Final = 60  # characters of a bad value that a message shows


def load(source: Path | str | BinaryIO) -> Iterator[Input | DragomanError]:
    """The documents of a file or a stream of bytes, in order; an error for each line without one.

    Packed files (gzip, bzip2, xz, zstd) are told by their first bytes.
    """
    if not isinstance(source, (str, Path)):
        yield from _documents(source, "stdin")
        return
    try:
        file = Path(source).open("rb")  # noqa: SIM115 - closed by the "with" below
    except OSError as error:
        yield unreadable(source, error)
        return
    with file:
        yield from _documents(file, str(source))


def load_stream(stream: BinaryIO, name: str) -> Iterator[Input | DragomanError]:
    """The documents of an open stream of bytes that messages call `name`."""
    return _documents(stream, name)


def _documents(stream: BinaryIO, name: str) -> Iterator[Input | DragomanError]:
    good = broken = 0
    last = 0
    faults: list[str] = []
    try:
        unpacked, faults = _unpacked(stream, name)
        for number, line in _lines(unpacked, name):
            last = number
            document = line if isinstance(line, DragomanError) else _document(line, name, number)
            if document is None:
                continue
            good, broken = (
                (good, broken + 1) if isinstance(document, DragomanError) else (good + 1, broken)
            )
            yield document
            if not good and broken >= _GIVE_UP:
                yield InputError(
                    f"{name}: none of the first {broken} lines holds a document; the rest was not "
                    "looked at. The file should have one JSON object a line, each with a “text”."
                )
                return
    except DragomanError as error:
        yield error
    except _packed_faults() as error:
        yield InputError(
            f"{name}: the packed file is damaged or ends too early after line {last} "
            f"({type(error).__name__}: {error}). What came before was read."
        )
    else:
        if not last and not faults:
            yield InputError(f"{name} is empty: there is no document in it.")
        for fault in faults:
            yield InputError(
                f"{name}: the packed file is damaged or ends too early: {fault}. What came before "
                "was read, and what could be found after it."
            )


def _unpacked(stream: BinaryIO, name: str) -> tuple[BinaryIO, list[str]]:
    """The unpacked bytes, and a list to which faults are added that reading goes on after."""
    buffered = cast(
        io.BufferedReader,
        stream if hasattr(stream, "peek") else io.BufferedReader(cast(io.RawIOBase, stream)),
    )
    head = buffered.peek(6)[:6]
    if head.startswith(b"\x1f\x8b"):
        members = Members(cast(BinaryIO, buffered))
        return cast(BinaryIO, io.BufferedReader(members, 1 << 16)), members.faults
    if head.startswith(b"BZh"):
        return cast(BinaryIO, bz2.open(buffered)), []
    if head.startswith(b"\xfd7zXZ\x00"):
        return cast(BinaryIO, lzma.open(buffered)), []
    if head.startswith(b"(\xb5/\xfd"):
        return cast(BinaryIO, io.BufferedReader(_unzstd(buffered, name), 1 << 16)), []
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotTextError(
            f"{name} is UTF-16; JSON Lines are UTF-8. "
            "Convert it first, for example with iconv -f utf-16 -t utf-8."
        )
    return cast(BinaryIO, buffered), []


def _unzstd(stream: Any, name: str) -> Any:
    """The unpacked bytes of zstd: by the standard library since Python 3.14."""
    try:
        return importlib.import_module("compression.zstd").open(stream, "rb")
    except ImportError:
        pass
    try:
        zstandard = importlib.import_module("zstandard")
    except ImportError as error:
        raise MissingExtraError(
            f"{name} is packed with zstd, which this Python cannot unpack. "
            "Install it with `pip install zstandard`, or unpack the file first."
        ) from error
    unpacker = zstandard.ZstdDecompressor(max_window_size=1 << 27)
    return unpacker.stream_reader(stream, read_across_frames=True)


def _packed_faults() -> tuple[type[Exception], ...]:
    """What unpacking raises; asked only when something was raised, so that nothing is imported."""
    faults: tuple[type[Exception], ...] = (EOFError, OSError, zlib.error, lzma.LZMAError)
    for module in ("compression.zstd", "zstandard"):
        found = sys.modules.get(module)
        faults += (found.ZstdError,) if found is not None else ()
    return faults


def _lines(stream: BinaryIO, name: str) -> Iterator[tuple[int, bytes | DragomanError]]:
    """The lines that are not blank, with their numbers."""
    number = 0
    while line := stream.readline(MOST_LINE):
        number += 1
        if len(line) == MOST_LINE and not line.endswith(b"\n"):
            while (rest := stream.readline(MOST_LINE)) and not rest.endswith(b"\n"):
                pass
            yield number, _fault(name, number, f"is longer than {MOST_LINE // 1024**2} MB")
            continue
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if line.strip():
            yield number, line


def _document(line: bytes, name: str, number: int) -> Input | DragomanError | None:
    notices: tuple[Notice, ...] = ()
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        try:
            decoded = decode(line.strip(), name=f"{name}, line {number},")
        except NotTextError as error:
            return error
        text, notices = decoded.text, decoded.notices
    try:
        row = json.loads(
            text, object_pairs_hook=_Pairs, parse_int=_Whole, parse_constant=_no_constant
        )
    except RecursionError:
        return _fault(name, number, "is nested too deeply to be a document")
    except ValueError as error:
        return _fault(name, number, f"is no JSON ({_reason(error)})")
    if not isinstance(row, _Pairs):
        return _fault(name, number, f"holds {_kind(row)}, not an object with a “text”")
    return _checked(row, name, number, notices)


class _Pairs(list[tuple[str, Any]]):
    """The fields of an object as they stand, so that one given twice is seen."""


class _Whole(str):
    """A whole number as it stands: an id may be one, a title or a text may not."""

    __slots__ = ()


def _no_constant(value: str) -> Any:
    raise ValueError(f"{value} is no JSON value")


def _reason(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at column {error.colno}"
    return str(error)


def _checked(
    row: _Pairs, name: str, number: int, notices: tuple[Notice, ...]
) -> Input | DragomanError:
    fields: dict[str, Any] = {}
    for key, value in row:
        if key in fields:
            return _fault(name, number, f"gives the field “{key}” twice")
        fields[key] = value
    text = fields.get("text")
    if text is None:
        known = ", ".join(list(fields)[:8]) or "none"
        return _fault(name, number, f"has no field “text” (its fields: {known})")
    if not _is_text(text):
        return _fault(name, number, f"has {_kind(text)} as “text”; it should be a text")
    if not text.strip():
        return _fault(name, number, "has an empty “text”: there is nothing to read")
    values: dict[str, str | None] = {}
    for key in _FIELDS:
        value = fields.get(key)
        if value is not None and not (_is_text(value) or (key == "id" and type(value) is _Whole)):
            return _fault(name, number, f"has {_kind(value)} as “{key}”; it should be a text")
        values[key] = str(value).strip() or None if value is not None else None
    date = values["date"]
    if date is not None and not _ISO_DATE.fullmatch(date):
        return _fault(
            name,
            number,
            f"has the date {_shown(date)}, which is no ISO date; "
            "write it as 2022-02-07 or 2022-02-07T16:00+01:00",
        )
    return Input(text=text, notices=notices, **values)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and type(value) is not _Whole


def _kind(value: Any) -> str:
    if isinstance(value, _Pairs):
        return "an object"
    kinds = {
        list: "a list",
        bool: "true or false",
        float: "a number",
        _Whole: "a number",
        str: "a text",
    }
    return "null" if value is None else kinds.get(type(value), "something else")


def _shown(value: str) -> str:
    return repr(value if len(value) <= _SHOWN else value[:_SHOWN] + "…")


def _fault(name: str, number: int, what: str) -> RecordError:
    return RecordError(f"{name}, line {number}: the line {what}. It was left out.")
