"""The check of tables is fed a breach of each rule of scale-out."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import (
    Column,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.schema import SchemaItem

from tests.tidy import tables
from x_pilot_api.core.db import Reach, about


def identifier() -> Column[Any]:
    return Column("id", Uuid, primary_key=True, server_default=text("uuidv7()"))


def other() -> Column[Any]:
    return Column("other_id", Uuid)


def tenant(
    metadata: MetaData, *parts: SchemaItem, updates: tuple[str, ...] = (), server_set: tuple[str, ...] = ()
) -> None:
    """Describe a tenant table that keeps every rule but those its parts break."""
    facts = about(Reach.TENANT, updates=updates, server_set=server_set)
    institution = Column("institution_id", Uuid, primary_key=True)
    tie = ForeignKeyConstraint(["institution_id"], ["institutions.id"])
    Table("seeded", metadata, institution, identifier(), other(), tie, *parts, info=dict(facts["info"]))


def shared(metadata: MetaData, *parts: SchemaItem, name: str = "seeded", reach: Reach = Reach.SHARED) -> None:
    """Describe a table without an institution."""
    Table(name, metadata, *parts, info=dict(about(reach)["info"]))


@pytest.fixture
def metadata() -> MetaData:
    """Describe three tables that keep every rule: the institutions, a tenant's and a local one."""
    described = MetaData()
    shared(described, identifier(), name="institutions")
    shared(described, identifier(), name="jobs", reach=Reach.LOCAL)
    tenant(described)
    described.tables["seeded"].to_metadata(described, name="awards")
    described.remove(described.tables["seeded"])
    return described


def sealed(nullable: bool | None = None) -> tuple[SchemaItem, ...]:
    """Describe a sealed column, with a key's id that may be missing, or without one."""
    column = Column("sealed_number", LargeBinary, info={"sealed": True})
    return (column,) if nullable is None else (column, Column("key_id", Text, nullable=nullable))


BREACHES: tuple[tuple[Callable[[MetaData], object], str], ...] = (
    (lambda it: Table("seeded", it, identifier()), "does not say how far it reaches"),
    (lambda it: tenant(it, Column("sealed_number", LargeBinary)), "that are not said to be sealed"),
    (lambda it: tenant(it, *sealed()), "no key_id beside it"),
    (lambda it: tenant(it, *sealed(nullable=True)), "no key_id beside it"),
    (lambda it: shared(it, Column("id", Uuid, primary_key=True)), "has an id that does not default to uuidv7()"),
    (lambda it: shared(it, Column("id", Uuid, server_default=text("uuidv4()"))), "does not default to uuidv7()"),
    (lambda it: tenant(it, UniqueConstraint("other_id", "institution_id", name="late")), "late begins with other_id"),
    (lambda it: tenant(it, Index("late", "other_id", unique=True)), "late begins with other_id"),
    (lambda it: tenant(it, Index("late", text("lower(code)"), unique=True)), "late begins with None"),
    (lambda it: tenant(it, ExcludeConstraint(("other_id", "="), name="late")), "late begins with other_id"),
    (
        lambda it: tenant(it, ForeignKeyConstraint(["other_id"], ["awards.id"])),
        "refers to awards without the institution first",
    ),
    (
        lambda it: tenant(
            it, ForeignKeyConstraint(["other_id", "institution_id"], ["awards.id", "awards.institution_id"])
        ),
        "refers to awards without the institution first",
    ),
    (lambda it: tenant(it, ForeignKeyConstraint(["other_id"], ["jobs.id"])), "refers to jobs, which is local"),
    (
        lambda it: shared(it, identifier(), other(), ForeignKeyConstraint(["other_id"], ["awards.id"])),
        "refers to awards, which is a tenant's, and is shared itself",
    ),
    (lambda it: tenant(it, updates=("state",)), "says updates of state, which it does not have"),
    (lambda it: tenant(it, server_set=("other_id",)), "lets the server set other_id, which has no default"),
)


@pytest.mark.parametrize(("make", "told"), BREACHES, ids=lambda part: part if isinstance(part, str) else "")
def test_a_table_that_could_not_be_distributed_is_named(
    metadata: MetaData, make: Callable[[MetaData], object], told: str
) -> None:
    make(metadata)
    (violation,) = tables.violations(metadata)
    assert violation.startswith("seeded ")
    assert told in violation


def test_a_tenant_table_without_an_institution_is_named_twice(metadata: MetaData) -> None:
    shared(metadata, identifier(), reach=Reach.TENANT)
    assert tables.violations(metadata) == [
        "seeded primary key begins with id, not institution_id",
        "seeded is tied to no institution",
    ]


def test_tables_that_keep_the_rules_are_let_be(metadata: MetaData) -> None:
    assert tables.violations(metadata) == []
