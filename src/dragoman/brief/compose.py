"""From events and statements to the parts of a brief. Pure: records in, parts out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from math import log2
from typing import Any, Final, Literal

from dragoman.analysis.agenda import AgendaItem, agenda
from dragoman.analysis.coded import Coded, Telling
from dragoman.analysis.network import network, state_name
from dragoman.analysis.rows import names_of, span_of
from dragoman.analysis.tension import Tension, tension
from dragoman.analysis.timeline import event_weight
from dragoman.brief.parts import Brief, Line, Reference, Section
from dragoman.case.rows import StatementRow
from dragoman.merging.claims import ClaimRow
from dragoman.merging.positions import PositionRow
from dragoman.merging.profiles import KINDS_OF_BODY
from dragoman.merging.records import Party
from dragoman.records import Record
from dragoman.show.words import event_word

_TEXT: Final = 320  # characters of a sentence that are shown
_RECALLED: Final = 14  # days: what was over so long before the period is history to it
_LONG: Final = 365  # days before the period in which something that still goes on may have begun
_TITLE: Final = 70  # characters of a document's own words where it has no title
_UNDATED: Final = 14  # days: so long an announcement without a day stands on the agenda of a brief
_MANY: Final = 0.3  # what twice as many documents add to an event's weight
_POOL: Final = 20  # events from which one is chosen
_AGAIN: Final = 0.8  # what weighs one more event of the same day, kind or sides


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefPlan(Record):
    """What a brief covers. `pairs` are the two between whom tension is shown; without any, the
    two that have most to do with each other. `most` bounds the lines of each section."""

    title: str
    since: str
    until: str
    pairs: tuple[tuple[str, str], ...] = ()
    most: int = 30
    theme: Literal["light", "dark"] = "light"
    charts: bool = True


def compose(
    events: Sequence[Coded],
    statements: Iterable[StatementRow],
    plan: BriefPlan,
    *,
    contacts: Iterable[Coded] = (),
    claims: Iterable[ClaimRow] = (),
    positions: Iterable[PositionRow] = (),
    made_by: str = "dragoman",
) -> Brief:
    """The brief of what was reported from `plan.since` to `plan.until`.

    `events` are all merged events as known at the end of the period: tension looks further back.
    `contacts` are the rows of the register as known then (`from_case.contacts_of`).
    `claims` are charges with their denials, `positions` what sides demand, offer and aim at; the
    documents that both rest on are those of `statements`.
    """
    cited = _Cited()
    documents = {str(row.document): _telling(row) for row in statements}
    fresh = [e for e in events if _is_news(e, plan.since, plan.until)]
    met = [e for e in contacts if _is_news(e, plan.since, plan.until)]
    sections = [
        _changed([*(e for e in fresh if e.type != "CONSULT"), *met], plan, cited),
        _contacts(met, plan, cited),
        _agenda(events, plan, cited),
        _claims(documents, claims, plan, cited),
        _positions(documents, positions, plan, cited),
        *_tensions(events, fresh, plan, cited),
        *_pictures(fresh, plan),
    ]
    sources = {source for event in fresh for source in event.sources}
    return Brief(
        title=plan.title,
        since=plan.since,
        until=plan.until,
        summary=f"{len(fresh)} events told from {plan.since} to {plan.until} by {len(sources)} "
        f"independent sources; {len(cited.references)} documents cited.",
        sections=tuple(section for section in sections if section is not None),
        references=tuple(cited.references),
        made_by=made_by,
    )


class _Cited:
    """Documents in the order in which lines first rest on them."""

    def __init__(self) -> None:
        self.references: list[Reference] = []
        self._numbers: dict[str, int] = {}

    def number(self, telling: Telling) -> int:
        key = telling.document or telling.url or telling.source
        if key not in self._numbers:
            self._numbers[key] = len(self.references) + 1
            self.references.append(
                Reference(
                    number=self._numbers[key],
                    title=telling.title or _opening(telling.passage),
                    publisher=telling.source,
                    published=telling.published[:10] if telling.published else None,
                    url=telling.url,
                )
            )
        return self._numbers[key]

    def of(self, tellings: Iterable[Telling]) -> tuple[int, ...]:
        return tuple(dict.fromkeys(self.number(telling) for telling in tellings))


def _is_news(event: Coded, since: str, until: str) -> bool:
    """Told in the period, and not over long before it: what a story recalls is no news."""
    if event.day_end:
        oldest = (date.fromisoformat(since) - timedelta(days=_RECALLED)).isoformat()
        begun = (date.fromisoformat(since) - timedelta(days=_LONG)).isoformat()
        if event.day_end[:10] < oldest or event.day[:10] < begun:
            return False
    told = [t.published[:10] for t in event.tellings if t.published]
    told = told or [(event.published or event.day)[:10]]
    return any(since <= day <= until for day in told)


def _line(event: Coded, cited: _Cited, *, mark: str | None = None) -> Line:
    return Line(
        day=event.day or None,
        mark=mark or (event.status if event.status != "happened" else None),
        head=head_of(event),
        text=short(event.passage),
        references=cited.of(event.tellings),
        sources=len(event.sources),
    )


def head_of(event: Coded | AgendaItem) -> str:
    """Who and what, in words: `Turkey → Greece: accusation`, `→ Greece: attack` by nobody told."""
    who, whom = names_of(event.who), names_of(event.whom)
    sides = f"{who} → {whom}".strip() if whom else who
    kinds = (event.mode, event.medium) if event.mode != "visit" else ("visit",)
    return f"{sides or 'not told who'}: {event_word(event.type or '', *kinds)}"


def _opening(passage: str) -> str:
    """The words by which a document without a title can be told from others."""
    plain = " ".join(passage.split())
    cut = plain if len(plain) <= _TITLE else plain[:_TITLE].rsplit(" ", 1)[0] + " …"
    return f"“{cut}”" if cut else "Untitled"


def short(text: str) -> str:
    """A sentence as it is shown: on one line, cut where it is long."""
    plain = " ".join(text.split())
    return plain if len(plain) <= _TEXT else plain[: _TEXT - 1].rsplit(" ", 1)[0] + " …"


def _weightiest(events: Iterable[Coded], most: int) -> tuple[list[Coded], int]:
    """So many of the events with the most weight, by day; and how many are left out. Of events
    that one sentence tells, the outermost stands for all."""
    best: dict[tuple[str, str], Coded] = {}
    for event in events:
        key = (event.passage, event.title or "")
        if key not in best or event.rank < best[key].rank:
            best[key] = event
    ranked = sorted(best.values(), key=lambda e: (-_told_weight(e), e.day, e.id))
    left = ranked[: most * _POOL]
    chosen: list[Coded] = []
    seen: Counter[tuple[str, object]] = Counter()
    while left and len(chosen) < most:
        event = max(
            left, key=lambda e: _told_weight(e) * _AGAIN ** sum(seen[f] for f in _facets(e))
        )
        left.remove(event)
        chosen.append(event)
        seen.update(_facets(event))
    return sorted(chosen, key=lambda e: (e.day, -event_weight(e), e.id)), len(ranked) - len(chosen)


def _facets(event: Coded) -> tuple[tuple[str, object], ...]:
    """In what events are alike: thirty air strikes of one day tell less than what else happened."""
    return ("day", event.day), ("kind", (event.day, event.type))


def _told_weight(event: Coded) -> float:
    """An event's weight, more where many documents tell it, also of one publisher."""
    documents = len({telling.document for telling in event.tellings})
    return event_weight(event) * (1 + _MANY * log2(max(1, documents)))


