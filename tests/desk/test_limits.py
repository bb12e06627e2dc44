"""Turns of work: so many at once, others wait, but not too many nor too long."""

from __future__ import annotations

import asyncio

import pytest

from dragoman.desk.limits import FullError, Gate, Rate


def test_others_wait_for_their_turn() -> None:
    async def all_of_them() -> int:
        gate, most, inside = Gate(2, 10, 5.0), 0, 0

        async def one() -> None:
            nonlocal most, inside
            async with gate.turn():
                inside += 1
                most = max(most, inside)
                await asyncio.sleep(0.01)
                inside -= 1

        await asyncio.gather(*(one() for _ in range(8)))
        return most

    assert asyncio.run(all_of_them()) == 2


@pytest.mark.parametrize(("waiting", "patience"), [(0, 5.0), (5, 0.01)])
def test_who_does_not_fit_is_told_so(waiting: int, patience: float) -> None:
    async def two() -> str:
        gate = Gate(1, waiting, patience)
        async with gate.turn():
            try:
                async with gate.turn():
                    return "both were in"
            except FullError:
                pass
        async with gate.turn():
            return "free again"

    assert asyncio.run(two()) == "free again"


def test_a_fault_inside_gives_the_place_back() -> None:
    async def faulty() -> bool:
        gate = Gate(1, 0, 1.0)
        with pytest.raises(ZeroDivisionError):
            async with gate.turn():
                raise ZeroDivisionError
        async with gate.turn():
            return True

    assert asyncio.run(faulty())


def test_a_rate_refills_evenly_and_is_a_visitors_own() -> None:
    now = [0.0]
    rate = Rate(60, lambda: now[0])
    assert [rate.wait("a") for _ in range(61)] == [0] * 60 + [1]
    assert rate.wait("b") == 0
    now[0] = 10.0
    assert [rate.wait("a") for _ in range(11)] == [0] * 10 + [1]
    assert Rate(0, lambda: now[0]).wait("a") == 0
