"""What the pages send: a token, a choice of look, documents to add, decisions.

Every form works without script; it answers by leading to the page that shows what was done.
"""

from __future__ import annotations

import logging
import re
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import anyio.to_thread
from fastapi import FastAPI, Request
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from dragoman.case import tokens
from dragoman.case.alerting import (
    Channel,
    add_alert,
    add_channel,
    find_alert,
    remove_alert,
    remove_channel,
)
from dragoman.case.deciding import decide as decide_merging
from dragoman.case.delivering import try_out
from dragoman.case.reviewing import Part, Verdict, review
from dragoman.desk.api import one_event, one_statement, reviewer_of
from dragoman.desk.guard import COOKIE, inside
from dragoman.desk.limits import FullError
from dragoman.desk.pages import THEMES, Page, desk_of, draw
from dragoman.desk.questions import question
from dragoman.desk.views.alerts import page_with
from dragoman.errors import InputError, UsageError
from dragoman.logs import log
from dragoman.records import ISO_DATE

_MOST_FILES: Final = 100
_MOST_FIELDS: Final = 50
_YEAR: Final = 31_536_000
_UNSAFE: Final = re.compile(r"[^\w. ()-]+")
_DECISIONS: Final = {"accept": "accepted", "reject": "rejected", "correct": "corrected"}


def add_routes(app: FastAPI) -> None:
    for method, path, answer in (
        ("GET", "/login", login_page),
        ("POST", "/login", login),
        ("POST", "/logout", logout),
        ("POST", "/theme", theme),
        ("POST", "/documents", add_documents),
        ("POST", "/additions/{number}/stop", stop_addition),
        ("POST", "/review/{part}/{number}", decide),
        ("POST", "/merging/{deed}", merge_or_split),
        ("POST", "/alerts", add_rule),
        ("POST", "/alerts/remove", remove_rule),
        ("POST", "/alerts/channels", change_channels),
        ("POST", "/alerts/test", try_rule),
    ):
        app.add_api_route(path, answer, methods=[method], include_in_schema=False)


async def form_of(request: Request) -> FormData:
    return await request.form(
        max_files=_MOST_FILES,
        max_fields=_MOST_FIELDS,
        max_part_size=desk_of(request).options.most_body,
    )


def login_page(request: Request) -> Response:
    page = Page(
        template="login.html",
        title="Open the desk",
        data={"next": inside(request.query_params.get("next")), "wrong": False},
    )
    return draw(request, page)


async def login(request: Request) -> Response:
    """Take a token into a cookie that scripts cannot read."""
    form = await form_of(request)
    text, after = _text(form, "token"), inside(_text(form, "next"))
    desk = desk_of(request)
    found = await anyio.to_thread.run_sync(tokens.check, desk.case, text)
    if found is None:
        data = {"next": after, "wrong": True}
        page = Page(template="login.html", title="Open the desk", data=data, status=401)
        return draw(request, page)
    response = _to(after)
    response.set_cookie(
        COOKIE,
        text,
        max_age=_YEAR,
        httponly=True,
        samesite="strict",
        secure=desk.options.secure or request.url.scheme == "https",
    )
    return response


async def logout(_request: Request) -> Response:
    response = _to("/login")
    response.delete_cookie(COOKIE, httponly=True, samesite="strict")
    return response


async def theme(request: Request) -> Response:
    form = await form_of(request)
    chosen = _text(form, "theme")
    response = _to(inside(_text(form, "next")))
    if chosen in THEMES:
        response.set_cookie("theme", chosen, max_age=_YEAR, samesite="lax")
    return response


async def add_documents(request: Request) -> Response:
    """Take files, addresses or a text; they are read one after another."""
    desk, form = desk_of(request), await form_of(request)
    files = [f for f in form.getlist("files") if isinstance(f, UploadFile) and f.filename]
    addresses = tuple(_text(form, "addresses").split())
    texts = _pasted(form)
    for address in addresses:
        if not address.lower().startswith(("http://", "https://")):
            raise InputError(f"{address[:80]!r} is no address; it begins with https:// or http://.")
    if not (files or addresses or texts):
        raise UsageError("choose files, or write an address or a text.")
    folder = Path(tempfile.mkdtemp(prefix="dragoman-")) if files else None
    names = [await _keep(file, folder, at) for at, file in enumerate(files) if folder]
    first = (*names, *addresses, *(text["title"] or "a text" for text in texts))
    title = first[0] if len(first) == 1 else f"{first[0]} and {len(first) - 1} more"
    try:
        order = desk.adding.put(
            by=reviewer_of(request),
            title=title,
            files=tuple(names),
            addresses=addresses,
            texts=texts,
            folder=folder,
        )
    except FullError:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    return _to(f"/documents?{urlencode({'adding': order.id})}")


async def stop_addition(request: Request, number: int) -> Response:
    order = desk_of(request).adding.get(number)
    if order is None:
        raise HTTPException(404, "Nothing is remembered of that addition.")
    await anyio.to_thread.run_sync(desk_of(request).adding.stop, order)
    return _to(f"/documents?{urlencode({'adding': number})}")


async def merge_or_split(request: Request, deed: str) -> Response:
    """Hold two reports to tell one event, or one to tell another than the rest."""
    if deed not in ("merge", "split"):
        raise HTTPException(404, "Events are merged or split.")
    form = await form_of(request)
    ids = [_text(form, name) for name in ("id", "report")]
    if not all(one.isalnum() and one.isascii() and len(one) < 40 for one in ids):
        raise UsageError("name two events by their numbers or ids.")
    case, by = desk_of(request).case, reviewer_of(request, _text(form, "reviewer") or None)

    def keep() -> None:
        decide_merging(case, ids, same=deed == "merge", reviewer=by, note=None)

    await anyio.to_thread.run_sync(keep)
    return _to(inside(_text(form, "next")))