def _changed(fresh: list[Coded], plan: BriefPlan, cited: _Cited) -> Section:
    news = [e for e in fresh if not e.background and e.status in ("happened", "ongoing")]
    chosen, left = _weightiest(news, plan.most)
    chart = None
    if plan.charts and chosen:
        from dragoman.charts import timeline_chart

        chart = timeline_chart(
            [e for e in news if plan.since <= e.day <= plan.until], theme=plan.theme
        )
    return Section(
        title="What changed",
        lead="What was told as having come about, the weightiest by sources and intensity.",
        lines=tuple(_line(event, cited) for event in chosen),
        left_out=left,
        chart=chart,
    )


def _contacts(met: Sequence[Coded], plan: BriefPlan, cited: _Cited) -> Section:
    told = [event for event in met if event.status != "possible"]
    chosen, left = _weightiest(told, plan.most)
    words = {"happened": "held", "ongoing": "under way", "cancelled": "called off"}
    return Section(
        title="Contacts",
        lead="Who met, called or visited whom, held or planned.",
        lines=tuple(_line(e, cited, mark=words.get(e.status, e.status)) for e in chosen),
        left_out=left,
    )


def _agenda(events: Sequence[Coded], plan: BriefPlan, cited: _Cited) -> Section:
    newest = (date.fromisoformat(plan.until) - timedelta(days=_UNDATED)).isoformat()
    items = [
        item
        for item in agenda(events, as_of=plan.until)
        if item.day or (item.announced or "")[:10] >= newest
    ]
    tellings = {event.id: event.tellings for event in events}
    lines = [
        Line(
            day=_day_of(item),
            mark=item.outcome,
            head=head_of(item),
            text=short(item.passage),
            references=cited.of(tellings[item.id]),
            sources=len(item.sources),
        )
        for item in items[: plan.most]
    ]
    return Section(
        title="Agenda",
        lead=f"As of {plan.until}: what is to come, what was called off, what was never confirmed; "
        f"without a day, what was announced in the last {_UNDATED} days.",
        lines=tuple(lines),
        left_out=max(0, len(items) - plan.most),
    )


