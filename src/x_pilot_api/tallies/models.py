"""Tables of sums: the changes as they happened, and what they come to."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped

from x_pilot_api.core.db import Base, Reach, TenantRow, about, of_institution

_FIRST_OF_MONTH = "extract(day FROM period_on) = 1"


class TallyDelta(TenantRow, Base):
    """What one change added to one measure at one place; it is gone once it is folded, and never changed before."""

    __tablename__ = "tally_deltas"
    __table_args__ = (
        of_institution(),
        CheckConstraint(_FIRST_OF_MONTH, name="period_is_a_month"),
        CheckConstraint("amount <> 0", name="amount_changes"),
        about(Reach.TENANT, append_only=True, forgets=True, server_set=("id",)),
    )

    measure: Mapped[str]
    unit_id: Mapped[UUID | None]
    stream_id: Mapped[UUID | None]
    subject_id: Mapped[UUID | None]
    period_on: Mapped[date | None]
    amount: Mapped[int]


class Tally(TenantRow, Base):
    """What a measure comes to at one place, without what is not folded yet; only its amount is ever changed."""

    __tablename__ = "tallies"
    __table_args__ = (
        of_institution(),
        CheckConstraint(_FIRST_OF_MONTH, name="period_is_a_month"),
        UniqueConstraint(
            "institution_id",
            "measure",
            "unit_id",
            "stream_id",
            "subject_id",
            "period_on",
            name="tallies_one_per_place_key",
            postgresql_nulls_not_distinct=True,
        ),
        about(Reach.TENANT, append_only=True, updates=("amount",), server_set=("id",)),
    )

    measure: Mapped[str]
    unit_id: Mapped[UUID | None]
    stream_id: Mapped[UUID | None]
    subject_id: Mapped[UUID | None]
    period_on: Mapped[date | None]
    amount: Mapped[int]
