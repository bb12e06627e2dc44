"""How values are written where a person reads them: days, moments, numbers, kinds."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from dragoman.case.tallies import QUADS
from dragoman.show.words import event_word

MONTHS: Final = (
    *("Jan", "Feb", "Mar", "Apr", "May", "June"),
    *("July", "Aug", "Sept", "Oct", "Nov", "Dec"),
)
WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
QUAD_CLASS: Final = {
    "verbal cooperation": "vc",
    "material cooperation": "mc",
    "verbal conflict": "vk",
    "material conflict": "mk",
}
STATUS_HELP: Final = {
    "happened": "told as a fact",
    "ongoing": "under way",
    "planned": "arranged or announced",
    "possible": "feared, wished for or conditional",
    "cancelled": "called off",
    "denied": "denied by all who speak of it",
}


def day(iso: str | None, *, weekday: bool = False) -> str:
    """“7 Feb 2022” of an ISO date; the text itself where it is none."""
    if not iso:
        return "no day told"
    try:
        found = date.fromisoformat(iso[:10])
    except ValueError:
        return iso
    words = f"{found.day} {MONTHS[found.month - 1]} {found.year}"
    return f"{WEEKDAYS[found.weekday()]} {words}" if weekday else words


def days(start: str | None, end: str | None) -> str:
    """A day or a stretch of days, without what would be said twice."""
    if not start or not end or start[:10] == end[:10]:
        return day(start)
    try:
        first, last = date.fromisoformat(start[:10]), date.fromisoformat(end[:10])
    except ValueError:
        return f"{start} – {end}"
    if first.year != last.year:
        return f"{day(start)} – {day(end)}"
    if first.month != last.month:
        return f"{first.day} {MONTHS[first.month - 1]} – {day(end)}"
    return f"{first.day}–{day(end)}"


def moment(stamp: str | None) -> str:
    """“7 Feb 2022, 14:05 UTC” of a stamp of the case."""
    if not stamp:
        return ""
    try:
        found = datetime.fromisoformat(stamp)
    except ValueError:
        return stamp
    return f"{day(stamp)}, {found:%H:%M} UTC"


def number(value: Any) -> str:
    """Thousands apart; no more digits than matter."""
    if isinstance(value, bool) or value is None:
        return "–"
    if isinstance(value, int):
        return f"{value:,}".replace(",", "\u202f")
    return f"{value:+.1f}".replace("-", "\u2212")


def what(event: Any) -> str:
    """The noun for an event's row."""
    word = event_word(event.type, event.mode, getattr(event, "medium", None))
    return word[:1].upper() + word[1:]


def quad(type: str) -> str:
    """The class of style that an event's type takes its colour from."""
    return QUAD_CLASS.get(QUADS.get(type, ""), "vc")


def names(joined: str, most: int = 4) -> str:
    """“Greece, Turkey and 3 more” of names as the case joins them."""
    found = [part for part in joined.split("; ") if part]
    shown = found[:most]
    if len(found) > most:
        return f"{', '.join(shown)} and {len(found) - most} more"
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else "".join(shown)


def plural(count: int, one: str, many: str | None = None) -> str:
    """“1 event”, “2 events”."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def word(type: str) -> str:
    """The noun for a type of event."""
    found = event_word(type)
    return found[:1].upper() + found[1:]


def kinds() -> list[tuple[str, list[str]]]:
    """The types of events by what they are: for a choice."""
    groups: dict[str, list[str]] = {}
    for type, corner in QUADS.items():
        groups.setdefault(corner, []).append(type)
    return list(groups.items())


def mark_of(place: str, kind: str = "event") -> str:
    """The address in the reader of what a report or statement is known by: `12:e3`."""
    document, _, name = place.partition(":")
    return f"/documents/{document}?mark={kind}-{name}#{kind}-{name}"


def told(outcome: str) -> str:
    """What came of a contact, as the register has it (`AGREE (happened): …`), in words."""
    head, colon, passage = outcome.partition("): ")
    type_, _, status = head.partition(" (")
    if not colon or type_ not in QUADS:
        return outcome
    said = word(type_) if status == "happened" else f"{word(type_)}, {status}"
    return f"{said}: {passage}"
