"""Scores attributions against PolNeAR: who says what in political news.

A document counts once; where several people annotated it, the first by name stands. Pseudo-tokens
are ours. What is compared:

- cues: a cue found is right if it overlaps an annotated cue, an annotated cue is found if a cue
  found overlaps it (precision and recall over cues; implicit cues are left out on both sides; a
  colon or a dash that stands for words of saying is a cue, as it is in PolNeAR);
- content: the words (with a letter or digit) that stand in any content;
- sources: the head words of sources. A source's head is the word that nothing in it governs in
  our parse; a relative pronoun stands for itself. Precision and recall over head words;
- attributions: one found is right if its source, cue and content each overlap those of one
  annotated attribution that is not yet taken. Both sides count only those with all three;
- direct quotations: annotated attributions whose content begins and ends with quotation marks and
  that have a source; right if an attribution found that covers at least half of the content has a
  source whose head stands in the annotated source and the other way round.
"""

from __future__ import annotations

import tarfile
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.coding.acts import Attributed
from dragoman.coding.statements import find_attributions
from dragoman.errors import InputError
from dragoman.language.analysis import Analysis

Analyse = Callable[[str], Analysis]
Span = tuple[int, int]

_MARKS = "\"“”‘’'«»"
_RELATIVES = frozenset(("who", "which", "that"))
_ROLES = ("Source", "Cue", "Content")


@dataclass(frozen=True, slots=True)
class Gold:
    """An annotated attribution, in offsets."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document with its annotated attributions."""

    name: str
    text: str
    attributions: tuple[Gold, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """What was found, what of it is right, what is there and what of that was found."""

    found: int = 0
    right: int = 0
    there: int = 0
    met: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.found + other.found,
            self.right + other.right,
            self.there + other.there,
            self.met + other.met,
        )

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.met / self.there if self.there else 0.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class PolnearScore:
    """The figures over a set of documents."""

    documents: int = 0
    cues: Counts = Counts()
    content: Counts = Counts()
    sources: Counts = Counts()
    attributions: Counts = Counts()
    quotations: Counts = Counts()

    def rows(self) -> Iterator[tuple[str, Counts]]:
        """The measures by name."""
        yield "cues", self.cues
        yield "content words", self.content
        yield "source heads", self.sources
        yield "attributions", self.attributions
        yield "quotations' speakers", self.quotations

    def __add__(self, other: PolnearScore) -> PolnearScore:
        return PolnearScore(
            self.documents + other.documents,
            self.cues + other.cues,
            self.content + other.content,
            self.sources + other.sources,
            self.attributions + other.attributions,
            self.quotations + other.quotations,
        )


def read_polnear(archive: Path | str) -> Iterator[Annotated]:
    """The documents of one part (`dev.tar.xz`), in the order of their names."""
    texts: dict[str, str] = {}
    marked: dict[str, tuple[str, str]] = {}
    with tarfile.open(archive) as tar:
        for member in tar:
            path = Path(member.name)
            file = tar.extractfile(member) if member.isfile() else None
            if file is None:
                continue
            content = file.read().decode("utf-8")
            if path.suffix == ".txt":
                texts[path.stem] = content
            elif path.suffix == ".ann":
                name, _, annotator = path.stem.rpartition("_")
                if name not in marked or annotator < marked[name][0]:
                    marked[name] = (annotator, content)
    if not texts:
        raise InputError(f"{archive} holds no PolNeAR texts. Expected are .txt and .ann files.")
    for name in sorted(texts):
        if name in marked:
            yield Annotated(name, texts[name], tuple(_attributions(marked[name][1])))


def _attributions(annotations: str) -> Iterator[Gold]:
    """The attributions of a brat file; lines that are broken in the source are left out."""
    spans: dict[str, tuple[Span, ...]] = {}
    for line in annotations.splitlines():
        key, _, rest = line.partition("\t")
        if key.startswith("T") and "\t" in rest:
            _, _, offsets = rest.split("\t")[0].partition(" ")
            pairs = (part.split() for part in offsets.split(";"))
            spans[key] = tuple((int(a), int(b)) for a, b in pairs)
        elif key.startswith("E"):
            roles: dict[str, list[Span]] = defaultdict(list)
            for argument in rest.split():
                role, _, target = argument.partition(":")
                roles[role.rstrip("0123456789")].extend(spans.get(target, ()))
            source, cue, content = (tuple(sorted(roles[r])) for r in _ROLES)
            if content:
                yield Gold(source, cue, content)


def score_polnear(documents: Sequence[Annotated], analyse: Analyse) -> PolnearScore:
    """The figures of `find_attributions` over the documents."""
    total = PolnearScore()
    for document in documents:
        total += score_document(document, analyse(document.text))
    return total


