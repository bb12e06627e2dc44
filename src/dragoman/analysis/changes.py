"""Change points: days from which on a series is otherwise, by penalised segmentation (ruptures)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from dragoman.records import Record

Floats = NDArray[np.float64]
_LONG: Final = 1_500  # days: beyond them numbers of changes are not tried one by one


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePlan(Record):
    """At most `most_a_year` changes a year (of 365 days), segments of at least `shortest` days.

    `penalty` is what a change must gain, in units of log(days) times the noise from day to day.
    """

    most_a_year: int = 6
    shortest: int = 3
    penalty: float = 1.5


def change_days(added: Floats, plan: ChangePlan) -> list[int]:
    """The indices of the days on which a new segment begins, of series in rows, days in columns.

    The rows are taken in logarithms (of 1 + x), since bad days are bad by multiples, and measured
    in the noise that they show from one day to the next.
    """
    rows = np.log1p(added)
    length = rows.shape[1]
    most = max(1, math.ceil(plan.most_a_year * length / 365))
    if length < 2 * plan.shortest:
        return []
    noise = np.std(np.diff(rows, axis=1), axis=1) / math.sqrt(2)
    live = noise > 1e-9
    if not live.any():
        return []
    signal = (rows[live] / noise[live, None]).T
    return _segment(signal, most, plan)


def _segment(signal: Floats, most: int, plan: ChangePlan) -> list[int]:
    """The best segmentation into one to `most` + 1 pieces that pays for each of its changes."""
    import ruptures

    # The linear kernel is least squares, solved exactly in C: a thousand times as fast as Dynp.
    search = ruptures.KernelCPD(kernel="linear", min_size=plan.shortest).fit(signal)
    price = plan.penalty * math.log(len(signal)) * signal.shape[1]
    # With a price on each change the best segmentation of any size is found at once (pruned), in
    # fractions of a second for decades; mostly it has few enough changes.
    best = [int(end) for end in search.predict(pen=price)[:-1]]
    if len(best) <= most:
        return best
    if len(signal) > _LONG:
        return _dearer(search, price, most)
    cost = ruptures.costs.CostL2().fit(signal)
    ends, least = [len(signal)], float(cost.sum_of_costs([len(signal)]))
    for changes in range(1, most + 1):
        if len(signal) < (changes + 1) * plan.shortest:
            break
        found = search.predict(n_bkps=changes)
        paid = float(cost.sum_of_costs(found)) + price * changes
        if paid < least:
            ends, least = found, paid
    return [int(end) for end in ends[:-1]]


def _dearer(search: Any, price: float, most: int) -> list[int]:
    """The segmentation at the lowest price, to a hundredth, at which there are few enough changes.

    To go through all numbers of changes one by one would take hours where there are decades.
    """
    low = high = price
    found = []
    while True:
        high *= 2
        found = search.predict(pen=high)[:-1]
        if len(found) <= most:
            break
        low = high
    while high - low > high / 100:
        middle = (low + high) / 2
        ends = search.predict(pen=middle)[:-1]
        if len(ends) <= most:
            high, found = middle, ends
        else:
            low = middle
    return [int(end) for end in found]
