"""Which events of a case are one, kept up to date as events come and go.

What is stored is what the next event needs: the blocks in which it looks for its like, the links
that hold events together, and to which merged event each belongs. New events are compared with
those that share a block with them alone, and only what hangs together with them is clustered
anew, so that the outcome is that of merging the whole case at once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Final, TypeVar

import sqlalchemy as sa

from dragoman.case import schema
from dragoman.case.conditions import Asked, tier_asked, visible
from dragoman.case.database import insert
from dragoman.case.filters import Filter
from dragoman.case.moments import first_day, last_day, parse_moment
from dragoman.case.reports import reports_by_number, reports_of
from dragoman.errors import UsageError
from dragoman.merging.blocking import blocks_of, half_blocks_of
from dragoman.merging.clustering import Decisions
from dragoman.merging.comparing import fingerprint
from dragoman.merging.fusion import merged_id, told_by
from dragoman.merging.merge import event_of, group, merge, profiles_of, score_pairs
from dragoman.merging.profiles import Profile
from dragoman.merging.records import Merged, Report

if TYPE_CHECKING:
    from dragoman.case.case import Case

# So many new events are taken in one turn of writing; the next turn goes on.
_TURN: Final = 10_000
_ASKED: Final = 500
_MADE_BY: Final = "merged_by"  # in the table `about`: the rules and weights of the links
_T = TypeVar("_T")
Pairs = list[tuple[str, str]]
events, merges = schema.events, schema.merges
blocks, links, decided = schema.merge_blocks, schema.merge_links, schema.merge_decisions


def update(case: Case) -> int:
    """Bring the merged events up to date; returns how many events were taken in or out."""
    changed = 0
    with case.database.reading() as connection:
        held = connection.execute(sa.select(merges.c.event_id).limit(1)).first()
        waiting = bool(_gone(connection) or _fresh(connection, 1))
        outdated = bool(held or waiting) and _is_outdated(connection)
        if not outdated and not waiting:
            return 0
    if outdated:
        with case.database.writing() as connection:
            _begin_anew(connection)
    while True:
        with case.database.writing() as connection:
            gone, fresh = _gone(connection), _fresh(connection, _TURN)
            if not gone and not fresh:
                return changed
            decisions = decisions_of(connection)
            touched = _linked_to(connection, gone) - set(gone)
            _forget(connection, gone)
            _take_in(connection, fresh)
            regroup(connection, touched | set(fresh), decisions)
            changed += len(gone) + len(fresh)


def merged_events(case: Case, wanted: Filter) -> list[Merged]:
    """Merged events of which a report passes the filter, whole, by day.

    Days, types, statuses and whether it is history are then asked of the merged event itself, and
    with a tier of what its reports by sources of that tier tell. As
    known at an earlier moment the reports of that time are merged anew.
    """
    Asked(wanted, postgres=case.database.postgres)  # faults are told at once
    if wanted.as_known_at:
        return _selected(wanted, _as_then(case, wanted))
    update(case)
    numbers = [row.number for row in case.events(_for_reports(wanted))]
    with case.database.reading() as connection:
        decisions = decisions_of(connection)
        ids = merged_ids(connection, numbers)
        members = _members(connection, ids)
        found: list[Merged] = []
        for part in _parts(list(members.values())):
            reports = {
                r.number: r for r in reports_by_number(connection, list(chain.from_iterable(part)))
            }
            for group_ in part:
                own = profiles_of(reports[number] for number in group_)
                found.append(event_of(own, decisions))
    return _selected(wanted, found)


def find_merged(case: Case, id: str) -> Merged:
    """The merged event with this id, or of the event with this number or report with this id."""
    update(case)
    with case.database.reading() as connection:
        numbers = numbers_meant(connection, id)
        found = set(merged_ids(connection, numbers))
        if not found:
            raise UsageError(f"the case has no event {id!r}; `dragoman events CASE` lists them.")
        if len(found) > 1:
            raise UsageError(f"{id!r} may be any of: {', '.join(sorted(found))}.")
        [members] = _members(connection, sorted(found)).values()
        reports = reports_by_number(connection, members)
        return event_of(profiles_of(reports), decisions_of(connection))


def find_held(case: Case, number: int) -> Merged | None:
    """The merged event that an event belongs to as it was last brought up to date, or None.

    Unlike `find_merged` it takes nothing in, and so costs the same whatever waits to be merged.
    """
    with case.database.reading() as connection:
        ids = merged_ids(connection, [number])
        if not ids:
            return None
        [members] = _members(connection, ids).values()
        reports = reports_by_number(connection, members)
        return event_of(profiles_of(reports), decisions_of(connection)) if reports else None


def held_events(
    case: Case, numbers: Sequence[int], *, as_known_at: str | None = None, most: int = 60
) -> list[Merged]:
    """The merged events of these events as they were last brought up to date, whole, by day.

    Events that wait to be merged are merged among themselves; where more than `most` wait, each
    stands alone, so that the cost stays bounded. Of an earlier moment nothing is held: the events
    that are named are merged as they were decided on then.
    """
    moment = parse_moment(as_known_at) if as_known_at else None
    with case.database.reading() as connection:
        decisions = decisions_of(connection, moment)
        members = _members(connection, merged_ids(connection, numbers)) if moment is None else {}
        groups = list(members.values())
        held = set(chain.from_iterable(groups))
        loose = [number for number in dict.fromkeys(numbers) if number not in held]
        if len(loose) > most:
            groups += [[number] for number in loose]
            loose = []
        found: list[Merged] = []
        for part in _parts(groups):
            reports = reports_by_number(connection, list(chain.from_iterable(part)))
            by_number = {report.number: report for report in reports}
            for own in part:
                told = [by_number[number] for number in own if number in by_number]
                found += [event_of(profiles_of(told), decisions)] if told else []
        found += merge(reports_by_number(connection, loose), decisions)
    return sorted(found, key=lambda event: (event.day, event.id))


def update_if_little(case: Case, most: int = 2_000) -> bool:
    """Bring the merged events up to date unless more than `most` events wait; whether it did so.

    For those who cannot wait for a large case to be merged the first time.
    """
    with case.database.reading() as connection:
        waiting = len(_fresh(connection, most + 1))
        if _is_outdated(connection):
            waiting += connection.execute(
                sa.select(sa.func.count()).select_from(merges)
            ).scalar_one()
        if waiting > most:
            return False
    update(case)
    return True


def decisions_of(connection: sa.Connection, moment: str | None = None) -> Decisions:
    """What people have decided of pairs of events."""
    rows = connection.execute(sa.select(decided).where(visible(decided, moment))).all()
    pairs: dict[str, set[tuple[str, str]]] = {"same": set(), "different": set()}
    words = {}
    for row in rows:
        pair = (row.left_anchor, row.right_anchor)
        pairs[row.verdict].add(pair)
        words[pair] = f"{row.reviewer}, {row.known_at[:10]}" + (f": {row.note}" if row.note else "")
    return Decisions(
        same=frozenset(pairs["same"]), different=frozenset(pairs["different"]), words=words
    )


def _as_then(case: Case, wanted: Filter) -> list[Merged]:
    moment = parse_moment(wanted.as_known_at or "")
    with case.database.reading() as connection:
        decisions = decisions_of(connection, moment)
    everything = merge(reports_of(case, Filter(as_known_at=wanted.as_known_at)), decisions)
    passing = {row.number for row in case.events(_for_reports(wanted))}
    return [e for e in everything if any(r.number in passing for r in e.reports)]


def _for_reports(wanted: Filter) -> Filter:
    """The filter for single reports: what is asked of the merged event is left to it."""
    from dataclasses import replace

    return replace(wanted, status=(), tier=None, background=None, limit=None, sort=None)


def _selected(wanted: Filter, found: Iterable[Merged]) -> list[Merged]:
    if tier := tier_asked(wanted):
        found = told_by(found, lambda report: report.tier == tier)
    since = first_day(wanted.since) if wanted.since else ""
    until = last_day(wanted.until) if wanted.until else "9999-99-99"
    types = [type.upper() for type in wanted.type]
    kept = [
        event
        for event in found
        if since <= max(event.day, (event.end or "")[:10])
        and (event.day <= until or not event.day)
        and (event.day or not (wanted.since or wanted.until))
        and (not types or event.type in types)
        and (not wanted.status or event.status in wanted.status)
        and (wanted.background is None or event.background == wanted.background)
    ]
    kept.sort(key=lambda event: (event.day, event.id))
    return kept if wanted.limit is None else kept[: wanted.limit]


def _is_outdated(connection: sa.Connection) -> bool:
    """Were the links of the case made by other rules or weights than today's?"""
    about = schema.about
    held = connection.execute(sa.select(about.c.value).where(about.c.name == _MADE_BY)).scalar()
    return held != fingerprint()


