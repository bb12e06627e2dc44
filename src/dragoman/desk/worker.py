"""The process that adds documents for a desk: orders come in as lines of JSON, outcomes go out so.

It stands apart from the desk, so that reading takes nothing from those who look, and a document
that brings the process down brings nothing else down.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import orjson

from dragoman.case import Case, Outcome
from dragoman.case.adding import Addable
from dragoman.case.delivering import tell as tell_alerts
from dragoman.case.merging import update_if_little
from dragoman.errors import DragomanError
from dragoman.logs import log
from dragoman.records import Input
from dragoman.settings import Settings
from dragoman.sources.fetch import Fetcher, Limits
from dragoman.sources.gather import Gatherer

# So many events are merged after an addition; with more `dragoman events` shows how far it is.
_MERGED: Final = 50_000


def main(lines: Iterable[bytes]) -> None:
    cases: dict[str, Case] = {}
    for line in lines:
        order = orjson.loads(line)
        try:
            where = order["case"]
            case = cases.get(where) or cases.setdefault(where, Case.open(where))
            case.settings = settings_of(order["settings"])
            carry_out(case, order)
        except DragomanError as error:
            _say({"end": "failed", "message": str(error)})
        except Exception as fault:
            _say({"end": "failed", "message": f"a fault in dragoman itself: {fault!r}"})


def settings_of(told: dict[str, Any]) -> Settings:
    """The settings of an order as they were before they went through JSON: lists are tuples."""
    given: dict[str, Any] = {n: tuple(v) if isinstance(v, list) else v for n, v in told.items()}
    return Settings(**given)


def carry_out(case: Case, order: dict[str, Any]) -> None:
    """Add what an order names; a line goes out for each document, and one at the end."""
    folder = order.get("folder") or ""

    def tell(outcome: Outcome) -> None:
        shown = {
            name: value.replace(folder + "/", "") if folder and isinstance(value, str) else value
            for name, value in outcome.to_dict().items()
        }
        _say({"outcome": shown})

    fetcher = Fetcher(Limits(allow_private=order["allow_private"]))
    with Gatherer(fetcher=fetcher) as gatherer:
        summary = case.add(_items(gatherer, order, folder), on_outcome=tell)
    update_if_little(case, _MERGED)
    tell_alerts(
        case, case.settings or Settings(), lambda line: log(logging.INFO, "alert", told=line)
    )
    _say({"end": "done", "message": summary.words()})


def _items(gatherer: Gatherer, order: dict[str, Any], folder: str) -> Iterator[Addable]:
    for text in order["texts"]:
        yield Input(**text)
    for name in order["files"]:
        yield from gatherer.path(str(Path(folder, name)))
    for address in order["addresses"]:
        yield from gatherer.address(address)


def _say(line: dict[str, Any]) -> None:
    sys.stdout.buffer.write(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(sys.stdin.buffer)
