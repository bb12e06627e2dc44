"""Who does what an event noun tells, where the noun itself fills a place: “the raid killed six”."""

from __future__ import annotations

from collections.abc import Callable

from dragoman.coding.clauses import Clauses
from dragoman.coding.fillers import Filler
from dragoman.coding.matching import Matcher
from dragoman.ontology import Frame
from dragoman.ontology.frame_files import Slot

Fill = Callable[[int, Slot], list[Filler]]

# Participles that name who did it: “a bombing claimed by …”, “an offensive launched by …”.
_OWNING = frozenset(
    {"claim", "launch", "lead", "mount", "order", "plan", "inflict", "perpetrate", "commit",
     "command", "unleash", "stage", "conduct", "carry", "wage", "execute", "initiate", "start",
     "mastermind", "orchestrate", "fire", "direct"}
)  # fmt: skip
_ANSWERING = frozenset({"respond", "retaliate", "answer", "reply", "continue", "hit", "pound"})
_BLAMED = {"blame": "on", "attribute": "to", "pin": "on"}
# “Blamed him for the raid”, “accused them of the attack”: the deed stands behind the preposition.
_CHARGED = {
    "blame": "for",
    "accuse": "of",
    "suspect": "of",
    "convict": "of",
    **dict.fromkeys(("condemn", "criticise", "criticize", "rebuke", "denounce", "slam"), "for"),
}
_AVOWED = frozenset({"claim", "take", "accept", "admit", "assume", "acknowledge"})
_OWN_PLACES = frozenset({"poss", "by", "of", "from"})
_DEFINITE = frozenset({"the", "this", "these", "those"})
_NARROWING = frozenset({"amod", "compound", "nmod", "nmod:poss", "acl", "acl:relcl", "nummod"})
_TOLD_BEFORE = 2  # sentences
_DEEDS = frozenset({"ASSAULT", "COERCE", "MOBILIZE"})
_ASIDE = frozenset({"ahead_of", "before", "after", "following", "during", "amid", "despite"})
_AMID = ("in", "by", "during", "from", "due_to", "as_a_result_of", "because_of")


