"""Which words of a text may name a place.

A name is taken where the analysis tags one (LOC, FAC), where the gazetteer knows a town and the
words place something in it, whatever the tags say, or where it knows a region. Two names in one tag
("Aleppo Syria", "Talbisa al-Rastan") are taken apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from dragoman.actors.cast import Cast
from dragoman.actors.directory import Directory
from dragoman.actors.names import fold
from dragoman.coding.places.gazetteer import gazetteer
from dragoman.coding.places.names import Words
from dragoman.language.analysis import ROOT, Analysis

_SHIPS = frozenset(("USS", "HMS", "RFA", "INS", "MV", "BRP", "USNS", "HMAS"))
_ARTICLES = frozenset(("al", "el", "ar", "as", "ash", "at", "az", "ad", "an", "ez"))
_NO_HAMLET = 5_000  # people
_LONGEST = 5  # words of a town's name
_SHORT = 3  # letters
_FEW, _MOST = 0.1, 0.5  # of a name's mentions
_GENITIVE = frozenset(
    ("qasr", "tal", "tel", "tell", "bab", "jabal", "jebel", "ain", "ein", "deir", "kafr", "kfar",
     "khan", "wadi", "umm", "um", "abu", "ras", "beit", "bayt", "burj", "jisr", "maarat", "maaret",
     "dar", "jub", "jubb", "bir", "marj", "souq", "dahiyat", "khirbet", "sheikh", "bani", "beni",
     "nahr", "camp", "mount", "new", "east", "west", "north", "south", "port", "san", "santa", "al")
)  # fmt: skip
_KINDS = frozenset(("capital", "city", "town", "village", "port", "kibbutz", "moshav"))
_ZONES = frozenset(("GMT", "BST", "IST", "EST", "EDT", "CET", "UTC", "PST", "PDT"))
_PREPOSITIONS = frozenset(("for", "against", "with", "after", "during", "since", "as"))
_SETTLED = frozenset(
    ("village", "town", "city", "suburb", "neighbourhood", "neighborhood", "villages", "hamlet")
)
_OPENED = frozenset((":", ",", "-", "–", "—", "--", "("))


class Spans:
    """The spans of one document that may name a place, as (first, last, head) in order, none over
    another. `told` holds, by head, the state that was written in one name with the place."""

    def __init__(self, analysis: Analysis, cast: Cast, directory: Directory) -> None:
        self.analysis, self.cast, self.directory = analysis, cast, directory
        self.words = Words.load()
        self.told: dict[int, str] = {}
        self._told: set[str] = set()
        self._places = {
            analysis.head_of(name.first, name.last)
            for name in analysis.names
            if name.label in ("LOC", "FAC")
        }
        self._states: dict[str, str | None] = {}
        self._names: dict[tuple[int, int], str] = {}
        self._trims: dict[tuple[int, int], tuple[int, int]] = {}

    def __iter__(self) -> Iterator[tuple[int, int, int]]:
        """(first, last, head) of every name that may be a place, in order, none over another."""
        taken = [False] * len(self.analysis)
        spans: list[tuple[int, int]] = []
        tagged: set[int] = set()
        self._count_votes()
        for name in self.analysis.names:
            place = name.label in ("LOC", "FAC") or self._is_told(name.first, name.last)
            if name.label == "PER":
                spans += self._of_place(name.first, name.last)
            for first, last in self._pieces(name.first, name.last):
                if (place or self._stands_as_place(first, last)) and self._may_be_place(
                    first, last
                ):
                    spans.append((first, last))
                    taken[first:last] = [True] * (last - first)
            if place or not self._has_place(name.first, name.last):
                taken[name.first : name.last] = [True] * (name.last - name.first)
            if place:
                tagged.add(self.analysis.head_of(name.first, name.last))
        named = {self.name(*span) for span in spans}
        spans += self._regions(taken)
        spans += self._untagged(taken, named)
        for first, last in sorted(spans):
            head = self.analysis.head_of(first, last)
            if self._is_free(first, last, tagged=head in tagged):
                yield first, last, head

    def _of_place(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """The place in "Akhtar Hussain of Assam", tagged as one person."""
        words = self.analysis.words[first:last]
        if "of" in words[1:-1]:
            at = first + words.index("of", 1) + 1
            if self._is_known(self.name(at, last)):
                yield at, last

    def _count_votes(self) -> None:
        """Learn which towns the text places something in often enough, so that other tags of their
        names are mistaken: of five times "Amethi" two are a place and three a person."""
        votes: Counter[str] = Counter()
        times: Counter[str] = Counter()
        for tag in self.analysis.names:
            first, last = self._trimmed(tag.first, tag.last)
            if last > first:
                name = self.name(first, last)
                times[name] += 1
                votes[name] += tag.label in ("LOC", "FAC") or self._stands_as_place(first, last)
        self._told = {
            name
            for name, count in votes.items()
            if count and self._is_known(name) and self._is_voted(name, count / times[name])
        }

    def _is_voted(self, name: str, share: float) -> bool:
        """A single vote tells a town; more are needed where a person or a body has the name."""
        known = self.directory.by_family_name(name) or self.directory.lookup(name)
        return len(name) > _SHORT and share >= (_MOST if known else _FEW)

    def _is_told(self, first: int, last: int) -> bool:
        """A name that is a place elsewhere in the text, is a region, or opens a report."""
        first, last = self._trimmed(first, last)
        if last <= first:
            return False
        name = self.name(first, last)
        return name in self._told or fold(name) in gazetteer().regions or self._opens(first, last)

    def _opens(self, first: int, last: int) -> bool:
        """A town in capitals at the head of a sentence: "KLANG: The allegation …"."""
        analysis = self.analysis
        if first != analysis.tokens.bounds[analysis.sentence_of[first]]:
            return False
        word, after = analysis.words[last - 1], analysis.words[last : last + 1]
        return (
            word.isupper()
            and len(word) > _SHORT
            and after != []
            and after[0] in _OPENED
            and bool(gazetteer().towns(self.name(first, last)))
        )

    def _has_place(self, first: int, last: int) -> bool:
        """Is the last word of what is tagged as something else a place by the word before it?
        "Al-Harir air base near Erbil" is tagged as one."""
        words = [w.lower() for w in self.analysis.words[first:last]]
        return bool(self.words.within & set(words[1:-1]))

    def _pieces(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """The places in one tag: "Tupelo, Mississippi" is two."""
        words = self.analysis.words
        while first < last:
            comma = next((at for at in range(first + 1, last) if words[at] == ","), last)
            yield from self._parts(*self._trimmed(first, comma))
            first = comma + 1

    def _parts(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """The places in one name: "Aleppo Syria" and "Syrias Aleppo" (where apostrophes are lost)
        are Aleppo, "Talbisa al-Rastan" is two towns; "Israel-Hamas" and "USS Cole" are none."""
        words = self.analysis.words
        if last <= first or words[first] in _SHIPS:
            return
        if words[first] == "RAF":
            self.told[self.analysis.head_of(first, last)] = "GBR"
        if last - first == 1:
            if self._state(words[first]) or not self._state(_unpossessed(words[first])):
                yield first, last
            return
        if self._is_known(self.name(first, last)) or self._state(self.name(first, last)):
            yield first, last
            return
        if words[first].lower() in self.words.sides and self._state(self.name(first + 1, last)):
            yield first + 1, last  # "eastern Sudan"
            return
        if words[first].lower() == "en" and words[first + 1].lower() == "route":
            yield from self._parts(first + 2, last)  # "En Route Austin, Texas"
            return
        turned = next((at for at in range(first + 1, last) if self._turns(at, last)), None)
        if turned is not None:  # "Adra east of Damascus", "Quneitra southern province"
            rest = turned + 1 + (words[turned + 1 : turned + 2] == ["of"])
            yield from self._parts(first, turned)
            if rest < last and words[rest][0].isupper():
                yield from self._parts(rest, last)
            return
        for cut in range(first + 1, last):
            left = self._cut(first, cut, last)
            if left is not None:
                for part in left:
                    yield from self._parts(*part)
                return
        yield first, last

    def _turns(self, at: int, last: int) -> bool:
        """Is this a word of direction inside a name, not a part of the name?"""
        words = self.analysis.words
        of = words[at + 1 : at + 2] == ["of"] and at + 1 < last
        turned = words[at].lower() in self.words.sides and (of or words[at].islower())
        return turned or words[at] in ("in", "near", "outside", "inside")

    def _cut(self, first: int, cut: int, last: int) -> list[tuple[int, int]] | None:
        """What is left of a name that is cut in two before a token; none if it is not to be cut."""
        words = self.analysis.words
        hyphen = words[cut] == "-"
        after = cut + 1 if hyphen else cut
        if after >= last:
            return None
        lead, rest = self.name(first, cut), self.name(after, last)
        states = self._state(lead) or self._state(_unpossessed(lead)), self._state(rest)
        if hyphen and any(states):
            return [] if self._acts(lead) and self._acts(rest) else None
        if states[0] is not None and self._is_known(rest):
            self.told[self.analysis.head_of(after, last)] = states[0]
            return [(after, last)]
        if states[1] is not None and self._is_known(lead):
            self.told[self.analysis.head_of(first, cut)] = states[1]
            return [(first, cut)]
        state = gazetteer().us_states.get(fold(rest))
        if state is not None and self._is_in(lead, state.adm1):  # "Dallas Texas"
            self.told[self.analysis.head_of(first, cut)] = f"US-{state.adm1}"
            return [(first, cut), (after, last)]
        joined = hyphen and min(len(lead), len(rest)) > _SHORT and lead.lower() not in _GENITIVE
        if self._are_towns(lead, rest) or (
            joined and (self._countries(lead) or self._countries(rest))
        ):
            return [(first, cut), (after, last)]
        return None

    def _are_towns(self, one: str, other: str) -> bool:
        """Two towns of one country, neither of them a hamlet, or a town before what has an article
        of its own ("Tadmur al-Bayarat"); not "Oxford Street", not "Tal al-Hara"."""
        first, last = one.split()[-1].lower(), other.split()[-1].lower()
        if {first, last} & self.words.generic or first in _GENITIVE:
            return False
        before = self._countries(one) or self._countries(_unpossessed(one))
        parts = other.replace(" - ", "-").split()
        led = parts[0].lower()
        article = led.startswith(("al-", "el-")) or led == "al" or led in self.words.sides
        after = [self._countries(" ".join(parts[:size])) for size in range(1, len(parts) + 1)]
        if not before:
            return one.lower().startswith(("al-", "el-")) and any(after)
        if any(after):
            return any(before & countries for countries in after)
        return article

    def _is_in(self, name: str, adm1: str | None) -> bool:
        """Is there such a town, no hamlet, in this American state?"""
        return any(
            spot.country == "USA" and spot.adm1 == adm1 and spot.people >= _NO_HAMLET
            for spot in gazetteer().towns(name)
        )

    def _countries(self, name: str) -> frozenset[str | None]:
        """The countries of another script that have a town of this name, no hamlet."""
        return frozenset(
            spot.country for spot in gazetteer().towns(name) if spot.people >= _NO_HAMLET
        ) & frozenset(self.words.transcribed)

    def _acts(self, name: str) -> bool:
        return bool(self.directory.lookup(name) or self.directory.demonym(name))

    def _state(self, name: str) -> str | None:
        """The id of the state of this very name; its capital's name is none."""
        if name not in self._states:
            self._states[name] = next(
                (
                    entity.id
                    for entity in self.directory.lookup(name)
                    if entity.kind == "state"
                    and fold(name) in map(fold, (entity.name, *entity.names))
                ),
                None,
            )
        return self._states[name]

    def _is_known(self, name: str) -> bool:
        known, words = gazetteer(), name.split()
        while len(words) > 1 and words[-1].lower() in self.words.generic:
            words = words[:-1]
        own = " ".join(words)
        return bool(
            fold(name) in known.regions
            or fold(own) in known.regions
            or fold(own) in known.us_states
            or known.towns(own)
            or known.divisions(own)
        )

    def _untagged(self, taken: list[bool], named: set[str]) -> Iterator[tuple[int, int]]:
        """Towns that the analysis tags as nothing, where a preposition puts something in them or
        the text names them as a place elsewhere."""
        free = 0
        for at, word in enumerate(self.analysis.words):
            if at < free or taken[at] or not (word[0].isupper() or word.lower() in _ARTICLES):
                continue
            length = self._town_at(at, taken, named)
            if length:
                free = at + length
                yield at, free

    def _town_at(self, at: int, taken: list[bool], named: set[str]) -> int:
        """How many words from here name such a town."""
        words = self.analysis.words
        over, before = self._before(at)
        placed = before in self.words.within or (before == "of" and over in self.words.holders)
        for length in range(min(_LONGEST, len(words) - at), 0, -1):
            last = at + length
            if any(taken[at:last]) or not words[last - 1][0].isupper():
                continue
            if last < len(words) and (words[last][0].isupper() and not taken[last]):
                continue  # a longer name
            name = self.name(at, last)
            if name in named and len(name) > _SHORT and self._is_known(name):
                return length
            after = words[last].lower() if last < len(words) else ""
            placed = placed or (after in _SETTLED and words[at][0].isupper())
            settled = before == "of" and over in _SETTLED
            if (
                placed
                and len(name) > _SHORT
                and self._is_untagged_town(last, name, settled=settled)
            ):
                return length
        return 0

    def _is_untagged_town(self, last: int, name: str, *, settled: bool) -> bool:
        if fold(name) in self.words.never or self._acts(name):
            return False
        if self.analysis.upos[last - 1] != "PROPN" or self.directory.by_family_name(name):
            return False
        return settled or any(spot.people >= _NO_HAMLET for spot in gazetteer().towns(name))

    def _is_free(self, first: int, last: int, *, tagged: bool) -> bool:
        """No actor has the name, or one that may be a place here."""
        head = self.analysis.head_of(first, last)
        found = self.cast.at(head)
        if found is None:
            return True
        actor = self.cast.actor(found)
        if actor.kind in ("state", "bloc", "government", "people"):
            return True
        within = tagged and bool(self.cased(head) & self.words.within)
        the = first > 0 and self.analysis.words[first - 1] == "The"
        if actor.kind == "person" and (within or (tagged and the)):
            return True  # nobody is "in" a person, nor is one "The Hague"
        stands = within or self._stands_as_place(first, last)
        return actor.basis == "text" and (stands or self.name(first, last) in self._told)

    def _stands_as_place(self, first: int, last: int) -> bool:
        """A town or province that the gazetteer knows, where the words make it a place ("in Raqqa",
        "the fall of Raqqa", "to retake Raqqa"), whatever else its name was taken for."""
        analysis, name = self.analysis, self.name(first, last)
        if last - first > _LONGEST or last <= first or not analysis.words[last - 1][0].isupper():
            return False
        head = analysis.head_of(first, last)
        cases = self.cased(head)
        above = analysis.heads[head]
        over = analysis.lemmas[above].lower() if above != ROOT else ""
        before = analysis.words[first - 1].lower() if first else ""
        stands = (
            before in self.words.within
            or self._is_settled(head)
            or bool(cases & (self.words.within | {"to"}))
            or (
                ("of" in cases and over in self.words.holders)
                or (analysis.deprels[head] in ("obj", "nsubj:pass") and over in self.words.taken)
            )
        )
        return stands and self._is_known(name)

    def _is_settled(self, head: int) -> bool:
        """Is it called a town or a district ("another city Qamishli", "Atarib district"), or named
        along with a place: "in Karak and Irbid"?"""
        analysis = self.analysis
        above, relation = analysis.heads[head], analysis.deprels[head]
        if above == ROOT:
            return False
        if relation == "conj":
            return above in self._places
        over = analysis.lemmas[above].lower()
        return relation in ("appos", "compound") and over in (
            _SETTLED if relation == "appos" else _SETTLED | self.words.divisions
        )

    def _before(self, at: int) -> tuple[str, str]:
        """The two words before a place in small letters, "the" left out."""
        words = [w.lower() for w in self.analysis.words[max(0, at - 3) : at]]
        if words and words[-1] == "the":
            words.pop()
        over, before = ["", "", *words][-2:]
        return over, before

    def cased(self, head: int) -> frozenset[str]:
        """The prepositions before a name."""
        analysis = self.analysis
        return frozenset(
            analysis.lemmas[c].lower()
            for c in analysis.children[head]
            if analysis.deprels[c] == "case"
        )

    def _may_be_place(self, first: int, last: int) -> bool:
        """Not "Poles" or "Covid", which are tagged as places now and then."""
        if fold(self.name(first, last)) in gazetteer().regions:
            return True
        while last - first > 1 and self.analysis.words[last - 1].lower() in self.words.generic:
            last -= 1  # "Anbar province"
        words = self.analysis.words[first:last]
        word = words[-1]
        if all(part.lower() in self.words.sides for part in words):
            return False  # "North" of "North Syria"
        if (
            not word[0].isupper()
            or fold(word) in self.words.never
            or (first + 1 == last and len(word) == 1)
        ):
            return False  # “no U-turns”
        entry = self.directory.demonym(word) if last - first == 1 else None
        return entry is None or not entry.people or bool(gazetteer().towns(word))

    def _trimmed(self, first: int, last: int) -> tuple[int, int]:
        """A tagged name without what is no part of it; asked for several times, told once."""
        trim = self._trims.get((first, last))
        if trim is None:
            trim = self._trims[first, last] = self._trim(first, last)
        return trim

    def _trim(self, first: int, last: int) -> tuple[int, int]:
        words = self.analysis.words
        if words[first].lower() == "the":
            first += 1
        if last > first and words[last - 1] in ("'s", "’s", "'", "’"):
            last -= 1
        if last - first > 1 and words[first] in _ZONES:
            first += 1  # "IST TRIPOLI (Reuters)"
        while last - first > 1 and words[last - 1] in self.words.sides:
            last -= 1  # "Atareb west", "of Aleppo" having been left out
        for at in range(first + 1, last):
            if words[at] in _PREPOSITIONS:
                last = at  # "The Hague for crimes against humanity"
                break
        while last - first > 1 and self._leads(first, last):
            first += 1  # "Syrian Capital Damascus"
        if "," in words[first:last]:  # "Rishon LeTsiyon, Israel"
            last = words.index(",", first)
        if last - first > 2 and words[first] in ("R", "D") and words[first + 1] == "-":
            first += 2  # "R-Calif."
        starts, ends = self.analysis.tokens.starts, self.analysis.tokens.ends
        while (  # "Deir ez-Zor", of which the tags may leave out the end
            last + 1 < len(words)
            and words[last] == "-"
            and ends[last - 1] == starts[last]
            and ends[last] == starts[last + 1]
            and words[last + 1][0].isupper()
        ):
            last += 2
        return first, last

    def _leads(self, first: int, last: int) -> bool:
        """A demonym or the word of a kind before a name that is known without it."""
        word = self.analysis.words[first]
        if not (self.directory.demonym(word) or word.lower() in _KINDS):
            return False
        whole, rest = self.name(first, last), self.name(first + 1, last)
        rest_known = self._is_known(rest) or self._leads(first + 1, last)
        return rest_known and not self._is_known(whole) and not self._state(whole)

    def _regions(self, taken: list[bool]) -> Iterator[tuple[int, int]]:
        """Regions that the gazetteer knows where the analysis tags no name."""
        starts, free = gazetteer().starts, 0
        for at, word in enumerate(self.analysis.words):
            if at < free or taken[at] or not word[0].isupper():
                continue
            length = self._region_at(at, starts.get(fold(word), 0))
            if length:
                free = at + length
                yield at, free

    def _region_at(self, at: int, longest: int) -> int:
        analysis = self.analysis
        for length in range(longest, 0, -1):
            if at + length <= len(analysis):
                start, end = analysis.span(at, at + length)
                if end - start < 60 and fold(analysis.text[start:end]) in gazetteer().regions:
                    return length
        return 0

    def name(self, first: int, last: int) -> str:
        found = self._names.get((first, last))
        if found is None:
            start, end = self.analysis.span(first, last)
            found = " ".join(self.analysis.text[start : min(end, start + 80)].split())
            self._names[first, last] = found
        return found


def _unpossessed(name: str) -> str:
    """A name without an `s` that may be a possessive whose apostrophe was lost."""
    return name[:-1] if name.endswith("s") and len(name) > _SHORT else name
