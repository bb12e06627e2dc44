"""The versions of a case's tables, and how an older case is brought up to date."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

if TYPE_CHECKING:
    from alembic.config import Config


def upgrade(connection: sa.Connection) -> None:
    """Make the tables, or bring them up to this version of dragoman."""
    from alembic import command

    command.upgrade(_config(connection), "head")


def current(connection: sa.Connection) -> str | None:
    """The version of the tables that the database holds; None where there are none."""
    from alembic.migration import MigrationContext

    return MigrationContext.configure(connection).get_current_revision()


def newest() -> str:
    """The version of the tables that this dragoman writes."""
    return max(path.name.split("_")[0] for path in _versions().glob("[0-9]*.py"))


def _versions() -> Path:
    return Path(__file__).parent / "versions"


def _config(connection: sa.Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
