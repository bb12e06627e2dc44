"""Reading gzip files past their damage.

A gzip file may be many members, one after the other: archives of the web are so, and logs that were
appended to. Where one is broken the next is looked for, and a fault is noted; what a single member
held behind its damage is lost.
"""

from __future__ import annotations

import io
import zlib
from typing import BinaryIO, Final

_MAGIC: Final = b"\x1f\x8b\x08"
_CHUNK: Final = 256 * 1024


class Members(io.RawIOBase):
    """The unpacked bytes of a gzip stream; `faults` says where it was broken.

    After a broken member a line break is put in, so that half a line does not run into the next.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._packed = b""
        self._plain = b""
        self._unpack: zlib._Decompress | None = None
        self._end = False
        self._begun = 0  # where the member began
        self._at = 0  # how many bytes have been taken from the stream
        self.faults: list[str] = []

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        while not self._plain:
            if not self._more(len(view)):
                return 0
        taken = min(len(view), len(self._plain))
        view[:taken] = self._plain[:taken]
        self._plain = self._plain[taken:]
        return taken

    def _more(self, most: int) -> bool:
        """Unpack some more; False at the end."""
        if not self._packed and not self._fill():
            if self._unpack is not None:
                self._unpack = None
                self.faults.append("it ends too early")
                self._plain = b"\n"
                return True
            return False
        if self._unpack is None:
            return self._begin()
        try:
            self._plain = self._unpack.decompress(self._packed, max(most, _CHUNK))
        except zlib.error as error:
            self.faults.append(
                f"it is damaged near byte {self._at - len(self._packed):,} ({error})"
            )
            self._packed = self._packed[1:]  # not the beginning of the broken one again
            self._unpack, self._plain = None, b"\n"
            return True
        if self._unpack.eof:
            self._packed, self._unpack = self._unpack.unused_data, None
        else:
            self._packed = self._unpack.unconsumed_tail
        return True

    def _begin(self) -> bool:
        """Go to the next member; what is before it is padding, or what a broken one left."""
        while True:
            at = self._packed.find(_MAGIC)
            if at >= 0:
                self._packed = self._packed[at:]
                self._unpack = zlib.decompressobj(zlib.MAX_WBITS | 16)
                return True
            self._packed = self._packed[-2:]
            if not self._fill():
                self._packed = b""
                return False

    def _fill(self) -> bool:
        chunk = self._stream.read(_CHUNK)
        self._at += len(chunk)
        self._packed += chunk
        return bool(chunk)


def next_member(stream: BinaryIO, start: int) -> int | None:
    """Where in a stream that can be sought the next gzip member begins, from `start` on."""
    stream.seek(start)
    kept, at = b"", start
    while chunk := stream.read(_CHUNK):
        data = kept + chunk
        found = data.find(_MAGIC)
        if found >= 0:
            return at - len(kept) + found
        kept, at = data[-2:], at + len(chunk)
    return None
