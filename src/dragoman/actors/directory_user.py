"""The user's own actors: files in TOML or CSV, checked, and put before the shipped directory.

All that is wrong with a file is told at once, each fault with its line and what to do. Signs that
cannot be seen (control characters, marks of writing direction) are taken out of names; they would
only keep a name from being found.
"""

from __future__ import annotations

import csv
import difflib
import hashlib
import io
import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast, get_args

from dragoman.actors.directory_checks import check_links, check_terms
from dragoman.actors.entities import Entity, Gender, Match, Office
from dragoman.actors.names import name_key
from dragoman.actors.spread import first_piece, index_first, spread
from dragoman.actors.terms import slug
from dragoman.errors import DataError
from dragoman.records import Kind
from dragoman.settings import user_config

LONGEST_NAME = 200
LARGEST_FILE = 50_000_000
SECTORS = frozenset(
    [
        "COP",
        "GOV",
        "JUD",
        "LEG",
        "MIL",
        "PRM",
        "PTY",
        "REB",
        "SPY",
        "UAF",
        "UNK",
        "AGR",
        "BUS",
        "CRM",
        "CVL",
        "EDU",
        "ELI",
        "JRN",
        "LAB",
        "MED",
        "REF",
        "OPP",
        "PRE",
        "REL",
        "SOC",
    ]
)
OTHER_CODES = frozenset({"IGO", "UNO", "EUR", "NGO", "IMG", "MNC", "ISM"})
KINDS = tuple(kind for kind in get_args(Kind) if kind != "unnamed")
_LISTS = ("names", "family", "sectors", "members")
_FIELDS = ("id", "name", "kind", "code", "part_of", "wikidata", "gender", "born", "died", *_LISTS)
_OFFICE_FIELDS = ("office", "title", "body", "start", "end")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,99}")


@dataclass(slots=True)
class _Raw:
    """One entry as the file has it, with the line it begins on."""

    line: int
    values: dict[str, Any]
    offices: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True)
class OwnActors:
    """The user's entries and the terms they go by. Empty where the user has none."""

    entities: dict[str, Entity] = field(default_factory=dict)
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    families: dict[str, tuple[str, ...]] = field(default_factory=dict)
    first: dict[str, int] = field(default_factory=dict)
    digest: str = ""

    def match(self, keys: Sequence[str], at: int) -> Match | None:
        """The longest of the user's names that begins at a token."""
        longest = self.first.get(first_piece(keys[at]), 0) if self.first else 0
        best: Match | None = None
        if longest:
            for end, key in spread(keys, at, longest):
                ids = self.names.get(key)
                if ids is not None:
                    best = Match(end - at, ids, "name")
        return best


@dataclass(frozen=True, slots=True)
class Known:
    """What the shipped directory tells the check: which ids and which office classes there are."""

    entity: Callable[[str], Entity | None]
    offices: frozenset[str]
    states: tuple[str, ...]


def user_files() -> tuple[Path, ...]:
    """The files that `dragoman actors add` has kept for this user."""
    folder = user_folder()
    if not folder.is_dir():
        return ()
    return tuple(sorted(p for p in folder.iterdir() if p.suffix in (".toml", ".csv")))


def user_folder() -> Path:
    """Where the user's own actors are kept: beside the file of settings."""
    return user_config().parent / "actors"


def load_own(paths: Iterable[Path], known: Known) -> OwnActors:
    """The entries of the user's files; DataError tells all that is wrong with them."""
    own = OwnActors()
    faults: list[str] = []
    digest = hashlib.sha256()
    where: dict[str, str] = {}
    terms: dict[str, tuple[str, str]] = {}
    read: set[bytes] = set()
    for path in paths:
        data = _read(path)
        if data in read:  # a file that is kept by `actors add` and named as well
            continue
        read.add(data)
        digest.update(data)
        for raw in _parse(path, data):
            checker = _Checker(path, raw, known, faults)
            entity = checker.entity()
            if entity is not None:
                _enter(own, entity, f"{path}, line {raw.line}", where, terms, faults)
    if not faults:
        check_links(own.entities, known.entity, where, faults)
        check_terms(own.entities, where, faults)
    if faults:
        raise DataError("\n".join(faults))
    own.first = index_first(tuple(own.names))
    own.digest = digest.hexdigest()[:8]
    return own


def _enter(
    own: OwnActors,
    entity: Entity,
    place: str,
    where: dict[str, str],
    terms: dict[str, tuple[str, str]],
    faults: list[str],
) -> None:
    if entity.id in where:
        faults.append(
            f"{place}: the id {entity.id!r} is also that of {where[entity.id]}. "
            f"Join the two entries, or give one another id."
        )
        return
    where[entity.id] = place
    own.entities[entity.id] = entity
    for name in entity.names:
        key = name_key(name)
        other = terms.get(key)
        if other is not None and other[0] != entity.id:
            faults.append(
                f"{place}: the name {_short(name)!r} is also a name of {other[0]!r} "
                f"({other[1]}). A term can stand for one entry only: remove it from one of them."
            )
            continue
        terms[key] = (entity.id, place)
        own.names[key] = (entity.id,)
    for name in entity.family:
        key = name_key(name)
        own.families[key] = (*own.families.get(key, ()), entity.id)


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise DataError(
                f"{path} is larger than {LARGEST_FILE // 1_000_000} MB. A file of actors holds one "
                f"entry an actor; split it, or leave out what is not needed."
            )
        return path.read_bytes()
    except OSError as error:
        raise DataError(
            f"The file of actors {path} cannot be read ({error.strerror}). "
            f"Check the name and the right to read it."
        ) from error


