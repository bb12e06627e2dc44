"""Bad input files: a worded error or a warning that names file and line; the rest goes on."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
from pathlib import Path

import pytest

from dragoman.errors import DragomanError, InputError, NotTextError, RecordError
from dragoman.records import Input
from dragoman.sources import jsonl, read_documents, text

GOOD = "The minister met the envoy on Monday."


def _written(folder: Path, data: bytes, name: str = "article.txt") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def _loaded(folder: Path, data: bytes, name: str = "many.jsonl") -> list[Input | DragomanError]:
    return list(jsonl.load(_written(folder, data, name)))


def _row(**fields: object) -> bytes:
    return json.dumps({"text": GOOD, **fields}).encode() + b"\n"


@pytest.mark.parametrize("data", [b"", b" \n\r\n\t", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file_is_refused_by_name(tmp_path: Path, data: bytes) -> None:
    path = _written(tmp_path, data)
    with pytest.raises(InputError, match=r"article\.txt is empty"):
        text.load(path)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7 ...", "a PDF"),
        (b"PK\x03\x04....", "a ZIP archive"),
        (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        (gzip.compress(b"x", mtime=0), "a gzip archive"),
        (bytes(range(256)) * 20, "binary"),
        (b"\x00" * 500, "binary"),
        (b"\xff\xfe" + b"\x00\xd8" * 300, "binary or damaged"),
    ],
)
def test_a_file_that_is_no_text_is_refused_in_words(
    tmp_path: Path, data: bytes, words: str
) -> None:
    path = _written(tmp_path, data)
    with pytest.raises(NotTextError, match=words) as caught:
        text.load(path)
    assert "article.txt" in str(caught.value)


def test_a_missing_file_and_a_folder_are_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        text.load(tmp_path / "nothing.txt")
    with pytest.raises(InputError, match="it is a folder"):
        text.load(tmp_path)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_marked_and_unmarked_unicode_is_read_without_a_notice(
    tmp_path: Path, encoding: str
) -> None:
    told = "“Élysée” said Zelenský agreed – at 4 °C."
    found = text.load(_written(tmp_path, (told * 20).encode(encoding)))
    assert found.text == told * 20
    assert found.notices == ()


def test_line_ends_stay_as_they_are(tmp_path: Path) -> None:
    assert text.load(_written(tmp_path, b"One.\r\nTwo.\rThree.\n")).text == "One.\r\nTwo.\rThree.\n"


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_western_bytes_are_read_with_a_notice(tmp_path: Path, encoding: str) -> None:
    told = "The café in Besançon was closed.\nNo one said why.\n"
    found = text.load(_written(tmp_path, told.encode(encoding)))
    assert found.text == told
    assert [notice.code for notice in found.notices] == ["encoding-guessed"]


def test_curly_quotes_of_windows_are_read(tmp_path: Path) -> None:
    found = text.load(_written(tmp_path, b"He said: \x93We agree.\x94 It\x92s over.\n"))
    assert found.text == "He said: “We agree.” It’s over.\n"


def test_mixed_encodings_are_read_line_by_line_with_a_notice(tmp_path: Path) -> None:
    data = "The Élysée spoke.\n".encode() + "The café closed.\n".encode("cp1252")
    found = text.load(_written(tmp_path, data))
    assert found.text == "The Élysée spoke.\nThe café closed.\n"
    assert [notice.code for notice in found.notices] == ["encoding-mixed"]
    assert "line 2" in found.notices[0].message


def test_encodings_mixed_within_a_line_are_read(tmp_path: Path) -> None:
    data = "The Élysée and the ".encode() + b"caf\xe9\n"
    assert text.load(_written(tmp_path, data)).text == "The Élysée and the café\n"


def test_stdin_is_read_like_a_file() -> None:
    assert text.load(io.BytesIO(GOOD.encode())).text == GOOD
    with pytest.raises(InputError, match="stdin is empty"):
        text.load(io.BytesIO(b""))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b'{"text": "no end\n', "is no JSON"),
        (b"[1, 2]\n", "holds a list"),
        (b'"a text"\n', "holds a text"),
        (b'{"title": "t"}\n', "has no field “text” (its fields: title)"),
        (b'{"text": null}\n', "has no field “text”"),
        (b'{"text": 5}\n', "has a number as “text”"),
        (b'{"text": ["a"]}\n', "has a list as “text”"),
        (b'{"text": "  "}\n', "has an empty “text”"),
        (b'{"text": "a", "text": "b"}\n', "gives the field “text” twice"),
        (_row(title=["a"]), "has a list as “title”"),
        (_row(source={"name": "x"}), "has an object as “source”"),
        (_row(url=7), "has a number as “url”"),
        (_row(id=True), "has true or false as “id”"),
        (_row(date="4 hours ago"), "has the date '4 hours ago', which is no ISO date"),
        (b'{"text": NaN}\n', "is no JSON"),
        (b"[" * 100_000 + b"\n", "nested too deeply"),
        (b"\x00\x01\x02\x03\xff\xff\n", "binary"),
    ],
)
def test_a_broken_line_is_an_error_of_its_own_and_the_rest_is_read(
    tmp_path: Path, line: bytes, words: str
) -> None:
    before, fault, after = _loaded(tmp_path, _row(id="a") + b"\n" + line + _row(id="b"))
    assert isinstance(before, Input)
    assert isinstance(after, Input)
    assert (before.id, after.id) == ("a", "b")
    assert isinstance(fault, (RecordError, NotTextError))
    assert words in str(fault)
    assert "many.jsonl, line 3" in str(fault)


def test_fields_are_taken_over_and_unknown_ones_passed_over(tmp_path: Path) -> None:
    line = _row(id=12, title="T", date="2022-02-07", source="", url=None, labels=[1])
    (found,) = _loaded(tmp_path, line)
    assert found == Input(text=GOOD, id="12", title="T", date="2022-02-07")


def test_an_empty_file_of_documents_is_told(tmp_path: Path) -> None:
    (fault,) = _loaded(tmp_path, b"")
    assert "many.jsonl is empty" in str(fault)


def test_a_file_of_other_kind_is_given_up_early(tmp_path: Path) -> None:
    found = _loaded(tmp_path, b"plain words\n" * 5_000)
    assert len(found) == 101
    assert "none of the first 100 lines holds a document" in str(found[-1])


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_packed_files_are_told_by_their_bytes(tmp_path: Path, pack) -> None:  # type: ignore[no-untyped-def]
    found = _loaded(tmp_path, pack(_row(id="a") + _row(id="b")), "packed.jsonl")
    assert [isinstance(each, Input) for each in found] == [True, True]


def test_a_packed_file_that_ends_too_early_gives_what_it_holds(tmp_path: Path) -> None:
    rows = b"".join(_row(id=str(n), title=str(n * 7919)) for n in range(2_000))
    data = gzip.compress(rows)
    found = _loaded(tmp_path, data[: len(data) // 2], "cut.jsonl.gz")
    assert len(found) > 100
    assert isinstance(found[0], Input)
    assert "damaged or ends too early" in str(found[-1])


def test_a_file_of_utf16_is_refused_in_words(tmp_path: Path) -> None:
    (fault,) = _loaded(tmp_path, _row().decode().encode("utf-16"))
    assert "UTF-16" in str(fault)


def test_a_line_in_another_encoding_is_read_with_a_notice(tmp_path: Path) -> None:
    (found,) = _loaded(tmp_path, '{"text": "The café closed."}\n'.encode("cp1252"))
    assert isinstance(found, Input)
    assert found.text == "The café closed."
    assert [notice.code for notice in found.notices] == ["encoding-guessed"]


def test_a_huge_line_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "MOST_LINE", 2_000)
    long = _row(title="t" * 9_000)
    before, fault, after = _loaded(tmp_path, _row(id="a") + long + _row(id="b"))
    assert isinstance(before, Input)
    assert "line 2: the line is longer" in str(fault)
    assert isinstance(after, Input)
    assert after.id == "b"


def test_files_of_both_kinds_are_read_in_order(tmp_path: Path) -> None:
    article = _written(tmp_path, GOOD.encode())
    many = _written(tmp_path, _row(id="a") + b"{\n", "many.jsonl")
    found = list(read_documents([article, tmp_path / "none.txt", many]))
    assert [type(each) for each in found] == [Input, InputError, Input, RecordError]
