"""Fetching a named address, guarded.

The address that is connected to is the one that was checked: names are resolved here, every answer
is looked at, and the connection goes to that very address, so that a resolver cannot change its
mind in between. Redirects are new requests and are checked anew. TLS is always verified. Size,
time, redirects and what packed bodies unpack to are bounded.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any, Final, Protocol
from urllib.parse import urljoin, urlsplit

from dragoman.errors import FetchError
from dragoman.version import __version__

AGENT: Final = f"dragoman/{__version__} (news reader for research; reads robots.txt)"
_ASKED: Final = {"User-Agent": AGENT, "Accept-Encoding": "gzip, deflate", "Accept": "*/*"}
_CHUNK: Final = 64 * 1024
_REDIRECTS: Final = {301, 302, 303, 307, 308}
_PORTS: Final = {"http": 80, "https": 443}
# Carrier-grade NAT, IETF protocol space and the like are no public sites either; `is_global` tells.
_NEVER: Final = ("169.254.169.254", "fd00:ec2::254", "100.100.100.200")  # clouds' metadata

Resolve = Callable[[str, int], list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much one address may cost. `allow_private` opens this machine's own networks."""

    most_bytes: int = 20_000_000
    seconds: float = 30.0
    redirects: int = 5
    allow_private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What came back; `address` is the last one after redirects, `status` 200 or 304."""

    address: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def kind(self) -> str:
        """The type of content without its parameters."""
        return self.headers.get("content-type", "").split(";")[0].strip().lower()


class Fetches(Protocol):
    """What the rest needs of a fetcher."""

    def fetch(
        self,
        address: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        check: Callable[[str], None] | None = None,
    ) -> Response: ...


class Fetcher:
    """Fetches addresses within limits."""

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        resolve: Resolve | None = None,
        tls: ssl.SSLContext | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.limits = limits or Limits()
        self._resolve = resolve or _resolve
        self._tls = tls or ssl.create_default_context()
        self._clock = clock

    def fetch(
        self,
        address: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        check: Callable[[str], None] | None = None,
    ) -> Response:
        """The content of an address; FetchError in words where it cannot or may not be had.

        `check` is asked before a redirect is followed, and may raise.
        """
        headers = dict(_ASKED)
        if etag:
            headers["If-None-Match"] = _one_line(etag)
        if last_modified:
            headers["If-Modified-Since"] = _one_line(last_modified)
        deadline = self._clock() + self.limits.seconds
        current = address
        for _ in range(self.limits.redirects + 1):
            response = self._once(current, headers, deadline)
            if response.status not in _REDIRECTS:
                return _judged(response)
            target = response.headers.get("location", "")
            if not target:
                raise FetchError(f"{current} redirects, but does not say where to.")
            current = urljoin(current, target)
            if check is not None:
                check(current)
        raise FetchError(
            f"{address} redirects more than {self.limits.redirects} times; it may be a loop."
        )

    def post(self, address: str, body: bytes, headers: Mapping[str, str]) -> Response:
        """Hand something to an address, within the same limits; a redirect is not followed."""
        deadline = self._clock() + self.limits.seconds
        response = self._once(address, {**_ASKED, **headers}, deadline, body=body)
        if 200 <= response.status < 300:
            return response
        return _judged(response)

    def _once(
        self,
        address: str,
        headers: Mapping[str, str],
        deadline: float,
        *,
        body: bytes | None = None,
    ) -> Response:
        scheme, host, port, target = _parts(address)
        chosen = self._checked(host, port, address)
        connection = _Connection(host, port, chosen, self._tls if scheme == "https" else None)
        watch = threading.Timer(max(0.0, deadline - self._clock()), connection.abort)
        watch.daemon = True
        watch.start()
        try:
            connection.timeout = max(0.1, deadline - self._clock())
            method = "GET" if body is None else "POST"
            connection.request(method, target, body=body, headers=dict(headers))
            got = connection.getresponse()
            found = {name.lower(): value for name, value in got.getheaders()}
            if got.status in _REDIRECTS:
                return Response(address=address, status=got.status, headers=found)
            content = self._body(got, found.get("content-encoding", ""), address)
            return Response(address=address, status=got.status, headers=found, body=content)
        except ssl.SSLCertVerificationError as error:
            raise FetchError(
                f"{address}: its certificate cannot be verified ({error.verify_message}); "
                "nothing was fetched."
            ) from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            if connection.aborted:
                raise FetchError(
                    f"{address} took longer than {self.limits.seconds:g} seconds."
                ) from error
            raise FetchError(f"{address} cannot be fetched: {_reason(error)}.") from error
        finally:
            watch.cancel()
            connection.close()

    def _body(self, response: http.client.HTTPResponse, encoding: str, address: str) -> bytes:
        """The body, unpacked, no longer than allowed at either end."""
        most = self.limits.most_bytes
        raw = _counted(iter(lambda: response.read1(_CHUNK), b""), most, address)
        parts = _unpacked(raw, encoding.strip().lower(), most, address)
        return b"".join(_counted(parts, most, address))

    def _checked(self, host: str, port: int, address: str) -> str:
        """An address of the host to connect to; FetchError where any of its answers is closed."""
        try:
            answers = self._resolve(host, port)
        except OSError as error:
            raise FetchError(f"{address}: there is no host {host} ({_reason(error)}).") from error
        if not answers:
            raise FetchError(f"{address}: there is no host {host}.")
        if not self.limits.allow_private:
            for answer in answers:
                if not is_public(answer):
                    raise FetchError(
                        f"{address} leads to {answer}, which is no public address; it is not "
                        "fetched. --allow-private allows it, if you trust whoever named it."
                    )
        return answers[0]


def is_public(answer: str) -> bool:
    """Whether an IP address is one of the public internet, also inside IPv6 wrappings."""
    try:
        address = ipaddress.ip_address(answer.split("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is not None:
            return is_public(str(inner))
        # NAT64 carries an IPv4 address in its last four bytes.
        if address in ipaddress.ip_network("64:ff9b::/96"):
            return is_public(str(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)))
    return address.is_global and not address.is_multicast and str(address) not in _NEVER


class _Connection(http.client.HTTPConnection):
    """A connection to an address that was checked, under the host's name for TLS and Host."""

    def __init__(self, host: str, port: int, chosen: str, tls: ssl.SSLContext | None) -> None:
        super().__init__(host, port, timeout=30)
        if tls is not None:
            self.default_port = 443  # leaves the port out of the Host line
        self._chosen = chosen
        self._context = tls
        self.aborted = False

    def connect(self) -> None:
        plain = socket.create_connection((self._chosen, self.port), self.timeout)
        self.sock = plain
        if self._context is not None:
            self.sock = self._context.wrap_socket(plain, server_hostname=self.host)

    def abort(self) -> None:
        """Cut the line: a host that sends a byte now and then would pass every other limit."""
        self.aborted = True
        sock: Any = self.sock
        if sock is not None:
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                sock.close()