def _parse(path: Path, data: bytes) -> list[_Raw]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise DataError(f"{path}, line {line}: the file is not UTF-8. Save it as UTF-8.") from error
    if path.suffix.lower() == ".csv":
        return _parse_csv(path, text)
    return _parse_toml(path, text)


def _parse_toml(path: Path, text: str) -> list[_Raw]:
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise DataError(
            f"{path} is no TOML: {error}. See docs/directory.md for the form."
        ) from error
    lines = [
        n for n, line in enumerate(text.splitlines(), 1) if re.match(r"\s*\[\[actor\]\]", line)
    ]
    entries = data.get("actor")
    if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        raise DataError(
            f"{path}: no entries found. Each begins with a line [[actor]]; see docs/directory.md."
        )
    extra = [key for key in data if key != "actor"]
    if extra:
        raise DataError(
            f"{path}: unknown table {extra[0]!r}. The file holds [[actor]] tables only."
        )
    found = []
    for number, entry in enumerate(entries):
        offices = entry.pop("office", [])
        line = lines[number] if number < len(lines) else 1
        if not isinstance(offices, list) or not all(isinstance(o, dict) for o in offices):
            raise DataError(f"{path}, line {line}: offices are written as [[actor.office]] tables.")
        found.append(_Raw(line, entry, offices))
    return found


def _parse_csv(path: Path, text: str) -> list[_Raw]:
    reader = csv.DictReader(io.StringIO(text, newline=""))
    fields = [f.strip() for f in reader.fieldnames or ()]
    unknown = [f for f in fields if f not in (*_FIELDS, *_OFFICE_FIELDS)]
    if "name" not in fields or unknown:
        fault = f"unknown column {unknown[0]!r}" if unknown else "no column 'name'"
        raise DataError(
            f"{path}, line 1: {fault}. Columns are: {', '.join((*_FIELDS, *_OFFICE_FIELDS))}; "
            f"several values in a cell are parted by |."
        )
    reader.fieldnames = fields
    found: dict[str, _Raw] = {}
    try:
        for row in reader:
            _csv_row(found, row, reader.line_num)
    except csv.Error as error:
        raise DataError(f"{path}, line {reader.line_num}: {error}. Quote the cell.") from error
    return list(found.values())


def _csv_row(found: dict[str, _Raw], row: Mapping[str, str | None], line: int) -> None:
    cells = {k: (v or "").strip() for k, v in row.items() if isinstance(v, str) and k is not None}
    office = {k: cells[k] for k in _OFFICE_FIELDS if cells.get(k)}
    values: dict[str, Any] = {k: cells[k] for k in _FIELDS if cells.get(k)}
    for name in _LISTS:
        if name in values:
            values[name] = [part.strip() for part in values[name].split("|") if part.strip()]
    # Rows of one id and name are one person in several offices.
    key = values.get("id", "") + "\0" + values.get("name", "")
    same = found.get(key)
    if same is not None and office and {**same.values, **values} == same.values:
        same.offices.append(office)
        return
    found[key if same is None else f"{key}\0{line}"] = _Raw(
        line, values, [office] if office else []
    )


