"""Which merged events belong in the register of contacts, and which reports only recall one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from dragoman.merging.profiles import days_between, side_of
from dragoman.merging.records import Merged, Party, Report

# Sectors of those who stand for no side: citizens, students, physicians, the press, workers.
_PUBLIC: Final = (("CVL",), ("EDU",), ("MED",), ("JRN",), ("LAB",), ("REF",), ("AGR",), ("BUS",))
# Talks as two sides have them over months, where no day, place or medium makes one round of them.
_STANDING: Final = frozenset(
    """dialogue dialog talk talks negotiation negotiations consultation consultations mediation
    mediator""".split()  # noqa: SIM905
)
_CONTINUED: Final = tuple(
    [word] for word in ("continue", "continues", "continued", "continuing", "pursuing")
)
_DIALOGUE: Final = (["dialogue"], ["dialog"])
_COURTS: Final = frozenset({"Court", "Tribunal"})
_GOING: Final = tuple(
    [word]
    for word in ("go", "goes", "went", "gone", "going", "come", "comes", "came", "coming", "return",
                 "returns", "returned", "arrive", "arrived", "enter", "entered",
                 "head", "heads", "headed", "heading", "move", "moves", "moved", "moving")
)  # fmt: skip
_PRESS: Final = frozenset({"media", "press", "journalists", "reporters", "newspeople"})
_MEETING: Final = tuple([word] for word in ("meet", "meets", "met", "address"))
_MEDIA: Final = frozenset({"phone", "telephone", "video"})
_DISCUSSED: Final = frozenset({"discuss", "discussed", "discussing"})
_NEXT: Final = frozenset({"next", "future", "further", "another", "subsequent"})
_SIDES: Final = frozenset(
    {"side", "sides", "party", "representatives", "delegation", "delegations"}
)
_VAGUE: Final = ("month", "season", "year")
_REAL: Final = ("happened", "ongoing")
_EVERYONE: Final = frozenset({"all", "every", "everyone", "everybody", "each"})
_OFFICE: Final = re.compile(
    r"\b(?:[Hh]ead|[Pp]resident|[Cc]hair\w*|[Mm]inister|[Aa]mbassador|[Ss]ecretary|[Ee]nvoy"
    r"|[Aa]dviser|[Aa]dvisor|[Rr]epresentative|[Dd]irector[- ][Gg]eneral) (?:of|for|to|at)\b"
)
_FAILED: Final = frozenset({"failed", "stalled", "collapsed", "abortive"})
_COMES_AFTER: Final = re.compile(r"\b(?:comes?|came) (?:\w+ )?after\b")
_WHOM: Final = re.compile(r"\bwhom? (?:the )?[A-Z][\w-]+ (?:\w+ ){0,2}(?:meet|met|see)\b")
_NATION: Final = frozenset({"nation", "people", "public", "nationwide"})
_OF: Final = (["of"], ["about"], ["on"])
_THERE_IS: Final = re.compile(r"\b[Cc]onference,? there (?:is|are|was|were|has|have)\b")
_LATELY: Final = re.compile(
    r"\b(?:in|over|during|for) (?:the )?(?:recent|last|past) (?:few |several )?"
    r"(?:weeks|months|years)\b",
    re.IGNORECASE,
)
_AHEAD: Final = ("planned", "possible")
# A story tells its news first: what stands further down, as done and without a day, it recalls.
_DEEP: Final = 2500  # characters
_MEDIATED: Final = frozenset(
    """talk talks meeting meetings negotiation negotiations summit dialogue discussion discussions
    conversation conversations contacts consultations""".split()  # noqa: SIM905
)
_BROKERED_BY: Final = re.compile(r"\b(?:brokered|mediated|arbitrated) (?:jointly )?by\b")
_WORD: Final = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*|;")
_NEWS_DAYS: Final = 31  # what lies further back is history
_NEAR: Final = 6  # words around the trigger in which a contact is said to be an earlier one
_CLOSE: Final = 3
_CLAUSE: Final = 12
_WHEN: Final = 16
_BEFORE: Final = 24  # words before it in which it is said to be only spoken of
# A contact that is named by one of these is not the news of the day on which it is told.
_EARLIER: Final = frozenset(
    "recent last latest previous earlier past inaugural".split()  # noqa: SIM905
)
_ANSWERED: Final = frozenset(
    """respond responded responds responding reject rejected rejects heed heeded ignore ignored
    answer answered repeated amid despite growing mounting renewed""".split()  # noqa: SIM905
)
_SPANS: Final = frozenset("period days weeks months years time".split())  # noqa: SIM905
_IN_THE_PAST: Final = re.compile(
    r"\b(?:in the past|over the years)$|\bin the past (?:have|has|were)\b"
)
_RECENTLY: Final = frozenset({"recently", "previously", "earlier"})
_SPOKEN_OF: Final = re.compile(
    r"\b(?:results?|outcomes?|follow-up|joint (?:statement|declaration)|reminded"
    r"|recalled|recalling|remembered|in view of"
    r"|remembers?|agreed during|decisions? of|refer(?:s|red|ring) to|reference to"
    r"|(?:agreements?|arrangements?) (?:that )?(?:were |was |had been )?"
    r"(?:reached|established|made))\b"
)
# Words in which a contact is weighed, and not told: “stressed the importance of the visit”.
_WEIGHED: Final = re.compile(
    r"\b(?:importance|significance|symbolism|success|successful|historic)\b"
)
_THERE_ARE: Final = re.compile(
    r"\b[Tt]here (?:is|are) (?:also )?(?:an? |some )?(?:conversation|talk|dialogue|negotiation)s?\b"
)
# An invitation that the guest who has come speaks of, or that another guest had too.
_INVITED: Final = re.compile(
    r"\b(?:[Tt]hank|thanked|thankful|grateful|gratitude)\b.{0,40}\binvit"
    r"|\binvited to (?:attend|join|take part in) (?:the|this)\b"
)
_WILL_BE: Final = re.compile(r"\b(?:will|is to|are to|scheduled|due|set for)\b")
_WHEN_THERE: Final = re.compile(r"\bwhen (?:he|she|they|I|we) (?:was|were|came|visited|had)\b")
_OFTEN: Final = frozenset(
    "usually often always regularly regular constantly times sometimes traditionally".split()  # noqa: SIM905
)
_SPEAKING: Final = frozenset({"frame:speak-to", "frame:speak-with"})
_USUALLY: Final = frozenset({"talks", "talk", "speaks", "speak"})
# What is wished for, or is to go on, without a day.
_AWAITED: Final = frozenset({"wait", "waits", "waiting", "await", "awaits", "awaited", "awaiting"})
_REFUSED: Final = frozenset(
    "refuse refuses refused refusing decline declines declined declining refusal".split()  # noqa: SIM905
)
# Words with which a side proposes a contact, or in which one is told to be open.
_PROPOSED: Final = re.compile(
    r"\b(?:invit\w+|propos\w+|offer\w*|ready|readiness|possible|possibly|may|might|needed|sent|sends|sending|dispatch\w*)\b",
    re.IGNORECASE,
)
_DOUBTED: Final = re.compile(r"\b(?:future|fate|prospects?|hopes|chances) (?:of|for)\b")
_ON: Final = frozenset(
    """continue continues continued continuing resume resumes resuming resumption further maintain
    maintaining maintained keep keeping regular begin launch launching start starting initiate
    organise organize establish establishing need needs necessity importance important ready
    readiness desire wish hope hopes call called calls possibility prospect interest interested
    urge urged initiative stay remain lead keen eager willing prepared want wants wanted seek seeks
    sought""".split()  # noqa: SIM905
)


def is_contact(event: Merged) -> bool:
    """Does a merged event belong in the register: are there two sides that are known?

    Somebody of no known state (“reporters”, a governor whose region the text does not place) is no
    side of its own, nor is the public of a country.
    """
    if event.type != "CONSULT" or _is_figure(event) or _is_press(event):
        return False
    if all(
        _is_address(r)
        or _is_open(r)
        or _is_topic(r)
        or _is_forum(r)
        or _is_appeal(r)
        or _is_brokered(r)
        for r in event.reports
    ):
        return False
    hosted = event.mode == "visit" and event.actors and event.recipients
    if hosted and not all(any(map(_is_side, s)) for s in (event.actors, event.recipients)):
        return False  # “greeted the students in the square”
    return len({side_of(party) for party in event.parties if _is_side(party)}) > 1


def is_registered(event: Merged, *, history: bool) -> bool:
    """Is it a contact of the register; with `history` also one that reports only recall?"""
    return is_contact(event) and (history or not is_recalled(event))


def is_listed(event: Merged) -> bool:
    """Is it one contact in particular?

    Talks without a day that two states have as such are how they stand, and no contact; nor are
    talks that somebody wishes for or that are to go on some day, and what is done time and again.
    """
    if _is_standing(event) or _is_wish(event) or _is_habit(event) or _is_refused(event):
        return False
    if _is_unproposed(event):
        return False
    if event.status in _REAL and all(_is_in_doubt(report) for report in event.reports):
        return False
    return bool(event.start) or not all(_only_marks(report) for report in event.reports)


def _only_marks(report: Report) -> bool:
    """“On the eve of the summit”, “people are waiting for the meeting”: not yet, and no day."""
    before, after = around(report, _NEAR)
    if _AWAITED & {*before, *after, *around(report, _CLAUSE)[1]}:
        return True
    return "eve of" in " ".join(before)


def is_recalled(event: Merged, *, deep: bool = True) -> bool:
    """Do reports only recall it, as history or as the talks held some day before?

    “The recent summit”, “the results of his visit”: such a contact took place, but no report tells
    when, and the day of the report is not its day.
    With `deep` also what stands far down is recalled.
    """
    if event.background:
        return True
    if _is_long_past(event):
        return True
    if event.status == "cancelled" and not event.start:
        return all(bool(_FAILED & {*around(r, _NEAR)[0]}) for r in event.reports)
    if event.status not in _REAL or (event.start and event.precision not in _VAGUE):
        return False
    return all(report.background or _recalls(report, deep) for report in event.reports)


def _is_long_past(event: Merged) -> bool:
    """Is its time told, and over long before it is first told, whatever its status?

    “The first since 1999, when the president made similar trips”; a year that is over is history.
    """
    first, last = event.first, event.end or event.start
    if not first or not last or event.sources > 1:
        return False
    if event.precision in ("year", "season"):
        return last[:10] < first[:10]
    return days_between(last[:10], first[:10]) > _NEWS_DAYS


def _recalls(report: Report, deep: bool) -> bool:
    if _is_of_year(report):
        return True
    if report.start:
        return _tells_standing(report)
    if report.published and ((deep and _is_deep(report)) or _is_link(report)):
        return True
    before, after = around(report, _BEFORE)
    before = [w for w, then in zip(before, [*before[1:], "_"], strict=False) if then not in _SPANS]
    if _EARLIER & {*before[-_CLOSE:]} or _RECENTLY & {*before[-_CLAUSE:], *after[:_NEAR]}:
        return True
    if _IN_THE_PAST.search(" ".join(after[:_NEAR])):
        return True  # “his visits to Lima in the past”
    if "ago" in after[:_CLAUSE] or _WHEN_THERE.search(" ".join(after)):
        return True  # “visited Lima not so long ago”, “spoke of it when he was in Lima”
    if _COMES_AFTER.search(" ".join(before)):
        return True  # “the visit comes after Peru hosted talks”
    if "when" in before[-_WHEN:]:
        return True  # “as we agreed when the ministers came to Kyiv”
    return _is_noun(report) and _SPOKEN_OF.search(" ".join(before)) is not None


def _is_deep(report: Report) -> bool:
    """Does a story tell it far below its news? An office tells its contacts one by one."""
    return report.tier != "official" and report.span_start > _DEEP


def _is_link(report: Report) -> bool:
    """“PERU'S PRESIDENT VISITS CHILE” amid a text: the headline of another story."""
    passage = report.passage.strip()
    return passage.isupper() and passage not in (report.title or "") and report.span_start > 0


