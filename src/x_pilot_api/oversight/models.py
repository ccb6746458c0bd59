"""Tables of the tamper-evident logs: their leaves in order, the hashes that prove them, and their seals."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import CheckConstraint, ColumnElement, Index, MetaData, Table, UniqueConstraint, text, true
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core import leaves
from x_pilot_api.core.db import TRANSACTION_MAX, Base, Reach, about, of_institution
from x_pilot_api.core.leaves import Leaf


class _Tenant:
    institution_id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-3)


class _Leaf:
    leaf_number: Mapped[int] = mapped_column(primary_key=True, sort_order=-2)
    source: Mapped[str]
    row_id: Mapped[UUID]
    leaf: Mapped[bytes]


class _Node:
    level: Mapped[int] = mapped_column(primary_key=True, sort_order=-2)
    number: Mapped[int] = mapped_column(primary_key=True, sort_order=-1)
    hash: Mapped[bytes]


class _Seal:
    number: Mapped[int] = mapped_column(primary_key=True, sort_order=-2)
    size: Mapped[int]
    root: Mapped[bytes]
    previous_root: Mapped[bytes | None]
    horizon_at: Mapped[datetime]
    sealed_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    checkpoint: Mapped[str]


class LogLeaf(_Leaf, _Tenant, Base):
    """One row that is in an institution's log, its place there, and its leaf as it was when it was sealed."""

    __tablename__ = "log_leaves"
    __table_args__ = (
        of_institution(),
        UniqueConstraint("institution_id", "source", "row_id"),
        # Who asks for a proof knows the leaf alone, which is random: a hash index keeps four bytes of it.
        Index("log_leaves_leaf_idx", "leaf", postgresql_using="hash"),
        about(Reach.TENANT, append_only=True),
    )


class LogNode(_Node, _Tenant, Base):
    """The hash of one full subtree of an institution's log, so that no proof needs to read all leaves."""

    __tablename__ = "log_nodes"
    __table_args__ = (of_institution(), about(Reach.TENANT, append_only=True))


class Seal(_Seal, _Tenant, Base):
    """An institution's log at one moment, signed; what was recorded after `horizon_at` may come in a later seal."""

    __tablename__ = "seals"
    __table_args__ = (
        of_institution(),
        UniqueConstraint("institution_id", "size"),
        CheckConstraint("(number = 1) = (previous_root IS NULL)", name="first_has_no_previous"),
        about(Reach.TENANT, append_only=True, server_set=("sealed_at",)),
    )


class PlatformLogLeaf(_Leaf, Base):
    """One row that is in the platform's log, its place there, and its leaf as it was when it was sealed."""

    __tablename__ = "platform_log_leaves"
    __table_args__ = (
        UniqueConstraint("source", "row_id"),
        Index("platform_log_leaves_leaf_idx", "leaf", postgresql_using="hash"),
        about(Reach.LOCAL, append_only=True),
    )


class PlatformLogNode(_Node, Base):
    """The hash of one full subtree of the platform's log."""

    __tablename__ = "platform_log_nodes"
    __table_args__ = (about(Reach.LOCAL, append_only=True),)


class PlatformSeal(_Seal, Base):
    """The platform's log at one moment, signed."""

    __tablename__ = "platform_seals"
    __table_args__ = (
        UniqueConstraint("size"),
        CheckConstraint("(number = 1) = (previous_root IS NULL)", name="first_has_no_previous"),
        about(Reach.LOCAL, append_only=True, server_set=("sealed_at",)),
    )


PLATFORM = "platform"
_TENANT = "institution_id"

LATE_MAX = TRANSACTION_MAX + timedelta(minutes=5)
"""How long after it was recorded a row may be committed; `core.db` lets no transaction of the service live longer."""


def _table(model: type[Base]) -> Table:
    return model.metadata.tables[model.__tablename__]


@dataclass(frozen=True)
class Log:
    """One log: an institution's, or the platform's."""

    institution_id: UUID | None = None

    @property
    def name(self) -> str:
        """Name the log in paths and files."""
        return PLATFORM if self.institution_id is None else str(self.institution_id)

    def origin(self, issuer: str) -> str:
        """Name the log among all logs in the world, as its checkpoints do."""
        parts = urlsplit(issuer)
        return f"{parts.netloc}{parts.path.rstrip('/')}/v1/logs/{self.name}"

    @property
    def leaves(self) -> Table:
        """Find the table of its leaves."""
        return _table(PlatformLogLeaf if self.institution_id is None else LogLeaf)

    @property
    def nodes(self) -> Table:
        """Find the table of its full subtrees' hashes."""
        return _table(PlatformLogNode if self.institution_id is None else LogNode)

    @property
    def seals(self) -> Table:
        """Find the table of its seals."""
        return _table(PlatformSeal if self.institution_id is None else Seal)

    @property
    def key(self) -> dict[str, UUID]:
        """Give what every row of its tables begins with."""
        return {} if self.institution_id is None else {_TENANT: self.institution_id}

    def own(self, table: Table) -> ColumnElement[bool]:
        """Say which rows of a table are of this log."""
        return true() if self.institution_id is None else table.columns[_TENANT] == self.institution_id

    def sources(self, metadata: MetaData = Base.metadata) -> list[tuple[Table, Leaf]]:
        """List the tables whose rows are in this log."""
        return [
            (table, leaf)
            for table, leaf in leaves.logged_tables(metadata)
            if (_TENANT in table.columns) == (self.institution_id is not None)
        ]
