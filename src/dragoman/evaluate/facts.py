"""Checks a reading against facts that a careful reader takes from an article.

A gold file lists `facts`, which a good reading holds, and `forbidden`, errors that it does not
make. Each names an event, a statement, an actor, the codes of actors or the day of publication by
conditions, all of which must be fulfilled by one record of the reading. An event is taken as its
main telling has it and as each of its other tellings has it.

Actors are told by a regular expression: an alternative of three capitals is a code and must be met
whole, others are searched for in name and id; a compound's members count.
"""

from __future__ import annotations

import calendar
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from dragoman.errors import DataError, InputError
from dragoman.records import Input, Reading
from dragoman.sources import text as text_files

Row = Mapping[str, Any]

_LONGEST_SPEAKER = 15  # words; a longer speaker is half a sentence, no noun phrase
_SLACK_DAYS = 10  # a time may be so much, and twice, longer than the one asked for
_CODE = re.compile(r"\^?([A-Z]{3})\$?")
_UNSEEN = re.compile('[“”"«»\u200b\u00ad]')


@dataclass(frozen=True, slots=True)
class Article:
    """An article with what is to be read from it."""

    name: str
    document: Input
    facts: tuple[Row, ...]
    forbidden: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """The facts that were asked for, those missing, and the errors that were made."""

    name: str
    facts: int
    missing: tuple[Row, ...]
    forbidden: int
    made: tuple[Row, ...]

    @property
    def held(self) -> int:
        return self.facts - len(self.missing)


def read_articles(folder: Path) -> Iterator[Article]:
    """The articles of a folder: the folder itself, or each folder in it with article and gold."""
    if not folder.is_dir():
        raise InputError(f"{folder} is no folder of articles with gold facts.")
    names = [folder] if (folder / "gold.json").is_file() else sorted(folder.iterdir())
    found = [name for name in names if (name / "gold.json").is_file()]
    if not found:
        raise InputError(
            f"{folder} holds no articles: there should be article.txt and gold.json in it, "
            "or folders with them."
        )
    for name in found:
        gold = _json(name / "gold.json")
        about = _json(name / "meta.json") if (name / "meta.json").is_file() else {}
        loaded = text_files.load(name / "article.txt")
        document = Input(
            text=loaded.text,
            notices=loaded.notices,
            date=about.get("published") or None,
            title=about.get("title") or None,
            source=about.get("source") or None,
        )
        yield Article(name.name, document, tuple(gold["facts"]), tuple(gold["forbidden"]))


def _json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(f"{path} cannot be read as JSON: {error}.") from error
    if not isinstance(found, dict):
        raise DataError(f"{path} should hold one JSON object.")
    return found


def check(article: Article, reading: Reading) -> Checked:
    """Which of the article's facts the reading holds and which errors it makes."""
    told = _Told(reading.to_dict())
    return Checked(
        name=article.name,
        facts=len(article.facts),
        missing=tuple(fact for fact in article.facts if not told.holds(fact)),
        forbidden=len(article.forbidden),
        made=tuple(fact for fact in article.forbidden if told.holds(fact)),
    )


class _Told:
    """What a reading tells, as plain data, and whether a fact is in it."""

    def __init__(self, data: Row) -> None:
        self.data = data
        self.text: str = data["document"].get("text") or ""
        self.actors: dict[str, Row] = {actor["id"]: actor for actor in data["actors"]}
        self.statements: dict[str, Row] = {each["id"]: each for each in data["statements"]}

    def holds(self, fact: Row) -> bool:
        if "event" in fact:
            views = (view for event in self.data["events"] for view in _views(event))
            return self._any(views, fact, "event", _EVENT)
        if "statement" in fact:
            return self._any(self.statements.values(), fact, "statement", _STATEMENT)
        if "actor" in fact:
            return self._any(self.actors.values(), fact, "actor", _ACTOR)
        if "actor_codes" in fact:
            codes = {actor["code"] for actor in self.actors.values()} | self.actors.keys()
            return codes.issuperset(fact["actor_codes"])
        if "document" in fact:
            first, last = fact["document"]["published"]
            published = self.data["document"]["published"]["date"] or ""
            return bool(first <= published <= last)
        raise DataError(f"The fact {fact.get('id')!r} asks for nothing that a reading has.")

    def _any(self, rows: Iterable[Row], fact: Row, part: str, tests: Tests) -> bool:
        wanted: Row = fact[part]
        unknown = sorted(wanted.keys() - tests.keys())
        if unknown:
            raise DataError(
                f"The fact {fact.get('id')!r} has conditions that are not known: "
                f"{', '.join(unknown)}. Known for {part}: {', '.join(sorted(tests))}."
            )
        return any(all(tests[key](self, row, want) for key, want in wanted.items()) for row in rows)

    def passage(self, piece: Row | None) -> str:
        """The words that a span or a content with its pieces covers."""
        if not piece:
            return ""
        spans = piece.get("pieces") or [piece]
        return " ".join(self.text[s["start"] : s["end"]] or s.get("text", "") for s in spans)

    def is_actor(self, id: str, pattern: str, seen: frozenset[str] = frozenset()) -> bool:
        actor = self.actors.get(id, {})
        name = actor.get("name") or ""
        for alternative in _alternatives(pattern):
            code = _CODE.fullmatch(alternative)
            if code is None:
                if any(re.search(alternative, known, re.I) for known in (name, id)):
                    return True
            elif code[1] in (id, actor.get("code")) or re.search(rf"\b{code[1]}\b", name):
                return True
        members = (m for m in actor.get("members", ()) if m not in seen)
        return any(self.is_actor(member, pattern, seen | {id}) for member in members)

    def all_among(self, ids: Sequence[str], patterns: Sequence[str]) -> bool:
        """Whether each pattern is met by one of the actors."""
        return all(any(self.is_actor(id, pattern) for id in ids) for pattern in patterns)


