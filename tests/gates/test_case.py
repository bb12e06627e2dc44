"""Floors under what the case claims: near-copies, and the speed of finding what is there."""

from __future__ import annotations

import gzip
import json
import random
import re
import time
from pathlib import Path

import pytest

pytest.importorskip("sqlalchemy", reason="the extra `case` is not installed")

from case.fake_reader import FakeReader
from data_root import shared
from dragoman.case import Case
from dragoman.records import Input
from dragoman.sources.copies import is_copy, signature

pytestmark = pytest.mark.gate
ARTICLES = 300


def articles(count: int) -> list[Input]:
    """Articles of a file of real news, one in two, of 1,000 characters and more."""
    found: list[Input] = []
    with gzip.open(shared("news", "timeline_corpora.jsonl.gz"), "rt", encoding="utf-8") as file:
        for number, line in enumerate(file):
            if number % 2:
                row = json.loads(line)
                if len(row["text"]) >= 1_000:
                    found.append(Input(text=row["text"], id=row["id"], date=row["date"] or None))
            if len(found) == count:
                break
    return found


def reprints(text: str, chance: random.Random) -> dict[str, str]:
    """The ways in which outlets print a story again."""
    paragraphs = [p for p in re.split(r"(?<=[.!?])\s+", text) if p]
    cut = paragraphs[: max(4, int(len(paragraphs) * 0.5))]
    shuffled = paragraphs[1:]
    chance.shuffle(shuffled)
    words = text.split(" ")
    for at in chance.sample(range(len(words)), len(words) // 25):
        words[at] = "officials"
    return {
        "exact": text,
        "cut": " ".join(cut),
        "headed": "A NEW HEADLINE FOR AN OLD STORY\nBy our own staff\n" + text,
        "ordered": " ".join([paragraphs[0], *shuffled]),
        "edited": " ".join(words),
    }


def test_near_copies_are_told_from_other_reports() -> None:
    """Different articles of one crisis are the hard negatives: same file, same days, same facts."""
    chance = random.Random(1)
    texts = [article.text for article in articles(ARTICLES)]
    signs = [signature(text) for text in texts]
    found = missed = 0
    for text, own in zip(texts, signs, strict=True):
        for printed in reprints(text, chance).values():
            sign = signature(printed)
            met = not set(sign.bands).isdisjoint(own.bands) and is_copy(sign.shingles, own.shingles)
            found, missed = found + met, missed + (not met)
    wrong = 0
    for at, one in enumerate(signs):
        for other in range(at):
            if set(one.bands).isdisjoint(signs[other].bands):
                continue
            if is_copy(one.shingles, signs[other].shingles):
                # The file holds true reprints of its own; those share their running text.
                wrong += not _reprint(texts[at], texts[other])
    recall, precision = found / (found + missed), found / (found + wrong)
    assert recall >= 0.95, recall
    assert precision >= 0.98, precision


def _reprint(one: str, other: str) -> bool:
    """A long stretch in common, word for word: what two hands do not write."""
    words, against = one.split(), " ".join(other.split())
    return any(" ".join(words[at : at + 40]) in against for at in range(0, len(words) - 40, 10))


def test_what_is_there_is_found_at_once(tmp_path: Path) -> None:
    documents = articles(ARTICLES)
    with Case.create(str(tmp_path / "case.db")) as case:
        first = case.add(documents, reader=FakeReader())
        assert first.new == ARTICLES - first.counts["present"]
        began = time.process_time()
        again = case.add(documents, reader=FakeReader())
        seconds = time.process_time() - began
    assert again.counts["present"] == ARTICLES
    assert ARTICLES / seconds >= 1_000, f"{ARTICLES / seconds:.0f} documents a second"
