"""The shapes that time expressions have, as patterns over the classes of pieces.

A template names classes in angle brackets (those of words.toml and pieces.py) and other
patterns in braces; blanks mean nothing. At one place the longest match wins, then the first rule.
"""

from __future__ import annotations

import re
from collections.abc import Generator
from functools import lru_cache

from dragoman.coding.times.pieces import lexicon

_PARTS = {
    "NUM": "(?:(?:<day>|<figure>|<four>)(?:(?:<dot>|<comma>)(?:<day>|<figure>|<four>))*"
    "|<cardinal>(?:<hyphen>?<cardinal>|<and><cardinal>)*)",
    "HALFUP": "(?:<hyphen>?<and><hyphen>?<article><hyphen>?<half>|<day><slash><day>)",
    "COUNT": "(?:{NUM}{HALFUP}?|<article>(?:<few><of>?|<cardinal>)?|<few>(?:<more>|<of>)?"
    "|<half><article>?<cardinal>?|<the><few>|<article>?<another>)",
    "NEARLY": "(?:<about>(?:<before>|<after>)?|<more><than>|<over>|<few>)",
    "APPROX": "(?:<about>|<more><than>|<over>|<at><least>|<up><to>|<few>)",
    "MONTH": "(?:<month>|<abbreviated_month><dot>?)",
    "WEEKDAY": "(?:<weekday>|<abbreviated_weekday><dot>?)",
    "ORD": "(?:(?:<day>|<figure>)<ordinal_suffix>|(?:<cardinal><hyphen>)?(?:<ordinal>|<second>))",
    "DAY": "(?:<day><ordinal_suffix>?|(?:<cardinal><hyphen>)?(?:<ordinal>|<second>))",
    "MOD": "(?:<early>(?:<in>|<hyphen>|<on>)?|<mid><hyphen>?|<the>?<edge><of>|<edge><hyphen>)",
    "WHICH": "(?:<last>|<next>|<this>(?:<last>|<next>)?)",
    "MERIDIEM": "(?:<am>|<pm>|(?:<article>|<letter_p>)<dot>?<letter_m><dot>?)",
    "ZONE": "(?:<open>?(?:<zone>(?:<hyphen>?<day>)?|<zone_place><time>))",
    "JOIN": "(?:<hyphen>|<dash>|<to>|<and>|<or>)",
    "REL": "(?:<of>?(?P<rel><last>|<next>|<this>|<that>|<the><same>)<unit>)",
    "RANGE": "(?:{NUM}(?:<to>|<or>)|(?:<day>|<figure>)<hyphen>)?",
    "YEAR": "(?:(?:<comma>|<of>|<hyphen>)?(?P<Y><four>)(?!<units>|<hyphen><unit>))",
}

