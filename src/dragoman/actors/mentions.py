"""Where actors are mentioned: the noun phrases of a document that may name or describe one.

A mention is found from the parse (its head and what hangs on it) and from what is known of words:
names in the directory, names that the model tagged, nouns for those who act. Who is meant is
decided later.
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.actors.directory import Directory, Match, normalise
from dragoman.actors.names import pieces
from dragoman.actors.lexicon import Agent, Lexicon, Phrase
from dragoman.language.analysis import ROOT, Analysis, Name
from dragoman.records import Form

_LEFT = frozenset(
    [
        "det",
        "det:predet",
        "amod",
        "nummod",
        "compound",
        "nmod:poss",
        "nmod:desc",
        "flat",
        "nmod",
        "dep",
    ]
)
_INSIDE = frozenset(["compound", "flat", "nmod:desc", "amod", "goeswith", "fixed"])
_PRONOUNS = frozenset(
    [
        "i",
        "me",
        "my",
        "mine",
        "myself",
        "we",
        "us",
        "our",
        "ours",
        "ourselves",
        "he",
        "him",
        "his",
        "himself",
        "she",
        "her",
        "hers",
        "herself",
        "it",
        "its",
        "itself",
        "they",
        "them",
        "their",
        "theirs",
        "themselves",
    ]
)
_NAME_PARTICLES = frozenset(
    [
        "al",
        "el",
        "de",
        "da",
        "del",
        "der",
        "den",
        "van",
        "von",
        "bin",
        "ibn",
        "ben",
        "la",
        "le",
        "du",
        "dos",
        "di",
        "abu",
    ]
)
_NOUNS = frozenset(["NOUN", "PROPN", "ADJ", "NUM", "X"])
_TEMPORAL = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "week",
        "month",
        "year",
        "day",
        "today",
        "yesterday",
        "tomorrow",
        "morning",
        "evening",
        "night",
        "afternoon",
        "weekend",
        "hour",
        "minute",
        "decade",
        "century",
    ]
)
_SMALL_STARTS = frozenset(
    [
        "foreign",
        "defence",
        "defense",
        "interior",
        "finance",
        "government",
        "parliament",
        "ministry",
        "president's",
        "embassy",
        "president",
        "army",
        "military",
        "police",
        "central",
        "prime",
        "office",
        "senate",
        "cabinet",
    ]
)  # first words of institutions that are written small before "of France"
_BINDING = frozenset(
    """of from for in at to on within across throughout inside under with near outside between among
    around over""".split()
)  # prepositions of a phrase that belongs to a description
_LONGEST_TAIL = 14  # tokens after its head that a description may take in


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name over the tokens `first` to `last`: what the directory and the tagger say of it."""

    first: int
    last: int
    ids: tuple[str, ...]
    label: str | None
    via: str = "name"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place where an actor may be mentioned.

    `name` is the name in it, if it has one; `phrase` the agent noun that is its head, or its title
    where it is a name. `left` are the modifiers' agent phrases, `counted` the quantity noun's
    head ("tens" in "tens of thousands of troops") that stands for it in the sentence.
    """

    first: int
    last: int
    head: int
    form: Form
    name: NameSpan | None = None
    phrase: Phrase | None = None
    counted: int | None = None
    plural: bool = False

    @property
    def name_first(self) -> int | None:
        return self.name.first if self.name is not None else None


class Finder:
    """Finds the spots of one document; keeps what several steps need of it."""

    def __init__(self, analysis: Analysis, directory: Directory, lexicon: Lexicon) -> None:
        self.analysis = analysis
        self.directory = directory
        self.lexicon = lexicon
        self.keys = [normalise(word) for word in analysis.words]
        self.lemmas = _lemmas(analysis, self.keys)
        self.demonyms: dict[int, str] = {}
        self.places: dict[int, str] = {}
        self.peoples: dict[int, tuple[int, int, str]] = {}
        self.phrases = [
            phrase
            for phrase in lexicon.scan(self.lemmas, self.keys, analysis.upos)
            if analysis.upos[phrase.last - 1] in _NOUNS
        ]
        self.phrase_at: dict[int, Phrase] = {
            token: phrase for phrase in self.phrases for token in range(phrase.first, phrase.last)
        }
        self._tags = self._tagged()
        self.names = self._find_names()
        self.name_at: dict[int, NameSpan] = {
            token: name for name in self.names for token in range(name.first, name.last)
        }
        self._beginnings = frozenset(analysis.tokens.bounds)
        self._firsts, self._lasts = _reaches(analysis.heads)

    # -------------------------------------------------------------- names

    def _find_names(self) -> list[NameSpan]:
        analysis = self.analysis
        tagged = self._tags
        bounds = analysis.tokens.bounds
        words = analysis.words
        found: list[NameSpan] = []
        for s in range(len(bounds) - 1):
            end = bounds[s + 1]
            shouted = _is_shouted(analysis, bounds[s], end)
            at = bounds[s]
            while at < end:
                name = None
                if words[at][0].isupper() or at in tagged or words[at][0].isdigit():
                    name = self._name_at(at, end, tagged.get(at), shouted)
                elif self.keys[at] in _SMALL_STARTS:
                    name = self._institution_at(at, end)
                if name is not None:
                    found.append(name)
                    at = name.last
                else:
                    at += 1
        return found

    def _tagged(self) -> dict[int, Name]:
        """The model's names by their first token: torn names mended, titles taken off."""
        found: dict[int, Name] = {}
        last: Name | None = None
        for name in self.analysis.names:
            if name.label == "PER":
                name = self._without_title(name)
                if name.first == name.last:
                    continue
                if (
                    last is not None
                    and last.label == "PER"
                    and last.last == name.first
                    and self._in_one_sentence(last.first, name.first)
                ):
                    name = Name(last.first, name.last, "PER")
            found[name.first] = name
            last = name
        return found

    def _in_one_sentence(self, a: int, b: int) -> bool:
        return self.analysis.sentence_of[a] == self.analysis.sentence_of[b]

    def _without_title(self, name: Name) -> Name:
        first = name.first
        while first < name.last:
            phrase = self.phrase_at.get(first)
            if phrase is not None and phrase.first == first and phrase.agent.sort == "person":
                first = phrase.last
            elif self.keys[first] in self.lexicon.titles:
                first += 1
            else:
                break
        return Name(first, name.last, "PER")

    def _institution_at(self, at: int, end: int) -> NameSpan | None:
        """ "the foreign ministry of France": an institution that begins with a small letter."""
        match = self.directory.match(self.keys, at)
        if match is None or match.via != "institution" or at + match.length > end:
            return None
        return NameSpan(at, at + match.length, match.ids, None, match.via)

    def _name_at(self, at: int, end: int, tag: Name | None, shouted: bool) -> NameSpan | None:
        match = self._match(at, end, shouted)
        size = match.length if match is not None else 0
        if tag is not None and tag.label in ("PER", "ORG") and min(tag.last, end) > at + size:
            last = self._without_person(at, min(tag.last, end), tag.label)
            if last > at + size and not self._is_plain(at, last):
                return NameSpan(at, last, self._known(at, last), tag.label, "name")
        if match is not None and match.via == "name" and self._is_common(match, at):
            return None
        if match is not None:
            if match.via in ("demonym", "people"):
                return self._demonym(match, at)
            if match.via == "name" and size == 1 and self._runs_on(at, end):
                match = None
            else:
                label = tag.label if tag is not None else None
                return NameSpan(at, at + size, match.ids, label, match.via)
        if tag is not None:
            last = self._without_person(at, min(tag.last, end), tag.label)
            label = tag.label if tag.label != "MISC" else None
            if self._is_plain(at, last):
                return None
            if label in ("LOC", None) and self._place(at, last):
                return NameSpan(at, last, (), "LOC", "place")
            return NameSpan(at, last, (), label, "name")
        last = self._proper_run(at, end)
        last = next((t for t in range(at + 1, last) if t in self._tags), last)
        if last > at and self._place(at, last):
            return NameSpan(at, last, (), "LOC", "place")
        if last == at or self._is_plain(at, last):
            return None
        return NameSpan(at, last, (), self._guess_label(at, last), "name")

    def _match(self, at: int, end: int, shouted: bool) -> Match | None:
        """The longest entry of the directory at a token that is used as a name there."""
        match = self.directory.match(self.keys, at)
        if match is None and self.keys[at] in self.lexicon.seats:
            match = Match(1, (self.lexicon.seats[self.keys[at]],), "capital")
        while match is not None:
            last = at + match.length
            if last <= end and self._is_name_like(at, last, shouted):
                return match
            if match.length == 1:
                return None
            match = self.directory.match(self.keys[at : last - 1], 0)
        return None

    def _without_person(self, first: int, last: int, label: str) -> int:
        """The end of a tagged name without a noun for a person ("Texas Republican")."""
        phrase = self.phrase_at.get(last - 1)
        if label == "PER" or phrase is None or phrase.first <= first or phrase.counts:
            return last
        return phrase.first if phrase.agent.sort == "person" else last

    def _place(self, first: int, last: int) -> bool:
        """Whether a name is that of a city or region whose state is known; notes the state."""
        key = " ".join(piece for t in range(first, last) for piece in pieces(self.keys[t]))
        state = self.lexicon.places.get(key)
        if state is None:
            return False
        for token in range(first, last):
            self.places[token] = state
        return True

    def _is_common(self, match: Match, at: int) -> bool:
        """Whether a state's body is named by a noun that every state has ("the Senate")."""
        if not self._is_plain(at, at + match.length) or self.phrase_at[at].first != at:
            return False
        entity = self.directory.entity(match.ids[0])
        return entity.kind == "government" and self.phrase_at[at].agent.sort == "body"

    def _is_plain(self, first: int, last: int) -> bool:
        """Whether what looks like a name is but (part of) an agent noun ("the Senate")."""
        phrase = self.phrase_at.get(last - 1)
        return phrase is not None and phrase.first <= first

    def _runs_on(self, at: int, end: int) -> bool:
        """Whether a known name is but the first word of a longer one ("Jordan Peterson")."""
        return (
            at + 1 < end
            and self.analysis.deprels[at + 1] == "flat"
            and (self.analysis.heads[at + 1] == at and self.analysis.upos[at + 1] == "PROPN")
        )

    def _demonym(self, match: Match, at: int) -> NameSpan | None:
        """A demonym: a modifier stands for its state; as a noun it is the people."""
        analysis = self.analysis
        last = at + match.length
        head = self.head_of(at, last)
        relation = analysis.deprels[head]
        noun = analysis.upos[head] in ("NOUN", "PROPN") and relation not in (
            "compound", "amod", "flat", "nmod:desc"
        )  # fmt: skip
        if match.via == "demonym" and analysis.upos[head] == "ADJ":
            noun = any(analysis.deprels[c] == "det" for c in analysis.children[head]) and (
                relation in ("nsubj", "nsubj:pass", "obj", "obl", "obl:agent", "nmod", "conj")
            )
        for token in range(at, last):
            self.demonyms[token] = match.ids[0]
        if noun:
            self.peoples[head] = (at, last, match.ids[0])
        return None

    def demonym(self, token: int) -> str | None:
        """The id of the state or people that a demonym at a token stands for."""
        return self.demonyms.get(token)

    def is_modifier(self, token: int) -> bool:
        """Whether a token is a demonym or part of a known name."""
        if token in self.demonyms or token in self.places:
            return True
        name = self.name_at.get(token)
        return name is not None and bool(name.ids)

    def _known(self, first: int, last: int) -> tuple[str, ...]:
        found = self.directory.match(self.keys[:last], first)
        return found.ids if found is not None and found.length == last - first else ()

    def _is_name_like(self, first: int, last: int, shouted: bool) -> bool:
        """Whether a directory entry is used as a name here: "US" and "us", "May" and "may"."""
        analysis = self.analysis
        if last - first > 1:
            end = analysis.words[last - 1]
            if end[0].islower() and (
                analysis.upos[last - 1] not in _NOUNS or self.lemmas[last - 1] in _TEMPORAL
            ):
                return False
            return analysis.words[first][0].isupper() or end[0].isupper()
        word = analysis.words[first]
        if not word[0].isupper():
            return False
        tag = analysis.upos[first]
        if shouted or first == 0 or analysis.sentence_of[first] != analysis.sentence_of[first - 1]:
            return tag in ("PROPN", "ADJ", "NOUN") and (tag == "PROPN" or not shouted)
        if tag == "PROPN":
            return not (self.lemmas[first] in _TEMPORAL and analysis.deprels[first] != "nsubj")
        return tag in ("NOUN", "ADJ", "X") or word.isupper()

    def _proper_run(self, at: int, end: int) -> int:
        """The end of a name that nothing but the parse shows: proper nouns that belong together."""
        analysis = self.analysis
        if analysis.upos[at] != "PROPN" or self.lemmas[at] in _TEMPORAL:
            return at
        last = at + 1
        while last < end and self._continues(at, last):
            last += 1
        while analysis.words[last - 1][0] in "-'’." and last - 1 > at:
            last -= 1
        return last

    def _continues(self, first: int, at: int) -> bool:
        analysis = self.analysis
        word = analysis.words[at]
        head = analysis.heads[at]
        if analysis.deprels[at] in ("flat", "goeswith") and first <= head < at:
            return True
        if word == "-" and analysis.upos[at] == "PUNCT":
            return analysis.tokens.starts[at] == analysis.tokens.ends[at - 1]
        if not (word[0].isupper() or word[0].isdigit() or word.lower() in _NAME_PARTICLES):
            return False
        if analysis.upos[at] not in ("PROPN", "NUM", "ADJ", "NOUN", "ADP", "X", "DET"):
            return False
        previous = at - 1
        joined = analysis.heads[previous] == at and analysis.deprels[previous] in (
            "compound",
            "amod",
        )
        same = analysis.heads[previous] == head and analysis.deprels[previous] in (
            "compound",
            "amod",
        )
        return joined or (same and analysis.deprels[at] in ("compound", "amod"))

    def _guess_label(self, first: int, last: int) -> str | None:
        """Person, organisation or place, for a name that neither tagger nor directory knows."""
        analysis = self.analysis
        head = self.head_of(first, last)
        if any(self.phrase_sort(t) for t in range(first, last)) and last - first > 1:
            return "ORG"
        children = analysis.children[head]
        for child in children:
            if analysis.deprels[child] == "nmod:desc":
                return "PER"
            if analysis.deprels[child] == "case" and self.keys[child] in ("in", "at", "near"):
                return "LOC"
            if analysis.deprels[child] == "det" and child < first:
                return "ORG"
        if first > 0 and self.keys[first - 1] in self.lexicon.titles:
            return "PER"
        if any(analysis.deprels[t] == "flat" for t in range(first, last)):
            return "PER"
        word = analysis.words[head]
        if last - first == 1 and len(word) > 1 and word.isupper():
            return "ORG"
        if analysis.deprels[head] in ("compound", "amod"):
            return None
        governor = analysis.heads[head]
        if analysis.deprels[head].startswith("nsubj") and governor != ROOT:
            if self.lemmas[governor] in self.lexicon.speaking:
                return "PER"
        return None

    def phrase_sort(self, token: int) -> bool:
        return bool(self.lexicon.agents_of(self.lemmas[token]))

    # -------------------------------------------------------------- phrases

    def head_of(self, first: int, last: int) -> int:
        """The token of a span that depends on what is outside it."""
        heads = self.analysis.heads
        for token in range(first, last):
            if not first <= heads[token] < last:
                return token
        return last - 1

    def edges(self, token: int) -> tuple[int, int]:
        """The first token and the one after the last of all that depends on a token."""
        return self._firsts[token], self._lasts[token]

    def left_edge(self, head: int, first: int) -> int:
        """Where the noun phrase of a head begins, given where its core does."""
        analysis = self.analysis
        edge = first
        for child in reversed(analysis.children[head]):
            if child >= edge:
                continue
            relation = analysis.deprels[child]
            a, b = self.edges(child)
            if relation == "punct" and analysis.words[child] in "-–'\"“”‘’":
                continue
            if relation not in _LEFT and not (relation == "advmod" and b == edge):
                break
            if relation == "advmod" or any(t < a for t in ()):
                break
            if b < edge and not self._only_marks(b, edge):
                break
            edge = a
        while edge < first and analysis.upos[edge] == "PUNCT":
            edge += 1
        return edge

    def _only_marks(self, first: int, last: int) -> bool:
        return (
            all(self.analysis.upos[t] == "PUNCT" for t in range(first, last)) and last - first < 3
        )

    def right_edge(self, head: int, last: int) -> int:
        """Where a description ends: with the phrases of a preposition that belong to it."""
        analysis = self.analysis
        edge = last
        limit = last + _LONGEST_TAIL
        for child in analysis.children[head]:
            if child < edge:
                continue
            if analysis.deprels[child] != "nmod" or self.lemmas[child] in _TEMPORAL:
                if analysis.deprels[child] in ("punct", "flat", "compound", "nummod"):
                    continue
                break
            a, _ = self.edges(child)
            b = self._tail(child, limit)
            if a != edge or b > limit or self.keys[a] not in _BINDING:
                break
            edge = b
        return self._whole_name(edge) if edge > last else edge

    def _whole_name(self, edge: int) -> int:
        """An edge moved behind a name that it would cut, or part from its title."""
        name = self.name_at.get(edge)
        if name is None or not (name.first < edge or edge - 1 in self.phrase_at):
            return edge
        return name.last

    def _tail(self, head: int, limit: int) -> int:
        """The end of a phrase within a description, without clauses and appositions in it."""
        analysis = self.analysis
        edge = head + 1
        for child in analysis.children[head]:
            if child < head:
                continue
            if child > limit:
                break
            relation = analysis.deprels[child]
            if relation in ("nmod", "conj", "flat", "case", "compound", "nummod", "amod", "fixed"):
                a, _ = self.edges(child)
                b = max(self._tail(child, limit), child + 1)
                if a > edge and not self._only_marks(edge, a):
                    break
                if b > limit:
                    break
                edge = max(edge, b)
            elif relation != "punct":
                break
        return edge

    # -------------------------------------------------------------- spots

    def spots(self) -> list[Spot]:
        """All spots, in the order of their first tokens; of two that begin alike the longer first."""
        found = [*self._named(), *self._described(), *self._people(), *self._pronouns()]
        found.sort(key=lambda spot: (spot.first, -spot.last, spot.head))
        return found

    def _named(self) -> list[Spot]:
        return [spot for name in self.names for spot in [self._name_spot(name)] if spot is not None]

    def _name_spot(self, name: NameSpan) -> Spot | None:
        analysis = self.analysis
        head = self.head_of(name.first, name.last)
        title = self._title(name, head)
        first = name.first
        if title is not None:
            own = self.head_of(title.first, title.last)
            first = min(self.left_edge(own, title.first), title.first)
            first = max(first, analysis.tokens.bounds[analysis.sentence_of[head]])
            first = self._without_lead(first, title.first)
        elif name.first > 0 and self.keys[name.first - 1] in self.lexicon.titles:
            first = name.first - 1
            if analysis.words[first][0].islower():
                first = name.first
        plural = "Number=Plur" in analysis.feats[head]
        return Spot(first, name.last, head, "name", name, title, None, plural)

    def _without_lead(self, first: int, until: int) -> int:
        """A title's phrase without a preposition or conjunction that the parse put before it."""
        upos = self.analysis.upos
        while first < until and upos[first] in ("ADP", "CCONJ", "SCONJ", "PUNCT"):
            first += 1
        return first

    def _title(self, name: NameSpan, head: int) -> Phrase | None:
        """The office or calling right before a name: "French President" Emmanuel Macron."""
        analysis = self.analysis
        before = name.first - 1
        while before > 0 and analysis.words[before] in "\"“”'‘’":
            before -= 1
        phrase = self.phrase_at.get(before)
        if phrase is None or (before in self.name_at and self.name_at[before].ids):
            return None
        if analysis.sentence_of[before] != analysis.sentence_of[name.first]:
            return None
        own = self.head_of(phrase.first, phrase.last)
        if "Number=Plur" in analysis.feats[own] or phrase.last != before + 1:
            return None
        if self._is_person(name):
            return phrase if phrase.agent.sort == "person" else None
        if name.label == "LOC" and not name.ids:
            return None
        tied = analysis.heads[own] == head or analysis.heads[head] == own
        return phrase if tied or phrase.agent.kind == "state" else None

    def _is_person(self, name: NameSpan) -> bool:
        if name.ids:
            return self.directory.entity(name.ids[0]).kind == "person"
        return name.label == "PER"

    def _described(self) -> list[Spot]:
        titles = {
            id(spot.phrase)
            for name in self.names
            for spot in [self._name_spot(name)]
            if spot is not None and spot.phrase is not None
        }
        found = []
        for phrase in self.phrases:
            if id(phrase) in titles:
                continue
            spot = self._description_spot(phrase)
            if spot is not None:
                found.append(spot)
        return found

    def _description_spot(self, phrase: Phrase) -> Spot | None:
        analysis = self.analysis
        head = self.head_of(phrase.first, phrase.last)
        if head in self.name_at or analysis.upos[head] not in ("NOUN", "PROPN", "ADJ", "NUM"):
            return None
        if analysis.upos[head] == "ADJ" and not self._heads_phrase(head):
            return None
        relation = analysis.deprels[head]
        plural = self._is_plural(head, phrase)
        after = relation == "nmod:desc" and analysis.heads[head] < phrase.first
        if relation in _INSIDE and not after and not self._is_doer_in_word(phrase):
            return None
        if self._is_in_word(phrase) and not self._is_doer_in_word(phrase):
            return None
        agents = tuple(a for a in phrase.agents if plural or not a.plural)
        if not agents:
            return None
        if plural and any(a.plural for a in agents):
            agents = tuple(sorted(agents, key=lambda a: not a.plural))
        if not plural and self._is_bare(head, phrase, agents[0]):
            return None
        if agents != phrase.agents:
            phrase = Phrase(phrase.first, phrase.last, agents, phrase.counts)
        first = self.left_edge(head, phrase.first)
        last = self.right_edge(head, phrase.last)
        if agents[0].tied and not self._is_tied(head, first, last):
            return None
        counted = self._counted(head)
        if counted is not None:
            first = min(first, self.left_edge(counted, counted))
            plural = True
        return Spot(first, last, head, "description", None, phrase, counted, plural)

    def _is_bare(self, head: int, phrase: Phrase, agent: Agent) -> bool:
        """A singular noun without article or owner, which is no actor ("do justice", "on television")."""
        analysis = self.analysis
        if agent.noun in self.lexicon.bare or agent.plural:
            return False
        for child in analysis.children[head]:
            relation = analysis.deprels[child]
            if relation in ("det", "nmod:poss", "appos", "nummod", "det:predet") and child != head:
                return False
            if child < phrase.first and (child in self.demonyms or child in self.name_at):
                return False
        if phrase.first > 0 and self.keys[phrase.first - 1] in ("the", "a", "an"):
            return False
        relation = analysis.deprels[head]
        if relation in ("appos", "vocative"):
            return False
        governor = analysis.heads[head]
        if relation == "nsubj" and self.left_edge(head, phrase.first) in self._beginnings:
            return False
        if relation == "nsubj" and governor != ROOT:
            return self.lemmas[governor] not in self.lexicon.speaking
        return analysis.words[head][0].islower() or relation not in ("nsubj", "obj", "conj")

    def _people(self) -> list[Spot]:
        """ "the Russians", "168 Liberians": a people by its demonym."""
        found = []
        for head, (first, last, _) in self.peoples.items():
            if head in self.phrase_at:
                continue
            edge = self.left_edge(head, first)
            feats = self.analysis.feats[head]
            plural = "Number=Plur" in feats or self.keys[head].endswith(("s", "ese", "ish", "ch"))
            found.append(
                Spot(edge, self.right_edge(head, last), head, "name", None, None, None, plural)
            )
        return found

    def _is_tied(self, head: int, first: int, last: int) -> bool:
        """Whether a noun stands with a country, a body, an owner or a number ("both sides")."""
        analysis = self.analysis
        if any(analysis.deprels[c] == "nmod:poss" for c in analysis.children[head]):
            return True
        if analysis.words[head][0].isupper() and head not in self._beginnings:
            return True
        return any(
            self.is_modifier(t) or self.keys[t] in ("both", "two", "all")
            for t in range(first, last)
        )

    def _is_in_word(self, phrase: Phrase) -> bool:
        """Whether a noun is part of a word with hyphens ("head-to-head")."""
        tokens, words = self.analysis.tokens, self.analysis.words
        first, last = phrase.first, phrase.last
        if last + 1 < len(words) and words[last] == "-":
            return tokens.starts[last] == tokens.ends[last - 1]
        return first > 1 and words[first - 1] == "-" and self.keys[first - 2] in ("to", "in", "by")

    def _is_plural(self, head: int, phrase: Phrase) -> bool:
        analysis = self.analysis
        if "Number=Plur" in analysis.feats[head] or analysis.xpos[head] in ("NNS", "NNPS"):
            return True
        return phrase.counts and "Number=Sing" not in analysis.feats[head]

    def _is_doer_in_word(self, phrase: Phrase) -> bool:
        """ "rebel-held", "police-led": a noun that acts within a compound with a participle."""
        words, last = self.analysis.words, phrase.last
        return (
            last + 1 < len(words)
            and words[last] == "-"
            and self.keys[last + 1] in self.lexicon.participles
        )

    def _heads_phrase(self, head: int) -> bool:
        analysis = self.analysis
        return any(analysis.deprels[child] == "det" for child in analysis.children[head])

    def _counted(self, head: int) -> int | None:
        """The noun of quantity over this noun: "group" in "a group of deputies"."""
        analysis = self.analysis
        top: int | None = None
        token = head
        while analysis.deprels[token] == "nmod" and analysis.heads[token] != ROOT:
            governor = analysis.heads[token]
            words = (self.lemmas[governor], self.keys[governor].rstrip("s"))
            if self.lexicon.quantities.isdisjoint(words) or governor > head:
                break
            if not any(
                self.keys[c] == "of" and analysis.deprels[c] == "case"
                for c in analysis.children[token]
            ):
                break
            top = token = governor
        return top

    def _pronouns(self) -> list[Spot]:
        analysis = self.analysis
        return [
            Spot(t, t + 1, t, "pronoun")
            for t, key in enumerate(self.keys)
            if key in _PRONOUNS and analysis.upos[t] == "PRON" and analysis.deprels[t] != "expl"
        ]


