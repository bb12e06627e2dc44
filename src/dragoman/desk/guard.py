"""What stands before every route: who may come in, from where, with how much.

A request passes, in this order: the Host header, limits of rate and size, the token, the origin of
what changes something, and the turn of work. Whatever answers, refusals and faults included, goes
out with the headers of `HEADERS`.
"""

from __future__ import annotations

import ipaddress
import logging
import time
import traceback
from collections.abc import Callable
from http import HTTPStatus
from typing import Final
from urllib.parse import quote, urlsplit

import anyio.to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import cookie_parser
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dragoman.case.tokens import Token
from dragoman.desk.limits import FullError, Gate, Rate
from dragoman.desk.options import Options, is_loopback
from dragoman.logs import log

COOKIE: Final = "dragoman_token"
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # `no-referrer` would hide the origin of our own forms
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
SAFE: Final = ("GET", "HEAD", "OPTIONS")
# Open without a token: what one needs to hand in a token.
_OPEN: Final = ("/login", "/theme", "/health")
# Changes nothing in the case, so that readers may.
_READERS_POST: Final = ("/theme", "/logout", "/login", "/api/v1/read")
_ADDS: Final = ("/documents", "/api/v1/documents")
_SENDS: Final = ("/alerts/test",)
_STREAMS: Final = "/progress"

Refuse = Callable[[Scope, int, str], Response]


class RefusedError(Exception):
    """Why a request is not let in; `retry` seconds where coming back helps."""

    def __init__(self, status: HTTPStatus, words: str, retry: int = 0) -> None:
        super().__init__(words)
        self.status = status
        self.words = words
        self.retry = retry


