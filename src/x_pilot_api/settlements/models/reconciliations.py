"""Tables of how an organisation's own list compares with ours."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, PrimaryKeyConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, TenantRow, about, one_of, within


class DifferenceKind(StrEnum):
    """In what one line of their list differs from ours."""

    THEIRS_ONLY = "theirs_only"
    OURS_ONLY = "ours_only"
    AMOUNT_DIFFERS = "amount_differs"
    PRESENCE_DIFFERS = "presence_differs"
    NAMED_TWICE = "named_twice"
    UNREADABLE = "unreadable"


class Reconciliation(TenantRow, Base):
    """One file of an organisation's, compared with one edition of a settlement; the file itself is not kept."""

    __tablename__ = "reconciliations"
    __table_args__ = (
        within("settlement_id", to="settlements"),
        CheckConstraint("rows >= 0 AND matching >= 0 AND differences >= 0", name="counted"),
        CheckConstraint("file_hash ~ '^[0-9a-f]{64}$'", name="hash_whole"),
        Index(None, "institution_id", "settlement_id"),
        about(Reach.TENANT, row_security=True, append_only=True, server_set=("made_at",)),
    )

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    settlement_id: Mapped[UUID]
    edition: Mapped[int]
    file_hash: Mapped[str]
    rows: Mapped[int]
    matching: Mapped[int]
    differences: Mapped[int]
    their_fen: Mapped[int]
    our_fen: Mapped[int]
    made_by: Mapped[UUID]
    made_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))


class Difference(Base):
    """One difference: where it is, and the figures on both sides."""

    __tablename__ = "reconciliation_differences"
    __table_args__ = (
        PrimaryKeyConstraint("institution_id", "reconciliation_id", "number"),
        within("reconciliation_id", to="reconciliations"),
        one_of("kind", DifferenceKind),
        CheckConstraint("number > 0 AND row_number > 0", name="numbers_positive"),
        CheckConstraint("(kind = 'ours_only') = (row_number IS NULL)", name="theirs_has_a_row"),
        CheckConstraint("(kind = 'unreadable') = (code IS NOT NULL)", name="unreadable_has_a_code"),
        about(Reach.TENANT, row_security=True, append_only=True),
    )

    institution_id: Mapped[UUID]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    reconciliation_id: Mapped[UUID]
    number: Mapped[int]
    kind: Mapped[str]
    row_number: Mapped[int | None]
    """In their file."""
    admission_number: Mapped[str | None]
    """Ours, or theirs where we know it; never what a cell of theirs held that is no admission number of the plan."""
    our_fen: Mapped[int | None]
    their_fen: Mapped[int | None]
    our_presence: Mapped[str | None]
    their_presence: Mapped[str | None]
    code: Mapped[str | None]
    header: Mapped[str | None]
