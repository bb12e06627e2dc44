"""Scores time expressions against TimeML texts, as TempEval-3 did.

Relaxed: an expression counts if it overlaps one of the gold standard's; strict: if it is the same.
The value's F1 is the relaxed F1 times the share of the matched ones whose value is the same string.
The document's own date is given, and not counted.
"""

from __future__ import annotations

import tarfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from dragoman.coding.times.finding import TimeExpression, find_times
from dragoman.language.analysis import Analysis
from dragoman.language.tokens import tokenize

Analyse = Callable[[str], Analysis]


@dataclass(frozen=True, slots=True)
class Gold:
    """An expression of the gold standard."""

    start: int
    end: int
    type: str
    value: str


@dataclass(frozen=True, slots=True)
class TimedText:
    """A text of the gold standard with the date of its creation."""

    name: str
    date: str
    text: str
    times: tuple[Gold, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """What was found, what there is, and how much of it is right."""

    found: int = 0
    there: int = 0
    relaxed: int = 0
    strict: int = 0
    types: int = 0
    values: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.found + other.found,
            self.there + other.there,
            self.relaxed + other.relaxed,
            self.strict + other.strict,
            self.types + other.types,
            self.values + other.values,
        )

    def _f1(self, right: int) -> float:
        return 2 * right / (self.found + self.there) if self.found + self.there else 0.0

    @property
    def precision(self) -> float:
        return self.relaxed / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.relaxed / self.there if self.there else 0.0

    @property
    def relaxed_f1(self) -> float:
        return self._f1(self.relaxed)

    @property
    def strict_f1(self) -> float:
        return self._f1(self.strict)

    @property
    def type_f1(self) -> float:
        return self._f1(self.types)

    @property
    def value_f1(self) -> float:
        return self._f1(self.values)


def plain_analysis(text: str) -> Analysis:
    """A text cut into words, and no more: what the rules do without a language model."""
    tokens = tokenize(text)
    words = tokens.words
    empty = [""] * len(words)
    return Analysis(
        tokens=tokens,
        words=words,
        lemmas=[w.lower() for w in words],
        upos=empty,
        xpos=empty,
        feats=["_"] * len(words),
        heads=[-1] * len(words),
        deprels=empty,
    )


def read_timeml(name: str, source: str) -> TimedText:
    """One TimeML document: its text with the times in it, and its date."""
    root = ElementTree.fromstring(source)
    body = root.find("TEXT")
    stamp = root.find("DCT/TIMEX3")
    pieces: list[str] = []
    times: list[Gold] = []
    if body is not None:
        _walk(body, pieces, times, [0])
    date = stamp.get("value", "") if stamp is not None else ""
    return TimedText(name, date, "".join(pieces), tuple(times))


def _walk(node: ElementTree.Element, pieces: list[str], times: list[Gold], at: list[int]) -> None:
    start = at[0]
    _add(node.text, pieces, at)
    for child in node:
        _walk(child, pieces, times, at)
        _add(child.tail, pieces, at)
    if node.tag == "TIMEX3":
        times.append(Gold(start, at[0], node.get("type", ""), node.get("value", "")))


def _add(text: str | None, pieces: list[str], at: list[int]) -> None:
    if text:
        pieces.append(text)
        at[0] += len(text)


def read_corpus(path: Path) -> Iterator[TimedText]:
    """Every TimeML document of a folder or a (compressed) tar file, in order of name."""
    if path.is_dir():
        for file in sorted(path.rglob("*.tml")):
            yield read_timeml(file.name, file.read_text("utf-8"))
        return
    with tarfile.open(path) as archive:
        members = sorted((m for m in archive if m.name.endswith(".tml")), key=lambda m: m.name)
        for member in members:
            handle = archive.extractfile(member)
            if handle is not None:
                yield read_timeml(Path(member.name).name, handle.read().decode("utf-8"))


def score_times(found: Sequence[TimeExpression], gold: Sequence[Gold]) -> Score:
    """One document's expressions against the gold standard's, matched one to one in order."""
    relaxed = strict = types = values = 0
    waiting = sorted(gold, key=lambda g: g.start)
    for time in found:
        match = next((g for g in waiting if g.start < time.end and time.start < g.end), None)
        if match is None:
            continue
        waiting.remove(match)
        relaxed += 1
        strict += (match.start, match.end) == (time.start, time.end)
        types += match.type == time.type
        values += match.value == time.value
    return Score(len(found), len(gold), relaxed, strict, types, values)


def evaluate(texts: Iterable[TimedText], *, analyse: Analyse = plain_analysis) -> Score:
    """The score over many texts, all counted together."""
    total = Score()
    for text in texts:
        date = text.date[:10]
        total += score_times(find_times(analyse(text.text), date=date), text.times)
    return total


def render(score: Score) -> str:
    """The figures in one line each."""
    three = f"P {score.precision:.3f} R {score.recall:.3f} F1 {score.relaxed_f1:.3f}"
    return "\n".join(
        (
            f"expressions    {score.there} in the texts, {score.found} found",
            f"relaxed        {three}",
            f"strict F1      {score.strict_f1:.3f}",
            f"type F1        {score.type_f1:.3f}",
            f"value F1       {score.value_f1:.3f}",
        )
    )
