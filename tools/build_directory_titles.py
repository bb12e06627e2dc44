"""From the words of a position to the class of office, as titles.tsv names them."""

from __future__ import annotations

import re

from dragoman.actors.names import name_key
from dragoman.actors.titles import Titles

_TITLES = Titles.load()
_DEPUTY = re.compile(
    r"\b(deputy|vice|assistant|associate|junior|parliamentary|under.?secretary|delegate|shadow|"
    r"state secretary|spouse|adviser|advisor|aide|assisting|assist|military cabinet|minister of "
    r"state|alternate|second|third|to the minister|counsel|ambassador|representative|envoy)\b|"
    r"\bsecretary of state (in|at|within)\b|minister-delegate|vice-|under-"
)
_SKIP = re.compile(
    r"province of|region(al)?\b|municipal|mayor-president|\bmayor\b|"
    r"assembly of (amazonas|bahia|rio)|legislative assembly|supreme court justice|"
    r"court of audit|academy|university|chess|"
    r"sami parliament|metropolitan area|chancellor of justice|poet|bank of|lord lieutenant|"
    r"oblast|prefect|caixa|spouse of|olympic"
)
_PRESIDENT = re.compile(
    r"^((acting|interim|transitional|provisional|transition|federal|state|co-?) ?)*president"
    r"( of (the )?(republic|state|swiss confederation|confederation|transition|federation|russia|"
    r"ukraine|iran|islamic republic.*|republic of.*|federal republic.*|united states.*|council of "
    r"state|state council|state affairs|presidency|collective presidency|reunified.*)|"
    r",? ?(&|and)? (prime minister|head of state|commander.*|chief of state|minister .*))?$"
)
_PREMIER = re.compile(
    r"^((acting|interim|caretaker|transitional|provisional|federal|co-?|transition) ?)*"
    r"(prime minister|premier|chancellor|taoiseach.*|minister of state \(prime minister\)|"
    r"president of (the )?(government|govt\.?|executive yuan.*|council of ministers)|"
    r"chair(man|person)? of (the )?council of ministers|head of government)"
    r"( of (the )?(republic|state council|cabinet|government)|,? (&|and) .*|, .*)?$"
)
_FOREIGN = re.compile(
    r"\b(foreign|external|exterior)\b.*\b(affairs|relations|minister|secretary|&|and)\b|"
    r"federal department of foreign|foreign & caricom|\bforeign and european\b"
)
_RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("foreign-minister", _FOREIGN),
    ("defence-minister", re.compile(r"\bdefen[cs]e\b|armed forces|\bwar\b")),
    (
        "interior-minister",
        re.compile(
            r"\binterior\b|internal affairs|home affairs|home department|public security|"
            r"homeland security"
        ),
    ),
    ("finance-minister", re.compile(r"\bfinances?\b|\btreasur|exchequer")),
    ("justice-minister", re.compile(r"\bjustice\b")),
    ("energy-minister", re.compile(r"\benergy\b|\boil\b|petroleum")),
    ("economy-minister", re.compile(r"\beconom(y|ic|ics)\b")),
    ("trade-minister", re.compile(r"\b(foreign )?trade\b|\bcommerce\b")),
    ("health-minister", re.compile(r"\bhealth\b")),
    ("information-minister", re.compile(r"\binformation\b|communications?\b")),
)
_HEADS = re.compile(
    r"^(acting |interim |first |senior |federal |union |cabinet |caretaker )*("
    r"minister|secretary of state|secretary for|secretary of|state minister|"
    r"chief of the federal department|treasurer|"
    r"foreign secretary|home secretary|high representative|foreign minister|defen[cs]e minister|"
    r"defen[cs]e secretary|federal minister|attorney general|attorney-general|minister-in-charge|"
    r"national minister|chair(man)? of state committee|king & |prime minister)"
)
_NOT_DEFENCE = re.compile(
    r"civil defen|home front|production|industr|materiel|procurement|science|equipment|veterans' "
    r"affairs$|defen[cs]e fund"
)


def clean(title: str) -> str:
    """The title in small letters, abbreviations written out."""
    text = re.sub(r"\s+", " ", title.lower().replace("’", "'")).strip()
    text = text.replace("min.", "minister").replace("intl.", "international")
    text = (
        text.replace("govt.", "government").replace("dep.", "deputy").replace("pres.", "president")
    )
    return re.sub(r"^(h\.e\.|his majesty|her majesty) ", "", text)


