"""Names against gold labels."""

from __future__ import annotations

import io
import lzma
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.errors import RecordError
from dragoman.evaluate.conllu import Score
from dragoman.evaluate.names import read_names, score_names, spans, tokens_of
from dragoman.language.analysis import ROOT, Analysis, Name, Tokens

IOB = """\
# newdoc id = a
1\tAli\tB-PER\t-\t-
2\tNur\tI-PER\t-\t-
3\tleft\tO\t-\t-

1\tIran\tB-LOC\t-\t-

# newdoc id = b
1\tNorsk\tB-ORG\t-\t-
"""
TSV = """\
Ali\tB-Person
left\tO
.\tO
Iran\tB-Location
agreed\tO

Today\tB-Date
Geneva\tB-Facility
"""


def _found(tokens: Tokens, names: list[Name]) -> Analysis:
    blank = [""] * len(tokens)
    heads = [ROOT] * len(tokens)
    return Analysis(tokens, tokens.words, blank, blank, blank, blank, heads, blank, names=names)


def _iob(folder: Path) -> Path:
    path = folder / "dev.iob2.xz"
    path.write_bytes(lzma.compress(IOB.encode()))
    return path


def _archive(folder: Path) -> Path:
    path = folder / "dev.tar.xz"
    with tarfile.open(path, "w:xz") as archive:
        info = tarfile.TarInfo("dev/one.txt.tsv")
        info.size = len(TSV)
        archive.addfile(info, io.BytesIO(TSV.encode()))
    return path


def test_universal_ner_keeps_its_sentences(tmp_path: Path) -> None:
    first, second = read_names(_iob(tmp_path))
    assert (first.id, second.id) == ("a", "b")
    assert first.tokens.bounds == [0, 3, 4]
    assert first.names == {(0, 2, "PER"), (3, 4, "LOC")}
    assert second.names == {(0, 1, "ORG")}


def test_worldwide_newswire_has_paragraphs_in_which_sentences_are_found(tmp_path: Path) -> None:
    (document,) = read_names(_archive(tmp_path))
    assert document.tokens.bounds == [0, 3, 5, 7]
    assert document.tokens.paragraphs == [0, 0, 1]
    assert document.names == {(0, 1, "PER"), (3, 4, "LOC"), (6, 7, "LOC")}


def test_of_names_inside_names_the_outer_one_counts(tmp_path: Path) -> None:
    rows = "The\tO\nSerbian\tB-Organization\tB-NORP\nChurch\tI-Organization\nspoke\tO\n"
    path = tmp_path / "nested.tar.xz"
    with tarfile.open(path, "w:xz") as archive:
        member = tarfile.TarInfo("dev/x.txt.tsv")
        member.size = len(rows)
        archive.addfile(member, io.BytesIO(rows.encode()))
    (document,) = read_names(path)
    assert document.names == {(1, 3, "ORG")}


def test_kinds_are_mapped_and_others_passed_over(tmp_path: Path) -> None:
    answers = iter(
        [
            [Name(0, 2, "PER"), Name(2, 3, "NORP"), Name(3, 4, "FAC")],
            [Name(0, 1, "PER")],
        ]
    )
    scores = score_names(read_names(_iob(tmp_path)), lambda t: _found(t, next(answers)))
    assert scores["all"] == Score(3, 3, 2)
    assert scores["PER"] == Score(1, 2, 1)
    assert scores["ORG"] == Score(1, 0, 0)


def test_an_inside_without_a_beginning_begins_a_name() -> None:
    labels = ["I-PER", "I-PER", "O", "B-LOC", "B-LOC", "I-ORG"]
    assert list(spans(labels)) == [(0, 2, "PER"), (3, 4, "LOC"), (4, 5, "LOC"), (5, 6, "ORG")]


def test_tokens_are_parted_by_single_spaces() -> None:
    tokens = tokens_of([["a", "b"], [], ["c"]], are_sentences=True)
    assert tokens.text == "a b\n\nc"
    assert tokens.words == ["a", "b", "c"]
    assert replace(tokens).bounds == [0, 2, 3]


def test_a_line_without_label_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.iob2"
    path.write_text("1\tAli\n\n")
    with pytest.raises(RecordError, match="line 1"):
        list(read_names(path))
