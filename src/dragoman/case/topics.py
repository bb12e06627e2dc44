"""What a case is about. A new document is relevant when one topic is: all its actors are named in
the document, and all its words stand in it. A case without topics takes everything.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import orjson
import sqlalchemy as sa

from dragoman.case import schema
from dragoman.case.database import insert, next_id
from dragoman.case.identity import clean, fold
from dragoman.case.unfold import dump
from dragoman.errors import UsageError
from dragoman.records import Actor, Reading, Record

if TYPE_CHECKING:
    from dragoman.case.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic(Record):
    """Actors (ids, codes or names) and words that must all occur."""

    number: int
    actors: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    def fits(self, reading: Reading) -> bool:
        text = f"{reading.document.title or ''}\n{reading.document.text or ''}"
        return all(_stands(words, text) for words in self.words) and all(
            any(_is(actor, name) for actor in reading.actors) for name in self.actors
        )

    def described(self) -> str:
        """`RUS and “gas pipeline”`."""
        return " and ".join([*self.actors, *(f"“{words}”" for words in self.words)])


def relevant(reading: Reading, topics: Sequence[Topic]) -> bool:
    return not topics or any(topic.fits(reading) for topic in topics)


def add_topic(case: Case, actors: Sequence[str], words: Sequence[str]) -> Topic:
    """Keep a topic; UsageError where it names nothing."""
    names = tuple(clean(name.strip()) for name in actors if name.strip())
    phrases = tuple(clean(" ".join(phrase.split())) for phrase in words if phrase.strip())
    if not names and not phrases:
        raise UsageError("a topic names actors or words: --actor RUS, --words 'gas pipeline'.")
    with case.database.writing() as connection:
        number = next_id(connection, schema.topics)
        row = (number, dump(names), dump(phrases), case.now(), None)
        insert(connection, schema.topics, [row])
    return Topic(number=number, actors=names, words=phrases)


def list_topics(case: Case) -> list[Topic]:
    topics = schema.topics
    with case.database.reading() as connection:
        rows = connection.execute(
            sa.select(topics).where(topics.c.closed_at.is_(None)).order_by(topics.c.id)
        ).all()
    return [
        Topic(
            number=row.id,
            actors=tuple(orjson.loads(row.actors)),
            words=tuple(orjson.loads(row.words)),
        )
        for row in rows
    ]


def remove_topic(case: Case, number: int) -> None:
    topics = schema.topics
    with case.database.writing() as connection:
        done = connection.execute(
            sa.update(topics)
            .where(topics.c.id == number, topics.c.closed_at.is_(None))
            .values(closed_at=case.now())
        )
    if not done.rowcount:
        raise UsageError(f"the case has no topic {number}; `dragoman topic list` shows them.")


def _stands(words: str, text: str) -> bool:
    """Whether the words stand in the text as words, in small or large letters, also in plural."""
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    return re.search(rf"(?<!\w){pattern}(?:s|es)?(?!\w)", text, re.IGNORECASE) is not None


def _is(actor: Actor, name: str) -> bool:
    """Whether a name, an id or a code means this actor; a code stands for all who act for it."""
    if name in (actor.id, actor.part_of) or (len(name) == 3 and name.upper() == actor.code):
        return True
    own, wanted = fold(actor.name), fold(name)
    return own == wanted or re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", own) is not None
