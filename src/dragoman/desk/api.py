"""The REST API under /api/v1: what the pages show, for programs, in the words of the command line.

Lists come in pages: `next` is handed back as `after`. Every answer has an ETag. The parameters are
read by the same code as those of the pages; the OpenAPI document is written from the tables here.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any, Final

import orjson
from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from dragoman.case import tallies
from dragoman.case.case import Case
from dragoman.case.recall import recall
from dragoman.case.reviewing import Part, Verdict, review
from dragoman.case.rows import ActorRow, DocumentRow, EventRow, Rows, StatementRow
from dragoman.desk.pages import asked, desk_of, tagged
from dragoman.desk.progress import stream
from dragoman.desk.questions import one_more, page_of
from dragoman.errors import InputError, UsageError
from dragoman.records import Input, Record

BASE: Final = "/api/v1"
MOST: Final = 1_000
PAGE: Final = 100
_HELP: Final = {
    "actor": "Who takes part: an id, a code or a name; a code stands for all who act for a state.",
    "with": "And who else takes part.",
    "type": "PLOVER types, by commas: ASSAULT,THREATEN.",
    "mode": "PLOVER modes, by commas.",
    "status": "happened, ongoing, planned, possible, cancelled, denied; by commas.",
    "kind": "Kinds, by commas.",
    "speaker": "Who says it, or on whose word it stands.",
    "since": "From this day, month or year on: 2022-02-07, 2022-02, 2022.",
    "until": "Up to this day, month or year.",
    "place": "A place's name, or a country's code.",
    "source": "Only of this publisher.",
    "document": "Only of the document with this number.",
    "text": 'Words that occur; "in quotes" they stand together, -without one, one OR other.',
    "background": "yes: only what is history to its document; no: without it.",
    "min_confidence": "No less sure than this, from 0 to 1.",
    "decision": "What people decided: accepted, rejected, corrected, or none as yet.",
    "as_known_at": "What the case held then: 2022-02-06T12:00 (UTC), or with a zone.",
    "sort": "A column; with a minus the largest first.",
    "limit": f"So many at a time, at most {MOST}.",
    "after": "Where to go on: the `next` of the page before.",
}
_ALWAYS: Final = ("since", "until", "source", "document", "text", "as_known_at")
_PAGING: Final = ("sort", "limit", "after")
_EVENT: Final = (
    *("actor", "with", "type", "mode", "status", "speaker", "place", "background"),
    *("min_confidence", "decision", *_ALWAYS),
)
_REVIEW_BODY: Final = {
    "type": "object",
    "required": ["decision"],
    "additionalProperties": False,
    "properties": {
        "decision": {"enum": ["accepted", "rejected", "corrected"]},
        "reviewer": {"type": "string", "maxLength": 200},
        "note": {"type": ["string", "null"], "maxLength": 2_000},
        "changes": {"type": ["object", "null"]},
    },
}
_DOCUMENT_BODY: Final = {
    "type": "object",
    "required": ["text"],
    "additionalProperties": False,
    "properties": {
        "text": {"type": "string", "minLength": 1},
        **{name: {"type": ["string", "null"]} for name in ("title", "date", "source", "url", "id")},
    },
}
_ADD_BODY: Final = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "documents": {"type": "array", "items": _DOCUMENT_BODY, "maxItems": 500},
        "addresses": {"type": "array", "items": {"type": "string"}, "maxItems": 100},
    },
}
_DETAIL: Final = {"type": "object", "properties": {"detail": {"type": "string"}}}


@dataclasses.dataclass(frozen=True, slots=True)
class List:
    """A list of the API: what it asks the case, by which names, and how its rows are told apart."""

    name: str
    summary: str
    record: type[Record]
    ask: Callable[[Case, Any], Rows[Any]]
    filters: tuple[str, ...]
    order: str = "-day"
    key: str = "number"


LISTS: Final = (
    List(
        "events",
        "Events as single documents tell them, the newest first",
        EventRow,
        lambda case, wanted: case.events(wanted),
        _EVENT,
    ),
    List(
        "contacts",
        "Contacts as single documents tell them: meetings, calls, visits, talks",
        EventRow,
        lambda case, wanted: case.events(wanted, type=("CONSULT",)),
        tuple(name for name in _EVENT if name != "type"),
    ),
    List(
        "statements",
        "Who said what",
        StatementRow,
        lambda case, wanted: case.statements(wanted),
        ("speaker", "actor", "kind", "decision", *_ALWAYS),
    ),
    List(
        "actors",
        "Actors, those that most documents name first",
        ActorRow,
        lambda case, wanted: case.actors(wanted),
        ("actor", "kind", *_ALWAYS),
        "-documents",
        "id",
    ),
    List(
        "documents",
        "Documents, the newest first",
        DocumentRow,
        lambda case, wanted: case.documents(wanted),
        ("actor", "with", "kind", *_ALWAYS),
    ),
)


def add_routes(app: FastAPI) -> None:
    for one in LISTS:
        app.add_api_route(
            f"{BASE}/{one.name}",
            _lister(one),
            name=one.name,
            summary=one.summary,
            tags=["lists"],
            response_class=Response,
            responses=_responses(_page_schema(one.record), 400, 503),
            openapi_extra={"parameters": _parameters((*one.filters, *_PAGING))},
        )
    routes: list[tuple[str, str, Any, str, dict[str, Any]]] = [
        ("GET", "/events/{number}", event, "An event with all that is known of it", {}),
        ("GET", "/statements/{number}", statement, "A statement with all that is known of it", {}),
        ("GET", "/documents/{number}", document, "A document with its text", {}),
        ("GET", "/documents/{number}/reading", reading, "A document's reading", _known_at()),
        ("GET", "/series", series, "Events by day and type", _series()),
        ("POST", "/read", read, "Read a text; nothing is stored", _body(_DOCUMENT_BODY)),
        ("POST", "/documents", add, "Add documents, read one after another", _body(_ADD_BODY)),
        ("GET", "/additions", additions, "What is being added, the newest first", {}),
        ("GET", "/additions/{number}", addition, "How far an addition is", {}),
        ("GET", "/additions/{number}/progress", progress, "The same as a stream of events", {}),
        ("POST", "/events/{number}/review", review_event, "Decide on an event", _decide()),
        ("POST", "/statements/{number}/review", review_statement, "Decide on one", _decide()),
    ]
    for method, path, answer, summary, extra in routes:
        many = {"GET": (400, 404, 503), "POST": (400, 403, 404, 413, 422, 429, 503)}[method]
        app.add_api_route(
            BASE + path,
            answer,
            methods=[method],
            summary=summary,
            tags=["parts" if method == "GET" else "deeds"],
            status_code=202 if path == "/documents" and method == "POST" else 200,
            response_class=Response,
            responses=_responses({"type": "object"}, *many, ok=202 if answer is add else 200),
            openapi_extra=extra or None,
        )


def _lister(one: List) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        q = asked(request, PAGE)
        rows = list(one.ask(desk_of(request).case, one_more(q.filter)))
        more = page_of(rows, q.filter, one.order, one.key)
        body = {"items": [row.to_dict() for row in rows], "next": more}
        return _json(request, body)

    return answer


def event(request: Request, number: int) -> Response:
    return _json(request, one_event(desk_of(request).case, number).to_dict())


def statement(request: Request, number: int) -> Response:
    return _json(request, one_statement(desk_of(request).case, number).to_dict())


def document(request: Request, number: int) -> Response:
    case = desk_of(request).case
    row = one_document(case, number)
    return _json(request, {**row.to_dict(), "text": case.text(row.number)})


def reading(request: Request, number: int) -> Response:
    desk = desk_of(request)
    one_document(desk.case, number)
    found = recall(desk.case, number, asked(request).filter.as_known_at)
    if found is None:
        raise HTTPException(404, "The document is a copy; its original was read.")
    return _json(request, found.reading.to_dict())


def series(request: Request) -> Response:
    q = asked(request)
    tally = tallies.by_day(desk_of(request).case, q.filter)
    return _json(request, {"items": [r.to_dict() for r in tally.rows], "whole": tally.whole})


async def read(request: Request) -> Response:
    given = _input(_checked(await _json_body(request), _DOCUMENT_BODY))

    def reading() -> bytes:
        reader = desk_of(request).case._own_reader()
        (found,) = list(reader.read_many([given]))
        return orjson.dumps(found.to_dict())

    import anyio.to_thread

    body = await anyio.to_thread.run_sync(reading)
    return Response(body, media_type="application/json")


async def add(request: Request) -> Response:
    body = _checked(await _json_body(request), _ADD_BODY)
    texts = [_checked(item, _DOCUMENT_BODY) for item in body.get("documents") or ()]
    addresses = [str(address) for address in body.get("addresses") or ()]
    if not texts and not addresses:
        raise UsageError("name documents or addresses to add.")
    for text in texts:
        _input(text)
    order = desk_of(request).adding.put(
        by=reviewer_of(request),
        title=f"{len(texts) + len(addresses)} by the API",
        addresses=tuple(addresses),
        texts=tuple(texts),
    )
    return _json(request, order.shown(), 202)


def additions(request: Request) -> Response:
    orders = desk_of(request).adding.recent()
    return _json(request, {"items": [order.shown() for order in orders]})


def addition(request: Request, number: int) -> Response:
    return _json(request, _order(request, number).shown())


def progress(request: Request, number: int) -> Response:
    return stream(request, _order(request, number))


async def review_event(request: Request, number: int) -> Response:
    return await _review(request, "event", number)


async def review_statement(request: Request, number: int) -> Response:
    return await _review(request, "statement", number)


async def _review(request: Request, part: Part, number: int) -> Response:
    body = _checked(await _json_body(request), _REVIEW_BODY)
    case = desk_of(request).case
    verdict = Verdict(
        decision=body["decision"],
        reviewer=reviewer_of(request, body.get("reviewer")),
        changes=body.get("changes") or None,
        note=body.get("note") or None,
    )

    def decide() -> int:
        (one_event if part == "event" else one_statement)(case, number)
        try:
            return review(case, part, number, verdict)
        except (TypeError, ValueError, AttributeError) as error:
            raise UsageError("the changes are not of the kinds that these fields take.") from error

    import anyio.to_thread

    return _json(request, {"number": await anyio.to_thread.run_sync(decide)})


def reviewer_of(request: Request, named: str | None = None) -> str:
    """Who decides: the token's holder; without tokens whoever says so."""
    from dragoman.desk.desk import user_of_machine

    token = request.scope.get("state", {}).get("token")
    if token is not None:
        return str(token.label)
    return named or request.cookies.get("reviewer") or user_of_machine()


