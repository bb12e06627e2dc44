"""Settings: one table, four places they come from, and every fault named at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import SettingError
from dragoman.settings import Settings, table


def test_every_setting_is_explained() -> None:
    for row in table():
        assert row.help.endswith("."), row.name
        assert row.unit or isinstance(row.default, str), row.name


def test_defaults_are_taken_where_nothing_is_set() -> None:
    assert Settings.load(environment={}) == Settings()


def test_call_comes_before_environment_before_file(tmp_path: Path) -> None:
    file = tmp_path / "s.toml"
    file.write_text("max_chars = 1\nbatch_size = 2\ntime_limit = 3\n", encoding="utf-8")
    environment = {"DRAGOMAN_BATCH_SIZE": "20", "DRAGOMAN_TIME_LIMIT": "30"}
    found = Settings.load(config=file, environment=environment, time_limit=300)
    assert (found.max_chars, found.batch_size, found.time_limit) == (1, 20, 300.0)


def test_the_environment_names_the_file(tmp_path: Path) -> None:
    file = tmp_path / "s.toml"
    file.write_text('actors = ["a.tsv"]\n', encoding="utf-8")
    found = Settings.load(environment={"DRAGOMAN_CONFIG": str(file)})
    assert found.actors == ("a.tsv",)


def test_every_fault_is_named_at_once(tmp_path: Path) -> None:
    file = tmp_path / "s.toml"
    file.write_text("max_chars = true\nspeed = 3\n", encoding="utf-8")
    environment = {"DRAGOMAN_LOG_LEVEL": "loud", "DRAGOMAN_BATCH_SIZE": "0"}
    with pytest.raises(SettingError) as caught:
        Settings.load(config=file, environment=environment, workers="two")
    for words in (
        "sets max_chars to True, but it takes a whole number",
        "sets 'speed', which is no setting",
        "sets log_level to 'loud', but it takes one of debug, info, warning, error",
        "sets batch_size to 0, but it must be at least 1",
        "the call sets workers to 'two', but it takes a whole number",
        "`dragoman settings` lists all settings",
    ):
        assert words in str(caught.value)


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"max_chars =", "is no TOML"), (b"\xff\xfe", "is no TOML"), (None, "cannot be read")],
)
def test_a_broken_file_is_named(tmp_path: Path, content: bytes | None, words: str) -> None:
    file = tmp_path / "s.toml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SettingError, match=words):
        Settings.load(config=file, environment={})


def test_settings_can_be_changed_and_are_checked_again() -> None:
    assert Settings().replace(workers=3).workers == 3
    with pytest.raises(SettingError, match="at least 0"):
        Settings().replace(workers=-1)
