"""Places that the text names, which place of that name each is, and where an event happened.

A name is taken where the analysis tags one (LOC, FAC) or the gazetteer knows a region. A state or
a capital is a place only where the words place something there ("in Moscow", "the border of
Ukraine"); where it acts or is acted on it is an actor. Between places of one name decide: what
contains it in the text ("Long Beach, California"), which countries the story is about, and size.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from math import log10
from tomllib import loads

from dragoman.actors.cast import Cast
from dragoman.actors.directory import Directory
from dragoman.actors.names import fold
from dragoman.coding.gazetteer import Spot, gazetteer
from dragoman.language.analysis import ROOT, Analysis
from dragoman.records import Place, Where, WherePrecision

_CONTAINED = 8.0  # said to lie in this country or state: outweighs any size
_SHARED = frozenset(("Georgia", "Washington"))  # the state is meant only where the text says so
_CAPITAL = 2.0  # a capital, against a town of its name: less than the story's country counts
_STORY = 3.0  # lies in the country that the story is most about
_SURE = 0.6  # a lead over the next candidate that is no guess
_MOST = 5000  # places in one document; what holds more is a list, and its rest is left
_UNKNOWN = "place"


@dataclass(frozen=True, slots=True)
class _Words:
    """What places.toml tells."""

    locative: frozenset[str]
    holders: frozenset[str]
    never: frozenset[str]

    @classmethod
    @lru_cache(maxsize=1)
    def load(cls) -> _Words:
        data = loads(files("dragoman.coding").joinpath("places.toml").read_text("utf-8"))
        return cls(*(frozenset(data[key]) for key in ("locative", "holders", "never")))


@dataclass(frozen=True, slots=True)
class PlaceExpression:
    """A place named in the text: tokens, the word that governs it, and which place it is."""

    first: int
    last: int
    head: int
    start: int
    end: int
    text: str
    spot: Spot
    precision: WherePrecision
    dateline: bool = False

    def to_place(self) -> Place:
        spot = self.spot
        return Place(
            start=self.start,
            end=self.end,
            text=self.text,
            name=spot.name,
            country=spot.country,
            kind=spot.kind,
            lat=spot.lat,
            lon=spot.lon,
            geonames=spot.geonames,
        )

    def to_where(self) -> Where:
        spot = self.spot
        return Where(
            text=self.text,
            name=spot.name,
            country=spot.country,
            adm1=spot.adm1,
            lat=spot.lat,
            lon=spot.lon,
            geonames=spot.geonames,
            precision=self.precision,
        )


def find_places(analysis: Analysis, cast: Cast, directory: Directory) -> list[PlaceExpression]:
    """The places of a document, in order."""
    finder = _Finder(analysis, cast, directory)
    return list(finder.found())


class _Finder:
    def __init__(self, analysis: Analysis, cast: Cast, directory: Directory) -> None:
        self.analysis, self.cast, self.directory = analysis, cast, directory
        self.words = _Words.load()
        self.story = _story(analysis, cast)
        self.chosen: dict[tuple[str, str | None], tuple[Spot, WherePrecision]] = {}

    def found(self) -> Iterator[PlaceExpression]:
        spans = list(self._spans())[:_MOST]
        states = {head: self._state(first, last) for first, last, head in spans}
        for first, last, head in spans:
            name = self._name(first, last)
            state, seat = states[head], self._seat(head)
            if (state is not None or seat is not None) and not self._locative(head):
                continue
            spot, precision = self._resolve(name, state, self._container(head, states))
            if seat is not None:
                spot, precision = seat, "region"
            start, end = self.analysis.span(first, last)
            yield PlaceExpression(
                first=first,
                last=last,
                head=head,
                start=start,
                end=end,
                text=self.analysis.text[start:end],
                spot=spot,
                precision=precision,
                dateline=self._dateline(first, last),
            )

    def _spans(self) -> Iterator[tuple[int, int, int]]:
        """(first, last, head) of every name that may be a place, in order, none over another."""
        taken = [False] * len(self.analysis)
        spans = []
        for name in self.analysis.names:
            taken[name.first : name.last] = [True] * (name.last - name.first)
            if name.label in ("LOC", "FAC"):
                first, last = self._trimmed(name.first, name.last)
                if last > first and self._may_be_place(first, last):
                    spans.append((first, last))
        spans += self._regions(taken)
        for first, last in sorted(spans):
            head = self.analysis.head_of(first, last)
            actor = self.cast.at(head)
            if actor is None or self.cast.actor(actor).kind in (
                "state",
                "bloc",
                "government",
                "people",
            ):
                yield first, last, head

    def _may_be_place(self, first: int, last: int) -> bool:
        """Not "Poles" or "Covid", which are tagged as places now and then."""
        word = self.analysis.words[last - 1]
        if not word[0].isupper() or fold(word) in self.words.never:
            return False
        entry = self.directory.demonym(word) if last - first == 1 else None
        return entry is None or not entry.people or bool(gazetteer().towns(word))

    def _seat(self, head: int) -> Spot | None:
        """A house of power, named as a place: in its state, without a point."""
        actor = self.cast.at(head)
        if actor is None or self.cast.actor(actor).kind != "government":
            return None
        found = self.cast.actor(actor)
        return Spot(found.name, "seat", found.code)

    def _trimmed(self, first: int, last: int) -> tuple[int, int]:
        words = self.analysis.words
        if words[first].lower() == "the":
            first += 1
        if last > first and words[last - 1] in ("'s", "’s", "'", "’"):
            last -= 1
        return first, last

    def _regions(self, taken: list[bool]) -> Iterator[tuple[int, int]]:
        """Regions that the gazetteer knows where the analysis tags no name."""
        words, starts = self.analysis.words, gazetteer().starts
        at = 0
        while at < len(words):
            longest = starts.get(fold(words[at]), 0) if words[at][0].isupper() else 0
            length = 0 if taken[at] else self._region_at(at, longest)
            if length:
                yield at, at + length
            at += length or 1

    def _region_at(self, at: int, longest: int) -> int:
        analysis = self.analysis
        for length in range(longest, 0, -1):
            if at + length <= len(analysis):
                start, end = analysis.span(at, at + length)
                if end - start < 60 and fold(analysis.text[start:end]) in gazetteer().regions:
                    return length
        return 0

    def _name(self, first: int, last: int) -> str:
        start, end = self.analysis.span(first, last)
        return " ".join(self.analysis.text[start : min(end, start + 80)].split())

    def _state(self, first: int, last: int) -> str | None:
        """The id of the state or capital that the name is for an actor, if it is one."""
        for entity in self.directory.lookup(self._name(first, last)):
            if entity.kind == "state":
                return entity.id
        return None

    def _locative(self, head: int) -> bool:
        """Do the words place something there?"""
        analysis = self.analysis
        relation = analysis.deprels[head]
        if relation in ("appos", "conj", "flat", "compound", "dep", "list", "parataxis"):
            above = analysis.heads[head]
            if relation == "conj" and above != ROOT:
                return self._locative(above)
            return relation in ("appos", "list", "dep")
        cases = [
            analysis.lemmas[c].lower()
            for c in analysis.children[head]
            if analysis.deprels[c] == "case"
        ]
        if not cases:
            return relation in ("root", "obl:npmod", "advmod") and self._dateline(head, head + 1)
        if any(c in self.words.locative for c in cases):
            return True
        above = analysis.heads[head]
        return (
            "of" in cases and above != ROOT and analysis.lemmas[above].lower() in self.words.holders
        )

    def _container(self, head: int, states: dict[int, str | None]) -> str | None:
        """The country or American state that the words next to a place put it in."""
        analysis = self.analysis
        near = [
            c
            for c in analysis.children[head]
            if analysis.deprels[c] in ("appos", "nmod", "flat", "list")
        ]
        above = analysis.heads[head]
        if above != ROOT and analysis.deprels[head] in ("nmod", "appos"):
            near += [c for c in analysis.children[above] if c > head and c - head < 8]
        last = head + 1
        if last + 1 < len(analysis) and analysis.words[last] == ",":
            near.append(last + 1)
        near += [above] if above in states else []
        for token in near:
            if token == head:
                continue
            if states.get(token):
                return states[token]
            start = token
            while (
                start > 0
                and analysis.heads[start - 1] == token
                and analysis.deprels[start - 1] == "compound"
            ):
                start -= 1
            name = self._name(start, token + 1)
            state = gazetteer().us_states.get(fold(name))
            if state is not None and analysis.words[token][0].isupper():
                return f"US-{state.adm1}"
        for child in analysis.children[head]:
            modifier = self.cast.modifier(child)
            if modifier is not None:
                return modifier
        return None

    def _resolve(
        self, name: str, state: str | None, container: str | None
    ) -> tuple[Spot, WherePrecision]:
        key = (name if state is None else f"{state} {name}", container)
        if key not in self.chosen:
            self.chosen[key] = self._decide(name, state, container)
        return self.chosen[key]

    def _decide(
        self, name: str, state: str | None, container: str | None
    ) -> tuple[Spot, WherePrecision]:
        known = gazetteer()
        region = known.regions.get(fold(name))
        if region is not None:
            return region, "region"
        entity = self.directory.entity(state) if state is not None else None
        if entity is not None and fold(name) in map(fold, (entity.name, *entity.names)):
            country = entity.code
            return (
                Spot(entity.name, "country", country, geonames=known.countries.get(country or "")),
                "country",
            )
        american = known.us_states.get(fold(name))
        if american is not None and (american.name not in _SHARED or container == "USA"):
            return american, "region"
        towns = self._ranked(known.towns(name), entity.code if entity else None, container)
        if not towns:
            country = "USA" if container and container.startswith("US-") else container
            return Spot(name, _UNKNOWN, country), "guess"
        best = towns[0]
        sure = len(towns) == 1 or best[0] - towns[1][0] >= _SURE
        return best[1], "city" if sure else "guess"

    def _ranked(
        self, towns: list[Spot], capital_of: str | None, container: str | None
    ) -> list[tuple[float, Spot]]:
        """The towns of a name with their weights, best first."""
        weighed = []
        for town in towns:
            told = self.story.get(town.country or "", 0.0)
            weight = log10(town.people + 1) + _STORY * told * _weighty(town.people)
            if container in (town.country, f"US-{town.adm1}"):
                weight += _CONTAINED
            if capital_of == town.country:
                weight += _CAPITAL
            weighed.append((weight, town))
        weighed.sort(key=lambda pair: (-pair[0], pair[1].geonames or 0))
        return weighed

    def _dateline(self, first: int, last: int) -> bool:
        """Does the name open a report ("KYIV, Feb 7 (Reuters) -")?"""
        analysis = self.analysis
        if first > 12 or analysis.tokens.paragraphs[analysis.sentence_of[first]] > 1:
            return False
        before = analysis.words[:first]
        if any(w.isalpha() and not w[0].isupper() for w in before):
            return False
        after = analysis.words[last : last + 12]
        return any(w in ("-", "–", "—", "--", ":") for w in after) and after[0] in "-–—--,:(/"


def _weighty(people: int) -> float:
    """How far the story's country speaks for a town: Geneva in a story of Americans is no village
    in Illinois."""
    return min(1.0, max(0.1, (log10(people + 1) - 4.5) / 0.7))


def _story(analysis: Analysis, cast: Cast) -> dict[str, float]:
    """The countries that the document speaks of, the foremost as 1."""
    counts: Counter[str] = Counter()
    for _, _, _, actor in cast.mention_tokens:
        code = cast.actor(actor).code
        if code is not None:
            counts[code] += 1
    most = max(counts.values(), default=1)
    return {code: count / most for code, count in sorted(counts.items())}


_ADVERBIAL = frozenset(
    ("obl", "nmod", "obl:npmod", "obl:unmarked", "nmod:unmarked", "advmod", "obl:tmod")
)
_INSIDE = frozenset(("appos", "nmod", "conj", "flat", "list", "nmod:poss", "compound"))


def where_of(analysis: Analysis, trigger: int, places: Sequence[PlaceExpression]) -> Where | None:
    """Where an event happened: a place that the trigger's clause names; None where it names none.

    Of several, the one nearest to the trigger in the tree counts, a town before its country. The
    dateline's place is where a report was written, not where what it tells happened.
    """
    best: tuple[tuple[int, int, int], PlaceExpression] | None = None
    sentence = analysis.sentence_of[trigger] if trigger < len(analysis) else -1
    words = _Words.load()
    for place in places:
        if analysis.sentence_of[place.head] != sentence or place.dateline:
            continue
        distance = _distance(analysis, trigger, place.head, words)
        if distance is not None:
            size = ("point", "city", "guess", "region", "country").index(place.precision)
            rank = (distance, size, place.first)
            if best is None or rank < best[0]:
                best = rank, place
    if best is not None:
        return best[1].to_where()
    return None


def _distance(analysis: Analysis, trigger: int, place: int, words: _Words) -> int | None:
    """How far a place hangs from the trigger; None where it is no circumstance of it.

    The way up from the place passes only inside one noun phrase, then by one circumstance to the
    trigger, or to the verb that the trigger belongs to.
    """
    at, steps = place, 0
    while analysis.deprels[at] in ("appos", "conj", "flat", "list") and analysis.heads[at] != ROOT:
        at, steps = analysis.heads[at], steps + 1
    anchors = _anchors(analysis, trigger)
    for _ in range(3):
        above = analysis.heads[at]
        if above == ROOT or analysis.deprels[at] not in _ADVERBIAL | _INSIDE:
            return None
        if above in anchors and _is_where(analysis, at, words):
            return anchors[above] * 2 + steps
        at, steps = above, steps + 1
    return None


def _anchors(analysis: Analysis, trigger: int) -> dict[int, int]:
    """The trigger, and the verbs above it of which it is a part, with their distance."""
    anchors = {trigger: 0}
    at = trigger
    for step in range(1, 4):
        relation = analysis.deprels[at]
        above = analysis.heads[at]
        if above == ROOT or relation not in (
            "obj",
            "xcomp",
            "nsubj:pass",
            "conj",
            "obl",
            "nsubj",
            "compound",
        ):
            break
        anchors[above] = step
        at = above
    return anchors


def _is_where(analysis: Analysis, token: int, words: _Words) -> bool:
    cases = [
        analysis.lemmas[c].lower()
        for c in analysis.children[token]
        if analysis.deprels[c] == "case"
    ]
    return any(c in words.locative for c in cases) or not cases