class Guard:
    """Wraps the application. `check` finds the token that a text is; `refuse` draws the page."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        options: Options,
        check: Callable[[str], Token | None],
        refuse: Refuse,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.app = app
        self._options = options
        self._check = check
        self._refuse = refuse
        self._gate = Gate(options.at_once, options.waiting, options.patience)
        self._streams = Gate(options.streams, 0, 1.0)
        self._rate = Rate(options.rate, clock)
        self._login_rate = Rate(options.login_rate, clock)
        self._add_rate = Rate(options.add_rate, clock)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return

        started = False

        async def dressed(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "private, no-cache")
            await send(message)

        try:
            await self._enter(scope, receive, dressed)
        except RefusedError as refused:
            response = self._refusal(scope, refused)
            await response(scope, receive, dressed)
        except Exception as fault:
            # Answered here, so that a fault of ours goes out with the headers, too.
            trace = "".join(traceback.format_exception(fault))
            log(logging.ERROR, "desk fault", path=scope["path"], trace=trace)
            if started:
                raise
            words = "A fault in dragoman itself; the log of the desk says more."
            response = self._refusal(scope, RefusedError(HTTPStatus.INTERNAL_SERVER_ERROR, words))
            await response(scope, receive, dressed)

    async def _enter(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers, path = Headers(scope=scope), scope["path"]
        self._check_host(headers)
        self._check_rate(scope, path)
        most = self._most_body(path)
        _check_length(headers, most)
        await self._admit(scope, headers, path)
        self._check_origin(scope, headers, path)
        bounded = _bounded(receive, most) if scope["method"] not in SAFE else receive
        if path.startswith("/static/") or path == "/health":
            await self.app(scope, bounded, send)
            return
        gate = self._streams if path.endswith(_STREAMS) else self._gate
        try:
            async with gate.turn():
                await self.app(scope, bounded, send)
        except FullError as full:
            words = "The desk has more to do than it can at the moment."
            raise RefusedError(HTTPStatus.SERVICE_UNAVAILABLE, words, 5) from full

    def _check_host(self, headers: Headers) -> None:
        """A page elsewhere that points its own name at this machine must not reach the desk."""
        host = _host_of(headers.get("host", ""))
        known = host in self._options.allowed_hosts or host == self._options.host
        if self._options.loopback:
            known = known or is_loopback(host)
        else:
            known = known or is_loopback(host) or _is_address(host)
        if not known:
            words = (
                "This desk is not known by that name. "
                "Serve it with --allow-host NAME to let it be opened under a name."
            )
            raise RefusedError(HTTPStatus.MISDIRECTED_REQUEST, words)

    def _check_rate(self, scope: Scope, path: str) -> None:
        visitor = (scope.get("client") or ("", 0))[0]
        rates = [] if path.startswith("/static/") else [self._rate]
        if scope["method"] not in SAFE:
            rates += [self._login_rate] if path == "/login" else []
            rates += [self._add_rate] if path in (*_ADDS, *_SENDS) else []
        for rate in rates:
            if wait := rate.wait(visitor):
                words = "So many requests in so short a time are not answered."
                raise RefusedError(HTTPStatus.TOO_MANY_REQUESTS, words, wait)

    def _most_body(self, path: str) -> int:
        return self._options.most_upload if path in _ADDS else self._options.most_body

    async def _admit(self, scope: Scope, headers: Headers, path: str) -> None:
        """Find out who comes, and whether they may."""
        state = scope.setdefault("state", {})
        state["token"] = None
        state["may_edit"] = not self._options.tokens
        if not self._options.tokens:
            return
        text = _token_in(headers)
        token = await anyio.to_thread.run_sync(self._check, text) if text else None
        state["token"] = token
        state["may_edit"] = token is not None and token.role == "edit"
        if path in _OPEN or path.startswith("/static/"):
            return
        if token is None:
            words = "That token does not hold." if text else "This desk asks for a token."
            raise RefusedError(HTTPStatus.UNAUTHORIZED, words)
        if scope["method"] not in SAFE and not state["may_edit"] and path not in _READERS_POST:
            words = "This token may read. For changes the desk asks for one that may edit."
            raise RefusedError(HTTPStatus.FORBIDDEN, words)

    def _check_origin(self, scope: Scope, headers: Headers, path: str) -> None:
        """What changes something comes from our own pages, or from no browser at all."""
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        refused = RefusedError(HTTPStatus.FORBIDDEN, "This request comes from another site's page.")
        if scope["method"] in SAFE:
            # A link may lead here from anywhere; pictures and scripts of other sites may not.
            if site == "cross-site" and headers.get("sec-fetch-mode", "navigate") != "navigate":
                raise refused
            return
        if site is not None and site not in ("same-origin", "none"):
            raise refused
        if (
            origin is not None
            and urlsplit(origin).netloc.lower() != headers.get("host", "").lower()
        ):
            raise refused
        if site is None and origin is None and COOKIE in _cookies(headers):
            raise refused

    def _refusal(self, scope: Scope, refused: RefusedError) -> Response:
        asks_page = "text/html" in Headers(scope=scope).get("accept", "")
        path = scope["path"]
        response: Response
        api = path.startswith("/api/") or path.endswith((".json", ".csv")) or not asks_page
        if refused.status == HTTPStatus.UNAUTHORIZED and not api and scope["method"] in SAFE:
            query = scope.get("query_string", b"").decode("latin-1")
            after = quote(path + (f"?{query}" if query else ""), safe="")
            response = RedirectResponse(f"/login?next={after}", status_code=303)
        elif api:
            response = JSONResponse({"detail": refused.words}, status_code=refused.status)
        else:
            response = self._refuse(scope, refused.status, refused.words)
        if refused.status == HTTPStatus.UNAUTHORIZED and response.status_code == refused.status:
            response.headers["WWW-Authenticate"] = 'Bearer realm="dragoman"'
        if refused.retry:
            response.headers["Retry-After"] = str(refused.retry)
        return response


def inside(address: str | None) -> str:
    """The address within the desk that a visitor asked to go on to; else its first page."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return "/"
    if any(ord(c) < 33 or c == "\\" for c in address):
        return "/"
    parts = urlsplit(address)
    return address if not parts.scheme and not parts.netloc else "/"


def _host_of(header: str) -> str:
    """The name in a Host header, without its port."""
    if header.startswith("["):
        return header[1:].partition("]")[0].lower()
    return header.partition(":")[0].lower().rstrip(".")


def _is_address(host: str) -> bool:
    """An address in numbers cannot be pointed elsewhere, as a name can."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _token_in(headers: Headers) -> str:
    kind, _, text = headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return text.strip()
    return _cookies(headers).get(COOKIE, "")


def _cookies(headers: Headers) -> dict[str, str]:
    return cookie_parser(headers.get("cookie", ""))


def _check_length(headers: Headers, most: int) -> None:
    length = headers.get("content-length", "0")
    if length.isdigit() and int(length) > most:
        raise _too_large(most)


def _too_large(most: int) -> RefusedError:
    words = (
        f"No more than {most / 1e6:g} MB are taken at one time. Split it, or use `dragoman add`."
    )
    return RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, words)


def _bounded(receive: Receive, most: int) -> Receive:
    """What comes in, counted: its length may not have been told, or not truly."""
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > most:
            # Raised within the application, whose own handler answers it.
            raise HTTPException(413, _too_large(most).words)
        return message

    return counted
