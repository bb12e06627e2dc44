"""Web archives: WARC files (Common Crawl News) and WACZ packages of them.

Only answers with status 200 and HTML are looked at. What a record unpacks to is counted while it
is read, so that a bomb costs no more than a page; a broken record ends its file, not the batch.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from dragoman.errors import DragomanError, InputError, MissingExtraError

MOST_PAGE: Final = 20_000_000
_CHUNK: Final = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedPage:
    """A page as it was archived; `moment` is when."""

    address: str
    data: bytes
    moment: str | None
    origin: str


Item = ArchivedPage | DragomanError


def load_warc(path: Path) -> Iterator[Item]:
    """The pages of a WARC file, packed or not."""
    try:
        with path.open("rb") as file:
            yield from _records(file, str(path))
    except OSError as error:
        yield InputError(f"{path} cannot be read: {error.strerror or error}.")


def load_wacz(path: Path) -> Iterator[Item]:
    """The pages of all archives inside a WACZ package; nothing is unpacked to disk."""
    try:
        with zipfile.ZipFile(path) as package:
            for entry in package.infolist():
                if entry.filename.endswith((".warc", ".warc.gz")) and not entry.is_dir():
                    with package.open(entry) as file:
                        yield from _records(file, f"{path}, {entry.filename}")  # type: ignore[arg-type]
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        yield InputError(f"{path} is no WACZ package, or a damaged one: {error}.")


def _records(file: BinaryIO, name: str) -> Iterator[Item]:
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ModuleNotFoundError as error:
        raise MissingExtraError(
            f"{name}: web archives need a part that is not installed (warcio): "
            "pip install 'dragoman[case]'."
        ) from error
    try:
        for record in ArchiveIterator(file):
            found = _page(record, name)
            if found is not None:
                yield found
    except (ArchiveLoadFailed, OSError, ValueError, EOFError) as error:
        said = " ".join(str(error).split())[:200]
        yield InputError(
            f"{name} is no web archive, or a damaged one: {said}. What came before was read."
        )


def _page(record: Any, name: str) -> Item | None:
    if record.rec_type != "response" or record.http_headers is None:
        return None
    kind = (record.http_headers.get_header("Content-Type") or "").lower()
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    if record.http_headers.get_statuscode() != "200" or "html" not in kind:
        return None
    parts: list[bytes] = []
    total = 0
    stream = record.content_stream()
    while chunk := stream.read(_CHUNK):
        total += len(chunk)
        if total > MOST_PAGE:
            return InputError(f"{address} in {name} is larger than {MOST_PAGE:,} bytes.")
        parts.append(chunk)
    return ArchivedPage(
        address=address.strip("<>"),
        data=b"".join(parts),
        moment=record.rec_headers.get_header("WARC-Date"),
        origin=f"{address} in {name}",
    )
