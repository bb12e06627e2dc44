"""Who stands beside a contact noun: “on a visit to Tokyo, he said …”."""

from __future__ import annotations

from dragoman.coding.clauses import Clauses
from dragoman.coding.fillers import CastLike, Filler
from dragoman.coding.matching import Candidate, Matcher
from dragoman.coding.parties.slots import Slots

_BESIDE = frozenset(
    {"in", "during", "on", "at", "after", "before", "following", "amid", "for", "from", "ahead_of"}
)
_AHEAD = frozenset({"before", "ahead_of"})
_DEALINGS = frozenset({"visit", "trip", "tour", "arrival", "journey", "meeting", "stop"})
_APART = frozenset({"after", "before", "following", "ahead_of"})
_AS_CASE = frozenset({"following", "after", "during"})  # participles and the like, used so
_ADDRESS = frozenset({"tell", "inform", "assure", "warn", "urge", "ask", "remind", "thank"})
_PURPOSE = frozenset(
    {"mass", "deploy", "prepare", "train", "move", "gather", "assemble", "mobilize", "mobilise",
     "arm", "position", "send", "plan"}
)  # fmt: skip
# What one speaks of a contact, without holding it: “discussed preparations for the summit”.
_SPOKEN_OF = frozenset(
    {"preparation", "possibility", "agenda", "schedule", "plan", "expectation", "participation",
     "proposal", "idea", "prospect", "date", "invitation", "readiness"}
)  # fmt: skip
_OUTCOME = frozenset({"result", "outcome", "conclusion"})
_CLIMB = 4  # words up to the clause that holds a contact told in passing
_ENDS = frozenset({"end", "close", "conclusion", "start", "beginning", "outset", "middle"})
_ASKING = frozenset({"call", "appeal", "ask", "push", "press", "plead", "hope", "urge", "demand"})


