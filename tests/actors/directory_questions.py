"""Questions of the kind (office, state, day) with the right name, from lists of official visits.

The lists are the ones of the US Department of State: visits of foreign leaders to the United
States, and travels of presidents and secretaries of state with remarks on whom they met. Neither
went into the directory.

How questions are drawn. From the visits since 1990 every row is a question whose visitor begins
with a title of TITLES; office = the title, state = the country of origin, day = the first day. From
the travels since 1990 every row is one whose remarks say “met with” (a summit, talks, discussed
with) and then, in the same sentence, a title of TITLES followed by a name; the first such is taken,
state = the one whose adjective or name stands right before the title, the country visited where
nothing does, day = the first day. Rows without that, with another capitalised word before the title
(Vice, former, an organisation), or from a country that the directory does not know by that name,
are no questions and are counted. The questions are put in the order of the SHA-256 of their list
and id; the first 150 of each list are the test, the others are for developing. Mistakes of the
lists (a president of the visited state under another's name) are not taken out.
"""

from __future__ import annotations

import csv
import difflib
import gzip
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dragoman.actors.directory import Directory
from dragoman.actors.names import fold

TITLES = {
    "President": "president",
    "Prime Minister": "prime-minister",
    "Premier": "prime-minister",
    "Taoiseach": "prime-minister",
    "Chancellor": "prime-minister",
    "King": "monarch",
    "Queen": "monarch",
    "Emperor": "monarch",
    "Amir": "monarch",
    "Emir": "monarch",
    "Sultan": "monarch",
    "Pope": "pope",
    "Foreign Minister": "foreign-minister",
    "Foreign Secretary": "foreign-minister",
    "Minister of Foreign Affairs": "foreign-minister",
    "Defense Minister": "defence-minister",
    "Minister of Defense": "defence-minister",
    "Finance Minister": "finance-minister",
}
_ALTERNATIVES = "|".join(sorted(TITLES, key=len, reverse=True))
_NAME = r"(?:[A-Z]\.|[A-Z][\w’'-]*|al-\w[\w-]*|bin|ibn|al|de|da|van|der|von|el|ben)"
_TITLED = re.compile(rf"\b({_ALTERNATIVES})\s+({_NAME}(?:\s+{_NAME})*)")
_MET = re.compile(r"(?:[Mm]et|[Ss]ummit|[Tt]alks|[Mm]eetings?|[Dd]iscuss\w*[^.]*) with ([^.]*)")
_BEFORE = re.compile(r"((?:[A-Z][\w’'.-]*\s+)*(?:former\s+)?)$")
_STATES = {
    "Congo, Republic of": "COG",
    "Congo, Democratic Republic of": "COD",
    "Democratic Republic of the Congo (Zaire)": "COD",
    "China, People’s Republic of": "CHN",
    "Germany, Federal Republic of": "DEU",
    "Korea": "KOR",
    "Korea, South": "KOR",
    "Macedonia, Former Yugoslav Republic of": "MKD",
    "Afghanistan (Interim Authority)": "AFG",
    "Somali Republic": "SOM",
    "Yemen Arab Republic": "YEM",
    "Palestinian Authority": "PSE",
    "West Bank": "PSE",
    "Gaza": "PSE",
    "Bosnian Federation": "BIH",
    "Korea, Republic of": "KOR",
}


@dataclass(frozen=True)
class Question:
    """Who held the office in the state on the day? `name` is the answer's."""

    source: str
    id: str
    office: str
    state: str
    day: str
    name: str

    @property
    def order(self) -> str:
        return hashlib.sha256(f"{self.source}/{self.id}".encode()).hexdigest()


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def _state(directory: Directory, name: str) -> str | None:
    if name in _STATES:
        return _STATES[name]
    for entity in directory.lookup(name.replace("’", "'")):
        if entity.kind == "state":
            return entity.id
    return None


def draw(directory: Directory, folder: Path) -> tuple[list[Question], int]:
    """All questions of both lists, in their drawn order, and the number of rows left out."""
    found: list[Question] = []
    left_out = 0
    for row in _rows(folder / "us_visits.csv.gz"):
        if row["start_date"] < "1990":
            continue
        match = re.match(rf"({_ALTERNATIVES})\s+(\S.*)", row["visitor"])
        state = _state(directory, row["from"])
        if match is None or state is None:
            left_out += 1
            continue
        office = TITLES[match[1]]
        found.append(Question("visits", row["id"], office, state, row["start_date"], match[2]))
    for row in _rows(folder / "us_travels.csv.gz"):
        if row["start_date"] < "1990":
            continue
        question = _travel(directory, row)
        if question is None:
            left_out += 1
        else:
            found.append(question)
    return sorted(found, key=lambda q: (q.source, q.order)), left_out


def _travel(directory: Directory, row: dict[str, str]) -> Question | None:
    for met in _MET.finditer(re.sub(r"(?<=\b[A-Z])\. ", " ", row["remarks"])):
        match = _TITLED.search(met[1])
        if match is None:
            continue
        before = _BEFORE.search(met[1][: match.start()])
        words = before[1].strip() if before is not None else ""
        state = _state(directory, words or row["country"])
        if words and state is None:
            entry = directory.demonym(words)
            state = entry.state if entry is not None else None
        if state is None:
            return None
        office = TITLES[match[1]]
        return Question("travels", row["id"], office, state, row["start_date"], match[2])
    return None


def _words(name: str) -> list[str]:
    return [w for w in re.split(r"[^\w]+", fold(name).replace("'", "")) if len(w) > 1]


def _alike(one: str, two: str) -> bool:
    return one == two or difflib.SequenceMatcher(None, one, two).ratio() >= 0.8


def agrees(directory: Directory, id: str, name: str) -> bool:
    """Whether a person goes by the name: its last word, or two of its words, are among theirs."""
    entity = directory.entity(id)
    known = {w for n in (entity.name, *entity.names, *entity.family) for w in _words(n)}
    asked = _words(name.partition(" of ")[0])
    shared = [w for w in asked if any(_alike(w, k) for k in known)]
    return len(shared) >= 2 or (bool(asked) and asked[-1] in shared)


def answer(directory: Directory, question: Question) -> tuple[bool, bool, tuple[str, ...]]:
    """Whether the first holder is right, whether any is, and who was found."""
    held = directory.holders(question.office, question.state, question.day)
    ids = tuple(h.id for h in held)
    right = [agrees(directory, id, question.name) for id in ids]
    return bool(right and right[0]), any(right), ids
