"""Who speaks in a quotation, as far as mentions need it: “I” and “we” are the one who says it."""

from __future__ import annotations

from bisect import bisect_right

from dragoman.actors.mentions import Finder
from dragoman.language.analysis import ROOT
from dragoman.language.quotations import Quotation, find_quotations

_LABEL = 7  # words that a speaker's label may have
_TITLE = 20  # words of a title and a name before a colon
_NOMINAL = frozenset(["PROPN", "NOUN", "ADJ", "ADP", "DET", "CCONJ"])
_ASKING = frozenset(["question", "journalist", "reporter", "moderator", "q", "remark"])
_RUN = 12  # quotations in a row that may be one speaker's without a word on who speaks


class Quotes:
    """The spoken quotations of a document, each with the token of its speaker."""

    def __init__(self, finder: Finder, *, alone: bool = False) -> None:
        self._finder = finder
        found = find_quotations(finder.analysis.tokens)
        self._quotes = [q for q in found if q.depth == 0 and q.sort == "speech"]
        self._firsts = [q.first for q in self._quotes]
        self._speakers: dict[int, int | None] = {}
        self._labels = _labels(finder, least=1 if alone else 2)

    def quote_of(self, token: int) -> int:
        """The number of the quotation that a token stands in, −1 for none."""
        index = bisect_right(self._firsts, token) - 1
        return index if index >= 0 and token < self._quotes[index].last else -1

    def is_spoken(self, token: int) -> bool:
        """Whether a token stands in a quotation, or below a speaker's label in a transcript."""
        if self.quote_of(token) >= 0:
            return True
        return self._finder.analysis.sentence_of[token] in self._labels

    def speaker_of(self, token: int) -> int | None:
        """The head of the phrase for the one who says what a token stands in."""
        index = self.quote_of(token)
        if index < 0:
            reported = self._reported(token)
            if reported is not None:
                return reported
            return self._labels.get(self._finder.analysis.sentence_of[token])
        if index not in self._speakers:
            self._speakers[index] = self._find(index)
        return self._speakers[index]

    def _reported(self, token: int) -> int | None:
        """The speaker of a clause that is told without quotation marks ("we will win, he said")."""
        analysis = self._finder.analysis
        for _ in range(12):
            governor = analysis.heads[token]
            if governor == ROOT:
                return None
            if analysis.deprels[token] in ("ccomp", "parataxis"):
                subject = self._speaking_subject(governor)
                if subject is not None:
                    return subject
            token = governor
        return None

    def _find(self, index: int) -> int | None:
        """The speaker of a quotation, who may be that of those right before it."""
        first = index
        while first > index - _RUN and first > 0:
            before, quote = self._quotes[first - 1], self._quotes[first]
            if first in self._speakers or not self._follows(before, quote):
                break
            self._speakers[first] = self._beside(quote)
            if self._speakers[first] is not None:
                break
            first -= 1
        if first not in self._speakers:
            self._speakers[first] = self._beside(self._quotes[first])
        for later in range(first + 1, index + 1):
            self._speakers[later] = self._speakers[first]
        return self._speakers[first]

    def _follows(self, before: Quotation, quote: Quotation) -> bool:
        """Whether two quotations stand in one paragraph or run on over its end."""
        analysis = self._finder.analysis
        paragraphs = analysis.tokens.paragraphs
        a = paragraphs[analysis.sentence_of[before.last - 1]]
        b = paragraphs[analysis.sentence_of[quote.first]]
        if a == b or quote.continues:
            return True
        # “… a risk?” she asked. “I mean …”: where each sentence is a paragraph of its own.
        sentence = analysis.sentence_of[quote.first]
        opens = quote.first - analysis.tokens.bounds[sentence] <= 1
        return opens and sentence - analysis.sentence_of[before.last - 1] == 1

    def _beside(self, quote: Quotation) -> int | None:
        """The subject of a verb of saying in the sentences that a quotation begins or ends in."""
        analysis = self._finder.analysis
        sentence_of, bounds = analysis.sentence_of, analysis.tokens.bounds
        tagged = self._tagged(quote)
        last_sentence = sentence_of[quote.last - 1]
        sentences = [last_sentence, sentence_of[quote.first]]
        if quote.last < len(analysis) and sentence_of[quote.last] == last_sentence + 1:
            after = last_sentence + 1
            if analysis.words[bounds[after]][0].islower():
                sentences.append(after)
        for s in dict.fromkeys(sentences):
            for token in range(bounds[s], bounds[s + 1]):
                if quote.first <= token < quote.last:
                    continue
                subject = self._speaking_subject(token)
                if subject is not None and not quote.first <= subject < quote.last:
                    return subject
        return tagged

    def _tagged(self, quote: Quotation) -> int | None:
        """The source that the model tagged nearest to a quotation, in its sentences."""
        finder = self._finder
        analysis = finder.analysis
        first = analysis.sentence_of[quote.first]
        last = analysis.sentence_of[quote.last - 1]
        best: tuple[int, int] | None = None
        for piece in analysis.attributions:
            if piece.role != "source" or not first <= analysis.sentence_of[piece.first] <= last:
                continue
            if quote.first <= piece.first < quote.last:
                continue
            away = min(abs(piece.first - quote.last), abs(piece.last - quote.first))
            head = finder.head_of(piece.first, piece.last)
            if best is None or (away, head) < best:
                best = (away, head)
        return best[1] if best is not None else None

    def _speaking_subject(self, verb: int) -> int | None:
        finder = self._finder
        analysis = finder.analysis
        if finder.lemmas[verb] not in finder.lexicon.speaking or analysis.upos[verb] != "VERB":
            return None
        for child in analysis.children[verb]:
            if analysis.deprels[child] == "nsubj":
                return child
        return None


