"""Readers of the sources: each yields claims. The files are named in docs/directory.md."""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from build_directory_claims import Claim, proper_date
from build_directory_titles import office_class

from dragoman.actors.names import name_key
from dragoman.actors.terms import load_terms

_TERMS = load_terms()

FROM = "1990"  # tenures that ended before are left out
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
_MONTHS = {
    m: i
    for i, m in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
        1,
    )
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
        ids = _TERMS.names.get(name_key(form)) or _TERMS.names.get(name_key(f"the {form}"))
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
            yield claim


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


_SINCE = re.compile(
    r"(?P<text>[^();]*?)\s*\((?:(?:both|all) )?(?:since|from)? ?(?:reelected )?"
    r"(?P<day>\d{1,2} )?(?P<month>[A-Z][a-z]+ )?(?P<year>(?:19|20)\d\d)[ ,)]"
)
_TITLE_WORDS = frozenset(
    [
        "president",
        "presidents",
        "prime",
        "minister",
        "ministers",
        "king",
        "queen",
        "emperor",
        "sultan",
        "amir",
        "emir",
        "pope",
        "chancellor",
        "premier",
        "chairman",
        "chairperson",
        "chair",
        "interim",
        "acting",
        "caretaker",
        "transitional",
        "transition",
        "transitory",
        "of",
        "the",
        "and",
        "federal",
        "general",
        "gen.",
        "col.",
        "lt.",
        "lieutenant-general",
        "lt",
        "maj.",
        "grand",
        "duke",
        "sheikh",
        "prince",
        "crown",
        "co-vice",
        "first",
        "second",
        "third",
        "vice",
        "deputy",
        "republic",
        "state",
        "council",
        "government",
        "head",
        "chief",
        "executive",
        "supreme",
        "leader",
        "governor",
        "taoiseach",
        "captain",
        "captains",
        "regent",
        "marshal",
        "field",
        "sovereign",
        "provisional",
        "statutory",
        "administrator",
        "sheik",
        "dr.",
        "sir",
        "dame",
        "military",
        "junta",
        "leader",
        "ayatollah",
        "islamic",
        "national",
        "collegiate",
        "presidential",
        "co-prince",
        "archbishop",
        "bishop",
        "monarch",
        "commander-in-chief",
        "armed",
        "forces",
        "affairs",
        "commission",
        "united",
        "arab",
        "emirates",
        "kyrgyz",
        "french",
        "democratic",
        "people's",
        "swiss",
        "confederation",
        "dato",
        "haji",
        "adm.",
        "rear",
        "admiral",
        "colonel",
        "major",
        "heir",
        "apparent",
        "for",
        "life",
        "represented",
        "by",
        "general,",
        "son",
        "is",
        "his",
        "her",
        "also",
        "in",
        "(ret.)",
        "lt.gen.",
        "gen",
        "designate",
        "minister-designate",
        "vice-president",
    ]
)


def factbook(folder: Path) -> Iterator[Claim]:
    """Chiefs of state, heads of government, deputies as the World Factbook had them, 2020-2026."""
    for row in rows(folder / "factbook_leaders_2020-11_to_2026-02.csv.gz"):
        if row["role"] not in ("chief of state", "head of government"):
            continue
        body = body_of(row["country"].partition(" (some")[0])
        if body is not None and len(body) == 3:
            yield from _factbook_row(row, body)


def _is_territory(body: str) -> bool:
    entity = _TERMS.entities[body]
    return entity.part_of is not None


