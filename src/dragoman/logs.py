"""Structured logs: an event's name and its fields, quiet until someone asks.

The library only writes to the logger `dragoman`; what becomes of it is the application's choice.
The command line calls `configure`, which sends lines to stderr, for people or as JSON.
"""

from __future__ import annotations

import logging
import sys
from typing import Any

import orjson

LOGGER = logging.getLogger("dragoman")
LOGGER.addHandler(logging.NullHandler())
_FIELDS = "dragoman_fields"


def log(level: int, event: str, **fields: Any) -> None:
    """Log that `event` took place, with what is known of it."""
    if LOGGER.isEnabledFor(level):
        LOGGER.log(level, event, extra={_FIELDS: fields})


def configure(level: str, form: str) -> None:
    """Send log lines to stderr; a second call replaces what the first one set."""
    for handler in [h for h in LOGGER.handlers if isinstance(h, _Stderr)]:
        LOGGER.removeHandler(handler)
    handler = _Stderr()
    handler.setFormatter(_Json() if form == "json" else _Text())
    LOGGER.addHandler(handler)
    LOGGER.setLevel(level.upper())
    LOGGER.propagate = False


class _Stderr(logging.Handler):
    """Writes to whatever stderr is at that moment, so that a progress bar may stand in for it."""

    def emit(self, record: logging.LogRecord) -> None:
        print(self.format(record), file=sys.stderr)  # noqa: T201


class _Text(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        fields = "".join(f" {name}={value!r}" for name, value in _fields(record).items())
        return f"dragoman: {record.levelname.lower()}: {record.getMessage()}{fields}"


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            **_fields(record),
        }
        return orjson.dumps(line, default=str).decode()


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    fields: dict[str, Any] = getattr(record, _FIELDS, {})
    return fields
