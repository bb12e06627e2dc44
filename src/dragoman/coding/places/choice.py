"""Which place of a name is meant: the town, province, site or state, and how sure that is.

Between places of one name decide: what contains it in the text ("Long Beach, California"), in which
countries the story's other places lie and who acts in it, and size.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from difflib import SequenceMatcher
from math import log10
from typing import Literal

from dragoman.actors.cast import Cast
from dragoman.actors.directory import Directory
from dragoman.actors.names import fold
from dragoman.coding.places.gazetteer import Spot, gazetteer
from dragoman.coding.places.names import Words
from dragoman.language.analysis import Analysis
from dragoman.records import WherePrecision

Chosen = tuple[Spot, WherePrecision]
Division = Literal["", "district", "province"]  # what the words call a name; "" for neither

UNKNOWN = "place"  # the kind of a name that no table knows
_CONTAINED = 8.0  # said to lie in this country or state: outweighs any size
_SHARED = frozenset(("Georgia", "Washington", "New York"))  # the state only where the text says so
_CAPITAL = 2.0  # a capital, against a town of its name: less than the story's country counts
_RENOWNED = 1.0  # known to all, against a town named after it
_STORY = 3.0  # lies in the country that the story is most about
_GREAT_ALIAS = 0.3  # the same for a great town, which is known by all its names
_ALIAS = 1.0  # known by another name than its own, against a town of that name
_OWN = 0.8  # of the story's weight, for a place of our own table
GREAT = 100_000  # people
_OF_ACTORS = 0.6  # a country that acts in the story, against one where its places lie
_ONE_STORY = 0.5  # a country leads the story if no other has more than this share of its weight
_DOUBT = 20  # a town is beyond doubt that has so many times the people of the next of its name
_LONG = 6  # letters of a name that is hardly another place's by chance
_NO_HAMLET = 2_000  # people
_OLD = 20_000  # people of a town that is meant rather than a great one once called so
_SURE = 0.6  # a lead over the next candidate that is no guess


class Chooser:
    """Chooses places for the names of one document. `story` weighs countries from 0 to 1."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self.words = Words.load()
        self.story: dict[str, float] = {}
        self.lies: Counter[str] = Counter()  # places that are beyond doubt, by country
        self._chosen: dict[tuple[str, str | None], Chosen] = {}

    def learn(self, sure: Counter[str], analysis: Analysis, cast: Cast) -> None:
        """Which countries the document is about: those of the places that are beyond doubt, and,
        to a lesser degree, those of its actors."""
        self.lies = sure
        most = max(sure.values(), default=0)
        less = _OF_ACTORS if most else 1.0
        self.story = {code: less * share for code, share in _acting(analysis, cast).items()}
        for code, count in sorted(sure.items()):
            self.story[code] = max(self.story.get(code, 0.0), count / most)

    def choose(
        self, name: str, state: str | None, container: str | None, *, division: Division
    ) -> Chosen:
        told = name if state is None else f"{state} {name}"
        key = (f"{told} {division}", container)
        if key not in self._chosen:
            self._chosen[key] = self._decide(name, state, container, division=division)
        return self._chosen[key]

    def _decide(
        self, name: str, state: str | None, container: str | None, *, division: Division
    ) -> Chosen:
        known = gazetteer()
        region = known.regions.get(fold(name))
        if (
            region is not None
            and region.kind == "site"
            and (region.country, region.lat) == (None,) * 2
        ):
            region = replace(region, country=container[:3] if container else self._most())
        if region is not None:
            small = self._pointed(name, region, container)
            if small is not None:
                return small
            if region.country is None and region.among:
                told = max(region.among, key=lambda code: self.story.get(code, 0.0))
                region = replace(region, country=told if self.story.get(told) else None)
            return region, "region" if region.lat is None else "point"
        entity = self.directory.entity(state) if state is not None else None
        if entity is not None and fold(name) in map(fold, (entity.name, *entity.names)):
            country = entity.code
            return (
                Spot(entity.name, "country", country, geonames=known.countries.get(country or "")),
                "country",
            )
        american = known.us_states.get(fold(name))
        if american is not None and (
            american.name not in _SHARED or division or (container == "USA" and name != "New York")
        ):
            return american, "region"
        within = "USA" if container and container.startswith("US-") else container
        capital_of = entity.code if entity else None
        if division and capital_of is None:
            spot = self._division(name, within)
            if spot is not None:
                return spot, "region"
        province = self._province(name, capital_of, container) if division == "province" else None
        if province is not None:
            return province, "region"
        town = self._town(name, capital_of, container)
        spot = self._division(name, within)
        if town is not None and (spot is None or not self._fits_better(spot, town[0])):
            return town
        if spot is not None:
            return spot, "region"
        country = within or self._most()
        guess = Spot(name, UNKNOWN, country)
        return (
            self._spelled_like(name, country)
            or self._site(name, container)
            or self._lost_apostrophe(name, container)
            or (self._only_one(name) if container is None else None)
            or (guess, "guess")
        )

    def _province(self, name: str, capital_of: str | None, container: str | None) -> Spot | None:
        """A province that the table lacks, or lacks by this spelling, in the country of the town
        after which it is named; without a point, which would be that of the town."""
        kinds = self.words.divisions
        own = " ".join(word for word in name.split() if word.lower() not in kinds)
        town = self._town(own.removeprefix("of "), capital_of, container) if own else None
        return Spot(name, "region", town[0].country) if town is not None else None

    def _lost_apostrophe(self, name: str, container: str | None) -> Chosen | None:
        """The town of "Hasakahs population", where a text lost its apostrophes."""
        if not name.endswith("s") or len(name) < _LONG:
            return None
        return self._town(name[:-1], None, container)

    def _only_one(self, name: str) -> Chosen | None:
        """A town abroad that is the only one of its name, rather than an unknown place at home:
        Srebrenica in a story of Syria."""
        towns = gazetteer().towns(name)
        if len(towns) != 1 or len(name) < _LONG or towns[0].alias or towns[0].people < _NO_HAMLET:
            return None
        return towns[0], "guess"

    def _pointed(self, name: str, region: Spot, container: str | None) -> Chosen | None:
        """A small island or a site that the table of regions has without a point, where a town or
        our own table has one."""
        if region.lat is not None or region.kind not in ("island", "site"):
            return None
        within = region.country or container or self._most()
        return self._town(name, None, within) if within is not None else None

    def _spelled_like(self, name: str, country: str | None) -> Chosen | None:
        """A town whose name is written otherwise in the tables; a guess if two come close."""
        if country not in self.words.transcribed:
            return None
        found = gazetteer().spelled_like(name, country)
        if not found:
            return None
        sure = len({spot.name for spot in found}) == 1 and not found[0].loose
        return found[0], "city" if sure else "guess"

    def _town(self, name: str, capital_of: str | None, container: str | None) -> Chosen | None:
        towns = self._ranked(name, _of_name(name), capital_of, container)
        if container is not None:
            inside = [t for t in towns if container in (t[1].country, f"US-{t[1].adm1}")]
            towns = inside or [t for t in towns if t[1].people > GREAT and not t[1].alias]
        else:
            towns = [t for t in towns if self._is_at_hand(t[1])]
        if not towns:
            return None
        best = towns[0]
        sure = len(towns) == 1 or best[0] - towns[1][0] >= _SURE
        return best[1], "city" if sure and not best[1].loose else "guess"

    def _fits_better(self, division: Spot, town: Spot) -> bool:
        """Victoria in a story of Australia is no other name of Hong Kong."""
        told = self.story.get(town.country or "", 0.0)
        abroad = town.country != division.country and division.kind == "region"
        if abroad and told < 1 and division.people > town.people:
            return True  # Yukon is no town in Oklahoma
        return self.story.get(division.country or "", 0.0) > told and (town.alias or not told)

    def _is_at_hand(self, town: Spot) -> bool:
        """A story means no small town of a country that it does not speak of, and nothing that is
        also a word or a person's name."""
        if not self.lies:
            return not town.context or bool(self.story.get(town.country or ""))
        return bool(self.story.get(town.country or "")) or town.people > (
            GREAT if town.alias else GREAT // 2
        )

    def _division(self, name: str, container: str | None) -> Spot | None:
        """The province or district of this name: in the container, else where the story is."""
        found = gazetteer().divisions(name)
        if container is not None:
            found = [spot for spot in found if spot.country == container]
        best = max(
            found,
            key=lambda s: (self.story.get(s.country or "", 0.0), s.kind == "region", s.people),
            default=None,
        )
        if best is None or (best.kind == "district" and not self.story.get(best.country or "")):
            return None
        return best

    def _site(self, name: str, container: str | None) -> Chosen | None:
        """A site or a part of a town ("Samarra Barrage", "eastern Aleppo"): where its town is."""
        words = name.split()
        low, high = 0, len(words)
        owner = next((i for i, word in enumerate(words) if word.endswith(("'s", "’s"))), None)
        if owner is not None and owner + 1 < high:  # "Kabul's Intercontinental hotel"
            words, high = [*words[:owner], words[owner][:-2], *words[owner + 1 :]], owner + 1
        while low < high and words[low].lower() in self.words.sides:
            low += 1
        ends = self.words.sites | self.words.sides
        while high > low and words[high - 1].lower().strip("()") in ends:
            high -= 1
        if high == low or high - low == len(words):
            return None
        own = " ".join(words[low:high])
        town = self._town(own, None, container)
        if town is not None and self.story and not self.story.get(town[0].country or ""):
            town = None  # "al-Sahil Mosque" is not in Egypt unless the story is
        if town is None and high < len(words):  # "Damascus Sheraton Hotel"
            for word in (words[low], words[high - 1]):  # "Royal Adelaide Hospital"
                lead = self._town(word, None, container)
                if lead is not None and lead[0].people > GREAT:
                    town = lead
                    break
        if town is None:
            spot = gazetteer().regions.get(fold(own)) or self._division(own, container)
            return None if spot is None else (Spot(name, "region", spot.country), "region")
        spot, precision = town
        if high == len(words):
            return spot, precision
        return replace(spot, name=name, kind="site", geonames=None), "guess"

    def _most(self) -> str | None:
        """The country of a name that no table knows: the one where the story is, if one."""
        weights = self.lies or self.story
        ranked = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))
        if not ranked or (len(ranked) > 1 and ranked[1][1] > _ONE_STORY * ranked[0][1]):
            return None
        return ranked[0][0]

    def _ranked(
        self, name: str, towns: list[Spot], capital_of: str | None, container: str | None
    ) -> list[tuple[float, Spot]]:
        """The towns of a name with their weights, best first."""
        weighed = []
        for town in towns:
            told = self.story.get(town.country or "", 0.0)
            weight = log10(town.people + 1) + _STORY * told * _weighty(town)
            if container in (town.country, f"US-{town.adm1}"):
                weight += _CONTAINED
            if container is None and f"{fold(name)} {town.country}" in self.words.renowned:
                weight += _RENOWNED * (town.people > _NO_HAMLET and not town.alias)
            if town.alias and not _alike(name, town.name):
                weight -= _ALIAS if town.people <= GREAT else _GREAT_ALIAS
            if capital_of == town.country:
                weight += _CAPITAL
            weighed.append((weight, town))
        weighed.sort(key=lambda pair: (-pair[0], pair[1].geonames or 0))
        return weighed


