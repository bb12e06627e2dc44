"""Reports made by hand, for tests that need no reader."""

from __future__ import annotations

from typing import Any

from dragoman.merging import Party, Report
from dragoman.merging.said import Said

RUS = Party(key="RUS", name="Russia", kind="state", code="RUS")
UKR = Party(key="UKR", name="Ukraine", kind="state", code="UKR")
FRA = Party(key="FRA", name="France", kind="state", code="FRA")
MACRON = Party(key="emmanuel-macron", name="Emmanuel Macron", kind="person", code="FRA")
PUTIN = Party(key="vladimir-putin", name="Vladimir Putin", kind="person", code="RUS")
LAVROV = Party(key="sergey-lavrov", name="Sergey Lavrov", kind="person", code="RUS")
TASS = Party(key="tass", name="TASS", kind="organisation", code="RUS")


def report(number: int, **fields: Any) -> Report:
    """An attack on a bridge, unless the fields say otherwise."""
    values: dict[str, Any] = {
        "id": f"{number}:e1",
        "key": f"{number:08x}",
        "document": str(number),
        "root": str(number),
        "source": f"Paper {number}",
        "published": "2022-02-25",
        "type": "ASSAULT",
        "actors": (RUS,),
        "recipients": (UKR,),
        "start": "2022-02-24",
        "end": "2022-02-24",
        "precision": "day",
        "place": "Kyiv",
        "place_precision": "city",
        "country": "UKR",
        "trigger": "shelled",
        "passage": "Russia shelled the old bridge over the river in Kyiv before dawn.",
        "score": -9.0,
        "confidence": 0.8,
    }
    if "start" in fields and "end" not in fields:
        values["end"] = fields["start"]
    return Report(**{**values, **fields})


def meeting(number: int, **fields: Any) -> Report:
    """A meeting of two presidents in Moscow."""
    values: dict[str, Any] = {
        "type": "CONSULT",
        "actors": (MACRON, PUTIN),
        "recipients": (),
        "start": "2022-02-07",
        "published": "2022-02-08",
        "place": "Moscow",
        "country": "RUS",
        "medium": "in-person",
        "trigger": "met",
        "passage": "Macron met Putin in Moscow for five hours of talks on security.",
        "score": 2.5,
    }
    return report(number, **{**values, **fields})


def said(number: int, content: str, **fields: Any) -> Said:
    """A statement by Russia."""
    values: dict[str, Any] = {
        "id": f"{number}:s1",
        "document": str(number),
        "root": str(number),
        "source": f"Paper {number}",
        "published": f"2022-02-{number:02d}",
        "speaker": RUS,
        "content": content,
    }
    return Said(**{**values, **fields})
