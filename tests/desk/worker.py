"""Carries out a desk's orders in this process, with the small reader of the case's tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from case.fake_reader import FakeReader
from dragoman.case import Case, Outcome
from dragoman.records import Input


class HandWorker:
    def __init__(self, case: Case) -> None:
        self.case = case
        self.orders: list[dict[str, Any]] = []
        self.stopped = False

    def carry_out(self, order: dict[str, Any]) -> Iterator[dict[str, Any]]:
        self.orders.append(order)
        texts = [Input(**text) for text in order["texts"]]
        for name in order["files"]:
            texts.append(Input(text=Path(order["folder"], name).read_text("utf-8"), id=name))
        told: list[Outcome] = []
        summary = self.case.add(texts, reader=FakeReader(), on_outcome=told.append)
        yield from ({"outcome": one.to_dict()} for one in told)
        yield {"end": "done", "message": summary.words()}

    def stop(self) -> None:
        self.stopped = True