def _is_of_year(report: Report) -> bool:
    """“The 1961 visit to Chad”: of a year that is over."""
    year = re.search(rf"\b((?:1[89]|20)\d\d) {re.escape(report.trigger)}\b", report.passage)
    return year is not None and year[1] < (report.published or year[1])[:4]


def _is_in_doubt(report: Report) -> bool:
    """“The future of the talks”, “the fate of the summit”: how they stand, and no contact."""
    before, _ = around(report, _NEAR)
    return _DOUBTED.search(" ".join(before)) is not None


def around(report: Report, most: int) -> tuple[list[str], list[str]]:
    """The words before and after the trigger in its clause, in small letters."""
    words = [word.casefold() for word in _WORD.findall(report.passage)]
    parts = report.trigger.casefold().split()
    if not parts:
        return [], []
    last = next((at for at, word in enumerate(words) if word == parts[-1]), None)
    if last is None:
        return [], []
    first = next((at for at in range(last, -1, -1) if words[at] == parts[0]), last)
    before, after = words[max(0, first - most) : first], words[last + 1 : last + 1 + most]
    between = words[first:last]
    if ";" in before:
        before = before[len(before) - before[::-1].index(";") :]
    if ";" in after:
        after = after[: after.index(";")]
    return [*before, *between], after


