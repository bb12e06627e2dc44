"""From all that was claimed of a person's office to tenures with one start and one end."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from build_directory_claims import OPEN_END, Claim, first_day, last_day
from build_directory_merge import EXCLUSIVE, LEADING, Person
from build_directory_names import words

# States whose leader is a prime minister, where no source names the office.
PARLIAMENTARY = words(
    "GBR CAN AUS NZL IRL IND PAK BGD NPL THA MYS SGP KHM JPN ISR IRQ GRC ITA DEU AUT BEL NLD "
    "LUX DNK SWE NOR FIN ISL ESP PRT CZE SVK HUN BGR EST LVA SVN MKD ALB MNE KOS TTO JAM BRB "
    "BHS GRD LCA VCT KNA ATG DMA BLZ MUS LSO FJI PNG SLB VUT TUV WSM TON MLT ETH AND LIE MCO"
)
_SLACK = 70  # days between two claims that still tell one tenure


@dataclass
class Tenure:
    """One stretch of time in one office. `seen`: the last day on which a source vouches for an
    open end; `watched`: the last on which one that looked saw it."""

    body: str
    office: str
    title: str
    start: str
    end: str
    seen: str
    source: str
    person: Person | None = None
    watched: str = ""

    @property
    def low(self) -> int:
        return first_day(self.start) if self.start else first_day(self.seen or self.end)

    @property
    def high(self) -> int:
        return last_day(self.end) if self.end else 10**7


def tenures(person: Person) -> list[Tenure]:
    """The tenures of a person."""
    by_office: defaultdict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    leading = [c for c in person.claims if c.office == "leader"]
    for claim in person.claims:
        if claim.office == "leader" and _covered(claim, person.claims):
            continue
        exact = claim.title if claim.office in ("minister", "official", "ambassador") else ""
        by_office[claim.body, claim.office, exact].append(claim)
    found = []
    for claims in by_office.values():
        for group in _groups(claims):
            tenure = _tenure(group)
            tenure.person = person
            _begin_by_leader(tenure, leading)
            _end_by_leader(tenure, leading)
            found.append(tenure)
    return found


def _covered(leader: Claim, claims: Sequence[Claim]) -> bool:
    """Whether a leader without a title is known by a title at that time."""
    return any(
        c.office in LEADING
        and c.office != "leader"
        and c.body == leader.body
        and min(c.high, leader.high) >= max(c.low, leader.low)
        for c in claims
    )


def _groups(claims: Iterable[Claim]) -> list[list[Claim]]:
    groups: list[list[Claim]] = []
    high = 0
    point = False
    for claim in sorted(claims, key=lambda c: (c.low, c.rank)):
        rough = claim.source in _POINTS or len(claim.start) < 7
        slack = 430 if rough or point else _SLACK
        point = rough
        if groups and claim.low <= high + slack:
            groups[-1].append(claim)
            high = max(high, claim.high)
        else:
            groups.append([claim])
            high = claim.high
    return groups


# Sources that looked who was in office, and do not only lack an end.
_WATCHING = ("factbook", "leaders-2026", "leaders-2021", "reign", "archigos", "own")
_POINTS = ("whogov", "cia-2019")


def _tenure(group: list[Claim]) -> Tenure:
    exact = [c for c in group if c.source not in _POINTS]
    first = min(c.low for c in group)
    last = max(c.high for c in group)
    starts = [c for c in exact if c.start and c.low <= first + 400]
    starts.sort(key=lambda c: (-min(len(c.start), 7), c.rank, c.low))
    start = starts[0].start if starts else min(c.start or c.end for c in group)[:4]
    early = min(group, key=lambda c: c.low)
    if starts and early.source == "whogov" and first_day(start) > early.low + 40:
        start = early.start[:4]
    titled = min(group, key=lambda c: (c.rank, c.start))
    running = [c for c in group if c.open]
    ends = [c for c in exact if c.end and c.high >= last_known(group) - 400]
    ends.sort(key=lambda c: (-min(len(c.end), 7), c.rank, -c.high))
    seen = max((c.seen for c in running), default="")
    end = ""
    if ends and not (seen and last_day(seen) > ends[0].high + 40):
        end, seen = ends[0].end, ""
    elif not running:
        end = max(c.end for c in group)[:4] if last else ""
    watched = max((c.seen for c in running if c.source in _WATCHING), default="")
    sources = "+".join(dict.fromkeys(c.source for c in sorted(group, key=lambda c: c.rank)))
    return Tenure(
        titled.body,
        titled.office,
        titled.title,
        start,
        end,
        seen,
        sources,
        None,
        watched if seen else "",
    )


def last_known(group: Iterable[Claim]) -> int:
    """The last day for which any claim of the group vouches."""
    return max(last_day(c.end or c.seen or c.start) for c in group)


def _begin_by_leader(tenure: Tenure, leading: Sequence[Claim]) -> None:
    """A source that has only the last term is corrected by one that has the whole time in power."""
    if tenure.office not in ("president", "prime-minister") or not tenure.start:
        return
    low = first_day(tenure.start)
    for claim in leading:
        before = low - 500 < claim.low < low - 20 and claim.high > low + 60
        if claim.body != tenure.body or not before or tenure.person is None:
            continue
        # Who led in another office until then did not hold this one.
        other = (c for c in tenure.person.claims if c.office in LEADING - {"leader", tenure.office})
        if not any(c.low <= low and c.high > claim.low for c in other):
            tenure.start = claim.start


def _end_by_leader(tenure: Tenure, leading: Sequence[Claim]) -> None:
    """An open end is closed by the day on which the same person ceased to lead."""
    if tenure.end or not tenure.seen or tenure.office not in LEADING:
        return
    seen = last_day(tenure.seen)
    for claim in sorted(leading, key=lambda c: c.rank):
        if claim.body == tenure.body and claim.low <= seen and claim.end and claim.high > seen:
            tenure.end, tenure.seen = claim.end, ""
            tenure.source += f"+{claim.source}"
            return
    for claim in sorted(leading, key=lambda c: c.rank):
        if claim.body == tenure.body and claim.open and claim.seen > tenure.seen:
            tenure.seen = claim.seen


def name_offices(found: list[Tenure]) -> None:
    """Leaders whose office no source names get the one that those who lead there hold."""
    known: defaultdict[str, list[Tenure]] = defaultdict(list)
    for tenure in found:
        if tenure.person is not None and tenure.office in (
            "president",
            "prime-minister",
            "monarch",
        ):
            led = (
                c for c in tenure.person.claims if c.office == "leader" and c.body == tenure.body
            )
            if any(c.low <= min(tenure.high, OPEN_END) and c.high >= tenure.low for c in led):
                known[tenure.body].append(tenure)
    for tenure in found:
        if tenure.office != "leader" or tenure.title != "Leader" or len(tenure.body) != 3:
            continue
        near = sorted(known[tenure.body], key=lambda t: abs(t.low - tenure.low))[:3]
        votes = Counter(t.office for t in near if t.office != "monarch")
        default = "prime-minister" if tenure.body in PARLIAMENTARY else "president"
        office = votes.most_common(1)[0][0] if votes else default
        if _held_by_another(tenure, office, found):
            continue  # a leader beside the one in office: of a party, a junta, a rising
        tenure.office = office
        tenure.title = {"president": "President"}.get(tenure.office, "Prime Minister")


def _held_by_another(tenure: Tenure, office: str, found: list[Tenure]) -> bool:
    """Whether somebody else is known, by a title, to have held the office most of that time."""
    high = min(tenure.high, OPEN_END)
    for other in found:
        if other.office != office or other.body != tenure.body or other.person is tenure.person:
            continue
        if "archigos" in other.source.split("+")[:1] or "reign" in other.source.split("+")[:1]:
            continue
        shared = min(other.high, high) - max(other.low, tenure.low)
        if shared > 0.6 * max(high - tenure.low, 1):
            return True
    return False


def settle(found: list[Tenure]) -> None:
    """End tenures of exclusive offices where the next one begins."""
    by_office: defaultdict[tuple[str, str], list[Tenure]] = defaultdict(list)
    for tenure in found:
        if tenure.office in EXCLUSIVE:
            by_office[tenure.body, tenure.office].append(tenure)
    for row in by_office.values():
        row.sort(key=lambda t: (t.low, t.start))
        for at, before in enumerate(row):
            after = next((t for t in row[at + 1 :] if t.person is not before.person), None)
            if after is not None:
                _end_before(before, after)


def _end_before(before: Tenure, after: Tenure) -> None:
    if after.low <= before.low + 20 or not after.start:
        return
    if not before.end:
        # Who was watched in office long after another came was only stood in for, or shared it.
        watched = last_day(before.watched) if before.watched else 0
        if watched < after.low + 200:
            before.end, before.seen = after.start, ""
    elif len(before.end) < 10 and len(after.start) == 10 and before.high > after.low:
        if first_day(before.end) - 366 <= after.low:
            before.end = after.start
    elif len(after.start) == 4 and len(before.end) >= 7 and _in_year(before, after):
        after.start = before.end


def _in_year(before: Tenure, after: Tenure) -> bool:
    """The one left in the year in which the other came."""
    return first_day(after.start) <= before.high <= last_day(after.start)
