"""Writes analyses as CoNLL-U, with names and attributions in the last column.

Where the treebanks write one word over several tokens ("don't"), so does this: `multiword_ranges`
finds them by rule. What stands between two words is told by `SpaceAfter=No` and `SpacesAfter`, so
that the text can be had back, character by character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dragoman.language.analysis import Analysis, Tokens

_CLITIC = re.compile(r"(?:['’‘`´ʼ](?:s|re|ve|ll|d|m)?|n['’‘`´ʼ]?t)$", re.IGNORECASE)
_SECOND_HALVES = frozenset(["not", "na", "ta", "me", "ve", "m", "s", "re", "ye", "is", "was"])


def multiword_ranges(tokens: Tokens) -> list[tuple[int, int]]:
    """The ranges of tokens (last exclusive) that are written as one word: "don't", "Iran's".

    A treebank writes such words as one token over several; a tokenizer only parts them.
    """
    text, starts, ends = tokens.text, tokens.starts, tokens.ends
    firsts = set(tokens.bounds)
    ranges: list[tuple[int, int]] = []
    for token in range(1, len(starts)):
        if starts[token] != ends[token - 1] or token in firsts:
            continue
        before, word = text[ends[token - 1] - 1], text[starts[token] : ends[token]]
        if not before.isalnum() or not _is_second(text[starts[token - 1] : ends[token - 1]], word):
            continue
        if ranges and ranges[-1][1] == token:
            ranges[-1] = (ranges[-1][0], token + 1)
        else:
            ranges.append((token - 1, token + 1))
    return ranges


def _is_second(before: str, word: str) -> bool:
    if _CLITIC.match(word):
        return len(word) > 1 or before[-1] in "sSzxX"
    return word.lower() in _SECOND_HALVES and before.isalpha()


def conllu_lines(
    analysis: Analysis,
    *,
    document: str = "",
    sentence_ids: Sequence[str] = (),
    multiwords: Sequence[tuple[int, int]] | None = None,
) -> Iterator[str]:
    """The lines of a document in CoNLL-U, without line ends.

    `sentence_ids` and `multiwords` are a treebank's own, where the tokens were taken from one.
    """
    tokens = analysis.tokens
    ranges = multiword_ranges(tokens) if multiwords is None else multiwords
    last_of = dict(ranges)
    labels = _labels(analysis)
    prefix = document or "s"
    if document:
        yield f"# newdoc id = {document}"
    for sentence in range(tokens.sentence_count):
        first, last = tokens.bounds[sentence], tokens.bounds[sentence + 1]
        if sentence == 0 or tokens.paragraphs[sentence] != tokens.paragraphs[sentence - 1]:
            yield "# newpar"
        given = sentence_ids[sentence] if sentence < len(sentence_ids) else ""
        yield f"# sent_id = {given or f'{prefix}-{sentence + 1}'}"
        yield f"# text = {_sentence_text(tokens, first, last)}"
        inside = 0  # the end of the multiword token that we are in
        for token in range(first, last):
            end = last_of.get(token, token + 1)
            if end > token + 1:
                inside = end
                form = tokens.text[tokens.starts[token] : tokens.ends[end - 1]]
                numbers = f"{token - first + 1}-{end - first}"
                blank = "\t_" * 7
                yield f"{numbers}\t{form}{blank}\t{'|'.join(_gap(tokens, end - 1)) or '_'}"
            misc = [*labels[token], *(() if token < inside else _gap(tokens, token))]
            yield _row(analysis, token, first, misc)
        yield ""


def _row(analysis: Analysis, token: int, first: int, misc: Sequence[str]) -> str:
    head = analysis.heads[token]
    columns = (
        str(token - first + 1),
        analysis.words[token],
        analysis.lemmas[token] or "_",
        analysis.upos[token],
        analysis.xpos[token],
        analysis.feats[token] or "_",
        str(head - first + 1 if head >= 0 else 0),
        analysis.deprels[token],
        "_",
        "|".join(misc) or "_",
    )
    return "\t".join(columns)


def _labels(analysis: Analysis) -> list[list[str]]:
    """What the last column tells of each token: names, pieces of attributions."""
    labels: list[list[str]] = [[] for _ in analysis.words]
    for name in analysis.names:
        for token in range(name.first, name.last):
            labels[token].append(f"Name={'B' if token == name.first else 'I'}-{name.label}")
    for piece in analysis.attributions:
        for token in range(piece.first, piece.last):
            part = "B" if token == piece.first else "I"
            labels[token].append(f"{piece.role.capitalize()}={part}")
    return labels


def _gap(tokens: Tokens, token: int) -> tuple[str, ...]:
    """What stands between this token and the next, where it is not one space."""
    if token + 1 == len(tokens.starts):
        return ()
    gap = tokens.text[tokens.ends[token] : tokens.starts[token + 1]]
    if gap == " ":
        return ()
    return (f"SpacesAfter={gap.translate(_ESCAPES)}",) if gap else ("SpaceAfter=No",)


_ESCAPES = str.maketrans(
    {" ": "\\s", "\n": "\\n", "\r": "\\r", "\t": "\\t", "|": "\\p", "\\": "\\\\"}
)


def _sentence_text(tokens: Tokens, first: int, last: int) -> str:
    """The sentence on one line: every gap is one space, as readers of CoNLL-U expect."""
    parts: list[str] = []
    for token in range(first, last):
        if token > first and tokens.starts[token] > tokens.ends[token - 1]:
            parts.append(" ")
        parts.append(tokens.text[tokens.starts[token] : tokens.ends[token]])
    return "".join(parts)