def one_event(case: Case, number: int) -> EventRow:
    """The event with this number, rejected or not."""
    from dragoman.case.queries import find_event

    row = find_event(case, _known(number))
    if row is None:
        raise HTTPException(404, f"The case has no event {number}.")
    return row


def one_statement(case: Case, number: int) -> StatementRow:
    from dragoman.case.queries import find_statement

    row = find_statement(case, _known(number))
    if row is None:
        raise HTTPException(404, f"The case has no statement {number}.")
    return row


def one_document(case: Case, number: int) -> DocumentRow:
    from dragoman.case.queries import find_document

    row = find_document(case, _known(number))
    if row is None:
        raise HTTPException(404, f"The case has no document {number}.")
    return row


def _known(number: int) -> int:
    if not 0 < number < 2**63:
        raise HTTPException(404, "The case has nothing of that number.")
    return number


def _order(request: Request, number: int) -> Any:
    order = desk_of(request).adding.get(number)
    if order is None:
        raise HTTPException(404, f"Nothing is remembered of addition {number}.")
    return order


async def _json_body(request: Request) -> Any:
    if not request.headers.get("content-type", "").startswith("application/json"):
        raise HTTPException(415, "Send JSON, as application/json.")
    try:
        return orjson.loads(await request.body())
    except orjson.JSONDecodeError as error:
        raise HTTPException(422, f"The body is no JSON: {error}.") from error


