"""Hostile addresses and servers: nothing private is reached, and every cost is bounded."""

from __future__ import annotations

import gzip
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from dragoman.errors import FetchError
from dragoman.sources.fetch import Fetcher, Limits, is_public

ANSWERS: dict[str, Callable[[Any], None]] = {}


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        try:
            ANSWERS[self.path.split("?")[0]](self)
        except (BrokenPipeError, ConnectionResetError):
            return

    def log_message(self, *_: Any) -> None:
        return


def _send(handler: Any, body: bytes, **headers: str) -> None:
    handler.send_response(200)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def _redirect(handler: Any, target: str) -> None:
    handler.send_response(302)
    handler.send_header("Location", target)
    handler.end_headers()


def _endless(handler: Any) -> None:
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"x" * 65536)


def _drip(handler: Any) -> None:
    while True:
        handler.wfile.write(b"H")
        handler.wfile.flush()
        time.sleep(0.05)


def _gzip_bomb() -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(bytes(1 << 20)) for _ in range(200)) + packer.flush()


ANSWERS |= {
    "/fine": lambda h: _send(h, b"fine"),
    "/packed": lambda h: _send(h, gzip.compress(b"fine"), Content_Encoding="gzip"),
    "/endless": _endless,
    "/drip": _drip,
    "/loop": lambda h: _redirect(h, "/loop"),
    "/inside": lambda h: _redirect(h, "http://10.0.0.1/"),
    "/file": lambda h: _redirect(h, "file:///etc/passwd"),
    "/bomb": lambda h: _send(h, _gzip_bomb(), Content_Encoding="gzip"),
    "/broken": lambda h: _send(h, b"no gzip at all", Content_Encoding="gzip"),
    "/strange": lambda h: _send(h, b"x", Content_Encoding="made-up"),
}


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


OPEN = Limits(allow_private=True, most_bytes=1_000_000, seconds=20)


@pytest.mark.parametrize("path", ["/fine", "/packed"])
def test_a_page_is_fetched(site: str, path: str) -> None:
    assert Fetcher(OPEN).fetch(site + path).body == b"fine"


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/endless", "larger than"),
        ("/bomb", "larger than"),
        ("/loop", "redirects more than"),
        ("/file", "only http and https"),
        ("/broken", "damaged"),
        ("/strange", "not asked for"),
    ],
)
def test_a_hostile_server_costs_little(site: str, path: str, message: str) -> None:
    with pytest.raises(FetchError, match=message):
        Fetcher(OPEN).fetch(site + path)


def test_a_server_that_drips_is_cut_off(site: str) -> None:
    began = time.monotonic()
    with pytest.raises(FetchError):
        Fetcher(Limits(allow_private=True, seconds=1)).fetch(site + "/drip")
    assert time.monotonic() - began < 15


@pytest.mark.parametrize(
    "answer",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0"),
        *("100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "fe80::1%eth0", "fc00::1"),
        *("::ffff:127.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "ff02::1", "fd00:ec2::254"),
    ],
)
def test_closed_addresses(answer: str) -> None:
    assert not is_public(answer)
    with pytest.raises(FetchError, match="no public address"):
        Fetcher(resolve=lambda host, port: ["93.184.215.14", answer]).fetch("http://paper.org/")


@pytest.mark.parametrize("answer", ["93.184.215.14", "2606:2800:220:1:248:1893:25c8:1946"])
def test_open_addresses(answer: str) -> None:
    assert is_public(answer)


def test_a_redirect_inside_is_checked_anew(site: str) -> None:
    asked: list[str] = []

    class Watching(Fetcher):
        def _checked(self, host: str, port: int, address: str) -> str:
            asked.append(host)
            return "127.0.0.1" if host == "outside.org" else super()._checked(host, port, address)

    port = site.rsplit(":", 1)[1]
    with pytest.raises(FetchError, match=r"10\.0\.0\.1, which is no public address"):
        Watching().fetch(f"http://outside.org:{port}/inside")
    assert asked == ["outside.org", "10.0.0.1"]


def test_a_resolver_that_changes_its_answer_is_asked_once(site: str) -> None:
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    port = site.rsplit(":", 1)[1]
    fetcher = Fetcher(OPEN, resolve=lambda host, port: next(answers))
    assert fetcher.fetch(f"http://rebind.org:{port}/fine").body == b"fine"
    assert next(answers) == ["10.0.0.1"]


@pytest.mark.parametrize(
    "address",
    ["ftp://a.org/", "http://user:pw@a.org/", "http://", "http://a.org:99999/", "http://[x", "a b"],
)
def test_what_is_no_address_is_told(address: str) -> None:
    with pytest.raises(FetchError):
        Fetcher(resolve=lambda host, port: []).fetch(address)
