"""The desk's cache: exact for what is quick, a bounded lag for what is slow, made once for all."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest

from case.fake_reader import FakeReader
from dragoman.case import Case
from dragoman.desk.desk import Desk
from dragoman.desk.options import Options
from dragoman.records import Input
from dragoman.settings import Settings


@pytest.fixture
def desk(case: Case) -> Desk:
    return Desk(case, Options(), Settings())


def _add(case: Case, number: int) -> None:
    case.add([Input(text=f"Russia praised France {number}.", id=str(number))], reader=FakeReader())


def test_what_is_quick_follows_the_case_at_once(desk: Desk) -> None:
    count = lambda: len(list(desk.case.documents()))  # noqa: E731
    assert desk.cached("n", count) == 3
    _add(desk.case, 1)
    assert desk.cached("n", count) == 4


def test_what_is_slow_lags_for_a_moment_and_no_longer(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])

    def count() -> int:
        now[0] += 0.5
        return len(list(desk.case.documents()))

    assert desk.cached("n", count) == 3
    _add(desk.case, 1)
    assert desk.cached("n", count) == 3
    now[0] += 4.9
    assert desk.cached("n", count) == 3
    now[0] += 0.2
    assert desk.cached("n", count) == 4


def test_many_who_ask_at_once_are_answered_by_one(desk: Desk) -> None:
    made: list[int] = []

    def make() -> int:
        made.append(1)
        time.sleep(0.05)
        return 7

    found: list[Any] = []
    threads = [
        threading.Thread(target=lambda: found.append(desk.cached("x", make))) for _ in range(9)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [7] * 9
    assert len(made) == 1
