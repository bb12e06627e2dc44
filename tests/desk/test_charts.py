"""The charts that are drawn without being checked are as Vega-Lite's schema has them."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from dragoman.analysis import from_merged
from dragoman.analysis.network import network
from dragoman.case import Case
from dragoman.charts import event_map, network_chart, timeline_chart

altair = pytest.importorskip("altair", reason="the extra `charts` is not installed")


def check(spec: dict[str, Any]) -> None:
    altair.Chart.from_dict({k: v for k, v in spec.items() if k != "autosize"}).to_dict()


@pytest.mark.parametrize("name", ["timeline", "tension", "map"])
def test_the_desks_charts(visitor: TestClient, name: str) -> None:
    spec = visitor.get(f"/charts/{name}.json").json()
    check(spec)
    assert '"rows"' in str(spec).replace("'", '"')
    pair = visitor.get(f"/charts/{name}.json?actor=RUS&with=UKR").json()
    check(pair)


def test_charts_of_analyses(case: Case) -> None:
    events = [from_merged(event) for event in case.merged()]
    for spec in (timeline_chart(events), event_map(events), network_chart(network(events))):
        check(spec)
