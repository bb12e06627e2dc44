"""What the process that carries out a desk's orders makes of them."""

from __future__ import annotations

import dataclasses

import orjson

from dragoman.desk.worker import settings_of
from dragoman.settings import Settings


def test_settings_come_through_an_order_as_they_were() -> None:
    given = Settings(actors=("own.tsv",), publishers=("ministries.tsv",))
    told = orjson.loads(orjson.dumps(dataclasses.asdict(given)))
    assert settings_of(told) == given
    assert hash(settings_of(told).publishers) == hash(given.publishers)
