"""The application: pages, their twins, the REST API, files of ours, behind the guard."""

from __future__ import annotations

import contextlib
import importlib
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

import sqlalchemy as sa
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import JSONResponse, Response
from starlette.types import Scope

from dragoman.case import Case, merging, tokens
from dragoman.desk import api, forms, pages, views
from dragoman.desk.adding import Works
from dragoman.desk.desk import Desk
from dragoman.desk.guard import Guard
from dragoman.desk.limits import FullError
from dragoman.desk.options import Options
from dragoman.desk.pages import Page, draw
from dragoman.errors import CaseBusyError, DragomanError, InputError, UsageError
from dragoman.settings import Settings
from dragoman.version import __version__

_KINDS: Final = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "json": "application/json",
}
_HEAVY: Final = ("altair", "networkx", "ruptures", "vl_convert", "dragoman.charts")
_FOREVER: Final = "public, max-age=31536000, immutable"


def create_app(
    case: Case,
    *,
    options: Options | None = None,
    settings: Settings | None = None,
    worker: Works | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> FastAPI:
    """The desk over an open case, which it closes when it ends."""
    options = options or Options()
    desk = Desk(case, options, settings or Settings(), worker=worker)
    bound_questions(case, options.query_seconds)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        threading.Thread(target=_prepare, args=(desk,), name="preparing", daemon=True).start()
        yield
        desk.close()

    def refuse(scope: Scope, status: int, words: str) -> Response:
        return _error_page(Request(scope), status, words)

    guard = Middleware(
        Guard,
        options=options,
        check=lambda text: tokens.check(case, text),
        refuse=refuse,
        clock=clock,
    )
    app = FastAPI(
        title="dragoman",
        version=__version__,
        summary="The case over HTTP: what the desk shows, for programs.",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        middleware=[guard, Middleware(GZipMiddleware, minimum_size=1_000, compresslevel=5)],
    )
    app.state.desk = desk
    _answer_faults(app)
    app.add_api_route("/static/{name}", static, include_in_schema=False)
    app.add_api_route("/health", lambda: {"status": "ok"}, include_in_schema=False)
    api.add_routes(app)
    forms.add_routes(app)
    views.add_routes(app)
    return app


def _prepare(desk: Desk) -> None:
    """Have at hand what the first visitor would wait for: libraries, scripts, merged events.

    Where more than a few events wait to be merged, the process that reads does it meanwhile.
    """
    for name in _HEAVY:
        importlib.import_module(name)
    vega()
    pages.environment()
    with contextlib.suppress(DragomanError):
        if not merging.update_if_little(desk.case):
            desk.adding.put(by="the desk", title="merging", quiet=True)


def bound_questions(case: Case, seconds: float) -> None:
    """Let no question to the case take longer: it ends with a worded error."""
    engine = case.database.engine
    if case.database.postgres:

        @sa.event.listens_for(engine, "begin")
        def _limit(connection: sa.Connection) -> None:
            connection.exec_driver_sql(f"SET LOCAL statement_timeout = {int(seconds * 1000)}")

        return

    @sa.event.listens_for(engine, "checkout")
    def _deadline(connection: Any, _record: object, _proxy: object) -> None:
        end = time.monotonic() + seconds
        connection.set_progress_handler(lambda: time.monotonic() > end, 50_000)


def static(name: str) -> Response:
    """A file of ours, or the scripts that draw charts."""
    if name == "vega.js":
        return Response(vega(), media_type=_KINDS["js"], headers={"Cache-Control": _FOREVER})
    file = files("dragoman.desk").joinpath("static", name)
    kind = _KINDS.get(name.rpartition(".")[2])
    if "/" in name or "\\" in name or ".." in name or kind is None or not file.is_file():
        raise HTTPException(404, "There is no such file.")
    return Response(file.read_bytes(), media_type=kind, headers={"Cache-Control": _FOREVER})


@lru_cache(maxsize=1)
def vega() -> bytes:
    """Vega, Vega-Lite and Vega-Embed as vl-convert bundles them, and the interpreter of
    expressions, with which they need no `eval`."""
    import vl_convert

    snippet = "window.vegaEmbed = vegaEmbed; window.vega = vega; window.vegaLite = vegaLite;"
    return vl_convert.javascript_bundle(snippet).encode()


def _answer_faults(app: FastAPI) -> None:
    """Worded answers for what goes wrong; a fault of ours shows no more than that it is one."""

    def usage(request: Request, error: Exception) -> Response:
        return _error(request, _status(error), _sentence(str(error)))

    def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return _error(request, error.status_code, str(error.detail), dict(error.headers or {}))

    def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        faults = [
            f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}"
            for fault in error.errors()[:5]
        ]
        return _error(request, 422, "; ".join(faults))

    def full(request: Request, _error_: Exception) -> Response:
        return _error(request, 503, "So much waits to be added that no more is taken now.")

    app.add_exception_handler(DragomanError, usage)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(FullError, full)


def _status(error: Exception) -> int:
    if isinstance(error, UsageError):
        return 400
    if isinstance(error, InputError):
        return 422
    if isinstance(error, CaseBusyError) or "interrupted" in str(error):
        return 503
    return 500


def _error(
    request: Request, status: int, words: str, headers: dict[str, str] | None = None
) -> Response:
    path = request.url.path
    machine = path.startswith("/api/") or path.endswith((".json", ".csv"))
    if machine or "text/html" not in request.headers.get("accept", ""):
        response: Response = JSONResponse({"detail": words}, status)
    else:
        response = _error_page(request, status, words)
    response.headers.update(headers or {})
    if status == 503:
        response.headers["Retry-After"] = "5"
    return response


def _error_page(request: Request, status: int, words: str) -> Response:
    titles = {400: "That cannot be asked", 404: "Not here", 503: "Come back in a moment"}
    page = Page(
        template="error.html",
        title=titles.get(status, "That did not work"),
        data={"words": _sentence(words), "code": status},
        status=status,
    )
    # The address may be what is wrong; the page is drawn without it.
    bare = Request({**request.scope, "query_string": b""})
    return draw(bare, page)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