def _parts(address: str) -> tuple[str, str, int, str]:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise FetchError(f"{address!r} is no web address ({error}).") from error
    scheme = parts.scheme.lower()
    if scheme not in _PORTS:
        raise FetchError(f"{address}: only http and https addresses are fetched.")
    if parts.username or parts.password:
        raise FetchError(f"{parts.hostname}: an address with a user or password is not fetched.")
    try:
        host = (parts.hostname or "").encode("idna").decode()
    except UnicodeError as error:
        raise FetchError(f"{address!r} names no valid host ({error}).") from error
    if not host:
        raise FetchError(f"{address!r} names no host.")
    target = parts.path or "/"
    if parts.query:
        target += f"?{parts.query}"
    safe = "".join(
        c if " " < c < "\x7f" else "".join(f"%{b:02X}" for b in _utf8(c)) for c in target
    )
    return scheme, host, port or _PORTS[scheme], safe


def _utf8(character: str) -> bytes:
    return character.encode("utf-8", "replace")


def _resolve(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def _judged(response: Response) -> Response:
    if response.status in (200, 304):
        return response
    why = {
        401: "it asks for a password",
        402: "it asks for payment",
        403: "the site refuses it to programs",
        404: "there is no such page",
        410: "the page is gone",
        429: "the site asks to come less often",
    }.get(response.status, http.client.responses.get(response.status, "an unknown answer"))
    raise FetchError(
        f"{response.address} answers {response.status}: {why}.",
        status=response.status,
        wait=_wait(response.headers.get("retry-after")),
    )


def _wait(retry_after: str | None) -> float | None:
    """The seconds of a Retry-After line, which names seconds or a date."""
    if not retry_after:
        return None
    if retry_after.strip().isdigit():
        return float(retry_after)
    try:
        moment = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    return max(0.0, moment.timestamp() - time.time())


def _counted(chunks: Iterator[bytes], most: int, address: str) -> Iterator[bytes]:
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > most:
            raise FetchError(f"{address} is larger than {most:,} bytes; it is not read.")
        yield chunk


def unpack(data: bytes, encoding: str, most: int, address: str) -> bytes:
    """Bytes as a site packed them, unpacked to no more than so many; FetchError in words."""
    parts = _unpacked(iter([data]), encoding.strip().lower(), most, address)
    return b"".join(_counted(parts, most, address))


def _unpacked(chunks: Iterator[bytes], encoding: str, most: int, address: str) -> Iterator[bytes]:
    """Unpack chunk by chunk: a bomb is stopped when it has grown to the limit, not after."""
    if encoding in ("", "identity"):
        yield from chunks
    elif encoding in ("gzip", "x-gzip", "deflate"):
        yield from _inflated(chunks, encoding, address)
    elif encoding == "br":
        yield from _unbrotlied(chunks, address)
    elif encoding == "zstd":
        yield from _unzstded(chunks, address)
    else:
        raise FetchError(f"{address} is packed in a way that was not asked for ({encoding}).")


def _inflated(chunks: Iterator[bytes], encoding: str, address: str) -> Iterator[bytes]:
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 32)
    first = True
    try:
        for chunk in chunks:
            if first and encoding == "deflate" and chunk[:1] and chunk[0] & 0x0F != 8:
                unpack = zlib.decompressobj(-zlib.MAX_WBITS)  # some servers send it bare
            first = False
            yield unpack.decompress(chunk, _CHUNK)
            while unpack.unconsumed_tail:
                yield unpack.decompress(unpack.unconsumed_tail, _CHUNK)
    except zlib.error as error:
        raise FetchError(f"{address}: its packed content is damaged ({error}).") from error


