"""Floors under what the directory is said to do: who held an office, how fast names are found."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from actors.directory_questions import answer, draw
from data_root import shared
from dragoman.actors.directory import Directory, normalise

QUESTIONS = 150  # from each of the two lists, in the order of their hashes
RIGHT_FIRST = 0.98
LOAD_SECONDS = 0.3
MICROSECONDS_A_WORD = 5.0

TEXT = (
    "The Russian Foreign Minister told reporters in Geneva on Tuesday that talks with the French "
    "Foreign Ministry and the head of the United Nations had gone well , although South Korean "
    "officials and two diplomats who asked not to be named said that no date had been set for "
    "another round , and that John Smith , an adviser to the White House , would travel to Beirut "
    "to meet Prime Minister Najib Mikati before the end of the month ."
)


@pytest.mark.gate
def test_the_right_holder_of_an_office_on_a_day() -> None:
    directory = Directory.load()
    questions, _ = draw(directory, shared("contacts_reference"))
    asked = [
        question
        for source in ("visits", "travels")
        for question in [q for q in questions if q.source == source][:QUESTIONS]
    ]
    assert len(asked) == 2 * QUESTIONS
    wrong = [q for q in asked if not answer(directory, q)[0]]
    right = 1 - len(wrong) / len(asked)
    assert right >= RIGHT_FIRST, f"{right:.3f}: {wrong}"


@pytest.mark.gate
def test_loading_takes_little_time() -> None:
    code = (
        "import time; from dragoman.actors.directory import Directory, normalise; "
        "a = time.process_time(); d = Directory.load(); d.match([normalise('Iran')], 0); "
        "print(time.process_time() - a)"
    )
    times = [
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout)
        for _ in range(3)
    ]
    assert min(times) <= LOAD_SECONDS, times


@pytest.mark.gate
def test_names_are_found_fast() -> None:
    directory = Directory.load()
    keys = [normalise(word) for word in TEXT.split()]
    best = float("inf")
    for _ in range(20):
        begin = time.process_time()
        for _ in range(10):
            for at in range(len(keys)):
                directory.longest_match(keys, at)
        best = min(best, (time.process_time() - begin) / 10 / len(keys))
    assert best * 1e6 <= MICROSECONDS_A_WORD, f"{best * 1e6:.2f} µs a word"
