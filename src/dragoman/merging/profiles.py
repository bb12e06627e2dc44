"""What of a report the comparisons look at, in the form in which they look at it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from dragoman.language.days import MONTHS, WEEKDAYS
from dragoman.merging.grain import Grain, grain_of, named_days, without_dateline
from dragoman.merging.records import Party, Report
from dragoman.merging.sources import publisher_key

# Types that readers of one event may well take for each other; each letter is a kind of deed.
_KINDS: Final[Mapping[str, str]] = {
    "CONSULT": "c",
    "AGREE": "w",
    "SUPPORT": "w",
    "CONCEDE": "wr",
    "RETREAT": "r",
    "COOPERATE": "a",
    "AID": "a",
    "REQUEST": "v",
    "ACCUSE": "v",
    "REJECT": "v",
    "THREATEN": "vf",
    "SANCTION": "s",
    "COERCE": "sf",
    "MOBILIZE": "f",
    "ASSAULT": "f",
    "PROTEST": "p",
}
# Acts of speech: what is said tells them apart, for they are done by the same to the same each day.
VERBAL: Final = frozenset({"ACCUSE", "REJECT", "THREATEN", "REQUEST", "AGREE", "SUPPORT"})
OF_FORCE: Final = frozenset({"ASSAULT", "COERCE"})
# A word that weighs so much is a name or a number.
_OF_NAMES: Final = 1.6
_BESIDE: Final = 7  # words each side of the trigger
_OBJECT: Final = 7  # words after it in which its object is told
_BREAKS: Final = frozenset(
    """after before when while as because since who which that where but following amid during
    despite although until if""".split()  # noqa: SIM905
)
_WORD: Final = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+(?:[-’'][^\W_]+)*")
_ENDINGS: Final = ("ingly", "edly", "ing", "ies", "ied", "ers", "er", "ed", "es", "ly", "s", "e")
# Verbs whose past is another word: “will meet” and “met” tell one deed.
_PAST: Final[Mapping[str, str]] = {
    "met": "meet",
    "held": "hold",
    "spoke": "speak",
    "fought": "fight",
    "shot": "shoot",
    "struck": "strike",
    "sent": "send",
    "began": "begin",
    "left": "leave",
    "fled": "flee",
    "withdrew": "withdraw",
    "withdrawn": "withdraw",
    "spoken": "speak",
    "begun": "begin",
}
_COMMON: Final = (
    frozenset(WEEKDAYS)
    | frozenset(MONTHS)
    | frozenset(
        """
    the and for with that this from have has had was were been are his her its their they them
    said say says told tell would will could should may might must can did does not but who whom
    which when where while after before over into than then there here also about against
    between among under other more most some any all both each one two three first last new
    former president minister prime foreign government official state country leader secretary
    general spokesman spokeswoman ministry mr mrs ms sir day week month year today yesterday
    tomorrow morning evening night ago late early during since until because however according
    report news agency statement she him
    you your our what how being very just only even still well such many much during per out off
    down back make made take took come came get got give gave go went
    """.split()  # noqa: SIM905
    )
)

# Codes that many bodies share; that of the United Nations and of the European Union is its own.
KINDS_OF_BODY: Final = frozenset({"IGO", "NGO", "ISM", "IMG", "MNC"})


@dataclass(frozen=True, slots=True)
class Profile:
    """A report made ready: days as ordinals, words as stems, who as sides."""

    report: Report
    kinds: str
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    mutual: bool
    sides: tuple[str, ...]
    first: int | None
    last: int | None
    exact: bool
    published: int | None
    named: frozenset[int]
    place: str | None
    words: Mapping[str, float]
    weight: float
    names: frozenset[str]
    near: Mapping[str, float]
    after: Mapping[str, float]
    trigger: frozenset[str]
    frame: str
    grain: Grain
    publisher: str

    @property
    def id(self) -> str:
        return self.report.id


def profile(report: Report) -> Profile:
    """What the comparisons need of a report."""
    mutual = report.type == "CONSULT" or not report.recipients
    named = _stems_of_names(report.parties)
    passage = without_dateline(report.passage)
    words = _beside(named, weighed(passage))
    first, last = _day(report.start), _day(report.end)
    published, grain = _day(report.published), grain_of(report)
    ahead = report.status in ("planned", "possible")
    return Profile(
        report=report,
        kinds=_KINDS[report.type],
        actors=_once(report.parties if mutual else report.actors),
        recipients=() if mutual else _once(report.recipients),
        mutual=mutual,
        sides=tuple(dict.fromkeys(side_of(p) for p in report.parties)),
        first=first,
        last=last if last is not None and first is not None and last >= first else first,
        exact=report.precision in ("minute", "hour", "part-of-day", "day"),
        published=published,
        named=named_days(grain.days, published, ahead=ahead) if published else frozenset(),
        place=report.place.casefold() if report.place else None,
        words=words,
        weight=sum(words.values()),
        names=frozenset(stem for stem, weight in words.items() if weight >= _OF_NAMES),
        near=_around(report, named),
        after=_after(report, named),
        trigger=frozenset(stem(w) for w in _WORD.findall(report.trigger) if len(w) > 2),
        frame=report.frame,
        grain=grain,
        publisher=publisher_key(report.source) or f"document {report.root}",
    )


def side_of(party: Party) -> str:
    """For whom a party stands: its state or organisation where it has one, else itself.

    The code of a kind of body (`IGO`) stands for none of them: NATO and the OSCE are two sides.
    """
    if party.code in KINDS_OF_BODY:
        return party.part_of or party.key
    return party.code or party.part_of or party.key


def days_of(profile: Profile) -> tuple[int, int] | None:
    """The days on which it can have been: its own, else around its publication."""
    if profile.first is not None and profile.last is not None:
        return profile.first, profile.last
    if profile.published is not None:
        return profile.published, profile.published
    return None


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """A word without its ending, in small letters: enough to see that two words are one."""
    low = word.casefold().replace("’", "'").removesuffix("'s")
    low = _PAST.get(low, low)
    for ending in _ENDINGS:
        if low.endswith(ending) and len(low) - len(ending) >= 4:
            return low[: -len(ending)]
    return low


@lru_cache(maxsize=4_096)
def weighed(passage: str) -> Mapping[str, float]:
    """The words that carry a sentence; names and numbers carry more, long words more than short."""
    found: dict[str, float] = {}
    for match in _WORD.finditer(passage):
        word = match.group()
        low = word.casefold()
        number = word[0].isdigit()
        if low in _COMMON or (len(word) < 3 and not number):
            continue
        name = number or (word[0].isupper() and match.start() > 0)
        weight = _OF_NAMES if name else 1.3 if len(word) > 7 else 1.0
        found[stem(word)] = weight
    return found


def _beside(named: frozenset[str], words: Mapping[str, float]) -> Mapping[str, float]:
    """The words without the names of who takes part."""
    if not named:
        return words
    begins = frozenset(name[:4] for name in named)
    return {stem: weight for stem, weight in words.items() if stem[:4] not in begins}


def _around(report: Report, named: frozenset[str]) -> Mapping[str, float]:
    """The words beside the trigger."""
    words = without_dateline(report.passage).split()
    last = report.trigger.rpartition(" ")[2]
    at = next((at for at, word in enumerate(words) if word.startswith(last)), 0) if last else 0
    near = [*words[max(0, at - _BESIDE) : at], *words[at + 1 : at + 1 + _BESIDE]]
    return _beside(named, weighed(" ".join(near)))


def _after(report: Report, named: frozenset[str]) -> Mapping[str, float]:
    """The words that follow the trigger, up to where its phrase seems to end."""
    words = without_dateline(report.passage).split()
    last = report.trigger.rpartition(" ")[2]
    at = next((at for at, word in enumerate(words) if word.startswith(last)), 0) if last else 0
    own: list[str] = []
    for word in words[at + 1 :]:
        if len(own) == _OBJECT or (own and word.casefold() in _BREAKS):
            break
        own.append(word)
        if word[-1:] in ',.;:)”"':
            break
    return _beside(named, weighed("_ " + " ".join(own)))


def _stems_of_names(parties: Iterable[Party]) -> frozenset[str]:
    """Who takes part is compared by itself: the names are no evidence once more."""
    return frozenset(
        stem(word) for party in parties for word in _WORD.findall(party.name) if len(word) > 3
    )


def _once(parties: Iterable[Party]) -> tuple[Party, ...]:
    known: dict[str, Party] = {}
    for party in parties:
        known.setdefault(party.key, party)
    return tuple(known.values())


def days_between(earlier: str, later: str) -> int:
    """Days from one ISO day to another; 0 where one is no date."""
    first, last = _ordinal(earlier), _ordinal(later)
    return 0 if first is None or last is None else last - first


def _day(text: str | None) -> int | None:
    """A day as its ordinal; None for what is no date, as clocks and sources give at times."""
    if not text:
        return None
    return _ordinal(text[:10])


@lru_cache(maxsize=16_384)
def _ordinal(day: str) -> int | None:
    try:
        return date.fromisoformat(day).toordinal()
    except ValueError:
        return None
