"""The errors that dragoman raises: one tree, each with the exit code that a command ends with.

DragomanError                 1
├── UsageError                2   the call itself cannot be carried out
│   └── SettingError          2   a setting's value is not of its kind
├── InputError                3   a document cannot be read; the others go on
│   ├── NotTextError          3   the file is no text, or in no encoding that can be told
│   ├── RecordError           3   a line or field of a file of documents is not as expected
│   ├── ReadingError          3   a fault of dragoman itself struck while it read a document
│   └── FetchError            3   an address cannot be fetched, or may not be
├── DataError                 4   a data file of the package or of the user is broken
│   └── ModelError            4   the language model is missing or not of this version
├── MissingExtraError         5   an optional part is not installed
└── CaseError                 6   a case cannot be opened, read or written
    └── CaseBusyError         6   another process holds it; trying again helps

Every message says what happened and where, why usually, and what to do.
"""

from __future__ import annotations


class DragomanError(Exception):
    """Base of all errors that dragoman raises on purpose."""

    exit_code = 1


class UsageError(DragomanError):
    """The call cannot be carried out as it was given."""

    exit_code = 2


class SettingError(UsageError):
    """A setting is unknown, or its value is not of its kind."""


class InputError(DragomanError):
    """A document cannot be read; others are not affected."""

    exit_code = 3


class NotTextError(InputError):
    """The bytes are not a text in any encoding that can be told."""


class RecordError(InputError):
    """A line or a field of a file of documents is not as expected."""


class ReadingError(InputError):
    """A fault of dragoman itself struck while it read a document; the cause is attached."""


class FetchError(InputError):
    """An address cannot be fetched, or may not be.

    `status` is what the site answered, `wait` the seconds after which it wants to be asked again;
    None where it said nothing of the kind.
    """

    def __init__(self, message: str, *, status: int | None = None, wait: float | None = None):
        super().__init__(message)
        self.status = status
        self.wait = wait


class DataError(DragomanError):
    """A data file, shipped or the user's own, is broken."""

    exit_code = 4


class ModelError(DataError):
    """The language model is missing, damaged or of another version."""


class MissingExtraError(DragomanError):
    """A part of dragoman that is installed on its own is not there."""

    exit_code = 5


class CaseError(DragomanError):
    """A case cannot be opened, read or written; what it held before is still there."""

    exit_code = 6


class CaseBusyError(CaseError):
    """Another process holds the case, or the server did not answer; trying again helps."""
