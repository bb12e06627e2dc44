"""Who is charged in the accusations of a case: by the event at the cue, or by the content."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson
import sqlalchemy as sa

from dragoman.case import schema
from dragoman.merging.charging import is_evil, is_suffered

# “… that Norland's navy rammed it”: so far into what is said the one who is charged is named.
_HEAD: Final = 32
_BEFORE: Final = 60  # characters before the words of saying, in which those who say it are listed
_PREPOSITIONS: Final = frozenset(
    {"in", "of", "at", "on", "near", "against", "from", "to", "with", "for", "including", "across"}
)
# What stands between the members of a list, and those who are charged by a pronoun.
_JOINED: Final = re.compile(r"\s*(?:,|,?\s*(?:and|as well as))\s+(?:the\s+|its\s+)?")
_PRONOUN: Final = re.compile(r"(?:them|him|her|it)\s+(?:of|for|over|as)\b", re.IGNORECASE)
_BLAME: Final = re.compile(r"\bblam(?:e[sd]?|ing)\b", re.IGNORECASE)
# “Condemned her trial”, “the arrest of”: what is done to the one who is named.
_SUFFERED: Final = re.compile(
    r"(?:'s|’s|s['’])?\s+(?:[\w-]+\s+){0,2}?(?:sentence|sentencing|trial|arrest|detention|"
    r"imprisonment|jailing|murder|assassination|execution|abduction|kidnapping|deportation|"
    r"conviction|poisoning|disappearance|extradition|confinement|captivity|death|killing)\b"
    r"(?! of\b)"
)
_PASSIVE: Final = re.compile(
    r"\b(?:is|are|was|were|been|being)\s+(?:\w+ly\s+)?\w+(?:ed|en|wn|un|t)\s+by\s+", re.IGNORECASE
)
# “Whom he has”, and verbs beside those who do what they tell.
_RELATIVE: Final = re.compile(r"\b(?:whom|which)\b[^.;:,]*$")
_DOES: Final = re.compile(
    r"\s+(?:\w+ly\s+|also\s+)?(?:has|have|had|is|are|was|were|wants?|\w{3,}(?:ed|es))\b|['’]s\s+\w+ing\b"
)
_HE_DOES: Final = re.compile(r"\b(?:[Hh]e|[Ss]he)(?=(?:['’]s|\s+(?:is|has|was|had|wants))\b)")
_ARTICLE: Final = 6  # characters of “the ”, “what ”
_HE: Final = re.compile(r"(?:that\s+)?(?:[“\"‘]\s*)?(?P<he>he|she)\b", re.IGNORECASE)
_POSSESSIVE: Final = re.compile(r"(?:his|her|their)\b")
_POSSESSED: Final = re.compile(r"(?:'s|’s|s['’])\s")
Ids = tuple[str, ...]
Place = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Charge:
    """Ids of those whom an accusation is `against`, and of all `by` whom it is made."""

    against: Ids = ()
    by: Ids = ()


def charged_in(
    connection: sa.Connection, readings: Sequence[int], statements: Iterable[Any]
) -> Mapping[tuple[int, str], Charge]:
    """By reading and statement who is charged by whom; `statements` are rows of theirs.

    “Norland blamed Sundra for the delay” is an event of its own, whose recipients are those who
    are charged. Where none was coded they are the first who is named at the head of the content. Of
    a denial all `by` whom it is made are told, and the first who is said to have done something.
    """
    coded = _coded(connection, readings)
    named = _named(connection, readings)
    texts = _texts(connection, readings)
    pronouns = _pronouns(connection, readings)
    found: dict[tuple[int, str], Charge] = {}
    for row in statements:
        if row.kind not in ("accusation", "denial"):
            continue
        cue = orjson.loads(row.data)["cue"]
        if row.kind == "denial":
            listed = _listed_before(named.get(row.reading_id, ()), row, cue, texts)
            places, text = named.get(row.reading_id, ()), texts.get(row.reading_id, "")
            of = _as_subject(places, pronouns, row, text)
            found[row.reading_id, row.statement] = Charge(of, listed)
            continue
        key = row.reading_id, row.statement
        told = _at_cue(coded.get(row.reading_id, ()), cue) if cue else Charge()
        by_event = told.against
        listed = _listed_before(named.get(row.reading_id, ()), row, cue, texts)
        by = tuple(dict.fromkeys([*told.by, *listed]))
        places, text = named.get(row.reading_id, ()), texts.get(row.reading_id, "")
        by_event = tuple(id for id in by_event if not _is_struck(id, places, row, text))
        if _PRONOUN.match(text, row.span_start):
            found[key] = Charge(pronouns.get((row.reading_id, row.span_start), ()), by)
            continue
        if _is_suffered(row, text):
            found[key] = Charge((), by)
            continue
        ids = _blamed_on(places, row, cue, text) or by_event
        ids = ids or _done_by(places, row, text) or _at_head(places, row, text)
        ids = ids or _of_evil(places, row, text) or _by_pronoun(pronouns, row, text)
        ids = ids or _whom(places, cue, text) or _as_subject(places, pronouns, row, text)
        found[key] = Charge(_with_listed(ids, places, row, text), by)
    return found


def _is_suffered(row: Any, text: str) -> bool:
    """“Her trial”, “Diaz's arrest”: the one who is named suffers it."""
    own = _POSSESSIVE.match(text, row.span_start)
    if own:
        return bool(_SUFFERED.match(text, own.end()))
    head = _POSSESSED.search(text, row.span_start, min(row.span_end, row.span_start + _HEAD))
    return bool(head and _SUFFERED.match(text, head.start()))


