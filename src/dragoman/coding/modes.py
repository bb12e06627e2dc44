"""How an event is done, where its frame does not say: instruments, what is asked or threatened."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from dragoman.coding.clauses import Clauses
from dragoman.coding.matching import NOUN, Candidate
from dragoman.errors import DataError

_WITH = frozenset({"with", "by", "using", "from", "in", "through", "via"})
_BELOW = 2  # links down to an instrument: “killed by a bomb in a car”


@cache
def load_modes() -> Mapping[str, Mapping[str, frozenset[str]]]:
    """The words of modes.toml, by type and mode."""
    try:
        table = tomllib.loads(files("dragoman.coding").joinpath("modes.toml").read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"the package's file coding/modes.toml cannot be read: {error}.") from error
    return {
        type_: {mode: frozenset(words.split()) for mode, words in modes.items()}
        for type_, modes in table.items()
    }


def mode_by_words(clauses: Clauses, candidate: Candidate, type_: str, about: str) -> str | None:
    """The mode of an event of this type; `about` is the head of what a speech act is about."""
    modes = load_modes().get(type_)
    if modes is None:
        return None
    if type_ != "ASSAULT":
        return next((mode for mode, words in modes.items() if about in words), None)
    found = set(_instruments(clauses, candidate))
    return next((mode for mode, words in modes.items() if not words.isdisjoint(found)), None)


def _instruments(clauses: Clauses, candidate: Candidate) -> Iterator[str]:
    """The forms of what the deed is done with: its own word, its doer, and its circumstances."""
    yield from clauses.forms(candidate.head)
    if candidate.part == NOUN:
        yield from (
            clauses.lemmas[child]
            for child in clauses.children[candidate.head]
            if clauses.deprels[child] in ("compound", "amod")
        )
    for base in dict.fromkeys((candidate.head, candidate.top)):
        if clauses.is_verb(base):
            agent = clauses.agent(base)
            if agent is not None:
                yield from clauses.forms(agent)
            above = clauses.heads[base]
            if above >= 0 and clauses.lemmas[above] == "use" and clauses.is_verb(above):
                for tool in clauses.objects(above):  # “used drones to attack …”
                    yield from clauses.forms(tool)
        yield from _below(clauses, base, 0)


def _below(clauses: Clauses, token: int, depth: int) -> Iterator[str]:
    for child in clauses.children[token]:
        using = clauses.lemmas[child] == "use" and clauses.deprels[child] in ("advcl", "acl")
        if using:
            for tool in clauses.objects(child):
                yield from clauses.forms(tool)
        elif clauses.case.get(child) in _WITH and clauses.deprels[child] != "nmod:poss":
            yield from clauses.forms(child)
            yield from (clauses.lemmas[c] for c in clauses.children[child] if c < child)
            if depth < _BELOW - 1:
                yield from _below(clauses, child, depth + 1)
