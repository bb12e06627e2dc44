"""What the readers of the sources share: reading tables, naming states, dropping what is wrong."""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from build_directory_claims import Claim

from dragoman.actors.names import name_key
from dragoman.actors.tables import parse_table
from dragoman.actors.terms import load_terms

TERMS = load_terms()

# Offices that some lists write into the name.
_TITLE = re.compile(
    r"^(?:(?:Foreign Minister|Foreign Affairs|(?:State )?Administration Council Chair|SAC Chair|"
    r"Sr\. Gen\.|Vice Sr\. Gen\.|Prime Minister|President|Acting President),? )+",
    re.IGNORECASE,
)
_ACTING = re.compile(r" \(Acting\)?$")
# Some lists have a council in the place of a leader.
_BODY = re.compile(r"\b(Government|Junta|Executive council|Revolutionary Council)$", re.IGNORECASE)
FROM = "1945"  # tenures that ended before are left out
_BODIES = {
    "congo-kinshasa": "COD",
    "czech": "CZE",
    "uae": "ARE",
    "us": "USA",
    "donetsk": "donetsk-peoples-republic",
    "luhansk": "luhansk-peoples-republic",
    "congo brazzaville": "COG",
    "laos or lao pdr": "LAO",
    "the dominican": "DOM",
    "burma": "MMR",
    "swaziland": "SWZ",
    "holy see vatican city": "VAT",
    "uk": "GBR",
    "usa": "USA",
    "european union": "european-union",
    "african union": "african-union",
    "macau": "MAC",
    "cote d ivoire": "CIV",
    "congo democratic republic of the": "COD",
    "congo republic of the": "COG",
    "korea north": "PRK",
    "korea south": "KOR",
    "micronesia federated states of": "FSM",
    "gambia the": "GMB",
    "bahamas the": "BHS",
}


def rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a (compressed) table."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


@cache
def body_of(name: str) -> str | None:
    """The id of the state or body that a source calls by this name."""
    plain = re.sub(r"[^\w]+", " ", name.lower()).strip()
    if plain in _BODIES:
        return _BODIES[plain]
    for form in (name, name.replace("-", " ").title(), name.replace("&", "and")):
        ids = TERMS.names.get(name_key(form)) or TERMS.names.get(name_key(f"the {form}"))
        if ids:
            return ids[0]
    return None


def then_called(body: str, end: str) -> str:
    """The state of which a leader of today's state was the head, by the end of the tenure."""
    if body == "RUS" and end and end < "1991-12-27":
        return "SUN"
    if body == "SRB" and end:
        return "YUG" if end < "2003-05" else "SCG" if end < "2006-06-06" else "SRB"
    return "CSK" if body == "CZE" and end and end < "1993-01-02" else body


def corrected(claims: Iterator[Claim]) -> Iterator[Claim]:
    """The claims of a source, without those that build_directory_corrections.tsv drops."""
    path = Path(__file__).with_name("build_directory_corrections.tsv")
    lines = path.read_text(encoding="utf-8").splitlines()
    drops = [tuple(line.split("\t")[:5]) for line in lines if line and line[0] != "#"][1:]
    for claim in claims:
        row = (claim.source, claim.body, claim.office, claim.name, claim.start)
        if not any(all(b in ("*", a) for a, b in zip(row, drop, strict=True)) for drop in drops):
            claim.name = _TITLE.sub("", claim.name) or claim.name
            claim.name = _ACTING.sub("", claim.name)
            if not _BODY.search(claim.name):
                yield claim


def is_territory(body: str) -> bool:
    entity = TERMS.entities[body]
    return entity.part_of is not None


def a_year_on(start: str) -> str:
    """The year after a start: so long at least, it is taken, did stay whose end is not told."""
    return str(int(start[:4]) + 1) if start else ""


def told_same() -> Iterator[tuple[str, str, str]]:
    """Pairs of names that are one person's: build_directory_same.tsv."""
    path = Path(__file__).with_name("build_directory_same.tsv")
    for row in parse_table(path.read_text(encoding="utf-8"), path.name):
        yield row["body"], row["name"], row["other"]
