"""A reading as a piece of HTML: the text with what was found highlighted, and the events below it.

It stands in a notebook or any page: all style is inline, nothing is fetched, every word of the text
is escaped. Colours are see-through, so that they serve light and dark pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import pairwise
from typing import Final

from dragoman.records import Reading
from dragoman.show import digest

_STYLES: Final = {
    "trigger": "font-weight:600;text-decoration:underline",
    "actor": "background:rgba(80,140,255,.22);border-radius:2px",
    "time": "background:rgba(60,180,90,.22);border-radius:2px",
    "place": "background:rgba(240,170,40,.25);border-radius:2px",
    "statement": "border-bottom:2px solid rgba(190,90,200,.55)",
}
_CELL: Final = "padding:.15em .6em .15em 0;vertical-align:top;text-align:left"


def as_html(reading: Reading) -> str:
    """The reading as HTML that stands alone."""
    title, facts = digest.headline(reading)
    parts = [
        '<div style="max-width:60em;line-height:1.5">',
        f"<div><b>{escape(title)}</b></div><div><small>{escape(facts)}</small></div>",
        *(f"<div>⚠ {escape(warning)}</div>" for warning in digest.warnings(reading)),
        _legend() if reading.document.text else "",
        f'<div style="white-space:pre-wrap;margin:.6em 0">{_highlighted(reading)}</div>',
        *(_table(section) for section in digest.sections(reading)),
        "</div>",
    ]
    return "".join(parts)


def _legend() -> str:
    names = {
        "actor": "who",
        "time": "when",
        "place": "where",
        "trigger": "what",
        "statement": "said",
    }
    marks = (f'<span style="{_STYLES[kind]}">{name}</span>' for kind, name in names.items())
    return f"<div><small>{' '.join(marks)}</small></div>"


def _highlighted(reading: Reading) -> str:
    """The text in pieces between all borders of spans, each styled by the spans that cover it."""
    text = reading.document.text or ""
    marks = [mark for mark in _marks(reading) if 0 <= mark[0] < mark[1] <= len(text)]
    borders = sorted({0, len(text), *(m[0] for m in marks), *(m[1] for m in marks)})
    opening: dict[int, list[int]] = {}
    for number, (start, _, _, _) in enumerate(marks):
        opening.setdefault(start, []).append(number)
    active: list[int] = []
    pieces = []
    for start, end in pairwise(borders):
        active = [n for n in active if marks[n][1] > start] + opening.get(start, [])
        pieces.append(_piece(text[start:end], [marks[n][2:] for n in active]))
    return "".join(pieces)


def _piece(words: str, marks: list[tuple[str, str]]) -> str:
    shown = escape(digest.readable(words))
    if not marks:
        return shown
    style = ";".join(dict.fromkeys(_STYLES[kind] for kind, _ in marks))
    about = "; ".join(dict.fromkeys(text for _, text in marks))
    return f'<span style="{style}" title="{escape(about, quote=True)}">{shown}</span>'


def _marks(reading: Reading) -> Iterator[tuple[int, int, str, str]]:
    for statement in reading.statements:
        pieces = statement.content.pieces or (statement.content,)
        about = f"{statement.kind} of {digest.clean(statement.speaker_text or 'someone')}"
        yield from ((piece.start, piece.end, "statement", about) for piece in pieces)
    for actor in reading.actors:
        about = digest.clean(actor.name) + (f" ({actor.code})" if actor.code else "")
        yield from ((m.start, m.end, "actor", about) for m in actor.mentions)
    for time in reading.times:
        yield time.start, time.end, "time", digest.clean(time.value)
    for place in reading.places:
        about = ", ".join(filter(None, (digest.clean(place.name), place.country)))
        yield place.start, place.end, "place", about
    for event in reading.events:
        about = f"{event.type}, {event.status}"
        yield from ((span.start, span.end, "trigger", about) for span in event.trigger)


def _table(section: digest.Section) -> str:
    rows = "".join(_row(entry) for entry in section.entries)
    return f"<div><b>{escape(section.title)}</b></div><table>{rows}</table>"


def _row(entry: digest.Entry) -> str:
    cells: Iterable[str] = (entry.status, f"{entry.what}: {entry.who}", " · ".join(entry.details))
    return "<tr>" + "".join(f'<td style="{_CELL}">{escape(cell)}</td>' for cell in cells) + "</tr>"
