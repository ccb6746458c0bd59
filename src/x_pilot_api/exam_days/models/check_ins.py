"""Tables of who was there: the devices at the doors, what they recorded, and what follows from it."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, PrimaryKeyConstraint, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, TenantRow, about, one_of, within


class Claim(StrEnum):
    """What an invigilator says of a candidate."""

    PRESENT = "present"
    ABSENT = "absent"


class Conflict(StrEnum):
    """Why a check-in does not go together with what was known before it."""

    TWO_DEVICES = "two_devices"
    WRONG_ROOM = "wrong_room"
    CONTRADICTED = "contradicted"


class AttendanceState(StrEnum):
    """Whether a candidate was there; disputed until a person has looked at the conflict."""

    PRESENT = "present"
    ABSENT = "absent"
    DISPUTED = "disputed"


class CheckInDevice(TenantRow, Base):
    """One device that took the list of a sitting along, and may be offline from then on."""

    __tablename__ = "check_in_devices"
    __table_args__ = (
        within("sitting_id", to="exam_sittings"),
        # What a check-in refers to, so that no device records for a sitting whose list it does not have.
        UniqueConstraint("institution_id", "sitting_id", "id", name="check_in_devices_of_key"),
        about(Reach.TENANT, append_only=True, server_set=("listed_at",)),
    )

    sitting_id: Mapped[UUID]
    name: Mapped[str]
    revision: Mapped[int]
    """Of the arrangement that the list told."""
    listed_by: Mapped[UUID]
    listed_at: Mapped[datetime] = mapped_column(server_default=text("now()"))


class CheckIn(TenantRow, Base):
    """One thing a device recorded; by its nonce, made on the device, it counts once however often it is sent."""

    __tablename__ = "check_ins"
    __table_args__ = (
        ForeignKeyConstraint(
            ["institution_id", "sitting_id", "device_id"],
            ["check_in_devices.institution_id", "check_in_devices.sitting_id", "check_in_devices.id"],
        ),
        within("registration_id", to="registrations"),
        within("room_id", to="rooms"),
        one_of("claim", Claim),
        one_of("conflict", Conflict),
        UniqueConstraint("institution_id", "nonce", name="check_ins_nonce_key"),
        CheckConstraint("(settled_at IS NULL) = (settled_by IS NULL)", name="settlement_names_somebody"),
        CheckConstraint("settled_at IS NULL OR conflict IS NOT NULL", name="only_conflicts_are_settled"),
        Index(None, "institution_id", "registration_id", "id"),
        Index(None, "institution_id", "sitting_id", "id"),
        about(Reach.TENANT, append_only=True, updates=("settled_at", "settled_by"), server_set=("received_at",)),
    )

    sitting_id: Mapped[UUID]
    device_id: Mapped[UUID]
    registration_id: Mapped[UUID]
    room_id: Mapped[UUID]
    nonce: Mapped[UUID]
    claim: Mapped[str]
    by_ticket: Mapped[bool]
    seen_at: Mapped[datetime]
    """By the device's clock."""
    skew_seconds: Mapped[int]
    """How far the device's clock went ahead of ours when it sent this."""
    received_by: Mapped[UUID]
    received_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    conflict: Mapped[str | None]
    settled_by: Mapped[UUID | None]
    settled_at: Mapped[datetime | None]


class Attendance(Base):
    """Whether one registration's candidate was there, by what was recorded first or by a person's settlement."""

    __tablename__ = "attendances"
    __table_args__ = (
        PrimaryKeyConstraint("institution_id", "registration_id"),
        within("registration_id", to="registrations"),
        within("sitting_id", to="exam_sittings"),
        within("check_in_id", to="check_ins"),
        one_of("state", AttendanceState),
        CheckConstraint("num_nulls(settled_at, settled_by, reason) IN (0, 3)", name="settlement_whole"),
        Index(None, "institution_id", "sitting_id", "state"),
        about(Reach.TENANT),
    )

    institution_id: Mapped[UUID]
    registration_id: Mapped[UUID]
    sitting_id: Mapped[UUID]
    check_in_id: Mapped[UUID]
    state: Mapped[str]
    seen_at: Mapped[datetime]
    settled_by: Mapped[UUID | None]
    settled_at: Mapped[datetime | None]
    reason: Mapped[str | None]
