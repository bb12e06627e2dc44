"""Whose words a quotation holds, where marks, neighbours and lines tell it and not the parse.

First the acts of saying that the parse showed are fitted to the quotation marks: what begins inside
a pair goes on to its end. Then each quotation that belongs to no act yet looks for a verb of saying
right after it, right before it, or around it. What is left is a quotation without a cue: the line
after it may name its speaker, or it goes on with the words of the speaker before.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from dragoman.coding.acts import Attributed, Range
from dragoman.coding.attribution import Grammar
from dragoman.coding.uncued import Uncued
from dragoman.language.quotations import Quotation

_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_NOMINAL = frozenset(("PROPN", "NOUN", "PRON"))
_STOPS = frozenset((".", ":", ";"))
_SPEECH_ENDS = frozenset((".", ",", "!", "?", "...", "…"))
_AFTER = 22  # words in which a verb of saying may follow a quotation
_BEFORE = 45  # … and in which it may go before one


class Quoting(Uncued):
    """Joins the quotations of one document with its acts of saying."""

    def __init__(self, grammar: Grammar, quotations: Sequence[Quotation]) -> None:
        super().__init__(grammar, quotations)
        self.by_cue: dict[int, Attributed] = {}

    def run(self, acts: list[Attributed]) -> list[Attributed]:
        """The acts fitted to the marks, and new ones for quotations that had none."""
        direct = self._direct()
        found = [act for act in acts if act.cue not in direct and self._fit(act)]
        found.extend(direct.values())
        waiting = [n for n in self.outer if n not in self.owner and self.speaks(n)]
        for number in waiting:
            act = self._by_neighbour(number) or self.by_line(number)
            if act is not None:
                self._own(number, act, found)
        for number in waiting:
            if number not in self.owner and not self._is_term(number):
                self._own(number, self.bare(number), found)
        return found

    def _direct(self) -> dict[int, Attributed]:
        """Whole sentences between marks with a verb of saying beside them, by that verb.

        Here the marks are surer than the parse, which a long quotation easily misleads.
        """
        found: dict[int, Attributed] = {}
        for number in self.outer:
            q = self.quotations[number]
            if not self.speaks(number) or not self._is_whole(q):
                continue
            cue = self._cue_after(q) if self._begins_sentence(q) else None
            if cue is None and q.first and self.words[q.first - 1] in (":", ","):
                cue = self._cue_before(q)
            if cue is None:
                continue
            act = found.get(cue)
            if act is None:
                entry = self.grammar.introducing[cue]
                act = self.grammar.act(cue, entry, self._speaker_of(cue, q), [])
                act.quoted = True
                found[cue] = act
                self.by_cue[cue] = act
            act.content = _joined([*act.content, (q.first, q.last)])
            act.quotations.append(number)
            self.owner[number] = act
        return found

    def _is_whole(self, q: Quotation) -> bool:
        """Words that end as speech does, or that begin as a sentence does."""
        return self.ending(q) in _SPEECH_ENDS or self.words[q.first + 1][:1].isupper()

    def _begins_sentence(self, q: Quotation) -> bool:
        """Nothing of the sentence stands before it but another quotation or a connecting word."""
        begin = self.bounds[self.sentence_of[q.first]]
        return q.first - begin <= 1 or self.in_quotation[q.first - 1] >= 0

    def _is_term(self, number: int) -> bool:
        """A word or two before a comma that nobody is told to say."""
        q = self.quotations[number]
        return self.ending(q) == "," and q.last - q.first <= 6

    def _own(self, number: int, act: Attributed, found: list[Attributed]) -> None:
        self.owner[number] = act
        act.quoted = True
        act.quotations.append(number)
        if not any(act is known for known in found):
            found.append(act)
            if act.cue is not None:
                self.by_cue[act.cue] = act

    def _fit(self, act: Attributed) -> bool:
        """Fits an act's content to the marks; False where nothing of it is left."""
        inside = -1 if act.cue is None else self.in_quotation[act.cue]
        if inside >= 0:
            return self._clip(act, self.quotations[inside])
        act.content = [piece for r in act.content for piece in self._widened(act, r)]
        if not act.content:
            return False
        for first, last in act.content:
            at = max(0, bisect_left(self.firsts, first) - 1)
            while at < len(self.outer) and self.firsts[at] < last:
                number = self.outer[at]
                if self.quotations[number].last > first:
                    act.quoted = True
                    act.quotations.append(number)
                    known = self.owner.get(number)
                    if known is None or (known.weak and not act.weak):
                        self.owner[number] = act
                at += 1
        if act.cue is not None:
            self.by_cue.setdefault(act.cue, act)
        return True

    def _clip(self, act: Attributed, q: Quotation) -> bool:
        low, high = q.first + 1, q.last - q.closed
        act.content = [
            (max(first, low), min(last, high))
            for first, last in act.content
            if max(first, low) < min(last, high)
        ]
        return bool(act.content)

    def _widened(self, act: Attributed, piece: Range) -> list[Range]:
        """The piece up to the marks it touches, without the words of saying themselves."""
        first, last = piece
        start, end = self.in_quotation[first], self.in_quotation[last - 1]
        if start >= 0:
            first = min(first, self.quotations[start].first)
        if end >= 0:
            last = max(last, self.quotations[end].last)
        pieces = [(first, last)]
        if act.cue is not None and first <= act.cue < last:
            for span in (act.cue_span, act.source_span):
                if span is not None:
                    pieces = [p for piece in pieces for p in self._without(piece, span)]
        return pieces

    def _without(self, piece: Range, span: Range) -> list[Range]:
        if span[1] <= piece[0] or span[0] >= piece[1]:
            return [piece]
        trimmed = self.grammar.trimmed
        return trimmed(piece[0], max(piece[0], span[0])) + trimmed(span[1], max(span[1], piece[1]))

    def _by_neighbour(self, number: int) -> Attributed | None:
        q = self.quotations[number]
        introduced = q.first > 0 and self.words[q.first - 1] in (":", ",")
        around = None if introduced else self._by_clause(q)
        if around is not None:
            return around
        cue = self._cue_after(q)
        if cue is None:
            cue = self._cue_before(q)
        if cue is None:
            return self._by_colon(q) or self._by_clause(q)
        known = self.by_cue.get(cue)
        if known is not None:
            known.content = _joined([*known.content, (q.first, q.last)])
            return known
        entry = self.grammar.introducing[cue]
        source = self._speaker_of(cue, q)
        return self.grammar.act(cue, entry, source, [(q.first, q.last)])

    def _cue_after(self, q: Quotation) -> int | None:
        """“…,” said Ivanova; “…,” the envoy told the agency."""
        at, size = q.last, len(self.words)
        if at >= size:
            return None
        ending = self.ending(q)
        lower = self.words[at][0].islower()
        if ending == "." and not lower and not self._is_short_tail(at):
            return None
        for token in range(at, min(size, at + _AFTER)):
            if self.words[token] in _STOPS or self.in_quotation[token] >= 0:
                return None
            if token > at and self.breaks_line(token):
                return None
            if token in self.grammar.introducing and self._links(at, token):
                return self._saying_of(token)
        return None

    def _saying_of(self, cue: int) -> int:
        """“…,” the agency quoted Lee as saying: the words are Lee's."""
        if self.grammar.lemmas[cue] in ("quote", "cite"):
            for token in range(cue + 1, min(len(self.words) - 1, cue + 14)):
                if self.words[token] == "as" and token + 1 in self.grammar.introducing:
                    return token + 1
        return cue

    def _is_short_tail(self, at: int) -> bool:
        """A sentence that is no more than “Tusk said.”"""
        last = self.bounds[self.sentence_of[at] + 1]
        return last - at <= 6 and any(t in self.grammar.introducing for t in range(at, last))

    def _links(self, start: int, cue: int) -> bool:
        """Between the quotation and the verb stand its subject and adverbs, and no other clause."""
        if cue - start <= 1:
            return True
        subject = self.grammar.clauses.surface_subject(cue)
        if subject is not None and start <= subject < cue:
            return True
        xpos = self.analysis.xpos
        return not any(xpos[t] in _FINITE for t in range(start, cue))

    def _cue_before(self, q: Quotation) -> int | None:
        """Ivanova said: “…”; she told the agency, “…”; called it “…”."""
        at = q.first - 1
        if at < 0:
            return None
        begin = self.bounds[self.sentence_of[at]]
        if self.sentence_of[at] != self.sentence_of[q.first] and self.words[at] not in (":", ","):
            return None
        mark = self.words[at]
        for token in range(at, max(begin, at - _BEFORE) - 1, -1):
            if self.in_quotation[token] >= 0:
                return None
            if token in self.grammar.introducing:
                if mark == ":" or token == at:
                    return token
                if mark == "," and self._introduces(token, q.first):
                    return token
                near = mark not in (",", ".") and at - token <= 10
                if near and self._governs(token, at):
                    return token
                if self.grammar.introducing[token].weak:
                    continue
                return None
            if self.words[token] in (".", ";"):
                return None
        return None

    def _introduces(self, cue: int, start: int) -> bool:
        """“…,” he said, “…”: and not “as he said, the “new” plan”."""
        own = self.by_cue.get(cue)
        if own is not None and not own.quoted:
            return False
        return start - cue <= 14

    def _governs(self, cue: int, token: int) -> bool:
        head = token
        for _ in range(8):
            if head == cue:
                return True
            head = self.analysis.heads[head]
            if head < 0:
                return False
        return False

    def _speaker_of(self, cue: int, q: Quotation) -> int | None:
        """The subject of a verb of saying, by its place where it stands right beside the words."""
        source = self.grammar.subject(cue)
        if q.last <= cue:
            if self.grammar.quoting_verb(cue) is not None:
                return source
            if source is not None and q.last <= source:
                return source
            return self._noun_between(q.last, cue) or self._noun_after(cue)
        own = self.analysis.xpos[source] != "PRP$" if source is not None else False
        if own and source is not None and not q.first <= source < q.last:
            return source
        if source is None and self.grammar.clauses.passive(cue):
            return None
        return self._noun_before(cue)

    def _noun_between(self, first: int, last: int) -> int | None:
        for token in range(first, last):
            if self.analysis.upos[token] in _NOMINAL:
                return self.top(token)
        return None

    def _noun_after(self, cue: int) -> int | None:
        """The noun phrase right behind an inverted verb: “…,” said the envoy."""
        for token in range(cue + 1, min(len(self.words), cue + 8)):
            if self.words[token] in _STOPS or self.in_quotation[token] >= 0:
                return None
            if self.analysis.upos[token] in _NOMINAL:
                return self.top(token)
        return None

    def _noun_before(self, cue: int) -> int | None:
        begin = self.bounds[self.sentence_of[cue]]
        for token in range(cue - 1, begin - 1, -1):
            if self.in_quotation[token] >= 0:
                return None
            if self.analysis.xpos[token] == "PRP$":
                return self._last_word(token, cue)
            if self.analysis.upos[token] in _NOMINAL:
                return self.top(token)
        return None

    def _last_word(self, first: int, cue: int) -> int:
        """“His close guard to argue”: the last word before the verb, whatever it was taken for."""
        upos = self.analysis.upos
        last = cue - 1
        while last > first and upos[last] in ("PART", "AUX", "ADV", "PUNCT"):
            last -= 1
        return last

    def _by_colon(self, q: Quotation) -> Attributed | None:
        """A colon after a clause about someone: “The staff had one answer: “…”."""
        at = q.first - 1
        if at < 1 or self.words[at] != ":" or self.in_quotation[at] >= 0:
            return None
        begin = self.bounds[self.sentence_of[at]]
        act = self.cueless(q, self.subject_between(begin, at), carried=False)
        act.mark = (at, at + 1)
        return act

    def _by_clause(self, q: Quotation) -> Attributed | None:
        """A few quoted words in the middle of a clause: they belong to the act told around them."""
        at = q.first - 1
        if at < 0 or self.sentence_of[at] != self.sentence_of[q.first]:
            return None
        begin = self.bounds[self.sentence_of[at]]
        for token in range(at, max(begin, at - _BEFORE) - 1, -1):
            act = self.by_cue.get(token)
            if act is not None and act.last <= q.first and self._near(act, q):
                act.content = _joined([*act.content, (act.last, q.last)])
                return act
        if at < begin or self.ending(q) in (".", "?", "!"):
            return None
        return None

    def _near(self, act: Attributed, q: Quotation) -> bool:
        between = range(act.last, q.first)
        return len(between) <= 10 and not any(self.words[t] in _STOPS for t in between)


def _joined(pieces: list[Range]) -> list[Range]:
    """Pieces in order, those that touch made one."""
    joined: list[Range] = []
    for first, last in sorted(pieces):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined
