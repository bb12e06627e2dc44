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
_BLAMED = {"blame": "on", "attribute": "to"}
_OWN_PLACES = frozenset({"poss", "by", "of", "from"})
_DEEDS = frozenset({"ASSAULT", "COERCE", "MOBILIZE"})
_AMID = ("in", "by", "during", "from", "due_to", "as_a_result_of", "because_of")


class Doers:
    """Answers for event nouns; `fill` finds the actors of a slot."""

    def __init__(self, clauses: Clauses, matcher: Matcher, fill: Fill) -> None:
        self._clauses = clauses
        self._matcher = matcher
        self._fill = fill

    def frame_of(self, noun: int) -> Frame | None:
        """The first frame of a noun that may tell a deed; None for other words."""
        if self._clauses.upos[noun] != "NOUN":
            return None
        nouns, joined = self._matcher.index.nouns, self._clauses.joined.get(noun)
        entries = (nouns.get(joined) if joined else None) or nouns.get(self._clauses.lemmas[noun])
        return entries[0].frame if entries else None

    def of_deed(self, noun: int) -> list[Filler]:
        """“The rebel barrage killed ten”: whose barrage it was; nothing for other nouns."""
        frame = self.frame_of(noun)
        if frame is None or frame.type not in _DEEDS or frame.mutual:
            return []
        slot = tuple(
            tuple(path for path in alternative if path[0] in _OWN_PLACES)
            for alternative in frame.noun_actor
        )
        return self._fill(noun, tuple(a for a in slot if a)) or self.named_behind(noun)

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
        return []

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
            if not clauses.is_verb(one):
                found.append(one)
                waiting += clauses.children[one]
        return found
