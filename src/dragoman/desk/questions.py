"""From an address's query to what is asked of the case, and back to an address.

The names are those of the command line (`--with`, `--as-known-at` is `as_known_at`), so that what
is seen in a browser can be asked in a terminal. Every fault is told in words.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

import orjson

from dragoman.case import Filter
from dragoman.case.moments import first_day, last_day, parse_moment
from dragoman.errors import UsageError

LISTS: Final = ("type", "mode", "status", "kind")
WORDS: Final = ("actor", "speaker", "place", "source", "text", "decision", "sort")
DAYS: Final = ("since", "until")
NAMES: Final = (
    *("actor", "with", "type", "mode", "status", "kind", "speaker", "since", "until", "place"),
    *("source", "document", "text", "background", "min_confidence", "decision", "as_known_at"),
    *("sort", "limit", "after"),
)
_MOST: Final = 1_000  # characters of one value
_MOST_NUMBER: Final = 2**63 - 1
_DECISIONS: Final = ("none", "accepted", "rejected", "corrected")


@dataclass(frozen=True, slots=True)
class Question:
    """What an address asks: the filter of the case, and the values as they stand in the address."""

    filter: Filter
    values: Mapping[str, tuple[str, ...]]

    def first(self, name: str, default: str = "") -> str:
        return next(iter(self.values.get(name, ())), default)

    def address(self, path: str = "", **changes: Any) -> str:
        """The same question with some values changed; None takes one away."""
        values = {k: v for k, v in self.values.items() if k not in ("after", "limit")}
        for name, value in changes.items():
            many = value if isinstance(value, (tuple, list)) else (value,)
            values[name.rstrip("_")] = tuple(str(v) for v in many if v not in (None, ""))
        query = urlencode([(k, v) for k, many in values.items() for v in many])
        return f"{path}?{query}" if query else path or "?"

    @property
    def narrowed(self) -> bool:
        """Whether anything but the order is asked for."""
        return any(name in NAMES and name not in ("sort", "limit", "after") for name in self.values)


def question(pairs: Iterable[tuple[str, str]], *, limit: int, most: int = 1_000) -> Question:
    """The question that the pairs of a query ask; what is empty is not asked."""
    values: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        value = value.strip()
        if not value:
            continue
        if len(value) > _MOST or "\x00" in value:
            raise UsageError(f"the value of {name[:40]!r} is too long, or no text.")
        values[name] = (*values.get(name, ()), value)
    filters: dict[str, Any] = {"limit": _limit(values, limit, most)}
    for name in LISTS:
        if name in values:
            words = (word.strip() for value in values[name] for word in value.split(","))
            filters[name] = tuple(word for word in words if word)
    filters |= {name: values[name][-1] for name in WORDS if name in values}
    for name in DAYS:
        if name in values:
            day = values[name][-1]
            (first_day if name == "since" else last_day)(day)
            filters[name] = day
    if "with" in values:
        filters["with_"] = values["with"][-1]
    if "as_known_at" in values:
        parse_moment(values["as_known_at"][-1])
        filters["as_known_at"] = values["as_known_at"][-1]
    if "document" in values:
        filters["document"] = _whole(values["document"][-1], "document")
    if "background" in values:
        filters["background"] = _yes(values["background"][-1], "background")
    if "min_confidence" in values:
        filters["min_confidence"] = _share(values["min_confidence"][-1])
    if filters.get("decision", "none") not in _DECISIONS:
        raise UsageError(f"a decision is one of {', '.join(_DECISIONS)}.")
    if "after" in values:
        filters["after"] = parse_cursor(values["after"][-1])
    return Question(Filter(**filters), values)


def cursor(value: Any, number: Any) -> str:
    """The place in a list behind which the next page begins."""
    packed = orjson.dumps([value, number])
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def parse_cursor(text: str) -> tuple[str | int | float, int | str]:
    fault = UsageError("that is no place in a list; take the one that the page before gives.")
    try:
        found = orjson.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, binascii.Error) as error:
        raise fault from error
    if not isinstance(found, list) or len(found) != 2:
        raise fault
    value, number = found
    for part in (value, number):
        good = isinstance(part, (str, int, float)) and not isinstance(part, bool)
        if not good or (isinstance(part, int) and abs(part) > _MOST_NUMBER):
            raise fault
        if isinstance(part, str) and "\x00" in part:
            raise fault
    return value, number


def page_of(rows: list[Any], asked: Filter, default: str, key: str = "number") -> str | None:
    """The cursor behind the last of so many rows as were asked for; None where there are no more.

    The query is asked for one row more than is shown; `rows` is cut to what is shown.
    """
    assert asked.limit is not None
    if len(rows) <= asked.limit:
        return None
    del rows[asked.limit :]
    last = rows[-1]
    column = (asked.sort or default).removeprefix("-")
    if column == "published" or not hasattr(last, column):
        value = (last.published or "")[:10]  # the day by which documents are ordered
    else:
        value = getattr(last, column)
    return cursor("" if value is None else value, getattr(last, key))


def one_more(asked: Filter) -> Filter:
    assert asked.limit is not None
    return replace(asked, limit=asked.limit + 1)


def _limit(values: Mapping[str, tuple[str, ...]], default: int, most: int) -> int:
    if "limit" not in values:
        return default
    limit = _whole(values["limit"][-1], "limit")
    if not 1 <= limit <= most:
        raise UsageError(f"a limit is from 1 to {most}.")
    return limit


def _whole(text: str, name: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise UsageError(f"{name} is a number, not {text[:40]!r}.")
    return int(text)


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise UsageError(f"min_confidence is from 0 to 1, not {text[:40]!r}.")
    return share


def _yes(text: str, name: str) -> bool:
    if text not in ("yes", "no", "true", "false", "1", "0"):
        raise UsageError(f"{name} is yes or no, not {text[:40]!r}.")
    return text in ("yes", "true", "1")