def _of_name(name: str) -> list[Spot]:
    """The towns of a name, without those that were once called so where one of some size bears it:
    Salisbury is in England, and no name of Harare."""
    towns = gazetteer().towns(name)
    if all(town.alias or town.people <= _OLD for town in towns):
        return towns
    return [town for town in towns if not town.alias or _alike(name, town.name)]


def _alike(name: str, own: str) -> bool:
    """Are two names spellings of one (Slovyansk and Sloviansk)?"""
    return SequenceMatcher(None, fold(name), fold(own)).ratio() > 0.7


def _weighty(town: Spot) -> float:
    """How far the story's country speaks for a town: Geneva in a story of Americans is no village
    in Illinois; what our own table has is there because of such stories."""
    if town.geonames is None:
        return _OWN
    return min(1.0, max(0.1, (log10(town.people + 1) - 4.5) / 0.7))


def beyond_doubt(name: str) -> str | None:
    """The country of a town that no other of its name comes near to, or of a lone province."""
    towns = sorted(_of_name(name), key=lambda town: -town.people)
    if towns:
        next_best = towns[1].people if len(towns) > 1 else 0
        alone = {town.country for town in towns} == {towns[0].country}
        lead = _DOUBT * max(next_best, GREAT // _DOUBT)
        sure = (alone and towns[0].people > GREAT // 4) or towns[0].people > lead
        return towns[0].country if sure else None
    divisions = {spot.country for spot in gazetteer().divisions(name)}
    return divisions.pop() if len(divisions) == 1 else None


def _acting(analysis: Analysis, cast: Cast) -> dict[str, float]:
    """The countries that the document speaks of, the foremost as 1."""
    counts: Counter[str] = Counter()
    for _, _, _, actor in cast.mention_tokens:
        code = cast.actor(actor).code
        if code is not None:
            counts[code] += 1
    most = max(counts.values(), default=1)
    return {code: count / most for code, count in sorted(counts.items())}