def _labels(finder: Finder, least: int) -> dict[int, int | None]:
    """The speaker of each sentence of a transcript: the last word of "MR. SMITH:" above it.

    A label stands at the beginning of a paragraph, or of a sentence where it ends in a person's
    name ("President of Peru Ana Diaz:"), and holds until the next one; "Q:", "Question:" and the
    like name nobody, so that nobody known speaks below them. A text with less labels than `least`
    is no transcript.
    """
    analysis = finder.analysis
    bounds, paragraphs = analysis.tokens.bounds, analysis.tokens.paragraphs
    found: dict[int, int | None] = {}
    current: int | None = None
    count = 0
    begun = False
    for sentence in range(len(bounds) - 1):
        if sentence == 0 or paragraphs[sentence] != paragraphs[sentence - 1]:
            label = _label(finder, bounds[sentence], bounds[sentence + 1])
            if label is not None:
                count += 1
                named = label in finder.name_at or label in finder.phrase_at
                current, begun = label if named else None, begun or named
        turn = _turn(finder, bounds[sentence], bounds[sentence + 1])
        if turn is not None:
            count, begun, current = count + 1, True, turn
        elif begun and finder.keys[bounds[sentence]] in _ASKING:
            after = finder.analysis.words[bounds[sentence] + 1 : bounds[sentence] + 2]
            current = None if after == [":"] else current
        if begun:
            found[sentence] = current
    return found if count >= least else {}


def _turn(finder: Finder, first: int, last: int) -> int | None:
    """The last word of a person's name before a colon, with but a title before it."""
    analysis = finder.analysis
    for colon in range(first + 1, min(first + _TITLE, last)):
        if analysis.words[colon] != ":" or colon + 1 >= len(analysis):
            continue
        end = colon
        if analysis.words[colon - 1] == ")":  # "Macky Sall (retranslated):"
            opened = [t for t in range(colon - 1, first, -1) if analysis.words[t] == "("]
            end = opened[0] if opened else colon
        name = finder.name_at.get(end - 1)
        if end < colon and (name is None or name.last != end or name.label not in ("PER",)):
            carded = _carded(finder, first, end)
            if carded is not None:
                return carded
        spoken = analysis.words[colon + 1][:1]
        if name is None or name.last != end or not (spoken.isupper() or spoken in "\"“‘'"):
            return None
        person = name.label == "PER" or finder.is_person(name)
        title = range(first, name.first)
        nominal = all(analysis.upos[t] in _NOMINAL or analysis.words[t] in ",*" for t in title)
        return name.last - 1 if person and nominal else None
    return None


def _carded(finder: Finder, first: int, end: int) -> int | None:
    """The last word of the name in “President of Peru Ana Diaz Diaz AnaPresident (interpreted):”.

    A site's card of the speaker may have come in between the name and the brackets before a colon.
    """
    analysis = finder.analysis
    if any(analysis.upos[t] in ("VERB", "AUX", "PRON") for t in range(first, end)):
        return None
    for token in range(first, end):
        name = finder.name_at.get(token)
        if name is not None and (name.label == "PER" or finder.is_person(name)):
            return name.last - 1 if name.last <= end else None
    return None


def _label(finder: Finder, first: int, last: int) -> int | None:
    """The last word before a colon near the beginning of a paragraph, in capitals throughout."""
    words = finder.analysis.words
    for token in range(first, min(first + _LABEL, last)):
        if words[token] == ":":
            return token - 1 if token > first else None
        if not (words[token].isupper() or not words[token].isalpha()):
            return None
    return None
