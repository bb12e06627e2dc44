"""Logs: quiet by default, structured when asked for."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import orjson
import pytest

from dragoman import logs


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    logs.configure("warning", "text")


def test_a_line_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("info", "text")
    logs.log(logging.INFO, "document read", document="a b", events=3)
    assert capsys.readouterr().err == "dragoman: info: document read document='a b' events=3\n"


def test_a_line_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("info", "json")
    logs.log(logging.INFO, "document read", document="a", events=3)
    line = orjson.loads(capsys.readouterr().err)
    assert line.pop("time")
    assert line == {"level": "info", "event": "document read", "document": "a", "events": 3}


def test_what_weighs_less_than_asked_for_is_not_logged(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("warning", "text")
    logs.log(logging.INFO, "document read")
    assert capsys.readouterr().err == ""