def _factbook_row(row: dict[str, str], body: str) -> Iterator[Claim]:
    text = re.split(r"; note|\+\+|note -|; \(", row["text"].replace("’", "'"))[0]
    stale = row["last_seen"] == "2020-11-23"
    for number, match in enumerate(_SINCE.finditer(text)):
        phrase = re.split(r"\) and |, and |;|\band (?=[A-Z][a-z]+ [A-Z])", match["text"])[-1]
        title, name, family = split_factbook(phrase.strip(" ,)"))
        if not name or len(name) < 3:
            continue
        office = _factbook_office(title, row["role"], number, match["text"], body)
        if office is None:
            continue
        month = _MONTHS.get((match["month"] or "").strip().lower())
        start = match["year"] + (f"-{month:02d}" if month else "")
        if month and match["day"]:
            start = proper_date(f"{start}-{int(match['day']):02d}")
        yield Claim(
            name=name,
            body=body,
            office=office,
            title=title or row["role"].capitalize(),
            start=start,
            end="",
            open=not stale,
            seen=start if stale else row["last_seen"].replace("2026-05-17", "2026-02-04"),
            source="factbook",
            rank=2,
            family=family,
        )


def split_factbook(phrase: str) -> tuple[str, str, tuple[str, ...]]:
    """Title, name and family name of “Prime Minister Gabriel ATTAL”: capitals mark the family."""
    phrase = re.sub(
        r"\bof the (Islamic |Kyrgyz |Swiss )?(Republic|Confederation)( of \w+)?", "", phrase
    )
    words = phrase.split()
    at = 0
    while at < len(words) and words[at].strip(",").lower() in _TITLE_WORDS:
        at += 1
    title = " ".join(words[:at]).strip(" ,")
    name_words = [w for w in words[at:] if w not in ("of", "Norway", "Denmark")]
    if not name_words or any(w.islower() and len(w) > 4 for w in name_words):
        return title, "", ()
    family = tuple(
        tidy_word(w) for w in name_words if re.fullmatch(r"(?:Mc|Mac|De|Di|O')?[^a-z]{2,}", w)
        and not re.fullmatch(r"[IVX]+|[A-Z]\.?", w)
    )  # fmt: skip
    if not any(re.search(r"[A-Z]{2}", w) for w in name_words):
        return title, "", ()
    return title, " ".join(tidy_word(w) for w in name_words).strip(" ,"), family


def tidy_word(word: str) -> str:
    """A word in capitals written as names are: AL-SISI al-Sisi, McCAWLEY McCawley."""
    if re.fullmatch(r"[IVX]+", word) or not re.search(r"[A-Z]{2}", word):
        return word
    lower = re.match(r"(Mc|Mac|O'|De|Di|Le|La)(?=[A-Z])", word)
    if lower:
        return lower[0] + word[lower.end() :].capitalize()
    return re.sub(r"\w+", lambda m: m[0].capitalize(), word)


def _factbook_office(title: str, role: str, number: int, before: str, body: str) -> str | None:
    low = title.lower()
    if "represented by" in before.lower():
        return "governor-general" if "governor" in low or "governor" in before.lower() else None
    if "heir" in low or "crown prince" in low:
        return "crown-prince"
    if "vice" in low and "president" in low and "prime" not in low:
        return "vice-president"
    if "deputy" in low or "vice" in low:
        return "deputy-prime-minister"
    if number:
        return None
    if role == "chief of state":
        if re.search(r"king|queen|emperor|sultan|amir|emir|grand duke|prince", low):
            shared = body not in ("GBR",) and re.search(r"CHARLES III|ELIZABETH", before)
            return None if shared or _is_territory(body) else "monarch"
        if "pope" in low:
            return "pope"
        if "supreme leader" in low and body == "IRN":
            return "supreme-leader"
        if _is_territory(body) and re.search(r"MACRON|TRUMP|BIDEN|XI |HERZOG", before):
            return None
        return "president" if "president" in low or not low else "head-of-state"
    if re.search(r"president|king|sultan|amir", low) and "prime" not in low:
        return None  # the head of state governs: the other role has him
    return "prime-minister"


def leaders_text(folder: Path) -> Iterator[str]:
    """The lines of CountryInfo."""
    with gzip.open(folder / "CountryInfo.120116.txt.gz", "rt", encoding="utf-8") as stream:
        yield from stream


