"""Reports in, merged events out: block, compare, judge, cluster, fuse.

The order in which reports come, and with which others they are compared, is no matter: reports are
numbered by their keys, a pair's score depends on the two alone, and what hangs together by pairs
that fit is clustered by itself. So reports that come later change only the events they hang
together with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from dragoman.merging.blocking import Block, blocks_of, half_blocks_of
from dragoman.merging.clustering import Decisions, Pair, cluster, components
from dragoman.merging.comparing import compare, contradict, explain
from dragoman.merging.fusion import fuse
from dragoman.merging.profiles import Profile, profile
from dragoman.merging.records import Link, Merged, Report

# A block with more reports than this is compared by neighbours in order of day and key alone.
MOST_IN_BLOCK = 2_000


def merge(reports: Iterable[Report], decisions: Decisions | None = None) -> list[Merged]:
    """The events that the reports tell of, by day."""
    profiles = profiles_of(reports)
    scores = score_pairs(profiles)
    groups = group(profiles, scores, decisions or Decisions())
    merged = [event_of([profiles[at] for at in own], decisions) for own in groups]
    return sorted(merged, key=lambda event: (event.day, event.id))


def profiles_of(reports: Iterable[Report]) -> list[Profile]:
    """The reports made ready, in the order that decides all draws."""
    ordered = sorted(reports, key=lambda r: (r.key, r.id))
    return [profile(report) for report in ordered]


def score_pairs(
    profiles: Sequence[Profile], *, only: frozenset[int] | None = None
) -> dict[Pair, float]:
    """The log-odds of the pairs that share a block; with `only`, of pairs with one of those."""
    scores: dict[Pair, float] = {}
    for one, other in candidates(profiles):
        if only is not None and one not in only and other not in only:
            continue
        if (one, other) not in scores:
            scores[one, other] = compare(profiles[one], profiles[other])
    return scores


def candidates(profiles: Sequence[Profile]) -> Iterator[Pair]:
    """The pairs that share a block, the smaller number first; a pair may come more than once."""
    blocks: dict[Block, list[int]] = {}
    halves: dict[Block, list[int]] = {}
    for at, own in enumerate(profiles):
        for block in blocks_of(own):
            blocks.setdefault(block, []).append(at)
        for block in half_blocks_of(own):
            halves.setdefault(block, []).append(at)
    for block, members in blocks.items():
        yield from pairs_of_block(members, halves.get(block, ()), profiles)


def pairs_of_block(
    members: Sequence[int],
    halves: Sequence[int],
    profiles: Sequence[Profile] | Mapping[int, Profile],
) -> Iterator[Pair]:
    """The pairs that one block asks to be compared, the smaller number first.

    `members` are in the block itself; `halves` have two sides of which it is one, and are compared
    with those who name but that one. Both in order of number.
    """
    members = _by_day(members, profiles)
    for place, one in enumerate(members):
        for other in members[place + 1 : place + 1 + MOST_IN_BLOCK]:
            yield (one, other) if one < other else (other, one)
    for one in members:
        for other in halves[:MOST_IN_BLOCK]:
            if one != other:
                yield (one, other) if one < other else (other, one)


def _by_day(
    members: Sequence[int], profiles: Sequence[Profile] | Mapping[int, Profile]
) -> Sequence[int]:
    if len(members) <= MOST_IN_BLOCK:
        return members
    return sorted(members, key=lambda at: (profiles[at].report.day, at))


def group(
    profiles: Sequence[Profile], scores: dict[Pair, float], decisions: Decisions
) -> list[list[int]]:
    """The reports of each event."""
    same, different = decided_pairs(profiles, decisions)
    linked = [pair for pair, score in scores.items() if score > 0]
    groups: list[list[int]] = []

    @cache
    def contradicted(one: int, other: int) -> bool:
        return contradict(profiles[one], profiles[other])

    for part in components(range(len(profiles)), [*linked, *same]):
        if len(part) == 1:
            groups.append(part)
            continue
        inside = set(part)
        own = _own(part, scores) if len(part) < 60 else _filtered(inside, scores)
        groups += cluster(
            part,
            own,
            same=[pair for pair in same if pair[0] in inside],
            different=[pair for pair in different if pair[0] in inside],
            contradict=contradicted,
        )
    return groups


def _own(part: Sequence[int], scores: dict[Pair, float]) -> dict[Pair, float]:
    """The scores of a small part."""
    own = {}
    for place, one in enumerate(part):
        for other in part[place + 1 :]:
            if (one, other) in scores:
                own[one, other] = scores[one, other]
    return own


def _filtered(inside: set[int], scores: dict[Pair, float]) -> dict[Pair, float]:
    return {p: score for p, score in scores.items() if p[0] in inside and p[1] in inside}


def decided_pairs(
    profiles: Sequence[Profile], decisions: Decisions
) -> tuple[list[Pair], list[Pair]]:
    """What people decided, by number; decisions on reports that are not here wait for them."""
    if not decisions:
        return [], []
    numbers: dict[str, int] = {}
    for at, own in enumerate(profiles):
        numbers.setdefault(own.report.key, at)

    def found(pairs: Iterable[tuple[str, str]]) -> list[Pair]:
        known = [(numbers[a], numbers[b]) for a, b in pairs if a in numbers and b in numbers]
        return sorted({(min(pair), max(pair)) for pair in known if pair[0] != pair[1]})

    return found(decisions.same), found(decisions.different)


def event_of(profiles: Sequence[Profile], decisions: Decisions | None = None) -> Merged:
    """The event of these reports, with the links that hold it together explained."""
    return fuse([own.report for own in profiles], links_of(profiles, decisions))


def links_of(profiles: Sequence[Profile], decisions: Decisions | None = None) -> list[Link]:
    """For each report but the first its best link to one before it."""
    if len(profiles) < 2:
        return []
    same = decisions.same if decisions else frozenset()
    first, *rest = sorted(
        profiles, key=lambda p: (p.report.published or "9999", p.report.key, p.report.id)
    )
    before = [first]
    links = []
    for own in rest:
        by_hand = next((p for p in before if _decided(p, own, same)), None)
        if by_hand is not None:
            pair = (by_hand.report.key, own.report.key)
            words = decisions.words if decisions else {}
            note = words.get(pair) or words.get(pair[::-1])
            links.append(Link(left=by_hand.id, right=own.id, score=1.0, by="person", note=note))
        else:
            best = max(before[:50], key=lambda p: (compare(p, own), p.report.key))
            links.append(explain(best, own))
        before.append(own)
    return links


def _decided(one: Profile, other: Profile, same: frozenset[tuple[str, str]]) -> bool:
    pair = (one.report.key, other.report.key)
    return pair in same or pair[::-1] in same
