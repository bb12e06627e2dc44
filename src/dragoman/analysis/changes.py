"""Change points: days from which on a series is otherwise, by penalised segmentation (ruptures)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dragoman.records import Record

Floats = NDArray[np.float64]


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
    cost = ruptures.costs.CostL2().fit(signal)
    price = plan.penalty * math.log(len(signal)) * signal.shape[1]
    best, best_cost = [len(signal)], float(cost.sum_of_costs([len(signal)]))
    for changes in range(1, most + 1):
        if len(signal) < (changes + 1) * plan.shortest:
            break
        ends = search.predict(n_bkps=changes)
        paid = float(cost.sum_of_costs(ends)) + price * changes
        if paid < best_cost:
            best, best_cost = ends, paid
    return [int(end) for end in best[:-1]]
