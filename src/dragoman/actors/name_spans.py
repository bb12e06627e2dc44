"""Where names stand: in the directory, tagged by the model, or shown by the parse alone."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.actors import title_words
from dragoman.actors.directory import Directory, Match, normalise
from dragoman.actors.lexicon import Lexicon, Phrase
from dragoman.actors.names import pieces
from dragoman.actors.tagged_names import tagged_names
from dragoman.language.analysis import ROOT, Analysis, Name
from dragoman.language.days import MONTHS, WEEKDAYS

_NAME_PARTICLES = frozenset(
    ["al", "el", "de", "da", "del", "der", "den", "van", "von", "bin", "ibn", "ben", "la",
     "le", "du", "dos", "di", "abu"]
)  # fmt: skip
_NOUNS = frozenset(["NOUN", "PROPN", "ADJ", "NUM", "X"])
TEMPORAL = frozenset(
    [*WEEKDAYS, *MONTHS, "week", "month", "year", "day", "today", "yesterday", "tomorrow",
     "morning", "evening", "night", "afternoon", "weekend", "hour", "minute", "decade",
     "century"]
)  # fmt: skip
_DEMONYM_ENDS = ("ian", "ean", "ish", "ese", "ench", "aqi", "eli", "man", "udi")
_OTHERWISE = frozenset({"polish", "human", "woman"})  # words of their own in small letters
# First words of institutions that are written small before "of France".
_SMALL_STARTS = frozenset(
    ["foreign", "defence", "defense", "interior", "finance", "government", "parliament",
     "ministry", "president's", "embassy", "president", "army", "military", "police",
     "central", "prime", "office", "senate", "cabinet"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name over the tokens `first` to `last`: what the directory and the tagger say of it."""

    first: int
    last: int
    ids: tuple[str, ...]
    label: str | None
    via: str = "name"


# Verbs whose object is somebody.
_TOLD_OF = frozenset(
    """accuse blame criticise criticize condemn denounce urge warn tell ask defy threaten provoke
    persuade convince challenge oppose""".split()  # noqa: SIM905
)


