"""Fifty visitors at once while documents are being added: none of them is turned away."""

from __future__ import annotations

import importlib.util
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
import uvicorn

from desk.worker import HandWorker
from dragoman.case import Case
from dragoman.desk import Options, create_app

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("desk_benchmark", ROOT / "benchmarks" / "desk.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def port(case: Case) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        found = int(probe.getsockname()[1])
    app = create_app(case, options=Options(port=found), worker=HandWorker(case))
    server = uvicorn.Server(uvicorn.Config(app, port=found, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield found
    server.should_exit = True
    thread.join(10)


PAGES = ("/", "/timeline", "/contacts", "/map", "/statements", "/documents/2", "/api/v1/events")


@pytest.mark.parametrize("seconds", [3.0, pytest.param(60.0, marks=pytest.mark.soak)])
def test_nobody_is_turned_away(
    benchmark: ModuleType, port: int, seconds: float, monkeypatch: pytest.MonkeyPatch, case: Case
) -> None:
    monkeypatch.setattr(benchmark, "PAGES", PAGES)
    seen = benchmark.soak(port, seconds)
    assert set(seen) == {200}
    assert sum(seen.values()) > 50
    assert len(list(case.documents())) > 3
