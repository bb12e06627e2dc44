"""Gives every mention of a document to an actor.

Names first (a full name may stand below the short one that needs it), then everything in the order
of the text. A phrase that hangs on another ("the president's spokesman") has the other resolved
before it.
"""

from __future__ import annotations

from dragoman.actors.chains import Chain, Seen
from dragoman.actors.coreference import (
    SUBJECTS,
    Pronoun,
    kind_of,
    resolve,
    role_of,
    sex_of,
)
from dragoman.actors.groups import MOST_TOGETHER, TOP_OFFICES
from dragoman.actors.mentions import NameSpan, Spot
from dragoman.actors.struck import Struck
from dragoman.language.analysis import ROOT

_PARTICLES = frozenset(
    ["ul", "ur", "al", "el", "bin", "ibn", "de", "la", "van", "von", "der", "den", "di", "da", "du",
     "dos", "le", "ter", "abu"]
)  # fmt: skip
_FRONTED = 6  # words up from “his” to the verb before which it stands
_WE = frozenset({"we", "us", "our", "ours", "ourselves"})


class Resolver(Struck):
    """Resolves the spots of one document; `chains` and `at` are the outcome."""

    def run(self) -> None:
        """Resolves all spots."""
        self._home = self._main_state()
        self._part_titles()
        self._join_titles()
        named = [spot for spot in self.spots if spot.form == "name" and spot.name is not None]
        for spot in named:
            name = spot.name
            if name is None or name.last - name.first < 2 or self._is_family_alone(name):
                continue
            self._resolve(spot)
        for spot in named:
            if not self._is_shared(spot):
                self._resolve(spot)
        self._home = self._main_state()
        self._come_home()
        self._acronyms(named)
        self._other_names(named)
        for spot in self.spots:
            chain = self._resolve(spot)
            if chain is not None:
                self._notice(spot, chain)
        self._settle_titles()

    def _main_state(self) -> str | None:
        """The state that is meant where none is told: the publisher's own, else the story's."""
        main = self._main_country()
        return self._own_state() or main

    def _resolve(self, spot: Spot) -> Chain | None:
        """The chain of a spot, found once; None for what is no actor or cannot be told."""
        if spot.head in self._seen:
            return self._seen[spot.head]
        if spot.head in self._pending:
            return None
        self._pending.add(spot.head)
        if spot.form == "name":
            chain = self._name(spot) or self._struck(spot)
        elif spot.form == "description":
            chain = self._description(spot) if spot.phrase is not None else self._so_many(spot)
        else:
            chain = self._pronoun(spot)
        self._pending.discard(spot.head)
        self._seen[spot.head] = chain
        return chain

    def _notice(self, spot: Spot, chain: Chain) -> None:
        """Enters a mention: the chain has been seen here and may be referred to below."""
        chain.mentions.append((spot.first, spot.last, spot.head, spot.form))
        chain.supposed = chain.supposed and spot.form != "name"
        sentence = self.analysis.sentence_of[spot.head]
        chain.last_seen = spot.head
        self.at.setdefault(spot.head, chain)
        if spot.counted is not None:
            self.at.setdefault(spot.counted, chain)
        if spot.name is not None:
            for token in range(spot.name.first, spot.name.last):
                self.at.setdefault(token, chain)
        top = spot.counted if spot.counted is not None else spot.head
        role = role_of(self.analysis, top)
        self._recent.append(Seen((chain,), spot.first, spot.last, top, sentence, role, spot.form))
        self._notice_pair(top, chain, sentence, role, spot)

    def _pronoun(self, spot: Spot) -> Chain | None:
        key = self.finder.keys[spot.head]
        kind = kind_of(key)
        if kind is None:
            return self._reciprocal(spot)
        if kind == "speaker":
            return self._speaker(spot)
        told = self._told_in_brackets(spot) or self._emphatic(spot) or self._named_after(spot)
        if told is not None:
            told.gender = told.gender or sex_of(key)
            return told
        speaker = self._speaker(spot)
        pronoun = Pronoun(
            spot.head,
            key,
            self.analysis.sentence_of[spot.head],
            role_of(self.analysis, spot.head),
            speaker.number if speaker is not None else None,
            self.quotes.is_spoken(spot.head),
        )
        seen = self._referent(pronoun)
        if seen is None:
            return None
        if len(seen.chains) > 1:
            return self._compound(spot, list(seen.chains), seen.chains[0].kind)
        chain = seen.chains[0]
        if chain.gender is None and kind == "he":
            chain.gender = sex_of(key)
        return chain

    def _referent(self, pronoun: Pronoun) -> Seen | None:
        """What was seen before that a pronoun stands for."""
        return resolve(self.analysis, pronoun, self._recent, self.weights)

    def _told_in_brackets(self, spot: Spot) -> Chain | None:
        """ "He (Netanyahu)": an editor's hand has told whom a pronoun means."""
        words, last = self.analysis.words, spot.last
        if last + 1 >= len(words) or words[last] not in "([":
            return None
        name = self.finder.name_at.get(last + 1)
        if name is None or name.last >= len(words) or words[name.last] not in ")]":
            return None
        named = self.by_head.get(self.finder.head_of(name.first, name.last))
        return self._resolve(named) if named is not None else None

    def _named_after(self, spot: Spot) -> Chain | None:
        """ "In his speech, Putin said": the subject that follows what stands before the clause."""
        analysis, key = self.analysis, self.finder.keys[spot.head]
        if analysis.deprels[spot.head] != "nmod:poss" or kind_of(key) != "he":
            return None
        top, verb = spot.head, analysis.heads[spot.head]
        for _ in range(_FRONTED):
            if verb == ROOT or analysis.deprels[top] in ("obl", "advcl"):
                break
            top, verb = verb, analysis.heads[verb]
        if verb == ROOT or verb < spot.head:
            return None
        subject = next((c for c in analysis.children[verb] if analysis.deprels[c] in SUBJECTS), -1)
        named = self.by_head.get(subject)
        if subject < spot.head or named is None or named.form != "name":
            return None
        if "," not in analysis.words[spot.head : named.first]:
            return None
        chain = self._resolve(named)
        if chain is None or chain.sort != "person" or chain.gender not in (None, sex_of(key)):
            return None
        return chain

    def _emphatic(self, spot: Spot) -> Chain | None:
        """ "the head of state himself": a reflexive right behind the one whom it stresses."""
        key = self.finder.keys[spot.head]
        if not key.endswith(("self", "selves")) or not self._recent:
            return None
        seen = self._recent[-1]
        if seen.last != spot.first or len(seen.chains) > 1:
            return None
        chain = seen.chains[0]
        if self.analysis.heads[spot.head] != seen.head and seen.role != "subj":
            return None
        return chain if (chain.sort == "person") == (key in ("himself", "herself")) else None

    def _is_family_alone(self, name: NameSpan) -> bool:
        """Whether a name of several words is but a family name: "Mr ul-Haq", "Mr de la Cruz"."""
        titled = name.first > 0 and self.finder.keys[name.first - 1] in self.lexicon.titles
        inner = self.finder.keys[name.first : name.last - 1]
        return titled and all(key in _PARTICLES or not key.isalnum() for key in inner)

    def _is_shared(self, spot: Spot) -> bool:
        """Whether a short name fits several people: then the order of the text tells."""
        name = spot.name
        if name is None or (name.last - name.first > 1 and not self._is_family_alone(name)):
            return False
        return len(self._by_family.get(self.finder.keys[name.last - 1], ())) > 1

    def _reciprocal(self, spot: Spot) -> Chain | None:
        """ "each other": those who are the subject of the clause."""
        analysis = self.analysis
        verb = analysis.heads[spot.head]
        for _ in range(4):
            if verb == ROOT:
                return None
            subjects = [c for c in analysis.children[verb] if analysis.deprels[c] in SUBJECTS]
            if subjects:
                return self._together(spot, subjects[0])
            verb = analysis.heads[verb]
        return None

    def _together(self, spot: Spot, first: int) -> Chain | None:
        """The actor of a subject with those joined to it."""
        joined = [c for c in self.analysis.children[first] if self.analysis.deprels[c] == "conj"]
        heads = [first, *joined[:MOST_TOGETHER]]
        chains = [self.at[h] for h in heads if h in self.at]
        if len(chains) > 1:
            return self._compound(spot, chains, chains[0].kind)
        return chains[0] if chains and chains[0].plural else None

    def _speaker(self, spot: Spot) -> Chain | None:
        """ "I" and "we" in a quotation are the one who says it, else whose text it is."""
        token = self.quotes.speaker_of(spot.head)
        if token is None:
            return None if self.quotes.is_spoken(spot.head) else self._voice()
        speaker = self.by_head.get(token)
        chain = self._resolve(speaker) if speaker is not None else self.at.get(token)
        return self._spokesmans_we(spot, chain) or chain

    def _spokesmans_we(self, spot: Spot, speaker: Chain | None) -> Chain | None:
        """ "We" of a spokesman, in the transcript that his state publishes, is that state."""
        own = self._own_state()
        if own is None or self.finder.keys[spot.head] not in _WE:
            return None
        if self.quotes.quote_of(spot.head) >= 0 or not self.quotes.is_spoken(spot.head):
            return None
        if speaker is None or speaker is self._voice() or speaker.offices & TOP_OFFICES:
            return None
        if speaker.state not in (None, own):
            return None
        return self._of_entity(self.directory.entity(own))