class NameFinder:
    """Finds the names of one document, and the words that stand for states, places, agents."""

    def __init__(self, analysis: Analysis, directory: Directory, lexicon: Lexicon) -> None:
        self.analysis = analysis
        self.directory = directory
        self.lexicon = lexicon
        self.keys = [normalise(word) for word in analysis.words]
        self.lemmas = _lemmas(analysis, self.keys)
        self.demonyms: dict[int, str] = {}
        self.places: dict[int, str] = {}
        self._behind = 0  # where the demonym found last ends
        self.peoples: dict[int, tuple[int, int, str]] = {}
        self.phrases = [
            phrase
            for phrase in lexicon.scan(self.lemmas, self.keys, analysis.upos)
            if analysis.upos[phrase.last - 1] in _NOUNS
        ]
        self.phrase_at: dict[int, Phrase] = {
            token: phrase for phrase in self.phrases for token in range(phrase.first, phrase.last)
        }
        self._tags = tagged_names(self)
        self.names = self._find_names()
        self.name_at: dict[int, NameSpan] = {
            token: name for name in self.names for token in range(name.first, name.last)
        }

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
                if self._is_small_demonym(at):
                    at += 1
                    continue
                if words[at][0].isupper() or at in tagged or words[at][0].isdigit():
                    name = self._name_at(at, end, tagged.get(at), shouted)
                elif self.keys[at] in _SMALL_STARTS:
                    name = self._institution_at(at, end)
                elif words[at] == "west" and self._acts_as_west(at):
                    name = NameSpan(at, at + 1, ("west",), None, "name")
                if name is not None:
                    found.append(name)
                    at = name.last
                else:
                    at = max(at + 1, self._behind)  # "African" in "South African" is no other word
        return found

    def _institution_at(self, at: int, end: int) -> NameSpan | None:
        """ "the foreign ministry of France": an institution that begins with a small letter."""
        match = self.directory.match(self.keys, at)
        if title_words.is_within_title(self, at):
            return None
        if match is None or match.via != "institution" or at + match.length > end:
            return None
        return NameSpan(at, at + match.length, match.ids, None, match.via)

    def _name_at(self, at: int, end: int, tag: Name | None, shouted: bool) -> NameSpan | None:
        match = self._match(at, end, shouted)
        size = match.length if match is not None else 0
        split = match is not None and tag is not None and self._ends_in_person(match, at, tag)
        bracketed = size and at + size < end and self.analysis.words[at + size] in "(["
        longer = tag is not None and min(tag.last, end) > at + size and not bracketed
        if tag is not None and tag.label in ("PER", "ORG") and longer and not split:
            last = self._without_person(at, min(tag.last, end), tag.label)
            if last > at + size and not self._is_plain(at, last):
                known = self._known(at, last)
                if tag.label == "ORG" and not known and self._place(at, last):
                    return NameSpan(at, last, (), "LOC", "place")  # "the Texas Republican"
                located = tag.label == "PER" and not known and self._is_located(at, last)
                located = located or (not known and self._is_beside_place(at, last, tag))
                return NameSpan(at, last, known, "LOC" if located else tag.label, "name")
        if match is not None and match.via == "name" and self._is_common(match, at):
            return None
        if (
            match is not None
            and match.via == "institution"
            and title_words.is_within_title(self, at)
        ):
            match, size = None, 0
        if match is not None and size == 1 and title_words.is_field(self, at):
            return None
        if tag is not None and self.keys[tag.last - 1] in self.lexicon.sites:
            return NameSpan(at, min(tag.last, end), (), "LOC", "site")
        if match is not None and tag is not None and self._is_longer_place(match, at, tag):
            last = min(tag.last, end)
            entity = self.directory.entity(match.ids[0])
            if entity.kind == "state" and entity.code and not self._place(at, last):
                self.places.update(dict.fromkeys(range(at, last), entity.code))
            return NameSpan(at, last, (), "LOC", "place")
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
            if label == "NORP" and self._holds_people(at, last):
                return None  # "ethnic Hungarians", "black South Africans"
            if label in ("LOC", "NORP", "ORG", None) and self._place(at, last):
                return NameSpan(at, last, (), "LOC", "place")
            return NameSpan(at, last, (), label, "name")
        last = self._proper_run(at, end)
        last = next((t for t in range(at + 1, last) if t in self._tags), last)
        if last > at and self._place(at, last):
            return NameSpan(at, last, (), "LOC", "place")
        if last == at or self._is_plain(at, last):
            return None
        label = self._guess_label(at, last)
        if label == "ORG" and title_words.is_title(self, Name(at, last, "ORG")):
            return None  # "Acting Federal Chancellor"
        return NameSpan(at, last, (), label, "name")

    def _ends_in_person(self, match: Match, at: int, tag: Name) -> bool:
        """“[of the] Republic of Peru Ana Ruiz”: a state, and a known person behind it."""
        after = at + match.length
        if tag.label != "ORG" or after >= tag.last:
            return False
        if self.directory.entity(match.ids[0]).kind != "state":
            return False
        behind = self.directory.match(self.keys[: tag.last], after)
        if behind is None or behind.length < 2 or after + behind.length != tag.last:
            return False
        return all(self.directory.entity(id).kind == "person" for id in behind.ids)

    def _holds_people(self, first: int, last: int) -> bool:
        """Whether a demonym stands behind other words of a tagged name."""
        matches = (self.directory.match(self.keys[:last], t) for t in range(first + 1, last))
        return any(m is not None and m.via in ("demonym", "people", "name") for m in matches)

    def _is_longer_place(self, match: Match, at: int, tag: Name) -> bool:
        """Whether a state's or bloc's name but begins a place's ("West Africa", "Congo River")."""
        last, words = at + match.length, self.analysis.words
        if tag.label != "LOC" or tag.last <= last or match.via not in ("name", "demonym"):
            return False
        if not all(words[t][0].isupper() for t in range(last, tag.last)):
            return False
        if self.directory.entity(match.ids[0]).kind not in ("state", "bloc"):
            return False
        head = self.head_of(at, tag.last)
        return head >= last and self.phrase_at.get(head) is None

    def _match(self, at: int, end: int, shouted: bool) -> Match | None:
        """The longest entry of the directory at a token that is used as a name there."""
        match = self.directory.match(self.keys, at)
        if match is None and self.keys[at] in self.lexicon.seats:
            match = Match(1, (self.lexicon.seats[self.keys[at]],), "capital")
        while match is not None:
            last = at + match.length
            joined = match.length > 1 and self._is_joined(last)  # "Chadian military-political"
            if last <= end and not joined and self._is_name_like(at, last, shouted):
                return match
            if match.length == 1:
                return None
            match = self.directory.match(self.keys[at : last - 1], 0)
        return None

    def _is_joined(self, last: int) -> bool:
        """Whether a small word before a token is but the first part of a hyphenated one."""
        words, tokens = self.analysis.words, self.analysis.tokens
        if words[last : last + 1] != ["-"] or not words[last - 1][0].islower():
            return False
        return tokens.ends[last - 1] == tokens.starts[last] and (
            tokens.starts[last + 1 : last + 2] == tokens.ends[last : last + 1]
        )

    def _is_located(self, first: int, last: int) -> bool:
        """Whether something is in what the model took for a person ("activists in Deir al-Zor")."""
        head = self.head_of(first, last)
        analysis = self.analysis
        return first > 0 and any(
            analysis.deprels[c] == "case" and c == first - 1 and self.keys[c] in ("in", "near")
            for c in analysis.children[head]
        )

    def _is_beside_place(self, first: int, last: int, tag: Name) -> bool:
        """Whether one word taken for a person goes on a list of places ("visited Irpin and …")."""
        analysis = self.analysis
        if tag.label != "PER" or last - first > 1 or analysis.deprels[first] != "conj":
            return False
        other = self._tags.get(analysis.heads[first])
        return other is not None and other.label == "LOC"

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
        if last - first == 1 and self.keys[first] in self.lexicon.words["nobody"]:
            return True
        phrase = self.phrase_at.get(last - 1)
        return phrase is not None and phrase.first <= first

    def _runs_on(self, at: int, end: int) -> bool:
        """Whether a known name is but the first word of a longer one ("Jordan Peterson")."""
        return (
            at + 1 < end
            and self.analysis.deprels[at + 1] == "flat"
            and (self.analysis.heads[at + 1] == at and self.analysis.upos[at + 1] == "PROPN")
        )

    def _is_small_demonym(self, at: int) -> bool:
        """ "a french diplomat": a demonym in small letters, right before one who holds a post."""
        key = self.keys[at]
        if not key.endswith(_DEMONYM_ENDS) or key in _OTHERWISE:
            return False
        analysis, head = self.analysis, self.analysis.heads[at]
        if analysis.deprels[at] != "amod" or analysis.words[at][0].isupper():
            return False
        length, entry = self.directory.demonym_at(self.keys, at)
        if head <= at or head not in self.phrase_at or length != 1 or entry is None:
            return False
        self.demonyms[at] = entry.state
        return True

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
        self._behind = last
        if last < len(self.keys) and self.keys[last] in self.lexicon.waters:
            return None  # "the Persian Gulf"
        for token in range(at, last):
            self.demonyms[token] = match.ids[0]
        if self._leads_in_word(last):
            return NameSpan(at, last, match.ids, None, "name")
        if noun:
            self.peoples[head] = (at, last, match.ids[0])
        return None

    def _leads_in_word(self, last: int) -> bool:
        """ "a Saudi-led strike": a demonym within a compound with a participle acts."""
        if last + 1 >= len(self.keys) or self.analysis.words[last] != "-":
            return False
        return self.keys[last + 1] in self.lexicon.participles

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
                analysis.upos[last - 1] not in _NOUNS or self.lemmas[last - 1] in TEMPORAL
            ):
                return False
            return analysis.words[first][0].isupper() or end[0].isupper()
        word = analysis.words[first]
        if not word[0].isupper():
            return False
        tag = analysis.upos[first]
        if shouted or first == 0 or analysis.sentence_of[first] != analysis.sentence_of[first - 1]:
            if shouted and tag == "ADJ":  # “ISRAELI FORCES”
                key = self.keys[first]
                demonym = key.endswith(_DEMONYM_ENDS) and key not in _OTHERWISE
                return demonym and analysis.deprels[first] == "amod"
            return tag in ("PROPN", "ADJ", "NOUN") and (tag == "PROPN" or not shouted)
        if tag == "PROPN":
            return not (self.lemmas[first] in TEMPORAL and analysis.deprels[first] != "nsubj")
        return tag in ("NOUN", "ADJ", "X") or word.isupper()

    def _acts_as_west(self, token: int) -> bool:
        """“The west must accept this”, “blames the west”: the states, as some papers write them."""
        analysis = self.analysis
        head, deprel = analysis.heads[token], analysis.deprels[token]
        if token == 0 or head < 0 or self.keys[token - 1] != "the":
            return False
        behind = self.keys[token + 1 : token + 3]
        if behind[:1] == ["of"] and self.lemmas[head] not in _TOLD_OF:
            return False
        if deprel == "nsubj":
            return analysis.upos[head] == "VERB"
        return deprel in ("obj", "iobj") and self.lemmas[head] in _TOLD_OF

    def _proper_run(self, at: int, end: int) -> int:
        """The end of a name that nothing but the parse shows: proper nouns that belong together."""
        analysis = self.analysis
        if analysis.upos[at] != "PROPN" or self.lemmas[at] in TEMPORAL:
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
        if analysis.upos[head] == "NUM" or analysis.words[last - 1][0].isdigit():
            return None
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
        if governor == ROOT or not analysis.deprels[head].startswith("nsubj"):
            return None
        return "PER" if self.lemmas[governor] in self.lexicon.speaking else None

    def phrase_sort(self, token: int) -> bool:
        return bool(self.lexicon.agents_of(self.lemmas[token]))

    def head_of(self, first: int, last: int) -> int:
        """The token of a span that depends on what is outside it."""
        return self.analysis.head_of(first, last)


def _lemmas(analysis: Analysis, keys: list[str]) -> list[str]:
    """Lower-case lemmas; the word itself where the analysis has none."""
    return [
        lemma.lower() if lemma and lemma != "_" else key
        for lemma, key in zip(analysis.lemmas, keys, strict=True)
    ]


def _is_shouted(analysis: Analysis, first: int, last: int) -> bool:
    """Whether a sentence is written in capitals throughout."""
    words = [w for w in analysis.words[first:last] if w.isalpha() and len(w) > 1]
    return len(words) > 2 and sum(w.isupper() for w in words) > 0.8 * len(words)
