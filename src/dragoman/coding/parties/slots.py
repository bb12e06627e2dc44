"""The actors that fill one place of a frame: named there, meant by a pronoun, or the author."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.coding.clauses import Clauses
from dragoman.coding.fillers import CastLike, Filler
from dragoman.coding.matching import Matcher
from dragoman.coding.parties.doers import Doers
from dragoman.coding.parties.naming import Namer
from dragoman.ontology.frame_files import Slot

TOGETHER: Slot = ((("together_with",),), (("along_with",),), (("accompanied_by",),))

_SELF = frozenset({"it", "he", "she", "they", "we", "i"})
_PAPERS = frozenset(
    {"statement", "letter", "communique", "communiqué", "declaration", "document", "initiative",
     "draft", "treaty", "ultimatum", "appeal", "text", "plan", "motion", "resolution", "proposal",
     "petition", "report", "bill"}
)  # fmt: skip
_DRAFTING = frozenset(
    {"draft", "propose", "submit", "table", "prepare", "sponsor", "circulate", "adopt", "pass"}
)
_PAPER_WORDS = 80  # how far back its author is looked for
_THIRD = frozenset({"it", "they"})
_IT = frozenset({"state", "government", "organisation", "igo", "bloc", "armed-group"})


class Slots:
    """Fills the places of frames in one document."""

    def __init__(self, clauses: Clauses, matcher: Matcher, cast: CastLike, namer: Namer) -> None:
        self._clauses = clauses
        self._matcher = matcher
        self._cast = cast
        self._namer = namer
        self.doers = Doers(clauses, matcher, self.fill)

    def fill(self, token: int, slot: Slot, *, loose: bool = False) -> list[Filler]:
        """The actors of the first alternative that yields any."""
        for alternative in slot:
            if alternative == (("speaker",),):
                return self._namer.speaker(token)
            found = [
                Filler(filler, actor, ".".join(path))
                for path in alternative
                for filler in self._matcher.slot_tokens(token, path)
                for actor in self.actors_at(filler, loose=loose or path[-1] == "poss")
            ]
            if alternative == (("subj",),):
                found += self._through_deeds(token)
                found += self._who_all(token, found)
            if found:
                return found
            if loose or alternative == (("subj",),):
                found = self._meant_by_pronoun(token, alternative)
                if found:
                    return found
            if alternative == (("subj",),):
                found = self._self_spoken(token) or self._author(token)
                if found:
                    return found
        return []

    def _who_all(self, verb: int, found: Sequence[Filler]) -> list[Filler]:
        """“Met A, B and C, who arrived in Peru”: all of the list have arrived."""
        who = self._clauses.child(verb, "nsubj")
        if who is None or not found:
            return []
        return [Filler(who, actor, "subj") for actor in self._namer.before_who(who)]

    def _through_deeds(self, token: int) -> list[Filler]:
        """“Backed by US air strikes and advisers”: the doers of deeds that stand as subjects."""
        return [
            filler
            for subject in self._matcher.slot_tokens(token, ("subj",))
            for one in self._clauses.coordinated(subject)
            if not self._namer.actors_here(one)
            for filler in self.doers.of_deed(one)
        ]

    def _meant_by_pronoun(
        self, token: int, alternative: tuple[tuple[str, ...], ...]
    ) -> list[Filler]:
        """“Criticised the US, accusing it of …”: the actor that was told last before."""
        clauses = self._clauses
        for path in alternative:
            for pronoun in self._matcher.slot_tokens(token, path):
                if clauses.upos[pronoun] != "PRON" or clauses.lemmas[pronoun] not in _THIRD:
                    continue
                subject = clauses.agent(token) if clauses.is_verb(token) else None
                if subject == pronoun:  # controlled from above: “accused it of building …”
                    above = clauses.heads[pronoun]
                    if above == token or not clauses.is_verb(above):
                        continue
                    subject = clauses.agent(above)
                own = set() if subject is None else set(self.actors_at(subject))
                first = clauses.analysis.tokens.bounds[clauses.analysis.sentence_of[pronoun]]
                for before in range(pronoun - 1, first - 1, -1):
                    actor = self._cast.at(before)
                    if actor is not None and actor not in own and before != subject:
                        if clauses.upos[before] == "PRON":
                            continue
                        if self._cast.actor(actor).kind in _IT:
                            return [Filler(pronoun, actor, ".".join(path))]
        return []

    def _author(self, token: int) -> list[Filler]:
        """“The statement urged …”: whoever issued it, here or in the sentences right before."""
        clauses = self._clauses
        subject = clauses.surface_subject(token)
        if subject is None or clauses.lemmas[subject] not in _PAPERS or clauses.passive(token):
            return []
        above = clauses.heads[subject]
        if above >= 0 and clauses.deprels[subject] == "obj" and clauses.lemmas[above] in _DRAFTING:
            return self.fill(above, ((("subj",),),))  # “drafted a resolution that would impose …”
        last = clauses.analysis.tokens.bounds[clauses.analysis.sentence_of[token]]
        for before in range(last - 1, max(-1, last - _PAPER_WORDS), -1):
            if clauses.lemmas[before] != clauses.lemmas[subject]:
                continue
            holder = clauses.holder(before)
            actors = self.actors_at(holder) if holder is not None else []
            if actors:
                return [Filler(subject, actor, "author") for actor in actors]
        return []

    def _self_spoken(self, token: int) -> list[Filler]:
        """“Syria says it is willing”: a pronoun that nobody resolved, right below its speaker."""
        subject = self._clauses.surface_subject(token)
        if subject is None or self._clauses.upos[subject] != "PRON":
            return []
        if self._clauses.lemmas[subject] not in _SELF or self._clauses.passive(token):
            return []
        word = self._clauses.lemmas[subject]
        found = []
        for spoken in self._namer.speaker(token):
            kind = self._cast.actor(spoken.actor).kind
            human = word in ("he", "she", "i") and kind not in ("person", "unnamed")
            if not human and not (word == "it" and kind == "person"):
                found.append(Filler(subject, spoken.actor, "subj"))
        return found

    def actors_at(self, token: int, *, loose: bool = False) -> list[str]:
        """The actors that a phrase names, with all that is coordinated in it."""
        return self._namer.actors_at(token, loose=loose)

    def sent(self, verb: int) -> list[Filler]:
        """“Is sending his minister Ana Diaz to Peru”: she goes, and not who sends her."""
        found = self.fill(verb, ((("obj",),),))
        return [f for f in found if self._cast.actor(f.actor).kind == "person" and self.code(f)]

    def code(self, filler: Filler) -> str | None:
        return self._cast.actor(filler.actor).code