def _day_of(item: AgendaItem) -> str | None:
    """Its first day, or the month or year to which alone it is told."""
    span = span_of(item.day, item.day_end)
    return item.day if span and "/" in span else span


def _claims(
    documents: Mapping[str, Telling], claims: Iterable[ClaimRow], plan: BriefPlan, cited: _Cited
) -> Section:
    told = [row for row in claims if _within(row.first, plan) and _rests(row.where, documents)]
    newest = sorted(told, key=lambda row: (row.last or "", row.id), reverse=True)
    ranked = sorted(newest, key=_weight_of_claim, reverse=True)
    chosen = sorted(ranked[: plan.most], key=lambda row: (row.first or "", row.id))
    return Section(
        title="Claims",
        lead="On whose word: who accuses whom, and who denies it.",
        lines=tuple(_charge(row, documents, cited) for row in chosen),
        left_out=max(0, len(ranked) - plan.most),
    )


def _positions(
    documents: Mapping[str, Telling],
    positions: Iterable[PositionRow],
    plan: BriefPlan,
    cited: _Cited,
) -> Section:
    told = [row for row in positions if _within(row.latest, plan) and _rests(row.where, documents)]
    newest = sorted(told, key=lambda row: (row.latest or "", row.where), reverse=True)
    ranked = sorted(newest, key=lambda row: (row.sources, row.times), reverse=True)
    chosen = sorted(ranked[: plan.most], key=lambda row: (state_name(row.side), row.latest or ""))
    return Section(
        title="Positions",
        lead="What sides demand, offer, will not have and aim at, in their latest words.",
        lines=tuple(_position(row, documents, cited) for row in chosen),
        left_out=max(0, len(ranked) - plan.most),
    )


def _within(day: str | None, plan: BriefPlan) -> bool:
    return day is not None and plan.since <= day[:10] <= plan.until


def _rests(where: Iterable[str], documents: Mapping[str, Telling]) -> bool:
    return any(place.split(":")[0] in documents for place in where)


def _weight_of_claim(row: ClaimRow) -> float:
    """Charges between known sides, which are denied or made by many, weigh more."""
    known = [not side.startswith(("name:", "unnamed:")) for side in (*row.sides, *row.targets)]
    return row.sources + len(row.sides) + 2 * bool(row.denied_by) + (2 if all(known) else 0)


def _position(row: PositionRow, documents: Mapping[str, Telling], cited: _Cited) -> Line:
    numbers = dict.fromkeys(place.split(":")[0] for place in row.where)
    side = state_name(row.side)
    by = "" if row.latest_by == side else f" ({side})"
    to = f" → {', '.join(row.to)}" if row.to else ""
    return Line(
        day=row.latest[:10] if row.latest else None,
        mark=f"since {row.first[:10]}" if row.first and row.first != row.latest else None,
        head=f"{row.latest_by}{by}{to}: {row.position}",
        text=short(row.latest_wording),
        references=cited.of(documents[n] for n in numbers if n in documents),
        sources=row.sources,
    )


def _charge(row: ClaimRow, documents: Mapping[str, Telling], cited: _Cited) -> Line:
    """A charge on one line: who against whom, on how many sides' word, and who denies it."""
    numbers = dict.fromkeys(place.split(":")[0] for place in row.where)
    against = f" → {', '.join(row.against)}" if row.against else ""
    mark = row.standing
    if row.denied_by:
        mark = f"{mark}, denied by {', '.join(row.denied_by)}"
    return Line(
        day=row.first[:10] if row.first else None,
        mark=mark,
        head=f"{', '.join(row.by) or 'Accuser not told'}{against}: accusation",
        text=short(f"{row.claim} – denial: {row.denial}" if row.denial else row.claim),
        references=cited.of(documents[n] for n in numbers if n in documents),
        sources=row.sources,
    )


