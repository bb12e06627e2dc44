"""How long the desk lets one wait, by processor time: counts that are kept, first answers of pages.

The full measure is `benchmarks/desk.py` on a million events; this case has 12,000.
"""

from __future__ import annotations

import importlib.util
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest

pytest.importorskip("fastapi", reason="the extra `desk` is not installed")

from fastapi.testclient import TestClient

from dragoman.case import Case, Filter, tallies
from dragoman.desk import Options, create_app

pytestmark = pytest.mark.gate
BENCHMARKS: Final = Path(__file__).parents[2] / "benchmarks"
# Measured 4.3 (days), 8.0 (pairs), 14 (places); 10,000 events are counted at most, the rest is not.
LEAST_RATIO: Final = 3.0
MOST_SECONDS: Final = 0.3  # of processor time of a first answer; measured 0.01 to 0.19
PAGES: Final = (
    "/",
    "/timeline",
    "/contacts",
    "/claims",
    "/tension",
    "/map",
    "/actors/RUS",
    "/about",
)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    spec = importlib.util.spec_from_file_location("synthetic", BENCHMARKS / "synthetic.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["synthetic"] = module
    spec.loader.exec_module(module)
    with Case.create(str(tmp_path_factory.mktemp("gate") / "case.db")) as case:
        module.fill(case, documents=1_200)
        yield case


def seconds(act: Callable[[], Any], rounds: int = 3) -> float:
    best = 9e9
    for _ in range(rounds):
        began = time.process_time()
        act()
        best = min(best, time.process_time() - began)
    return best


@pytest.mark.parametrize("count", [tallies.by_day, tallies.by_place, tallies.by_pair])
def test_kept_counts_are_quicker_than_counting(large: Case, count: Callable[..., Any]) -> None:
    kept, counted = Filter(), Filter(min_confidence=0.0)
    count(large, kept)
    # The least of many rounds: one slow moment of the machine says nothing of the counts.
    quick = seconds(partial(count, large, kept), rounds=12)
    slow = seconds(partial(count, large, counted))
    assert slow / quick >= LEAST_RATIO, f"{slow / quick:.1f} times"


def test_first_answers_do_not_keep_one_waiting(large: Case) -> None:
    warm = TestClient(create_app(large, options=Options(host="testserver")))
    for page in PAGES:
        warm.get(page)  # libraries are loaded, templates made
    visitor = TestClient(create_app(large, options=Options(host="testserver")))
    taken = {page: seconds(partial(visitor.get, page), 1) for page in PAGES}
    assert max(taken.values()) <= MOST_SECONDS, taken
