"""Where actors are mentioned: the noun phrases of a document that may name or describe one.

A mention is found from the parse (its head and what hangs on it) and from what is known of words:
names in the directory, names that the model tagged, nouns for those who act. Who is meant is
decided later.
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.actors.lexicon import Agent, Phrase
from dragoman.actors.name_spans import NameSpan
from dragoman.actors.noun_phrases import PhraseFinder
from dragoman.language.analysis import ROOT
from dragoman.records import Form

_SEIZING = frozenset(
    [("take", "over"), ("close", "off"), ("seal", "off"), ("cut", "off"), ("lock", "down")]
)
# Counts of those who are meant by a number alone, and of whom a noun speaks together.
NUMBERS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "2": 2, "3": 3, "4": 4, "5": 5}
_REALMS = frozenset(["kingdom", "emirate", "sultanate"])
_CAMPS = frozenset(["camp", "team"])  # "camps in Syria" are no one's
_INSIDE = frozenset(["compound", "flat", "nmod:desc", "amod", "goeswith", "fixed"])
_BANDS = frozenset(
    ["rebel", "insurgent", "militant", "jihadist", "separatist", "guerrilla", "guerilla",
     "loyalist"]
)  # fmt: skip
_DOERS = _BANDS | frozenset(["army", "police", "government", "regime", "militia"])
_DEED_NEAR = 3  # words from who does it to the deed: "rebel rocket fire"
_RECIPROCAL = {"each": "other", "one": "another"}
_PRONOUNS = frozenset(
    ["i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves", "he", "him", "his",
     "himself", "she", "her", "hers", "herself", "it", "its", "itself", "they", "them", "their",
     "theirs", "themselves"]
)  # fmt: skip


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


class Finder(PhraseFinder):
    """Finds the spots of one document; keeps what several steps need of it."""

    def spots(self) -> list[Spot]:
        """All spots in order; of two that begin alike the longer comes first."""
        found = [
            *self._named(),
            *self._described(),
            *self._people(),
            *self._struck_places(),
            *self._pronouns(),
        ]
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
            first = self._with_modifiers(first, name)
        elif name.first > 0 and self.keys[name.first - 1] in self.lexicon.titles:
            first = name.first - 1
            if analysis.words[first][0].islower():
                first = name.first
        plural = "Number=Plur" in analysis.feats[head]
        return Spot(first, name.last, head, "name", name, title, None, plural)

    def _with_modifiers(self, first: int, name: NameSpan) -> int:
        """A title's phrase with the adjectives that the parse hung on the name itself."""
        analysis = self.analysis
        while first > 0 and first not in self._beginnings:
            before = first - 1
            inside = first <= analysis.heads[before] < name.last
            wanted = analysis.upos[before] in ("ADJ", "DET") and inside
            if not wanted and before not in self.demonyms:
                break
            first = before
        return first

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
        if self.is_person(name):
            return phrase if phrase.agent.sort == "person" else None
        if name.label == "LOC" and not name.ids:
            return None
        tied = analysis.heads[own] == head or analysis.heads[head] == own
        return phrase if tied or phrase.agent.kind == "state" else None

    def is_person(self, name: NameSpan) -> bool:
        """Whether a name is a person's, as the directory or the model has it."""
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
        if self.keys[head] == "pm" and head > 0 and analysis.upos[head - 1] == "NUM":
            return None  # "3 p.m."
        if head in self.name_at or analysis.upos[head] not in ("NOUN", "PROPN", "ADJ", "NUM"):
            return None
        within = self._is_doer_in_word(phrase) or self._is_doer_of_deed(phrase, head)
        if analysis.upos[head] == "ADJ" and not within and not self._heads_phrase(head):
            return None
        relation = analysis.deprels[head]
        band = self.keys[head] in _BANDS and self._is_doer_of_deed(phrase, head)
        plural = band or self._is_plural(head, phrase)
        after = relation == "nmod:desc" and analysis.heads[head] < phrase.first
        if relation in _INSIDE and not after and not within:
            return None
        if self._is_in_word(phrase) and not self._is_doer_in_word(phrase):
            return None
        agents = tuple(a for a in phrase.agents if plural or not a.plural)
        if not agents:
            return None
        if plural and any(a.plural for a in agents):
            agents = tuple(sorted(agents, key=lambda a: not a.plural))
        if not plural and not within and self._is_bare(head, phrase, agents[0]):
            return None
        if agents != phrase.agents:
            phrase = Phrase(phrase.first, phrase.last, agents, phrase.counts)
        first = self.left_edge(head, phrase.first)
        last = self.right_edge(head, phrase.last)
        if agents[0].noun == "power" and not self._are_states(first, phrase.first):
            return None
        if agents[0].tied and not self._is_tied(head, first, phrase.last, last):
            return None
        if self._is_only_place(agents[0], head) or self._is_vague(
            agents[0], head, first, phrase.first
        ):
            return None
        if plural and agents[0].sort == "person":
            last = self._with_joined_states(last)
        counted = self._counted(head)
        if counted is not None:
            first = min(first, self.left_edge(counted, counted))
            plural = True
        return Spot(first, last, head, "description", None, phrase, counted, plural)

    def _is_only_place(self, agent: Agent, head: int) -> bool:
        """Whether a noun for a building says where something is ("at the university")."""
        if agent.noun not in self.lexicon.words["sites"] or self.is_struck(head):
            return False
        return any(
            self.keys[c] in ("in", "at", "near", "outside", "inside", "from", "into")
            for c in self.analysis.children[head]
            if self.analysis.deprels[c] == "case"
        )

    def _is_vague(self, agent: Agent, head: int, first: int, until: int) -> bool:
        """Whether "movement" or "plane" is no actor: nothing says of whom, and it does no deed."""
        if agent.noun not in self.lexicon.words["vague"] or self._strikes(head):
            return False
        words = self.lexicon.sector_words
        return not any(
            self.keys[t] in words or self.is_modifier(t) or t in self.phrase_at or t in self.name_at
            for t in range(first, until)
        )

    def _strikes(self, head: int) -> bool:
        """Whether the noun is the subject of a verb of attack ("helicopters fired rockets")."""
        analysis, lists = self.analysis, self.lexicon.struck
        if analysis.deprels[head] != "nsubj" or analysis.heads[head] == ROOT:
            return False
        lemma = self.lemmas[analysis.heads[head]]
        return (
            lemma in lists["verbs"] or lemma in lists["strike_verbs"] or lemma in ("kill", "wound")
        )

    def _with_joined_states(self, last: int) -> int:
        """The end of "the ministers of France, Germany and Poland", which the parse may cut."""
        edge = last
        if not self._is_state_name(last - 1):
            return last
        while edge + 1 < len(self.keys):
            after = edge + (2 if self.keys[edge + 1] == "and" else 1)
            if self.analysis.words[edge] not in (",", "and") or after >= len(self.keys):
                break
            name = self.name_at.get(after)
            if name is None or name.first != after or not self._is_state_name(after):
                break
            if self.analysis.words[edge] == "," and self.keys[edge + 1] != "and":
                closed = name.last < len(self.keys) and self.analysis.words[name.last] in (
                    ",",
                    "and",
                )
                if not closed:
                    break
            edge = name.last
        return edge if self.keys[last:edge].count("and") == 1 else last

    def _is_state_name(self, token: int) -> bool:
        name = self.name_at.get(token)
        if name is None or len(name.ids) != 1:
            return False
        return self.directory.entity(name.ids[0]).kind == "state"

    def _is_bare(self, head: int, phrase: Phrase, agent: Agent) -> bool:
        """A singular noun without article or owner, which is no actor ("do justice")."""
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

    def _struck_places(self) -> list[Spot]:
        """ "the southern town", "a military base": places by a noun, where they are struck."""
        analysis, found = self.analysis, []
        for head, lemma in enumerate(self.lemmas):
            agent = self.lexicon.places_struck.get(lemma)
            if agent is None or head in self.name_at or self._is_agent(head):
                continue
            if analysis.upos[head] != "NOUN" or not self.is_struck(head):
                continue
            if lemma == "part" and self.lemmas[analysis.heads[head]] in ("take", "play"):
                continue  # “took part in”
            phrase = Phrase(head, head + 1, (agent,))
            first, last = self.left_edge(head, head), self.right_edge(head, head + 1)
            last = self._with_name_beside(head, last)
            plural = "Number=Plur" in analysis.feats[head]
            found.append(Spot(first, last, head, "description", None, phrase, None, plural))
        return found

    def _is_agent(self, head: int) -> bool:
        """Whether a noun for a place is here one for those who act ("the rebel camp" is none)."""
        phrase = self.phrase_at.get(head)
        return phrase is not None and self._description_spot(phrase) is not None

    def _with_name_beside(self, head: int, last: int) -> int:
        """The end of a place's phrase with the name right behind it ("the capital Juba")."""
        name = self.name_at.get(last)
        if name is None or name.first != last:
            return last
        own = self.head_of(name.first, name.last)
        return name.last if self.analysis.heads[own] == head else last

    def is_visited(self, head: int) -> bool:
        """Whether someone goes to the place whose phrase has this head."""
        analysis, lists = self.analysis, self.lexicon.visited
        relation, above = analysis.deprels[head], analysis.heads[head]
        if any(analysis.deprels[c] == "cop" for c in analysis.children[head]):
            return self._on_a_visit(head)
        if above == ROOT:
            return False
        lemma = self.lemmas[above]
        if relation == "obj":
            return lemma in lists["verbs"]
        if relation == "obl" and lemma in ("speak", "talk") and self._on_a_visit(above):
            return True
        if relation not in ("obl", "nmod") or lemma not in lists["moving"]:
            return False
        return any(
            self.keys[c] in lists["goal"]
            for c in analysis.children[head]
            if analysis.deprels[c] == "case"
        )

    def _on_a_visit(self, predicate: int) -> bool:
        """“Is in Lima on a visit”, “speaking in Lima at the end of a two-day visit”."""
        analysis, visits = self.analysis, self.lexicon.visited["visits"]
        below = analysis.children[predicate]
        return any(
            self.lemmas[c] in visits
            or (
                self.lemmas[c] == "end"
                and any(self.lemmas[d] in visits for d in analysis.children[c])
            )
            for c in below
            if analysis.deprels[c] in ("obl", "nmod")
        )

    def is_struck(self, head: int) -> bool:
        """Whether something is done to the place whose phrase has this head."""
        analysis, lists = self.analysis, self.lexicon.struck
        token = head
        for _ in range(4):
            if analysis.deprels[token] not in ("conj", "appos"):
                break
            token = analysis.heads[token]
        relation, above = analysis.deprels[token], analysis.heads[token]
        if above == ROOT:
            return False
        lemma = self.lemmas[above]
        if relation in ("obj", "nsubj:pass"):
            if lemma in lists["verbs"]:
                return analysis.upos[above] == "VERB"
            return any(
                (lemma, self.keys[c]) in _SEIZING
                for c in analysis.children[above]
                if analysis.deprels[c] == "compound:prt"
            )
        if relation not in ("obl", "nmod"):
            return False
        case = next(
            (self.keys[c] for c in analysis.children[token] if analysis.deprels[c] == "case"), ""
        )
        if case in lists["onto"] and lemma in lists["strike_nouns"] | lists["strike_verbs"]:
            return True
        if case in lists["from"]:
            return lemma in lists["leave_verbs"] | lists["leave_nouns"]
        if case == "of":
            return lemma in lists["genitive"]
        if case not in lists["within"]:
            return False
        if relation == "nmod":
            # "a state of siege in Pando"
            return lemma in lists["held"] or any(
                self.lemmas[c] in lists["held"]
                for c in analysis.children[above]
                if lemma == "state" and analysis.deprels[c] == "nmod"
            )
        objects = ("obj", "nsubj:pass", "obl")
        return any(
            self.lemmas[c] in lists["held"]
            for c in analysis.children[above]
            if analysis.deprels[c] in objects and c < token
        )

    def _is_tied(self, head: int, first: int, until: int, last: int) -> bool:
        """Whether a noun stands with a country, a body, an owner or a number ("both sides")."""
        analysis = self.analysis
        if any(analysis.deprels[c] == "nmod:poss" for c in analysis.children[head]):
            return True
        if analysis.words[head][0].isupper() and head not in self._beginnings:
            return True
        if self.lemmas[head] in _REALMS and self.keys[first] == "the":
            return True
        return any(
            self.is_modifier(t) or self.keys[t] in ("both", "two", "all")
            for t in range(first, until if self.lemmas[head] in _CAMPS else last)
        )

    def _are_states(self, first: int, until: int) -> bool:
        """Whether "powers" are states: "the Western powers", not "special powers"."""
        powers = self.lexicon.words["powers"]
        return any(t in self.demonyms or self.keys[t] in powers for t in range(first, until))

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

    def _is_doer_of_deed(self, phrase: Phrase, head: int) -> bool:
        """ "A rebel attack", "army shelling": who does it, in one word before the deed."""
        above = self.analysis.heads[head]
        return (
            head < above <= head + _DEED_NEAR
            and self.analysis.deprels[head] in ("compound", "amod")
            and self.keys[head] in _DOERS
            and self.lemmas[above] in self.lexicon.struck["strike_nouns"]
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
        found = [
            Spot(t, t + 2, self.head_of(t, t + 2), "pronoun", plural=True)
            for t in range(len(self.keys) - 1)
            if self.keys[t] in _RECIPROCAL and self.keys[t + 1] == _RECIPROCAL[self.keys[t]]
        ]
        found += [
            Spot(t - 1, t + 1, t, "description", plural=True)
            for t in range(1, len(self.keys))
            if self.keys[t] in NUMBERS and self._is_bare_number(t)
        ]
        return found + [
            Spot(t, t + 1, t, "pronoun")
            for t, key in enumerate(self.keys)
            if key in _PRONOUNS and analysis.upos[t] == "PRON" and analysis.deprels[t] != "expl"
        ]

    def _is_bare_number(self, token: int) -> bool:
        """ "The three": so many who have been told, where no noun says what they are."""
        analysis = self.analysis
        if self.keys[token - 1] != "the" or analysis.heads[token - 1] != token:
            return False
        alone = all(c <= token for c in analysis.children[token])
        roles = ("nsubj", "nsubj:pass", "obj", "iobj")
        return alone and analysis.upos[token] == "NUM" and analysis.deprels[token] in roles


__all__ = ["Finder", "NameSpan", "Spot"]
