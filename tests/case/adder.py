"""Adds numbered reports to a case in a process of its own: `adder.py CASE FIRST COUNT`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from case.fake_reader import FakeReader
from dragoman.case import Case
from dragoman.records import Input

PLACES = ("harbour", "station", "airport", "market", "bridge", "library", "mill", "square")


def report(number: int) -> Input:
    """A report unlike any other, with one event, one statement and one place."""
    words = " ".join(f"{PLACES[(number + n) % 8]}{number * 31 + n}" for n in range(60))
    text = f"Russia attacked Ukraine in Kyiv. France said: “Number {number}.” {words}."
    return Input(text=text, id=f"r{number}", url=f"https://paper.org/{number}", date="2022-02-24")


def start(address: str, first: int, count: int) -> subprocess.Popen[bytes]:
    """Run this file as a process."""
    tests = str(Path(__file__).parents[1])
    command = [sys.executable, __file__, address, str(first), str(count)]
    path = os.pathsep.join([tests, os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    return subprocess.Popen(command, env={**os.environ, "PYTHONPATH": path})


def main(address: str, first: int, count: int) -> None:
    with Case.open(address) as case:
        case.add((report(first + n) for n in range(count)), reader=FakeReader())


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
