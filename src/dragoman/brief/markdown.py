"""A brief as Markdown; charts are left to the other forms."""

from __future__ import annotations

import re
from typing import Final

from dragoman.brief.parts import Brief, Line, Section

# What Markdown or HTML would take for markup in a stranger's text.
_MARKUP: Final = re.compile(r"([\\`*_\[\]<>#|])")
_UNPRINTABLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def to_markdown(brief: Brief) -> str:
    """The brief as Markdown, with references as a numbered list."""
    parts = [f"# {_plain(brief.title)}", f"{brief.since} to {brief.until}", _plain(brief.summary)]
    parts += [_section(section) for section in brief.sections]
    parts.append("## Sources")
    parts.append("\n".join(_reference(r) for r in brief.references) or "None.")
    parts.append(f"*{_plain(brief.made_by)}*")
    return "\n\n".join(parts) + "\n"


def _section(section: Section) -> str:
    parts = [f"## {_plain(section.title)}", _plain(section.lead)]
    if section.lines:
        parts.append("\n".join(_line(line) for line in section.lines))
    if section.left_out:
        parts.append(f"{section.left_out} more are left out.")
    if section.note:
        parts.append(f"*{_plain(section.note)}*")
    return "\n\n".join(parts)


def _line(line: Line) -> str:
    numbers = "".join(f"[{n}]" for n in line.references)
    mark = f" *({_plain(line.mark)})*" if line.mark else ""
    day = f"{line.day} " if line.day else ""
    return f"- {day}**{_plain(line.head)}**{mark} {_plain(line.text)} {numbers}"


def _reference(reference: object) -> str:
    from dragoman.brief.parts import Reference

    assert isinstance(reference, Reference)
    said = ", ".join(p for p in (_plain(reference.publisher), reference.published) if p)
    address = f" <{reference.url}>" if reference.url and _safe(reference.url) else ""
    return f"{reference.number}. {_plain(reference.title)} ({said}){address}"


def _safe(url: str) -> bool:
    return url.startswith(("https://", "http://")) and not set(url) & set("<> \n")


def _plain(text: str) -> str:
    return _MARKUP.sub(r"\\\1", _UNPRINTABLE.sub(" ", text))