def _begin_anew(connection: sa.Connection) -> None:
    """Forget blocks, links and merged events; what people decided stays."""
    for table in (blocks, links, merges):
        connection.execute(sa.delete(table))
    connection.execute(sa.delete(schema.about).where(schema.about.c.name == _MADE_BY))
    insert(connection, schema.about, [(_MADE_BY, fingerprint())])


def _gone(connection: sa.Connection) -> list[int]:
    """Events that were merged and that the case holds no longer."""
    select = (
        sa.select(merges.c.event_id)
        .join(events, events.c.id == merges.c.event_id)
        .where(events.c.closed_at.is_not(None))
    )
    return list(connection.execute(select.order_by(merges.c.event_id)).scalars())


def _fresh(connection: sa.Connection, most: int) -> list[int]:
    """Events that the case holds and that are not merged yet."""
    known = sa.exists().where(merges.c.event_id == events.c.id)
    select = sa.select(events.c.id).where(events.c.closed_at.is_(None), ~known)
    return list(connection.execute(select.order_by(events.c.id).limit(most)).scalars())


def _forget(connection: sa.Connection, numbers: Sequence[int]) -> None:
    for part in _slices(numbers):
        connection.execute(sa.delete(blocks).where(blocks.c.event_id.in_(part)))
        either = sa.or_(links.c.left_id.in_(part), links.c.right_id.in_(part))
        connection.execute(sa.delete(links).where(either))
        connection.execute(sa.delete(merges).where(merges.c.event_id.in_(part)))


