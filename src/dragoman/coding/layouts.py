"""Speakers that the layout names: “Kremlin: no decision yet”, “THE PRESIDENT: …”, “… : PM”.

A label is what stands before a colon at the beginning of a line: a name or a description of
someone, and no clause. A text with several labelled lines is a transcript, where lines without a
label go on with the speaker before.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise

from dragoman.coding.acts import Attributed, Range
from dragoman.coding.attribution import Grammar
from dragoman.language.days import MONTHS, WEEKDAYS

# “May” and “March” may be people.
_DAYS = frozenset(
    {*WEEKDAYS, *MONTHS, *(month[:3] for month in MONTHS), "sept"} - {"may", "march", "mar"}
)
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_NOMINAL = frozenset(("PROPN", "NOUN"))
_LABEL = 9  # words before the colon
_TAIL = 6  # words of a speaker at the end of a headline
_TRANSCRIPT = 3  # labelled lines that make a transcript
_TURNS = 2  # names before colons within the text that do
_TITLE = 16  # words of a title before a name
_ENDS = frozenset((".", "!", "?", "…", "..."))
_HEADLINE = 30  # words of a headline before its speaker
_HEADLINES = 3  # lines at the top that may be headlines
_QUESTION = "Q"  # of a briefing, without a colon


class Layout:
    """The labelled lines of one document."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.analysis = grammar.analysis
        self.words = grammar.words
        self.lines = self._lines()
        self.line_starts = frozenset(self.lines)

    def run(self) -> list[Attributed]:
        labels = self._labels()
        spoken = self._names_before_colons()
        known = {colon for _, colon, _ in labels}
        turns = sorted(labels + [label for label in spoken if label[1] not in known])
        if len(spoken) >= _TURNS or (len(labels) >= _TRANSCRIPT and self._is_dialogue(labels)):
            return self._dialogue(turns)
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
        if any(self._is_date(self.words[t]) for t in range(first, colon)):
            return None
        xpos, upos = self.analysis.xpos, self.analysis.upos
        inside = range(first, colon)
        lemmas, saying = self.grammar.lemmas, self.grammar.saying
        # "Comment from …": the noun that opens a label is easily taken for a verb.
        told = lemmas[first] in saying.documents or lemmas[first] in ("comment", "word")
        rest = range(first + told, colon)
        if any(t in self.grammar.introducing or self.words[t] == "(" for t in rest):
            return None
        if any(xpos[t] in _FINITE and upos[t] in ("VERB", "AUX") for t in rest):
            return None
        if told:
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

    @staticmethod
    def _is_date(word: str) -> bool:
        """“Cairo, June 2022:” is a dateline; “Agenda 2030” has no day or month."""
        return word.lower() in _DAYS

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

    def _names_before_colons(self) -> list[tuple[int, int, int]]:
        """“President of Peru Ana Diaz: …” wherever a sentence may begin, also within a line."""
        persons = {n.last: n.first for n in self.analysis.names if n.label == "PER"}
        found = []
        for colon, word in enumerate(self.words):
            if word != ":" or colon + 1 >= len(self.words):
                continue
            end = self._before_brackets(colon)
            if end not in persons or not self.words[colon + 1][0].isupper():
                continue
            start = self._label_start(persons[end])
            if start is not None:
                found.append((start, colon, persons[end]))
        return found

    def _before_brackets(self, colon: int) -> int:
        """“Macky Sall (retranslated):” ends before the bracket."""
        if self.words[colon - 1] == ")":
            for token in range(colon - 2, max(-1, colon - 6), -1):
                if self.words[token] == "(":
                    return token
        return colon

    def _label_start(self, name: int) -> int | None:
        """Back over a title to where the sentence begins; None if something else is in the way."""
        for token in range(name, max(-1, name - _TITLE), -1):
            if token == 0 or self.words[token - 1] in _ENDS or token in self.line_starts:
                return token
            before = token - 1
            if self.words[before] in ('"', "”", ")") or self.words[before][0] == "*":
                return token
            title = self.analysis.upos[before] in ("NOUN", "PROPN", "ADJ", "ADP", "DET", "CCONJ")
            if not title and self.words[before] != ",":
                return None
        return None

    def _dialogue(self, labels: list[tuple[int, int, int]]) -> list[Attributed]:
        """Every line from one label to the next; lines without a label go on."""
        found: list[Attributed] = []
        ends = [start for start, _, _ in labels[1:]] + [len(self.words)]
        for (start, colon, source), end in zip(labels, ends, strict=True):
            first = colon + 1
            cuts = [first, *(line for line in self.lines if first < line < end), end]
            for number, (low, high) in enumerate(pairwise(cuts)):
                content = self.grammar.trimmed(low, high)
                if not content:
                    continue
                act = self._act(content, source, (start, max(colon, start + 1)), quoted=True)
                if number == 0 and colon > start:
                    act.mark = (colon, colon + 1)
                act.carried = number > 0
                found.append(act)
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
                if colon - line > _HEADLINE or any(
                    self.words[t] in _ENDS for t in range(line, colon)
                ):
                    continue
                found.append(self._act(content, source, (colon + 1, end), quoted=False))
        return [act for act in found if act.content]