def _blamed_on(named: Iterable[Place], row: Any, cue: Mapping[str, int] | None, text: str) -> Ids:
    """“Blamed the attacks on Oslo”: Oslo."""
    if not cue or not _BLAME.search(text, cue["start"], cue["end"]):
        return ()
    for start, _, actor in named:
        before = text[row.span_start : start].casefold().split()[-3:]
        inside = row.span_start <= start < row.span_end and actor != row.speaker
        before = [word.strip("“‘\"'") for word in before]
        before = [word for word in before if word]
        if inside and (before[-1:] == ["on"] or before[-2:] == ["on", "the"]):
            return (actor,)
    return ()


def _listed_before(
    named: Iterable[Place], row: Any, cue: Mapping[str, int] | None, texts: Mapping[int, str]
) -> Ids:
    """All of “India and Peru have alleged …”, of whom the statement names the first."""
    text = texts.get(row.reading_id, "")
    if cue is None:
        return ()
    before = [p for p in named if cue["start"] - _BEFORE <= p[0] < cue["start"]]
    if row.speaker is None:
        own = _first_of(orjson.loads(row.data)["speaker_text"], before, cue["start"], text)
    else:
        own = next((n for n, place in enumerate(before) if place[2] == row.speaker), None)
    if own is None:
        return ()
    listed = [before[own]]
    for place in before[own + 1 :]:
        if place[0] >= listed[-1][1] and _JOINED.fullmatch(text, listed[-1][1], place[0]):
            listed.append(place)
    return tuple(dict.fromkeys(place[2] for place in listed))


def _first_of(words: str | None, before: Sequence[Place], cue: int, text: str) -> int | None:
    """The number of the actor with whom the words for an unknown speaker begin."""
    at = text.rfind(words, max(0, cue - 2 * _BEFORE), cue) if words else -1
    for number, (start, end, _) in enumerate(before):
        owner = bool(_POSSESSED.match(text, end))
        if at <= start <= at + _ARTICLE and at >= 0 and not owner:
            return number
    return None


def _with_listed(ids: Ids, named: Iterable[Place], row: Any, text: str) -> Ids:
    """“Oslo, Bern and Rome's veto” charges all three where one of them is charged."""
    inside = [place for place in named if row.span_start <= place[0] < row.span_end]
    runs: list[list[Place]] = []
    for place in inside:
        if runs and place[0] < runs[-1][-1][1]:
            continue  # within a longer name
        if runs and _JOINED.fullmatch(text, runs[-1][-1][1], place[0]):
            runs[-1].append(place)
        else:
            runs.append([place])
    listed = [p[2] for run in runs if any(p[2] in ids for p in run) for p in run]
    return tuple(dict.fromkeys([*ids, *(id for id in listed if id != row.speaker)]))


def _texts(connection: sa.Connection, readings: Sequence[int]) -> dict[int, str]:
    documents, table = schema.documents, schema.readings
    select = (
        sa.select(table.c.id, documents.c.text)
        .join(documents, documents.c.id == table.c.document_id)
        .where(table.c.id.in_(list(readings)))
    )
    return {row.id: row.text for row in connection.execute(select)}


def _coded(
    connection: sa.Connection, readings: Sequence[int]
) -> dict[int, list[tuple[list[dict[str, int]], Charge]]]:
    """By reading the triggers of its accusations, and who accuses whom."""
    events = schema.events
    # By their readings: by the index on types, all accusations of the case would be looked at.
    select = sa.select(events.c.reading_id, events.c.data).where(
        events.c.reading_id.in_(list(readings)), events.c.type.concat("") == "ACCUSE"
    )
    found: dict[int, list[tuple[list[dict[str, int]], Charge]]] = {}
    for row in connection.execute(select.order_by(events.c.id)):
        data = orjson.loads(row.data)
        spans = [span for telling in data["tellings"] for span in telling["trigger"]]
        charge = Charge(tuple(data["recipients"]), tuple(data["actors"]))
        found.setdefault(row.reading_id, []).append((spans, charge))
    return found


def _named(connection: sa.Connection, readings: Sequence[int]) -> dict[int, list[Place]]:
    """By reading where actors are named or described, in order; pronouns are left out."""
    actors, mentions = schema.actors, schema.mentions
    select = (
        sa.select(actors.c.reading_id, actors.c.actor, mentions.c.span_start, mentions.c.span_end)
        .join(mentions, mentions.c.actor_id == actors.c.id)
        .where(actors.c.reading_id.in_(list(readings)), mentions.c.form != "pronoun")
        .order_by(mentions.c.span_start, mentions.c.span_end.desc(), mentions.c.id)
    )
    found: dict[int, list[Place]] = {}
    for row in connection.execute(select):
        place = row.span_start, row.span_end, row.actor
        found.setdefault(row.reading_id, []).append(place)
    return found


