"""One module a page; `VIEWS` names them all."""

from __future__ import annotations

from typing import Final

from fastapi import FastAPI

from dragoman.desk import charts
from dragoman.desk.pages import View, register
from dragoman.desk.views import (
    about,
    actors,
    alerts,
    brief,
    claims,
    contacts,
    documents,
    events,
    map,
    reader,
    review,
    search,
    statements,
    tension,
    timeline,
    today,
)

VIEWS: Final[dict[str, View]] = {
    "/": today.today,
    "/timeline": timeline.timeline,
    "/contacts": contacts.contacts,
    "/claims": claims.claims,
    "/statements": statements.statements,
    "/statements/{number:int}": statements.statement,
    "/tension": tension.tension,
    "/map": map.map,
    "/documents": documents.documents,
    "/documents/{number:int}": reader.reader,
    "/documents/{number:int}/part": reader.part,
    "/events/{number:int}": events.event,
    "/review": review.review,
    "/brief": brief.brief,
    "/alerts": alerts.alerts,
    "/search": search.search,
    "/about": about.about,
    "/actors": actors.actors,
    "/actors/{key:path}": actors.actor,
}


def add_routes(app: FastAPI) -> None:
    for path, view in VIEWS.items():
        register(app, path, view)
    app.add_api_route("/brief.{form}", brief.taken_along, include_in_schema=False)
    app.add_api_route("/brief/charts/{number:int}.svg", brief.chart, include_in_schema=False)
    app.add_api_route("/alerts/{name}.atom", alerts.feed, include_in_schema=False)
    app.add_api_route("/charts/{name}.{form}", charts.answer, include_in_schema=False)
