"""The Atom feed of an alert (RFC 4287): a file that any feed reader takes, written as a whole."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as Xml

from dragoman.case.identity import digest

if TYPE_CHECKING:
    from dragoman.case.delivering import Firing

_NAMESPACE: Final = "http://www.w3.org/2005/Atom"
_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_atom(path: Path, alert: str, case: str, firings: Sequence[Firing], moment: str) -> None:
    """Write the feed; a reader sees the old file or the new one, never a half."""
    data = atom(alert, case, firings, moment)
    handle, draft = tempfile.mkstemp(dir=path.absolute().parent, prefix=".dragoman-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(draft, 0o644)
        os.replace(draft, path)
    except BaseException:
        os.unlink(draft)
        raise


def atom(alert: str, case: str, firings: Sequence[Firing], moment: str) -> bytes:
    """The feed of what an alert fired for, the newest first; `moment` where there is nothing."""
    feed = Xml.Element("feed", xmlns=_NAMESPACE)
    _add(feed, "title", f"{alert} – {case}")
    name = digest(f"{case}\x1f{alert}")
    _add(feed, "id", f"urn:dragoman:{name}")
    _add(feed, "updated", firings[0].known_at if firings else moment)
    _add(_add(feed, "author"), "name", "dragoman")
    for firing in firings:
        event = firing.event
        entry = _add(feed, "entry")
        _add(entry, "title", firing.headline())
        _add(entry, "id", f"urn:dragoman:{firing.id}")
        _add(entry, "updated", firing.known_at)
        if event.url and event.url.startswith(("http://", "https://")):
            _add(entry, "link", href=event.url, rel="alternate")
        _add(entry, "category", term=event.type)
        _add(entry, "summary", firing.body())
    found: bytes = Xml.tostring(feed, encoding="utf-8", xml_declaration=True)
    return found


def _add(parent: Xml.Element, tag: str, text: str | None = None, **attributes: str) -> Xml.Element:
    cleaned = {name: _NO_XML.sub("\ufffd", value) for name, value in attributes.items()}
    element = Xml.SubElement(parent, tag, cleaned)
    element.text = _NO_XML.sub("\ufffd", text) if text is not None else None
    return element
