"""Tables of who sits where."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, PrimaryKeyConstraint, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, about, one_of, within


class SeatingOrder(StrEnum):
    """In which order candidates are given the seats."""

    MIXED = "mixed"
    BY_CLASS = "by_class"
    BY_ADMISSION_NUMBER = "by_admission_number"


class RoomFilling(StrEnum):
    """In which order the seats are given out."""

    ONE_AFTER_ANOTHER = "one_after_another"
    EVENLY = "evenly"


class SeatArrangement(Base):
    """One sitting whose seats were given out, and by which rules; the revision grows with every change."""

    __tablename__ = "seat_arrangements"
    __table_args__ = (
        PrimaryKeyConstraint("institution_id", "sitting_id"),
        within("sitting_id", to="exam_sittings"),
        one_of("seating_order", SeatingOrder),
        one_of("room_filling", RoomFilling),
        CheckConstraint("revision > 0", name="revision_positive"),
        CheckConstraint("num_nulls(printed_at, printed_revision) IN (0, 2)", name="printing_whole"),
        about(Reach.TENANT),
    )

    institution_id: Mapped[UUID]
    sitting_id: Mapped[UUID]
    seating_order: Mapped[str]
    room_filling: Mapped[str]
    seed: Mapped[int]
    """Decides among orders that are equally good, so that an arrangement can be made again."""
    revision: Mapped[int] = mapped_column(server_default=text("1"))
    arranged_at: Mapped[datetime]
    arranged_by: Mapped[UUID]
    printed_at: Mapped[datetime | None]
    """When tickets were first handed out; from then on nobody is moved who need not be."""
    printed_revision: Mapped[int | None]
    """What the tickets printed last say."""


class Seat(Base):
    """One registration's seat; the edition grows when the candidate is moved, and ends tickets of an older one."""

    __tablename__ = "seats"
    __table_args__ = (
        PrimaryKeyConstraint("institution_id", "registration_id"),
        within("registration_id", to="registrations"),
        ForeignKeyConstraint(
            ["institution_id", "sitting_id"], ["seat_arrangements.institution_id", "seat_arrangements.sitting_id"]
        ),
        # Not the sitting's room: it can be lost, and then who sat there has to be found to be moved.
        within("room_id", to="rooms"),
        UniqueConstraint("institution_id", "sitting_id", "room_id", "number", name="seats_one_candidate_key"),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint("edition BETWEEN 1 AND 65535", name="edition_in_range"),
        about(Reach.TENANT),
    )

    institution_id: Mapped[UUID]
    registration_id: Mapped[UUID]
    sitting_id: Mapped[UUID]
    room_id: Mapped[UUID]
    number: Mapped[int]
    edition: Mapped[int] = mapped_column(server_default=text("1"))