def _take_in(connection: sa.Connection, fresh: Sequence[int]) -> None:
    """Enter new events' blocks, and their links to what shares a block with them."""
    if not fresh:
        return
    own = _profiles(connection, fresh)
    inserted: set[tuple[int, int]] = set()
    sought: set[int] = set()
    for one in own:
        number = _number(one)
        whole = [_hashed("", block) for block in blocks_of(one)]
        half = [_hashed("half", block) for block in half_blocks_of(one)]
        inserted.update((block, number) for block in (*whole, *half))
        # One of two sides looks for reports of one, one of one side for the halves of others.
        sought.update(whole)
        sought.update(_hashed("", block) for block in half_blocks_of(one))
        sought.update(_hashed("half", block) for block in blocks_of(one) if block[2] == "")
    near: set[int] = set()
    for part in _slices(sorted(sought)):
        found = connection.execute(sa.select(blocks.c.event_id).where(blocks.c.block.in_(part)))
        near.update(found.scalars())
    insert(connection, blocks, sorted(inserted))
    insert(connection, merges, [(_number(p), merged_id(p.report), p.report.key) for p in own])
    new = set(fresh)
    everything = _sorted([*own, *_profiles(connection, sorted(near - new))])
    only = frozenset(at for at, one in enumerate(everything) if _number(one) in new)
    rows = []
    for (a, b), score in score_pairs(everything, only=only).items():
        if score > 0:
            left, right = sorted((_number(everything[a]), _number(everything[b])))
            rows.append((left, right, round(score, 6)))
    insert(connection, links, sorted(rows))


def regroup(connection: sa.Connection, numbers: set[int], decisions: Decisions) -> None:
    """Cluster anew what hangs together with these events, and keep to what each belongs."""
    everything = _linked_to(connection, sorted(numbers), decisions) | numbers
    profiles = _profiles(connection, sorted(everything))
    changes = []
    for own in group(profiles, score_pairs(profiles), decisions):
        first = min(
            (profiles[at].report for at in own),
            key=lambda r: (r.published or "9999", r.key, r.id),
        )
        changes += [(merged_id(first), _number(profiles[at])) for at in own]
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    if changes:
        connection.exec_driver_sql(
            f"UPDATE merges SET merged = {mark} WHERE event_id = {mark}", changes
        )