def _lemmas(analysis: Analysis, keys: list[str]) -> list[str]:
    """Lower-case lemmas; the word itself where the analysis has none."""
    return [
        lemma.lower() if lemma and lemma != "_" else key
        for lemma, key in zip(analysis.lemmas, keys, strict=True)
    ]


def _reaches(heads: list[int]) -> tuple[list[int], list[int]]:
    """For each token the first one, and the one after the last, of its subtree.

    Going from the left, a token is the first of every head above it that has none yet; those above
    a head that has one have theirs too. So each entry is written once.
    """
    size = len(heads)
    firsts, lasts = [-1] * size, [-1] * size
    for token in range(size):
        above = token
        while above >= 0 and firsts[above] < 0:
            firsts[above] = token
            above = heads[above]
    for token in range(size - 1, -1, -1):
        above = token
        while above >= 0 and lasts[above] < 0:
            lasts[above] = token + 1
            above = heads[above]
    return firsts, lasts


def _is_shouted(analysis: Analysis, first: int, last: int) -> bool:
    """Whether a sentence is written in capitals throughout."""
    words = [w for w in analysis.words[first:last] if w.isalpha() and len(w) > 1]
    return len(words) > 2 and sum(w.isupper() for w in words) > 0.8 * len(words)


__all__ = ["Finder", "NameSpan", "Spot"]
