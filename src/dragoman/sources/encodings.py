"""Turns bytes into text, says what had to be guessed, and refuses what is no text.

Offsets of a reading point into the text as it came: line ends stay as they are, nothing is
normalised. Only a byte order mark is left out, since it is not part of the text.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from dragoman.errors import NotTextError
from dragoman.records import Notice

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_KINDS = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive (or an office document)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"(\xb5/\xfd", "a zstd archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\xd0\xcf\x11\xe0", "an office document of the old kind"),
    (b"{\\rtf", "a rich-text document"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a database"),
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\x0b\x0c\x1b\x1a\x08"))
_MOST_CONTROLS = 0.01  # share of bytes; damaged texts hold a few, binary files many
_SAMPLE = 65_536  # bytes that are looked at to tell text from binary


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was in, and what its reader should know about that."""

    text: str
    encoding: str
    notices: tuple[Notice, ...] = ()


def decode(data: bytes, *, name: str) -> Decoded:
    """The text in these bytes; `name` stands in messages. Raises NotTextError."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding, name)
    encoding = _unmarked_utf16(data)
    if encoding:
        return _marked(data, encoding, name)
    _check_is_text(data, name)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _by_lines(data)


def _marked(data: bytes, encoding: str, name: str) -> Decoded:
    """The text of bytes whose encoding is known; what is broken becomes U+FFFD, with a notice."""
    if encoding == "utf-8":
        _check_is_text(data, name)
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, errors="replace")
    if text.count("\ufffd") > _MOST_CONTROLS * len(text) + 1:
        raise NotTextError(
            f"{name} begins like {encoding.upper()} text but is not: it is binary or damaged. "
            "Give dragoman the text itself, for example saved as UTF-8."
        )
    message = f"Some bytes are not valid {encoding.upper()}; each is shown as U+FFFD."
    return Decoded(text, encoding, (Notice(code="encoding-damaged", message=message),))


def _unmarked_utf16(data: bytes) -> str:
    """UTF-16 without a mark shows as text with a zero in nearly every second byte."""
    sample = data[:_SAMPLE]
    half = len(sample) // 2
    if half < 2:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.7 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.05 * half:
        return "utf-16-be"
    return ""


def _check_is_text(data: bytes, name: str) -> None:
    for magic, kind in _KINDS:
        if data.startswith(magic):
            raise NotTextError(
                f"{name} is {kind}, not plain text. Give dragoman the text in it, saved as UTF-8."
            )
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls > _MOST_CONTROLS * len(sample):
        raise NotTextError(
            f"{name} is binary, not plain text: {controls} of its first {len(sample)} bytes are "
            "control characters. Give dragoman the text in it, saved as UTF-8."
        )


def _by_lines(data: bytes) -> Decoded:
    """A text that is not, or not everywhere, UTF-8: its lines are decoded one by one."""
    parts: list[str] = []
    foreign: list[int] = []  # numbers of lines in another encoding
    others = 0  # lines that are UTF-8 beyond ASCII
    for number, line in enumerate(data.split(b"\n"), 1):
        try:
            parts.append(line.decode("utf-8"))
            others += not line.isascii()
        except UnicodeDecodeError:
            text = line.decode("utf-8", errors=_FALLBACK)
            parts.append(text)
            foreign.append(number)
            others += _holds_utf8(line, text)
    text = "\n".join(parts)
    if not others:
        message = "The text is not UTF-8; it was read as Windows-1252 (Western European)."
        return Decoded(text, "cp1252", (Notice(code="encoding-guessed", message=message),))
    lines = f"line {foreign[0]}" if len(foreign) == 1 else f"{len(foreign)} lines"
    message = (
        f"The text mixes encodings: it is UTF-8 but for {lines} (the first is line {foreign[0]}), "
        "read as Windows-1252."
    )
    return Decoded(text, "utf-8+cp1252", (Notice(code="encoding-mixed", message=message),))


def _holds_utf8(line: bytes, text: str) -> bool:
    """Whether a line with broken bytes has UTF-8 beyond ASCII too: fewer characters than bytes."""
    return len(text) < len(line)


def _as_western(error: UnicodeError) -> tuple[str, int]:
    """One byte that is not UTF-8 as Windows-1252, or as Latin-1 where that has no character."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    byte = error.object[error.start : error.start + 1]
    try:
        return byte.decode("cp1252"), error.start + 1
    except UnicodeDecodeError:
        return byte.decode("latin-1"), error.start + 1


_FALLBACK = "dragoman-western"
codecs.register_error(_FALLBACK, _as_western)