async def add_rule(request: Request) -> Response:
    """Keep an alert; what it tells is seen on its page."""
    form = await form_of(request)
    names = ("actor", "with", "type", "status", "place", "text")
    rule = question([(name, _text(form, name)) for name in names], limit=1).filter
    case = desk_of(request).case
    channels = [_channel(request, form)] if _text(form, "to") else []

    def keep() -> None:
        rest = replace(rule, limit=None, background=False)
        add_alert(case, rest, channels, name=_text(form, "name")[:80] or None)

    await anyio.to_thread.run_sync(keep)
    return _to("/alerts")


async def remove_rule(request: Request) -> Response:
    form = await form_of(request)
    await anyio.to_thread.run_sync(remove_alert, desk_of(request).case, _text(form, "name"))
    return _to("/alerts")


async def change_channels(request: Request) -> Response:
    """Let an alert tell through one more channel, or through one less."""
    form, case = await form_of(request), desk_of(request).case
    name, gone = _text(form, "name"), _text(form, "remove")
    if gone:
        await anyio.to_thread.run_sync(remove_channel, case, name, gone)
    else:
        await anyio.to_thread.run_sync(add_channel, case, name, _channel(request, form))
    return _to("/alerts")


async def try_rule(request: Request) -> Response:
    """Send a trial through each channel of an alert, and say what came of it."""
    form, desk = await form_of(request), desk_of(request)
    name = _text(form, "name")

    def send() -> tuple[str, list[str]]:
        alert = find_alert(desk.case, name)
        return alert.name, try_out(desk.case, alert, desk.settings, _to_log)

    tried, faults = await anyio.to_thread.run_sync(send)
    page = await anyio.to_thread.run_sync(page_with, desk, question([], limit=1), tried, faults)
    return await anyio.to_thread.run_sync(draw, request, page)


def _channel(request: Request, form: FormData) -> Channel:
    """A mail address or a web address. Files are named on the command line alone: who may edit a
    case may not choose where the desk's machine writes."""
    to = _text(form, "to")
    if to.lower().startswith(("http://", "https://")):
        return Channel(kind="webhook", to=to, private=desk_of(request).options.allow_private)
    if "@" in to:
        return Channel(kind="mail", to=to)
    if to == "log":
        return Channel(kind="log")
    raise UsageError("a channel is a mail address, or a web address that takes a POST.")


def _to_log(line: str) -> None:
    log(logging.INFO, "alert", told=line)


async def decide(request: Request, part: str, number: int) -> Response:
    """Keep a decision on an event or a statement."""
    if part not in ("event", "statement"):
        raise HTTPException(404, "Decisions are on events and statements.")
    form = await form_of(request)
    decision = _DECISIONS.get(_text(form, "decision"))
    if decision is None:
        raise UsageError("a decision is accept, reject or correct.")
    reviewer = reviewer_of(request, _text(form, "reviewer") or None)
    verdict = Verdict(
        decision=decision,  # type: ignore[arg-type]
        reviewer=reviewer,
        changes=_changes(form) if decision == "corrected" else None,
        note=_text(form, "note") or None,
    )
    kind: Part = "event" if part == "event" else "statement"
    case = desk_of(request).case

    def keep() -> int:
        (one_event if kind == "event" else one_statement)(case, number)
        return review(case, kind, number, verdict)

    standing = await anyio.to_thread.run_sync(keep)
    after = inside(_text(form, "next"))
    if after == "/":
        after = f"/{part}s/{standing}"
    response = _to(after)
    if not request.scope["state"].get("token"):
        response.set_cookie("reviewer", reviewer, max_age=_YEAR, samesite="lax", httponly=True)
    return response


def _changes(form: FormData) -> dict[str, Any]:
    """The fields of a correction; those left empty stay as they are."""
    changes: dict[str, Any] = {}
    for name in ("type", "mode", "status", "kind"):
        if value := _text(form, name):
            changes[name] = None if value == "none" else value
    for name in ("actors", "recipients"):
        if f"{name}_change" in form:
            changes[name] = [part for part in re.split(r"[,;\s]+", _text(form, name)) if part]
    for name in ("background", "hedged", "quoted"):
        if (value := _text(form, name)) in ("yes", "no"):
            changes[name] = value == "yes"
    return changes


def _pasted(form: FormData) -> tuple[dict[str, Any], ...]:
    text = _text(form, "text")
    if not text:
        return ()
    date = _text(form, "date") or None
    if date and not ISO_DATE.fullmatch(date):
        raise InputError("the date is written as 2022-02-07.")
    more = {name: _text(form, name) or None for name in ("title", "source")}
    return ({"text": text, "date": date, **more},)


async def _keep(file: UploadFile, folder: Path, number: int) -> str:
    """Write what was sent under a name that leads nowhere else; returns the name."""
    base = (file.filename or "").replace("\\", "/").rpartition("/")[2]
    name = _UNSAFE.sub("_", base).strip(". ")[-120:] or "file"
    path = folder / name
    if path.exists():
        path = folder / f"{number}-{name}"
    with path.open("xb") as out:
        while piece := await file.read(1 << 20):
            out.write(piece)
    return path.name


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value.strip().replace("\x00", "") if isinstance(value, str) else ""


def _to(address: str) -> RedirectResponse:
    return RedirectResponse(address, status_code=303)
