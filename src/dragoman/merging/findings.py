"""What is found when two reports are compared, part by part; what it weighs is another matter.

A finding has a part (`who`, `when` …), a name within it (`same_person`), a value (1 where it simply
holds, else how much) and words that say why. Weights are by part and name (comparing.py).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from dragoman.merging.groups import group_of
from dragoman.merging.numbers import numbers
from dragoman.merging.profiles import OF_FORCE, VERBAL, Profile, side_of
from dragoman.merging.records import Party, Report
from dragoman.merging.wording import trigger, words

Finding = tuple[str, str, float, str]
_TOWNS: Final = frozenset({"point", "city"})
_NEAR: Final = 60  # kilometres
# Of two sentences that share so much of all their words, one is a copy of the other.
_ONE_TEXT: Final = 0.75
_SPAN: Final = 8  # days: one that took place in so long a time says little of a day
_FEWEST: Final = 5  # words that a copy must have
# How well a party fits another, the best first; from `unsure` on it does not speak for one event.
FITS: Final = (
    *("same_person", "same", "stands_for", "same_words", "part_of", "described", "unsure"),
    *("same_side", "other_group", "other_person", "other"),
)
_DOUBTS: Final = FITS.index("unsure")
_YIELDING: Final = frozenset({"RETREAT", "CONCEDE"})
_GROWS: Final = frozenset(
    {
        ("planned", "happened"),
        ("planned", "ongoing"),
        ("planned", "cancelled"),
        ("possible", "happened"),
        ("possible", "planned"),
        ("possible", "cancelled"),
        ("possible", "ongoing"),
        ("ongoing", "happened"),
    }
)


def findings(one: Profile, other: Profile) -> Iterator[Finding]:
    """All that is found, the cheap and decisive first."""
    yield from _source(one, other)
    yield from who(one, other)
    yield from _partner(one, other)
    yield from _turned(one, other)
    yield from _same_speaker(one, other)
    yield when(one, other)
    yield from _type(one, other)
    yield from _status(one, other)
    yield from _medium(one, other)
    yield from where(one, other)
    yield from numbers(one, other)
    yield from _grain(one, other)
    yield from words(one, other)


def _source(one: Profile, other: Profile) -> Iterator[Finding]:
    if one.report.document == other.report.document:
        yield _in_one_document(one, other)
    elif one.report.passage and one.report.passage == other.report.passage:
        if one.trigger == other.trigger:
            yield "source", "same_text", 1.0, "the same sentence"
        else:
            yield "source", "other_words", 1.0, "the same sentence tells both, in other words"
    elif one_text(one, other):
        yield "source", "near_text", 1.0, "nearly the same sentence"


def one_text(one: Profile, other: Profile) -> bool:
    """Is one sentence a copy of the other, with some words changed?"""
    few, many = sorted((one, other), key=lambda p: len(p.words))
    if len(few.words) < _FEWEST or len(few.words) < _ONE_TEXT * len(many.words):
        return False
    if not one.trigger & other.trigger:
        return False
    both = sum(word in many.words for word in few.words)
    return both >= _ONE_TEXT * (len(few.words) + len(many.words) - both)


def _in_one_document(one: Profile, other: Profile) -> Finding:
    """The reader joins what it sees to be one; what it leaves apart may still be, told anew.

    One sentence tells two deeds as two, unless a headline has run into it.
    """
    a, b = one.report, other.report
    akin = a.type == b.type and trigger(one, other) in ("trigger", "akin")
    anew = akin and bool(set(one.sides) & set(other.sides))
    if a.passage == b.passage and not anew:
        return "source", "same_sentence", 1.0, "one sentence tells both"
    if a.type == b.type == "CONSULT":
        return "source", "two_contacts", 1.0, "one document tells of two contacts"
    return "source", "same_document", 1.0, "one document tells both"


def _type(one: Profile, other: Profile) -> Iterator[Finding]:
    a, b = one.report, other.report
    if a.type == b.type == "ASSAULT":
        yield "type", "assault", 1.0, "in a war there are many attacks"
        if any(_whole(party) and party in other.actors for party in one.actors):
            yield "type", "at_war", 1.0, "of a state or alliance the day's attacks are told"
    elif (
        a.type in _YIELDING and b.type in _YIELDING and not (a.mode and b.mode and a.mode != b.mode)
    ):
        yield "type", "yielding", 1.0, "a step back is seldom taken twice"
    elif a.type == b.type and a.type in ("ACCUSE", "THREATEN"):
        yield "type", "charge", 1.0, "charges and threats are made again and again"
    elif a.type == b.type == "CONSULT" and one.first is None and other.first is None:
        yield "type", "contact", 1.0, "contacts come again and again, and neither has a day"
    if a.type != b.type:
        yield "type", "other", 1.0, f"{a.type} and {b.type}"
    elif a.mode and a.mode == b.mode:
        yield "type", "same_mode", 1.0, f"both {a.type} {a.mode}"
    elif a.mode and b.mode:
        yield "type", "other_mode", 1.0, f"{a.type} {a.mode} and {b.mode}"
    elif a.mode or b.mode:
        yield "type", "one_mode", 1.0, f"both {a.type}, one {a.mode or b.mode}"


def _both_yield(a: Report, b: Report) -> bool:
    """Do both tell a step back, and not of two kinds: a ceasefire, a withdrawal?"""
    if a.type not in _YIELDING or b.type not in _YIELDING:
        return False
    return not a.mode or not b.mode or a.mode == b.mode


def who(one: Profile, other: Profile) -> Iterator[Finding]:
    """Who does it, and to whom: a person stands for his state where the other names only that."""
    if one.mutual != other.mutual:
        # One report names only who acts, the other to whom as well.
        whole, part = (one, other) if not one.mutual else (other, one)
        if part.report.type == "CONSULT":
            name = "with" if whole.report.type == "CONSULT" else "who"
            yield from _sides((*whole.actors, *whole.recipients), part.actors, name)
            return
        yield from _sides(whole.actors, part.actors, "who")
        yield _unsaid(whole.recipients, _done_to(one, other))
        return
    a, b = one.report, other.report
    contacts = a.type == b.type == "CONSULT"
    if contacts and a.recipients and b.recipients:  # of visits guests and hosts are compared apart
        yield from _sides(a.actors, b.actors, "with")
        yield from _sides(a.recipients, b.recipients, "host")
        return
    yield from _sides(one.actors, other.actors, "with" if contacts else "who")
    if not one.mutual:
        yield from _sides(one.recipients, other.recipients, _done_to(one, other))


def _turned(one: Profile, other: Profile) -> Iterator[Finding]:
    """Is the one who acts in one report, as a person, the one acted on in the other?"""
    if one.mutual or other.mutual:
        return
    for a, b in ((one, other), (other, one)):
        people = {p.key for p in a.actors if p.kind == "person"} - {p.key for p in b.actors}
        if people & {p.key for p in b.recipients}:
            yield "whom", "turned", 1.0, "who acts in one is acted on in the other"
            return


def _same_speaker(one: Profile, other: Profile) -> Iterator[Finding]:
    """What a person says each day is told apart by its words alone."""
    if one.report.type not in VERBAL or other.report.type not in VERBAL:
        return
    mine = {p.key for p in one.actors if p.kind == "person"}
    if mine & {p.key for p in other.actors if p.kind == "person"}:
        yield "who", "speaker", 1.0, "one person says much"


def _done_to(one: Profile, other: Profile) -> str:
    """That both strike people of one state says less than that both speak to that state."""
    force = one.report.type in OF_FORCE and other.report.type in OF_FORCE
    return "target" if force else "whom"


def _partner(one: Profile, other: Profile) -> Iterator[Finding]:
    """Does a report of a meeting not say with whom? Then it may be any that he had."""
    alone = [p.report for p in (one, other) if p.report.type == "CONSULT" and len(p.sides) < 2]
    if any(report.mode != "visit" and not _meets_by_itself(report) for report in alone):
        yield "with", "partner_unsaid", 1.0, "one does not say with whom"


def _meets_by_itself(report: Report) -> bool:
    """“The meeting of the Arab League”: its members meet, and no partner is left out."""
    return any(party.kind in ("igo", "bloc") for party in report.parties)


def _sides(left: Sequence[Party], right: Sequence[Party], name: str) -> Iterator[Finding]:
    """Each party of the shorter list beside the one of the longer that fits it best."""
    if not left or not right:
        if left or right:
            yield _unsaid(left or right, name)
        else:
            yield name, "unsaid_by_both", 1.0, f"neither says {name}"
        return
    short, long = (left, right) if len(left) <= len(right) else (right, left)
    best: list[tuple[int, str]] = []
    matched: set[str] = set()
    for party in short:
        rank, candidate = min(
            ((_fit(party, candidate), candidate) for candidate in long),
            key=lambda pair: (pair[0], pair[1].key),
        )
        best.append((rank, _in_words(party, candidate, rank)))
        matched.add(side_of(candidate))
    # One contradiction outweighs what fits; what fits counts once, and a little for each more.
    worst = max(best)
    rank, why = worst if worst[0] >= _DOUBTS else min(best)
    yield name, FITS[rank], 1.0, why
    if rank < _DOUBTS and len(best) > 1:
        yield name, "each_more", min(len(best) - 1.0, 2.0), "; ".join(w for _, w in best[1:3])
    beyond = len({side_of(p) for p in long} - matched - {side_of(p) for p in short})
    if beyond:
        yield name, "more", min(float(beyond), 3.0), f"one names {beyond} more"


def _unsaid(said: Sequence[Party], name: str) -> Finding:
    """Only one says it; that it names a side as a whole is less than that it names a part of it."""
    part = all(party.kind == "unnamed" for party in said)
    return name, "part_unsaid" if part else "unsaid", 1.0, f"one does not say {name}"


@lru_cache(maxsize=65_536)
def _fit(one: Party, other: Party) -> int:
    return FITS.index(_how_it_fits(one, other))


def _how_it_fits(one: Party, other: Party) -> str:
    if one.key == other.key and (one.kind == "unnamed" or group_of(one) is not None):
        return "same_words"
    if one.key == other.key:
        return "same_person" if one.kind in ("person", "armed-group") else "same"
    if other.key in one.members or one.key in other.members:
        return "same_side"
    alike = group_of(one) is not None and group_of(one) == group_of(other)
    if not (side_of(one) == side_of(other) or _within(one, other)):
        if not (_unknown(one) or _unknown(other)):
            return "same_words" if alike and (_bare(one) or _bare(other)) else "other"
        if alike:
            return "same_words"
        return "other_group" if _person_and_group(one, other) else "unsure"
    if _whole(one) or _whole(other):
        return "part_of" if "unnamed" in (one.kind, other.kind) else "stands_for"
    if (group_of(one) and one.part_of == other.key) or (
        group_of(other) and other.part_of == one.key
    ):
        return "part_of"  # its fighters, for the movement
    if alike:
        return "same_words"
    if _other_group(one, other) or _person_and_group(one, other):
        return "other_group"  # soldiers who were killed are not the civilians
    if one.kind == "person" and other.kind == "person":
        return "other_person"
    return "described" if "unnamed" in (one.kind, other.kind) else "same_side"


def _other_group(one: Party, other: Party) -> bool:
    kinds = {group_of(one), group_of(other)}
    return None not in kinds and kinds != {"people", "crowd"}


def _bare(party: Party) -> bool:
    """“Rebels” of whom no word says whose they are: their side is a guess from the text around."""
    if party.assumed:
        return True
    own_name = any(word[:1].isupper() for word in party.name.split()[1:])
    return group_of(party) == "fighters" and party.name[:1].islower() and not own_name


def _person_and_group(one: Party, other: Party) -> bool:
    """“Attacks on journalists” are not those on one man."""
    return any(
        a.kind == "person" and group_of(b) is not None for a, b in ((one, other), (other, one))
    )


def _unknown(party: Party) -> bool:
    """One of whom no side is known, and no name but in this text: it may be anybody's."""
    if party.code is not None or party.part_of is not None:
        return False
    return party.key.startswith("unnamed:") or group_of(party) is not None


