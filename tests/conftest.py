"""What all tests share."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings as hypothesis_settings

from dragoman.reader import Reader
from dragoman.settings import Settings

hypothesis_settings.register_profile("steady", deadline=None, derandomize=True, print_blob=True)
hypothesis_settings.load_profile("steady")


@pytest.fixture(scope="session", autouse=True)
def _no_settings_of_the_user() -> None:
    """A developer's own settings must not change what the tests see."""
    for name in [name for name in os.environ if name.startswith("DRAGOMAN_")]:
        if name != "DRAGOMAN_DATA":
            del os.environ[name]
    os.environ["DRAGOMAN_CONFIG"] = os.devnull
    os.environ["XDG_CONFIG_HOME"] = os.devnull  # no actors that the developer has added


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The real reader, with the shipped model and directory."""
    return Reader(Settings())