def _is_noun(report: Report) -> bool:
    words = report.trigger.casefold().split()
    if len(words) == 2 and words[0] in _MEDIA:
        words = words[1:]
    return len(words) == 1 and not words[0].endswith("ed")


def is_public(party: Party) -> bool:
    """Is it nobody's side but those before whom one appears: students, workers, the press?"""
    if party.kind == "people" and not party.key.startswith("name:"):
        return False  # “between Israel and the Palestinians”
    return party.kind in ("unnamed", "people") and party.sectors[:1] in _PUBLIC


def _is_side(party: Party) -> bool:
    if party.kind in ("unnamed", "people"):
        no_side = is_public(party) or (party.kind == "people" and not party.sectors)
        return party.code is not None and not no_side
    if party.kind == "bloc" and party.key.startswith("name:"):
        return party.code is not None or bool(party.members)  # “other countries”
    if party.kind == "government" and party.key.startswith("name:"):
        return party.code is not None  # “courts”
    if party.kind == "person" and party.assumed:
        return False  # a name to which no words give a state, but only the story's
    if party.kind in ("person", "organisation"):
        office = party.kind == "person" and _OFFICE.search(party.role or "")
        if party.key.startswith("name:") and party.sectors[:1] in _PUBLIC and not office:
            return False  # somebody's daughter, a volunteer
        if party.code == "MNC":
            return False
        if party.sectors[:1] == ("EDU",) and party.kind == "organisation":
            return False  # “the University of Oxford”
        return party.code is not None or not party.key.startswith("name:")
    return True