def _checked(body: Any, schema: dict[str, Any]) -> dict[str, Any]:
    """The body, where it is as its schema says; the fault in words."""
    if not isinstance(body, dict):
        raise HTTPException(422, "The body is no object of JSON.")
    properties = schema["properties"]
    faults = [f"{name!r} is no field" for name in body if name not in properties]
    faults += [f"{name} is missing" for name in schema.get("required", ()) if name not in body]
    faults += [
        fault
        for name, value in body.items()
        if name in properties and (fault := _fault(name, value, properties))
    ]
    if faults:
        raise HTTPException(422, "; ".join(faults[:5])[:500])
    return body


def _fault(name: str, value: Any, properties: dict[str, Any]) -> str:
    rule = properties.get(name, {})
    if "enum" in rule:
        return "" if value in rule["enum"] else f"{name} is one of {', '.join(rule['enum'])}"
    kinds = rule.get("type", ())
    kinds = kinds if isinstance(kinds, list) else [kinds]
    types: dict[str, type] = {"string": str, "array": list, "object": dict, "null": type(None)}
    if not isinstance(value, tuple(types[kind] for kind in kinds)):
        return f"{name} is no {kinds[0]}"
    if isinstance(value, (str, list)):
        most = rule.get("maxLength", rule.get("maxItems"))
        if most is not None and len(value) > most:
            return f"{name} is longer than {most}"
        if len(value) < rule.get("minLength", 0):
            return f"{name} is empty"
    if isinstance(value, list):
        kind = types[rule["items"]["type"]]
        return "" if all(isinstance(item, kind) for item in value) else f"{name} holds other kinds"
    return ""


