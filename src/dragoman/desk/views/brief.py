"""The brief: what changed in the days that are chosen, to read here and to take along."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from dragoman.analysis.from_case import coded, contacts_of, merged_up_to
from dragoman.brief import Brief, BriefPlan, compose, to_html, to_markdown, to_pdf
from dragoman.case.rows import EventRow
from dragoman.charts import to_svg
from dragoman.desk.desk import Desk
from dragoman.desk.merged import events_of
from dragoman.desk.pages import Page, asked, desk_of, tagged
from dragoman.desk.questions import Question
from dragoman.desk.views.claims import charges, positions_in
from dragoman.desk.views.spans import earlier, stretch, within
from dragoman.errors import MissingExtraError
from dragoman.version import __version__

_DAYS: Final = 7  # where none are chosen
_BACK: Final = 60  # days before the period in which announcements and tension are looked for
_REPORTS: Final = 600
_CLAIMS: Final = 120
_LINES: Final = 12
_KINDS: Final = {
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "pdf": "application/pdf",
}


@dataclass(frozen=True, slots=True)
class Made:
    """A brief, and whether all reports of its days went into it."""

    brief: Brief
    whole: bool


def brief(desk: Desk, q: Question) -> Page:
    made = _made(desk, q)
    return Page(
        template="brief.html",
        title="Brief",
        data={"brief": made.brief, "whole": made.whole},
        rows=[
            {"section": section.title, **line.to_dict()}
            for section in made.brief.sections
            for line in section.lines
        ],
        fields=("since", "until", "actor", "source", "as_known_at"),
    )


def taken_along(request: Request, form: str) -> Response:
    """The brief as a file: a page, Markdown, or PDF."""
    if form not in _KINDS:
        raise HTTPException(404, "A brief is to be had as html, md or pdf.")
    made = _made(desk_of(request), asked(request)).brief
    if form == "pdf":
        try:
            body = to_pdf(made)
        except MissingExtraError as error:
            raise HTTPException(501, str(error)) from error
    else:
        body = (to_html(made) if form == "html" else to_markdown(made)).encode("utf-8", "replace")
    response = tagged(request, body, _KINDS[form])
    name = f"brief-{made.since}-{made.until}.{form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def chart(request: Request, number: int) -> Response:
    """The chart of a section, as SVG."""
    sections = _made(desk_of(request), asked(request)).brief.sections
    spec = sections[number].chart if 0 <= number < len(sections) else None
    if not spec:
        raise HTTPException(404, "That section has no chart.")
    return tagged(request, to_svg(dict(spec)).encode(), "image/svg+xml")


def _made(desk: Desk, q: Question) -> Made:
    days = stretch(desk, q, _DAYS)
    wanted = within(q.filter, days, limit=None)

    def make() -> Made:
        rows, whole = _rows(desk, wanted.as_known_at, q, days.since, days.until)
        known = wanted.as_known_at
        merged = merged_up_to(events_of(desk, rows, known), days.until)
        said, charged, _ = charges(desk, wanted, _CLAIMS)
        kinds = ("threat", "demand", "offer", "promise", "aim")
        statements = list(desk.case.statements(wanted, kind=kinds, limit=_CLAIMS))
        taken = [one["position"] for one in positions_in(desk, statements, wanted.as_known_at)]
        plan = BriefPlan(
            title=Path(desk.name).stem, since=days.since, until=days.until, most=_LINES
        )
        told = [one["claim"] for one in charged if one["claim"] is not None]
        by = f"Made by dragoman {__version__}."
        rows_of = [*said, *statements]
        made = compose(
            coded(merged),
            rows_of,
            plan,
            contacts=contacts_of(merged),
            claims=told,
            positions=taken,
            made_by=by,
        )
        return Made(made, whole)

    return desk.cached(("brief", wanted), make)


def _rows(
    desk: Desk, known: str | None, q: Question, since: str, until: str
) -> tuple[Iterable[EventRow], bool]:
    """The reports of the days, and of those before in which things were announced."""
    asked = replace(q.filter, since=since, until=until, limit=_REPORTS, after=None, sort=None)
    rows = {row.number: row for row in desk.case.events(asked)}
    whole = len(rows) < _REPORTS
    ahead = replace(
        asked, since=None, until=None, status=("planned",), sort="day", after=(until, 0)
    )
    before = replace(asked, since=earlier(since, _BACK), until=since)
    for more in (ahead, before):
        rows |= {row.number: row for row in desk.case.events(replace(more, limit=_REPORTS // 2))}
    return rows.values(), whole
