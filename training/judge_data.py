"""The examples that the judge learns from, each with where it comes from and what is known of it.

    judged     candidates of the news that were judged by hand twice (tests/gates/data)
    read       others that were judged once, only to learn from (training/judged_for_training.tsv)
    apolitical candidates in texts about sport, crime, accidents, companies, daily life: no event
    gsr, plv   sentences whose one event is known, of the half that may be looked at

`ngec` stories are left out: their first sentences taught the encoder, with their classes.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from corpora import blocks, for_encoder, read_bytes
from judge_news import code, news_files, odd_texts, offsets

from dragoman.coding.drafts import Draft
from dragoman.coding.folding import folded_type
from dragoman.coding.judging.facts import facts_of
from dragoman.coding.judging.features import Page, vectors_of
from dragoman.coding.relation import SOURCE, TARGET, MarkedCast
from dragoman.evaluate import gsr, plv
from dragoman.evaluate.judged import Judged, draft_with, read_judged
from dragoman.reader import Stages

# ECB+ topics about celebrities, sport, crime, accidents and products.
APOLITICAL_TOPICS = frozenset(
    {1, 2, 3, 4, 5, 6, 7, 10, 13, 14, 16, 18, 20, 21, 22, 23, 24, 25, 26, 27, 29, 31, 32, 33, 35}
)
NONE = "NONE"


@dataclass
class Example:
    """One telling: its facts and vectors (8 × 384), and what is known of it.

    `type` is the class of the frame, `right` the true class, NONE for no event, "" where unknown.
    """

    source: str
    key: str
    type: str
    right: str
    facts: list[str]
    vectors: npt.NDArray[np.float16]
    document: str
    share: float = 1.0  # of its class in the texts it was drawn from, for judged ones


def _examples(
    stages: Stages, source: str, document: str, text: str, date: str | None, right: str
) -> list[Example]:
    coded = code(stages, text, date)
    return [_example(coded.page, d, source, document, right) for d in coded.drafts]


def _example(page: Page, draft: Draft, source: str, document: str, right: str) -> Example:
    return Example(
        source=source,
        key=offsets(draft),
        type=draft.type,
        right=right,
        facts=facts_of(page, draft),
        vectors=vectors_of(page, draft).astype(np.float16),
        document=document,
    )


def judged(stages: Stages, root: Path, table: Path, source: str) -> Iterator[Example]:
    """The judged candidates that the coder still finds: same trigger word, same class."""
    wanted: dict[tuple[str, str], list[Judged]] = {}
    for row in read_judged(table):
        wanted.setdefault((row.file, row.id), []).append(row)
    for path in news_files(root):
        name = path.name.removesuffix(".jsonl.gz")
        for text in odd_texts(path):
            rows = wanted.get((name, text.id))
            if rows is None:
                continue
            coded = code(stages, text.text, text.date)
            for row in rows:
                draft = draft_with(coded.drafts, row.trigger, row.type)
                if draft is not None:
                    example = _example(coded.page, draft, source, text.id, row.right)
                    example.share = row.of
                    yield example


def apolitical(stages: Stages, root: Path) -> Iterator[Example]:
    for document, text in (*_ecb(root), *_markets(root), *_web(root)):
        yield from _examples(stages, "apolitical", document, text, None, NONE)


def _ecb(root: Path) -> Iterator[tuple[str, str]]:
    with tarfile.open(root / "ecbplus" / "train_dev.tar.xz") as archive:
        stream = archive.extractfile("full_documents_train_dev.jsonl")
        assert stream is not None
        for line in stream:
            row = json.loads(line)
            if int(str(row["doc_id"]).partition("_")[0]) in APOLITICAL_TOPICS:
                yield row["doc_id"], " ".join(row["tokens"])[:1500]


def _markets(root: Path) -> Iterator[tuple[str, str]]:
    """Reports on the earnings of companies; a fifth of them, by id."""
    with gzip.open(root / "news" / "reuters_21578.jsonl.gz", "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            row = json.loads(line)
            topics = row.get("topics") or []
            only = set(topics if isinstance(topics, list) else str(topics).split())
            if number % 2 and only and only <= {"earn", "acq"} and number % 5 == 1:
                yield row["id"], row["text"][:1000]


def _web(root: Path) -> Iterator[tuple[str, str]]:
    """Reviews, questions and letters of the web treebank."""
    name, text = "", [""]
    data = read_bytes(root / "ud_english_ewt" / "en_ewt-ud-train.conllu.xz").decode("utf-8")
    for block in blocks(data):
        for line in block:
            if line.startswith("# newdoc id = "):
                if name.startswith(("reviews", "answers", "email")):
                    yield name, "\n".join(text)[:1500]
                name, text = line.partition(" = ")[2].strip(), []
            elif line.startswith("# text = "):
                text.append(line.partition(" = ")[2])


def gold_sentences(stages: Stages, root: Path) -> Iterator[Example]:
    """Of the gold records' half that may be looked at: the tellings of the class that is right."""
    for record in gsr.read_records(root / "plover_gsr" / "dev.jsonl"):
        if int(hashlib.md5(record.id.encode()).hexdigest(), 16) % 2:
            continue
        coded = code(stages, record.text)
        for draft in coded.drafts:
            if folded_type(draft.type, draft.status) == record.type:
                yield _example(coded.page, draft, "gsr", record.id, draft.type)


def marked_sentences(stages: Stages, root: Path) -> Iterator[Example]:
    """Of PLV: tellings that join the marked two; right where their class is that of the row."""
    for row in plv.read_rows(root / "plv" / "train.tsv.gz"):
        coded = code(stages, row.text)
        cast = MarkedCast(coded.analysis, coded.cast, row.source, row.target)
        marked = {cast.at(token) for token in range(len(coded.analysis))}
        if {SOURCE, TARGET} - marked:
            continue
        for draft in coded.drafts:
            sides = {cast.at(f.token) for f in (*draft.roles.actors, *draft.roles.recipients)}
            if {SOURCE, TARGET} <= sides:
                folded = plv.class_of(folded_type(draft.type, draft.status))
                right = draft.type if row.type in (folded, plv.class_of(draft.type)) else NONE
                yield _example(coded.page, draft, "plv", row.id, right)


def seen_by_encoder(example: Example) -> bool:
    return example.source == "plv" and for_encoder(example.document)
