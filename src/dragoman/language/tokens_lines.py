"""Tells which line breaks end a paragraph and which only wrap a line.

Wire reports and e-mails wrap their lines at some sixty to eighty columns; web texts write a
paragraph on one line. A break wraps a line when the first word of the next line would not have
fitted on it, in a text where most breaks are of that kind; or when the sentence plainly goes on.
"""

from __future__ import annotations

import re
from itertools import pairwise

_BREAK = re.compile(r"\r\n?|[\n\x0b\x0c\x85\u2028\u2029]")
_FIRST_WORD = re.compile(r"\S{1,60}")
_ENDED = re.compile(r"[.!?:…][\"'”’»)\]]{0,3}\s*$")
_ASKED = re.compile(r"[?!][\"'”’»]\s*$")  # before its attribution: “Why?” asked …
_ONLY_QUOTES = re.compile(r"\s*[\"'”’»]+\s*")
_BULLET = re.compile(r"\s*(?:[-*•·–—▪●◦‣>]\s|\(?\w{1,2}[.)]\s)")
# Date and time in figures, as mail programs put them above a message.
_STAMP = re.compile(
    r"(?:(?<=\s)|^)\d\d?/\d\d?/\d{2}(?:\d\d)?\s\d\d?:\d\d(?::\d\d)?\s[AP]M(?=\s)", re.MULTILINE
)
# What stands before a report's first words: "ATHENS, Sept 5 (Reuters) -", "IZMIR, Sunday —",
# "TALLINN (Tuesday)", "(CNN) --". The place is in capitals, or has an agency in brackets after it.
_PLACE = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+(?:[ ,/-]{1,2}[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+){0,3}"
_STATED = r"(?:, ?[A-Z][\w.' ]{1,20}){0,2}"  # the state or province after the place
_DATED = (
    r"(?:[,–—-]? {0,2}(?:[A-Z][a-z]{2,8}\.?|\d{1,2})(?: ?\d{1,2}| [A-Z][a-z]{2,8})?(?:,? ?\d{4})?)?"
)
_AGENCY = r" {0,2}\([A-Z][\w./ -]{1,24}\)"
_DASH = r" {0,2}(?:--|[-–—])(?= )"
_DATELINE = re.compile(
    rf"\s*(?:{_PLACE}{_STATED}{_DATED}(?:{_AGENCY})?{_DASH}"
    rf"|{_PLACE}{_STATED}{_DATED}{_AGENCY}(?:{_DASH})?"
    rf"|[A-Z][a-z]+(?: [A-Z][a-z]+)?{_STATED}{_DATED}{_AGENCY}{_DASH}"
    rf"|\([A-Z]{{2,8}}\){_DASH})\s+(?=[\"“‘'«]?[A-ZÀ-Þ])"
)
_CREDITED = re.compile(  # in the middle of a line: what stood above it was run into it
    rf"\((?:[A-Z]{{2,8}}|Reuters|Xinhua|Bloomberg)\){_DASH}\s+(?=[\"“‘'«]?[A-ZÀ-Þ])"
)
_RUN_IN = re.compile(r"[A-Z]{2,}(?=[A-Z][a-z]|[\"“][A-Z])")
_SHOUTED = 60  # characters in which the words before are looked for
_OPENING = 3  # lines in which a dateline stands
_STAMPED = ("on", "at", "by")  # after these a stamp is part of its sentence
_WIDEST = 120  # columns; a text with longer lines is not wrapped
_NARROWEST = 30
_MOST = 0.6  # the share of breaks within sentences that must look like wrapping
_LOST = 4  # columns by which a line may be short because its indentation was stripped
_INDENT = 2
_SHORT = 0.5  # of the width; a shorter line without a full stop is a heading


def paragraph_starts(text: str) -> list[int]:
    """The offsets at which a paragraph begins, after the first one, in order."""
    lines = _lines(text)
    if len(lines) < 2:
        return []
    width = _wrap_width(text, lines)
    starts: list[int] = []
    blank = False
    before: tuple[int, int] | None = None
    for start, end in lines:
        if not text[start:end].strip():
            blank = True
            continue
        if before is not None and (
            blank or _parts(text, before, (start, end), width, before == lines[0])
        ):
            starts.append(start)
        before, blank = (start, end), False
    return starts


def stamp_edges(text: str) -> list[int]:
    """The offsets at which a date and time in figures begins or ends that stands by itself."""
    edges: list[int] = []
    for found in _STAMP.finditer(text):
        before = text[max(0, found.start() - 8) : found.start()].split()
        if not (before and before[-1] in _STAMPED):
            edges.append(found.start())
        edges.append(found.end() + 1)
    return edges


def dateline_edges(text: str) -> list[int]:
    """The offset at which a report begins after its dateline, if it has one.

    Else after an agency in brackets with a dash, where a page's head was run into its first line.
    """
    opening = _filled(text)[:_OPENING]
    for start, end in opening:
        found = _DATELINE.match(text, start, min(end, start + 120))
        if found is not None:
            return [found.end()]
    credited = (_CREDITED.search(text, start, end) for start, end in opening)
    return [found.end() for found in credited if found is not None][:1]


def shouted_edges(text: str) -> list[int]:
    """The offsets at which a text goes on behind a headline in capitals that was run into it.

    “… CALL IT A WIN FOR PUTINCritics have …”: pages lose the break between the two.
    """
    return [
        found.end()
        for found in _RUN_IN.finditer(text)
        if all(map(str.isupper, _words_before(text, found.start()))) and found.start() > 0
    ]


def _words_before(text: str, at: int) -> list[str]:
    """The last three words before a place, one that nothing is written in if there are fewer."""
    words = text[max(0, at - _SHOUTED) : at].split()[-3:]
    return words if len(words) == 3 else [""]


def _filled(text: str) -> list[tuple[int, int]]:
    return [(a, b) for a, b in _lines(text[:2_000]) if text[a:b].strip()]


def _lines(text: str) -> list[tuple[int, int]]:
    lines: list[tuple[int, int]] = []
    at = 0
    for found in _BREAK.finditer(text):
        lines.append((at, found.start()))
        at = found.end()
    lines.append((at, len(text)))
    return lines


def _wrap_width(text: str, lines: list[tuple[int, int]]) -> int:
    """The column at which the text's lines are wrapped, 0 where they are not."""
    filled = [(a, b) for a, b in lines if b > a]
    width = max((b - a for a, b in filled), default=0)
    if not _NARROWEST <= width <= _WIDEST or len(filled) < 3:
        return 0
    open_breaks = [
        (line, after)
        for line, after in pairwise(lines)
        if _joined(line, after) and not _has_ended(text, line)
    ]
    full = sum(_is_full(text, line, after, width - _LOST) for line, after in open_breaks)
    return width if full > 1 and full >= _MOST * len(open_breaks) else 0


def _has_ended(text: str, line: tuple[int, int]) -> bool:
    """Whether a line ends as a sentence does."""
    return _ENDED.search(text, max(line[0], line[1] - 12), line[1]) is not None


def _joined(first: tuple[int, int], second: tuple[int, int]) -> bool:
    return first[1] > first[0] and second[1] > second[0]


def _is_full(text: str, line: tuple[int, int], after: tuple[int, int], width: int) -> bool:
    word = _FIRST_WORD.search(text, after[0], after[1])
    return word is not None and line[1] - line[0] + 1 + len(word[0]) > width - 2


def _parts(
    text: str, line: tuple[int, int], after: tuple[int, int], width: int, is_first: bool
) -> bool:
    """Whether the break between two lines with no blank one between them ends a paragraph."""
    if _ONLY_QUOTES.fullmatch(text, *after):
        return False
    if _BULLET.match(text, after[0], min(after[1], after[0] + 12)):
        return True
    ended = _has_ended(text, line)
    first = text[after[0] : after[0] + 60].lstrip()[:1]
    if not ended and (first.islower() or first in ",;)"):
        return False
    if first.islower() and _ASKED.search(text, max(line[0], line[1] - 12), line[1]):
        return False
    if not width:
        return True
    if not ended:  # a first line may have lost its indentation or its dateline
        is_heading = text[line[0] : line[1]].isupper() and not text[after[0] : after[1]].isupper()
        return is_heading or (line[1] - line[0] < _SHORT * width and not is_first)
    indent = len(text[after[0] : after[0] + 20]) - len(text[after[0] : after[0] + 20].lstrip())
    return indent >= _INDENT or not _is_full(text, line, after, width)
