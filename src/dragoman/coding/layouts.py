"""Speakers that the layout names: “Kremlin: no decision yet”, “THE PRESIDENT: …”, “… : PM”.

A label is what stands before a colon at the beginning of a line: a name or a description of
someone, and no clause. A text with several labelled lines is a transcript, where lines without a
label go on with the speaker before.
"""

from __future__ import annotations

from bisect import bisect_right

from dragoman.coding.attribution import Attributed, Grammar, Range

_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_NOMINAL = frozenset(("PROPN", "NOUN"))
_LABEL = 9  # words before the colon
_TAIL = 6  # words of a speaker at the end of a headline
_TRANSCRIPT = 3  # labelled lines that make a transcript
_HEADLINES = 3  # lines at the top that may be headlines
_QUESTION = "Q"  # of a briefing, without a colon


class Layout:
    """The labelled lines of one document."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.analysis = grammar.analysis
        self.words = grammar.words
        self.lines = self._lines()

    def run(self) -> list[Attributed]:
        labels = self._labels()
        if len({start for start, _, _ in labels}) >= _TRANSCRIPT and self._is_dialogue(labels):
            return self._transcript(labels)
        found = []
        for start, colon, source in labels:
            act = self._labelled(start, colon, source)
            if act is not None:
                found.append(act)
        return found + self._headlines()

    def _lines(self) -> list[int]:
        """The first token of each line."""
        tokens = self.analysis.tokens
        text, starts = tokens.text, tokens.starts
        lines, at = [0] if starts else [], text.find("\n")
        while at >= 0 and starts:
            token = bisect_right(starts, at)
            if token < len(starts) and token != lines[-1]:
                lines.append(token)
            at = text.find("\n", at + 1)
        return lines

    def _line_of(self, token: int) -> tuple[int, int]:
        number = bisect_right(self.lines, token) - 1
        after = number + 1
        last = self.lines[after] if after < len(self.lines) else len(self.words)
        return self.lines[number], last

    # ---- labels ----------------------------------------------------------------------------------

    def _labels(self) -> list[tuple[int, int, int]]:
        """(first token, colon, head of the speaker) of every label."""
        labels = []
        for colon, word in enumerate(self.words):
            if word != ":" or colon == 0:
                continue
            begin, end = self._line_of(colon)
            bounds = self.analysis.tokens.bounds
            start = max(begin, bounds[self.analysis.sentence_of[colon - 1]])
            if colon + 1 >= end and colon - begin > _LABEL:
                continue
            source = self._speaker(start, colon, at_line=start == begin)
            if source is not None and self._is_spaced(colon):
                labels.append((start, colon, source))
        for line in self.lines:
            if self.words[line] == _QUESTION and self.words[line + 1 : line + 2] not in ([":"], []):
                labels.append((line, line, line))
        return sorted(labels)

    def _is_spaced(self, colon: int) -> bool:
        """A colon in “16:30” or “2:1” is no label's."""
        after = colon + 1
        return not (self.words[colon - 1].isdigit() and after < len(self.words)) or not (
            self.words[after][:1].isdigit()
        )

    def _speaker(self, first: int, colon: int, *, at_line: bool) -> int | None:
        if not 0 < colon - first <= _LABEL:
            return None
        xpos, upos = self.analysis.xpos, self.analysis.upos
        inside = range(first, colon)
        if any(t in self.grammar.introducing or self.words[t] == "(" for t in inside):
            return None
        if any(xpos[t] in _FINITE and upos[t] in ("VERB", "AUX") for t in inside):
            return None
        lemmas, saying = self.grammar.lemmas, self.grammar.saying
        if lemmas[first] in saying.documents or lemmas[first] in ("comment", "word"):
            for token in inside:
                if lemmas[token] in ("from", "by", "of"):
                    return self._head(token + 1, colon)
        if not at_line or any(lemmas[t] in saying.labels for t in inside):
            return None
        head = self._head(first, colon)
        if head is None:
            return self._capitals(first, colon)
        known = upos[head] == "PROPN" or lemmas[head] in saying.people
        return head if known else self._capitals(first, colon)

    def _capitals(self, first: int, last: int) -> int | None:
        """“THE PRESIDENT”, “MR. CARNEY”: a label in capitals."""
        written = [t for t in range(first, last) if self.words[t].isalpha()]
        if written and all(self.words[t].isupper() for t in written) and last - first <= 5:
            return written[-1]
        return None

    def _head(self, first: int, last: int) -> int | None:
        heads, upos = self.analysis.heads, self.analysis.upos
        nominal = [t for t in range(first, last) if upos[t] in _NOMINAL]
        tops = [t for t in nominal if not first <= heads[t] < last]
        return tops[-1] if tops else nominal[-1] if nominal else None

    def _labelled(self, start: int, colon: int, source: int) -> Attributed | None:
        _, end = self._line_of(colon)
        content = self.grammar.trimmed(colon + 1, end)
        if not content:
            return None
        act = self._act(content, source, (start, colon), quoted=False)
        act.mark = (colon, colon + 1)
        return act

    def _act(self, content: list[Range], source: int, span: Range, *, quoted: bool) -> Attributed:
        first, last = span
        while first < source and not self.words[first][0].isalnum():
            first += 1
        if source - first > 1 and self.grammar.lemmas[first] in ("comment", "word", "statement"):
            first, last = self.grammar.source_span(source, last)
        return Attributed(
            kind="claim",
            content=content,
            source=source,
            source_span=(first, max(last, first + 1)),
            quoted=quoted,
        )

    # ---- transcripts -----------------------------------------------------------------------------

    def _is_dialogue(self, labels: list[tuple[int, int, int]]) -> bool:
        """Labels at the start of a good part of the lines."""
        return len(labels) * 6 >= len(self.lines)

    def _transcript(self, labels: list[tuple[int, int, int]]) -> list[Attributed]:
        """Every line under the label that it stands behind."""
        by_line: dict[int, tuple[int, int, int]] = {}
        for label in labels:
            by_line.setdefault(self._line_of(label[0])[0], label)
        found: list[Attributed] = []
        current: Attributed | None = None
        for line in self.lines:
            _, end = self._line_of(line)
            label = by_line.get(line)
            start = line if label is None else label[1] + 1
            content = self.grammar.trimmed(start, end)
            if label is not None:
                span = (label[0], max(label[1], label[0] + 1))
                current = self._act(content, label[2], span, quoted=True)
                current.mark = (label[1], label[1] + 1) if label[1] > label[0] else None
            elif current is not None and content:
                carried = self._act(content, current.source or line, (line, line), quoted=True)
                carried.source_span, carried.carried = current.source_span, True
                found.append(carried)
                continue
            if current is not None and current.content:
                found.append(current)
        return found

    # ---- headlines -------------------------------------------------------------------------------

    def _headlines(self) -> list[Attributed]:
        """“Rebels ready to leave: Polish PM”: the speaker stands behind the colon."""
        found = []
        for line in self.lines[:_HEADLINES]:
            _, end = self._line_of(line)
            colons = [t for t in range(max(line + 3, end - _TAIL - 1), end) if self.words[t] == ":"]
            if not colons or self.words[end - 1] in (".", "?", "!", '"', "”"):
                continue
            colon = colons[-1]
            source = self._head(colon + 1, end)
            if source is None or not self._is_spaced(colon):
                continue
            if any(self.analysis.xpos[t] in _FINITE for t in range(colon + 1, end)):
                continue
            lemma = self.grammar.lemmas[source]
            if self.analysis.upos[source] == "PROPN" or lemma in self.grammar.saying.people:
                content = self.grammar.trimmed(line, colon)
                found.append(self._act(content, source, (colon + 1, end), quoted=False))
        return [act for act in found if act.content]
