"""The World Factbook's chiefs of state and heads of government, 2020 to 2026."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from build_directory_claims import Claim, proper_date
from build_directory_common import a_year_on, body_of, is_territory, rows
from build_directory_names import words

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
_SINCE = re.compile(
    r"(?P<text>[^();]*?)\s*\((?:(?:both|all) )?(?:since|from)? ?(?:reelected )?"
    r"(?P<day>\d{1,2} )?(?P<month>[A-Z][a-z]+ )?(?P<year>(?:19|20)\d\d)[ ,)]"
)
_TITLE_WORDS = words(
    "president presidents prime minister ministers king queen emperor sultan amir emir pope "
    "chancellor premier chairman chairperson chair interim acting caretaker transitional "
    "transition transitory of the and federal general gen. col. lt. lieutenant-general lt "
    "maj. grand duke sheikh prince crown co-vice first second third vice deputy republic "
    "state council government head chief executive supreme leader governor taoiseach captain "
    "captains regent marshal field sovereign provisional statutory administrator sheik dr. "
    "sir dame military junta leader ayatollah islamic national collegiate presidential "
    "co-prince archbishop bishop monarch commander-in-chief armed forces affairs commission "
    "united arab emirates kyrgyz french democratic people's swiss confederation dato haji "
    "adm. rear admiral colonel major heir apparent for life represented by general, son is "
    "his her also in (ret.) lt.gen. gen designate minister-designate vice-president"
)


def factbook(folder: Path) -> Iterator[Claim]:
    """Chiefs of state, heads of government, deputies as the World Factbook had them, 2020-2026."""
    for row in rows(folder / "factbook_leaders_2020-11_to_2026-02.csv.gz"):
        if row["role"] not in ("chief of state", "head of government"):
            continue
        body = body_of(row["country"].partition(" (some")[0])
        # A territory's chief of state is its sovereign's.
        if body is None or (is_territory(body) and row["role"] == "chief of state"):
            continue
        if len(body) == 3:
            yield from _factbook_row(row, body)


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
            open=True,
            seen=a_year_on(start) if stale else min(row["last_seen"], "2026-02-04"),
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
            return None if shared or is_territory(body) else "monarch"
        if "pope" in low:
            return "pope"
        if "supreme leader" in low and body == "IRN":
            return "supreme-leader"
        if is_territory(body) and re.search(r"MACRON|TRUMP|BIDEN|XI |HERZOG", before):
            return None
        return "president" if "president" in low or not low else "head-of-state"
    if re.search(r"president|king|sultan|amir", low) and "prime" not in low:
        return None  # the head of state governs: the other role has him
    return "prime-minister"
