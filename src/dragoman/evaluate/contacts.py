"""The register of contacts against what the titles and dates of press releases say.

A title such as “Telephone conversation with President of France Emmanuel Macron” names a contact;
the release's body is read without its title, and the register made of it must have the contact:
who takes part, by what medium, on what day.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from dragoman.merging.contacts import ContactRow
from dragoman.records import Record

_PHONE: Final = r"(?:tele)?phone (?:conversations?|talks?|calls?)"
_SPOKE: Final = re.compile(
    rf"^(?:{_PHONE} with (?P<a>.+)|"
    rf"(?P<who1>.{{3,60}}?) (?:had|held|has) (?:a |another )?(?:{_PHONE}) with (?P<b>.+)|"
    rf"(?P<who2>.{{3,60}}?) (?:spoke|talked) (?:on|over|by) the phone (?:with|to) (?P<c>.+))$",
    re.IGNORECASE,
)
_MET: Final = re.compile(
    r"^(?:Meeting with (?P<a>.+)|"
    r"(?P<who1>.{3,60}?) (?:met|meets) with (?P<b>.+)|"
    r"(?P<who2>.{3,60}?) held a meeting with (?P<c>.+))$"
)
_WILL: Final = re.compile(
    r"^On (?P<day>[A-Z][a-z]+ \d{1,2}),? Vladimir Putin will (?:hold (?:talks|a meeting)|meet) "
    r"with (?P<a>.+)$"
)
_STOP: Final = re.compile(r"\b(?:in|at|on|in the format|following|during|via|by) [A-Z“\"].*$|, .*$")
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
# Countries and bodies as the titles spell them, and what stands for no foreign side.
HOME: Final[Mapping[str, str]] = {"en.kremlin.ru": "RUS", "president.gov.ua": "UKR"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TitledContact(Record):
    """What a title says: medium, day, code and last name of the other side where it gives them."""

    medium: str
    day: str
    planned: bool
    code: str | None
    name: str | None


def titled(document: Mapping[str, Any], codes: Mapping[str, str]) -> TitledContact | None:
    """The contact that a release's title tells; None where it tells none with a foreign side.

    `codes` are alpha-3 codes by names of countries in small letters.
    """
    title, day = str(document["title"]).strip(), str(document["date"])[:10]
    planned, medium, found = False, "phone", _SPOKE.match(title)
    if not found:
        medium, found = "in-person", _MET.match(title)
    if not found:
        planned, found = True, _WILL.match(title)
        day = _day_of(found.group("day"), day) if found else day
    if not found:
        return None
    groups = found.groupdict()
    other = next(g for name, g in groups.items() if name in ("a", "b", "c") and g)
    other = _STOP.sub("", other).strip()
    name = _last_name(other, codes)
    # A first name may be an adjective (“German”): the name is no place to look for a state.
    code = _code(" ".join(other.split()[:-2]) if name else other, codes)
    if (
        code is None
        or not re.fullmatch("[A-Z]{3}", code)
        or code == HOME.get(str(document["source"]))
    ):
        return None
    return TitledContact(medium=medium, day=day, planned=planned, code=code, name=name)


def _code(other: str, codes: Mapping[str, str]) -> str | None:
    low = other.casefold()
    hits = [
        (len(name), code)
        for name, code in codes.items()
        if re.search(rf"\b{re.escape(name)}(?:n|ian|'s|’s)?\b", low)
    ]
    return max(hits)[1] if hits else None


def _last_name(other: str, codes: Mapping[str, str]) -> str | None:
    """The last word of the title where it is a name and no country's."""
    words: list[str] = re.findall(r"[A-Z][\w’'-]+", other)
    if not words:
        return None
    last = words[-1]
    rest = other[other.rfind(last) + len(last) :].strip()
    office = last in ("President", "Minister", "Commission", "Council", "Affairs", "Republic")
    if rest or office or any(last.casefold() in name.split() for name in codes):
        return None
    return last


def _day_of(words: str, published: str) -> str:
    """“February 7” in the year in which it lies nearest to the day of publication."""
    month, number = words.split()
    here = date.fromisoformat(published)
    days = [
        date(year, _MONTHS.index(month) + 1, int(number))
        for year in (here.year - 1, here.year, here.year + 1)
    ]
    return min(days, key=lambda d: abs(d - here)).isoformat()


def found_in(contact: TitledContact, rows: Sequence[ContactRow], home: str) -> ContactRow | None:
    """The row of the register that is this contact: participants, medium and day all right."""
    for row in rows:
        if not _takes_part(row, contact, home):
            continue
        if not _medium(row, contact):
            continue
        if row.day and _near(row.day, contact.day):
            return row
    return None


def _takes_part(row: ContactRow, contact: TitledContact, home: str) -> bool:
    if home not in row.states:
        return False
    if contact.name and _fold(contact.name) in _fold(row.who):
        return True
    # The directory may spell the name otherwise: then a person of that state must be there.
    return f"({contact.code})" in row.who or (contact.name is None and contact.code in row.states)


def _fold(text: str) -> str:
    """Small letters without accents."""
    plain = unicodedata.normalize("NFKD", text.replace("ı", "i").replace("ł", "l"))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def told_in_body(contact: TitledContact, text: str) -> bool:
    """Does the body, read without its title, name the other side, and a day that is to come?"""
    if contact.name and _fold(contact.name) not in _fold(text):
        return False
    return not contact.planned or str(int(contact.day[8:])) in re.findall(r"\d+", text)


def _medium(row: ContactRow, contact: TitledContact) -> bool:
    if contact.medium == "phone":
        return row.medium == "phone"
    # “Meeting with” is said of video meetings as well; a planned one may leave its medium open.
    return row.medium in ("in-person", "video") or (contact.planned and row.medium is None)


def _near(one: str, other: str) -> bool:
    """The same day; a release after midnight tells of the evening before."""
    first, second = date.fromisoformat(one), date.fromisoformat(other)
    return first == second or second - first == timedelta(days=1)


def country_codes(directory_names: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Codes by name in small letters, without names of fewer than four letters but US and UK."""
    found = {
        name.casefold(): code
        for name, code in directory_names
        if len(name) > 3 or name in ("US", "UK", "EU")
    }
    # As the releases spell them.
    found |= {
        "european council": "EUR",
        "european commission": "EUR",
        "european union": "EUR",
        "european parliament": "EUR",
        "bundestag": "DEU",
        "un secretary-general": "UNO",
        "nato secretary general": "IGO",
        "secretary general of the council of europe": "IGO",
    }
    return found