def _is_standing(event: Merged) -> bool:
    """“The negotiations with Russia”, “further dialogue between Ukraine and the Union”."""
    if not (event.start or event.medium or event.place) and all(
        report.trigger.split()[-1:] in _DIALOGUE for report in event.reports
    ):
        return True
    if event.start and event.precision not in _VAGUE:
        return False
    if all(_THERE_ARE.search(report.passage) for report in event.reports):
        return True  # “there is a conversation between the two presidents”
    if event.medium or event.place or not _is_of_states(event):
        return False
    bare = not any(party.kind == "person" for party in event.parties)
    return all(
        _tells_standing(report) or (bare and report.trigger.casefold() in _DISCUSSED)
        for report in event.reports
    )


def _is_of_states(event: Merged) -> bool:
    """Do states as such talk, or one of their people with a state (“our talks with Peru”)?"""
    people = {side_of(party) for party in event.parties if party.kind == "person"}
    if not people:
        return True
    others = [p for p in event.parties if side_of(p) not in people]
    return len(people) == 1 and all(
        p.kind == "state" or (p.kind == "unnamed" and _SIDES & {*p.name.casefold().split()})
        for p in others
    )


def _tells_standing(report: Report) -> bool:
    words = report.trigger.casefold().split()
    words = words[1:] if words[:1] == ["peace"] or words[:1] in _CONTINUED else words
    return len(words) == 1 and words[0] in _STANDING