def _within(one: Party, other: Party) -> bool:
    return other.key in (one.part_of, one.code) or one.key in (other.part_of, other.code)


def _whole(party: Party) -> bool:
    """One that stands for its whole side: the state itself, the organisation."""
    return party.kind in ("state", "igo", "bloc") or party.key == side_of(party)


def _in_words(one: Party, other: Party, rank: int) -> str:
    if one.key == other.key:
        return f"both {one.name}"
    said = {
        "stands_for": "stands for",
        "part_of": "is of",
        "same_side": "is of the side of",
        "described": "is of the side of",
        "unsure": "may be",
    }
    return f"{one.name} {said.get(FITS[rank], 'is not')} {other.name}"


def when(one: Profile, other: Profile) -> Finding:
    """Days of their own, or else the days on which they were told."""
    if one.first is not None and other.first is not None:
        return _dated(one, other)
    if one.first is None and other.first is None:
        return _told(one, other)
    dated, told = (one, other) if one.first is not None else (other, one)
    assert dated.first is not None
    assert dated.last is not None
    first, last = dated.first, dated.last
    if any(first <= day <= last for day in told.named):
        return "when", "named_day", 1.0, "the sentence of one names the day of the other"
    if told.published is None:
        return "when", "unsaid", 1.0, "one gives no day"
    if _ahead(told):
        first, last = first - 30, last
    if first - 1 <= told.published <= last + 3:
        said = one.report.type in VERBAL or other.report.type in VERBAL
        name = "dated_and_said" if said else "dated_and_told"
        name = name if last - first <= _SPAN else "span_and_told"
        return "when", name, 1.0, "one was told when the other took place"
    far = min(abs(told.published - first), abs(told.published - last))
    name = "dated_and_near" if 3 < told.published - last <= 14 else "dated_and_far"
    return "when", name, 1.0, f"one was told {far} days from the day of the other"


