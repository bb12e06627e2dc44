"""What the tables of a case are made of."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

metadata: Final = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Word: Final = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
Number: Final = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def id_() -> sa.Column[int]:
    return sa.Column("id", Number, primary_key=True, autoincrement=False)


def to(name: str, table: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, Number, sa.ForeignKey(f"{table}.id"), nullable=null)


def word(name: str, *, null: bool = True) -> sa.Column[str]:
    return sa.Column(name, Word, nullable=null)


def whole(name: str, *, null: bool = True) -> sa.Column[int]:
    return sa.Column(name, Number, nullable=null)


def real(name: str, *, null: bool = True) -> sa.Column[float]:
    return sa.Column(name, sa.Float(53), nullable=null)


def flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean, nullable=False)


def closed(table: str) -> sa.Index:
    """The rows that are closed, which are few: how many are open is the rest."""
    some = sa.text("closed_at IS NOT NULL")
    return sa.Index(f"ix_{table}_closed_at", "closed_at", sqlite_where=some, postgresql_where=some)
