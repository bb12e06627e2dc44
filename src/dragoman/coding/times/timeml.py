"""Times as TimeML: the text with TIMEX3 tags, as the programs that know TimeML read it."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from dragoman.coding.times.finding import TimeExpression
from dragoman.coding.times.pieces import lexicon

# XML 1.0 cannot hold these, not even escaped.
_FORBIDDEN = {code: " " for code in range(32) if code not in (9, 10, 13)} | {
    0xFFFE: " ",
    0xFFFF: " ",
}


def to_timeml(text: str, times: Sequence[TimeExpression], *, id: str, date: str | None) -> str:
    """A TimeML document: the day of creation as `t0`, then the text with its times tagged."""
    parts: list[str] = []
    at = 0
    for number, time in enumerate(times, start=1):
        parts.append(_plain(text[at : time.start]))
        parts.append(f"<TIMEX3 {_attributes(number, time)}>{_plain(time.text)}</TIMEX3>")
        at = time.end
    parts.append(_plain(text[at:]))
    created = (
        f'<DCT><TIMEX3 tid="t0" type="DATE" value={quoteattr(date)} temporalFunction="false" '
        f'functionInDocument="CREATION_TIME">{escape(date)}</TIMEX3></DCT>\n'
        if date
        else ""
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<TimeML>\n<DOCID>{_plain(id)}</DOCID>\n'
        f"{created}<TEXT>{''.join(parts)}</TEXT>\n</TimeML>\n"
    )


def _attributes(number: int, time: TimeExpression) -> str:
    found = [("tid", f"t{number}"), ("type", time.type), ("value", time.value)]
    if time.mod:
        found.append(("mod", time.mod))
    if time.type == "SET":
        found += _of_set(time.text.lower().split())
    return " ".join(f"{name}={quoteattr(value)}" for name, value in found)


def _of_set(words: Sequence[str]) -> list[tuple[str, str]]:
    """TIMEX3's `quant` and `freq` of "every Friday", "twice a week"."""
    quant = next((word.upper() for word in words[:2] if word in ("every", "each")), None)
    found = [("quant", quant)] if quant else []
    known = lexicon().value
    if "once" in words or "twice" in words:
        found.append(("freq", "1X" if "once" in words else "2X"))
    elif "times" in words:
        count = words[0] if words[0].isdecimal() else known.get(words[0])
        if isinstance(count, int) or (isinstance(count, str) and count.isdecimal()):
            found.append(("freq", f"{count}X"))
    return found


def _plain(text: str) -> str:
    return escape(text.translate(_FORBIDDEN))
