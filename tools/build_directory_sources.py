"""Readers of the sources: each yields claims. SOURCES.md beside the data names the sources."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from build_directory_claims import Claim, proper_date
from build_directory_common import FROM, TERMS, body_of, is_territory, rows, then_called
from build_directory_countryinfo import leaders_text
from build_directory_factbook import split_factbook
from build_directory_titles import office_class

_INTERNATIONAL = (
    (r"UN (World )?Food|World Food", "wfp"),
    (r"International Court of Justice", "icj"),
    (r"World Trade Organization", "wto"),
    (r"OSCE", "osce"),
    (r"Council of Europe", "pace"),
    (r"Arab Parliament", "arab-league"),
    (r"General Assembly", "un-general-assembly"),
    (r"United Nations", "united-nations"),
)
# Correlates of War numbers where CountryInfo has none or another.
_COW = {
    2: "USA", 90: "GTM", 404: "GNB", 438: "GIN", 484: "COG", 490: "COD", 666: "ISR", 740: "JPN",
    775: "MMR", 835: "BRN",
    347: "KOS", 626: "SSD", 678: "YEM", 679: "YEM", 680: "YMD", 341: "MNE", 345: "SRB", 255: "DEU",
    260: "DEU", 265: "DDR", 315: "CSK", 316: "CZE", 365: "RUS", 817: "VDR", 860: "TLS", 816: "VNM",
    732: "KOR", 731: "PRK", 946: "KIR", 970: "NRU", 955: "TON", 947: "TUV", 983: "MHL", 986: "PLW",
    987: "FSM", 990: "WSM", 221: "MCO", 223: "LIE", 232: "AND", 331: "SMR", 403: "STP", 591: "SYC",
    713: "TWN", 344: "HRV", 346: "BIH", 343: "MKD", 349: "SVN", 317: "SVK", 210: "NLD",
}  # fmt: skip


def office_holders(folder: Path) -> Iterator[Claim]:
    """Offices and holders from Wikidata, by country, to mid-2022."""
    people = {r["wikidata_id"]: r for r in rows(folder / "office_holders_people.csv.gz")}
    commits = folder / "office_holders_since_2000_sources.csv"
    dates = {r["repository"].partition("/")[2]: r["last_commit_date"] for r in rows(commits)}
    for row in rows(folder / "office_holders_since_2000.csv.gz"):
        body = _jurisdiction(row["jurisdiction"], row["position"])
        if body is None:
            continue
        office = office_class(row["position"], body)
        if office is None or (row["end"] and row["end"] < FROM) or not row["start"]:
            continue
        if not proper_date(row["start"]) or _forgotten(office, row["start"], row["end"]):
            continue
        person = people.get(row["wikidata_id"], {})
        known = [d for r, d in dates.items() if r.startswith(row["jurisdiction"])]
        yield Claim(
            name=row["person"],
            body=body,
            office=office,
            title=row["position"],
            start=proper_date(row["start"]),
            end=proper_date(row["end"]) if row["end"] else "",
            open=not row["end"],
            seen=max(known, default="2022-07-31"),
            source="holders",
            rank=0,
            wikidata=row["wikidata_id"],
            gender=person.get("gender", ""),
            born=person.get("born", ""),
            died=person.get("died", ""),
        )


def _forgotten(office: str, start: str, end: str) -> bool:
    """An end that nobody wrote down: envoys leave after years, officials after decades."""
    if end or office in ("monarch", "pope"):
        return False
    return start < ("2015" if office in ("ambassador", "un-ambassador") else "1990")


def _jurisdiction(name: str, position: str) -> str | None:
    if name == "international":
        if position == "Permanent Representative to the United Nations":
            return None  # the source does not say of which state
        for pattern, body in _INTERNATIONAL:
            if re.search(pattern, position):
                return body
        return None
    return body_of(name)


def leaders_2021(folder: Path) -> Iterator[Claim]:
    """Heads of state and government in 2021, with years, from Wikidata and Wikipedia."""
    for file, name in (
        ("world_leaders_2021_wikidata.csv.gz", "officeholderLabel"),
        ("world_leaders_2021_wikipedia.csv.gz", "officeholderlabel"),
    ):
        for row in rows(folder / file):
            body = body_of(row["country"])
            title = row.get("positionLabel") or row.get("positionlabel") or ""
            if body is None or len(body) != 3 or not row["start_year"]:
                continue
            office = office_class(re.sub(r" of (the )?[A-Z].*", "", title), body)
            if office not in ("president", "prime-minister", "monarch") or not row[name]:
                continue
            yield Claim(
                name=row[name],
                body=body,
                office=office,
                title=title,
                start=row["start_year"],
                end=row["end_year"] or "",
                open=not row["end_year"],
                seen="2021-12-31",
                source="leaders-2021",
                rank=4,
                wikidata=row["officeholder"],
            )


def leaders_2026(folder: Path) -> Iterator[Claim]:
    """Heads of state and government of G20 and ASEAN states on 22 August 2026."""
    path = folder / "world_leaders_2026" / "snapshot_2026-08-22.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    for name, entry in data["countries"].items():
        body = body_of(name.replace("_", " "))
        for role, position in entry["positions"].items():
            holder = position.get("current_holder") or {}
            if body is None or not holder.get("name_en") or not holder.get("since"):
                continue
            title = position["title_en"]
            office = office_class(title, body) or role.replace("_", "-")
            if title == "Monarch":
                office = "monarch"
            if office == "monarch" and body in ("AUS", "CAN"):
                continue
            if len(body) != 3:
                office = "president" if "President" in title else "chair"
                if "European" in title:
                    body = "-".join(title.lower().split()[-2:])
            yield Claim(
                name=holder["name_en"],
                body=body,
                office=office,
                title=title,
                start=holder["since"],
                end="",
                open=True,
                seen="2026-08-22",
                source="leaders-2026",
                rank=1,
                wikidata=holder.get("wikidata_id") or "",
                born=holder.get("born") or "",
            )


@lru_cache(maxsize=1)
def _cow_table(folder: Path) -> dict[int, str]:
    found: dict[int, str] = {}
    number = 0
    for line in leaders_text(folder):
        text = re.sub(r"<.*?>", "", line).strip()
        if "<COW-Numeric>" in line and text.isdigit():
            number = int(text)
        elif "<ISO3166-alpha3>" in line and number and len(text) == 3:
            found.setdefault(number, text)
    return {**found, **_COW}


def archigos(folder: Path) -> Iterator[Claim]:
    """Effective leaders with days, to 2015."""
    table = _cow_table(folder)
    for row in rows(folder / "archigos.csv.gz"):
        body = table.get(int(row["ccode"]))
        if body is None or row["enddate"] < FROM:
            continue
        still = row["enddate"] == "2015-12-31"
        yield Claim(
            name=row["leader"],
            body=then_called(body, row["enddate"]),
            office="leader",
            title="Leader",
            start=row["startdate"],
            end="" if still else row["enddate"],
            open=still,
            seen="2015-12-31",
            source="archigos",
            rank=3,
            gender={"M": "male", "F": "female"}.get(row["gender"], ""),
            born=row["borndate"] if row["borndate"] not in ("", "NA") else row["yrborn"],
        )


def reign(folder: Path) -> Iterator[Claim]:
    """Effective leaders with months, to March 2021."""
    table = _cow_table(folder)
    for row in rows(folder / "reign_leaderlist_2021_3.csv.gz"):
        body = table.get(int(row["ccode"])) if row["ccode"].strip().isdigit() else None
        if body is None or not row["syear"].strip():
            continue
        start = proper_date(f"{row['syear']}-{row['smonth'] or 1}-{row['sdate'] or 0}")
        end = f"{int(row['eyear']):04d}-{int(row['emonth']):02d}" if row["eyear"].strip() else ""
        if end and end < FROM:
            continue
        yield Claim(
            name=row["leader"].strip(),
            body=then_called(body, end),
            office="leader",
            title="Leader",
            start=start,
            end=end,
            open=not end,
            seen="2021-03",
            source="reign",
            rank=4,
            gender={"1": "male", "0": "female"}.get(row["gender"].strip(), ""),
            born=row["birthyear"].strip(),
        )


def whogov(folder: Path) -> Iterator[Claim]:
    """Foreign, defence and finance ministers by year (as of July), to 2023."""
    columns = {
        "m_foreignaffairs": ("foreign-minister", "Foreign Minister"),
        "m_defense": ("defence-minister", "Defence Minister"),
        "m_finance": ("finance-minister", "Finance Minister"),
    }
    runs: dict[tuple[str, str], list[tuple[int, str]]] = {}
    codes = {"RVN": "VDR", "YPR": "YMD", "XKX": "KOS"}
    for row in rows(folder / "whogov_v3.1_leader_foreign_defence_finance_1963-2023.csv.gz"):
        year = int(row["year"])
        code = codes.get(row["country_isocode"], row["country_isocode"])
        if row["country_name"] == "Czechoslovakia":
            code = "CSK"
        for column in columns:
            if (
                row[column].strip().lower() not in ("", "na")
                and year >= int(FROM) - 1
                and code in TERMS.entities
            ):
                runs.setdefault((code, column), []).append((year, row[column].strip()))
    for (code, column), found in runs.items():
        found.sort()
        first = 0
        for at in range(1, len(found) + 1):
            if (
                at < len(found)
                and found[at][1] == found[first][1]
                and found[at][0] == found[at - 1][0] + 1
            ):
                continue
            office, title = columns[column]
            if found[at - 1][0] >= int(FROM):
                yield Claim(
                    name=found[first][1],
                    body=code,
                    office=office,
                    title=title,
                    start=f"{found[first][0]}-07",
                    end=f"{found[at - 1][0]}-07",
                    source="whogov",
                    rank=6,
                )
            first = at


def cia_2019(folder: Path) -> Iterator[Claim]:
    """Cabinets in June 2019; capitals mark the family name."""
    for row in rows(folder / "cia_world_leaders_2019-06.csv.gz"):
        body = body_of(row["country"])
        if body is None or len(body) != 3 or not row["name"] or is_territory(body):
            continue
        title = re.sub(r"\(Acting\)", "", row["title"]).strip()
        office = office_class(title, body)
        if office is None or office in ("minister", "official") or "Dep." in title:
            continue
        words = [w for w in re.sub(r"\(.*?\)", "", row["name"]).split() if w.strip(".").lower()
                 not in ("gen", "lt", "maj", "col", "brig", "dr", "ret", "adm")]  # fmt: skip
        _, name, family = split_factbook(" ".join(words))
        if not name:
            continue
        yield Claim(
            name=name,
            body=body,
            office=office,
            title=title,
            start="2019-06",
            end="2019-06",
            source="cia-2019",
            rank=7,
            family=family,
        )


_ENVOYS_FROM = "1990"  # their names are common, and those of old are seldom written about
_US_ROLES = re.compile(
    r"^(Secretary of State|Deputy Secretary of State|Under Secretary of State.*|Assistant "
    r"Secretary of State.*|Ambassador at Large|U\.S\. Trade Representative|"
    r"Ambassador Extraordinary.*|"
    r"representative-to-(un|nato|eu|iaea|osce|oas|au|asean)|Counselor)$"
)
_US_POSTS = {
    "representative-to-un": "Permanent Representative to the United Nations",
    "representative-to-nato": "Permanent Representative to NATO",
    "representative-to-eu": "Representative to the European Union",
    "representative-to-iaea": "Representative to the IAEA",
    "representative-to-osce": "Representative to the OSCE",
    "representative-to-oas": "Representative to the OAS",
    "representative-to-au": "Representative to the African Union",
    "representative-to-asean": "Representative to ASEAN",
}


def us_principals(folder: Path) -> Iterator[Claim]:
    """Officers of the US Department of State and chiefs of mission."""
    for row in rows(folder / "us_principals_and_chiefs_of_mission.csv.gz"):
        start = row["started"] or row["appointed"]
        if not _US_ROLES.match(row["role"]) or (row["ended"] or "9") < FROM or not start:
            continue
        if not row["ended"] and start < "2009":
            continue
        lesser = not re.match(r"(Deputy )?Secretary of State", row["role"])
        if lesser and (row["ended"] or "9") < _ENVOYS_FROM:
            continue
        title = _US_POSTS.get(row["role"], row["role"])
        if row["kind"] == "missions-countries":
            state = body_of(row["post"].replace("-", " "))
            if state is None:
                continue
            title = f"Ambassador to {TERMS.entities[state].name}"
        office = office_class(title, "USA") or "official"
        yield Claim(
            name=re.sub(r"\s*\(.*?\)", "", row["name"]),
            body="USA",
            office=office,
            title=title,
            start=proper_date(start),
            end=proper_date(row["ended"]) if row["ended"] else "",
            open=not row["ended"],
            seen="2025-03-01",
            source="us-state",
            rank=1,
        )