def _dated(one: Profile, other: Profile) -> Finding:
    assert one.first is not None
    assert one.last is not None
    assert other.first is not None
    assert other.last is not None
    gap = max(one.first, other.first) - min(one.last, other.last)
    if gap <= 0:
        longer = max(one.last - one.first, other.last - other.first)
        if one.exact and other.exact and longer == 0:
            return "when", "same_day", 1.0, "the same day"
        if longer > 3 and not (one.exact and other.exact):
            return "when", "may_be", 1.0 + min(longer // 7, 5) / 6, "days that overlap"
        return "when", "overlap", 1.0, "days that overlap"
    if gap == 1:
        return "when", "next_day", 1.0, "days that follow each other"
    if one.report.about or other.report.about:
        return "when", "next_day", 1.0, "days near each other, told as near"
    return "when", "apart", 1.0, f"{gap} days apart"


def _told(one: Profile, other: Profile) -> Finding:
    if one.published is None or other.published is None:
        return "when", "no_day", 1.0, "no day"
    if one.named & other.named:
        return "when", "named_day", 1.0, "both sentences name one day"
    gap = abs(one.published - other.published)
    if gap <= 1:
        attacks = one.report.type == other.report.type == "ASSAULT"
        name = "attacks_same_day" if attacks else "told_same_day"
        return "when", name, 1.0, "told on one day or the next"
    if _news_of_one(one, other):
        return "when", "told_anew", 1.0, f"news of one paper, {gap} days apart"
    earlier, later = sorted((one, other), key=lambda p: p.published or 0)
    if gap <= 3 or (_ahead(earlier) and not _ahead(later) and gap <= 14):
        return "when", "told_near", 1.0, f"told {gap} days apart"
    return "when", "told_apart", 1.0, f"told {gap} days apart"


def _news_of_one(one: Profile, other: Profile) -> bool:
    """Does one publisher tell of two contacts as news? Then they are two.

    It does where the contact is what the sentence is about, and is not named as known already.
    """
    return one.publisher == other.publisher and _is_news(one) and _is_news(other)


def _is_news(profile: Profile) -> bool:
    report = profile.report
    if report.type != "CONSULT" or report.status != "happened" or report.background:
        return False
    return report.rank == 1 and not profile.grain.known


def _ahead(profile: Profile) -> bool:
    return profile.report.status in ("planned", "possible")


def _status(one: Profile, other: Profile) -> Iterator[Finding]:
    a, b = one.report, other.report
    if a.background != b.background and (one.first is None or other.first is None):
        yield "status", "background", 1.0, "history to one, news to the other"
    if a.status == b.status:
        if a.status in ("planned", "possible"):
            yield "status", "both_ahead", 1.0, f"both {a.status}"
        return
    first, second = (one, other)
    if (one.published or 0) > (other.published or 0):
        first, second = other, one
    told_apart = (second.published or 0) - (first.published or 0)
    told = f"{first.report.status}, then {second.report.status}"
    pair = (first.report.status, second.report.status)
    same_day = one.first is not None and one.first == other.first
    if pair in _GROWS or (pair[::-1] in _GROWS and (told_apart <= 1 or same_day)):
        yield "status", "grows", 1.0, told
    elif pair[::-1] in _GROWS:
        yield "status", "back", 1.0, told
    else:
        yield "status", "disputed", 1.0, told


def _medium(one: Profile, other: Profile) -> Iterator[Finding]:
    a, b = one.report.medium, other.report.medium
    if a and b:
        yield "medium", "same" if a == b else "other", 1.0, f"{a} and {b}" if a != b else a


def where(one: Profile, other: Profile) -> Iterator[Finding]:
    """Whether the places that they tell are one, near each other, or two."""
    a, b = one.report, other.report
    if not a.place and not b.place:
        if a.type == b.type == "ASSAULT":
            yield "where", "nowhere", 1.0, "neither says where the attack was"
        if one.first is None and other.first is None:
            yield "where", "loose", 1.0, "neither says when or where"
        return
    if not a.place or not b.place:
        if a.type == b.type == "CONSULT":
            return  # where one meets is said by some, and by others with whom
        if (a.place and a.place_precision in _TOWNS) or (b.place and b.place_precision in _TOWNS):
            yield "where", "one_town", 1.0, f"only one says that it was in {a.place or b.place}"
        return
    if one.place == other.place:
        town = a.place_precision in _TOWNS
        yield "where", "same_town" if town else "same", 1.0, f"both in {a.place}"
        return
    within = {"country", "region"} & {a.place_precision, b.place_precision}
    if within and a.country and a.country == b.country:
        yield "where", "same_country", 1.0, f"{a.place} and {b.place}"
        return
    if None not in (a.lat, a.lon, b.lat, b.lon) and _kilometres(a, b) < _NEAR:
        yield "where", "near", 1.0, f"{a.place} near {b.place}"
        return
    towns = a.place_precision in _TOWNS and b.place_precision in _TOWNS
    yield "where", "elsewhere" if towns else "other", 1.0, f"{a.place} and {b.place}"


def _kilometres(a: Report, b: Report) -> float:
    """The great-circle distance of two places (haversine, mean radius 6,371 km)."""
    north, other_north = math.radians(a.lat or 0.0), math.radians(b.lat or 0.0)
    east = math.radians((b.lon or 0.0) - (a.lon or 0.0))
    cosines = math.cos(north) * math.cos(other_north)
    half = math.sin((other_north - north) / 2) ** 2 + cosines * math.sin(east / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(min(1.0, half)))


def _grain(one: Profile, other: Profile) -> Iterator[Finding]:
    """Is one a single deed and the other a campaign; are both the one that all know of?"""
    a, b = one.grain, other.grain
    if a.many != b.many:
        yield "grain", "one_many", 1.0, "one tells of several"
    elif a.many:
        yield "grain", "both_many", 1.0, "both tell of several"
    if a.whole != b.whole:
        yield "grain", "one_whole", 1.0, "one tells of a campaign"
    elif a.whole:
        yield "grain", "both_whole", 1.0, "both tell of a campaign"
    if a.going_on != b.going_on:
        yield "grain", "one_going_on", 1.0, "one tells of what goes on"
    elif a.going_on:
        yield "grain", "both_going_on", 1.0, "both tell of what goes on"
    if a.noun and b.noun and trigger(one, other) in ("trigger", "akin"):
        yield "grain", "same_noun", 1.0, "both name the deed, by one word, and do not tell it"
    elif a.noun and b.noun:
        yield "grain", "other_noun", 1.0, "both name the deed and do not tell it"
    if a.known and b.known:
        yield "grain", "both_known", 1.0, "both speak of it as known"
    if a.one != b.one:
        yield "grain", "one_single", 1.0, "one speaks of one among others"
    if a.total != b.total:
        yield "grain", "one_total", 1.0, "one gives a toll since something began"
    elif a.total:
        yield "grain", "both_total", 1.0, "both give a toll since something began"
    if a.another != b.another:
        yield "grain", "another", 1.0, "one tells of more, or another"
    yield from _days(one, other)


def _days(one: Profile, other: Profile) -> Iterator[Finding]:
    """Do the sentences name the same days; or, where a day is known of each, do they not?"""
    a, b = one.grain.days, other.grain.days
    if one.named and other.named:
        same = bool(one.named & other.named)
    elif a and b and None in (one.published, other.published):
        same = bool(a & b)
    else:
        return
    if same:
        yield "grain", "same_days", 1.0, f"both name {', '.join(sorted(a & b or a))}"
    else:
        yield "grain", "other_days", 1.0, "the sentences name other days"
