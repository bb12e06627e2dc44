"""What the words about a contact say of its status, beside the rules that hold for any deed."""

from __future__ import annotations

from dataclasses import replace

from dragoman.coding.clauses import Clauses
from dragoman.coding.status import Clue, StatusReading

_TRAVEL = frozenset(
    {"travel", "fly", "go", "come", "arrive", "head", "return", "leave", "depart", "journey"}
)
_TO_COME = frozenset({"before", "until", "once", "when"})
_HELD = ("take", "happen", "occur", "proceed", "go_ahead")


def settled(clauses: Clauses, reading: StatusReading, top: int) -> StatusReading:
    """What is arranged is planned; a contact of which it is told that it is not held is cancelled.

    “Flew to Lima to meet the king”, “before he leaves for Peru”; “the summit will not take place”.
    """
    clues = reading.clues
    if reading.status == "possible" and clues and all(_is_arranged(clauses, c) for c in clues):
        return _with(reading, Clue(clues[-1].token, "arranged", "planned"))
    if any(clue.kind == "not held" for clue in clues):
        return _with(reading, Clue(clues[-1].token, "not held", "cancelled"))
    present = clauses.xpos[top] in ("VBZ", "VBP") and not clauses.aux.get(top)
    if reading.status == "happened" and present and clauses.mark.get(top) == "before":
        return _with(reading, Clue(top, "ahead", "planned"))  # “a week before she visits Lima”
    return reading


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
