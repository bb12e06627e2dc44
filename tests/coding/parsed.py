"""Sentences parsed by hand, and a cast by hand, for tests of coding that need no model.

A sentence is written one word a line: form, universal tag, Penn tag, head (from 1; 0 is the root),
relation, and the lemma where it is not the form in small letters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dragoman.language.analysis import ROOT, Analysis, Tokens
from dragoman.records import Actor


def parsed(*sentences: str) -> Analysis:
    """An analysis of the sentences; words are set apart by one blank."""
    rows = [[line.split() for line in sentence.strip().splitlines()] for sentence in sentences]
    words = [row[0] for sentence in rows for row in sentence]
    starts: list[int] = []
    at = 0
    for word in words:
        starts.append(at)
        at += len(word) + 1
    bounds = [0]
    heads: list[int] = []
    for sentence in rows:
        first = bounds[-1]
        heads += [first + int(row[3]) - 1 if row[3] != "0" else ROOT for row in sentence]
        bounds.append(first + len(sentence))
    flat = [row for sentence in rows for row in sentence]
    return Analysis(
        tokens=Tokens(
            text=" ".join(words),
            starts=starts,
            ends=[start + len(word) for start, word in zip(starts, words, strict=True)],
            bounds=bounds,
            paragraphs=[0] * len(rows),
        ),
        words=words,
        lemmas=[row[5] if len(row) > 5 else row[0].lower() for row in flat],
        upos=[row[1] for row in flat],
        xpos=[row[2] for row in flat],
        feats=["_"] * len(flat),
        heads=heads,
        deprels=[row[4] for row in flat],
    )


def state(id: str) -> Actor:
    return Actor(id=id, name=id.title(), kind="state", code=id[:3].upper(), basis="directory")


@dataclass(frozen=True)
class HandCast:
    """A cast that knows the words it is told; pronouns and descriptions as well as names."""

    at_token: Mapping[int, str]
    actors: Sequence[Actor]
    modifiers: Mapping[int, str] = field(default_factory=dict)
    mention_tokens: Sequence[tuple[int, int, int, str]] = ()

    def at(self, token: int) -> str | None:
        return self.at_token.get(token)

    def modifier(self, token: int) -> str | None:
        return self.modifiers.get(token)

    def actor(self, id: str) -> Actor:
        return next(actor for actor in self.actors if actor.id == id)


def cast_of(analysis: Analysis, **names: str) -> HandCast:
    """Every word that is given by name stands for the actor with that id, wherever it occurs."""
    at = {token: names[word] for token, word in enumerate(analysis.words) if word in names}
    ids = sorted(set(names.values()))
    return HandCast(at, [state(id) for id in ids])