class Doers:
    """Answers for event nouns; `fill` finds the actors of a slot."""

    def __init__(self, clauses: Clauses, matcher: Matcher, fill: Fill) -> None:
        self._clauses = clauses
        self._matcher = matcher
        self._fill = fill
        self._asked: set[int] = set()  # nouns whose doer is being looked for

    def frame_of(self, noun: int) -> Frame | None:
        """The first frame of a noun that may tell a deed; None for other words."""
        frames = self._frames(noun)
        return frames[0] if frames else None

    def _frames(self, noun: int) -> list[Frame]:
        if self._clauses.upos[noun] != "NOUN":
            return []
        nouns, joined = self._matcher.index.nouns, self._clauses.joined.get(noun)
        entries = (nouns.get(joined) if joined else None) or nouns.get(self._clauses.lemmas[noun])
        return [entry.frame for entry in entries or ()]

    def of_deed(self, noun: int, *, again: bool = True) -> list[Filler]:
        """“The rebel barrage killed ten”: whose barrage it was; nothing for other nouns."""
        deeds = [f for f in self._frames(noun) if f.type in _DEEDS and not f.mutual]
        if not deeds:
            return []
        frame = deeds[0]  # “strike” is of workers as well
        slot = tuple(
            tuple(path for path in alternative if path[0] in _OWN_PLACES)
            for alternative in frame.noun_actor
        )
        if noun in self._asked:
            return []
        self._asked.add(noun)
        try:
            found = self._fill(noun, tuple(a for a in slot if a)) or self.named_behind(noun)
            return found or (self.told_before(noun) if again else [])
        finally:
            self._asked.discard(noun)

    def told_before(self, noun: int) -> list[Filler]:
        """“The strikes hit a village”: those of the strikes that were told right before.

        Only where nothing but the article stands with the noun; a strike in between that names
        nobody ends the search.
        """
        clauses = self._clauses
        lemmas, sentence_of = clauses.lemmas, clauses.analysis.sentence_of
        beside = [c for c in clauses.children[noun] if clauses.deprels[c] != "punct"]
        articles = [c for c in beside if lemmas[c] in _DEFINITE and clauses.deprels[c] == "det"]
        if not articles or any(clauses.deprels[c] in _NARROWING for c in beside):
            return []
        first = clauses.analysis.tokens.bounds[max(0, sentence_of[noun] - _TOLD_BEFORE)]
        for before in range(noun - 1, first - 1, -1):
            bare = lemmas[noun].removeprefix("air")  # “air strikes”, and then “the airstrikes”
            if clauses.upos[before] == "NOUN" and lemmas[before].endswith(bare):
                found = self.of_deed(before, again=False) or self._who_carries(before)
                return [Filler(noun, filler.actor, "told before") for filler in found]
        return []

    def _who_carries(self, noun: int) -> list[Filler]:
        """“Israel responded with air strikes”: who does what its verb tells."""
        clauses, verb = self._clauses, self._clauses.heads[noun]
        if verb < 0 or not clauses.is_verb(verb) or clauses.passive(verb):
            return []
        if clauses.lemmas[verb] not in _OWNING | _ANSWERING:
            return []
        return self._fill(verb, ((("subj",),),)) if clauses.deprels[noun] in ("obj", "obl") else []

    def named_behind(self, noun: int) -> list[Filler]:
        """“An attack claimed by …”, “the blockade of ports by …”: who is named further behind."""
        clauses = self._clauses
        for child in clauses.children[noun]:
            if clauses.deprels[child] not in ("acl", "acl:relcl") or not clauses.is_verb(child):
                continue
            if clauses.mark.get(child) == "that":
                continue  # “allegations that they carried out …”
            lemma = clauses.lemmas[child]
            found: list[Filler] = []
            if lemma in _OWNING and clauses.agent(child) != noun:
                found = self._fill(child, ((("subj",),),))
            elif lemma in _BLAMED:
                found = self._fill(child, (((_BLAMED[lemma],),),))
            if found:
                return found
        for below in self._below(noun):
            if clauses.case.get(below) == "by":
                return self._fill(below, ((("self",),),))
        return self._named_above(noun)

    def _named_above(self, noun: int) -> list[Filler]:
        """“Blamed the raid on …”, “accused … of the attack”, “claimed responsibility for it”."""
        clauses, above = self._clauses, self._clauses.heads[noun]
        if above < 0 or above in clauses.negation:
            return []
        case, lemma = clauses.case.get(noun), clauses.lemmas[above]
        if lemma == "responsibility" and case == "for" and clauses.deprels[above] == "obj":
            verb = clauses.heads[above]
            avowed = clauses.lemmas[verb] in _AVOWED and verb not in clauses.negation
            return self._fill(verb, ((("subj",),),)) if avowed else []
        if clauses.deprels[noun] == "nmod" and clauses.is_verb(clauses.heads[above]):
            above = clauses.heads[above]  # a phrase that the parse hung on the one blamed
            lemma = clauses.lemmas[above]
        if not clauses.is_verb(above) or above in clauses.negation:
            return []
        if case == "for" and lemma in _AVOWED:
            avowed = any(clauses.lemmas[o] == "responsibility" for o in clauses.objects(above))
            return self._fill(above, ((("subj",),),)) if avowed else []
        if case is not None:
            return self._fill(above, ((("obj",),),)) if _CHARGED.get(lemma) == case else []
        if clauses.deprels[noun] not in ("obj", "nsubj:pass"):
            return []
        if lemma in _BLAMED:
            return self._fill(above, (((_BLAMED[lemma],), ("obj", _BLAMED[lemma])),))
        avowed = lemma == "claim" and not clauses.passive(above)
        return self._fill(above, ((("subj",),),)) if avowed else []

    def is_blamed(self, noun: int) -> bool:
        """“Blamed the attacks on the policy”: “on” names whose deed they are, not their target."""
        clauses, above = self._clauses, self._clauses.heads[noun]
        return (
            above >= 0
            and clauses.lemmas[above] in _BLAMED
            and clauses.is_verb(above)
            and clauses.deprels[noun] in ("obj", "nsubj:pass")
        )

    def amid(self, verb: int) -> list[Filler]:
        """“Dozens were wounded in an attack by …”: who did it stands with the attack."""
        clauses = self._clauses
        for child in clauses.children[verb]:
            if clauses.case.get(child) in _AMID and clauses.deprels[child] in ("obl", "obl:agent"):
                frame = self.frame_of(child)
                if frame is not None and frame.type == "ASSAULT":
                    return self.of_deed(child)
        return []

    def _below(self, noun: int) -> list[int]:
        """The words of a noun phrase, without those of clauses in it."""
        clauses = self._clauses
        found: list[int] = []
        waiting = list(clauses.children[noun])
        while waiting:
            one = waiting.pop(0)
            if not clauses.is_verb(one) and clauses.case.get(one) not in _ASIDE:
                found.append(one)
                waiting += clauses.children[one]
        return found
