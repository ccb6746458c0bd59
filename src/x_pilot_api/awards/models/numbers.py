"""How certificates are numbered: patterns, the serials they have given, the numbers in use, and clashes among them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, SharedRow, about, of_institution, within


class NumberPattern(SharedRow, Base):
    """How an organisation numbers its certificates, or one of them, in one version from one day on.

    On a day the highest version counts that is in force then; one made for a certificate goes before the general one.
    """

    __tablename__ = "number_patterns"
    __table_args__ = (
        UniqueConstraint("organisation_id", "certificate_id", "version", postgresql_nulls_not_distinct=True),
        CheckConstraint("version > 0", name="version_positive"),
        about(Reach.SHARED, append_only=True, server_set=("recorded_at",)),
    )

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    certificate_id: Mapped[UUID | None] = mapped_column(ForeignKey("certificates.id"))
    version: Mapped[int]
    pattern: Mapped[str]
    basis: Mapped[str]
    effective_from: Mapped[date]
    set_by: Mapped[UUID]
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))


class NumberSerial(Base):
    """The last serial given to numbers of one stem: what a pattern comes to but for serial and check digits."""

    __tablename__ = "number_serials"
    __table_args__ = (
        of_institution(),
        CheckConstraint("last_serial > 0", name="last_serial_positive"),
        about(Reach.TENANT),
    )

    institution_id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    stem: Mapped[str] = mapped_column(primary_key=True)
    last_serial: Mapped[int]


class AwardNumber(Base):
    """One certificate number of an organisation within an institution, and the one certificate that bears it."""

    __tablename__ = "award_numbers"
    __table_args__ = (
        within("award_id", to="awards"),
        about(Reach.TENANT, append_only=True, updates=("award_id",)),
    )

    institution_id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    number: Mapped[str] = mapped_column(primary_key=True)
    award_id: Mapped[UUID]


class NumberClash(SharedRow, Base):
    """One certificate number that an organisation's certificates bear at several institutions."""

    __tablename__ = "number_clashes"
    __table_args__ = (
        UniqueConstraint("organisation_id", "number"),
        about(Reach.SHARED),
    )

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    number: Mapped[str]
    institution_ids: Mapped[list[str]] = mapped_column(JSONB)
    found_at: Mapped[datetime]
    seen_at: Mapped[datetime]