_CI_PERSON = re.compile(r"^\s*(?P<names>[^\[#]+?)\s*(?P<tenures>\[.*)$")
_CI_TENURE = re.compile(
    r"\[(?:(?P<code>[A-Z]+) )?(?P<low><|>)?(?P<a>\d{8})(?: ?- ?(?P<b>\d{8}))?\]"
)


def countryinfo(folder: Path) -> Iterator[Claim]:
    """Leaders with days to about 2009 and governments with months from 2003 to 2011."""
    body: str | None = None
    section = ""
    part = ""
    for line in leaders_text(folder):
        text = line.strip()
        if text.startswith("<Country>"):
            body = None
        elif text.startswith("<CountryCode>") and body is None and "revert" not in text:
            body = _countryinfo_body(re.sub(r"<.*?>|#.*", "", text).strip())
        elif text in ("<Leaders>", "<Government>"):
            part, section = text, ""
        elif text in ("</Leaders>", "</Government>"):
            part = ""
        elif part == "<Leaders>" and text.startswith("<"):
            section = "" if text.startswith("</") else _section(text)
        elif body is not None and part and not text.startswith("<"):
            yield from _countryinfo_line(text, body, section if part == "<Leaders>" else "")


def _countryinfo_body(code: str) -> str | None:
    code = {"KSV": "KOS", "TMP": "TLS"}.get(code, code)
    return code if len(code) == 3 and code in _TERMS.entities else None


def _section(text: str) -> str:
    if "conflicting" in text:
        return ""
    plain = text.strip("<>").partition("#")[0].replace("_", " ").lower()
    if re.search(r"^co-?prime|coequal|^first prime|^prime min|^presidents of the council of min|"
                 r"^presidents of the executive yuan|chancellor|^premier|^heads? of government|"
                 r"chairm[ae]n of the council of ministers|^ministers of state|^cabinet chief|"
                 r"government leader|chiefs? of government|president of the provisional|"
                 r"secretaries of the general people's com|federal executive council|"
                 r"secretaries of state|^executive vice", plain):  # fmt: skip
        return "prime-minister" if "executive vice" not in plain else ""
    if re.search(r"governors?-general$|^governor general", plain):
        return "governor-general"
    if re.search(r"^(kings?|emirs?|sultans?|emperors?|sovereign princes?|grand dukes?|"
                 r"princes/|rulers|kings/)", plain) and "paramount" not in plain:  # fmt: skip
        return "monarch"
    if re.search(
        r"^presidents?|^heads? of state|^interim president|chairm[ae]n of the (state|high|"
        r"presid|revolution|council of state|military|supreme|national|provis|people)|"
        r"^head of|^chairm|leader of the revolution|collective presidency|paramount",
        plain,
    ):
        skip = re.search(r"council of the (executive|people)|league of comm|national assembly|"
                         r"communist|central committee|rada|khural|"
                         r"executive council", plain)  # fmt: skip
        return "" if skip else "president"
    return ""


