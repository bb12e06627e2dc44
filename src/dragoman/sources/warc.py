"""Web archives: WARC files (Common Crawl News) and WACZ packages of them.

Only answers with status 200 and HTML are looked at. What a record unpacks to is counted while it
is read, so that a bomb costs no more than a page; a broken record costs itself, not its file.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from dragoman.errors import DragomanError, FetchError, InputError, MissingExtraError
from dragoman.sources.fetch import unpack
from dragoman.sources.members import next_member

MOST_PAGE: Final = 20_000_000
_CHUNK: Final = 64 * 1024
_MOST_HEADER: Final = 64 * 1024
_MOST_FAULTS: Final = 1_000  # records; a file with more is no archive


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedPage:
    """A page as it was archived; `moment` is when."""

    address: str
    data: bytes
    moment: str | None
    origin: str


Item = ArchivedPage | DragomanError


def load_warc(source: Path | BinaryIO, *, name: str = "") -> Iterator[Item]:
    """The pages of a WARC file or stream, packed or not."""
    if not isinstance(source, Path):
        yield from _records(source, name or "stdin")
        return
    try:
        with source.open("rb") as file:
            yield from _records(file, name or str(source))
    except OSError as error:
        yield InputError(f"{source} cannot be read: {error.strerror or error}.")


def load_wacz(source: Path | BinaryIO, *, name: str = "") -> Iterator[Item]:
    """The pages of all archives inside a WACZ package; nothing is unpacked to disk."""
    called = name or str(source)
    try:
        with zipfile.ZipFile(source) as package:
            for entry in package.infolist():
                if entry.filename.endswith((".warc", ".warc.gz")) and not entry.is_dir():
                    with package.open(entry) as file:
                        yield from _records(file, f"{called}, {entry.filename}")  # type: ignore[arg-type]
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error) as error:
        yield InputError(f"{called} is no WACZ package, or a damaged one: {error}.")


def _records(file: BinaryIO, name: str) -> Iterator[Item]:
    """The pages of a stream; behind a record that is broken the next one is looked for."""
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.bufferedreaders import DecompressingBufferedReader
        from warcio.exceptions import ArchiveLoadFailed
    except ModuleNotFoundError as error:
        raise MissingExtraError(
            f"{name}: web archives need a part that is not installed (warcio): "
            "pip install 'dragoman[case]'."
        ) from error

    class Bounded(DecompressingBufferedReader):  # type: ignore[misc]
        """Lines of headers are short; the library takes quadratic time over one without an end."""

        def readline(self, length: int | None = None) -> bytes:
            line: bytes = super().readline(length or _MOST_HEADER)
            if length is None and len(line) >= _MOST_HEADER:
                raise ArchiveLoadFailed("a line of a header has no end")
            return line

        def _decompress(self, data: bytes) -> bytes:
            """The library says what is damaged on stderr alone and takes the file for read."""
            if not (self.num_read and self.decompressor and data):
                unpacked: bytes = super()._decompress(data)
                return unpacked
            try:
                return bytes(self.decompressor.decompress(data))
            except zlib.error as error:
                raise ArchiveLoadFailed(f"a record is damaged ({error})") from error

        def _process_read(self, data: bytes) -> None:
            if not data and self.num_block_read and not getattr(self.decompressor, "eof", True):
                raise ArchiveLoadFailed("it ends in the middle of a record")
            super()._process_read(data)

    faults = records = 0
    start: int | None = 0
    while start is not None:
        if start:
            file.seek(start)
        iterator = ArchiveIterator(file)
        iterator.reader = Bounded(iterator.fh)
        try:
            for record in iterator:
                records += bool(record.rec_type and record.rec_headers)
                found = _page(record, name)
                if found is not None:
                    yield found
            if not records and not faults:
                yield InputError(f"{name} is no web archive: there is no record in it.")
            return
        except (ArchiveLoadFailed, OSError, ValueError, EOFError, zlib.error) as error:
            said = " ".join(str(error).split())[:200]
            faults += 1
            start = _behind(file, iterator.offset, faults)
            rest = "what can be found after it" if start is not None else "nothing after it"
            yield InputError(
                f"{name} is no web archive, or a damaged one: {said}. What came before was read, "
                f"and {rest}."
            )


def _behind(file: BinaryIO, offset: int, faults: int) -> int | None:
    """Where a packed archive goes on behind a broken record; None where it cannot be told."""
    if faults > _MOST_FAULTS or not file.seekable():
        return None
    try:
        return next_member(file, offset + 1)
    except (OSError, ValueError, zlib.error):
        return None


def _page(record: Any, name: str) -> Item | None:
    if record.rec_type != "response" or record.http_headers is None:
        return None
    kind = (record.http_headers.get_header("Content-Type") or "").lower()
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    if record.http_headers.get_statuscode() != "200" or "html" not in kind:
        return None
    from warcio.bufferedreaders import ChunkedDataReader

    headers = record.http_headers
    chunked = (headers.get_header("Transfer-Encoding") or "").lower() == "chunked"
    stream = ChunkedDataReader(record.raw_stream) if chunked else record.raw_stream
    parts: list[bytes] = []
    total = 0
    while chunk := stream.read(_CHUNK):
        total += len(chunk)
        if total > MOST_PAGE:
            return InputError(f"{address} in {name} is larger than {MOST_PAGE:,} bytes.")
        parts.append(chunk)
    if not chunked and getattr(stream, "limit", 0) > 0:
        raise EOFError(f"it ends in the middle of {address}")
    data = b"".join(parts)
    encoding = headers.get_header("Content-Encoding") or ""
    try:
        data = unpack(data, encoding, MOST_PAGE, f"{address} in {name}")
    except FetchError as error:
        # Some archives keep the line about packing and the page unpacked.
        if data.lstrip()[:1] != b"<":
            return InputError(str(error))
    return ArchivedPage(
        address=address.strip("<>"),
        data=data,
        moment=record.rec_headers.get_header("WARC-Date"),
        origin=f"{address} in {name}",
    )
