"""`dragoman brief`: what changed in a case, on a few pages."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.analyses import party_of
from dragoman.cli.cases import open_case
from dragoman.cli.options import AsKnownAt, CaseArgument, Source, Tier
from dragoman.errors import CaseError, UsageError

if TYPE_CHECKING:
    from dragoman.brief import Brief
    from dragoman.case import Case, Filter

HELP = "Write a brief: what changed, contacts, agenda, claims, tension, network, map."
_KINDS = (".html", ".md", ".pdf")


def run(
    case: CaseArgument,
    since: Annotated[
        str | None,
        typer.Option(metavar="DAY", help="Reports from this day on; by default all."),
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DAY", help="Up to this day; by default the newest.")
    ] = None,
    output: Annotated[
        str,
        typer.Option(
            "-o", "--output", metavar="FILE", help=".html, .md or .pdf; - prints Markdown."
        ),
    ] = "-",
    pair: Annotated[
        list[str] | None,
        typer.Option("--pair", metavar="A,B", help="Tension between these two; may be repeated."),
    ] = None,
    source: Source = None,
    tier: Tier = None,
    as_known_at: AsKnownAt = None,
    title: Annotated[
        str | None, typer.Option(help="The title; by default the case's name.")
    ] = None,
    most: Annotated[int, typer.Option(min=1, help="No more lines a section than this.")] = 30,
) -> None:
    from dragoman.brief import to_html, to_markdown, to_pdf
    from dragoman.case import Filter

    kind = ".md" if output == "-" else Path(output).suffix.lower()
    if kind not in _KINDS:
        raise UsageError(f"{output} must end in .html, .md or .pdf.")
    pairs = tuple(_pair(words) for words in pair or ())
    with open_case(case) as opened:
        wanted = Filter(source=source, tier=tier, as_known_at=as_known_at)
        brief = _brief(opened, since, until, wanted, title, pairs, most, charts=kind != ".md")
    if kind == ".pdf":
        data = to_pdf(brief)
    else:
        data = (to_html(brief) if kind == ".html" else to_markdown(brief)).encode()
    if output == "-":
        sys.stdout.buffer.write(data)
        return
    try:
        Path(output).write_bytes(data)
    except OSError as error:
        raise CaseError(f"{output} cannot be written: {error.strerror}.") from error
    typer.echo(f"{output}: {brief.summary}")


def _pair(words: str) -> tuple[str, str]:
    first, comma, second = words.partition(",")
    if not comma:
        raise UsageError(f"--pair takes two parted by a comma, as RUS,UKR; not {words!r}.")
    return party_of(first.strip()), party_of(second.strip())


def _brief(
    case: Case,
    since: str | None,
    until: str | None,
    wanted: Filter,
    title: str | None,
    pairs: tuple[tuple[str, str], ...],
    most: int,
    *,
    charts: bool,
) -> Brief:
    from dragoman.analysis.from_case import coded, contacts_of, merged_up_to
    from dragoman.analysis.from_case import last_day as newest
    from dragoman.brief import BriefPlan, compose
    from dragoman.case.moments import first_day, last_day
    from dragoman.merging.claims import claims
    from dragoman.merging.positions import positions
    from dragoman.version import __version__

    end = last_day(until) if until else newest(case)
    if end is None:
        raise UsageError("no document of the case has a date; give the days with --since, --until.")
    start = first_day(since) if since else _oldest(case) or end
    if start > end:
        raise UsageError(
            f"no day lies from {start} to {end}"
            + ("." if until else ", the day of the newest document.")
        )
    plan = BriefPlan(
        title=title or Path(case.about().get("name", "Brief")).stem,
        since=start,
        until=end,
        pairs=pairs,
        most=most,
        charts=charts,
    )
    merged = merged_up_to(case.merged(wanted), end)
    statements = list(case.statements(wanted, tier=None, since=start, until=end))
    said = list(case.said(wanted, since=start, until=end))
    told = claims(said, case.merged(wanted, until=end))
    made_by = f"Made by dragoman {__version__}."
    return compose(
        coded(merged),
        statements,
        plan,
        contacts=contacts_of(merged),
        claims=told,
        positions=positions(said),
        made_by=made_by,
    )


def _oldest(case: Case) -> str | None:
    rows = case.documents(sort="published", limit=None)
    return next((row.published[:10] for row in rows if row.published), None)
