"""What the words about a contact say of its status, beside the rules that hold for any deed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.coding import status_words
from dragoman.coding.clauses import Clauses
from dragoman.coding.predicate_status import Clue
from dragoman.coding.status import StatusReading

_TRAVEL = frozenset(
    {
        "travel",
        "fly",
        "go",
        "come",
        "arrive",
        "head",
        "return",
        "leave",
        "depart",
        "journey",
        "stop",
        "send",
        "dispatch",
    }
)
_OFF = frozenset({"cancel", "call_off", "postpone", "scrap", "shelve", "fall_through", "put_off",
                  "abandon"})  # fmt: skip
_BUT = frozenset({"but", "although", "though", "however"})
_UNCLEAR = frozenset({"unclear", "uncertain", "unknown", "unsure", "question"})
_TAKE_PLACE = frozenset({"happen", "take", "materialise", "materialize", "occur"})
_MEANT_BY = frozenset(
    {"it", "that", "this", "meeting", "talk", "talks", "visit", "trip", "leg", "summit", "plan",
     "tour", "session", "encounter", "appointment", "journey", "stop", "they", "call"}
)  # fmt: skip
_TO_COME = frozenset({"before", "until", "once", "when"})
_LATER = frozenset({"later", "tomorrow", "tonight", "soon", "shortly", "next"})
_SCHEDULED = ("scheduled", "planned", "slated", "set", "due")


def settled(clauses: Clauses, reading: StatusReading, top: int) -> StatusReading:
    """What is arranged is planned; a contact of which it is told that it is not held is cancelled.

    “Flew to Lima to meet the king”, “before he leaves for Peru”; “the summit will not take place”.
    """
    clues = reading.clues
    if reading.status == "planned" and _was_arranged(clauses, top, clues):
        return _with(reading, Clue(clues[-1].token, "arranged", "happened"))
    if reading.status == "planned" and any(_is_overtaken(clauses, c) for c in clues):
        return _with(reading, Clue(clues[-1].token, "overtaken", "cancelled"))
    if reading.status == "possible" and clues and all(_is_arranged(clauses, c) for c in clues):
        return _with(reading, Clue(clues[-1].token, "arranged", "planned"))
    if reading.status in ("planned", "possible") and top >= 0:
        off = _called_off(clauses, top)
        if off is not None:
            return _with(reading, Clue(off, "called off", "cancelled"))
    if reading.status == "planned" and _is_unclear(clauses, top):
        return _with(reading, Clue(top, "unclear", "possible"))
    if any(clue.kind == "not held" for clue in clues):
        return _with(reading, Clue(clues[-1].token, "not held", "cancelled"))
    if reading.status == "ongoing" and clauses.xpos[top] == "VBG" and _is_to_come(clauses, top):
        return _with(reading, Clue(top, "ahead", "planned"))  # “is meeting her later today”
    if reading.status == "happened" and _is_considered(clauses, top):
        return _with(reading, Clue(top, "considered", "possible"))
    if reading.status == "happened" and clauses.upos[top] == "NOUN":
        if clauses.case.get(top) == "before" and _is_indefinite(clauses, top):
            return _with(
                reading, Clue(top, "ahead", "planned")
            )  # “speaking before a visit to Peru”
        arranged = _scheduled(clauses, top)
        if arranged is not None:
            return _with(reading, Clue(arranged, "modifier", "planned"))
    present = clauses.xpos[top] in ("VBZ", "VBP") and not clauses.aux.get(top)
    if reading.status == "happened" and present and clauses.mark.get(top) == "before":
        return _with(reading, Clue(top, "ahead", "planned"))  # “a week before she visits Lima”
    return reading


def _was_arranged(clauses: Clauses, top: int, clues: Sequence[Clue]) -> bool:
    """“The meeting had been arranged last week”: how it came about, and not that it was dropped."""
    verb = clues[-1].token if clues else -1
    if verb < 0 or clauses.lemmas[verb] != "arrange" or top < 0:
        return False
    definite = any(clauses.lemmas[c] in ("the", "this") for c in clauses.children[top])
    had = any(clauses.words[aux].lower() == "had" for aux in clauses.aux.get(verb, ()))
    return had and (definite or top == verb)


def _is_considered(clauses: Clauses, noun: int) -> bool:
    """“A visit to Peru is under consideration”: it may come."""
    above = clauses.heads[noun]
    if clauses.deprels[noun] != "nsubj" or above < 0 or clauses.case.get(above) != "under":
        return False
    return clauses.lemmas[above] in ("consideration", "discussion", "review", "study")


def _is_unclear(clauses: Clauses, top: int) -> bool:
    """“It is unclear if he will visit Peru”: he may."""
    above = clauses.heads[top]
    if above < 0 or clauses.mark.get(top) not in ("if", "whether"):
        return False
    return clauses.lemmas[above] in _UNCLEAR or above in clauses.negation


def _called_off(clauses: Clauses, top: int) -> int | None:
    """“Had planned to meet her, but the talks were called off”: the verb behind that says so."""
    sentence = clauses.analysis.sentence_of[top]
    last = clauses.analysis.tokens.bounds[sentence + 1]
    but = next((t for t in range(top + 1, last) if clauses.lemmas[t] in _BUT), None)
    for verb in range(but or last, last):
        particle = clauses.particle.get(verb)
        lemma = clauses.lemmas[verb]
        if lemma in _TAKE_PLACE and verb in clauses.negation and _is_it(clauses, verb):
            return verb  # “although that never happened”
        if (f"{lemma}_{particle}" if particle else lemma) not in _OFF:
            continue
        subject = clauses.child(verb, "nsubj:pass")
        if subject is None and particle == "through":
            subject = clauses.child(verb, "nsubj")
        if subject is None or clauses.lemmas[subject] not in _MEANT_BY:
            continue
        if clauses.xpos[verb] in ("VBD", "VBN") and verb not in clauses.negation:
            return verb
    return None


def _is_overtaken(clauses: Clauses, clue: Clue) -> bool:
    """“Had been due to visit Lima”, “was to have met her”: a plan that did not come about."""
    token = clue.token
    arranged = clue.kind in ("due to", "arranged", "is to")
    if not arranged and clauses.lemmas[token] not in status_words.OVERTAKEN | {"be", "have"}:
        return False
    helpers = (*clauses.aux.get(token, ()), *clauses.aux.get(clauses.heads[token], ()))
    had = any(clauses.words[aux].lower() in ("had", "'d") for aux in helpers)
    return had or _was_to_have(clauses, token)


def _was_to_have(clauses: Clauses, token: int) -> bool:
    words = [word.lower() for word in clauses.words[token : token + 3]]
    return words[1:] == ["to", "have"] and words[0] in ("was", "were")


def _is_it(clauses: Clauses, verb: int) -> bool:
    subject = clauses.child(verb, "nsubj")
    past = clauses.xpos[verb] in ("VBD", "VBN") or any(
        clauses.xpos[a] == "VBD" for a in clauses.aux.get(verb, ())
    )
    return past and subject is not None and clauses.lemmas[subject] in _MEANT_BY


def _is_indefinite(clauses: Clauses, noun: int) -> bool:
    return any(
        clauses.lemmas[c] in ("a", "an") or clauses.deprels[c] == "nmod:poss"
        for c in clauses.children[noun]
    )


def _is_to_come(clauses: Clauses, verb: int) -> bool:
    first, last = clauses.analysis.subtree(verb)
    return any(clauses.words[t].lower() in _LATER for t in range(verb + 1, last)) and first <= verb


def _scheduled(clauses: Clauses, noun: int) -> int | None:
    """“His meeting with the minister, scheduled for July”, wherever the parse hangs the word."""
    _, last = clauses.analysis.subtree(noun)
    for token in range(noun + 1, last):
        if clauses.finite(token):
            return None
        if clauses.words[token] in _SCHEDULED and clauses.words[token + 1 : token + 2] == ["for"]:
            return token
    return None


def _with(reading: StatusReading, clue: Clue) -> StatusReading:
    clues = (*reading.clues, clue)
    return replace(reading, status=clue.status, clues=clues)  # type: ignore[arg-type]


def _is_arranged(clauses: Clauses, clue: Clue) -> bool:
    if clue.status == "planned":
        return True
    if clue.kind == "awaited":
        present = clauses.xpos[clue.token] in ("VBZ", "VBP")
        return present and clauses.mark.get(clue.token) in _TO_COME
    if clue.kind != "purpose":
        return False
    above = clauses.heads[clue.token]
    if above < 0 or clauses.lemmas[above] not in _TRAVEL or clauses.negation.get(above) is not None:
        return False
    return clauses.finite(above) or any(clauses.aux.get(above, ()))