def _countryinfo_line(text: str, body: str, section: str) -> Iterator[Claim]:
    pieces = re.split(r"(?<=\])\s+(?=[A-Z{][A-Z{_'.-]{3})", text)
    if len(pieces) > 1 and "#" not in pieces[0]:
        for piece in pieces:  # two people on one line
            yield from _countryinfo_line(piece, body, section)
        return
    if body == "MUS" and section:
        body = "MRT"  # the source has Mauritania's leaders in the block of Mauritius
    match = _CI_PERSON.match(text)
    if match is None:
        return
    names = list(re.findall(r"\{(.*?)\}", match["names"])) or [match["names"]]
    names = [countryinfo_name(n) for n in names]
    title = text.rpartition("#")[2].strip() if "#" in text else ""
    titles = [t.strip() for t in re.split(r" & (?=[A-Z])", title)] if title else []
    birth = re.search(r"\[B:(\d{4})", text)
    death = re.search(r"\[D:(\d{4})", text)
    offices: list[tuple[str, str]] = [(section, _SECTION_TITLE.get(section, ""))] if section else []
    if not section:
        offices = _government_offices(titles, body)
        # Of several titles and several tenures the line does not say which go together.
        if len(titles) > 1 and len(_CI_TENURE.findall(match["tenures"])) > 1:
            offices = [o for o in offices if o[0] == "defence-minister"]
    for tenure in _CI_TENURE.finditer(match["tenures"]):
        a, b, sign = _ci_date(tenure["a"]), _ci_date(tenure["b"]), tenure["low"]
        start, end = ("", a) if sign == "<" else (a, b or "")
        if start > "2012" or (end and end < FROM):
            continue
        for office, words in offices:
            if not section and not _fits(office, tenure["code"] or "", len(offices)):
                continue
            yield Claim(
                name=names[0],
                variants=tuple(names[1:]),
                body=body if body == "SRB" else then_called(body, end),
                office=office,
                title=words,
                start=start if section else start[:7],
                end=end if section else end[:7],
                open=sign == ">",
                seen=max(start, "2006-12") if section else "2011-02",
                source="countryinfo",
                rank=2 if section else 5,
                born=birth[1] if birth and section else "",
                died=death[1] if death and section else "",
            )


_SECTION_TITLE = {
    "president": "President",
    "prime-minister": "Prime Minister",
    "monarch": "Monarch",
    "governor-general": "Governor-General",
}
_KEPT_MINISTRIES = frozenset(
    [
        "foreign-minister",
        "defence-minister",
        "interior-minister",
        "finance-minister",
        "justice-minister",
    ]
)


def _government_offices(titles: list[str], body: str) -> list[tuple[str, str]]:
    found = [(office_class(t, body), t) for t in titles]
    return [(o, t) for o, t in found if o in _KEPT_MINISTRIES]


def _fits(office: str, code: str, count: int) -> bool:
    """Whether a tenure's actor code goes with the office, where the line lists several of each."""
    if office == "defence-minister":
        return code.endswith("MIL")
    return code.endswith("GOV") or (count == 1 and not code.endswith("MIL"))


def _ci_date(text: str | None) -> str | None:
    return proper_date(f"{text[:4]}-{text[4:6]}-{text[6:]}") if text else None


def countryinfo_name(text: str) -> str:
    """NICOLAS_SARKOZY_ as a name is written."""
    words = [w for w in text.strip().strip("_").split("_") if w]
    out = []
    for number, word in enumerate(words):
        low = word.lower()
        if number and low in (
            "de",
            "da",
            "do",
            "dos",
            "von",
            "van",
            "der",
            "bin",
            "ibn",
            "y",
            "al",
            "of",
        ):
            out.append(low)
        elif re.fullmatch(r"[IVX]+", word) and number:
            out.append(word)
        else:
            out.append(re.sub(r"\w+", lambda m: m[0].capitalize(), word).replace("'S", "'s"))
    return " ".join(out)


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
    """Foreign, defence and finance ministers by year (as of July), 1990-2023."""
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
                and year >= 1989
                and code in _TERMS.entities
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
        if body is None or len(body) != 3 or not row["name"] or _is_territory(body):
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


_US_ROLES = re.compile(
    r"^(Secretary of State|Deputy Secretary of State|Under Secretary of State.*|Assistant "
    r"Secretary of State.*|Ambassador at Large|U\.S\. Trade Representative|Ambassador Extraordinary.*|"
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
        title = _US_POSTS.get(row["role"], row["role"])
        if row["kind"] == "missions-countries":
            state = body_of(row["post"].replace("-", " "))
            if state is None:
                continue
            title = f"Ambassador to {_TERMS.entities[state].name}"
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
