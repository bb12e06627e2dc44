"""One act of saying, as the parts that find statements pass it on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dragoman.language.quotations import Quotation
from dragoman.records import StatementKind

Range = tuple[int, int]


@dataclass(slots=True)
class Attributed:
    """One act of saying; tokens and token ranges (end exclusive).

    `cue` is the head of the words of saying, None for a quotation without any. `carried` is true
    where the source was taken over from a statement before. `weak` cues mean other things too.
    """

    kind: StatementKind
    content: list[Range]
    cue: int | None = None
    cue_span: Range | None = None
    mark: Range | None = None  # the colon or dash that stands for words of saying
    source: int | None = None
    source_span: Range | None = None
    to: int | None = None
    quoted: bool = False
    hedged: bool = False
    negated: bool = False
    weak: bool = False
    carried: bool = False
    tagged: bool = False
    only_tagged: bool = False
    lemma: str = ""
    answers_relative: bool = False
    pronoun: int | None = None  # the relative pronoun that stands for the source beside the cue
    quotations: list[int] = field(default_factory=list)

    @property
    def first(self) -> int:
        return self.content[0][0]

    @property
    def last(self) -> int:
        return self.content[-1][1]

    def holds(self, token: int) -> bool:
        return any(first <= token < last for first, last in self.content)


def outermost(quotations: Sequence[Quotation]) -> Iterator[tuple[int, Quotation]]:
    """The quotations that stand in no other, with their numbers."""
    for number, quotation in enumerate(quotations):
        if quotation.depth == 0:
            yield number, quotation