def _telling(row: StatementRow) -> Telling:
    return Telling(
        source=row.source or "unknown",
        published=row.published,
        passage=row.passage,
        document=str(row.document),
        title=row.title,
        url=row.url,
    )


def busiest_pair(events: Iterable[Coded]) -> tuple[str, str] | None:
    """The two states or bodies that have most to do with each other; None where there are none."""
    count: Counter[tuple[str, str]] = Counter()
    for event in events:
        who, whom = _codes(event.who), _codes(event.whom)
        pairs = {(a, b) for a in who for b in whom} or set(combinations(sorted(set(who)), 2))
        for a, b in {(min(p), max(p)) for p in pairs if p[0] != p[1]}:
            count[a, b] += 1
    best = sorted(count.items(), key=lambda item: (-item[1], item[0]))
    return best[0][0] if best else None


def _codes(parties: Iterable[Party]) -> list[str]:
    return [p.code for p in parties if p.code is not None and p.code not in KINDS_OF_BODY]


def _tensions(
    events: Sequence[Coded], fresh: Sequence[Coded], plan: BriefPlan, cited: _Cited
) -> list[Section]:
    pairs = plan.pairs
    if not pairs:
        busiest = busiest_pair(fresh)
        pairs = (busiest,) if busiest else ()
    by_id = {event.id: event for event in events}
    return [_tension(tension(events, pair, until=plan.until), by_id, plan, cited) for pair in pairs]


def _tension(found: Tension, by_id: Mapping[str, Coded], plan: BriefPlan, cited: _Cited) -> Section:
    names = (state_name(found.pair[0]), state_name(found.pair[1]))
    chart = None
    if plan.charts and found.days:
        from dragoman.charts import tension_chart

        chart = tension_chart(found, names=names, theme=plan.theme)
    lines = []
    for number, change in enumerate(found.changes, 1):
        for id in change.events[:2]:
            line = _line(by_id[id], cited, mark=f"{number}: {change.means}")
            lines.append(line)
    return Section(
        title=f"Tension: {names[0]} and {names[1]}",
        lead=_tension_lead(found),
        lines=tuple(lines),
        chart=chart,
        note="Points are PLOVER scores times the weight of independent sources, fading by half in "
        f"{found.plan.half_life:g} days; the band is what drawing {found.resampled} anew gives.",
    )


def _tension_lead(found: Tension) -> str:
    if not found.days:
        return "Nothing is told between the two."
    last = found.days[-1]
    before = found.days[max(0, len(found.days) - 8)]
    step = last.tension - before.tension
    way = "rose" if step > 0.5 else "fell" if step < -0.5 else "stayed as it was"
    return (
        f"On {last.day} conflict stands at {last.conflict:.1f} and cooperation at "
        f"{last.cooperation:.1f} points; over the week before, tension {way} "
        f"({before.tension:.1f} → {last.tension:.1f}, band {last.low:.1f} to {last.high:.1f})."
    )


def _pictures(fresh: Sequence[Coded], plan: BriefPlan) -> list[Section]:
    sections = []
    found = network(fresh)
    if found.ties:
        ties = "; ".join(
            f"{_named(found, t.source)} – {_named(found, t.target)} ({t.events})"
            for t in found.ties[:8]
        )
        sections.append(
            Section(title="Who talks to whom", lead=f"{ties}.", chart=_network_chart(found, plan))
        )
    places = Counter(e.place for e in fresh if e.place and e.lat is not None)
    if places:
        told = "; ".join(f"{place} ({n})" for place, n in sorted(places.most_common(10)))
        chart, note = _map_chart(fresh, plan)
        sections.append(Section(title="Where", lead=f"{told}.", chart=chart, note=note))
    return sections


def _named(found: Any, key: str) -> str:
    return next((node.name for node in found.nodes if node.key == key), key)


def _network_chart(found: Any, plan: BriefPlan) -> Mapping[str, Any] | None:
    if not plan.charts:
        return None
    from dragoman.charts import network_chart

    return network_chart(found, theme=plan.theme)


def _map_chart(fresh: Sequence[Coded], plan: BriefPlan) -> tuple[Mapping[str, Any] | None, str]:
    if not plan.charts:
        return None, ""
    from dragoman.charts import event_map
    from dragoman.charts.maps import NOTE

    return event_map(fresh, theme=plan.theme), NOTE
