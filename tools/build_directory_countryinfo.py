"""CountryInfo: leaders with days to about 2009, governments with months from 2003 to 2011."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

from build_directory_claims import Claim, proper_date
from build_directory_common import FROM, TERMS, a_year_on, then_called
from build_directory_titles import office_class

_CI_PERSON = re.compile(r"^\s*(?P<names>[^\[#]+?)\s*(?P<tenures>\[.*)$")
_CI_TENURE = re.compile(
    r"\[(?:(?P<code>[A-Z]+) )?(?P<low><|>)?(?P<a>\d{8})(?: ?- ?(?P<b>\d{8}))?\]"
)


def leaders_text(folder: Path) -> Iterator[str]:
    """The lines of CountryInfo."""
    with gzip.open(folder / "CountryInfo.120116.txt.gz", "rt", encoding="utf-8") as stream:
        yield from stream


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
    return code if len(code) == 3 and code in TERMS.entities else None


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
        start, end = ("", a) if sign == "<" else (a, b)
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
                seen=a_year_on(start) if section else "2011-02",
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


def _ci_date(text: str | None) -> str:
    return proper_date(f"{text[:4]}-{text[4:6]}-{text[6:]}") if text else ""


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