def _pronouns(connection: sa.Connection, readings: Sequence[int]) -> dict[tuple[int, int], Ids]:
    """Whom the pronoun at a place of a reading means."""
    actors, mentions = schema.actors, schema.mentions
    select = (
        sa.select(actors.c.reading_id, actors.c.actor, mentions.c.span_start)
        .join(mentions, mentions.c.actor_id == actors.c.id)
        .where(actors.c.reading_id.in_(list(readings)), mentions.c.form == "pronoun")
        .order_by(mentions.c.id)
    )
    return {(r.reading_id, r.span_start): (r.actor,) for r in connection.execute(select)}


def _at_cue(
    events: Iterable[tuple[list[dict[str, int]], Charge]], cue: Mapping[str, int]
) -> Charge:
    for spans, charge in events:
        if any(span["start"] < cue["end"] and cue["start"] < span["end"] for span in spans):
            return charge
    return Charge()


def _at_head(named: Iterable[Place], row: Any, text: str) -> Ids:
    """The first at the head of what is said, unless he is told as a place or a victim."""
    last = min(row.span_end, row.span_start + _HEAD)
    for start, end, actor in named:
        if text[end : end + 1] == "-":
            continue  # “the Oslo-backed militia”
        if row.span_start <= start < last and actor != row.speaker:
            return () if _is_governed(start, row, text) else (actor,)
    return ()


def _done_by(named: Iterable[Place], row: Any, text: str) -> Ids:
    """“The results were forged by Oslo”: Oslo."""
    done = _PASSIVE.search(text, row.span_start, row.span_end)
    if done is None:
        return ()
    found = (
        p for p in named if done.end() <= p[0] <= done.end() + _ARTICLE and p[1] <= row.span_end
    )
    return tuple(place[2] for place in found if place[2] != row.speaker)[:1]


def _of_evil(named: Iterable[Place], row: Any, text: str) -> Ids:
    """“The brutality of the regime”, “Oslo's aggression”: the one whose it is."""
    for start, end, actor in named:
        if not row.span_start <= start < row.span_end or actor == row.speaker:
            continue
        before = text[row.span_start : start].casefold().split()[-4:]
        of = [n for n, word in enumerate(before) if word in ("of", "by")]
        evil = before[of[-1] - 1] if of and of[-1] else ""
        if is_evil(evil) and not (before[of[-1]] == "of" and is_suffered(evil)):
            return (actor,)
        after = text[end : row.span_end].removeprefix("’s").removeprefix("'s")
        if text[end : end + 1] in ("'", "’", " ") and any(map(is_evil, after.split()[:2])):
            return (actor,)
    return ()


def _by_pronoun(pronouns: Mapping[tuple[int, int], Ids], row: Any, text: str) -> Ids:
    """“That he fomented the war”: whom the pronoun at the head means."""
    own = _HE.match(text, row.span_start)
    ids = pronouns.get((row.reading_id, own.start("he")), ()) if own else ()
    return tuple(id for id in ids if id != row.speaker)


def _whom(named: Iterable[Place], cue: Mapping[str, int] | None, text: str) -> Ids:
    """“Western powers, whom he has accused of …”: the powers."""
    if not cue:
        return ()
    relative = _RELATIVE.search(text, max(0, cue["start"] - _BEFORE), cue["start"])
    if relative is None:
        return ()
    ends = (p for p in named if 0 <= relative.start() - p[1] <= _ARTICLE)
    return tuple(place[2] for place in ends)[:1]


def _as_subject(
    named: Iterable[Place], pronouns: Mapping[tuple[int, int], Ids], row: Any, text: str
) -> Ids:
    """“Further evidence that Diaz wants to cheat”: the first who is told to do something."""
    for start, end, actor in named:
        inside = row.span_start <= start and end < row.span_end and actor != row.speaker
        if inside and _DOES.match(text, end) and not _is_governed(start, row, text):
            return (actor,)
    for found in _HE_DOES.finditer(text, row.span_start, row.span_end):
        ids = pronouns.get((row.reading_id, found.start()), ())
        if ids and row.speaker not in ids:
            return ids
    return ()


def _is_struck(id: str, named: Iterable[Place], row: Any, text: str) -> bool:
    """Is one told as a place or a victim where he is first named in what is said?"""
    starts = [start for start, _, actor in named if actor == id]
    inside = [start for start in starts if row.span_start <= start < row.span_end]
    return bool(inside) and _is_governed(min(inside), row, text)


def _is_governed(start: int, row: Any, text: str) -> bool:
    """“The acts of terror in Norland”, “the shelling of Norland” charge nobody who is named."""
    before = text[row.span_start : start].rsplit(None, 2)
    return any(word.casefold() in _PREPOSITIONS for word in before[-2:])
