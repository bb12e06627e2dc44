"""Scores the actors of a reading: marked actors of gold records, and facts about articles.

A marked actor is found when a mention overlaps it: what both cover is at least half of the shorter
one. Its code is that of the mention which fits best. The gold records code the United Nations and
the European Union as IGO, so UNO and EUR count as IGO.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.records import Actor, Mention

Reader = Callable[[str, str | None], Sequence[Actor]]

# Codes of older lists that some gold records have.
_OLD_CODES = {"JAP": "JPN", "ITL": "ITA", "VTN": "VNM", "ROM": "ROU"}
_PIECE = re.compile(r"\((?:SRC/TAR|SRC|TAR): ?([^()]+)\)")
_MARK = re.compile(r"<(/?)[st]>")


@dataclass(frozen=True, slots=True)
class Marked:
    """An actor marked in a text: where, and its code where the source gives one."""

    start: int
    end: int
    code: str | None = None


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text with its marked actors; `unplaced` counts those whose words are not in the text."""

    id: str
    text: str
    marked: tuple[Marked, ...]
    unplaced: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """How many marked actors there are, were found, and got the right code."""

    there: int = 0
    found: int = 0
    coded: int = 0
    misses: tuple[str, ...] = ()

    @property
    def recall(self) -> float:
        return self.found / self.there if self.there else 0.0

    @property
    def accuracy(self) -> float:
        """The share of the marked actors that are found with the right code."""
        return self.coded / self.there if self.there else 0.0

    @property
    def code_accuracy(self) -> float:
        """The share of those found that have the right code."""
        return self.coded / self.found if self.found else 0.0


def read_gold_records(path: Path) -> Iterator[MarkedText]:
    """PLOVER's gold standard records (JSON Lines)."""
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        text = record["text"]
        marked, unplaced = [], 0
        for side in ("source", "target"):
            actors = record.get(side)
            for actor in actors if isinstance(actors, list) else ():
                place = _place(actor["actorText"], text) or _by_markup(actor["actorText"], record)
                if place is None:
                    unplaced += 1
                else:
                    marked.append(Marked(*place, actor.get("code")))
        yield MarkedText(record["id"], text, tuple(marked), unplaced)


def _place(words: str, text: str) -> tuple[int, int] | None:
    """Where words stand in a text, whatever the spaces and capitals."""
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    found = re.search(rf"(?<!\w){pattern}", text) or re.search(pattern, text, re.IGNORECASE)
    return found.span() if found else None


def _by_markup(words: str, record: Mapping[str, Any]) -> tuple[int, int] | None:
    """Where the markup of a record has an actor whose words it spells otherwise."""
    pieces = _PIECE.findall((record.get("textInfo") or {}).get("markup", ""))
    wanted = set(words.lower().split())
    shared = [(len(wanted & set(piece.lower().split())), piece) for piece in pieces]
    count, piece = max(shared, default=(0, ""))
    return _place(piece, record["text"]) if count else None


