"""The user's own actors win over the shipped ones; faults are told with line and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.actors.directory import Directory, normalise
from dragoman.errors import DataError

MILITIA = """
[[actor]]
id = "river-sons"
name = "Sons of the River"
names = ["SOR"]
kind = "armed-group"
code = "SDN"
sectors = ["REB"]

[[actor]]
name = "Amina Warsame"
gender = "female"
code = "SDN"
wikidata = "Q42"
[[actor.office]]
office = "leader"
title = "Commander"
body = "river-sons"
start = 2019-03-01
end = "2021"
"""


def written(tmp_path: Path, text: str | bytes, name: str = "own.toml") -> Path:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_own_entries_are_found(tmp_path: Path) -> None:
    directory = Directory.load([written(tmp_path, MILITIA)])
    keys = [normalise(w) for w in ["The", "Sons", "of", "the", "River", "attacked"]]
    assert directory.longest_match(keys, 1) == (4, ("river-sons",))
    assert directory.entity("river-sons").sectors == ("REB",)
    assert [h.id for h in directory.holders("leader", "river-sons", "2020-01-01")] == [
        "amina-warsame"
    ]
    assert directory.holders("leader", "river-sons", "2022-01-01") == ()
    assert directory.by_family_name("Warsame")[0].gender == "female"


def test_own_entries_win(tmp_path: Path) -> None:
    text = '[[actor]]\nid = "my-hamas"\nname = "Hamas"\nkind = "organisation"\ncode = "PSE"\n'
    directory = Directory.load([written(tmp_path, text)])
    assert directory.longest_match([normalise("Hamas")], 0) == (1, ("my-hamas",))
    assert [e.id for e in directory.lookup("Hamas")] == ["my-hamas"]
    assert directory.entity("hamas").id == "hamas"


def test_own_entries_change_the_version(tmp_path: Path) -> None:
    shipped = Directory.load().version
    one = Directory.load([written(tmp_path, MILITIA)]).version
    other = Directory.load([written(tmp_path, MILITIA + "# more\n")]).version
    assert len({shipped, one, other}) == 3


def test_a_table_is_read_as_well(tmp_path: Path) -> None:
    text = (
        "name,names,kind,code,sectors,office,body,start,end\n"
        "Jon Berg,J. Berg|Berg the Elder,person,NOR,GOV,mayor,NOR,2001,2004\n"
        "Jon Berg,J. Berg|Berg the Elder,person,NOR,GOV,minister,NOR,2005-02-01,\n"
    )
    directory = Directory.load([written(tmp_path, text, "own.csv")])
    (entity,) = directory.lookup("Berg the Elder")
    assert [o.office for o in entity.offices] == ["mayor", "minister"]
    office = directory.office_on("jon-berg", "2006-01-01")
    assert office is not None
    assert office.office == "minister"


ENTRY = '[[actor]]\nname = "{}"\n'
FAULTS = [
    ('[[actor]]\nname = "A"\ncode = "FRQ"\n', ("line 1", "FRQ", "did you mean")),
    ('[[actor]]\nname = "A"\nsectors = ["GOVT"]\n', ("line 1", "GOVT", "Sectors are")),
    ('[[actor]]\nname = "A"\nkind = "country"\n', ("kind", "must be one of")),
    ('[[actor]]\nname = "A"\ncolour = "red"\n', ("unknown field 'colour'",)),
    ('\n\n[[actor]]\nnames = ["A"]\n', ("line 3", "no name")),
    ('[[actor]]\nname = "A"\nborn = "last year"\n', ("born", "2014-05-26")),
    ('[[actor]]\nname = "A"\nwikidata = "42"\n', ("Q142",)),
    ('[[actor]]\nname = "A"\nid = "a b"\n', ("letters, digits and hyphens",)),
    ('[[actor]]\nname = "A"\nmembers = ["nobody-at-all"]\n', ("nobody-at-all", "actors find")),
    ('[[actor]]\nname = "A"\nnames = 3\n', ("list of texts",)),
    ('[[actor]]\nname = 3\n', ("quotation marks",)),
    ('[[actor]]\nname = "!!"\n', ("no letter or digit",)),
    ('[[actor]]\nname = "A"\n[[actor.office]]\noffice = "boss"\n', ("unknown office", "boss")),
    (
        '[[actor]]\nname = "A"\n[[actor.office]]\noffice = "mayor"\nstart = "2004"\nend = "2001"\n',
        ("ends (2001) before it begins (2004)",),
    ),
    (
        ENTRY.format("Blue Front") + '\n[[actor]]\nid = "b"\nname = "Blue Front"\n',
        ("line 4", "Blue Front", "one entry only", "line 1"),
    ),
    (ENTRY.format("Old Guard") * 2, ("line 3", "id 'old-guard'", "line 1")),
    (
        '[[actor]]\nid = "a"\nname = "A"\nmembers = ["b"]\n'
        '[[actor]]\nid = "b"\nname = "B"\nmembers = ["a"]\n',
        ("leads back", "a → b → a", "Remove"),
    ),
    (
        '[[actor]]\nid = "a"\nname = "A"\npart_of = "a"\n',
        ("part_of leads back", "a → a"),
    ),
    (
        '[[actor]]\nname = "A B"\ncode = "SDN"\n[[actor.office]]\noffice = "president"\n'
        'start = "2019"\nend = "2021"\n'
        '[[actor]]\nname = "C D"\ncode = "SDN"\n[[actor.office]]\noffice = "president"\n'
        'start = "2020-05"\n',
        ("line 8", "C D is president of SDN (2020-05 to …)", "A B", "line 1", "End one term"),
    ),
    (
        '[[actor]]\nname = "A B"\ncode = "SDN"\n[[actor.office]]\noffice = "mayor"\n'
        'start = "2019"\n[[actor.office]]\noffice = "mayor"\nstart = "2020"\n',
        ("line 1", "A B is mayor of SDN", "while A B is"),
    ),
    (ENTRY.format("x" * 10_000), ("10000 characters", "Shorten")),
    ("[[actor]\n", ("no TOML", "docs/directory.md")),
    ("", ("no entries", "[[actor]]")),
    ('[[actor]]\nname = "A"\n[other]\n', ("unknown table 'other'",)),
    (b"[[actor]]\nname = \"A\xff\"\n", ("line 2", "not UTF-8")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), FAULTS)
def test_a_fault_is_told_with_place_and_remedy(
    tmp_path: Path, text: str | bytes, told: tuple[str, ...]
) -> None:
    with pytest.raises(DataError) as raised:
        Directory.load([written(tmp_path, text)])
    message = str(raised.value)
    assert "own.toml" in message
    assert all(part in message for part in told), message
    assert len(message) < 2000


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("id,kind\na,person\n", "no column 'name'"),
        ("name,colour\nA,red\n", "unknown column 'colour'"),
        ("name,code\nA,FRQ\n", "line 2"),
    ],
)
def test_faults_of_a_table(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(DataError, match=told):
        Directory.load([written(tmp_path, text, "own.csv")])


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text = '[[actor]]\nname = "A"\ncode = "XX"\nsectors = ["Z"]\n[[actor]]\ncode = "YY"\n'
    with pytest.raises(DataError) as raised:
        Directory.load([written(tmp_path, text)])
    assert str(raised.value).count("own.toml, line") == 3


def test_terms_may_follow_each_other_within_a_year(tmp_path: Path) -> None:
    text = (
        '[[actor]]\nname = "A B"\ncode = "SDN"\n[[actor.office]]\noffice = "president"\n'
        'start = "2019"\nend = "2021"\n'
        '[[actor]]\nname = "C D"\ncode = "SDN"\n[[actor.office]]\noffice = "president"\n'
        'start = "2021-05-01"\n'
    )
    assert Directory.load([written(tmp_path, text)]).entity("c-d").offices


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"cannot be read"):
        Directory.load([tmp_path / "none.toml"])


def test_signs_that_cannot_be_seen_are_taken_out(tmp_path: Path) -> None:
    text = '[[actor]]\nname = "Blue\\u202e \\u200bFront\\u0007"\n'
    directory = Directory.load([written(tmp_path, text)])
    assert directory.entity("blue-front").name == "Blue Front"


def test_a_long_chain_of_members_is_no_cycle(tmp_path: Path) -> None:
    rows = [
        f'[[actor]]\nid = "n{i}"\nname = "N {i}"\nmembers = ["n{i + 1}"]\n' for i in range(3000)
    ]
    text = "".join(rows) + '[[actor]]\nid = "n3000"\nname = "N 3000"\n'
    assert "n17" in Directory.load([written(tmp_path, text)])