class Beside:
    """Answers for the nouns of one document."""

    def __init__(self, clauses: Clauses, matcher: Matcher, cast: CastLike, slots: Slots) -> None:
        self._clauses = clauses
        self._matcher = matcher
        self._cast = cast
        self._slots = slots
        self._fill = slots.fill

    def of(self, candidate: Candidate, *, alone: bool) -> list[Filler]:
        """“On a visit to Tokyo, he said …”: whoever acts in the clause that holds the noun.

        With `alone` the noun itself names nobody: “during the call he congratulated the king”.
        """
        clauses, head = self._clauses, candidate.head
        frame_type = candidate.frame.type
        contact = candidate.frame.mode == "visit" or (
            candidate.frame.mutual and (frame_type == "CONSULT" or not alone)
        )
        case, deprel, above = self._hung(head)
        if case == "for" and frame_type != "CONSULT" and clauses.lemmas[above] in _ASKING:
            return []  # “called for a ceasefire”: it is not the caller's
        if not contact and not (case == "for" and clauses.lemmas[above] in _PURPOSE):
            return []
        if deprel == "obj" and above >= 0 and clauses.words[above].lower() in _AS_CASE:
            # “in a meeting with the press following talks with …”
            case, deprel = clauses.words[above].lower(), "obl"
            above = clauses.heads[above]
        outcome = case == "of" and above >= 0 and clauses.lemmas[above] in _OUTCOME
        if contact and outcome and clauses.heads[above] >= 0:
            case, above = "after", clauses.heads[above]  # “spoke of the results of talks with …”
        if above < 0 or deprel not in ("obl", "nmod") or case not in _BESIDE:
            return []
        if case == "for" and deprel == "nmod" and clauses.lemmas[above] not in _DEALINGS:
            return []  # “safe passage for the talks”
        if contact and case == "for" and clauses.lemmas[above] in _ASKING and not alone:
            return []  # “called for a meeting of the Council”: it is the Council's
        if contact and clauses.lemmas[above] in _SPOKEN_OF and case in ("for", "in", "on"):
            own = clauses.lemmas[above] == "participation"  # “her participation in the meeting”
            return self._fill(above, ((("poss",),), (("of",),))) if own else []
        found: list[Filler] = []
        for _ in range(_CLIMB):
            if clauses.is_verb(above):
                sent = case == "for" and clauses.lemmas[above] in ("send", "dispatch")
                found = self._slots.sent(above) if sent else []
                found = found or self._fill(above, ((("subj",),),))
                if not found and not alone:  # “Brown's hopes fell after talks with …”
                    found = self._fill(above, ((("subj", "poss"),),))
            elif case == "on" and self._is_at(above):
                found = self._fill(above, ((("subj",),),))
            if found or clauses.heads[above] < 0:
                break
            above = clauses.heads[above]
        if candidate.frame.mutual and clauses.is_verb(above):
            apart = not alone and case in _APART and self._is_contact(above)
            if apart and not self._matcher.slot_tokens(head, ("with",)) and self._meets(above):
                return []  # “after the summit of …, she met with the king”
            if case in _AHEAD and not alone and self._is_contact(above):
                return []  # “met her ahead of the summit”
            told = clauses.lemmas[above] in _ADDRESS | {"brief", "update"}
            if self._is_contact(above) and not (told and case in ("on", "for", "from")):
                with_whom = self._fill(above, ((("obj",),), (("with",),)))
                with_whom = [f for f in with_whom if not (apart and self._is_press(f))]
                found += [f for f in with_whom if self._is_press(f) or not self._is_crowd(f)]
            elif case == "during" and alone:
                met = self._fill(above, ((("iobj",),), (("obj",),), (("to",),)))
                met = met or self._fill(above, ((("obj", "to"),),))
                found += [f for f in met if self._cast.actor(f.actor).kind == "person"]
            elif case == "in" and clauses.lemmas[above] in _ADDRESS:  # “told him in talks”
                found += self._fill(above, ((("iobj",),), (("obj",),), (("to",),)))
        return found

    def _hung(self, noun: int) -> tuple[str | None, str, int]:
        """How a noun stands in its clause, also below “days of”, “at the end of”."""
        clauses = self._clauses
        case, above = clauses.case.get(noun), clauses.heads[noun]
        if case != "of" or above < 0:
            return case, clauses.deprels[noun], above
        if clauses.is_verb(above):  # where the parse takes the phrase from its noun
            ends = [c for c in clauses.children[above] if clauses.lemmas[c] in _ENDS and c < noun]
            above = ends[-1] if ends else above
        outer = clauses.case.get(above)
        if clauses.lemmas[above] in _ENDS and outer in ("at", "towards", "toward", "before"):
            return "during", "obl", clauses.heads[above]
        if clauses.lexicon.nouns.get(clauses.lemmas[above]) == "same":
            return outer, clauses.deprels[above], clauses.heads[above]
        return case, clauses.deprels[noun], above

    def arrived_at(self, noun: int) -> list[Filler]:
        """“Arrived in Peru on a visit”, “is in Lima on an official visit”."""
        case, _, above = self._hung(noun)
        if case == "on" and above >= 0 and self._is_at(above):
            return self._fill(above, ((("self",),),), loose=True)
        if case in ("after", "following") and above >= 0:  # “left Peru after a visit”
            left = self._clauses.lemmas[above] in ("leave", "depart")
            return self._fill(above, ((("obj",), ("from",)),), loose=True) if left else []
        ended = case != self._clauses.case.get(noun)
        if (case != "on" and not ended) or above < 0 or not self._clauses.is_verb(above):
            return []
        return self._fill(above, ((("in",),), (("to",),)), loose=True)

    def _is_at(self, place: int) -> bool:
        """“Is in Lima on a visit”: the place is what the sentence says of who is there."""
        clauses = self._clauses
        return clauses.case.get(place) in ("in", "at") and any(
            clauses.deprels[c] == "cop" for c in clauses.children[place]
        )

    def _is_press(self, filler: Filler) -> bool:
        """“Said so, speaking with the media after the talks”: they were not at the talks."""
        return "JRN" in self._cast.actor(filler.actor).sectors

    def _is_crowd(self, filler: Filler) -> bool:
        return self._cast.actor(filler.actor).kind == "people"

    def _meets(self, verb: int) -> bool:
        """Does the clause of a verb tell whom its subject meets or speaks with?"""
        return bool(self._fill(verb, ((("with",), ("obj", "with"), ("to",)),)))

    def _is_contact(self, verb: int) -> bool:
        """Does the verb tell a contact of its own (“after three calls, they met …”)?"""
        entries = self._matcher.index.verbs.get(self._clauses.lemmas[verb], ())
        return any(entry.frame.mutual for entry in entries)