def read_marked_sentences(path: Path) -> Iterator[MarkedText]:
    """Sentences with one marked source and target each (a packed table)."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows, delimiter="\t"):
            text, marked = _unmark(row["marked_sentence"])
            yield MarkedText(row["sentence_id"], text, marked)


def _unmark(text: str) -> tuple[str, tuple[Marked, ...]]:
    parts: list[str] = []
    marked: list[Marked] = []
    size = at = start = 0
    for mark in _MARK.finditer(text):
        parts.append(text[at : mark.start()])
        size += mark.start() - at
        at = mark.end()
        if mark.group(1):
            marked.append(Marked(start, size))
        else:
            start = size
    parts.append(text[at:])
    return "".join(parts), tuple(marked)


def score_marked(texts: Iterable[MarkedText], read: Reader) -> Found:
    """How many marked actors a reader finds, and how many with the right code."""
    there = found = coded = 0
    misses: list[str] = []
    for text in texts:
        actors = read(text.text, None)
        there += len(text.marked) + text.unplaced
        for mark in text.marked:
            words = text.text[mark.start : mark.end]
            best = best_mention(actors, mark)
            if best is None:
                misses.append(f"{text.id}: {words!r} not found in {text.text!r}")
                continue
            found += 1
            actor, mention = best
            if mark.code is None or has_code(actor, mark.code, actors):
                coded += 1
            else:
                misses.append(
                    f"{text.id}: {words!r} is {mark.code}, {mention.text!r} got {actor.code} "
                    f"({actor.id}) in {text.text!r}"
                )
    return Found(there, found, coded, tuple(misses))


def best_mention(actors: Iterable[Actor], mark: Marked) -> tuple[Actor, Mention] | None:
    """The mention that covers a marked actor best, with its actor."""
    best: tuple[Actor, Mention] | None = None
    best_fit = 0.0
    for actor in actors:
        for mention in actor.mentions:
            both = min(mention.end, mark.end) - max(mention.start, mark.start)
            shorter = min(mention.end - mention.start, mark.end - mark.start)
            if both <= 0 or both < 0.5 * shorter:
                continue
            whole = max(mention.end, mark.end) - min(mention.start, mark.start)
            if both / whole > best_fit:
                best, best_fit = (actor, mention), both / whole
    return best


def has_code(actor: Actor, gold: str, actors: Iterable[Actor]) -> bool:
    """Whether an actor has the gold code, or is a compound with a member that has it."""
    if same_code(actor.code, gold):
        return True
    if actor.basis != "text":
        return False
    return any(same_code(a.code, gold) for a in actors if a.id in actor.members)


def same_code(code: str | None, gold: str) -> bool:
    """Whether a code is the gold one; the gold records have IGO for the UN and the EU."""
    gold = _OLD_CODES.get(gold, gold)
    return code == gold or (gold == "IGO" and code in ("UNO", "EUR", "IGO"))


@dataclass(frozen=True, slots=True)
class Facts:
    """How many facts about actors there are and hold."""

    there: int
    hold: int
    missing: tuple[str, ...]


def score_facts(facts: Iterable[Mapping[str, Any]], actors: Sequence[Actor]) -> Facts:
    """How many facts about actors hold in a reading (articles' `gold.json`)."""
    there = hold = 0
    missing: list[str] = []
    for fact in facts:
        if "actor" not in fact and "actor_codes" not in fact:
            continue
        there += 1
        if _holds(fact, actors):
            hold += 1
        else:
            missing.append(f"{fact['id']}: {fact['what']}")
    return Facts(there, hold, tuple(missing))


def _holds(fact: Mapping[str, Any], actors: Sequence[Actor]) -> bool:
    if "actor_codes" in fact:
        return set(fact["actor_codes"]) <= {a.code for a in actors} | {a.id for a in actors}
    return any(_is(fact["actor"], actor, actors) for actor in actors)


def _is(want: Mapping[str, Any], actor: Actor, actors: Sequence[Actor]) -> bool:
    texts = {_plain(mention.text) for mention in actor.mentions}
    return (
        ("who" not in want or _named(want["who"], actor, actors))
        and ("code" not in want or actor.code == want["code"])
        and ("sector" not in want or want["sector"] in actor.sectors)
        and all(_plain(text) in texts for text in want.get("mention_texts", ()))
    )


def _named(pattern: str, actor: Actor, actors: Sequence[Actor]) -> bool:
    """Whether a pattern is found in an actor's id or name, or in those of its members."""
    for part in pattern.split("|"):
        if re.fullmatch(r"[A-Z]{3}", part):
            if part in (actor.id, actor.code) or re.search(rf"\b{part}\b", actor.name):
                return True
        elif re.search(part, actor.name, re.IGNORECASE) or re.search(part, actor.id, re.IGNORECASE):
            return True
    return any(_named(pattern, a, actors) for a in actors if a.id in actor.members and a != actor)


def _plain(text: str) -> str:
    text = text.lower().replace("’", "'").replace("‘", "'")
    text = re.sub(r"^(the|a|an) ", "", text)
    return re.sub(r"[“”\"«»\u200b\u00ad]", "", " ".join(text.split()))
