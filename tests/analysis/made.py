"""Events made by hand, for tests of analyses."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from dragoman.analysis.coded import Coded, Telling
from dragoman.merging.records import Party
from dragoman.ontology import load_ontology

RUS = Party(key="RUS", name="Russia", kind="state", code="RUS")
UKR = Party(key="UKR", name="Ukraine", kind="state", code="UKR")
FRA = Party(key="FRA", name="France", kind="state", code="FRA")
MACRON = Party(
    key="emmanuel-macron", name="Emmanuel Macron", kind="person", code="FRA", sectors=("GOV",)
)
PUTIN = Party(
    key="vladimir-putin", name="Vladimir Putin", kind="person", code="RUS", sectors=("GOV",)
)


def day(number: int, start: str = "2022-01-01") -> str:
    """The ISO day so many days after the start."""
    return (date.fromisoformat(start) + timedelta(days=number)).isoformat()


def event(
    id: str, on: str, type: str = "ACCUSE", *, sources: tuple[str, ...] = ("A",), **fields: Any
) -> Coded:
    """An event of Russia against Ukraine, unless said otherwise, told on its day."""
    mode = fields.get("mode")
    told = fields.pop("told", on)
    values: dict[str, Any] = {
        "day_end": on,
        "who": (RUS,),
        "whom": (UKR,),
        "score": load_ontology().score(type, mode),
        "published": told,
        "last": told,
        "passage": f"Passage of {id}.",
        "reports": len(sources),
        "tellings": tuple(
            Telling(source=s, published=told, passage=f"Passage of {id}.", document=f"{id}-{s}")
            for s in sources
        ),
        **fields,
    }
    return Coded(
        id=id, day=on, day_end=values.pop("day_end", on), type=type, sources=sources, **values
    )
