"""What clock times and parts of the day mean; finding.py joins them to their day.

Their values are `T16:00`, `TEV`: the day is put before them once it is known.
"""

from __future__ import annotations

import re

from dragoman.coding.times.pieces import around, lexicon
from dragoman.coding.times.values import Context, Match, Value, integer, meaning, modifier


def clock(c: Context, m: Match) -> Value | None:
    found = _hour_minute(c, m)
    if found is None:
        return None
    hour, minute = found
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    exact = (
        m["min"] is not None or m["h6"] is not None or m["h4"] is not None or m["h5"] is not None
    )
    return Value(
        "TIME",
        f"T{hour % 24:02}:{minute:02}",
        _about(c, m),
        zone=zone_of(c, m),
        whole_hour=not exact,
    )


def _about(c: Context, m: Match) -> str | None:
    about = lexicon().value.get(c.pieces.words[m.start()])
    return "APPROX" if about == "APPROX" else None


def _hour_minute(c: Context, m: Match) -> tuple[int, int] | None:
    p = c.pieces
    if m["h"] is not None:
        return _with_minutes(c, m)
    if m["h2"] is not None:
        return _with_half_only(c, m)
    if m["h3"] is not None:
        return integer(c, m, "h3") or 0, 0
    if m["h6"] is not None:  # "at 630 a.m.", in texts that lost their marks
        text = p.words[m.start("h6")]
        fits = len(text) in (3, 4) and 1 <= int(text[:-2]) <= 12 and int(text[-2:]) < 60
        return (_in_half(c, m, "half6", int(text[:-2])), int(text[-2:])) if fits else None
    at = m.start("h4") if m["h4"] is not None else m.start("h5")
    text = p.words[at]
    if len(text) not in (3, 4):
        return None
    if m["h5"] is not None and (len(text) != 4 or p.word(at - 1) in around("counts_hours")):
        return None  # "after 100 hours"
    if m["h5"] is not None and p.word(at + 1) not in ("h", "hrs", "hours"):
        return None
    return int(text[:-2]), int(text[-2:])


def _with_minutes(c: Context, m: Match) -> tuple[int, int] | None:
    """ "16:30", "4.30 p.m."; "4.30" alone is a number."""
    p = c.pieces
    text = p.words[m.start("min")]
    if len(text) != 2 or not p.joined(m.start("h"), m.start("min") + 1):
        return None
    if p.words[m.end("h")] == "." and m["half"] is None and m["zone"] is None:
        return None
    alone = m["half"] is None and m["zone"] is None and p.word(m.end()) == ")"
    if alone and p.word(m.start() - 1) == "(" and len(p.words[m.start("h")]) == 1:
        return None  # "(1:14)", the length of a film
    if p.word(m.start("h") - 1) in (".", ":") and p.joined(m.start("h") - 1, m.end("h")):
        return None
    return _in_half(c, m, "half", int(p.words[m.start("h")])), int(text)


def _with_half_only(c: Context, m: Match) -> tuple[int, int] | None:
    """ "4 p.m.", "6pm"; not "10 a month"."""
    p = c.pieces
    hour = integer(c, m, "h2")
    if hour is None or not 1 <= hour <= 12:
        return None
    at = m.start("half2")
    if p.words[at] in ("a", "an", "p") and not p.joined(at, at + 2):
        return None
    return _in_half(c, m, "half2", hour), 0


def _in_half(c: Context, m: Match, group: str, hour: int) -> int:
    if m[group] is None:
        return hour
    if c.pieces.words[m.start(group)] in ("pm", "p"):
        return hour + 12 if hour < 12 else hour
    return 0 if hour == 12 else hour


def zone_of(c: Context, m: Match) -> str:
    """The zone told after a clock time, as ISO 8601 has it; empty where only a place is told."""
    if m["zone"] is None:
        return ""
    values = lexicon().value
    for word in c.pieces.words[m.start("zone") : m.end("zone")]:
        zone = values.get(word)
        if isinstance(zone, str) and re.fullmatch(r"[+-]\d\d:\d\d", zone):
            return zone
    return ""


def noon(c: Context, m: Match) -> Value | None:
    hour = int(str(meaning(c, m, "w")))
    return Value("TIME", f"T{hour:02}:00", _about(c, m), zone=zone_of(c, m), whole_hour=True)


def part(c: Context, m: Match) -> Value | None:
    p, at = c.pieces, m.start("part")
    if p.word(m.end()) in ("-", "–") and p.joined(at, m.end() + 1):
        return None
    return Value("TIME", f"T{meaning(c, m, 'part')}", modifier(c, m, "mod", "mod2"))


def tonight(c: Context, m: Match) -> Value | None:
    return Value("TIME", f"{c.day.isoformat() if c.day else 'XXXX-XX-XX'}TNI")


def small_hours(c: Context, m: Match) -> Value | None:
    """ "The early hours of Sunday", "the small hours": from midnight to the morning."""
    p = c.pieces
    small = p.words[m.start("lead")] == "small" and p.word(m.start("lead") - 1) == "the"
    if lexicon().value.get(p.words[m.end() - 1]) != "TH":
        return None
    early = p.words[m.start("lead")] == "early" and p.word(m.end()) == "of"
    if not (small or early):
        return None
    return Value("TIME", "TMO", "START", stretch=("T00:00", "T05:59"))


def overnight(c: Context, m: Match) -> Value | None:
    if c.pieces.word(m.end()) in around("overnight_things"):
        return None
    return Value("TIME", "TNI")