class _Checker:
    """Checks one entry and makes the entity of it; what is wrong goes to the list of faults."""

    def __init__(self, path: Path, raw: _Raw, known: Known, faults: list[str]) -> None:
        self.place = f"{path}, line {raw.line}"
        self.raw = raw
        self.known = known
        self.faults = faults

    def fault(self, message: str) -> None:
        self.faults.append(f"{self.place}: {message}")

    def entity(self) -> Entity | None:
        before = len(self.faults)
        values = self.raw.values
        for name in values:
            if name not in _FIELDS:
                self.fault(f"unknown field {name!r}{_near(name, _FIELDS)}.")
        name = self._name(self._text("name"))
        if not name:
            self.fault('no name. Every entry needs one: name = "…".')
            return None
        names = [self._name(n) for n in self._list("names")]
        code = self._code()
        kind = self._choice("kind", KINDS, "person" if self.raw.offices else "organisation")
        id = self._text("id") or slug(name)
        if not _ID.fullmatch(id):
            self.fault(
                f"the id {_short(id)!r} is not made of letters, digits and hyphens. Give one."
            )
        offices = tuple(self._office(o, code) for o in self.raw.offices)
        family = tuple(self._name(n) for n in self._list("family"))
        if not family and kind == "person":
            family = (name.split()[-1],)
        entity = Entity(
            id=id,
            name=name,
            kind=cast(Kind, kind),
            code=code,
            sectors=self._sectors(),
            names=tuple(dict.fromkeys(n for n in (name, *names) if n)),
            family=family,
            wikidata=self._wikidata(),
            part_of=self._text("part_of") or None,
            members=tuple(self._list("members")),
            gender=cast("Gender | None", self._choice("gender", ("male", "female"), "") or None),
            born=self._date("born", values.get("born")),
            died=self._date("died", values.get("died")),
            offices=offices,
            source=self.place.rpartition(", ")[0],
        )
        return entity if len(self.faults) == before else None

    def _text(self, name: str) -> str:
        value = self.raw.values.get(name, "")
        if not isinstance(value, str):
            self.fault(f"{name} is {_short(str(value))}, but must be a text in quotation marks.")
            return ""
        return value.strip()

    def _list(self, name: str) -> list[str]:
        value = self.raw.values.get(name, [])
        if isinstance(value, str):
            value = [value]
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            self.fault(f'{name} must be a list of texts: {name} = ["…", "…"].')
            return []
        return [v.strip() for v in value if v.strip()]

    def _name(self, name: str) -> str:
        plain = visible(name)
        if len(plain) > LONGEST_NAME:
            self.fault(
                f"the name {_short(plain)!r} has {len(plain)} characters; at most {LONGEST_NAME} "
                f"are taken. Shorten it."
            )
            return ""
        if plain and not name_key(plain):
            self.fault(f"the name {_short(plain)!r} has no letter or digit. Write it out.")
        return plain

    def _code(self) -> str | None:
        code = self._text("code")
        if not code or code in OTHER_CODES:
            return code or None
        entity = self.known.entity(code)
        if entity is None or entity.kind != "state" or entity.code != code:
            valid = (*self.known.states, *sorted(OTHER_CODES))
            self.fault(
                f"unknown code {_short(code)!r}{_near(code.upper(), valid)}. A code is the ISO "
                f"3166-1 alpha-3 code of a state, or one of {', '.join(sorted(OTHER_CODES))}."
            )
            return None
        return code

    def _sectors(self) -> tuple[str, ...]:
        found = self._list("sectors")
        for sector in found:
            if sector not in SECTORS:
                self.fault(
                    f"unknown sector {_short(sector)!r}{_near(sector.upper(), sorted(SECTORS))}. "
                    f"Sectors are: {', '.join(sorted(SECTORS))}."
                )
        return tuple(found)

    def _choice(self, name: str, choices: Sequence[str], default: str) -> str:
        value = self._text(name) or default
        if value and value not in choices:
            self.fault(f"{name} is {_short(value)!r}, but must be one of {', '.join(choices)}.")
        return value

    def _wikidata(self) -> str | None:
        value = self._text("wikidata")
        if value and not re.fullmatch(r"Q[1-9]\d{0,14}", value):
            self.fault(f"wikidata is {_short(value)!r}, but must be an id such as Q142.")
        return value or None

    def _date(self, name: str, value: Any) -> str | None:
        if value is None or value == "":
            return None
        text = value if isinstance(value, str) else str(value)  # TOML has dates of its own
        if not _DATE.fullmatch(text):
            self.fault(
                f"{name} is {_short(text)!r}, but must be a date such as 2014-05-26 or 2014."
            )
            return None
        return text

    def _office(self, values: Mapping[str, Any], code: str | None) -> Office:
        for name in values:
            if name not in _OFFICE_FIELDS:
                self.fault(f"unknown field {name!r} of an office{_near(name, _OFFICE_FIELDS)}.")
        office = str(values.get("office", "official"))
        if office not in self.known.offices:
            self.fault(
                f"unknown office {_short(office)!r}{_near(office, sorted(self.known.offices))}. "
                f"docs/directory.md lists the classes of office."
            )
        start = self._date("start", values.get("start"))
        end = self._date("end", values.get("end"))
        if start and end and end < start[: len(end)]:
            self.fault(f"the office ends ({end}) before it begins ({start}). Exchange the dates.")
        body = str(values.get("body") or code or "")
        entity = self.known.entity(body) if body else None
        return Office(
            title=visible(str(values.get("title") or office.replace("-", " "))),
            office=office,
            code=entity.code if entity is not None else code,
            body=body,
            sector=next(iter(self._list("sectors")), "GOV"),
            start=start,
            end=end,
            source=self.place.rpartition(", ")[0],
            holder=self._text("id") or slug(self._text("name")),
        )


def visible(name: str) -> str:
    """The name without signs that cannot be seen, its blanks made one."""
    kept = (c if unicodedata.category(c)[0] != "C" else " " if c in "\t\n\r" else "" for c in name)
    return " ".join("".join(kept).split())


def _near(word: str, choices: Sequence[str]) -> str:
    close = difflib.get_close_matches(word, choices, n=1)
    return f" (did you mean {close[0]!r}?)" if close else ""


def _short(text: str) -> str:
    text = visible(text)
    return text if len(text) <= 40 else f"{text[:40]}…"
