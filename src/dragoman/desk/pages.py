"""Pages and their twins: what a view gives is drawn as a page, as JSON and as CSV.

A view takes the desk and the question of the address and returns a `Page`. Registered under
/NAME, it also answers under /NAME.json and /NAME.csv.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final, get_args

import orjson
from fastapi import FastAPI, Request
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from dragoman.case.formats import csv_cell
from dragoman.desk import words
from dragoman.desk.desk import Desk, user_of_machine
from dragoman.desk.questions import Question, question
from dragoman.records import Kind, Record, StatementKind
from dragoman.show.digest import readable
from dragoman.version import __version__

PAGE_ROWS: Final = 50
MACHINE_ROWS: Final = 1_000
THEMES: Final = ("auto", "light", "dark")
NAVIGATION: Final = (
    ("/", "Today", "today"),
    ("/timeline", "Timeline", "timeline"),
    ("/contacts", "Contacts", "contacts"),
    ("/claims", "Claims", "claims"),
    ("/statements", "Statements", "statements"),
    ("/tension", "Tension", "tension"),
    ("/map", "Map", "map"),
    ("/actors", "Actors", "actors"),
    ("/documents", "Documents", "documents"),
    ("/review", "Review", "review"),
    ("/alerts", "Alerts", "alerts"),
    ("/brief", "Brief", "brief"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a view found: `data` for the template and the JSON twin, `rows` for CSV.

    `more` is the cursor of the next page; `fields` are the filters that the page offers.
    """

    template: str
    title: str
    data: Mapping[str, Any]
    rows: Sequence[Any] = ()
    more: str | None = None
    fields: tuple[str, ...] = ()
    status: int = 200
    private: Mapping[str, Any] = field(default_factory=dict)


View = Callable[..., Page]


def register(app: FastAPI, path: str, view: View, *, limit: int = PAGE_ROWS) -> None:
    """Answer for a view under its address and those of its twins."""
    name = path.strip("/") or "today"
    machine = f"/{name}"

    def html(request: Request) -> Response:
        return draw(request, view(desk_of(request), asked(request, limit), **request.path_params))

    def as_json(request: Request) -> Response:
        page = view(desk_of(request), asked(request, MACHINE_ROWS), **request.path_params)
        return tagged(request, json_bytes(page), "application/json")

    def as_csv(request: Request) -> Response:
        page = view(desk_of(request), asked(request, MACHINE_ROWS), **request.path_params)
        response = tagged(request, csv_bytes(page.rows), "text/csv; charset=utf-8")
        file = "".join(c if c.isalnum() and c.isascii() else "-" for c in name)
        response.headers["Content-Disposition"] = f'attachment; filename="{file}.csv"'
        return response

    for end, answer in ((".json", as_json), (".csv", as_csv)):
        app.add_api_route(machine + end, answer, include_in_schema=False, name=name + end)
    app.add_api_route(path, html, include_in_schema=False, name=name)


def desk_of(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


def asked(request: Request, limit: int = PAGE_ROWS) -> Question:
    return question(request.query_params.multi_items(), limit=limit)


def draw(request: Request, page: Page) -> Response:
    """A page as HTML."""
    q = asked(request)
    theme = request.cookies.get("theme", "auto")
    state = request.scope.get("state", {})
    token = state.get("token")
    context = {
        **page.data,
        **page.private,
        "page": page,
        "q": q,
        "path": request.url.path,
        "here": section_of(request.url.path),
        "navigation": NAVIGATION,
        "case_name": desk_of(request).name,
        "theme": theme if theme in THEMES else "auto",
        "may_edit": state.get("may_edit", False),
        "token": token,
        "reviewer": token.label if token else request.cookies.get("reviewer", user_of_machine()),
        "version": __version__,
        "twins": twins(request.url.path, q),
    }
    html = environment().get_template(page.template).render(context)
    return tagged(request, html.encode("utf-8", "replace"), "text/html; charset=utf-8", page.status)


def twins(path: str, q: Question) -> dict[str, str]:
    base = "/today" if path == "/" else path
    return {end: q.address(f"{base}.{end}") for end in ("json", "csv")}


def section_of(path: str) -> str:
    return path.strip("/").split("/")[0] or "today"


def tagged(request: Request, body: bytes, kind: str, status: int = 200) -> Response:
    """A response with an ETag of its own bytes; 304 where the visitor has them already."""
    tag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Cookie, Accept-Encoding"}
    known = request.headers.get("if-none-match", "")
    if status == 200 and tag in (one.strip().removeprefix("W/") for one in known.split(",")):
        return Response(status_code=304, headers=headers)
    if kind.startswith("text/html"):
        return HTMLResponse(body, status, headers)
    return Response(body, status, headers, kind)


def json_bytes(page: Page) -> bytes:
    data = {"title": page.title, **page.data, "next": page.more}
    return orjson.dumps(data, default=_plain, option=orjson.OPT_NON_STR_KEYS)


def _plain(value: Any) -> Any:
    if isinstance(value, Record):
        return value.to_dict()
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    if isinstance(value, Mapping):
        return dict(value)
    return str(value)


def csv_bytes(rows: Iterable[Any]) -> bytes:
    """Rows as CSV, with nothing that a spreadsheet would compute."""
    plain = [row.to_dict() if isinstance(row, Record) else dict(row) for row in rows]
    columns = list(dict.fromkeys(name for row in plain for name in row))
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(columns)
    for row in plain:
        writer.writerow([csv_cell(_cell(row.get(name))) for name in columns])
    return stream.getvalue().encode("utf-8", "replace")


def _cell(value: Any) -> Any:
    if isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value):
        return "; ".join(value)
    if isinstance(value, (list, tuple, dict)):
        return orjson.dumps(value, default=_plain).decode()
    return value


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Templates in which every word of a stranger is escaped, and none of them is a template."""
    made = Environment(
        loader=PackageLoader("dragoman.desk", "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "day": words.day,
        "moment": words.moment,
        "number": words.number,
        "names": words.names,
        "readable": readable,
        "quad": words.quad,
        "what": words.what,
        "told": words.told,
    }
    made.globals |= {
        "days": words.days,
        "plural": words.plural,
        "kinds": words.kinds,
        "word": words.word,
        "statement_kinds": lambda: get_args(StatementKind),
        "actor_kinds": lambda: get_args(Kind),
        "day_of": lambda day: words.day(day, weekday=True),
        "safe_link": safe_link,
        "vega": f"/static/vega.js?v={__version__}",
        "STATUS_HELP": words.STATUS_HELP,
        "static": static_address,
    }
    made.finalize = _finalized
    return made


def _finalized(value: Any) -> Any:
    """A stranger's control characters are shown as such; what templates made stays as it is."""
    return readable(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@lru_cache(maxsize=32)
def static_address(name: str) -> str:
    """The address of a file of ours, which changes when the file does."""
    body = files("dragoman.desk").joinpath("static", name).read_bytes()
    return f"/static/{name}?v={hashlib.blake2b(body, digest_size=6).hexdigest()}"


def safe_link(address: str) -> bool:
    """Whether a stranger's address may be a link: only what a browser opens as a page."""
    return address.lower().startswith(("http://", "https://"))
