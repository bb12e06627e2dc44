"""Quotations without a word of saying: lines, dashes and neighbours name who speaks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from dragoman.coding.acts import Attributed, outermost
from dragoman.coding.attribution import Grammar
from dragoman.language.quotations import Quotation

_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_INSIDE_PHRASE = frozenset(
    ("compound", "flat", "amod", "nmod:poss", "det", "nummod", "goeswith", "case", "punct")
)
_DASHES = frozenset(("—", "–", "-", "--", "―"))
_LINE = 14  # words of a line that only names a speaker


class Uncued:
    """The quotations of one document and what only their surroundings tell of their speakers."""

    def __init__(self, grammar: Grammar, quotations: Sequence[Quotation]) -> None:
        self.grammar = grammar
        self.analysis = grammar.analysis
        self.words = grammar.words
        self.quotations = [self._without_cue(q) for q in quotations]
        self.sentence_of = self.analysis.sentence_of
        self.bounds = self.analysis.tokens.bounds
        self.outer = [number for number, _ in outermost(quotations)]
        self.firsts = [quotations[n].first for n in self.outer]
        self.in_quotation = self._marked()
        self.owner: dict[int, Attributed] = {}

    def _without_cue(self, q: Quotation) -> Quotation:
        """An unclosed quotation ends before the words of saying at its end: “…, he added.”"""
        if q.closed:
            return q
        for cue in range(q.last - 1, max(q.first, q.last - 6), -1):
            if cue in self.grammar.introducing and self.analysis.xpos[cue] in _FINITE:
                for comma in range(cue - 1, max(q.first, cue - 5), -1):
                    if self.words[comma] == ",":
                        return replace(q, last=comma + 1)
        return q

    def _marked(self) -> list[int]:
        marked = [-1] * len(self.words)
        for number in self.outer:
            q = self.quotations[number]
            marked[q.first : q.last] = [number] * (q.last - q.first)
        return marked

    def speaks(self, number: int) -> bool:
        q = self.quotations[number]
        return q.sort == "speech" or q.continues

    def ending(self, q: Quotation) -> str:
        """The last word or mark inside the quotation."""
        last = q.last - 1 - q.closed
        return self.words[last] if last > q.first else ""

    def top(self, token: int) -> int:
        """The head of the noun phrase that a token stands in."""
        heads, deprels = self.analysis.heads, self.analysis.deprels
        for _ in range(8):
            if heads[token] < 0 or deprels[token] not in _INSIDE_PHRASE:
                break
            token = heads[token]
        return token

    def by_line(self, number: int) -> Attributed | None:
        """The line after a quotation, or what follows a dash, is a name and nothing else."""
        q = self.quotations[number]
        at, size = q.last, len(self.words)
        if not q.closed or at >= size:
            return None
        dashed = self.words[at] in _DASHES and at + 1 < size
        if not dashed and not (self.breaks_line(at) and self._alone(q)):
            return None
        start = at + dashed
        end = self._line_end(start)
        head = self._named_in(start, end)
        if head is None:
            return None
        act = self.cueless(q, head, carried=False)
        act.source_span = (start, end)
        act.mark = (at, start) if dashed else None
        return act

    def _alone(self, q: Quotation) -> bool:
        """The quotation begins its line."""
        return q.first == 0 or self.breaks_line(q.first)

    def _named_in(self, first: int, last: int) -> int | None:
        """The head of a short stretch that names or describes a person, and says nothing."""
        xpos, upos = self.analysis.xpos, self.analysis.upos
        if not 0 < last - first <= _LINE or not self.words[first][0].isupper():
            return None
        if self.words[last - 1] in ("?", "!", ":"):
            return None
        for token in range(first, last):
            finite = xpos[token] in _FINITE and upos[token] in ("VERB", "AUX")
            if finite or self.in_quotation[token] >= 0:
                return None
        people = self.grammar.saying.people
        for token in range(first, last):
            if self.grammar.lemmas[token] in people:
                return self.top(token)
        for name in self.analysis.names:
            if name.label == "PER" and first <= name.first and name.last <= last:
                return self.top(name.first)
        return None

    def _line_end(self, start: int) -> int:
        token = start
        while token < len(self.words) and (token == start or not self.breaks_line(token)):
            token += 1
            if token - start > _LINE:
                break
        while token > start and self.words[token - 1] in (".", ","):
            token -= 1
        return token

    def breaks_line(self, token: int) -> bool:
        """Whether a line ends before this token."""
        if token <= 0 or token >= len(self.words):
            return False
        tokens = self.analysis.tokens
        return "\n" in tokens.text[tokens.ends[token - 1] : tokens.starts[token]]

    def cueless(self, q: Quotation, source: int | None, *, carried: bool) -> Attributed:
        span = None if source is None else self.grammar.source_span(source, q.first)
        return Attributed(
            kind="claim",
            content=[(q.first, q.last)],
            source=source,
            source_span=span,
            carried=carried,
        )

    def bare(self, number: int) -> Attributed:
        """A quotation that only its surroundings give to someone."""
        q = self.quotations[number]
        position = self.outer.index(number) if len(self.outer) < 64 else self._position(number)
        before = self._neighbour(position, -1)
        after = self._neighbour(position, 1)
        if before is not None and (q.continues or self._adjacent(before, q)):
            return self._carry(q, self.owner.get(before))
        if after is not None and self._adjacent_after(q, after):
            act = self.owner.get(after)
            if act is not None and act.cue is not None:
                return self._carry(q, act)
        subject = self._previous_subject(q)
        if subject is not None:
            return self.cueless(q, subject, carried=True)
        while before is not None:
            act = self.owner.get(before)
            if act is not None and act.source is not None:
                return self._carry(q, act)
            before = self._neighbour(self._position(before), -1)
        return self._carry(q, None)

    def _position(self, number: int) -> int:
        return bisect_left(self.firsts, self.quotations[number].first)

    def _neighbour(self, position: int, step: int) -> int | None:
        """The next quotation that speaks, before or after."""
        at = position + step
        while 0 <= at < len(self.outer):
            if self.outer[at] in self.owner or self.speaks(self.outer[at]):
                return self.outer[at]
            at += step
        return None

    def _adjacent(self, before: int, q: Quotation) -> bool:
        """Nothing stands between but the words of saying of the one before."""
        end = self.quotations[before].last
        act = self.owner.get(before)
        if act is None:
            return False
        gap = q.first - end
        if gap <= 2:
            return True
        same = self.sentence_of[end - 1] + 2 >= self.sentence_of[q.first]
        cue_between = act.cue is not None and end <= act.cue < q.first
        return same and cue_between and self._one_sentence(act.cue or end, q.first)

    def _one_sentence(self, cue: int, start: int) -> bool:
        """The sentence of the cue is the last before the quotation."""
        return self.bounds[self.sentence_of[cue] + 1] >= start

    def _adjacent_after(self, q: Quotation, after: int) -> bool:
        start = self.quotations[after].first
        paragraphs = self.analysis.tokens.paragraphs
        here = paragraphs[self.sentence_of[q.first]] if paragraphs else 0
        there = paragraphs[self.sentence_of[start]] if paragraphs else 0
        return here == there and start - q.last <= 40

    def _carry(self, q: Quotation, act: Attributed | None) -> Attributed:
        carried = self.cueless(q, None, carried=True)
        if act is not None:
            carried.source, carried.source_span = act.source, act.source_span
            carried.to = act.to
        return carried

    def _previous_subject(self, q: Quotation) -> int | None:
        """Who the sentence around or before is about."""
        sentence = self.sentence_of[q.first]
        begin = self.bounds[sentence]
        if begin < q.first:
            inside = self.subject_between(begin, q.first)
            if inside is not None:
                return inside
        if sentence == 0:
            return None
        return self.subject_between(self.bounds[sentence - 1], begin)

    def subject_between(self, first: int, last: int) -> int | None:
        """The first subject of a stretch that may be a person, outside quotations."""
        deprels, upos = self.analysis.deprels, self.analysis.upos
        for token in range(first, last):
            if deprels[token] in ("nsubj", "nsubj:pass") and self.in_quotation[token] < 0:
                word = self.words[token].lower()
                if upos[token] == "PROPN" or word in ("he", "she", "they", "who"):
                    return token
                if self.grammar.lemmas[token] in self.grammar.saying.people:
                    return token
        return None
