"""The child process in which strangers' pages, feeds and PDFs are parsed, and its parent's side.

The libraries that parse have had inputs on which they take minutes or gigabytes. Here they run
under limits of memory and processor time, and the parent ends the child when it takes too long. One
child serves many pages; one that dies is replaced, and costs only the page that killed it.
"""

from __future__ import annotations

import json
import os
import selectors
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any, BinaryIO, Final

from dragoman.errors import InputError, MissingExtraError

_HEAD: Final = struct.Struct(">II")
MEMORY: Final = 2_000_000_000  # bytes of address space for the child
SECONDS: Final = 20.0
_PATIENCE: Final = 3
_START_SECONDS: Final = 90.0  # the libraries take a while to load on a busy machine


class Parser:
    """Hands pages and feeds to a child process; use it in a `with`, or close it."""

    def __init__(self, *, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self._seconds = seconds
        self._memory = memory
        self._child: subprocess.Popen[bytes] | None = None
        self._turn = threading.Lock()

    def page(self, data: bytes, address: str) -> dict[str, Any]:
        """See html.parse_page; InputError where the page cannot be parsed within the limits."""
        return self._ask("page", data, address)

    def feed(self, data: bytes, address: str) -> dict[str, Any]:
        """See feed_parsing.parse_feed."""
        return self._ask("feed", data, address)

    def pdf(self, data: bytes, address: str) -> dict[str, Any]:
        """See pdf.parse_pdf."""
        return self._ask("pdf", data, address)

    def close(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child.communicate()
            self._child = None

    def __enter__(self) -> Parser:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ask(self, what: str, data: bytes, address: str) -> dict[str, Any]:
        with self._turn:
            child = self._child or self._start()
            try:
                answer = self._answer(child, what, data, address)
            except (_TooLongError, EOFError, OSError) as error:
                self.close()
                raise InputError(
                    f"{address or 'a page'} cannot be parsed: it takes more than "
                    f"{self._seconds:g} seconds or {self._memory / 1e9:g} GB of memory. It may be "
                    "damaged, or made to do so."
                ) from error
        if "error" in answer:
            raise InputError(f"{address or 'a page'} cannot be parsed: {answer['error']}.")
        found: dict[str, Any] = answer["found"]
        return found

    def _start(self) -> subprocess.Popen[bytes]:
        child = subprocess.Popen(
            [sys.executable, "-m", "dragoman.sources.parsing", str(self._memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        try:
            ready = json.loads(_receive(child, _START_SECONDS))
        except (EOFError, OSError, _TooLongError) as error:
            child.kill()
            child.communicate()
            raise InputError("the process that parses pages does not start.") from error
        if "missing" in ready:
            child.communicate()
            raise MissingExtraError(
                f"pages and feeds need a part that is not installed ({ready['missing']}): "
                "pip install 'dragoman[case]'."
            )
        self._child = child
        return child

    def _answer(
        self, child: subprocess.Popen[bytes], what: str, data: bytes, address: str
    ) -> dict[str, Any]:
        assert child.stdin is not None
        head = json.dumps({"what": what, "address": address, "seconds": self._seconds}).encode()
        # A child that reads nothing must not hold the parent: the pipe is filled by a thread.
        message = _HEAD.pack(len(head), len(data)) + head + data
        sending = threading.Thread(target=_send, args=(child.stdin, message), daemon=True)
        sending.start()
        # On a busy machine so much processor time takes longer by the clock on the wall.
        answer: dict[str, Any] = json.loads(_receive(child, self._seconds * _PATIENCE))
        return answer


class _TooLongError(Exception):
    """The child has not answered in time."""


def _send(stream: BinaryIO, message: bytes) -> None:
    try:
        stream.write(message)
        stream.flush()
    except (OSError, ValueError):
        return  # the child has gone; reading its answer tells


def _receive(child: subprocess.Popen[bytes], seconds: float) -> bytes:
    """One message of the child: its length, then so many bytes."""
    assert child.stdout is not None
    deadline = time.monotonic() + seconds
    descriptor = child.stdout.fileno()
    with selectors.DefaultSelector() as selector:
        selector.register(descriptor, selectors.EVENT_READ)

        def take(count: int) -> bytes:
            parts: list[bytes] = []
            while count:
                if not selector.select(max(0.0, deadline - time.monotonic())):
                    raise _TooLongError
                part = os.read(descriptor, min(count, 1 << 20))
                if not part:
                    raise EOFError
                parts.append(part)
                count -= len(part)
            return b"".join(parts)

        return take(int.from_bytes(take(4), "big"))


def _limit(memory: int) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _more_time(seconds: float) -> None:
    """So much processor time for the next page, on top of what was used."""
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime + seconds) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


def serve(source: BinaryIO, answers: BinaryIO) -> None:
    """The child: answer until the parent closes the pipe."""
    from dragoman.sources.feed_parsing import parse_feed
    from dragoman.sources.html import parse_page
    from dragoman.sources.pdf import parse_pdf

    parsers: dict[str, Callable[[bytes, str], dict[str, Any]]]
    parsers = {"page": parse_page, "feed": parse_feed, "pdf": parse_pdf}
    while head := source.read(_HEAD.size):
        about_size, size = _HEAD.unpack(head)
        about = json.loads(source.read(about_size))
        data = source.read(size)
        _more_time(about["seconds"])
        try:
            answer: dict[str, Any] = {"found": parsers[about["what"]](data, about["address"])}
        except MemoryError:
            answer = {"error": "it takes too much memory"}
        except RecursionError:
            answer = {"error": "it is nested too deeply"}
        except Exception as error:  # whatever a stranger's page makes the libraries raise
            answer = {"error": f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"}
        _reply(answers, answer)


def _reply(answers: BinaryIO, answer: dict[str, Any]) -> None:
    message = json.dumps(answer).encode()
    answers.write(len(message).to_bytes(4, "big") + message)
    answers.flush()


def _main() -> None:
    answers, sys.stdout = sys.stdout.buffer, sys.stderr
    _limit(int(sys.argv[1]))
    try:
        import feedparser  # noqa: F401
        import pypdf  # noqa: F401
        import trafilatura  # noqa: F401
    except ModuleNotFoundError as error:
        _reply(answers, {"missing": error.name})
        return
    _reply(answers, {"ready": True})
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    _main()
