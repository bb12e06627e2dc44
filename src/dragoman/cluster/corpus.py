"""A corpus: files, folders, patterns and addresses of object stores, as a stream of documents.

Pages of web archives travel unparsed, so that the processes that read also parse. What cannot be
read is an error in the stream, in its place. Nothing is fetched from the web here: http is not a
file system, and `dragoman add` has the guards for it.
"""

from __future__ import annotations

import hashlib
import io
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from dragoman.errors import DragomanError, InputError, MissingExtraError, UsageError
from dragoman.records import Input
from dragoman.sources import jsonl, tables, warc
from dragoman.sources.warc import ArchivedPage


@dataclass(frozen=True, slots=True)
class Repeated:
    """In the place of a document that stands in the corpus before, word for word."""


Piece = Input | ArchivedPage | DragomanError | Repeated
_PACKED: Final = (".gz", ".zst", ".zstd", ".bz2", ".xz")
_LINES: Final = (".jsonl", ".ndjson", ".jl")
_REFUSED: Final = ("http://", "https://", "ftp://")


@dataclass(frozen=True, slots=True)
class CorpusFile:
    """A file of the corpus; `address` as it is opened, `kind`: lines, parquet, warc or wacz."""

    address: str
    kind: str

    @property
    def key(self) -> str:
        """What names the file's partitions, whatever else the corpus holds."""
        return hashlib.sha256(self.address.encode("utf-8", "replace")).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of one file: the pieces from number `first` on."""

    file: CorpusFile
    number: int
    first: int
    pieces: tuple[Piece, ...]

    @property
    def name(self) -> str:
        return f"{self.file.key}-{self.number:05d}"

    def digest(self) -> str:
        """The same for the same pieces in the same order."""
        sum_ = hashlib.sha256()
        for piece in self.pieces:
            if isinstance(piece, ArchivedPage):
                sum_.update(piece.address.encode("utf-8", "replace") + b"\0" + piece.data)
            elif isinstance(piece, Input):
                sum_.update(repr(piece).encode("utf-8", "replace"))
            else:
                sum_.update(str(piece).encode("utf-8", "replace"))
            sum_.update(b"\x1e")
        return sum_.hexdigest()[:32]


def expand(
    corpus: Sequence[str], on_other: Callable[[str], None] | None = None
) -> list[CorpusFile]:
    """All files that are meant, each once, in the order of their addresses within a name.

    `on_other` is told the files of a folder or pattern that hold no documents by their names.
    UsageError where a name means nothing, or is of the web.
    """
    files: dict[str, CorpusFile] = {}
    for name in corpus:
        if name.lower().startswith(_REFUSED):
            raise UsageError(f"{name} is of the web: fetch it first, or `dragoman add` it.")
        found, others = _found(name)
        if not found:
            raise UsageError(
                f"{name} means no file of documents (.jsonl, .parquet, .warc, .wacz; packed or not)"
            )
        for file in found:
            files.setdefault(file.address, file)
        if on_other is not None:
            for other in others:
                on_other(other)
    return list(files.values())


def parts(files: Iterable[CorpusFile], size: int) -> Iterator[Part]:
    """The corpus in stretches of so many pieces; only one is held at a time.

    A document or page that stands in the corpus before, under the same name and word for word, as
    in an archive and in a copy of it, is not given again.
    """
    with closing(_Seen()) as seen:
        for file in files:
            batch: list[Piece] = []
            number = first = 0
            for piece in pieces(file):
                batch.append(Repeated() if seen.before(piece) else piece)
                if len(batch) == size:
                    yield Part(file, number, first, tuple(batch))
                    number, first, batch = number + 1, first + size, []
            if batch:
                yield Part(file, number, first, tuple(batch))


class _Seen:
    """Which documents have come by; it keeps to a few megabytes, and to disk beyond them."""

    def __init__(self) -> None:
        # A database without a name is one of sqlite's own, which goes when it is closed.
        self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("CREATE TABLE seen (digest BLOB PRIMARY KEY) WITHOUT ROWID")

    def before(self, piece: Piece) -> bool:
        """Has this document come by already? It counts as having come by from now on."""
        if isinstance(piece, ArchivedPage):
            told = (piece.address.encode("utf-8", "replace"), piece.data)
        elif isinstance(piece, Input):
            name = f"{piece.url or piece.id or ''}\0{piece.date}\0{piece.source}\0{piece.title}"
            told = (name.encode("utf-8", "replace"), piece.text.encode("utf-8", "replace"))
        else:
            return False
        digest = hashlib.blake2b(b"\0".join(told), digest_size=16).digest()
        done = self._database.execute("INSERT OR IGNORE INTO seen VALUES (?)", (digest,))
        return not done.rowcount

    def close(self) -> None:
        self._database.close()


def pieces(file: CorpusFile) -> Iterator[Piece]:
    """The documents of a file, and an error in the place of what cannot be read."""
    try:
        with _opened(file.address) as stream:
            if file.kind == "lines":
                yield from jsonl.load_stream(stream, file.address)
            elif file.kind == "parquet":
                yield from tables.load_parquet(stream, name=file.address)
            elif file.kind == "wacz":
                yield from warc.load_wacz(stream, name=file.address)
            else:
                yield from warc.load_warc(stream, name=file.address)
    except OSError as error:
        said = error.strerror or " ".join(str(error).split())
        yield InputError(f"{file.address} cannot be read: {said}.")


def _found(name: str) -> tuple[list[CorpusFile], list[str]]:
    """The files that a name means, and those beside them that hold no documents."""
    system, path = _system(name)
    try:
        if system.isdir(path):
            found = system.find(path)
        elif any(mark in path for mark in "*?["):
            found = [p for p in system.glob(path) if not system.isdir(p)]
        else:
            found = [path] if system.exists(path) else []
    except OSError as error:
        raise UsageError(f"{name} cannot be listed: {error.strerror or error}.") from error
    except ImportError as error:
        raise MissingExtraError(f"{name} needs a part that is not installed: {error}.") from error
    named = len(found) == 1 and found[0] == path
    files, others = [], []
    for each in sorted(map(str, found)):
        kind = _kind(each) or ("lines" if named else None)
        if not kind:
            others.append(each)
        else:
            address = each if "file" in _protocols(system) else system.unstrip_protocol(each)
            files.append(CorpusFile(address, kind))
    return files, others


def _protocols(system: Any) -> tuple[str, ...]:
    found = system.protocol
    return (found,) if isinstance(found, str) else tuple(found)


def _system(name: str) -> tuple[Any, str]:
    try:
        import fsspec
    except ModuleNotFoundError as error:
        raise MissingExtraError(
            "coding a corpus needs a part that is not installed (fsspec): "
            "pip install 'dragoman[cluster]'."
        ) from error
    try:
        system, path = fsspec.core.url_to_fs(name)
    except ImportError as error:
        raise MissingExtraError(
            f"{name} needs a part that is not installed: {' '.join(str(error).split())}."
        ) from error
    except ValueError as error:
        raise UsageError(f"{name} is of no known file system: {error}.") from error
    return system, str(path)


@contextmanager
def _opened(address: str) -> Iterator[BinaryIO]:
    system, path = _system(address)
    with system.open(path, "rb") as file:
        yield file if isinstance(file, io.BufferedReader) else _buffered(file)


def _buffered(file: Any) -> BinaryIO:
    """An object store's file as one that can be peeked into and sought in."""
    return io.BufferedReader(file, 1 << 20)


def _kind(path: str) -> str | None:
    name = path.rsplit("/", 1)[-1].lower()
    for ending in _PACKED:
        if name.endswith(ending):
            name = name.removesuffix(ending)
            if name.endswith(".warc"):
                return "warc"
            return "lines" if name.endswith(_LINES) else None
    if name.endswith(_LINES):
        return "lines"
    if name.endswith((".parquet", ".pq")):
        return "parquet"
    if name.endswith(".wacz"):
        return "wacz"
    return "warc" if name.endswith(".warc") else None
