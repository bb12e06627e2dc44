"""Codes of states in other data sets: FIPS 10-4 and the Correlates of War's numbers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from dragoman.errors import DataError


@cache
def _codes() -> tuple[Mapping[str, str], Mapping[str, str]]:
    try:
        text = files("dragoman.ontology").joinpath("state_codes.tsv").read_text("utf-8")
    except OSError as error:
        raise DataError(
            f"the package's file ontology/state_codes.tsv cannot be read: {error}. "
            "Usually the installation is incomplete; install dragoman again."
        ) from error
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    fips = {code: value for code, value, _ in rows[1:] if value}
    cow = {code: value for code, _, value in rows[1:] if value}
    return MappingProxyType(fips), MappingProxyType(cow)


def fips_of(alpha3: str | None) -> str:
    """The FIPS 10-4 code of a state by its ISO alpha-3 code; empty where there is none."""
    return _codes()[0].get(alpha3 or "", "")


def alpha3_of_fips(code: str) -> str | None:
    """The ISO alpha-3 code of a state by its FIPS 10-4 code."""
    return _by_fips().get(code.upper())


@cache
def _by_fips() -> Mapping[str, str]:
    found = {"GZ": "PSE", "OD": "SSD", "RI": "SRB", "RB": "SRB"}
    return found | {fips: code for code, fips in _codes()[0].items()}


def cow_of(alpha3: str | None) -> str:
    """The Correlates of War number of a state; empty where it is no member of that system."""
    return _codes()[1].get(alpha3 or "", "")