def _linked_to(
    connection: sa.Connection, numbers: Iterable[int], decisions: Decisions | None = None
) -> set[int]:
    """All events that hang together with these by links, or because a person held them together."""
    seen = set(numbers)
    edge = sorted(seen)
    while edge:
        found: set[int] = set()
        for part in _slices(edge):
            right = sa.select(links.c.right_id).where(links.c.left_id.in_(part))
            left = sa.select(links.c.left_id).where(links.c.right_id.in_(part))
            found.update(connection.execute(right).scalars())
            found.update(connection.execute(left).scalars())
            if decisions:
                found.update(_held_with(connection, part, decisions))
        edge = sorted(found - seen)
        seen |= found
    return seen


def _held_with(connection: sa.Connection, numbers: Sequence[int], decisions: Decisions) -> set[int]:
    own = sa.select(merges.c.anchor).where(merges.c.event_id.in_(numbers))
    anchors = set(connection.execute(own).scalars())
    others = {b for a, b in decisions.same if a in anchors}
    others |= {a for a, b in decisions.same if b in anchors}
    if not others:
        return set()
    held = sa.select(merges.c.event_id).where(merges.c.anchor.in_(sorted(others)))
    return set(connection.execute(held).scalars())


def numbers_meant(connection: sa.Connection, id: str) -> list[int]:
    """The events that an id means: a number, a report (`12:e3`), a merged event past or present."""
    if id.isascii() and id.isdigit():
        return [int(id)]
    document, _, event = id.partition(":")
    if event and document.isdigit():
        select = sa.select(events.c.id).where(
            events.c.document_id == int(document),
            events.c.event == event,
            events.c.closed_at.is_(None),
        )
        return list(connection.execute(select).scalars())
    if not id.startswith("m") or len(id) < len("m123"):
        return []
    # The id of a merged event is the beginning of its first report's fingerprint: an id that was
    # good once still leads to that report.
    start = id[1:].replace("%", "").replace("_", "")
    select = sa.select(merges.c.event_id).where(
        merges.c.anchor >= start, merges.c.anchor < start + "~"
    )
    return list(connection.execute(select).scalars())


def merged_ids(connection: sa.Connection, numbers: Sequence[int]) -> list[str]:
    found: dict[str, None] = {}
    for part in _slices(numbers):
        select = sa.select(merges.c.merged).where(merges.c.event_id.in_(part))
        found.update(dict.fromkeys(connection.execute(select).scalars()))
    return list(found)


def _members(connection: sa.Connection, ids: Sequence[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for part in _slices(ids):
        select = sa.select(merges.c.merged, merges.c.event_id).where(merges.c.merged.in_(part))
        for merged, number in connection.execute(select.order_by(merges.c.event_id)):
            found.setdefault(merged, []).append(number)
    return found


def _profiles(connection: sa.Connection, numbers: Sequence[int]) -> list[Profile]:
    reports: list[Report] = []
    for part in _slices(numbers):
        reports += reports_by_number(connection, part)
    return profiles_of(reports)


def _sorted(profiles: Iterable[Profile]) -> list[Profile]:
    return sorted(profiles, key=lambda p: (p.report.key, p.report.id))


def _number(profile: Profile) -> int:
    assert profile.report.number is not None
    return profile.report.number


def _parts(groups: Sequence[Sequence[int]]) -> Iterable[list[Sequence[int]]]:
    """Groups by so many that their events can be asked for together."""
    part: list[Sequence[int]] = []
    size = 0
    for own in groups:
        part.append(own)
        size += len(own)
        if size >= _ASKED:
            yield part
            part, size = [], 0
    if part:
        yield part


def _slices(items: Sequence[_T]) -> Iterable[Sequence[_T]]:
    return (items[at : at + _ASKED] for at in range(0, len(items), _ASKED))


def _hashed(kind: str, block: tuple[str, str, str, int]) -> int:
    """A block as a number that both databases keep."""
    text = "\x1f".join((kind, *block[:3], str(block[3])))
    digest = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
