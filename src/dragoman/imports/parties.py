"""Who the actors of other projects' event data are: from their names to codes.

ICEWS writes `Military (Myanmar)`, `Citizen (Australia)`, `Foreign Affairs (Iran)` for kinds of
actors of a state, and plain names for states, bodies and people.
"""

from __future__ import annotations

import re
from functools import cached_property
from itertools import islice
from typing import Final

from dragoman.actors.directory import Directory, Entity
from dragoman.merging.records import Party

_OF_STATE: Final = re.compile(r"^(?P<what>.*\S)\s*\((?P<state>[^()]+)\)$")
# Words of ICEWS' kinds of actors, and the sector that each means in PLOVER; the first that fits.
_SECTORS: Final = (
    ("military|air force|navy|naval|army|armed forces|defense", "MIL"),
    ("police|law enforcement", "COP"),
    (
        "rebel|insurgent|separatist|terror|militant|militia|armed gang|armed band|armed opposition",
        "REB",
    ),
    (
        "head of government|president|government|ministry|minister|foreign affairs|administrat",
        "GOV",
    ),
    ("envoy|ambassador|diplomat|governor|mayor|cabinet|city", "GOV"),
    ("lawmaker|legislat|parliament|member of|congress|house|senat", "LEG"),
    ("judge|court|judicia|lawyer|attorney|prosecut", "JUD"),
    ("party|politician", "PTY"),
    ("opposition|dissident|protester|activist|demonstrat", "OPP"),
    ("media|journalist|press", "JRN"),
    ("business|compan|industry|bank|economic|trade", "BUS"),
    ("student|professor|teacher|education|school", "EDU"),
    ("relig|preacher|cleric|christian|muslim|islam|church|imam", "REL"),
    ("criminal|drug|gang", "CRM"),
    ("refugee|migrant", "REF"),
    ("medical|doctor|health", "MED"),
    ("labor|labour|union|worker|employee", "LAB"),
    ("farmer|farm|peasant", "AGR"),
    ("citizen|women|men|children|villager|population|people|civil|resident", "CVL"),
)


class Parties:
    """From names to parties, with what the directory of actors knows."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._states: dict[str, str | None] = {}

    def named(self, name: str, day: str | None = None, country: str | None = None) -> Party:
        """The party of this name; `country` is the state's name where the data give it."""
        name = " ".join(name.split())
        found = _OF_STATE.match(name)
        state = self.state(country) if country else None
        if found is not None and (own := self.state(found["state"])) is not None:
            return Party(
                key=f"{own}/{found['what'].lower()}",
                name=name,
                code=own,
                kind="unnamed",
                sectors=sectors_of(found["what"]),
            )
        entity = self._entity(name, day) if name else None
        if entity is not None and (state is None or entity.code in (state, None)):
            return Party(
                key=entity.id,
                name=entity.name,
                code=entity.code or state,
                kind=entity.kind,
                sectors=entity.sectors,
            )
        return Party(
            key=name.lower() or "?", name=name or "?", code=state, sectors=sectors_of(name)
        )

    def state(self, name: str) -> str | None:
        """The code of the state with this name (or alpha-3 code), None where there is none."""
        if len(name) == 3 and name.isupper() and name in self._directory:
            return self._directory.entity(name).code
        if name not in self._states:
            plain = self._renamed.get(name, name)
            entities = self._directory.lookup(plain)
            states = [e for e in entities if e.kind == "state"]
            self._states[name] = states[0].code if states else None
        return self._states[name]

    def _entity(self, name: str, day: str | None) -> Entity | None:
        """The entity of this name; a middle name or a word after a comma may be in the way."""
        words = name.split()
        tries = [self._renamed.get(name, name)]
        if ", " in name:
            tries.append(" ".join(reversed(name.split(", ", 1))))
        elif len(words) > 2:
            tries.append(f"{words[0]} {words[-1]}")
        for given in tries:
            found = self._directory.lookup(given, date=day)
            if found and (given == tries[0] or found[0].name.split()[-1:] == words[-1:]):
                return found[0]
        return None

    @cached_property
    def _renamed(self) -> dict[str, str]:
        """Names that ICEWS has and a gazetteer of states has not."""
        return {
            "Occupied Palestinian Territory": "Palestine",
            "Palestinian Territory, Occupied": "Palestine",
            "Holy See (Vatican City State)": "Holy See",
        }


def sectors_of(words: str) -> tuple[str, ...]:
    """PLOVER's sector for a kind of actor (`Head of Government`); none where no word tells."""
    plain = words.lower()
    found = (code for words, code in _SECTORS if re.search(rf"\b(?:{words})", plain))
    return tuple(islice(found, 1))