def _unbrotlied(chunks: Iterator[bytes], address: str) -> Iterator[bytes]:
    try:
        import brotli
    except ModuleNotFoundError as error:
        raise FetchError(f"{address} is packed as brotli, which was not asked for.") from error
    unpack = brotli.Decompressor()
    try:
        for chunk in chunks:
            yield unpack.process(chunk, output_buffer_limit=_CHUNK)
            while not unpack.can_accept_more_data():
                yield unpack.process(b"", output_buffer_limit=_CHUNK)
    except brotli.error as error:
        raise FetchError(f"{address}: its packed content is damaged ({error}).") from error


def _unzstded(chunks: Iterator[bytes], address: str) -> Iterator[bytes]:
    try:
        import zstandard
    except ModuleNotFoundError as error:
        raise FetchError(f"{address} is packed as zstd, which was not asked for.") from error

    class _Raw:
        def read(self, _size: int = -1) -> bytes:
            return next(chunks, b"")

    try:
        reader = zstandard.ZstdDecompressor(max_window_size=1 << 23).stream_reader(
            _Raw()  # type: ignore[arg-type]
        )
        while chunk := reader.read(_CHUNK):
            yield chunk
    except zstandard.ZstdError as error:
        raise FetchError(f"{address}: its packed content is damaged ({error}).") from error


def _one_line(value: str) -> str:
    return "".join(c for c in value if " " <= c <= "~")


def _reason(error: BaseException) -> str:
    if isinstance(error, TimeoutError):
        return "it does not answer"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return " ".join(str(error).split()) or type(error).__name__