def office_class(title: str, code: str) -> str | None:
    """The class of an office, or None where the office is of no interest to the directory."""
    text = clean(title)
    if _SKIP.search(text) and "representative" not in text:
        return None
    if _PRESIDENT.match(text):
        return "president"
    if _PREMIER.match(text):
        return "finance-minister" if "exchequer" in text else "prime-minister"
    if re.match(
        r"^(king|queen|emperor|amir|emir|sultan|grand duke|prince)\b(?!.*(deputy|son))", text
    ):
        return "monarch"
    if re.match(r"^(premier|president) of ", text) and not re.search(
        r"senate|assembly|parliament|council|chamber|court|congress|storting|riigikogu|bank|yuan|"
        r"house|presidium|soviet", text,
    ):  # fmt: skip
        return "governor"
    if code == "IND" and text == "foreign secretary":
        return "deputy-foreign-minister"  # the highest official of the ministry
    if text == "secretary of state" and code in ("USA", "VAT"):
        return "foreign-minister" if code == "USA" else "prime-minister"
    if re.match(r"^(deputy|under|assistant) secretary of state", text):
        return "deputy-foreign-minister"
    if re.search(r"representative (to|of) the |representative to ", text):
        return "un-ambassador" if "united nations" in text else "ambassador"
    if code == "USA" and text == "secretary of the interior":
        return "minister"  # it keeps public lands, not public order
    if _HEADS.match(text):
        ministry = _ministry(text)
        if ministry is not None:
            return ministry
    found = _TITLES.office(name_key(text), code)
    if found is None:
        head = re.match(r"(.*?),? (of|to|for|in|at)\b", text)
        found = _TITLES.office(name_key(head[1]), code) if head else None
    if found == "president":
        found = _house(text)
    if found in ("prime-minister", "leader", "head-of-state", "head-of-government", "minister"):
        found = None  # only the whole title makes a head: not the Chancellor of the Duchy
    if found is not None:
        return found
    return _rest(text)


def _ministry(text: str) -> str | None:
    for office, pattern in _RULES:
        if not pattern.search(text):
            continue
        if office == "defence-minister" and _NOT_DEFENCE.search(text):
            continue
        if office == "foreign-minister" and re.search(r"foreign (trade|econom)", text):
            continue
        if _DEPUTY.search(text):
            if office == "foreign-minister":
                return "deputy-foreign-minister"
            return "deputy-defence-minister" if office == "defence-minister" else "minister"
        return office
    return "minister"


def _house(text: str) -> str:
    if re.search(r"senate|assembly|parliament|chamber|congress|storting|riigikogu|house|council|"
                 r"presidium|legislat|knesset|soviet", text):  # fmt: skip
        return "speaker"
    return "judge" if "court" in text else "official"


def _rest(text: str) -> str | None:
    if re.search(r"ambassador|high commissioner|permanent representative|nuncio|charg", text):
        return "un-ambassador" if "united nations" in text or "to the un" in text else "ambassador"
    if re.search(r"spokes(man|woman|person)|press secretary", text):
        return "spokesperson"
    if (
        re.search(r"national security advis|security council", text)
        and "united nations" not in text
    ):
        return "national-security-adviser"
    if re.search(r"intelligence|secret service|security service|mossad|state security", text):
        return "intelligence-chief"
    if re.search(
        r"chief of (the )?(general|army|air|naval|navy|defen[cs]e|joint|staff of the)|joint chiefs|"
        r"commander",
        text,
    ):
        return "army-chief"
    if "bank" in text and re.search(
        r"(governor|president|chair\w*),? (of )?(the )?(central|national|reserve|federal)", text
    ):
        return "central-bank-governor"
    if re.search(r"^(deputy|vice|first deputy|second deputy) ?-?(prime minister|premier)", text):
        return "deputy-prime-minister"
    if re.search(r"vice.president", text):
        return "vice-president"
    if re.search(r"justice|judge", text):
        return "judge"
    if re.search(r"minister|secretary", text):
        return "minister"
    return "official"
