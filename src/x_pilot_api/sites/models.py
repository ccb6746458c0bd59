"""Tables of assessment sites, of the levels they are approved for, and of their rooms."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text, true
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, TenantRow, about, of_institution, one_of, within

SEATS_MAX = 2_000
"""Of one room; more would be a slip of the pen."""
CAPACITY_MAX = 100_000


class SiteLevelState(StrEnum):
    """Whether a site may examine a certificate level."""

    APPLIED = "applied"
    APPROVED = "approved"
    REFUSED = "refused"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"


class RoomKind(StrEnum):
    """What a room is fitted out for."""

    ORDINARY = "ordinary"
    COMPUTER = "computer"
    PRACTICAL = "practical"


class AssessmentSite(TenantRow, Base):
    """One place that a college offers to one evaluation organisation; how it stands follows from its levels."""

    __tablename__ = "assessment_sites"
    __table_args__ = (
        of_institution(),
        within("college_id", to="colleges"),
        UniqueConstraint("institution_id", "organisation_id", "code"),
        Index(None, "institution_id", "college_id"),
        Index(None, "organisation_id"),
        about(Reach.TENANT),
    )

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    college_id: Mapped[UUID]
    code: Mapped[str]
    name: Mapped[str]
    address: Mapped[str]
    is_shared: Mapped[bool]
    """Whether candidates of the institution's other colleges are examined here too."""


class SiteLevel(TenantRow, Base):
    """One site's application for one certificate level, and what the organisation decided on it."""

    __tablename__ = "site_levels"
    __table_args__ = (
        within("site_id", to="assessment_sites"),
        one_of("state", SiteLevelState),
        CheckConstraint("valid_to >= valid_from", name="period_in_order"),
        CheckConstraint(f"capacity BETWEEN 1 AND {CAPACITY_MAX}", name="capacity_in_range"),
        CheckConstraint("(decided_at IS NULL) = (decided_by IS NULL)", name="decision_names_somebody"),
        CheckConstraint("state NOT IN ('approved', 'refused', 'suspended') OR decided_at IS NOT NULL", name="decided"),
        CheckConstraint("state NOT IN ('refused', 'suspended') OR reason IS NOT NULL", name="refusal_has_a_reason"),
        UniqueConstraint("institution_id", "site_id", "certificate_level_id"),
        Index(None, "institution_id", "certificate_level_id"),
        about(Reach.TENANT),
    )

    site_id: Mapped[UUID]
    certificate_level_id: Mapped[UUID] = mapped_column(ForeignKey("certificate_levels.id"))
    state: Mapped[str] = mapped_column(server_default=SiteLevelState.APPLIED)
    capacity: Mapped[int]
    """Candidates at one time."""
    valid_from: Mapped[date]
    valid_to: Mapped[date]
    reason: Mapped[str | None]
    applied_by: Mapped[UUID]
    applied_at: Mapped[datetime]
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]


class Room(TenantRow, Base):
    """One room of a site, with the seats that candidates can be given in it."""

    __tablename__ = "rooms"
    __table_args__ = (
        within("site_id", to="assessment_sites"),
        one_of("kind", RoomKind),
        CheckConstraint(f"seats BETWEEN 1 AND {SEATS_MAX}", name="seats_in_range"),
        CheckConstraint(f"computers BETWEEN 0 AND {SEATS_MAX}", name="computers_in_range"),
        CheckConstraint("kind <> 'computer' OR computers >= seats", name="a_computer_for_each"),
        UniqueConstraint("institution_id", "site_id", "code"),
        about(Reach.TENANT),
    )

    site_id: Mapped[UUID]
    code: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str]
    seats: Mapped[int]
    computers: Mapped[int] = mapped_column(server_default=text("0"))
    equipment: Mapped[str | None]
    is_open: Mapped[bool] = mapped_column(server_default=true())