_RULES = (
    # Dates.
    ("iso", "(?P<Y><four>)<hyphen>(?P<m><day>|<figure>)<hyphen>(?P<d><day>|<figure>)"),
    (
        "numeric",
        "(?P<a><day>|<figure>)(?P<sign><slash>|<dot>|<hyphen>)(?P<b><day>|<figure>)(?P=sign)"
        "(?P<Y><four>|<day>|<figure>)",
    ),
    ("nine_eleven", "(?P<M><day>)<slash>(?P<d><day>)(?!<slash>)"),
    ("nth_weekday", "<the>?(?P<n>{ORD}|<last>)(?P<W><weekday>)(?:<of>|<in>)(?P<M>{MONTH}){YEAR}?"),
    (
        "month_day",
        "(?:(?P<W>{WEEKDAY})(?:<comma>|<open>)?)?<the>?(?P<d>{DAY})(?:{JOIN}<the>?(?P<d2>{DAY}))?"
        "<of>?<hyphen>?(?P<M>{MONTH})(?:{YEAR}|<comma>?{REL})?",
    ),
    (
        "month_day",
        "(?:(?P<W>{WEEKDAY})(?:<comma>|<open>)?)?<the>?(?P<near>{WHICH})?(?P<M>{MONTH})"
        "(?:<hyphen>|<comma>(?=<day><comma>?<four>))?<the>?(?P<d>{DAY})"
        "(?!<colon><day>|<units>|<hyphen><unit>)(?:{JOIN}(?P<d2>{DAY})"
        "(?!<of>?{MONTH}|<hyphen>?<units>|<hyphen>?<unit>|<colon>|{MERIDIEM}))?"
        "(?:{YEAR}|<comma>?{REL})?",
    ),
    (
        "month",
        "(?P<mod>{MOD})?<the>?(?P<M>{MONTH})(?:{YEAR}|<apostrophe>(?P<y><day>|<figure>)|<comma>?{REL})",
    ),
    ("month", "(?P<mod>{MOD})?<the>?(?P<near>{WHICH})?(?P<mod2>{MOD})?(?P<M>{MONTH})"),
    ("month_quarter", "<the>?(?P<Y><four>)?(?P<M><month>)<hyphen>?(?P<u><unit>)"),
    ("ordinal_day", "<the>(?P<d><day><ordinal_suffix>)"),
    ("ordinal_day", "<the>(?P<d>{ORD})<of>(?:(?P<near>{WHICH})|<the>)(?P<u><unit>)"),
    ("weekday_nth", "(?P<W><weekday>)<comma>?<the>(?P<d><day><ordinal_suffix>)"),
    (
        "weekday",
        "(?P<mod>{MOD}|<earlier><on>?)?<the>?(?P<near>{WHICH}|<that>)?(?P<W>{WEEKDAY}){REL}?",
    ),
    ("deictic", "(?P<mod>{MOD}|<earlier>)?(?P<word><deictic>)"),
    ("tonight", "<early>?<tonight>"),
    ("overnight", "<overnight>"),
    ("overmorrow", "<the>(?P<u><unit>)(?P<side><before>|<after>)(?P<word><deictic>)"),
    ("year", "(?P<mod>{MOD})?<the>?(?P<fiscal><fiscal>)?<unit>?(?P<Y><four>)(?!<units>)"),
    (
        "spelled_year",
        "(?P<lead><the><unit>)?(?P<n><cardinal><hyphen>?<cardinal>(?:<hyphen>?<cardinal>)?)",
    ),
    ("named_decade", "<the>(?P<mod>{MOD})?(?P<n><decades>)"),
    ("short_quarter", "<letter_q>(?P<n><day>)(?:<of>?(?P<Y><four>))?"),
    ("odd_year", "<the>?(?P<u><unit>)(?P<n><figure>)"),
    ("week_of_year", "<the>?(?P<n>{ORD})(?P<u><unit>)<of>(?P<Y><four>)"),
    ("short_year", "<apostrophe>(?P<y><day>|<figure>)"),
    ("holiday", "(?P<mod>{MOD})?<the>?(?P<near>{WHICH})?(?P<feast><holiday>|<month>|<season>)"),
    (
        "feast_day",
        "<the>?(?:(?P<n>{ORD}|<last>)(?P<u><unit>)|<eve>)<of><the>?(?P<feast><holiday>)",
    ),
    (
        "nth_part",
        "<the>?(?P<n>{ORD}|<last>)(?P<u><unit>|<weekend>|<half>)(?:<of>|<in>)"
        "(?:(?P<M>{MONTH}){YEAR}?|(?:(?P<rel>{WHICH})|<the>)(?P<v><unit>))",
    ),
    ("long_ago", "<long><ago>"),
    (
        "counted_from",
        "(?P<n>{COUNT})(?P<u><unit>|<units>)<from>(?:(?P<W><weekday>)|(?P<word><deictic>))",
    ),
    ("small_hours", "<the>?(?P<lead><early>|<small>)<units>"),
    # Seasons, quarters, decades, centuries.
    (
        "season",
        "(?P<mod>{MOD}|<earlier>)?<the>?(?P<near>{WHICH}|<that>)?(?P<S><season>)"
        "(?:{YEAR}|<comma>?{REL})?",
    ),
    (
        "quarter",
        "(?P<mod>{MOD})?<the>?(?:<fiscal>?(?P<Y><four>)(?:<apostrophe><letter_s>)?<fiscal>?"
        "|(?P<rel>{WHICH})<unit><apostrophe><letter_s>)?(?P<near><last>|<next>|<this>)?<fiscal>?"
        "(?P<n>{ORD}|<last>)<hyphen>?<fiscal>?(?P<u><unit>|<half>)"
        "(?:(?:<of>|<in>)?<fiscal>?(?P<Y2><four>)"
        "|<comma>?<of>?(?P<rel2><the>|{WHICH})<unit>)?",
    ),
    (
        "decade",
        "<the>?(?P<mod>{MOD}|<last><half><of>)?<the>?(?P<mod2>{MOD})?"
        "(?:(?P<Y><four>)<apostrophe>?<letter_s>|(?P<short><apostrophe>)?(?P<y><figure>|<day>)<apostrophe>?<letter_s>)",
    ),
    (
        "century",
        "<the>?(?P<mod>{MOD})?<the>?(?P<mod2>{MOD})?(?P<n>{ORD})<hyphen>?(?P<u><unit>)(?P<era><era>)?",
    ),
    # Units told from the report's day or from a day of the text.
    (
        "near",
        "(?P<mod>{MOD}|<earlier><in>?)?<the>?(?P<near>{WHICH}|<that>|<same>|<current>)<fiscal>?"
        "(?P<u><unit>|<weekend>|<part>)(?P<half>{HALFUP})?",
    ),
    ("beyond", "<the>(?P<u><unit>|<weekend>)(?:<before><last>|<after>(?P<next><next>))"),
    ("within", "(?P<mod><earlier>|<early>)<in><the>(?P<u><unit>)"),
    (
        "same_of",
        "<the><same>(?P<u><unit>|<period>)(?:<of>|<in>)?"
        "(?:(?P<near><last>)<unit>|(?:<article>|<the>)<unit><hyphen>?(?P<ago><ago>|<earlier>|<before>)|(?P<Y><four>))",
    ),
    ("rest", "<the>?(?P<n><edge>)<of><the>(?P<u><unit>)"),
    (
        "ago",
        "{APPROX}?<the>?{RANGE}(?P<n>{COUNT})?<more>?(?P<u><unit>|<units>)(?P<half>{HALFUP})?"
        "(?:<or>(?:<so>|<more>|{COUNT}<units>))?"
        "(?P<way><ago>|<earlier>|<back>|<hence>|<from><present>|<before>|<after>|<ahead><of>)",
    ),
    ("sided", "<the>(?P<u><unit>|<part>|<season>)(?P<way><before>|<after>|<earlier>)"),
    (
        "year_ago",
        "(?:<the>|<article>)?(?P<u><unit>)<hyphen>(?P<way><ago>|<earlier>)"
        "(?:(?P<p><period>)|(?P<o>{ORD})?(?P<v><unit>)|(?P<n>{NUM})(?P<us><units>))?",
    ),
    (
        "year_ago",
        "<the>?(?P<u><unit>)<hyphen><before>(?:(?P<p><period>)|{ORD}?(?P<v><unit>)|(?P<n>{NUM})(?P<us><units>))",
    ),
    (
        "year_ago",
        "<the>?<last><hyphen>(?P<u><unit>)"
        "(?:(?P<p><period>)|{ORD}?(?P<v><unit>)|(?P<n>{NUM})(?P<us><units>))?",
    ),
    ("of_year", "<the>?(?P<Y><four>)(?:(?P<p><period>)|(?P<u><unit>))"),
    (
        "year_ago",
        "<the>(?P<u><unit>)(?P<way><ago>|<earlier>)"
        "(?:(?P<p><period>)|{ORD}?(?P<v><unit>)|(?P<n>{NUM})(?P<us><units>))",
    ),
    ("bare_unit", "<the>(?:<fiscal>|<full>)?(?P<u><unit>|<weekend>)"),
    (
        "year_end",
        "{APPROX}?<the>?(?P<u><unit>)(?:<hyphen>|<apostrophe><letter_s>)?<edge>(?P<Y><four>)?",
    ),
    # Clock and parts of the day.
    (
        "clock",
        "{NEARLY}?(?:(?P<h><day>|<figure>)(?:<colon>|<dot>)(?P<min><day>|<figure>)(?:<colon>(?:<day>|<figure>))?"
        "(?P<half>{MERIDIEM})?|(?P<h2><day>|<cardinal>)(?P<half2>{MERIDIEM})"
        "|(?P<h6><figure>|<four>)(?P<half6>{MERIDIEM})"
        "|(?P<h4><four>|<figure>)<letter_h>?(?={ZONE})|(?P<h5><four>|<figure>)(?:<letter_h>|<units>)"
        "|(?P<h3><day>|<cardinal>)<letter_o><apostrophe><oclock>)(?P<zone>{ZONE})?",
    ),
    ("noon", "{NEARLY}?(?P<w><noon>)(?P<zone>{ZONE})?"),
    ("part", "(?P<mod>{MOD}|<earlier><in>)?(?P<the><the>)?(?P<mod2>{MOD})?(?P<part><part>)"),
    # Stretches.
    (
        "span",
        "(?:<about>|<at><least>)?<the>?(?P<near><last>|<next>|<these>|<this><last>){RANGE}(?P<n>{COUNT})?<more>?(?P<u><units>)",
    ),
    ("span", "<the>(?P<near><last>|<next>)<hyphen>?(?P<n>{COUNT})<hyphen>?(?P<u><unit>)"),
    ("firsts", "<the>(?:{ORD}|<last>)(?P<n>{COUNT})(?P<u><units>)"),
    ("recent", "<the>?<recent>(?P<u><units>)?(?:<and><units>)?"),
    ("aged", "(?:{APPROX}|<the>|<article>)?{NUM}<hyphen>?(?:<unit>|<units>)<hyphen>?<old>"),
    (
        "duration",
        "{APPROX}?<the>?{RANGE}(?P<n>{COUNT})<hyphen>?<more>?(?P<u><unit>|<units>)(?P<half>{HALFUP})?"
        "(?:<hyphen><long>)?(?:<or>(?:<so>|<more>))?",
    ),
    ("long", "(?P<u><unit>)<hyphen>?<long>"),
    ("long", "(?P<u><whole>)"),
    ("quarter_century", "{APPROX}?<article>(?P<q><unit>)(?:<of><article>|<hyphen>)?(?P<u><unit>)"),
    (
        "bare_units",
        "(?P<u><units>)(?:<or><units>)?(?P<way><ago>|<ahead>|<earlier>|<before>|<after>|<to><come>)?",
    ),
    # Sets.
    (
        "set_days",
        "(?P<mod>{MOD})?(?:(?P<W><weekdays>)(?P<part><part>|<parts>)?|(?P<W2><weekday>)(?P<part2><parts>))",
    ),
    (
        "every",
        "<every>(?P<n><other>|<few>|{NUM}|{ORD})?(?P<u><unit>|<units>|<weekend>|<weekday>|<part>|<month>|<season>)",
    ),
    ("frequency", "(?P<w><frequency>)"),
    ("rate", "(?:{NUM}|<few>)?(?P<n><times>)<article>(?P<u><unit>)"),
    # Vague.
    ("reference", "(?P<w><present>|<current>|<past>|<future>)"),
    ("reference", "<the>?<near>?(?P<w><future_noun>)"),
    ("reference", "<the>(?P<w><near>|<long>)<term>"),
    ("bygone", "<the>(?:<recent>|<near>)?<last>"),
    ("then", "<at><the><time>"),
    ("weekends", "(?P<u><weekends>)"),
    ("moment", "(?P<w>(?:<at><the><present>?|<at>)<moment>)"),
)

