"""One table of settings: name, default, unit and help. Command line, docs and tests derive from it.

A value comes from the first of these that has one: the call or the option, the environment
(`DRAGOMAN_MAX_CHARS`), the file of settings (TOML), the default. The file is the one that
`--config` or `DRAGOMAN_CONFIG` names, else `settings.toml` in the user's folder of settings.
"""

from __future__ import annotations

import dataclasses
import os
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from dragoman.errors import SettingError

PREFIX: Final = "DRAGOMAN_"
CONFIG_VARIABLE: Final = "DRAGOMAN_CONFIG"
LOG_LEVELS: Final = ("debug", "info", "warning", "error")
LOG_FORMATS: Final = ("text", "json")
_OTHER_VARIABLES: Final = {CONFIG_VARIABLE, "DRAGOMAN_DATA"}  # no settings of a reading


def _setting(
    default: Any,
    help: str,
    *,
    unit: str = "",
    least: float | None = None,
    choices: tuple[str, ...] = (),
) -> Any:
    about = {"help": help, "unit": unit, "least": least, "choices": choices}
    return field(default=default, metadata=about)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of a run; the order here is the order in help and docs."""

    max_chars: int = _setting(
        300_000,
        "A longer text is cut at the end of a paragraph or sentence before this length; "
        "the reading carries a warning.",
        unit="characters",
        least=1,
    )
    time_limit: float = _setting(
        120.0,
        "When a document has taken longer, the stages that are left are not run; "
        "the reading carries a warning. 0: no limit.",
        unit="seconds",
        least=0,
    )
    least_confidence: float = _setting(
        0.0,
        "Events that are less probable than this are left out of a reading; 0.8 leaves out a "
        "fifth of them and two errors in five, 0.9 more than half and five errors in six.",
        unit="probability",
        least=0,
    )
    batch_size: int = _setting(
        16,
        "How many documents are on the way at one time in a stream; bounds the memory.",
        unit="documents",
        least=1,
    )
    workers: int = _setting(
        0,
        "How many documents are read side by side, in threads. 0: as many as there are processors, "
        "at most 4.",
        unit="threads",
        least=0,
    )
    threads: int = _setting(
        1,
        "How many threads the language model may use for one document. Many documents are read "
        "side by side, where 1 is best. 0: as many as there are processors.",
        unit="threads",
        least=0,
    )
    actors: tuple[str, ...] = _setting(
        (),
        "Files of further actors, added to the directory that ships with dragoman.",
        unit="files",
    )
    publishers: tuple[str, ...] = _setting(
        (),
        "Files of further official publishers, whose “I”, “we” and “the President” are then known: "
        "text with tabs and the columns key, known_as, body, office.",
        unit="files",
    )
    smtp: str = _setting(
        "",
        "The server that sends alerts by mail: smtp://host:587 (encrypted by STARTTLS where the "
        "server has it), or smtps://host:465.",
    )
    smtp_user: str = _setting("", "The user at the mail server; empty: no password is sent.")
    smtp_password: str = _setting(
        "", "The password at the mail server. Never shown; best set by environment."
    )
    mail_from: str = _setting("", "Who alerts by mail come from. Empty: dragoman@ the server.")
    log_level: str = _setting(
        "warning", "The least weight of what is logged to stderr.", choices=LOG_LEVELS
    )
    log_format: str = _setting(
        "text", "The form of log lines: text for people, json for machines.", choices=LOG_FORMATS
    )

    @classmethod
    def load(
        cls,
        *,
        config: Path | None = None,
        environment: Mapping[str, str] | None = None,
        **given: Any,
    ) -> Settings:
        """The settings of this run; SettingError names everything that is wrong with them."""
        environment = os.environ if environment is None else environment
        faults: list[str] = []
        values: dict[str, Any] = {}
        values |= _from_file(_config_path(config, environment), faults)
        values |= _from_environment(environment, faults)
        values |= _checked(given, "the call", faults)
        if faults:
            raise SettingError("; ".join(faults) + ". `dragoman settings` lists all settings.")
        return cls(**values)

    def replace(self, **changes: Any) -> Settings:
        """These settings with some of them changed, and checked again."""
        faults: list[str] = []
        checked = _checked(changes, "the call", faults)
        if faults:
            raise SettingError("; ".join(faults) + ". `dragoman settings` lists all settings.")
        return dataclasses.replace(self, **checked)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table of settings."""

    name: str
    default: Any
    unit: str
    help: str
    least: float | None
    choices: tuple[str, ...]

    @property
    def variable(self) -> str:
        return PREFIX + self.name.upper()


