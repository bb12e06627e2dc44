"""Actors of other projects, read into entries of a user's file.

Three forms are known, told apart by what a record holds: entities as Wikidata gives them (one JSON
object a line, with labels and claims), Popolo (one JSON object with persons and memberships, as
EveryPolitician publishes), and FollowTheMoney entities (one JSON object a line, with a schema and
properties, as OpenSanctions publishes). What is not understood is counted, never guessed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from dragoman.actors.directory_user import LONGEST_NAME, visible
from dragoman.actors.tables import read_table
from dragoman.actors.terms import slug
from dragoman.actors.titles import Titles
from dragoman.errors import DataError

_HUMAN = "Q5"
_GENDERS = {"Q6581097": "male", "Q6581072": "female", "male": "male", "female": "female"}
_FTM_KINDS = {
    "Person": "person",
    "Organization": "organisation",
    "Company": "organisation",
    "LegalEntity": "organisation",
    "PublicBody": "government",
}
_AFTER_TITLE = frozenset({"of", "for", "to", "in", "at", "and", "&", "-", "–"})
_DATE = re.compile(r"[+]?(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


@dataclass(slots=True)
class Entry:
    """One actor as it goes into a user's file."""

    name: str
    kind: str = "person"
    names: list[str] = field(default_factory=list)
    code: str = ""
    gender: str = ""
    born: str = ""
    died: str = ""
    wikidata: str = ""
    offices: list[dict[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a file: its entries, and how many of its records held none."""

    entries: tuple[Entry, ...]
    left_out: int
    form: str


def import_file(path: Path) -> Imported:
    """The entries of a file in one of the known forms."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise DataError(
            f"{path} cannot be read ({reason}). Give a file of JSON or JSON lines."
        ) from error
    records = list(_records(path, text))
    first = next((r for r in records if r), {})
    if "persons" in first or "memberships" in first:
        return _joined(map(_popolo, records), "Popolo")
    if "schema" in first and "properties" in first:
        return _joined((_listed(_follow_the_money(r)) for r in records), "FollowTheMoney")
    if "labels" in first or "claims" in first:
        return _joined((_listed(_wikidata(r)) for r in records), "Wikidata")
    raise DataError(
        f"{path} is in no form that is known. Known are Wikidata entities (labels, claims), Popolo "
        f"(persons, memberships) and FollowTheMoney entities (schema, properties)."
    )


def _records(path: Path, text: str) -> Iterator[dict[str, Any]]:
    """The JSON objects of a file: one for the whole file, or one a line."""
    try:
        whole = json.loads(text)
        yield from (r for r in (whole if isinstance(whole, list) else [whole]) if _is_record(r))
        return
    except (json.JSONDecodeError, RecursionError):
        pass
    for number, line in enumerate(text.splitlines(), start=1):
        line = line.strip().rstrip(",")
        if not line or line in "[]":
            continue
        try:
            record = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            raise DataError(
                f"{path}, line {number}: no JSON ({error}). A file holds one JSON object, or one "
                f"a line."
            ) from error
        if _is_record(record):
            yield record


def _is_record(value: object) -> bool:
    return isinstance(value, dict)


def _listed(entry: Entry | None) -> tuple[list[Entry], int]:
    return ([entry], 0) if entry is not None else ([], 1)


def _joined(parts: Iterable[tuple[list[Entry], int]], form: str) -> Imported:
    entries: list[Entry] = []
    left_out = 0
    for found, missed in parts:
        entries += found
        left_out += missed
    return Imported(tuple(entries), left_out, form)


# -- Wikidata -------------------------------------------------------------------------------


def _wikidata(record: Mapping[str, Any]) -> Entry | None:
    labels = record.get("labels")
    name = _label(labels)
    if not name:
        return None
    claims = record.get("claims")
    claims = claims if isinstance(claims, dict) else {}
    kinds = _items(claims, "P31")
    entry = Entry(name, "person" if _HUMAN in kinds or "P21" in claims else "organisation")
    entry.wikidata = str(record.get("id", ""))
    aliases = record.get("aliases")
    if isinstance(aliases, dict):
        english = aliases.get("en", [])
        entry.names = [n for n in (_label({"en": a}) for a in english if isinstance(a, dict)) if n]
    entry.gender = next((_GENDERS[i] for i in _items(claims, "P21") if i in _GENDERS), "")
    entry.born = next(iter(_times(claims.get("P569"))), "")
    entry.died = next(iter(_times(claims.get("P570"))), "")
    entry.offices = [o for o in map(_wikidata_office, _list(claims.get("P39"))) if o]
    return entry


def _wikidata_office(claim: Mapping[str, Any]) -> dict[str, str]:
    value = _value(claim.get("mainsnak"))
    title = _label(value.get("labels")) or str(value.get("label", ""))
    if not title:
        return {}
    qualifiers = claim.get("qualifiers")
    qualifiers = qualifiers if isinstance(qualifiers, dict) else {}
    start = next(iter(_times(qualifiers.get("P580"), bare=True)), "")
    end = next(iter(_times(qualifiers.get("P582"), bare=True)), "")
    return office_of(title, "", start, end)


def _label(labels: object) -> str:
    if not isinstance(labels, dict):
        return ""
    for language in ("en", "en-gb", "mul", *sorted(map(str, labels))):
        value = labels.get(language)
        value = value.get("value") if isinstance(value, dict) else value
        if isinstance(value, str) and visible(value):
            return visible(value)[:LONGEST_NAME]
    return ""


def _list(value: object) -> list[dict[str, Any]]:
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


def _value(snak: object) -> dict[str, Any]:
    data = snak.get("datavalue") if isinstance(snak, dict) else None
    value = data.get("value") if isinstance(data, dict) else None
    return value if isinstance(value, dict) else {}


def _items(claims: Mapping[str, Any], prop: str) -> list[str]:
    return [str(_value(c.get("mainsnak")).get("id", "")) for c in _list(claims.get(prop))]


def _times(claims: object, *, bare: bool = False) -> list[str]:
    values = [_value(c if bare else c.get("mainsnak")) for c in _list(claims)]
    return [d for d in (iso_date(str(v.get("time", ""))) for v in values) if d]


# -- Popolo ---------------------------------------------------------------------------------


def _popolo(record: Mapping[str, Any]) -> tuple[list[Entry], int]:
    entries: dict[str, Entry] = {}
    left_out = 0
    for person in _list(record.get("persons")):
        entry = _popolo_person(person)
        if entry is None:
            left_out += 1
        else:
            entries[str(person.get("id", len(entries)))] = entry
    bodies = {str(o.get("id")): o for o in _list(record.get("organizations"))}
    for membership in _list(record.get("memberships")):
        holder = entries.get(str(membership.get("person_id")))
        body = bodies.get(str(membership.get("organization_id")), {})
        title = str(membership.get("role") or membership.get("label") or "")
        if holder is None or not title:
            left_out += 1
            continue
        start = iso_date(str(membership.get("start_date") or ""))
        end = iso_date(str(membership.get("end_date") or ""))
        name = visible(str(body.get("name", "")))
        shown = f"{title} of the {name}" if name else title
        holder.offices.append({**office_of(title, "", start, end), "title": shown[:LONGEST_NAME]})
    return list(entries.values()), left_out


def _popolo_person(person: Mapping[str, Any]) -> Entry | None:
    name = visible(str(person.get("name") or ""))[:LONGEST_NAME]
    if not name:
        return None
    others = (visible(str(o.get("name", ""))) for o in _list(person.get("other_names")))
    ids = {str(i.get("scheme")): str(i.get("identifier")) for i in _list(person.get("identifiers"))}
    return Entry(
        name,
        names=[o for o in others if o and len(o) <= LONGEST_NAME],
        gender=_GENDERS.get(str(person.get("gender")), ""),
        born=iso_date(str(person.get("birth_date") or "")),
        died=iso_date(str(person.get("death_date") or "")),
        wikidata=ids.get("wikidata", ""),
    )


# -- FollowTheMoney -------------------------------------------------------------------------


def _follow_the_money(record: Mapping[str, Any]) -> Entry | None:
    kind = _FTM_KINDS.get(str(record.get("schema")))
    properties = record.get("properties")
    if kind is None or not isinstance(properties, dict):
        return None
    values = {k: [str(x) for x in v] for k, v in properties.items() if isinstance(v, list)}
    caption = visible(str(record.get("caption") or ""))
    names = [visible(n)[:LONGEST_NAME] for n in (*values.get("name", ()), *values.get("alias", ()))]
    names = [n for n in dict.fromkeys((caption[:LONGEST_NAME], *names)) if n]
    if not names:
        return None
    countries = (*values.get("citizenship", ()), *values.get("nationality", ()))
    countries = (*countries, *values.get("country", ()), *values.get("jurisdiction", ()))
    codes = (alpha3(c) for c in countries)
    code = next((c for c in codes if c), "")
    offices = [
        office_of(visible(p)[:LONGEST_NAME], code, "", "") for p in values.get("position", ())
    ]
    return Entry(
        names[0],
        kind,
        names=names[1:],
        code=code,
        gender=next((_GENDERS[g] for g in values.get("gender", ()) if g in _GENDERS), ""),
        born=iso_date(next(iter(values.get("birthDate", ())), "")),
        died=iso_date(next(iter(values.get("deathDate", ())), "")),
        wikidata=next(iter(values.get("wikidataId", ())), ""),
        offices=offices if kind == "person" else [],
    )


# -- what the forms share -------------------------------------------------------------------


def iso_date(text: str) -> str:
    """The date as far as it is known: +1952-10-07T00:00:00Z 1952-10-07, 1952-00-00 1952."""
    match = _DATE.match(text)
    if match is None:
        return ""
    year, month, day = match.groups()
    if month is None or not 1 <= int(month) <= 12:
        return str(year)
    return f"{year}-{month}-{day}" if day and 1 <= int(day) <= 31 else f"{year}-{month}"


@lru_cache(maxsize=1)
def _titles() -> Titles:
    return Titles.load()


def office_of(title: str, code: str, start: str, end: str) -> dict[str, str]:
    """An office by its title: “Minister of Foreign Affairs of Chad” is a foreign-minister."""
    words = title.lower().split()
    found = None
    for size in range(len(words), 0, -1):
        if size < len(words) and words[size] not in _AFTER_TITLE and words[size - 1][-1] != ",":
            continue
        found = _titles().office(" ".join(words[:size]), code or None)
        if found is not None:
            break
    office = {"office": found or "official", "title": title, "body": code}
    return {k: v for k, v in {**office, "start": start, "end": end}.items() if v}


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    return {row["alpha2"].lower(): row["alpha3"] for row in read_table("iso_codes.tsv")}


def alpha3(country: str) -> str:
    """The alpha-3 code of a country's alpha-2 or alpha-3 code; empty where it is none."""
    code = country.strip().lower()
    if len(code) == 2:
        return _countries().get(code, "")
    return code.upper() if code.upper() in _countries().values() else ""


def to_toml(imported: Imported, source: str) -> str:
    """The entries as a user's file; entries of one name are given ids of their own."""
    lines = [f"# {len(imported.entries)} actors from {source} ({imported.form}).", ""]
    used: set[str] = set()
    taken: set[str] = set()
    for entry in imported.entries:
        lines += _entry_lines(entry, _free_id(entry, used), taken)
    return "\n".join(lines)


def _free_id(entry: Entry, used: set[str]) -> str:
    base = slug(entry.name)[:90] or entry.wikidata.lower() or "actor"
    id, number = base, 2
    while id in used:
        id = f"{base}-{number}"
        number += 1
    used.add(id)
    return id


def _entry_lines(entry: Entry, id: str, taken: set[str]) -> list[str]:
    """An entry as TOML. A name that an earlier entry has is left to that one."""
    key = entry.name.casefold()
    name = entry.name if key not in taken else f"{entry.name} ({entry.born[:4] or id})"
    names = [n for n in dict.fromkeys(entry.names) if n.casefold() not in taken | {key}]
    taken.update(n.casefold() for n in (name, *names))
    lines = ["[[actor]]", f"id = {_quoted(id)}", f"name = {_quoted(name)}"]
    if names:
        lines.append(f"names = [{', '.join(map(_quoted, names))}]")
    lines.append(f"kind = {_quoted(entry.kind)}")
    for what in ("code", "gender", "born", "died", "wikidata"):
        value = getattr(entry, what)
        if value:
            lines.append(f"{what} = {_quoted(value)}")
    for office in entry.offices:
        lines.append("[[actor.office]]")
        lines += [f"{k} = {_quoted(v)}" for k, v in office.items()]
    return [*lines, ""]


def _quoted(text: str) -> str:
    return json.dumps(visible(text), ensure_ascii=False)
