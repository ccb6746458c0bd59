"""Table of what an institution may spend on exams in a year, as its document says."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, TenantRow, about, of_institution


class FeeBudget(TenantRow, Base):
    """An institution's budget for exam fees in one calendar year; a later revision goes before an earlier one."""

    __tablename__ = "fee_budgets"
    __table_args__ = (
        of_institution(),
        UniqueConstraint("institution_id", "year", "revision", name="fee_budgets_one_revision_key"),
        CheckConstraint("year BETWEEN 2000 AND 2100", name="year_plausible"),
        CheckConstraint("amount_fen BETWEEN 0 AND 1000000000000", name="amount_in_range"),
        CheckConstraint("revision > 0", name="revision_positive"),
        about(Reach.TENANT, append_only=True, server_set=("loaded_at",)),
    )

    year: Mapped[int]
    revision: Mapped[int]
    amount_fen: Mapped[int]
    document_number: Mapped[str]
    loaded_by: Mapped[UUID]
    loaded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
