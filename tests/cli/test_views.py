"""The views of a case as a user asks for them: filters, faults, what is said where nothing is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import orjson
import pytest

pytest.importorskip("sqlalchemy", reason="the extra `case` is not installed")

from typer.testing import CliRunner, Result

from case.fake_reader import FakeReader
from dragoman.case import Case
from dragoman.cli import app
from dragoman.cli.main import guarded
from dragoman.ontology.codebooks import columns
from dragoman.records import Input

TEXTS = [
    ("2022-02-07", "Reuters", "Emmanuel Macron met Vladimir Putin in Moscow. 2022-02-07."),
    (
        "2022-02-07",
        "TASS",
        "Emmanuel Macron met Vladimir Putin in Moscow, a guest told us. 2022-02-07.",
    ),
    ("2022-02-08", "Reuters", "France will meet Ukraine in Kyiv. 2022-02-20."),
    ("2022-02-09", "TASS", "Ukraine accused Russia. The ministry told the press."),
    ("2099-02-09", "Gazette", "Ukraine threatened Russia. Its clock was wrong."),
]


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> str:
    where = str(tmp_path_factory.mktemp("views") / "crisis.db")
    with Case.create(where) as made:
        inputs = [
            Input(text=text, date=day, source=source, id=f"d{number}")
            for number, (day, source, text) in enumerate(TEXTS)
        ]
        made.add(inputs, reader=FakeReader())
    return where


def _run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words), catch_exceptions=True)


def _rows(*words: str) -> list[dict[str, object]]:
    done = _run(*words, "--format", "json")
    assert done.exit_code == 0, done.output
    found: list[dict[str, object]] = orjson.loads(done.stdout)
    return found


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("contacts", "--medium", "fax"), "no medium fax; there are: in-person"),
        (("contacts", "--level", "kings"), "no level kings; there are: leaders"),
        (("contacts", "--status", "held"), "no status held; there are: happened"),
        (("events", "--status", "held"), "no status held"),
        (("events", "--tier", "rumour"), "no tier 'rumour'; there are: state-media"),
        (("events", "--sort", "size"), "cannot sort by 'size'; there are: id, day"),
        (("positions", "--kind", "wish"), "no kind of position wish; there are: demand"),
        (("network", "--type", "TALK"), "no type TALK; there are: AGREE"),
        (("timeline", "--since", "2023", "--until", "2022"), "no day lies from 2023 to 2022"),
        (("brief", "--since", "2030"), "no day lies from 2030-01-01 to 2022-02-09, the day of"),
    ],
)
def test_what_there_is_not_is_told_with_what_there_is(
    case: str,
    words: Sequence[str],
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("sys.argv", ["dragoman", words[0], case, *words[1:]])
    assert guarded(app) == 2
    assert told in capsys.readouterr().err


@pytest.mark.parametrize("command", ["events", "contacts", "claims", "positions", "timeline"])
def test_an_actor_whom_nobody_knows_is_told_apart_from_one_without_rows(
    case: str, command: str
) -> None:
    done = _run(command, case, "--actor", "Nobody", "--format", "table")
    assert done.exit_code == 0
    assert "nobody in the case goes by 'Nobody'" in done.stderr
    assert done.stdout == "Nothing is found.\n"
    assert "nobody" not in _run(command, case, "--actor", "FRA").stderr


def test_a_tier_alone_and_counts_by_tier(case: str) -> None:
    (meeting,) = _rows("contacts", case, "--pair", "FRA", "RUS")
    assert (meeting["sources"], meeting["tiers"]) == (2, ["agency 1", "state-media 1"])
    (alone,) = _rows("contacts", case, "--pair", "FRA", "RUS", "--tier", "state-media")
    assert (alone["sources"], alone["tiers"]) == (1, ["state-media 1"])
    assert not _rows("agenda", case, "--tier", "state-media")
    assert len(_rows("agenda", case, "--tier", "agency")) == 1


def test_rows_are_sorted_as_asked(case: str) -> None:
    days = [row["day"] for row in _rows("events", case, "--sort", "-day")]
    assert days == sorted(days, reverse=True)  # type: ignore[type-var]
    assert _rows("events", case, "--sort", "-sources")[0]["sources"] == 2


def test_an_agenda_up_to_a_day_with_one_who_takes_part(case: str) -> None:
    assert len(_rows("agenda", case, "--actor", "FRA", "--with", "UKR")) == 1
    assert not _rows("agenda", case, "--until", "2022-02-19")
    assert not _rows("agenda", case, "--type", "AID")


def test_a_clock_that_is_wrong_draws_nothing_out(case: str) -> None:
    assert "2022-02-09" in _run("brief", case).stdout.splitlines()[2]
    assert [row["outcome"] for row in _rows("agenda", case)] == ["to come"]
    days = orjson.loads(_run("tension", case, "--pair", "RUS", "UKR", "--format", "json").stdout)
    assert [day["day"] for day in days["days"]] == ["2022-02-09"]
    assert not any(str(row["day"]) > "2023" for row in _rows("timeline", case))
    assert "dated ahead 1 document after" in _run("status", case).stdout


def test_an_export_of_a_type_and_of_two_sources(case: str, tmp_path: Path) -> None:
    out = str(tmp_path / "events.csv")
    told = _run("export", case, "--to", "csv", "--sources", "2", "-o", out).stdout
    assert "1 row from 1 merged event" in told
    settings = orjson.loads(Path(f"{out}.manifest.json").read_bytes())["settings"]
    assert settings["sources"] == 2
    told = _run("export", case, "--to", "csv", "--type", "ACCUSE", "-o", out).stdout
    assert "1 row from 1 merged event" in told


def test_an_import_tells_what_it_did_not_take(tmp_path: Path) -> None:
    file = tmp_path / "events.tab"
    head = list(columns("icews"))
    cells = {"Event ID": "7", "Event Date": "2018-03-08", "CAMEO Code": "042"}
    cells |= {"Source Name": "Russia", "Target Name": "Ukraine", "Event Text": "Make a visit"}
    good = "\t".join(cells.get(name, "") for name in head)
    file.write_text("\n".join(["\t".join(head), good, good, good.replace("2018", "20x8")]))
    done = _run("import", "icews", str(file))
    assert (done.exit_code, len(done.stdout.splitlines())) == (3, 1)
    assert "1 row told again what stands above" in done.stderr
    assert "1 row of" in done.stderr
    assert _run("import", "icews", str(file), "--since", "2019").stdout == ""
    file.write_text("\t".join(head))
    done = _run("import", "icews", str(file))
    assert (done.exit_code, done.stdout) == (0, "")
    assert "holds no events" in done.stderr