# Every rule holds a piece of one of these classes; stretches without one are not looked at.
_CORES = [
    "month",
    "abbreviated_month",
    "weekday",
    "abbreviated_weekday",
    "weekdays",
    "unit",
    "units",
    "weekend",
    "weekends",
    "part",
    "parts",
    "noon",
    "season",
    "deictic",
    "tonight",
    "overnight",
    "frequency",
    "present",
    "past",
    "recent",
    "future",
    "future_noun",
    "current",
    "letter_q",
    "term",
    "whole",
    "decades",
    "zone_place",
    "time",
    "last",
    "four",
    "am",
    "pm",
    "letter_m",
    "zone",
    "oclock",
    "holiday",
    "moment",
    "second",
    "ordinal_suffix",
    "letter_s",
    "apostrophe",
    "slash",
    "hyphen",
    "colon",
    "half",
    "long",
]


def _expand(template: str) -> str:
    while "{" in template:
        template = re.sub(r"\{([A-Z]+)\}", lambda m: _PARTS[m[1]], template)
    return lexicon().pattern(template)


Rules = tuple[tuple[str, "re.Pattern[str]"], ...]


@lru_cache(maxsize=1)
def rules() -> Rules:
    """Every rule with its pattern, in order."""
    return tuple((name, re.compile(_expand(template))) for name, template in _RULES)


