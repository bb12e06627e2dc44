"""One module a page; `add_routes` enters them all."""

from __future__ import annotations

from fastapi import FastAPI

from dragoman.desk import charts
from dragoman.desk.pages import register
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


def add_routes(app: FastAPI) -> None:
    register(app, "/", today.today)
    register(app, "/timeline", timeline.timeline)
    register(app, "/contacts", contacts.contacts)
    register(app, "/claims", claims.claims)
    register(app, "/statements", statements.statements)
    register(app, "/statements/{number:int}", statements.statement)
    register(app, "/tension", tension.tension)
    register(app, "/map", map.map)
    register(app, "/documents", documents.documents)
    register(app, "/documents/{number:int}", reader.reader)
    register(app, "/documents/{number:int}/part", reader.part)
    register(app, "/events/{number:int}", events.event)
    register(app, "/review", review.review)
    register(app, "/brief", brief.brief)
    register(app, "/alerts", alerts.alerts)
    register(app, "/search", search.search)
    register(app, "/about", about.about)
    register(app, "/actors", actors.actors)
    register(app, "/actors/{key:path}", actors.actor)
    app.add_api_route("/brief.{form}", brief.taken_along, include_in_schema=False)
    app.add_api_route("/brief/charts/{number:int}.svg", brief.chart, include_in_schema=False)
    app.add_api_route("/alerts/{name}.atom", alerts.feed, include_in_schema=False)
    app.add_api_route("/charts/{name}.{form}", charts.answer, include_in_schema=False)
