"""Reads plain-text files: one file, one document."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from dragoman.errors import InputError
from dragoman.records import Input
from dragoman.sources.encodings import decode

MOST_BYTES = 64 * 1024 * 1024  # of one article; what is larger is no article


def load(source: Path | str | BinaryIO) -> Input:
    """The document in a plain-text file or an open stream of bytes (such as stdin).

    Raises NotTextError where the bytes are no text, InputError where there is nothing to read.
    """
    name, data = _bytes(source)
    if len(data) > MOST_BYTES:
        raise InputError(
            f"{name} is larger than {MOST_BYTES // 1024**2} MB, too large for one article. "
            "A file of many documents is read with --jsonl, one JSON object a line."
        )
    decoded = decode(data, name=name)
    if not decoded.text.strip("\ufeff\u200b \t\r\n\f\x0b\xa0\x1a"):
        raise InputError(f"{name} is empty: there is no text to read.")
    return Input(text=decoded.text, notices=decoded.notices)


def _bytes(source: Path | str | BinaryIO) -> tuple[str, bytes]:
    if not isinstance(source, (str, Path)):
        return "stdin", source.read(MOST_BYTES + 1)
    try:
        with Path(source).open("rb") as file:
            return str(source), file.read(MOST_BYTES + 1)
    except OSError as error:
        raise unreadable(source, error) from error


def unreadable(source: Path | str, error: OSError) -> InputError:
    """The error for a file that cannot be opened, in words."""
    reasons: dict[type[OSError], str] = {
        FileNotFoundError: "there is no such file",
        IsADirectoryError: "it is a folder; name the files in it",
        PermissionError: "you may not read it",
    }
    reason = reasons.get(type(error), error.strerror or str(error))
    return InputError(f"{source} cannot be read: {reason}.")
