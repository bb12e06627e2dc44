"""Event data of other projects: what they say, and their known faults."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

pytest.importorskip("sqlalchemy", reason="the extra `case` is not installed")

from analysis.made import FRA, RUS, day, event
from dragoman.analysis.coded import Coded
from dragoman.analysis.from_case import case_events
from dragoman.case import Case
from dragoman.errors import InputError
from dragoman.export.dyads import ExportPlan
from dragoman.export.writing import write_events
from dragoman.imports.days import iso_day
from dragoman.imports.gdelt import read_gdelt
from dragoman.imports.icews import read_icews
from dragoman.imports.into_case import Prepared, stories
from dragoman.imports.lines import Fault
from dragoman.imports.polecat import read_polecat
from dragoman.ontology.codebooks import columns

READERS = {"icews": read_icews, "gdelt": read_gdelt, "polecat": read_polecat}
EVENTS = [
    event("attack", day(0), "ASSAULT", place="Kyiv", country="UKR", lat=50.45, lon=30.52),
    event("blame", day(1), "ACCUSE", who=(FRA,), whom=(RUS,)),
]
ICEWS = {
    "Event ID": "7",
    "Event Date": "2018-03-08",
    "Source Name": "Military (Russia)",
    "Source Country": "Russian Federation",
    "Event Text": "Make a visit",
    "CAMEO Code": "042",
    "Intensity": "1.9",
    "Target Name": "Ukraine",
    "Target Country": "Ukraine",
    "Story ID": "99",
    "Publisher": "A Paper",
}


def _icews(*rows: dict[str, str], header: bool = True) -> str:
    lines = ["\t".join(columns("icews"))] if header else []
    lines += ["\t".join(row.get(name, "NULL") for name in columns("icews")) for row in rows]
    return "\n".join(lines) + "\n"


def _read(path: Path, text: str) -> tuple[list[Coded], list[Fault]]:
    path.write_text(text, encoding="utf-8")
    faults: list[Fault] = []
    return list(read_icews(path, on_fault=faults.append)), faults


@pytest.mark.parametrize("form", ["icews", "gdelt", "polecat"])
def test_what_was_exported_comes_back(form: str, tmp_path: Path) -> None:
    stream = io.BytesIO()
    write_events(EVENTS, form, stream, ExportPlan(), as_of=day(5))
    path = tmp_path / "events.tab"
    path.write_bytes(stream.getvalue())
    attack, blame = READERS[form](path)
    assert (attack.type, attack.day, attack.country) == ("ASSAULT", day(0), "UKR")
    assert (attack.who[0].code, attack.whom[0].code) == ("RUS", "UKR")
    assert (attack.lat, attack.lon) == (50.45, 30.52)
    assert (blame.type, blame.who[0].code, blame.whom[0].code) == ("ACCUSE", "FRA", "RUS")


def test_a_kind_of_actor_of_a_state_has_the_states_code_and_a_sector(tmp_path: Path) -> None:
    (found,), _ = _read(tmp_path / "a.tab", _icews(ICEWS))
    assert (found.who[0].code, found.who[0].sectors) == ("RUS", ("MIL",))
    assert (found.whom[0].key, found.whom[0].kind) == ("UKR", "state")
    assert (found.type, found.mode, found.score) == ("CONSULT", "visit", 4)
    assert found.sources == ("A Paper",)


def test_a_code_that_lost_its_zero_is_told_from_its_name(tmp_path: Path) -> None:
    (found,), faults = _read(tmp_path / "a.tab", _icews({**ICEWS, "CAMEO Code": "42"}))
    assert (found.type, found.method, faults) == ("CONSULT", "ICEWS 042", [])


def test_the_same_row_twice_and_a_second_header_are_passed_over(tmp_path: Path) -> None:
    found, faults = _read(tmp_path / "a.tab", _icews(ICEWS, ICEWS) + _icews(ICEWS))
    assert (len(found), faults) == (1, [])


def test_a_row_that_a_line_end_has_cut_is_put_together(tmp_path: Path) -> None:
    found, faults = _read(tmp_path / "a.tab", _icews({**ICEWS, "Publisher": "A\nPaper"}))
    assert ([e.sources for e in found], faults) == ([("A Paper",)], [])


@pytest.mark.parametrize(
    "row",
    [
        {**ICEWS, "Event Date": "2018-13-99"},
        {**ICEWS, "CAMEO Code": "xyz", "Event Text": "Nothing"},
        {**ICEWS, "Publisher": "too\tmany"},
    ],
)
def test_a_row_that_makes_no_sense_is_told_and_the_others_go_on(
    row: dict[str, str], tmp_path: Path
) -> None:
    found, faults = _read(tmp_path / "a.tab", _icews(row, ICEWS))
    assert len(found) == 1
    assert [fault.line for fault in faults] == [2]


def test_a_comment_has_no_type(tmp_path: Path) -> None:
    (found,), _ = _read(
        tmp_path / "a.tab", _icews({**ICEWS, "CAMEO Code": "010", "Event Text": ""})
    )
    assert (found.type, found.score) == (None, 0)


@pytest.mark.parametrize("packed", ["gz", "zip"])
def test_packed_files_are_read(packed: str, tmp_path: Path) -> None:
    path = tmp_path / f"events.tab.{packed}"
    if packed == "gz":
        path.write_bytes(gzip.compress(_icews(ICEWS).encode()))
    else:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("events.tab", _icews(ICEWS))
            archive.writestr("readme.pdf", b"%PDF")
    assert len(list(read_icews(path))) == 1


@pytest.mark.parametrize(
    ("name", "data"), [("a.zip", b"no archive"), ("a.gz", b"no archive"), ("none.tab", None)]
)
def test_what_is_no_such_file_is_said_in_words(
    name: str, data: bytes | None, tmp_path: Path
) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(InputError, match="cannot be read"):
        list(read_icews(path))
    (tmp_path / "narrow.csv").write_text("1\t2\t3\n")
    with pytest.raises(InputError, match="has 3 columns"):
        list(read_gdelt(tmp_path / "narrow.csv"))


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2018-03-08", "2018-03-08"),
        ("20180308", "2018-03-08"),
        ("20180308123000", "2018-03-08"),
        ("3/8/2018", "2018-03-08"),
        ("20180231", None),
        ("", None),
    ],
)
def test_days_in_the_forms_of_other_projects(text: str, iso: str | None) -> None:
    assert iso_day(text) == iso


def test_imported_events_become_reports_of_a_case_each_once(tmp_path: Path) -> None:
    rows = [{**ICEWS, "Event ID": str(i), "Story ID": str(i)} for i in range(30)]
    (tmp_path / "a.tab").write_text(_icews(*rows), encoding="utf-8")
    with Case.create(str(tmp_path / "crisis.db")) as case:
        for expected in (30, 0):
            reader = Prepared()
            told = stories(read_icews(tmp_path / "a.tab"), name="ICEWS", origin="a.tab")
            summary = case.add(reader.offered(told), reader=reader)
            assert summary.counts["added"] == expected
        assert len(list(case.events())) == 30
        merged = case_events(case, actor="RUS")
        assert {e.type for e in merged} == {"CONSULT"}
        assert sum(e.reports for e in merged) == 30
        row = next(iter(case.events()))
        assert case.text(row.document)[row.span_start : row.span_end].startswith(
            "Military (Russia)"
        )


def test_a_row_that_is_told_twice_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.tab"
    path.write_text(_icews(ICEWS, {**ICEWS, "Event ID": "8"}, ICEWS), encoding="utf-8")
    lines: list[int] = []
    assert len(list(read_icews(path, on_repeat=lines.append))) == 2
    assert lines == [4]


@pytest.mark.parametrize("form", ["icews", "polecat", "gdelt"])
def test_a_file_of_another_kind_is_told_at_once(form: str, tmp_path: Path) -> None:
    path = tmp_path / "page.tab"
    path.write_text("<html>\n<body>not found</body></html>\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"1 columns"):
        list(READERS[form](path))


def test_a_file_that_is_cut_short_gives_what_is_whole(tmp_path: Path) -> None:
    rows = [{**ICEWS, "Event ID": str(n), "Story ID": str(n * 7919)} for n in range(4000)]
    path = tmp_path / "a.tab.gz"
    path.write_bytes(gzip.compress(_icews(*rows).encode())[:-2000])
    events = read_icews(path)
    found = [next(events) for _ in range(1000)]
    assert len({event.id for event in found}) == 1000
    with pytest.raises(InputError, match="cannot be read"):
        list(events)