Test = Callable[[_Told, Row, Any], bool]
Tests = Mapping[str, Test]


def _views(event: Row) -> Iterator[Row]:
    yield event
    for telling in event["tellings"]:
        yield {**event, **telling}


@lru_cache(maxsize=1024)
def _alternatives(pattern: str) -> tuple[str, ...]:
    """The parts of a regular expression between the bars that stand in no bracket."""
    parts = [""]
    depth = 0
    for sign in pattern:
        depth += (sign in "([") - (sign in ")]")
        if sign == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += sign
    return tuple(parts)


def _plain(text: str | None) -> str:
    """What texts are compared in: small letters, no quotation marks, single blanks."""
    straight = (text or "").lower().replace("’", "'").replace("‘", "'")
    return " ".join(_UNSEEN.sub("", straight).split())


def _bare(mention: str) -> str:
    """A mention without article and possessive ending."""
    return re.sub(r"^(?:the|an?) |'s?$", "", _plain(mention))


def _is_part(text: str | None, wanted: str) -> bool:
    return _plain(wanted) in _plain(text)


def _same(key: str) -> Test:
    return lambda told, row, want: bool(row.get(key) == want)


def _flag(key: str) -> Test:
    return lambda told, row, want: bool(row.get(key)) == want


def _one_of(key: str) -> Test:
    return lambda told, row, want: row.get(key) in (want if isinstance(want, list) else [want])


def _everyone(event: Row) -> list[str]:
    return [*event["actors"], *event["recipients"]]


def _medium(told: _Told, event: Row, want: str) -> bool:
    return want in (event.get("medium"), event.get("mode"))


def _when(told: _Told, event: Row, want: Sequence[str]) -> bool:
    """Whether the time overlaps the days asked for, and is not much longer than they are."""
    when = event.get("when")
    if not when:
        return False
    try:
        start, end = _day(when["start"], first=True), _day(when["end"], first=False)
        allowed = 2 * (date.fromisoformat(want[1]) - date.fromisoformat(want[0])).days
    except ValueError:
        return False
    overlaps = start.isoformat() <= want[1] and end.isoformat() >= want[0]
    return overlaps and (end - start).days <= allowed + _SLACK_DAYS


def _day(stamp: str, *, first: bool) -> date:
    """The first or last day of a stamp, which may be a day, a month or a year."""
    parts = [int(part) for part in stamp[:10].split("-")]
    year = parts[0]
    month = parts[1] if len(parts) > 1 else (1 if first else 12)
    if len(parts) > 2:
        return date(year, month, parts[2])
    return date(year, month, 1 if first else calendar.monthrange(year, month)[1])


def _hour(told: _Told, event: Row, want: int) -> bool:
    return bool((event.get("when") or {}).get("start", "")[11:13] == f"{want:02d}")


def _where(told: _Told, event: Row, want: str) -> bool:
    where = event.get("where") or {}
    return any(re.search(want, where.get(key) or "", re.I) for key in ("name", "text"))


def _in_sentence(told: _Told, event: Row, want: str) -> bool:
    return _is_part(told.passage(told.data["sentences"][event["sentence"]]), want)


def _size(told: _Told, event: Row, want: int) -> bool:
    return any(want in (size["low"], size["high"]) for size in (event.get("size") or {}).values())


def _according_to(told: _Told, event: Row, want: str) -> bool:
    """On whose word an event stands: its own sayers, or who makes the statement that tells it."""
    statement = told.statements.get(event.get("statement") or "", {})
    sayers = [*event.get("according_to", ()), statement.get("speaker")]
    if any(told.is_actor(sayer, want) for sayer in sayers if sayer):
        return True
    return bool(re.search(want, statement.get("speaker_text") or "", re.I))


def _speaker_words(statement: Row) -> str:
    words = statement.get("speaker_text") or ""
    return words if len(words.split()) <= _LONGEST_SPEAKER else ""


def _speaker(told: _Told, statement: Row, want: str) -> bool:
    id = statement.get("speaker")
    named = bool(id) and told.is_actor(str(id), want)
    return named or bool(re.search(want, _speaker_words(statement), re.I))


def _mentions(told: _Told, actor: Row, want: Sequence[str]) -> bool:
    known = {_bare(mention["text"]) for mention in actor["mentions"]}
    return all(_bare(each) in known for each in want)


_EVENT: Tests = {
    "type": _one_of("type"),
    "mode": _same("mode"),
    "medium": _medium,
    "status": _one_of("status"),
    "background": _flag("background"),
    "count": _same("count"),
    "among": lambda told, event, want: told.all_among(_everyone(event), want),
    "actors": lambda told, event, want: told.all_among(event["actors"], want),
    "recipients": lambda told, event, want: told.all_among(event["recipients"], want),
    "when": _when,
    "when_hour": _hour,
    "when_text": lambda told, event, want: _is_part((event.get("when") or {}).get("text"), want),
    "where": _where,
    "sentence": _in_sentence,
    "size": _size,
    "according_to": _according_to,
}
_STATEMENT: Tests = {
    "speaker": _speaker,
    "speaker_text": lambda told, said, want: _is_part(_speaker_words(said), want),
    "content": lambda told, said, want: _is_part(told.passage(said["content"]), want),
    "quoted": _flag("quoted"),
    "named": _flag("named"),
    "hedged": _flag("hedged"),
    "kind": _same("kind"),
}
_ACTOR: Tests = {
    "who": lambda told, actor, want: told.is_actor(actor["id"], want),
    "code": _same("code"),
    "sector": lambda told, actor, want: want in actor["sectors"],
    "mention_texts": _mentions,
}
