"""PDF files as plain data. Runs where `parsing` runs, in a child process, as pages do.

A file of scanned pages has no text; dragoman does not guess at pictures. Words that were cut at the
end of a line are joined, and lines within a paragraph: the reader wants sentences.
"""

from __future__ import annotations

import io
import re
from datetime import datetime
from typing import Any, Final

MOST_PAGES: Final = 400
_CUT_WORD: Final = re.compile(r"(?<=[a-z])[-\u00ad]\n(?=[a-z])")
_LINE: Final = re.compile(r"(?<=[^\n.!?:;”\"])\n(?=[^\n])")
_SPACE: Final = re.compile(r"[^\S\n]+")
_BREAKS: Final = re.compile(r"\n{3,}")


def is_pdf(data: bytes) -> bool:
    return data[:1024].lstrip().startswith(b"%PDF-")


def parse_pdf(data: bytes, address: str) -> dict[str, Any]:
    """The text of a PDF and what it says of itself; `cut` where it has too many pages."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        return {"text": "", "locked": True}
    pages = [page.extract_text() for page in reader.pages[:MOST_PAGES]]
    about = reader.metadata
    made = about.creation_date if about else None
    return {
        "text": running("\n\n".join(pages)),
        "title": _line(about.title if about else None),
        "author": _line(about.author if about else None),
        "date": made.date().isoformat() if isinstance(made, datetime) else None,
        "pages": len(reader.pages),
        "cut": len(reader.pages) > MOST_PAGES,
        "locked": False,
    }


def running(text: str) -> str:
    """The text of a page as running text: lines of one paragraph joined."""
    text = _SPACE.sub(" ", text.replace("\r", "\n")).replace(" \n", "\n").replace("\n ", "\n")
    text = _LINE.sub(" ", _CUT_WORD.sub("", text))
    return _BREAKS.sub("\n\n", text).strip()


def _line(value: Any) -> str | None:
    return " ".join(str(value).split()) or None if value else None