def score_document(document: Annotated, analysis: Analysis) -> PolnearScore:
    return _Scorer(document, analysis, find_attributions(analysis)).score()


class _Scorer:
    def __init__(self, document: Annotated, analysis: Analysis, acts: Sequence[Attributed]) -> None:
        self.analysis = analysis
        self.gold = document.attributions
        self.acts = acts
        self.found = [self._as_gold(act) for act in acts]

    def _as_gold(self, act: Attributed) -> Gold:
        span = self.analysis.span
        source = () if act.source_span is None else (span(*act.source_span),)
        if act.pronoun is not None and act.source not in (None, act.pronoun):
            relative = self.analysis.words[act.pronoun].lower() in _RELATIVES
            source = (span(act.pronoun, act.pronoun + 1),) if relative else source
        words = act.cue_span or act.mark
        cue = () if words is None else (span(*words),)
        return Gold(source, cue, tuple(span(*piece) for piece in act.content))

    def score(self) -> PolnearScore:
        return PolnearScore(
            1,
            self._cues(),
            self._content(),
            self._sources(),
            self._pairs(),
            self._quotations(),
        )

    def _cues(self) -> Counts:
        found = [f.cue for f in self.found if f.cue]
        there = [g.cue for g in self.gold if g.cue]
        return Counts(
            len(found),
            sum(any(_cross(f, g) for g in there) for f in found),
            len(there),
            sum(any(_cross(f, g) for f in found) for g in there),
        )

    def _content(self) -> Counts:
        found = self._words(self.found)
        there = self._words(self.gold)
        both = len(found & there)
        return Counts(len(found), both, len(there), both)

    def _words(self, attributions: Sequence[Gold]) -> set[int]:
        return {
            token
            for a in attributions
            for span in a.content
            for token in self._tokens(span)
            if any(c.isalnum() for c in self.analysis.words[token])
        }

    def _tokens(self, span: Span) -> list[int]:
        tokens = self.analysis.tokens
        return list(range(bisect_right(tokens.ends, span[0]), bisect_left(tokens.starts, span[1])))

    def _head(self, spans: tuple[Span, ...]) -> int | None:
        """The word of a source that nothing in it governs; of several, the first noun."""
        inside = [t for span in spans for t in self._tokens(span)]
        known = set(inside)
        tops = [t for t in inside if self.analysis.heads[t] not in known]
        nominal = [t for t in tops if self.analysis.upos[t] in ("NOUN", "PROPN", "PRON")]
        heads = nominal or tops
        return heads[0] if heads else None

    def _sources(self) -> Counts:
        found = {self._head(f.source) for f in self.found if f.source and f.cue}
        there = {self._head(g.source) for g in self.gold if g.source}
        found -= {None}
        there -= {None}
        both = len(found & there)
        return Counts(len(found), both, len(there), both)

    def _pairs(self) -> Counts:
        found = [f for f in self.found if f.source and f.cue]
        there = [g for g in self.gold if g.source and g.cue]
        taken: set[int] = set()
        for f in found:
            for number, g in enumerate(there):
                parts = ((f.source, g.source), (f.cue, g.cue), (f.content, g.content))
                if number not in taken and all(_cross(a, b) for a, b in parts):
                    taken.add(number)
                    break
        return Counts(len(found), len(taken), len(there), len(taken))

    def _quotations(self) -> Counts:
        text = self.analysis.text
        there = right = 0
        for gold in self.gold:
            start, end = gold.content[0][0], gold.content[-1][1]
            quoted = text[start] in _MARKS and text[start:end].rstrip(" .,")[-1:] in _MARKS
            if not quoted or not gold.source:
                continue
            there += 1
            right += any(self._speaks(f, gold) for f in self.found)
        return Counts(there, right, there, right)

    def _speaks(self, found: Gold, gold: Gold) -> bool:
        if not found.source or 2 * _shared(found.content, gold.content) < _length(gold.content):
            return False
        mine, theirs = self._head(found.source), self._head(gold.source)
        if mine is None or theirs is None:
            return False
        span = self.analysis.span
        return _cross((span(mine, mine + 1),), gold.source) and _cross(
            (span(theirs, theirs + 1),), found.source
        )


def _cross(a: Sequence[Span], b: Sequence[Span]) -> bool:
    return any(p[0] < q[1] and q[0] < p[1] for p in a for q in b)


def _shared(a: Sequence[Span], b: Sequence[Span]) -> int:
    return sum(max(0, min(p[1], q[1]) - max(p[0], q[0])) for p in a for q in b)


def _length(spans: Sequence[Span]) -> int:
    return sum(end - start for start, end in spans)
