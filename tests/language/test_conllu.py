"""CoNLL-U in and out."""

from __future__ import annotations

import gzip
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.errors import DragomanError, InputError, RecordError
from dragoman.language.analysis import ROOT, Analysis, Attribution, Name
from dragoman.language.conllu import TreebankDocument, parse_treebank, read_treebank
from dragoman.language.conllu_writing import conllu_lines, multiword_ranges
from dragoman.language.tokens import tokenize

TREEBANK = """\
# newdoc id = first
# newpar id = first-p1
# sent_id = first-1
# text = Iran's envoy didn't go.
1-2\tIran's\t_\t_\t_\t_\t_\t_\t_\t_
1\tIran\tIran\tPROPN\tNNP\tNumber=Sing\t3\tnmod:poss\t_\tName=B-LOC
2\t's\t's\tPART\tPOS\t_\t1\tcase\t_\t_
3\tenvoy\tenvoy\tNOUN\tNN\tNumber=Sing\t6\tnsubj\t_\t_
4-5\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_
4\tdid\tdo\tAUX\tVBD\t_\t6\taux\t_\t_
5\tn't\tnot\tPART\tRB\t_\t6\tadvmod\t_\t_
6\tgo\tgo\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
6.1\tgone\tgo\tVERB\tVBN\t_\t_\t_\t0:root\t_
7\t.\t.\tPUNCT\t.\t_\t6\tpunct\t_\t_

# sent_id = first-2
# text = Ali Nur left.
1\tAli\tAli\tPROPN\tNNP\t_\t3\tnsubj\t_\tName=B-PER
2\tNur\tNur\tPROPN\tNNP\t_\t1\tflat\t_\tName=I-PER
3\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No
4\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_

# newpar
# sent_id = first-3
1\tYes\tyes\tINTJ\tUH\t_\t0\troot\t_\tSpaceAfter=No
2\t!\t!\tPUNCT\t.\t_\t1\tpunct\t_\t_

# newdoc id = second
# sent_id = second-1
1\tNo\tno\tINTJ\tUH\t_\t0\troot\t_\t_
"""


def _parsed(text: str) -> list[TreebankDocument]:
    return list(parse_treebank(text.splitlines()))


def test_documents_sentences_and_paragraphs_are_read() -> None:
    first, second = _parsed(TREEBANK)
    assert (first.id, second.id) == ("first", "second")
    assert first.sentence_ids == ("first-1", "first-2", "first-3")
    tokens = first.analysis.tokens
    assert tokens.text == "Iran's envoy didn't go. Ali Nur left.\n\nYes!"
    assert tokens.bounds == [0, 7, 11, 13]
    assert tokens.paragraphs == [0, 0, 1]
    assert tokens.words == first.analysis.words
    assert first.multiwords == ((0, 2), (3, 5))


def test_heads_count_through_the_document() -> None:
    analysis = _parsed(TREEBANK)[0].analysis
    assert analysis.heads[5] == ROOT
    assert analysis.heads[7] == 9
    assert analysis.heads[9] == ROOT


def test_names_in_the_last_column_are_read() -> None:
    assert _parsed(TREEBANK)[0].analysis.names == [Name(0, 1, "LOC"), Name(7, 9, "PER")]


@pytest.mark.parametrize("suffix", ["", ".gz", ".xz"])
def test_packed_treebanks_are_read(tmp_path: Path, suffix: str) -> None:
    packers: dict[str, Callable[[bytes], bytes]] = {
        "": bytes,
        ".gz": gzip.compress,
        ".xz": lzma.compress,
    }
    path = tmp_path / f"t.conllu{suffix}"
    path.write_bytes(packers[suffix](TREEBANK.encode()))
    assert len(list(read_treebank(path))) == 2


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("3\tenvoy\tenvoy", "3\tenvoy", "10 columns"),
        ("3\tenvoy", "x\tenvoy", "whole number"),
        ("3\tenvoy", "4\tenvoy", "word 4 stands where word 3 should"),
        ("# text = Ali Nur", "# text = Ali Khan", "is not what the comment"),
        ("\t6\tnsubj", "\t60\tnsubj", "head 60 is not in the sentence"),
    ],
)
def test_a_broken_treebank_is_refused_by_line(old: str, new: str, words: str) -> None:
    with pytest.raises(RecordError, match=words) as caught:
        _parsed(TREEBANK.replace(old, new, 1))
    assert "line" in str(caught.value)


@pytest.mark.parametrize(
    ("name", "data"),
    [("none.conllu", None), ("bad.xz", b"no xz"), ("bad.conllu", b"1\t\xff\xfe\n")],
)
def test_a_file_that_is_no_treebank_is_refused_in_words(
    tmp_path: Path, name: str, data: bytes | None
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match=name):
        list(read_treebank(tmp_path / name))


def test_what_is_written_is_read_again_as_it_was() -> None:
    for document in _parsed(TREEBANK):
        lines = conllu_lines(
            document.analysis,
            document=document.id,
            sentence_ids=document.sentence_ids,
            multiwords=document.multiwords,
        )
        (again,) = parse_treebank(lines)
        assert again.sentence_ids == document.sentence_ids
        assert again.multiwords == document.multiwords
        assert again.analysis == document.analysis


def _hand_built(text: str) -> Analysis:
    tokens = tokenize(text)
    size = len(tokens)
    heads = [ROOT] * size
    for first, last in zip(tokens.bounds, tokens.bounds[1:], strict=False):
        heads[first + 1 : last] = [first] * (last - first - 1)
    return Analysis(
        tokens=tokens,
        words=tokens.words,
        lemmas=[word.lower() for word in tokens.words],
        upos=["X"] * size,
        xpos=["FW"] * size,
        feats=["_"] * size,
        heads=heads,
        deprels=["root" if head == ROOT else "dep" for head in heads],
        names=[Name(0, 2, "PER")],
        attributions=[Attribution(0, 2, "source"), Attribution(2, 3, "cue")],
    )


def test_gaps_names_and_attributions_stand_in_the_last_column() -> None:
    lines = list(conllu_lines(_hand_built("Ali Nur said\nit's over.\n\nHe left."), document="d"))
    assert lines[:3] == ["# newdoc id = d", "# newpar", "# sent_id = d-1"]
    assert lines[3] == "# text = Ali Nur said it's over."
    last = {line.split("\t")[1]: line.split("\t")[9] for line in lines if "\t" in line}
    assert last["Ali"] == "Name=B-PER|Source=B"
    assert last["Nur"] == "Name=I-PER|Source=I"
    assert last["said"] == "Cue=B|SpacesAfter=\\n"
    assert last["over"] == "SpaceAfter=No"
    assert lines.count("# newpar") == 2
    assert any(line.startswith("4-5\tit's\t_") for line in lines)


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        ("They don't", [(1, 3)]),
        ("He cannot go", [(1, 3)]),
        ("Iran's and the leaders' talks", [(0, 2), (4, 6)]),
        ("Shouldn't've", [(0, 3)]),
        ("He said 'no' to it", []),
        ("10am pro-Russian", []),
    ],
)
def test_words_written_as_one_are_ranges(text: str, ranges: list[tuple[int, int]]) -> None:
    assert multiword_ranges(tokenize(text)) == ranges


def test_errors_are_of_the_one_tree() -> None:
    assert issubclass(RecordError, DragomanError)
