"""Whose words a quotation holds, where marks, neighbours and lines tell it and not the parse.

First the acts of saying that the parse showed are fitted to the quotation marks: what begins inside
a pair goes on to its end. Then each quotation that belongs to no act yet looks for a verb of saying
right after it, right before it, or around it. What is left is a quotation without a cue: the line
after it may name its speaker, or it goes on with the words of the speaker before.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from dragoman.coding.acts import Attributed, Range, outermost
from dragoman.coding.attribution import Grammar
from dragoman.language.quotations import Quotation

_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_NOMINAL = frozenset(("PROPN", "NOUN", "PRON"))
_INSIDE_PHRASE = frozenset(
    ("compound", "flat", "amod", "nmod:poss", "det", "nummod", "goeswith", "case", "punct")
)
_STOPS = frozenset((".", ":", ";"))
_DASHES = frozenset(("—", "–", "-", "--", "―"))
_SPEECH_ENDS = frozenset((".", ",", "!", "?", "...", "…"))
_AFTER = 22  # words in which a verb of saying may follow a quotation
_BEFORE = 45  # … and in which it may go before one
_LINE = 14  # words of a line that only names a speaker


class Quoting:
    """Joins the quotations of one document with its acts of saying."""

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
        self.by_cue: dict[int, Attributed] = {}
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

    def run(self, acts: list[Attributed]) -> list[Attributed]:
        """The acts fitted to the marks, and new ones for quotations that had none."""
        direct = self._direct()
        found = [act for act in acts if act.cue not in direct and self._fit(act)]
        found.extend(direct.values())
        waiting = [n for n in self.outer if n not in self.owner and self._speaks(n)]
        for number in waiting:
            act = self._by_neighbour(number) or self._by_line(number)
            if act is not None:
                self._own(number, act, found)
        for number in waiting:
            if number not in self.owner and not self._is_term(number):
                self._own(number, self._bare(number), found)
        return found

    def _direct(self) -> dict[int, Attributed]:
        """Whole sentences between marks with a verb of saying beside them, by that verb.

        Here the marks are surer than the parse, which a long quotation easily misleads.
        """
        found: dict[int, Attributed] = {}
        for number in self.outer:
            q = self.quotations[number]
            if not self._speaks(number) or not self._is_whole(q):
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
        return self._ending(q) in _SPEECH_ENDS or self.words[q.first + 1][:1].isupper()

    def _begins_sentence(self, q: Quotation) -> bool:
        """Nothing of the sentence stands before it but another quotation or a connecting word."""
        begin = self.bounds[self.sentence_of[q.first]]
        return q.first - begin <= 1 or self.in_quotation[q.first - 1] >= 0

    def _speaks(self, number: int) -> bool:
        q = self.quotations[number]
        return q.sort == "speech" or q.continues

    def _is_term(self, number: int) -> bool:
        """A word or two before a comma that nobody is told to say."""
        q = self.quotations[number]
        return self._ending(q) == "," and q.last - q.first <= 6

    def _own(self, number: int, act: Attributed, found: list[Attributed]) -> None:
        self.owner[number] = act
        act.quoted = True
        act.quotations.append(number)
        if not any(act is known for known in found):
            found.append(act)
            if act.cue is not None:
                self.by_cue[act.cue] = act

    # ---- acts that the parse showed --------------------------------------------------------------

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

    # ---- a verb of saying beside the quotation ---------------------------------------------------

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
        ending = self._ending(q)
        lower = self.words[at][0].islower()
        if ending == "." and not lower and not self._is_short_tail(at):
            return None
        for token in range(at, min(size, at + _AFTER)):
            if self.words[token] in _STOPS or self.in_quotation[token] >= 0:
                return None
            if token > at and self._breaks_line(token):
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

    def _ending(self, q: Quotation) -> str:
        """The last word or mark inside the quotation."""
        last = q.last - 1 - q.closed
        return self.words[last] if last > q.first else ""

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
                return self._top(token)
        return None

    def _noun_after(self, cue: int) -> int | None:
        """The noun phrase right behind an inverted verb: “…,” said the envoy."""
        for token in range(cue + 1, min(len(self.words), cue + 8)):
            if self.words[token] in _STOPS or self.in_quotation[token] >= 0:
                return None
            if self.analysis.upos[token] in _NOMINAL:
                return self._top(token)
        return None

    def _noun_before(self, cue: int) -> int | None:
        begin = self.bounds[self.sentence_of[cue]]
        for token in range(cue - 1, begin - 1, -1):
            if self.in_quotation[token] >= 0:
                return None
            if self.analysis.xpos[token] == "PRP$":
                return self._last_word(token, cue)
            if self.analysis.upos[token] in _NOMINAL:
                return self._top(token)
        return None

    def _last_word(self, first: int, cue: int) -> int:
        """“His close guard to argue”: the last word before the verb, whatever it was taken for."""
        upos = self.analysis.upos
        last = cue - 1
        while last > first and upos[last] in ("PART", "AUX", "ADV", "PUNCT"):
            last -= 1
        return last

    def _top(self, token: int) -> int:
        """The head of the noun phrase that a token stands in."""
        heads, deprels = self.analysis.heads, self.analysis.deprels
        for _ in range(8):
            if heads[token] < 0 or deprels[token] not in _INSIDE_PHRASE:
                break
            token = heads[token]
        return token

    def _by_colon(self, q: Quotation) -> Attributed | None:
        """A colon after a clause about someone: “The staff had one answer: “…”."""
        at = q.first - 1
        if at < 1 or self.words[at] != ":" or self.in_quotation[at] >= 0:
            return None
        begin = self.bounds[self.sentence_of[at]]
        act = self._cueless(q, self._subject_between(begin, at), carried=False)
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
        if at < begin or self._ending(q) in (".", "?", "!"):
            return None
        return None

    def _near(self, act: Attributed, q: Quotation) -> bool:
        between = range(act.last, q.first)
        return len(between) <= 10 and not any(self.words[t] in _STOPS for t in between)

    # ---- lines and neighbours that name a speaker ------------------------------------------------

    def _by_line(self, number: int) -> Attributed | None:
        """The line after a quotation, or what follows a dash, is a name and nothing else."""
        q = self.quotations[number]
        at, size = q.last, len(self.words)
        if not q.closed or at >= size:
            return None
        dashed = self.words[at] in _DASHES and at + 1 < size
        if not dashed and not (self._breaks_line(at) and self._alone(q)):
            return None
        start = at + dashed
        end = self._line_end(start)
        head = self._named_in(start, end)
        if head is None:
            return None
        act = self._cueless(q, head, carried=False)
        act.source_span = (start, end)
        act.mark = (at, start) if dashed else None
        return act

    def _alone(self, q: Quotation) -> bool:
        """The quotation begins its line."""
        return q.first == 0 or self._breaks_line(q.first)

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
                return self._top(token)
        for name in self.analysis.names:
            if name.label == "PER" and first <= name.first and name.last <= last:
                return self._top(name.first)
        return None

    def _line_end(self, start: int) -> int:
        token = start
        while token < len(self.words) and (token == start or not self._breaks_line(token)):
            token += 1
            if token - start > _LINE:
                break
        while token > start and self.words[token - 1] in (".", ","):
            token -= 1
        return token

    def _breaks_line(self, token: int) -> bool:
        """Whether a line ends before this token."""
        if token <= 0 or token >= len(self.words):
            return False
        tokens = self.analysis.tokens
        return "\n" in tokens.text[tokens.ends[token - 1] : tokens.starts[token]]

    def _cueless(self, q: Quotation, source: int | None, *, carried: bool) -> Attributed:
        span = None if source is None else self.grammar.source_span(source, q.first)
        return Attributed(
            kind="claim",
            content=[(q.first, q.last)],
            source=source,
            source_span=span,
            carried=carried,
        )

    # ---- no cue at all ---------------------------------------------------------------------------

    def _bare(self, number: int) -> Attributed:
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
            return self._cueless(q, subject, carried=True)
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
            if self.outer[at] in self.owner or self._speaks(self.outer[at]):
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
        carried = self._cueless(q, None, carried=True)
        if act is not None:
            carried.source, carried.source_span = act.source, act.source_span
            carried.to = act.to
        return carried

    def _previous_subject(self, q: Quotation) -> int | None:
        """Who the sentence around or before is about."""
        sentence = self.sentence_of[q.first]
        begin = self.bounds[sentence]
        if begin < q.first:
            inside = self._subject_between(begin, q.first)
            if inside is not None:
                return inside
        if sentence == 0:
            return None
        return self._subject_between(self.bounds[sentence - 1], begin)

    def _subject_between(self, first: int, last: int) -> int | None:
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


def _joined(pieces: list[Range]) -> list[Range]:
    """Pieces in order, those that touch made one."""
    joined: list[Range] = []
    for first, last in sorted(pieces):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined
