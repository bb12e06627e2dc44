"""Who may come in, from where, with how much; and with what headers every answer goes out."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from case.clock import Clock
from desk.conftest import PAGE
from desk.worker import HandWorker
from dragoman.case import Case, tokens
from dragoman.desk import Options, create_app
from dragoman.desk.guard import HEADERS, POLICY, inside

CHANGES = {"POST", "PUT", "DELETE", "PATCH"}
READERS_MAY = {"/theme", "/logout", "/login", "/api/v1/read"}
OPEN = {"/login", "/theme", "/health", "/static/{name}"}


def routes(app: Any) -> Iterator[tuple[str, str, str]]:
    """Every route of the application: method, template, and an address of it."""
    values = {"number": "1", "number:int": "1", "name": "timeline", "form": "json", "part": "event"}
    for route in app.routes:
        path = getattr(route, "path", None)
        if path is None:
            continue
        address = path
        for name, value in {**values, "key:path": "RUS"}.items():
            address = address.replace(f"{{{name}}}", value)
        if path == "/static/{name}":
            address = "/static/desk.css"
        for method in sorted(route.methods - {"HEAD"}):
            yield method, path, address


@pytest.fixture
def team(case: Case) -> Any:
    """A desk that asks for tokens."""
    options = Options(host="testserver", tokens=True, login_rate=0, add_rate=0)
    return create_app(case, options=options, worker=HandWorker(case))


@pytest.fixture
def given(case: Case, clock: Clock) -> dict[str, str]:
    """A token of each kind; the expired one was good once."""
    _, expired = tokens.create(case, role="edit", label="Once", days=1)
    clock.move(days=2)
    _, read = tokens.create(case, role="read", label="Reader", days=30)
    _, edit = tokens.create(case, role="edit", label="Editor", days=30)
    return {"no": "", "bad": read[:-4] + "AAAA", "expired": expired, "read": read, "edit": edit}


def _send(visitor: TestClient, method: str, address: str, token: str) -> Any:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    body: Any = {"json": {}} if address.startswith("/api/") else {"data": {"x": "y"}}
    return visitor.request(method, address, headers=headers, **(body if method in CHANGES else {}))


@pytest.mark.parametrize("who", ["no", "bad", "expired", "read", "edit"])
def test_every_route_with_every_token(team: Any, given: dict[str, str], who: str) -> None:
    visitor = TestClient(team, follow_redirects=False)
    seen = 0
    for method, path, address in routes(team):
        if address.endswith("/progress"):
            continue  # nothing is being added: it is not found; streams have a test of their own
        answer = _send(visitor, method, address, given[who])
        visitor.cookies.clear()
        seen += 1
        told = (method, address, answer.status_code)
        if path in OPEN:
            assert answer.status_code not in (403, 500), told
        elif who in ("no", "bad", "expired"):
            assert answer.status_code == 401, told
            assert answer.headers["www-authenticate"].startswith("Bearer"), told
        elif who == "read" and method in CHANGES and path not in READERS_MAY:
            assert answer.status_code == 403, told
        else:
            assert answer.status_code not in (401, 403, 500), told
        assert answer.headers["content-security-policy"] == POLICY, told
        for name, value in HEADERS.items():
            assert answer.headers[name] == value, told
    assert seen > 60


def test_all_routes_are_of_a_kind_that_the_test_above_sees(team: Any) -> None:
    known = {path for _, path, _ in routes(team)}
    assert {route.path for route in team.routes if isinstance(route, APIRoute)} <= known


def test_a_browser_without_a_token_is_led_to_where_it_may_hand_one_in(
    team: Any, given: dict[str, str]
) -> None:
    visitor = TestClient(team, headers=PAGE, follow_redirects=False)
    asked = visitor.get("/timeline?actor=RUS")
    assert asked.status_code == 303
    assert asked.headers["location"] == "/login?next=%2Ftimeline%3Factor%3DRUS"
    wrong = visitor.post("/login", data={"token": given["bad"], "next": "/timeline"})
    assert wrong.status_code == 401
    assert "does not hold" in wrong.text
    right = visitor.post("/login", data={"token": given["read"], "next": "/timeline?actor=RUS"})
    assert right.headers["location"] == "/timeline?actor=RUS"
    cookie = right.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    page = visitor.get("/timeline", headers={"sec-fetch-site": "same-origin"})
    assert page.status_code == 200
    assert "Reader" in page.text
    visitor.post("/logout", headers={"origin": "http://testserver"})
    assert visitor.get("/timeline").status_code == 303


def test_a_readers_page_offers_no_changes(team: Any, given: dict[str, str]) -> None:
    reader = TestClient(team, headers={**PAGE, "Authorization": f"Bearer {given['read']}"})
    editor = TestClient(team, headers={**PAGE, "Authorization": f"Bearer {given['edit']}"})
    for path, sign in (("/review", "Accept"), ("/documents", "Add documents")):
        assert sign not in reader.get(path).text
        assert sign in editor.get(path).text


def test_tokens_are_in_no_log_and_no_answer(
    team: Any, given: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    visitor = TestClient(team, headers=PAGE)
    visitor.post("/login", data={"token": given["read"], "next": "/"})
    for token in (given["read"], given["bad"], given["expired"]):
        answer = _send(visitor, "GET", "/about", token)
        assert token not in answer.text
    secrets = [token.split("_", 2)[2] for token in given.values() if token]
    assert not [one for one in secrets if one in caplog.text]


@pytest.mark.parametrize(
    ("host", "let_in"),
    [
        ("testserver", True),
        ("testserver:8040", True),
        ("127.0.0.1:8040", True),
        ("localhost", True),
        ("[::1]:8040", True),
        ("evil.example", False),
        ("testserver.evil.example", False),
        ("evil.example:80@testserver", False),
        ("", False),
    ],
)
def test_the_desk_answers_to_its_own_names_alone(app: Any, host: str, let_in: bool) -> None:
    answer = TestClient(app).get("/about", headers={"Host": host})
    assert answer.status_code == (200 if let_in else 421)


@pytest.mark.parametrize(
    ("headers", "let_in"),
    [
        ({"sec-fetch-site": "same-origin", "origin": "http://testserver"}, True),
        ({"origin": "http://testserver"}, True),
        ({}, True),  # no browser: curl on the same machine
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "same-site"}, False),
        ({"origin": "http://evil.example"}, False),
        ({"origin": "null"}, False),
        ({"origin": "http://testserver.evil.example"}, False),
        ({"sec-fetch-site": "same-origin", "origin": "http://evil.example"}, False),
    ],
)
def test_changes_come_from_our_own_pages(
    visitor: TestClient, case: Case, headers: dict[str, str], let_in: bool
) -> None:
    answer = visitor.post("/review/event/1", data={"decision": "accept"}, headers=headers)
    assert answer.status_code == (303 if let_in else 403)
    decided = [event.decision for event in case.events() if event.number == 1]
    assert decided == (["accepted"] if let_in else [None])


def test_a_cookie_alone_changes_nothing(team: Any, given: dict[str, str]) -> None:
    visitor = TestClient(team, headers=PAGE, follow_redirects=False)
    visitor.post("/login", data={"token": given["edit"]})
    assert visitor.post("/review/event/1", data={"decision": "accept"}).status_code == 403


def test_other_sites_cannot_load_parts_of_the_desk(visitor: TestClient) -> None:
    headers = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}
    assert visitor.get("/timeline.json", headers=headers).status_code == 403
    headers["sec-fetch-mode"] = "navigate"
    assert visitor.get("/timeline", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "\\\\evil.example",
        "",
        "evil.example",
        "/ok\r\nSet-Cookie: a=b",
    ],
)
def test_nobody_is_led_elsewhere(visitor: TestClient, address: str) -> None:
    assert inside(address) == "/"
    answer = visitor.post("/theme", data={"theme": "dark", "next": address})
    assert answer.headers["location"] == "/"
    assert "evil" not in str(answer.headers)


def test_too_much_is_not_taken(case: Case) -> None:
    options = Options(host="testserver", most_body=1_000, most_upload=2_000)
    visitor = TestClient(create_app(case, options=options), headers=PAGE)
    assert visitor.post("/api/v1/read", json={"text": "x" * 2_000}).status_code == 413
    files = {"files": ("big.txt", b"x" * 3_000)}
    assert visitor.post("/documents", files=files).status_code == 413

    def unannounced() -> Iterator[bytes]:
        yield from (b"x" * 500 for _ in range(10))

    headers = {"Content-Type": "application/json"}
    answer = visitor.post("/api/v1/read", content=unannounced(), headers=headers)
    assert answer.status_code == 413
    assert answer.headers["content-security-policy"] == POLICY


def test_too_often_is_told_when_to_come_back(case: Case) -> None:
    now = [0.0]
    options = Options(host="testserver", rate=5, login_rate=2)
    app = create_app(case, options=options, clock=lambda: now[0])
    visitor = TestClient(app)
    answers = [visitor.get("/health").status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]
    refused = visitor.get("/health")
    assert 1 <= int(refused.headers["retry-after"]) <= 12
    now[0] += int(refused.headers["retry-after"])
    assert visitor.get("/health").status_code == 200
    now[0] += 60
    tries = [visitor.post("/login", data={"token": "x"}).status_code for _ in range(3)]
    assert tries == [401, 401, 429]


def test_a_fault_of_ours_goes_out_with_the_headers_and_without_its_cause(
    app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the secret inside")

    monkeypatch.setattr(Case, "events", broken)
    answer = TestClient(app, headers=PAGE, raise_server_exceptions=False).get("/timeline")
    assert answer.status_code == 500
    assert answer.headers["content-security-policy"] == POLICY
    assert "secret" not in answer.text


def test_a_question_that_takes_too_long_is_put_off(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(self: Case, *_: object, **__: object) -> list[object]:
        numbers = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)"
        with self.database.reading() as connection:
            connection.exec_driver_sql(f"{numbers} SELECT count(*) FROM n").all()
        return []

    app = create_app(case, options=Options(host="testserver", query_seconds=0.1))
    monkeypatch.setattr(Case, "events", endless)
    answer = TestClient(app, headers=PAGE).get("/timeline")
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"
