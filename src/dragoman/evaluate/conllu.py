"""Scores an analysis against a treebank, as the CoNLL 2018 shared task did."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dragoman.language.analysis import Analysis
from dragoman.language.conllu import TreebankDocument, read_treebank

__all__ = ["TreebankDocument", "read_analyses", "read_treebank"]


def read_analyses(path: Path | str) -> Iterator[Analysis]:
    """The documents of a treebank as gold analyses, with their own tokens."""
    for document in read_treebank(path):
        yield document.analysis
