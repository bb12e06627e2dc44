"""`dragoman read` as a user meets it: what comes out, where, and with which exit code."""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from dragoman import schema
from dragoman.cli import app
from dragoman.cli.main import guarded

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
VALIDATOR = jsonschema.Draft202012Validator(schema.reading_schema())
TEXT = "The Greek prime minister met the Turkish president in Ankara on Monday."


@dataclass(frozen=True)
class Ended:
    code: int
    out: str
    err: str

    @property
    def readings(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Ended]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs the command line in this process, as the `dragoman` command does."""

    def call(*arguments: str | Path, stdin: bytes = b"") -> Ended:
        monkeypatch.setattr(sys, "argv", ["dragoman", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capfd.readouterr()
        code = guarded(app)
        sys.stdout.flush()
        out, err = capfd.readouterr()
        return Ended(code, out, err)

    return call


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_an_article_becomes_one_line_of_valid_json(run: Run, article: Path) -> None:
    ended = run("read", article, "--date", "2017-09-13", "--title", "A visit", "--source", "Wire")
    assert (ended.code, ended.err) == (0, "")
    (reading,) = ended.readings
    VALIDATOR.validate(reading)
    document = reading["document"]
    assert (document["title"], document["source"]) == ("A visit", "Wire")
    assert document["published"]["date"] == "2017-09-13"
    assert document["text"] == TEXT
    assert reading["events"]


def test_stdin_is_read(run: Run) -> None:
    ended = run("read", "-", "--json", stdin=TEXT.encode())
    assert ended.readings[0]["document"]["text"] == TEXT


def test_the_view_for_people_can_be_had_in_a_pipe(run: Run, article: Path) -> None:
    ended = run("read", article, "--pretty", "--title", "A visit", "--date", "2017-09-13")
    assert ended.code == 0
    assert "A visit" in ended.out
    assert "CONTACTS" in ended.out


def test_texts_can_be_left_out(run: Run, article: Path) -> None:
    (reading,) = run("read", article, "--no-text").readings
    VALIDATOR.validate(reading)
    assert reading["document"]["text"] is None


def test_many_documents_come_in_their_order(run: Run) -> None:
    ended = run("read", "--jsonl", EXAMPLES / "crisis.jsonl")
    lines = (EXAMPLES / "crisis.jsonl").read_text(encoding="utf-8").splitlines()
    assert [r["document"]["id"] for r in ended.readings] == [json.loads(x)["id"] for x in lines]
    for reading in ended.readings:
        VALIDATOR.validate(reading)


def test_packed_documents_are_read(run: Run, tmp_path: Path) -> None:
    packed = tmp_path / "documents.jsonl.gz"
    packed.write_bytes(gzip.compress(json.dumps({"id": "a", "text": TEXT}).encode()))
    assert [r["document"]["id"] for r in run("read", "--jsonl", packed).readings] == ["a"]


def test_only_one_part_can_be_had(run: Run, article: Path) -> None:
    (reading,) = run("read", article, "--only", "statements", "--only", "times").readings
    assert list(reading) == ["document", "statements", "times", "provenance"]


def test_what_one_speaker_says_can_be_had(run: Run, article: Path) -> None:
    article.write_text(
        "“We agree,” Emmanuel Macron said. Angela Merkel said that she would wait.",
        encoding="utf-8",
    )
    (reading,) = run("read", article, "--speaker", "merkel", "--date", "2018-03-05").readings
    (statement,) = reading["statements"]
    assert statement["speaker"] == "angela-merkel"
    assert statement["content"]["text"].endswith("she would wait")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\x00\x01\x02\xff\xfe" * 200, "bad.txt"),
        (b"  \n\n ", "is empty"),
    ],
)
def test_a_bad_file_is_named_and_the_others_are_read(
    run: Run, article: Path, tmp_path: Path, content: bytes, words: str
) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(content)
    ended = run("read", bad, article)
    assert ended.code == 3
    assert [r["document"]["text"] for r in ended.readings] == [TEXT]
    assert ended.err.startswith("dragoman: ")
    assert str(bad) in ended.err
    assert words in ended.err
    assert "Traceback" not in ended.err


def test_a_file_that_is_not_there_is_named(run: Run, tmp_path: Path) -> None:
    ended = run("read", tmp_path / "none.txt")
    assert (ended.code, ended.out) == (3, "")
    assert "none.txt cannot be read: there is no such file" in ended.err


def test_bad_lines_are_named_and_the_others_are_read(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "documents.jsonl"
    good = json.dumps({"id": "good", "text": TEXT})
    path.write_text(f'{{"id": "a"}}\n{good}\n{{broken\n{good}\n', encoding="utf-8")
    ended = run("read", "--jsonl", path)
    assert ended.code == 3
    assert [r["document"]["id"] for r in ended.readings] == ["good", "good"]
    assert f"{path}, line 1: " in ended.err
    assert f"{path}, line 3: " in ended.err


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["read"], 2, "nothing to read"),
        (["read", "x.txt", "--date", "soon"], 2, "--date"),
        (["read", "x.txt", "--only", "everything"], 2, "everything"),
        (["rede"], 2, "No such command"),
        (["--config", "none.toml", "read", "-"], 2, "none.toml cannot be read"),
        (["read", "-", "--actors", "none.tsv"], 4, "none.tsv"),
    ],
)
def test_a_call_that_cannot_be_carried_out_says_why(
    run: Run, arguments: list[str], code: int, words: str
) -> None:
    ended = run(*arguments, stdin=TEXT.encode())
    assert ended.code == code
    assert words in ended.err
    assert "Traceback" not in ended.err


def test_a_text_in_another_language_is_a_warning(run: Run) -> None:
    french = "Le président de la République a rencontré lundi son homologue russe à Moscou."
    ended = run("read", "-", stdin=french.encode())
    assert ended.code == 0
    (notice,) = ended.readings[0]["document"]["warnings"]
    assert notice["code"] == "language-not-supported"


def _command(*arguments: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "dragoman", *arguments]
    return subprocess.run(command, capture_output=True, timeout=120, check=False, **options)


def test_a_reader_that_goes_away_is_no_fault() -> None:
    line = f"{sys.executable} -m dragoman read --jsonl {EXAMPLES / 'crisis.jsonl'} | head -c 10"
    done = subprocess.run(["sh", "-c", line], capture_output=True, timeout=120, check=False)
    assert len(done.stdout) == 10
    assert done.stderr == b""


def test_the_command_runs_as_a_module() -> None:
    assert _command("--version").stdout.startswith(b"dragoman 0.")


def _at_a_terminal(arguments: list[str], *, stdout: int | None = None) -> tuple[int, bytes, bytes]:
    """Runs the command at a pseudo-terminal of 90 columns: exit code, what it shows, its stdout."""
    import pty

    main, other = pty.openpty()
    done = subprocess.Popen(
        [sys.executable, "-m", "dragoman", *arguments],
        stdout=other if stdout is None else stdout,
        stderr=other,
        env={**os.environ, "COLUMNS": "90", "TERM": "xterm"},
    )
    os.close(other)
    reading = threading.Thread(target=_read_all, args=(main, shown := bytearray()))
    reading.start()
    out = done.communicate(timeout=120)[0] or b""
    reading.join()
    return done.returncode, bytes(shown), out


def _read_all(descriptor: int, shown: bytearray) -> None:
    while True:
        try:
            piece = os.read(descriptor, 4096)
        except OSError:  # the other end is closed
            return
        if not piece:
            return
        shown += piece


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal is needed")
def test_a_terminal_is_shown_the_view_for_people(article: Path) -> None:
    code, shown, _ = _at_a_terminal(["read", str(article), "--title", "A visit"])
    assert code == 0
    assert b"CONTACTS" in shown
    assert b"\x1b[1m" in shown


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal is needed")
def test_a_stream_into_a_file_shows_how_far_it_is(tmp_path: Path) -> None:
    path = tmp_path / "documents.jsonl"
    lines = [json.dumps({"id": str(n), "text": TEXT}) for n in range(3)]
    path.write_text("\n".join([*lines, "{broken"]), encoding="utf-8")
    arguments = ["read", "--jsonl", str(path)]
    code, shown, out = _at_a_terminal(arguments, stdout=subprocess.PIPE)
    assert code == 3
    assert [json.loads(line)["document"]["id"] for line in out.splitlines()] == ["0", "1", "2"]
    assert b"3 documents" in shown
    assert b"line 4" in shown