def is_weighed(event: Merged) -> bool:
    """Is only the worth of a contact told: “noted the importance of the visits of leaders”?"""
    if event.start or event.status not in _REAL:
        return False
    return all(
        _is_noun(report) and _WEIGHED.search(" ".join(around(report, _CLAUSE)[0])) is not None
        for report in event.reports
    )


def is_old_invitation(event: Merged) -> bool:
    """Is it what one was invited to, in words of one who has come: “thank you for inviting me”?"""
    if event.start or event.status not in _AHEAD:
        return False
    return all(_INVITED.search(report.passage) for report in event.reports)


def _is_wish(event: Merged) -> bool:
    """“The need to begin talks”, “agreed to continue discussing”: no contact that has a day."""
    if event.status not in _AHEAD or event.mode == "visit":
        return False
    if event.start:
        return event.precision == "year"
    if event.place and event.place_precision in ("point", "city"):
        return False
    if not any(p.kind == "person" for p in event.parties) and all(
        _NEXT & {*around(report, _CLOSE)[0]} and not _WILL_BE.search(report.passage)
        for report in event.reports
    ):
        return True  # “to prepare the next summit of the five”
    if event.medium is not None:
        return False
    for report in event.reports:
        before, _ = around(report, _NEAR)
        if not _ON & {*before, *report.trigger.casefold().split()}:
            return False
    return True


def _is_refused(event: Merged) -> bool:
    """“Refused to meet her”, “ruled out talks”: never to be held, as far as reports tell."""
    if event.status != "possible":
        return False
    return all(bool(_REFUSED & {*around(report, _CLOSE)[0]}) for report in event.reports)


def _is_unproposed(event: Merged) -> bool:
    """“Would love to visit Peru”, “urged her to meet them”: without a day, and proposed by no side.

    What is only conceivable is in the register where somebody proposes it or it is told to be open.
    """
    if event.status != "possible" or event.start:
        return False
    return not any(_PROPOSED.search(report.passage) for report in event.reports)


def _is_habit(event: Merged) -> bool:
    """“Where guests are usually met”: no contact in particular."""
    if event.start or event.status not in _REAL:
        return False
    if all(
        r.frame in _SPEAKING and r.trigger in _USUALLY and r.passage.rstrip('"”’')[-1:] == "."
        for r in event.reports
    ):
        return True  # “I talk to the king, the king talks to him”; headlines have no full stop
    if all(_LATELY.search(r.passage) and _is_plural(event) for r in event.reports):
        return True  # “in recent weeks we have spoken with most of the allies”
    return all(
        bool(_OFTEN & {word for words in around(report, _NEAR) for word in words})
        for report in event.reports
    )


def _is_plural(event: Merged) -> bool:
    """Are states or bodies as such the other side: nobody in particular?"""
    named = {side_of(p) for p in event.parties if p.kind == "person"}
    return len(named) < 2 and len({side_of(p) for p in event.parties}) > 2


