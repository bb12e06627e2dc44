"""About: the case, the keyboard, the API."""

from __future__ import annotations

from dragoman.case.statuses import status
from dragoman.desk.desk import Desk
from dragoman.desk.pages import Page
from dragoman.desk.questions import Question


def about(desk: Desk, _q: Question) -> Page:
    found = desk.cached(("status",), lambda: status(desk.case))
    return Page(template="about.html", title="About this case", data={"status": found})
