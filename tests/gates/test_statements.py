"""Floors under the figures that are claimed for statements.

`dragoman evaluate polnear` and `dragoman evaluate facts` print the same figures. Floors stand one
to three points under what was measured with the shipped model.
"""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from data_root import shared
from dragoman.coding.statements import find_attributions
from dragoman.evaluate.conllu import read_treebank
from dragoman.evaluate.facts import check, read_articles
from dragoman.evaluate.kinds import evaluate as evaluate_kinds
from dragoman.evaluate.kinds import read_judged
from dragoman.evaluate.places import read_texts
from dragoman.evaluate.polnear import PolnearScore, read_polnear, score_document
from dragoman.language.model import Model
from dragoman.language.quotations import find_quotations
from dragoman.language.tokens import tokenize
from dragoman.reader import Reader
from dragoman.records import Reading

POLNEAR_DOCUMENTS = 28
POLNEAR = {
    "cues": 0.81,
    "content words": 0.88,
    "source heads": 0.80,
    "attributions": 0.76,
    "quotations' speakers": 0.88,
}
STATEMENT_FACTS = 0.90
QUOTED = 0.95
KINDS_JUDGED = Path(__file__).parent / "data" / "statement_kinds.tsv"
KINDS = 0.81
MICROSECONDS_A_WORD = 8.0
NEWS = ("guardian_sdf", "bbc_politics_2004_2005", "worldwide_newswire", "ukraine_crisis_2014")
ARTICLES = 10  # of each
BEGINNING = 2500  # characters of each


@pytest.mark.gate
def test_attributions_of_political_news() -> None:
    analyse = Model.load().analyse
    score = PolnearScore()
    for document in islice(read_polnear(shared("polnear", "dev.tar.xz")), POLNEAR_DOCUMENTS):
        score += score_document(document, analyse(tokenize(document.text)))
    reached = {name: counts.f1 for name, counts in score.rows()}
    assert all(reached[name] >= floor for name, floor in POLNEAR.items()), reached


@pytest.mark.gate
def test_statements_of_real_articles(reader: Reader) -> None:
    held = asked = 0
    for article in read_articles(shared("..", "articles")):
        facts = tuple(fact for fact in article.facts if "statement" in fact)
        result = check(replace(article, facts=facts), reader.read(article.document))
        held += result.held
        asked += result.facts
    assert asked > 0
    assert held / asked >= STATEMENT_FACTS, f"{held}/{asked}"


@pytest.mark.gate
def test_kinds_of_statements(reader: Reader) -> None:
    gold = read_judged(KINDS_JUDGED)
    texts = read_texts(shared("news").parent, only=frozenset(gold))
    score = evaluate_kinds(gold, texts, reader.read)
    assert score.judged == sum(len(judged) for judged in gold.values())
    assert score.missing <= 3
    assert score.macro_f1 >= KINDS, {kind: score.f1(kind) for kind in score.kinds}


@pytest.mark.gate
def test_what_is_quoted_belongs_to_a_statement(reader: Reader) -> None:
    covered = characters = 0
    for text in _beginnings():
        reading = reader.read(text)
        told = _told(reading)
        for start, end in _long_quotations(text):
            characters += end - start
            covered += sum(told[start:end])
    assert characters > 0
    assert covered / characters >= QUOTED, f"{covered}/{characters}"


@pytest.mark.gate
def test_the_time_that_attributions_take() -> None:
    path = shared("ud_english_gum", "en_gum-ud-dev.conllu.xz")
    analyses = [document.analysis for document in read_treebank(path)]
    for analysis in analyses:
        assert len(analysis.children) == len(analysis)  # made once for all stages
    began = time.process_time()
    for analysis in analyses:
        find_attributions(analysis)
    spent = time.process_time() - began
    assert spent * 1e6 / sum(len(a) for a in analyses) <= MICROSECONDS_A_WORD


def _beginnings() -> Iterator[str]:
    """The beginnings of articles with quotation marks, from the odd lines of the files."""
    for name in NEWS:
        found = 0
        with gzip.open(Path(shared("news", f"{name}.jsonl.gz")), "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                text = json.loads(line)["text"][:BEGINNING]
                if number % 2 and any(mark in text for mark in '"“'):
                    yield text
                    found += 1
                if found == ARTICLES:
                    break


def _long_quotations(text: str) -> Iterator[tuple[int, int]]:
    """Closed outermost quotations of four words or more that are no titles."""
    for q in find_quotations(tokenize(text)):
        words = text[q.start : q.end].split()
        if q.closed and q.depth == 0 and not q.single and q.sort == "speech" and len(words) >= 4:
            yield q.start, q.end


def _told(reading: Reading) -> list[bool]:
    told = [False] * len(reading.document.text or "")
    for statement in reading.statements:
        content = statement.content
        for span in content.pieces or (content,):
            told[span.start : span.end] = [True] * (span.end - span.start)
    return told
