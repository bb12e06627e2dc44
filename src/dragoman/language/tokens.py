"""Cuts a text into words and sentences; the text itself is never changed.

Blanks part pieces, `tokens_cut` cuts a piece into tokens, `tokens_lines` tells where paragraphs
begin and `sentences` where sentences do. Each is linear in the text's length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.language.analysis import Tokens
from dragoman.language.sentences import sentence_bounds
from dragoman.language.tokens_cut import SPELLING, cut
from dragoman.language.tokens_lines import (
    dateline_edges,
    paragraph_starts,
    shouted_edges,
    stamp_edges,
)

# Blanks, and the signs of no width that stand between words.
_PIECE = re.compile(r"[^\s\u200b\u2060\ufeff]+")
_FOLLOWER = re.compile(r"[^\S\n]*\n?[^\S\n]*([^\W\d_]+|\d|.)", re.DOTALL)


def tokenize(text: str) -> Tokens:
    """The tokens, sentences and paragraphs of a text."""
    starts: list[int] = []
    ends: list[int] = []
    marks: list[int] = []
    edges = shouted_edges(text)
    for start, end in _pieces(text, edges):
        cuts, enders, is_open = cut(text[start:end])
        if is_open and _belongs(text, start, end, cuts):
            cuts = (*cuts[:-2], cuts[-1])
            enders = (*enders[:-1], len(cuts) - 1)
        if enders:
            base = len(starts)
            marks.extend([base + token for token in enders])
        if len(cuts) == 1:
            starts.append(start)
            ends.append(end)
        else:
            starts.append(start)
            starts.extend([start + at for at in cuts[:-1]])
            ends.extend([start + at for at in cuts])
    bounds, paragraphs = sentence_bounds(
        text,
        starts,
        ends,
        marks,
        sorted([*paragraph_starts(text), *edges]) if edges else paragraph_starts(text),
        [*stamp_edges(text), *dateline_edges(text)],
    )
    return Tokens(text, starts, ends, bounds, paragraphs)


def _pieces(text: str, edges: list[int]) -> Iterator[tuple[int, int]]:
    """Where what stands between blanks begins and ends, parted at the edges as well."""
    at = 0
    for piece in _PIECE.finditer(text):
        start, end = piece.span()
        while at < len(edges) and edges[at] < end:
            if edges[at] > start:
                yield start, edges[at]
                start = edges[at]
            at += 1
        yield start, end


def _belongs(text: str, start: int, end: int, cuts: tuple[int, ...]) -> bool:
    """Whether the piece's last full stop is part of the word: what follows tells.

    An abbreviation such as "No." stands before a number, an initial before a name or a comma.
    """
    follower = _FOLLOWER.match(text, end)
    if follower is None:
        return False
    word = text[start + cuts[-3] if len(cuts) > 2 else start : end - 1]
    after = follower[1]
    if word in SPELLING.number:
        return after.isdigit()
    return after in ",&" or (after[0].isupper() and (after not in SPELLING.starters or word == "I"))