def _is_figure(event: Merged) -> bool:
    """“Russia came to us”, “we are heading to the European Union”, “we arrived at the signing”.

    A state itself goes nowhere, those who visit are people of its; a union of states is no place,
    and what one arrives at is no contact where it is an act.
    """
    if event.main_report.frame == "frame:brief-someone" and "state" in _kinds(event.parties):
        return True  # “Peru will be briefed by …”: a point of an agenda
    if event.mode != "visit" or not event.actors or not event.recipients:
        return False
    if all(_COURTS & {*party.name.split()} for party in event.recipients):
        return True  # “to go to the International Court”: what is done with a quarrel
    if event.main_report.frame == "frame:host-guest" and _kinds(event.actors) == ["state"]:
        return True  # “Peru hosts bases of Chile”
    going = all(report.trigger.split()[:1] in _GOING for report in event.reports)
    unions = ("igo", "bloc")  # those that have no seat to go to, as the United Nations have
    abroad = any(p.kind not in unions or p.code == "UNO" for p in event.recipients)
    bodies = ("state", "igo", "bloc", "government")
    if going and (not abroad or all(party.kind in bodies for party in event.actors)):
        return True
    return going and all(_arrives_at_act(report) for report in event.reports)


def _kinds(parties: Sequence[Party]) -> list[str]:
    return [party.kind for party in parties]


def _arrives_at_act(report: Report) -> bool:
    _, after = around(report, 3)
    return after[:1] == ["at"] and any(word.endswith(("ing", "ion", "ment")) for word in after)


def _is_address(report: Report) -> bool:
    """“I want to speak to all the officers of that army”: words to many who are not there."""
    _, after = around(report, 4)
    if _NATION & {*after[:4]} and "to" in after[:2]:
        return True  # “he will speak to the nation tonight”
    speaks = report.trigger.casefold().split()[:1] in (["speak"], ["talk"], ["appeal"], ["address"])
    return speaks and "to" in after[:2] and bool(_EVERYONE & {*after})


def _is_appeal(report: Report) -> bool:
    """“Has not responded to these calls”: what is called for, by telephone with nobody."""
    if report.frame != "frame:call-noun" or report.trigger.casefold().split()[-1:] != ["calls"]:
        return False
    before, _ = around(report, _NEAR)
    return bool(_ANSWERED & {*before}) and all(p.kind != "person" for p in report.parties)


def _is_brokered(report: Report) -> bool:
    """“Peru brokered a truce”, “the talks brokered by Peru and Chile”: nobody's meeting.

    Who brings two others to a table is told to: “mediated talks between Chad and Mali”.
    """
    if report.frame != "frame:mediate":
        return False
    if _BROKERED_BY.search(report.passage):
        return True
    return not _MEDIATED & {*around(report, _NEAR)[1]}


def _is_open(report: Report) -> bool:
    """“The ministry did not say whom she would meet”: nobody is told."""
    return _WHOM.search(report.passage) is not None


def _is_topic(report: Report) -> bool:
    """“They spoke of inviting Chad to the summit”: what is talked of, and has not been done."""
    before, _ = around(report, 1)
    asked = report.trigger.casefold().split()[:1] in (["inviting"], ["hosting"], ["visiting"])
    return asked and report.status in _AHEAD and not report.start and before[-1:] in _OF


def _is_forum(report: Report) -> bool:
    """“At this conference there is support for us, he said”: no contact of those who say it."""
    if report.frame != "frame:conference":
        return False
    return _THERE_IS.search(report.passage) is not None


def _is_press(event: Merged) -> bool:
    """“The leaders will meet with journalists”: they stand together before the press."""
    return all(
        any(p.kind == "unnamed" and p.sectors[:1] == ("JRN",) for p in report.actors)
        and (report.trigger.split()[:1] in _MEETING or _PRESS & {*around(report, _CLOSE)[1]})
        for report in event.reports
    )