def table() -> tuple[Row, ...]:
    """The table that help, docs and tests derive from."""
    return tuple(Row(f.name, f.default, **f.metadata) for f in dataclasses.fields(Settings))


def user_config() -> Path:
    """Where a user's own file of settings is looked for."""
    if sys.platform == "win32":
        base = os.environ.get("APPDATA") or "~"
    else:
        base = os.environ.get("XDG_CONFIG_HOME") or "~/.config"
    return Path(base).expanduser() / "dragoman" / "settings.toml"


def _config_path(config: Path | None, environment: Mapping[str, str]) -> Path | None:
    """The file to read: one that was named must be there, the user's own need not."""
    named = config or (
        Path(environment[CONFIG_VARIABLE]) if CONFIG_VARIABLE in environment else None
    )
    if named is not None:
        return named
    own = user_config()
    return own if own.is_file() else None


def _from_file(path: Path | None, faults: list[str]) -> dict[str, Any]:
    if path is None:
        return {}
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        faults.append(f"the file of settings {path} cannot be read ({error.strerror})")
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        faults.append(f"the file of settings {path} is no TOML ({error})")
        return {}
    return _checked(values, str(path), faults)


def _from_environment(environment: Mapping[str, str], faults: list[str]) -> dict[str, Any]:
    given = {
        name.removeprefix(PREFIX).lower(): _from_text(name, text)
        for name, text in environment.items()
        if name.startswith(PREFIX) and name not in _OTHER_VARIABLES
    }
    return _checked(given, "the environment", faults)


def _from_text(variable: str, text: str) -> Any:
    """The value that a variable's text stands for; what does not fit is told by the check."""
    default = _defaults().get(variable.removeprefix(PREFIX).lower())
    try:
        if isinstance(default, (int, float)):
            return type(default)(text)
    except ValueError:
        return text
    if isinstance(default, tuple):
        return tuple(part for part in text.split(os.pathsep) if part)
    return text


def _defaults() -> dict[str, Any]:
    return {row.name: row.default for row in table()}


def _checked(values: Mapping[str, Any], origin: str, faults: list[str]) -> dict[str, Any]:
    rows = {row.name: row for row in table()}
    good: dict[str, Any] = {}
    for name, value in values.items():
        row = rows.get(name)
        if row is None:
            faults.append(f"{origin} sets {name!r}, which is no setting")
            continue
        if isinstance(row.default, float) and type(value) is int:
            value = float(value)
        if isinstance(row.default, tuple) and isinstance(value, list):
            value = tuple(value)
        fault = _fault(row, value)
        if fault:
            faults.append(f"{origin} sets {name} to {value!r}, but {fault}")
        else:
            good[name] = value
    return good


def _fault(row: Row, value: Any) -> str:
    """What is wrong with a value, in words; empty where nothing is."""
    if type(value) is not type(row.default):
        kinds = {int: "a whole number", float: "a number", str: "a text", tuple: "a list"}
        return f"it takes {kinds[type(row.default)]}"
    if isinstance(value, tuple) and not all(isinstance(item, str) for item in value):
        return "it takes a list of texts"
    if row.choices and value not in row.choices:
        return f"it takes one of {', '.join(row.choices)}"
    if row.least is not None and not value >= row.least:
        return f"it must be at least {row.least:g}"
    return ""
