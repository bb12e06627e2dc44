"""Exports: columns as the field knows them, folding, nothing that a spreadsheet would compute."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("sqlalchemy", reason="the extra `case` is not installed")

from analysis.made import FRA, MACRON, PUTIN, RUS, UKR, day, event
from dragoman.analysis.coded import Coded
from dragoman.export.dyads import ExportPlan
from dragoman.export.rows import gdelt_rows
from dragoman.export.writing import FORMS, Source, write_events, write_export
from dragoman.merging.records import Party
from dragoman.ontology.codebooks import columns

EVIL = Party(key="name:evil", name='=HYPERLINK("x")\tEvil\nParty', kind="organisation", code="FRA")
EVENTS = [
    event("attack", day(0), "ASSAULT", place="Kyiv", country="UKR", lat=50.45, lon=30.52),
    event("call", day(1), "CONSULT", mode="phone", medium="phone", who=(MACRON, PUTIN), whom=()),
    event("plan", day(9), "CONSULT", who=(FRA, RUS), whom=(), status="planned", told=day(2)),
    event("ban", day(9), "SANCTION", who=(FRA,), whom=(RUS,), status="planned", told=day(2)),
    event("fear", day(9), "ASSAULT", status="possible", told=day(2)),
    event("old", day(0), "ASSAULT", background=True),
    event("evil", day(3), "ACCUSE", who=(EVIL,), whom=(RUS,)),
]


def _written(form: str, events: list[Coded] = EVENTS, **plan: Any) -> bytes:
    stream = io.BytesIO()
    write_events(events, form, stream, ExportPlan(**plan), as_of=day(5))
    return stream.getvalue()


def _table(form: str, **plan: Any) -> list[list[str]]:
    return [line.split("\t") for line in _written(form, **plan).decode().splitlines()]


@pytest.mark.parametrize(("form", "width"), [("icews", 20), ("polecat", 40)])
def test_a_form_with_a_header_has_the_columns_of_the_field(form: str, width: int) -> None:
    rows = _table(form)
    assert tuple(rows[0]) == columns(form)
    assert {len(row) for row in rows} == {width}


@pytest.mark.parametrize("form", ["icews", "polecat"])
def test_rows_are_in_the_order_of_the_days_under_which_they_are_filed(form: str) -> None:
    at = columns(form).index("Event Date")
    late_first = sorted(EVENTS, key=lambda e: e.day, reverse=True)
    stream = io.BytesIO()
    write_events(late_first, form, stream, ExportPlan(), as_of=day(5))
    days = [line.split("\t")[at] for line in stream.getvalue().decode().splitlines()[1:]]
    assert days == sorted(days)
    assert day(2) in days  # a plan is filed on the day of its report


def test_gdelt_has_61_columns_and_no_header() -> None:
    rows = _table("gdelt")
    assert {len(row) for row in rows} == {61}
    first = dict(zip(columns("gdelt"), rows[0], strict=True))
    assert first["SQLDATE"] == "20220101"
    assert (first["Actor1Code"], first["Actor2Code"]) == ("RUS", "UKR")
    assert first["EventCode"] == "190"
    assert (first["EventRootCode"], first["QuadClass"]) == ("19", "4")
    assert first["ActionGeo_CountryCode"] == "UP"  # FIPS, not ISO
    assert first["ActionGeo_FullName"] == "Kyiv, Ukraine"
    assert first["FractionDate"].startswith("2022.08")


def test_mentions_have_16_columns_and_lead_to_the_events(tmp_path: Path) -> None:
    source = Source({"name": "Test"}, {"dragoman": ["1"]}, {}, "2022-02-01T00:00:00Z", day(5))
    path = tmp_path / "events.csv"
    counts = write_export(EVENTS, "gdelt", path, ExportPlan(), source)
    mentions = (tmp_path / "events.mentions.csv").read_text().splitlines()
    assert counts == {"events.csv": len(list(gdelt_rows(EVENTS, ExportPlan()))), **counts}
    assert {line.count("\t") for line in mentions} == {15}
    numbers = {line.split("\t")[0] for line in path.read_text().splitlines()}
    assert {line.split("\t")[0] for line in mentions} <= numbers


def test_codes_are_text_and_a_call_is_one_record_each_way() -> None:
    calls = [row for row in _table("cameo")[1:] if row[9] == "call"]
    assert [row[1:4] for row in calls] == [["FRAGOV", "RUSGOV", "041"], ["RUSGOV", "FRAGOV", "041"]]


def test_what_is_planned_is_folded_by_the_manual_on_the_day_of_its_report() -> None:
    records = {
        json.loads(line)["id"].partition("-A-")[2]: json.loads(line)
        for line in _written("plover").splitlines()
    }
    assert records["plan"]["event"] == ["AGREE"]
    assert records["ban"]["event"] == ["THREATEN"]
    assert records["ban"]["date"] == day(2)
    assert not {"fear", "old"} & records.keys()


def test_what_plover_leaves_out_is_kept_and_marked_on_demand() -> None:
    lines = _written("plover", keep=("possible", "background")).splitlines()
    marks = [mark for line in lines for mark in json.loads(line)["context"]]
    assert {"hypothetical", "historical"} <= set(marks)


def test_one_a_day_leaves_one_of_the_same_two_and_kind() -> None:
    twice = [EVENTS[0], event("again", day(0), "ASSAULT")]
    stream = io.BytesIO()
    write_events(twice, "icews", stream, ExportPlan(one_a_day=True), as_of=day(5))
    assert len(stream.getvalue().splitlines()) == 2
    assert len(_written("icews", twice).splitlines()) == 3


@pytest.mark.parametrize("form", ["cameo", "icews", "polecat", "csv"])
def test_no_cell_begins_a_formula_or_breaks_its_row(form: str) -> None:
    text = _written(form).decode()
    rows = list(csv.reader(io.StringIO(text))) if form == "csv" else _table(form)
    cells = [cell for row in rows for cell in row]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not any(cell.startswith("=") for cell in cells)
    assert len({len(row) for row in rows}) == 1


def test_geojson_holds_what_has_coordinates_longitude_first() -> None:
    found = json.loads(_written("geojson"))
    (feature,) = found["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [30.52, 50.45]}
    assert feature["properties"]["event"] == "attack"


def test_the_calendar_holds_what_is_planned() -> None:
    icalendar = pytest.importorskip("icalendar")
    calendar = icalendar.Calendar.from_ical(_written("ics"))
    found = {str(e["UID"]): str(e["SUMMARY"]) for e in calendar.walk("VEVENT")}
    assert found == {
        "plan@dragoman": "Talks: France; Russia",
        "ban@dragoman": "Sanctions: France; Russia",
    }


def test_what_is_told_to_a_year_alone_has_no_place_in_a_calendar() -> None:
    icalendar = pytest.importorskip("icalendar")
    year = event("year", "2022-01-01", "CONSULT", status="planned", day_end="2022-12-31")
    calendar = icalendar.Calendar.from_ical(_written("ics", [*EVENTS, year]))
    assert "year@dragoman" not in {str(e["UID"]) for e in calendar.walk("VEVENT")}


def test_json_ld_leads_from_each_event_to_its_reports() -> None:
    graph = json.loads(_written("jsonld"))["@graph"]
    assert len(graph) == len(EVENTS)
    assert all(thing["prov:wasDerivedFrom"] for thing in graph)
    assert "EventScheduled" in {thing.get("eventStatus") for thing in graph}


@pytest.mark.parametrize("form", FORMS)
def test_beside_each_export_lie_a_codebook_and_a_manifest(form: str, tmp_path: Path) -> None:
    source = Source({"name": "Test"}, {"model": ["m1"]}, {"tier": "agency"}, "2022-02-01", day(5))
    path = tmp_path / f"out.{form}"
    write_export(EVENTS, form, path, ExportPlan(), source)
    told = json.loads((tmp_path / f"out.{form}.manifest.json").read_bytes())
    assert told["files"][0]["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert told["settings"]["tier"] == "agency"
    assert told["counts"]["events"] == len(EVENTS)
    assert "dragoman" in told["cite"]
    assert "column\tmeaning" in (tmp_path / f"out.{form}.codebook.tsv").read_text()


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_case_and_bare_events_can_be_exported(form: str) -> None:
    bare = Coded(id="x", day="", day_end="", type="ACCUSE", precision=None)
    for events in ([], [bare], [Coded(id="c", day=day(0), day_end=day(0), type=None)]):
        assert _written(form, events) is not None


@pytest.mark.parametrize("form", FORMS)
def test_the_same_events_give_the_same_bytes(form: str) -> None:
    assert _written(form) == _written(form)
    assert UKR.code == "UKR"
