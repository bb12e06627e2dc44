"""Tables at a terminal: ids and days are never cut, words are broken or stand below."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from dragoman.cli.tables import print_table


@dataclass(frozen=True)
class Row:
    id: str = "m3b83275f6111"
    day: str = "2017-09-06"
    status: str = "happened"
    medium: str | None = None
    who: tuple[str, ...] = ("Nikos Kotzias (GRC)", "Federica Mogherini (EUR)")
    sources: int = 12
    passage: str = "The minister telephoned the [envoy] before the meeting."


NAMES = ("id", "day", "status", "medium", "who", "sources")


def printed(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    width: int,
    columns: tuple[str, ...] = NAMES,
) -> list[str]:
    monkeypatch.setenv("COLUMNS", str(width))
    print_table([Row()], columns)
    return [line.rstrip() for line in capsys.readouterr().out.splitlines()]


def test_where_there_is_room_a_row_is_a_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, line = printed(capsys, monkeypatch, 120)
    for told in ("m3b83275f6111", "2017-09-06", "Nikos Kotzias (GRC); Federica Mogherini (EUR)"):
        assert told in line


@pytest.mark.parametrize("width", [60, 80])
def test_a_narrow_terminal_keeps_ids_and_days_whole(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    lines = printed(capsys, monkeypatch, width)
    assert lines[1].startswith("m3b83275f6111  2017-09-06  happened  –")
    assert all(len(line) <= width for line in lines)
    told = " ".join(line.strip() for line in lines)
    assert "Federica" in told
    assert "Mogherini" in told


def test_the_passage_stands_beside_a_row_or_below_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    below = printed(capsys, monkeypatch, 100, (*NAMES, "passage"))
    assert below[-1] == "    The minister telephoned the [envoy] before the meeting."
    beside = printed(capsys, monkeypatch, 190, (*NAMES, "passage"))
    assert beside[1].endswith("before the meeting.")


def test_no_rows_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    print_table([], NAMES)
    assert capsys.readouterr().out == "Nothing is found.\n"
