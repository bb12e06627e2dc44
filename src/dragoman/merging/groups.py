"""Groups that a text describes and does not name: what kind of people they are.

“At least five rebels”, “Libya's rebels” and “a rebel column” are fighters of one side, “troops”
and “tanks” forces of another: what two papers call one group differs more than what it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from dragoman.merging.records import Party

_WORDS: Final[Mapping[str, str]] = {
    "fighters": """rebels rebel militants militant fighters fighter gunmen gunman insurgents
        insurgent guerrillas guerrilla terrorists terrorist jihadists jihadist militia militias
        militiamen mercenaries""",
    "forces": """troops forces soldiers soldier army military servicemen paratroopers tanks tank
        artillery warplanes warplane planes aircraft jets fighter-jets helicopters drones drone
        warships snipers marines sailors battalions brigades convoy""",
    "police": "police policemen policeman gendarmes constables",
    "crowd": """protesters protester protestors demonstrators crowd crowds marchers rioters
        activists dissidents strikers""",
    "people": """people civilians civilian residents citizens villagers nationals inhabitants
        population men women children man woman families person persons individuals""",
    "officials": """officials official diplomats ministers envoys advisers aides delegation
        delegations negotiators representatives""",
    "staff": "staff employees employee workers worker staffers",
    "press": "journalists journalist reporters reporter correspondents",
    "captives": "hostages hostage captives prisoners prisoner detainees",
}
_KIND_OF: Final = {word: kind for kind, words in _WORDS.items() for word in words.split()}
_DESCRIBED: Final = frozenset({"unnamed", "people", "armed-group", "organisation", "government"})
# Where a relative clause begins, the group has been named.
_ENDS: Final = frozenset({"who", "that", "which", "whom", "whose"})


@lru_cache(maxsize=16_384)
def group_of(party: Party) -> str | None:
    """What people a described party are; None for one that has a name, or of no known kind."""
    if party.kind not in _DESCRIBED or not party.key.startswith(("name:", "unnamed:")):
        return None
    words = party.name.replace("’", "'").split()
    for word in words:
        low = word.strip(",.'\"“”").casefold().removesuffix("'s")
        if low in _ENDS:
            break
        if low in _KIND_OF:
            return _KIND_OF[low]
    plural = len(words) == 1 and words[0][:1].isupper() and party.kind == "people"
    return "people" if plural else None
