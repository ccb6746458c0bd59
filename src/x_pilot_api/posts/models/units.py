"""Tables of the province's lead units (appendix 2 of the notice)."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, TenantRow, about, of_institution, within

ONE_AT_A_TIME = "lead_units_one_at_a_time_excl"


class LeadUnitOutcome(StrEnum):
    """What became of one line of a list."""

    ADDED = "added"
    SUCCEEDED = "succeeded"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


class LeadUnit(TenantRow, Base):
    """The unit that leads the province's group for a category of certificates, in one term; both days included."""

    __tablename__ = "lead_units"
    __table_args__ = (
        of_institution(),
        CheckConstraint("valid_to >= valid_from", name="term_in_order"),
        ExcludeConstraint(
            ("institution_id", "="),
            ("category", "="),
            (text("daterange(valid_from, valid_to, '[]')"), "&&"),
            using="gist",
            name=ONE_AT_A_TIME,
        ),
        about(Reach.TENANT, append_only=True, updates=("valid_to", "end_document"), server_set=("recorded_at",)),
    )

    category: Mapped[str]
    unit_name: Mapped[str]
    document: Mapped[str]
    end_document: Mapped[str | None]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    recorded_by: Mapped[UUID]
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))


class LeadUnitCertificate(Base):
    """One certificate standard that a lead unit's category holds."""

    __tablename__ = "lead_unit_certificates"
    __table_args__ = (
        within("lead_unit_id", to="lead_units"),
        Index(None, "institution_id", "certificate_id"),
        about(Reach.TENANT, append_only=True),
    )

    institution_id: Mapped[UUID] = mapped_column(primary_key=True)
    lead_unit_id: Mapped[UUID] = mapped_column(primary_key=True)
    certificate_id: Mapped[UUID] = mapped_column(ForeignKey("certificates.id"), primary_key=True)
