"""Places that the text names, which place of that name each is, and where an event happened.

A name is taken where the analysis tags one (LOC, FAC), where the gazetteer knows a town and the
words place something in it, or where it knows a region. A state or a capital is a place only where
the words place something there ("in Moscow", "the border of Ukraine"); where it acts or is acted on
it is an actor. Which place of the name is meant is told by choice.py.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from dragoman.actors.cast import Cast
from dragoman.actors.directory import Directory
from dragoman.actors.names import fold
from dragoman.coding.places.choice import GREAT, UNKNOWN, Chooser, Division, beyond_doubt
from dragoman.coding.places.gazetteer import Spot, distance_km, gazetteer
from dragoman.coding.places.names import Words
from dragoman.coding.places.spans import Spans
from dragoman.language.analysis import ROOT, Analysis
from dragoman.records import Place, Where, WherePrecision

_BETWEEN = 8  # words between a place and the town that it lies in
_INSIDE = frozenset(("-", "au", "al", "el", "de", "ez"))  # words inside a name
_BY = frozenset(("near", "outside", "from", "to", "toward", "towards", "against", "with", "beside"))
_SHORT = 3  # letters
_BESIDE = 4  # words between a capital and what is there
_VILLAGES = frozenset(("village", "villages", "hamlet", "hamlets", "town", "towns", "axis", "area"))
_NEIGHBOURS = 4  # places before and after
_WIDE = frozenset(("RUS", "USA", "CAN", "CHN", "AUS", "BRA", "IND"))  # where neighbours lie far
_SMALL = 20_000  # people
_FAR_KM = 120.0  # further than a quarter, a camp or a village lies from the town it is told by
_MOST = 5000  # places in one document; what holds more is a list, and its rest is left


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

    @property
    def name(self) -> str:
        """The gazetteer's name; of one with letters that English lacks (Ródos) the text's own."""
        plain = self.spot.name.isascii() or self.spot.geonames is None
        told = self.text.istitle() and "," not in self.text
        return self.spot.name if plain or not told else self.text

    def to_place(self) -> Place:
        spot = self.spot
        return Place(
            start=self.start,
            end=self.end,
            text=self.text,
            name=self.name,
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
            name=self.name,
            country=spot.country,
            adm1=spot.adm1,
            lat=spot.lat,
            lon=spot.lon,
            geonames=spot.geonames,
            precision=self.precision,
        )


def _point(spot: Spot) -> tuple[float, float] | None:
    return None if spot.lat is None or spot.lon is None else (spot.lat, spot.lon)


def find_places(analysis: Analysis, cast: Cast, directory: Directory) -> list[PlaceExpression]:
    """The places of a document, in order."""
    finder = _Finder(analysis, cast, directory)
    return list(finder.found())


class _Finder:
    def __init__(self, analysis: Analysis, cast: Cast, directory: Directory) -> None:
        self.analysis, self.cast, self.directory = analysis, cast, directory
        self.words = Words.load()
        self.chooser = Chooser(directory)
        self.spans = Spans(analysis, cast, directory)

    def found(self) -> Iterator[PlaceExpression]:
        """The places in order; what no table knows lies, for a guess, where its neighbour does."""
        places = list(self._found())
        known = [place for place in places if place.spot.country is not None]
        heads = [place.head for place in known]
        for place in places:
            if place.spot.kind == UNKNOWN and place.spot.country is None and known:
                at = bisect_left(heads, place.head)
                nearest = min(known[max(0, at - 1) : at + 1], key=partial(self._apart, place))
                place = replace(place, spot=replace(place.spot, country=nearest.spot.country))
            if place.spot.lat is None and place.spot.kind == UNKNOWN:
                place = self._pinned(place, places)
            elif place.spot.lat is not None and place.spot.people <= _SMALL:
                place = self._placed(place, places)
            yield place

    def _placed(self, place: PlaceExpression, places: Sequence[PlaceExpression]) -> PlaceExpression:
        """A quarter or a village in the town that the text puts it in, though the tables know only
        another of its name far off: "Zahraa neighbourhood of Homs" is none in Aleppo."""
        at = bisect_left(places, place.first, key=lambda other: other.first)
        for other in places[max(0, at - 1) : at + 2]:
            if other.first == place.first or not self._lies_by(place, other):
                continue
            if other.spot.country != place.spot.country:
                continue
            here = _point(other.spot)
            if here is None and place.spot.country not in _WIDE:
                here = self._seat_of(other.spot)
            if here is None or distance_km(_point(place.spot) or here, here) < _FAR_KM:
                continue
            towns = [t for t in gazetteer().towns(place.text) if t.country == other.spot.country]
            near = [t for t in towns if distance_km(_point(t) or here, here) < _FAR_KM]
            spot = near[0] if near else Spot(place.text, UNKNOWN, other.spot.country)
            lat, lon = _point(spot) or here
            return replace(place, spot=replace(spot, lat=lat, lon=lon), precision="guess")
        return place

    def _seat_of(self, region: Spot) -> tuple[float, float] | None:
        """The town after which a province is named, to tell what lies far from it."""
        own = " ".join(w for w in region.name.split() if w.lower() not in self.words.divisions)
        towns = [t for t in gazetteer().towns(own) if t.country == region.country]
        return _point(max(towns, key=lambda t: t.people)) if towns else None

    def _pinned(self, place: PlaceExpression, places: Sequence[PlaceExpression]) -> PlaceExpression:
        """A place that no table knows at the point of the town that the text puts it in or near
        ("al-Shaer in Homs", "the Damascus suburb of Sumaria"): a guess, and told as one."""
        at = bisect_left(places, place.first, key=lambda other: other.first)
        for other in places[max(0, at - 1) : at + 2]:
            if other.spot.lat is not None and self._lies_by(place, other):
                spot = replace(
                    place.spot, country=other.spot.country, lat=other.spot.lat, lon=other.spot.lon
                )
                return replace(place, spot=spot, precision="guess")
        return self._by_neighbour(place, places)

    def _by_neighbour(
        self, place: PlaceExpression, places: Sequence[PlaceExpression]
    ) -> PlaceExpression:
        """A village or quarter that no table knows at the point of the place of its country that
        is named next to it, in a list or where its kind is told: a guess."""
        of, spot = self.analysis.sentence_of, place.spot
        at = bisect_left(places, place.first, key=lambda other: other.first)
        kind = self._tells_kind(place)
        near = [
            other
            for other in places[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS]
            if other.spot.lat is not None
            and other.spot.country == spot.country
            and abs(of[other.head] - of[place.head]) <= (spot.country not in _WIDE)
            and (kind or self._are_listed(place, other))
        ]
        if not near or spot.country is None:
            return place
        other = min(near, key=partial(self._apart, place))
        spot = replace(spot, lat=other.spot.lat, lon=other.spot.lon)
        return replace(place, spot=spot, precision="guess")

    def _tells_kind(self, place: PlaceExpression) -> bool:
        """Is it called a village, a quarter or a site: "al-Khadami neighbourhood"?"""
        words = [w.lower() for w in self.analysis.words]
        small = self.words.quarters | self.words.sites | _VILLAGES
        beside = {words[place.last - 1], *words[place.last : place.last + 1]}
        before = words[max(0, place.first - 2) : place.first]
        return bool(small & beside) or bool(small & set(before))

    def _are_listed(self, place: PlaceExpression, other: PlaceExpression) -> bool:
        one, two = sorted((place, other), key=lambda p: p.first)
        gap = [w.lower() for w in self.analysis.words[one.last : two.first]]
        return len(gap) <= _BETWEEN and self._beside(gap)

    def _lies_by(self, place: PlaceExpression, other: PlaceExpression) -> bool:
        """Whether the words between two places put the first in or near the other."""
        words = [w.lower() for w in self.analysis.words]
        if other.first > place.last:
            gap = words[place.last : other.first]
            near = bool(self.words.within & set(gap)) or gap[-1:] in (["of"], ["from"], ["to"])
            return len(gap) <= _BETWEEN and near and self._beside(gap)
        gap = words[other.last : place.first]
        return len(gap) in (2, 3) and gap[-1] == "of" and self._beside(gap)

    def _beside(self, gap: Sequence[str]) -> bool:
        """Are these words of place and distance alone: "a village 20 kilometres north of"?"""
        return all(word in self.words.beside or word.isdigit() for word in gap)

    def _apart(self, place: PlaceExpression, other: PlaceExpression) -> tuple[int, int]:
        of = self.analysis.sentence_of
        return abs(of[place.head] - of[other.head]), abs(place.head - other.head)

    def _found(self) -> Iterator[PlaceExpression]:
        spans = list(self.spans)[:_MOST]
        states = {head: self._state(first, last) for first, last, head in spans}
        told = self.spans.told
        containers = {head: told.get(head) or self._container(head, states) for _, _, head in spans}
        self._learn_story(spans, states, containers)
        longer = self._longer_names([self.spans.name(first, last) for first, last, _ in spans])
        for first, last, head in spans:
            name = self.spans.name(first, last)
            state, seat = states[head], self._seat(head)
            acts = (state is not None or seat is not None) and not self._locative(head)
            placed = acts and seat is None and self._is_placed(name, head, states, containers)
            if acts and not placed:
                continue
            if not acts and state is None and self._speaks(head):
                continue
            name = longer.get(name, name)
            division = self._division(first, last)
            spot, precision = self.chooser.choose(name, state, containers[head], division=division)
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

    def _learn_story(
        self,
        spans: Sequence[tuple[int, int, int]],
        states: dict[int, str | None],
        containers: dict[int, str | None],
    ) -> None:
        """Tell the chooser in which countries those places lie that are beyond doubt."""
        sure: Counter[str] = Counter()
        for first, last, head in spans:
            state, container = states[head], containers[head]
            if state is not None and not self._locative(head):
                continue
            name = self.spans.name(first, last)
            entity = self.directory.entity(state) if state is not None else None
            if entity is not None and fold(name) in map(fold, (entity.name, *entity.names)):
                code = entity.code
            elif container is not None:
                code = container[:3] if not container.startswith("US-") else "USA"
            else:
                code = beyond_doubt(name)
            if code is not None:
                sure[code] += 1
        self.chooser.learn(sure, self.analysis, self.cast)

    def _longer_names(self, names: Sequence[str]) -> dict[str, str]:
        """What is named in full once and then in short: "San Miguel de Allende", "San Miguel"."""
        found: dict[str, str] = {}
        once = dict.fromkeys(names)
        for name in once:
            words = name.split()
            for size in range(1, len(words)):
                short = " ".join(words[:size])
                if short in once and words[size].lower() not in self.words.generic:
                    known = gazetteer().towns(name)
                    if known and not any(town.people > GREAT for town in gazetteer().towns(short)):
                        found[short] = name
        return found

    def _speaks(self, head: int) -> bool:
        """Whoever says something is no town: "La Grange said"."""
        analysis = self.analysis
        if not analysis.deprels[head].startswith("nsubj") or analysis.deprels[head] == "nsubj:pass":
            return False
        above = analysis.heads[head]
        return above != ROOT and analysis.lemmas[above].lower() in self.words.speak

    def _is_scene(self, name: str, head: int, state: str | None) -> bool:
        """A capital that says where something is ("the Baghdad bombing"), not who acts."""
        analysis = self.analysis
        if state is None or analysis.deprels[head] not in ("compound", "nmod:poss"):
            return False
        entity = self.directory.entity(state)
        if fold(name) in map(fold, (entity.name, *entity.names)):
            return False
        after = [w.lower() for w in analysis.words[head + 1 : head + 3]]
        over = analysis.words[analysis.heads[head]].lower()
        if analysis.deprels[head] == "nmod:poss" and over in self.words.sites:
            return True  # "Kiev's Independence Square"
        near = 0 < analysis.heads[head] - head < _BESIDE  # "the Madrid peace conference"
        if analysis.deprels[head] == "compound" and near and over in self.words.scenes:
            return True
        return after[:1] == ["based"] or after == ["-", "based"] or after[0] in self.words.scenes

    def _is_listed(self, head: int, states: dict[int, str | None]) -> bool:
        """A capital in a list with a town that is none: "flights to Sydney, London and Tokyo"."""
        analysis, root = self.analysis, head
        while analysis.deprels[root] == "conj":
            root = analysis.heads[root]
        if analysis.deprels[root].startswith("nsubj"):
            return False
        others = [c for c in analysis.children[root] if analysis.deprels[c] == "conj"]
        return any(states.get(other, "") is None for other in (root, *others) if other != head)

    def _is_dated(self, head: int) -> bool:
        """A capital with the day of what was there: "International Forum, Moscow, June 30"."""
        words = self.analysis.words
        before, after = words[max(0, head - 1) : head], words[head + 1 : head + 3]
        if len(after) < 2:
            return False
        if words[head].isupper() and len(words[head]) > _SHORT and after[:1] in (["("], ["|"]):
            return True  # "TRIPOLI (Reuters)"
        day = "".join(letter for letter in after[-1] if letter.isalpha()).lower()
        return before in ([","], []) and after[:1] == [","] and day in self.words.months

    def _is_toured(self, name: str, head: int, state: str | None) -> bool:
        """A capital that is toured, reached or shelled: "touring Washington and Paris"."""
        analysis = self.analysis
        while analysis.deprels[head] == "conj":
            head = analysis.heads[head]
        if state is None or analysis.deprels[head] != "obj":
            return False
        entity = self.directory.entity(state)
        is_state = fold(name) in map(fold, (entity.name, *entity.names))
        return not is_state and analysis.lemmas[analysis.heads[head]].lower() in self.words.toured

    def _is_placed(
        self,
        name: str,
        head: int,
        states: dict[int, str | None],
        containers: dict[int, str | None],
    ) -> bool:
        """A capital as the scene of something, or placed in its own country as no government is:
        "Santiago, Chile"."""
        state = states[head]
        if (
            self._is_listed(head, states)
            or self._is_dated(head)
            or self._is_scene(name, head, state)
            or self._is_toured(name, head, state)
        ):
            return True
        return state is not None and containers[head] == self.directory.entity(state).code

    def _division(self, first: int, last: int) -> Division:
        """Is the name that of a province or a district by the words in and around it?"""
        words = self.analysis.words
        inside = [w.lower() for w in words[first:last]]
        after = words[last].lower() if last < len(words) else ""
        before = [w.lower() for w in words[max(0, first - 3) : first]]
        led = before[-2] if len(before) > 1 and before[-1] == "of" else ""
        if {after, led, inside[-1]} & self.words.provinces:
            return "province"
        return "district" if {after, led, *inside} & self.words.divisions else ""

    def _seat(self, head: int) -> Spot | None:
        """A house of power, named as a place: in its state, without a point."""
        actor = self.cast.at(head)
        if actor is None or self.cast.actor(actor).kind != "government":
            return None
        found = self.cast.actor(actor)
        return Spot(found.name, "seat", found.code)

    def _state(self, first: int, last: int) -> str | None:
        """The id of the state or capital that the name is for an actor, if it is one."""
        for entity in self.directory.lookup(self.spans.name(first, last)):
            if entity.kind == "state":
                return entity.id
        return None

    def _locative(self, head: int) -> bool:
        """Do the words place something there?"""
        analysis = self.analysis
        relation = analysis.deprels[head]
        if self._follows(head):
            return True
        if relation in ("appos", "conj", "flat", "compound", "dep", "list", "parataxis"):
            above = analysis.heads[head]
            if relation == "conj" and above != ROOT:
                return self._locative(above)
            named = above == ROOT or analysis.upos[above] == "PROPN"
            return named and relation in ("appos", "list", "dep")  # not "two powers, the US and"
        cases = [
            analysis.lemmas[c].lower()
            for c in analysis.children[head]
            if analysis.deprels[c] == "case"
        ]
        if not cases:
            return relation in ("root", "obl:npmod", "advmod") and self._dateline(head, head + 1)
        above = analysis.heads[head]
        if cases == ["on"] and above != ROOT:  # "blamed on Israel", "sanctions on Russia"
            return analysis.lemmas[above].lower() in self.words.struck
        if any(c in self.words.locative for c in cases):
            return True
        return (
            "of" in cases and above != ROOT and analysis.lemmas[above].lower() in self.words.holders
        )

    def _follows(self, head: int) -> bool:
        """Does the name of this head come right after "in" or "near", whatever the parse says?"""
        at, words = head, self.analysis.words
        while at > 0 and (words[at - 1][0].isupper() or words[at - 1] in _INSIDE):
            at -= 1
        if at == 0:
            return False
        over = words[at - 2].lower() if at > 1 else ""
        before = words[at - 1].lower()
        return (
            before in self.words.within
            or before == "capital"  # "the Kazakh capital Astana"
            or (before == "of" and over in self.words.holders)
            or (before == "to" and over in self.words.motion)
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
        if analysis.words[last : last + 1] == [","] and last + 1 < len(analysis):
            near += [last + 1] if analysis.xpos[last + 2 : last + 3] != ["POS"] else []
        near += [above] if above in states and analysis.deprels[head] != "conj" else []
        for token in near:
            if token == head or self.spans.cased(token) & _BY:
                continue  # "Mivtahim near Gaza" does not lie in it
            told = states.get(token)
            if told is not None:
                return self.directory.entity(told).code or told  # "Khan Younis, Gaza"
            start = token
            while (
                start > 0
                and analysis.heads[start - 1] == token
                and analysis.deprels[start - 1] == "compound"
            ):
                start -= 1
            name = self.spans.name(start, token + 1)
            state = gazetteer().us_states.get(fold(name))
            if state is not None and analysis.words[token][0].isupper():
                return f"US-{state.adm1}"
        for child in analysis.children[head]:
            modifier = self.cast.modifier(child)
            if modifier is not None:
                return modifier
        return None

    def _dateline(self, first: int, last: int) -> bool:
        """Does the name open a report ("KYIV, Feb 7 (Reuters) -")?"""
        analysis = self.analysis
        sentence = analysis.sentence_of[first]
        begin = analysis.tokens.bounds[sentence]
        shouted = analysis.words[last - 1].isupper()  # below an address or a headline
        if first - begin > 12 or (analysis.tokens.paragraphs[sentence] > 1 and not shouted):
            return False
        before = analysis.words[begin:first]
        if any(w.isalpha() and not w[0].isupper() for w in before):
            return False
        after = analysis.words[last : last + 12]
        return any(w in ("-", "–", "—", "--", ":") for w in after) and after[0] in "-–—--,:(/"