@lru_cache(maxsize=1)
def _by_first() -> dict[str, Rules]:
    """The rules that can begin with a class, by its code: few are tried at any one place."""
    table: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for rule in rules():
        for code in sorted(_Firsts(rule[1].pattern).of_pattern()):
            table.setdefault(code, []).append(rule)
    return {code: tuple(found) for code, found in table.items()}


class _Firsts:
    """Which characters can stand first in what a pattern of this file matches.

    The patterns hold characters, groups, alternatives, lookaheads and the signs ? and *.
    """

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0

    def of_pattern(self) -> set[str]:
        return self._alternatives()[0]

    def _alternatives(self) -> tuple[set[str], bool]:
        firsts, empty = self._sequence()
        while self._at < len(self._pattern) and self._pattern[self._at] == "|":
            self._at += 1
            more, also = self._sequence()
            firsts, empty = firsts | more, empty or also
        return firsts, empty

    def _sequence(self) -> tuple[set[str], bool]:
        firsts: set[str] = set()
        empty = True
        while self._at < len(self._pattern) and self._pattern[self._at] not in "|)":
            more, skips = self._atom()
            if self._at < len(self._pattern) and self._pattern[self._at] in "?*":
                self._at += 1
                skips = True
            if empty:
                firsts |= more
                empty = skips
        return firsts, empty

    def _atom(self) -> tuple[set[str], bool]:
        if self._pattern[self._at] != "(":
            self._at += 1
            return {self._pattern[self._at - 1]}, False
        head = re.compile(r"\((\?:|\?[=!]|\?P<\w+>|\?P=\w+)").match(self._pattern, self._at)
        assert head is not None, "a group of a kind that no rule uses"
        self._at = head.end()
        if head[1].startswith("?P="):
            self._at += 1
            return set(), False
        found = self._alternatives()
        self._at += 1
        return (set(), True) if head[1] in ("?=", "?!") else found


@lru_cache(maxsize=1)
def _stretches() -> re.Pattern[str]:
    cores = "".join(lexicon().codes[name] for name in _CORES)
    return re.compile(f"[^_\n]*[{cores}][^_\n]*")


Candidates = Generator[list[tuple[str, re.Match[str]]], int | None, None]


def matches(classes: str) -> Candidates:
    """What matches, place by place: the candidates of one place, the longest first.

    The receiver sends back where to go on, after the candidate that it took.
    """
    by_first = _by_first()
    for stretch in _stretches().finditer(classes):
        at, end = stretch.span()
        while at < end:
            found = [
                (name, match)
                for name, pattern in by_first.get(classes[at], ())
                if (match := pattern.match(classes, at)) is not None
            ]
            found.sort(key=lambda f: -f[1].end())
            taken = (yield found) if found else None
            at = taken if taken is not None else at + 1
