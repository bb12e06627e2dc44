"""Words joined by a hyphen: what they are together, whose doing it is, for or against whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.language.analysis import Analysis

if TYPE_CHECKING:
    from dragoman.coding.clauses import Clauses

_FOR_OR_AGAINST = frozenset({"pro", "anti"})
_LEADING = frozenset(
    {"lead", "impose", "launch", "order", "head", "command", "run", "organise", "organize", "make",
     "conduct", "fire", "operate", "initiate", "drop", "plan", "propose", "draft", "own", "hold",
     "broker", "mediate", "negotiate"}
)  # fmt: skip


def secondhand(clauses: Clauses, token: int) -> bool:
    """“A Russian-backed offensive”, “an anti-Russian rally”: it is another's own.

    What is Russian-led or UN-imposed is done by them.
    """
    words, last = clauses.words, len(clauses.words) - 1
    if sided(clauses, token) is not None:
        return True
    while token + 1 < last and words[token + 1] == "-":
        token += 2
        if clauses.xpos[token] == "VBN":
            return clauses.lemmas[token] not in _LEADING
    return False


def sided(clauses: Clauses, token: int) -> str | None:
    """“pro” or “anti”, where it is joined to the word by a hyphen."""
    if token < 2 or clauses.words[token - 1] != "-":
        return None
    before = clauses.words[token - 2].lower()
    return before if before in _FOR_OR_AGAINST else None


def joined_words(analysis: Analysis, lemmas: Sequence[str]) -> dict[int, str]:
    """Words written with hyphens that the tokens split, by their last part: `cease-fire`."""
    found: dict[int, str] = {}
    words, starts, ends = analysis.words, analysis.tokens.starts, analysis.tokens.ends
    for token, word in enumerate(words):
        if word != "-" or not 0 < token < len(words) - 1:
            continue
        if ends[token - 1] == starts[token] and ends[token] == starts[token + 1]:
            found[token + 1] = f"{words[token - 1].lower()}-{lemmas[token + 1]}"
    return found
