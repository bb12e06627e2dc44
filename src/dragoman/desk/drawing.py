"""Small drawings that stand in a line of text, as numbers for an SVG."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from dragoman.case.tallies import DayCount


def spark(rows: Iterable[DayCount], since: str, until: str) -> list[dict[str, Any]]:
    """One bar a step of time: the mean score (up: cooperation, down: conflict); x from 0 to 100.

    At most thirty bars, so that they can be told apart.
    """
    first, last = date.fromisoformat(since), date.fromisoformat(until)
    total = (last - first).days + 1
    step = max(1, -(-total // 30))
    sums: dict[int, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for row in rows:
        try:
            at = (date.fromisoformat(row.day) - first).days // step
        except ValueError:
            continue
        if 0 <= at * step < total:
            sums[at][0] += row.events
            sums[at][1] += row.score
    bars = -(-total // step)
    width = 100 / bars
    found = []
    for at in range(bars):
        events, score = sums.get(at, (0, 0.0))
        mean = score / events if events else 0.0
        day = first + timedelta(days=at * step)
        found.append(
            {
                "day": day.isoformat(),
                "events": int(events),
                "score": round(mean, 2),
                "x": round(at * width, 2),
                "width": round(width * 0.8, 2),
                "height": round(abs(mean) / 10 * 14, 2),
            }
        )
    return found