def _input(data: dict[str, Any]) -> Input:
    from dragoman.records import ISO_DATE

    given = Input(**{k: v for k, v in data.items() if v})
    if given.date and not ISO_DATE.fullmatch(given.date):
        raise InputError("the date is written as 2022-02-07 or 2022-02-07T14:00+01:00.")
    return given


def _json(request: Request, body: Any, status: int = 200) -> Response:
    return tagged(request, orjson.dumps(body), "application/json", status)


def _parameters(names: tuple[str, ...]) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "query", "description": _HELP[name], "schema": {"type": "string"}}
        for name in dict.fromkeys(names)
    ]


def _known_at() -> dict[str, Any]:
    return {"parameters": [*_number(), *_parameters(("as_known_at",))]}


def _number() -> list[dict[str, Any]]:
    return [{"name": "number", "in": "path", "required": True, "schema": {"type": "integer"}}]


def _series() -> dict[str, Any]:
    return {"parameters": _parameters(_EVENT)}


def _decide() -> dict[str, Any]:
    return _body(_REVIEW_BODY)


def _body(schema: dict[str, Any]) -> dict[str, Any]:
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


def _responses(schema: dict[str, Any], *faults: int, ok: int = 200) -> dict[int | str, Any]:
    content = {"application/json": {"schema": schema}}
    detail = {"application/json": {"schema": _DETAIL}}
    found: dict[int | str, Any] = {ok: {"description": "What was asked for", "content": content}}
    words = {
        400: "It cannot be asked so",
        401: "A token is needed",
        403: "This may not be done",
        404: "There is no such thing",
        413: "It is too large",
        415: "It is no JSON",
        422: "It is not as it should be",
        429: "Too many requests",
        503: "Come back later",
    }
    for status in sorted({*faults, 401, *((415,) if 413 in faults else ())}):
        found[status] = {"description": words[status], "content": detail}
    return found


_TYPES: Final = {"str": "string", "int": "integer", "float": "number", "bool": "boolean"}


def _page_schema(record: type[Record]) -> dict[str, Any]:
    properties = dict(_columns(record))
    item = {"type": "object", "title": record.__name__, "properties": properties}
    return {
        "type": "object",
        "required": ["items", "next"],
        "properties": {
            "items": {"type": "array", "items": item},
            "next": {"type": ["string", "null"]},
        },
    }


def _columns(record: type[Record]) -> Iterator[tuple[str, dict[str, Any]]]:
    for field in dataclasses.fields(record):  # type: ignore[arg-type]
        kind, _, none = str(field.type).partition(" | ")
        if kind.startswith("tuple"):
            yield field.name, {"type": "array", "items": {"type": "string"}}
        else:
            name = _TYPES[kind]
            yield field.name, {"type": [name, "null"] if none else name}
