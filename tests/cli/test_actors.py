"""`dragoman actors`: find, show, add, import."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dragoman.cli import app
from dragoman.errors import DataError, UsageError

OWN = (
    '[[actor]]\nid = "river-sons"\nname = "Sons of the River"\nkind = "armed-group"\ncode = "SDN"\n'
)


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(app, ["actors", *arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's folder of settings, empty, for each test."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path / "config" / "dragoman" / "actors"


def test_an_office_on_a_day() -> None:
    lines = run("find", "foreign minister of Iran", "--as-of", "2015-07-14").stdout.splitlines()
    assert lines[0].startswith("mohammad-javad-zarif ")
    assert "2013-08-15" in lines[0]


def test_the_day_may_stand_behind_the_office() -> None:
    lines = run("find", "head of NATO on 2020-01-01").stdout.splitlines()
    assert lines[0].startswith("jens-stoltenberg ")


def test_show_tells_who_held_the_offices_of_a_state_on_a_day() -> None:
    text = run("show", "FRA", "--as-of", "2011-05-01").stdout
    assert "Nicolas Sarkozy (nicolas-sarkozy)" in text
    assert text.count("sarkozy") == 1
    assert "2012" not in run("show", "vladimir-putin", "--as-of", "2005-01-01").stdout


def test_a_file_that_is_kept_may_be_named_as_well(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(OWN, encoding="utf-8")
    run("add", str(file))
    assert run("find", "Sons of the River", "--actors", str(file)).stdout.startswith("river-sons ")


def test_a_long_name_is_shortened_in_the_error() -> None:
    with pytest.raises(UsageError) as told:
        run("find", "x" * 10_000)
    assert len(str(told.value)) < 400


def test_a_name_on_a_day() -> None:
    lines = run("find", "Poutine", "--date", "2022-02-07").stdout.splitlines()
    assert lines[0].startswith("vladimir-putin ")
    assert "President, RUS" in lines[0]


def test_json_is_one_object_a_line() -> None:
    found = [json.loads(line) for line in run("find", "NATO", "--json").stdout.splitlines()]
    assert [entity["id"] for entity in found] == ["nato"]
    assert found[0]["code"] == "IGO"


def test_show_tells_names_and_offices() -> None:
    text = run("show", "vladimir-putin").stdout
    assert "Vladimir Poutine" in text
    assert "2012-05-07 to last known" in text
    assert "Q7747" in text


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("find", "Nobody Atall"), "not known"),
        (("find", " "), "empty"),
        (("find", "NATO", "--date", "soon"), "2022-02-07"),
        (("show", "nobody-at-all"), "actors find NAME"),
        (("add", "actors.txt"), r"\.toml or \.csv"),
    ],
)
def test_what_cannot_be_done_is_told(arguments: tuple[str, ...], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        run(*arguments)


def test_an_added_file_is_kept_and_known(tmp_path: Path, own_folder: Path) -> None:
    file = tmp_path / "My River.toml"
    file.write_text(OWN, encoding="utf-8")
    run("add", str(file), "--check")
    assert not own_folder.exists()
    run("add", str(file))
    assert [path.name for path in own_folder.iterdir()] == ["my-river.toml"]
    assert run("find", "Sons of the River").stdout.startswith("river-sons ")
    run("add", str(file))  # the same file again replaces itself


def test_a_faulty_file_is_not_kept(tmp_path: Path, own_folder: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(OWN.replace("SDN", "SDX"), encoding="utf-8")
    with pytest.raises(DataError, match=r"own\.toml, line 1: unknown code 'SDX'"):
        run("add", str(file))
    assert not own_folder.exists()


def test_a_file_that_clashes_with_one_kept_is_told(tmp_path: Path) -> None:
    for name, note in (("one.toml", ""), ("two.toml", "# mine\n"), ("three.toml", "")):
        (tmp_path / name).write_text(note + OWN, encoding="utf-8")
    run("add", str(tmp_path / "one.toml"))
    with pytest.raises(DataError, match="river-sons"):
        run("add", str(tmp_path / "two.toml"))
    with pytest.raises(DataError, match="kept already"):
        run("add", str(tmp_path / "three.toml"))


def test_import_writes_a_file_that_can_be_added(tmp_path: Path) -> None:
    record = {
        "id": "a",
        "schema": "Person",
        "caption": "Oleg Petrenko",
        "properties": {"name": ["Oleg Petrenko"], "country": ["ua"]},
    }
    (tmp_path / "entities.json").write_text(json.dumps(record), encoding="utf-8")
    out = tmp_path / "imported.toml"
    run("import", str(tmp_path / "entities.json"), "--out", str(out))
    run("add", str(out))
    assert "UKR" in run("find", "Oleg Petrenko").stdout
